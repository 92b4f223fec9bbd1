//! The trace that a request belongs to (W3C Trace Context, level 1). What a client writes there ends up with the
//! collector, so that only what has an exact form is read, and everything else is as if it had not been sent.

use axum::http::{HeaderMap, HeaderName};

const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// `00-` 32 digits `-` 16 digits `-` 2 digits (3.2.2).
const LENGTH: usize = 55;
/// Later versions may write more; what is longer than this is not looked at.
const LONGEST_PARENT: usize = 256;
/// A state of up to 512 characters has to be passed on (3.3.1.5); a longer one may be left out.
const LONGEST_STATE: usize = 512;
/// Members of a state at most (3.3.1.1).
const MEMBERS: usize = 32;

/// The span of the caller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parent {
    /// The trace; not zero.
    pub trace_id: u128,
    /// The span in it; not zero.
    pub span_id: u64,
    /// Whether the caller records the trace.
    pub sampled: bool,
    /// OpenTelemetry's own member of the state, which tells how the trace was sampled. The members of other systems are
    /// free text and go no further.
    pub state: Option<String>,
}

/// The caller's span, if the request names exactly one and it is well-formed.
#[must_use]
pub fn parent(headers: &HeaderMap) -> Option<Parent> {
    let mut values = headers.get_all(TRACEPARENT).iter();
    let value = values.next().filter(|value| value.len() <= LONGEST_PARENT)?;
    if values.next().is_some() {
        return None;
    }
    let (trace_id, span_id, sampled) = read(value.as_bytes())?;
    Some(Parent { trace_id, span_id, sampled, state: state(headers) })
}

fn read(value: &[u8]) -> Option<(u128, u64, bool)> {
    let (known, more) = value.split_at_checked(LENGTH)?;
    let mut parts = known.split(|byte| *byte == b'-');
    let version = digits(parts.next()?, 2)?;
    let trace_id = digits(parts.next()?, 32)?;
    let span_id = digits(parts.next()?, 16)?;
    let flags = digits(parts.next()?, 2)?;
    // The version 255 is no version; the first one has an end, later ones may go on behind another hyphen (4.3).
    let ends_well = match version {
        255 => false,
        0 => more.is_empty(),
        _ => more.first().is_none_or(|byte| *byte == b'-'),
    };
    let is_sound = ends_well && parts.next().is_none() && trace_id != 0 && span_id != 0;
    is_sound.then_some((trace_id, u64::try_from(span_id).ok()?, flags & 1 == 1))
}

/// Lower-case hexadecimal digits, exactly as many as asked for.
fn digits(text: &[u8], count: usize) -> Option<u128> {
    if text.len() != count || !text.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    u128::from_str_radix(std::str::from_utf8(text).ok()?, 16).ok()
}

/// The member `ot` of the state, if there is one and it holds nothing but thresholds and random values.
fn state(headers: &HeaderMap) -> Option<String> {
    let mut found = None;
    let (mut length, mut members) = (0, 0);
    for value in headers.get_all(TRACESTATE) {
        length += value.len();
        if length > LONGEST_STATE {
            return None;
        }
        for member in value.to_str().ok()?.split(',').map(str::trim).filter(|member| !member.is_empty()) {
            members += 1;
            if let Some(value) = member.strip_prefix("ot=") {
                if found.is_some() {
                    return None;
                }
                found = Some(value);
            }
        }
    }
    found.filter(|value| members <= MEMBERS && is_sampling(value)).map(str::to_owned)
}

/// `th:` up to 14 digits and `rv:` 14 digits (OpenTelemetry, "TraceState: Probability Sampling").
fn is_sampling(value: &str) -> bool {
    let hex = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let mut parts = value.split(';');
    let is_part = |part: &str| match part.split_once(':') {
        Some(("th", digits)) => (1..=14).contains(&digits.len()) && hex(digits),
        Some(("rv", digits)) => digits.len() == 14 && hex(digits),
        _ => false,
    };
    value.split(';').count() <= 2 && parts.all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const GOOD: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn of(value: &str) -> Option<Parent> {
        parent(&headers(&[(TRACEPARENT, value)]))
    }

    #[test]
    fn a_well_formed_parent_is_continued() {
        let expected = Parent {
            trace_id: 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736,
            span_id: 0x00f0_67aa_0ba9_02b7,
            sampled: true,
            state: None,
        };
        assert_eq!(of(GOOD), Some(expected.clone()));
        assert_eq!(of(&GOOD.replace("-01", "-00")), Some(Parent { sampled: false, ..expected.clone() }));
        // A later version is read as far as it is known.
        for later in ["cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", &format!("cc{}-what-ever", &GOOD[2..])]
        {
            assert_eq!(of(later), Some(expected.clone()), "{later}");
        }
    }

    #[test]
    fn what_is_not_well_formed_is_as_if_it_had_not_been_sent() {
        for bad in [
            "",
            "00",
            "ada",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
            "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
            &format!("cc{}-{}", &GOOD[2..], "x".repeat(300)),
            &"0".repeat(60_000),
        ] {
            assert_eq!(of(bad), None, "{}", &bad[..bad.len().min(80)]);
        }
        assert_eq!(parent(&headers(&[(TRACEPARENT, GOOD), (TRACEPARENT, GOOD)])), None);
        let bytes = HeaderMap::from_iter([(TRACEPARENT, HeaderValue::from_bytes(&[0xff; LENGTH]).unwrap())]);
        assert_eq!(parent(&bytes), None);
    }

    #[test]
    fn of_the_state_only_what_has_a_form_is_continued() {
        let state = |values: &[&str]| {
            let mut pairs = vec![(TRACEPARENT, GOOD)];
            pairs.extend(values.iter().map(|value| (TRACESTATE, *value)));
            parent(&headers(&pairs)).unwrap().state
        };
        let kept = Some("th:8;rv:6e6d1a75832a2f".to_owned());
        assert_eq!(state(&["congo=Ada.Lovelace, ot=th:8;rv:6e6d1a75832a2f"]), kept);
        assert_eq!(state(&["dd=s:1", "ot=th:8;rv:6e6d1a75832a2f,"]), kept);
        for dropped in
            ["ot=ada", "ot=th:", "ot=th:8;p:Ada", "ot=th:8;th:8;th:8", "ot=rv:12", "congo=x", "ot=th:8,ot=th:8"]
        {
            assert_eq!(state(&[dropped]), None, "{dropped}");
        }
        assert_eq!(state(&[&"a=b,".repeat(40), "ot=th:8"]), None);
        assert_eq!(state(&[&format!("a={}", "b".repeat(600)), "ot=th:8"]), None);
    }
}

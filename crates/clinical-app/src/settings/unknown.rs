//! Names that begin with `CLINICAL_` and are no setting: a misspelt `CLINICAL_ENABLE_AUDIT_LOG` must not leave the
//! audit log as it was without a word.

use super::{Mistake, table};

const PREFIX: &str = "CLINICAL_";

/// A longer name is not repeated; ours are shorter.
const LONGEST: usize = 64;

/// A mistake for each.
pub(super) fn mistakes(names: &[String]) -> Vec<Mistake> {
    let ours: Vec<&String> = names.iter().filter(|name| name.starts_with(PREFIX)).collect();
    let known = known();
    ours.iter()
        .filter(|name| !known.iter().any(|k| k == **name) && !is_service_link(name, &ours))
        .map(|name| mistake(name, &known))
        .collect()
}

/// Every name that is read.
fn known() -> Vec<String> {
    let names = table::settings().flat_map(|setting| setting.names());
    names.flat_map(|name| [name.to_owned(), format!("{name}_FILE")]).collect()
}

/// The name is the operator's own, but only one that looks like a variable is repeated: an `=` in the wrong place makes
/// a name of a value.
fn mistake(name: &str, known: &[String]) -> Mistake {
    let is_name = name.len() <= LONGEST && name.bytes().all(|b| matches!(b, b'A'..=b'Z' | b'0'..=b'9' | b'_'));
    if !is_name {
        return Mistake::new("a variable that begins with CLINICAL_", "removed: there is no setting of its name");
    }
    Mistake::new(
        name,
        match nearest(name, known) {
            Some(near) => format!("removed or spelt right: there is no such setting, but there is {near}"),
            None => "removed: there is no such setting".to_owned(),
        },
    )
}

/// The known name that a name is most likely meant to be. `CLINICAL_` before a name that has none is one way to miss.
fn nearest<'k>(name: &str, known: &'k [String]) -> Option<&'k str> {
    let bare = name.strip_prefix(PREFIX).unwrap_or(name);
    let reach = if bare.len() < 8 { 2 } else { 3 };
    let far = |known: &str| distance(name, known).min(distance(bare, known));
    let near = known.iter().map(|known| (far(known), known.as_str()));
    near.filter(|(far, _)| *far <= reach).min().map(|(_, known)| known)
}

/// How many letters are wrong, missing, too many or in the place of their neighbours (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = Vec::with_capacity(b.len() + 1);
        next.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

/// Kubernetes gives every container the addresses of the services of its namespace, and a service is likely to be
/// called `clinical-api`: `CLINICAL_API_SERVICE_HOST`, `CLINICAL_API_PORT_8000_TCP_ADDR` and so on. Nobody set these.
fn is_service_link(name: &str, ours: &[&String]) -> bool {
    let has = |stem: &str, tail: &str| ours.iter().any(|other| other.strip_prefix(stem) == Some(tail));
    let stems = ours.iter().filter_map(|other| other.strip_suffix("_SERVICE_HOST"));
    stems.filter(|stem| has(stem, "_SERVICE_PORT")).any(|stem| name.strip_prefix(stem).is_some_and(is_tail_of_link))
}

fn is_tail_of_link(tail: &str) -> bool {
    if matches!(tail, "_SERVICE_HOST" | "_SERVICE_PORT" | "_PORT") || tail.starts_with("_SERVICE_PORT_") {
        return true;
    }
    let mut parts = tail.strip_prefix("_PORT_").unwrap_or_default().split('_');
    parts.next().is_some_and(|port| port.parse::<u16>().is_ok())
        && parts.next().is_some_and(|protocol| matches!(protocol, "TCP" | "UDP" | "SCTP"))
        && parts.next().is_none_or(|what| matches!(what, "PROTO" | "PORT" | "ADDR"))
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        mistakes(&names).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_known_name_and_a_name_of_others_are_no_mistake() {
        assert!(said(&["PATH", "OAUTH2_PROXY_COOKIE_SECRET", "clinical_port", "CLINICALX"]).is_empty());
        for setting in table::settings() {
            for name in setting.names() {
                assert!(said(&[name, &format!("{name}_FILE")]).is_empty(), "{name}");
            }
        }
    }

    #[test]
    fn an_unknown_name_is_refused_with_the_one_that_was_meant() {
        for (name, meant) in [
            ("CLINICAL_PROT", "CLINICAL_PORT"),
            ("CLINICAL_ENABLE_AUDITLOG", "CLINICAL_ENABLE_AUDIT_LOG"),
            ("CLINICAL_ENABLE_METRIC_FILE", "CLINICAL_ENABLE_METRICS_FILE"),
            ("CLINICAL_OTEL_SERVICE_NAME", "OTEL_SERVICE_NAME"),
            ("CLINICAL_OATH2_JWT_SECRET", "CLINICAL_OAUTH2_JWT_SECRET"),
        ] {
            let said = said(&[name]);
            let end = format!("{name} must be removed or spelt right: there is no such setting, but there is {meant}");
            assert_eq!(said, [end]);
        }
        assert_eq!(
            said(&["CLINICAL_SOMETHING_ELSE"]),
            ["CLINICAL_SOMETHING_ELSE must be removed: there is no such setting"]
        );
    }

    #[test]
    fn a_name_that_is_no_name_is_not_repeated() {
        let long = format!("CLINICAL_{}", "A".repeat(60));
        for name in ["CLINICAL_canary", "CLINICAL_\u{fffd}", "CLINICAL_PORT canary", long.as_str()] {
            let said = said(&[name]);
            assert_eq!(
                said,
                ["a variable that begins with CLINICAL_ must be removed: there is no setting of its name"]
            );
        }
    }

    #[test]
    fn what_kubernetes_sets_by_itself_is_no_mistake() {
        let links = [
            "CLINICAL_API_SERVICE_HOST",
            "CLINICAL_API_SERVICE_PORT",
            "CLINICAL_API_SERVICE_PORT_HTTP",
            "CLINICAL_API_PORT",
            "CLINICAL_API_PORT_8000_TCP",
            "CLINICAL_API_PORT_8000_TCP_PROTO",
            "CLINICAL_API_PORT_8000_TCP_PORT",
            "CLINICAL_API_PORT_8000_TCP_ADDR",
        ];
        assert!(said(&links).is_empty());
        assert_eq!(said(&[&links[..], &["CLINICAL_API_PROT", "CLINICAL_API_PORT_8000_TCP_KEY"]].concat()).len(), 2);
        assert_eq!(said(&["CLINICAL_API_PORT", "CLINICAL_API_SERVICE_HOST"]).len(), 2);
    }

    #[test]
    fn distance_counts_what_fingers_do() {
        for (a, b, far) in
            [("", "", 0), ("PORT", "PORT", 0), ("PROT", "PORT", 1), ("PRT", "PORT", 1), ("HOST", "PORT", 2)]
        {
            assert_eq!((distance(a, b), distance(b, a)), (far, far), "{a} {b}");
        }
    }
}

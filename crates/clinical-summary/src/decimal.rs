//! Decimals compared as text. No floating point touches a value.

use std::cmp::Ordering;

/// Compares two plain decimals ("-0.5", "12", "1.50"). `None` where either is anything else (an exponent, a word).
#[must_use]
pub(crate) fn compare(a: &str, b: &str) -> Option<Ordering> {
    let (a, b) = (parts(a)?, parts(b)?);
    Some(match (a.negative, b.negative) {
        (false, true) => Ordering::Greater,
        (true, false) => Ordering::Less,
        (false, false) => size(&a, &b),
        (true, true) => size(&b, &a),
    })
}

struct Parts<'t> {
    negative: bool,
    whole: &'t str,
    fraction: &'t str,
}

fn parts(text: &str) -> Option<Parts<'_>> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    Some(Parts { negative: negative && !(whole.is_empty() && fraction.is_empty()), whole, fraction })
}

fn size(a: &Parts<'_>, b: &Parts<'_>) -> Ordering {
    a.whole.len().cmp(&b.whole.len()).then_with(|| a.whole.cmp(b.whole)).then_with(|| a.fraction.cmp(b.fraction))
}

/// For drawing only: where a value stands in a picture. Never shown as a number.
#[must_use]
pub(crate) fn for_drawing(text: &str) -> Option<f64> {
    parts(text)?;
    text.parse().ok().filter(|v: &f64| v.is_finite())
}

#[cfg(test)]
mod tests {
    use super::compare;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn compares_as_a_person_would() {
        for (a, b, order) in [
            ("7", "10", Less),
            ("7.0", "7", Equal),
            ("0.125", "0.13", Less),
            ("-1", "1", Less),
            ("-2", "-1", Less),
            ("-0", "0", Equal),
            ("007", "7", Equal),
            ("10.05", "10.1", Less),
            ("99.9", "100", Less),
            ("3.14159265358979323846", "3.14159265358979323845", Greater),
        ] {
            assert_eq!(compare(a, b), Some(order), "{a} {b}");
        }
        for odd in ["1e3", "", ".5", "<7", "1,000", "five", "1.2.3", "--1"] {
            assert_eq!(compare(odd, "1"), None, "{odd}");
        }
    }
}

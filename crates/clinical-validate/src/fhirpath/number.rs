//! Numbers as they are written. Their value is never made into floating point, and no number is too large.

use std::cmp::Ordering;

/// Compares two numbers by their text. `None` when one of them is not a number.
pub(super) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (left, right) = (Decimal::read(left)?, Decimal::read(right)?);
    Some(match (left.sign(), right.sign()) {
        (a, b) if a != b => a.cmp(&b),
        (0, _) => Ordering::Equal,
        (sign, _) => {
            let size = left.size(&right);
            if sign < 0 { size.reverse() } else { size }
        }
    })
}

/// `-1.50e3`: its digits around the point, leading zeros dropped.
struct Decimal<'t> {
    negative: bool,
    whole: &'t [u8],
    part: &'t [u8],
    exponent: i64,
}

impl<'t> Decimal<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let (negative, rest) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (digits, exponent) = match rest.find(['e', 'E']) {
            Some(at) => (rest.get(..at)?, power(rest.get(at + 1..)?)?),
            None => (rest, 0),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits || digits.ends_with('.') {
            return None;
        }
        Some(Self { negative, whole: whole.as_bytes(), part: part.as_bytes(), exponent })
    }

    fn digits(&self) -> impl Iterator<Item = u8> + '_ {
        self.whole.iter().chain(self.part).copied().skip_while(|b| *b == b'0')
    }

    /// −1, 0 or 1.
    fn sign(&self) -> i8 {
        match self.digits().next() {
            None => 0,
            Some(_) if self.negative => -1,
            Some(_) => 1,
        }
    }

    /// The power of ten of the first digit that is not zero.
    fn magnitude(&self) -> i64 {
        let zeros = self.whole.iter().chain(self.part).take_while(|b| **b == b'0').count();
        let before = i64::try_from(self.whole.len()).unwrap_or(i64::MAX);
        self.exponent.saturating_add(before).saturating_sub(i64::try_from(zeros).unwrap_or(i64::MAX))
    }

    fn size(&self, other: &Self) -> Ordering {
        self.magnitude().cmp(&other.magnitude()).then_with(|| {
            let (mut left, mut right) = (self.digits(), other.digits());
            loop {
                match (left.next(), right.next()) {
                    (None, None) => return Ordering::Equal,
                    (a, b) => match a.unwrap_or(b'0').cmp(&b.unwrap_or(b'0')) {
                        Ordering::Equal => {}
                        unequal => return unequal,
                    },
                }
            }
        })
    }
}

/// An exponent; one that is out of all proportion is the largest.
fn power(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let limit = i64::MAX / 4;
    let size = digits.parse::<i64>().map_or(limit, |n| n.min(limit));
    Some(if text.starts_with('-') { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::compare;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn numbers_compare_by_value_and_not_by_text() {
        for (left, right, order) in [
            ("1", "1.00", Equal),
            ("10", "9", Greater),
            ("0.1", "0.09", Greater),
            ("-2", "-1", Less),
            ("-0", "0.0", Equal),
            ("1e3", "1000", Equal),
            ("1.5E-2", "0.015", Equal),
            ("1e999999999999999999999", "9e99", Greater),
            ("0e999999999999999999999", "0", Equal),
            ("9007199254740993", "9007199254740992", Greater),
            ("0.1000000000000000055", "0.1", Greater),
            ("-1", "1", Less),
            ("007", "7", Equal),
        ] {
            assert_eq!(compare(left, right), Some(order), "{left} {right}");
            assert_eq!(compare(right, left), Some(order.reverse()), "{right} {left}");
        }
        for text in ["", "-", "1.", ".5", "1e", "abc", "1e+", "1,5"] {
            assert_eq!(compare(text, "1"), None, "{text}");
        }
    }
}

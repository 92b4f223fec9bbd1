//! Decimal numbers, for comparing only. What is shown is always the record's own text.

/// A decimal number in millionths: exact for every dose in use, and never floating point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Decimal(u64);

impl Decimal {
    /// One.
    pub(super) const ONE: Self = Self(1_000_000);

    /// Reads plain decimal text. Signs, exponents and more than nine digits before or six after the point are not
    /// read: a dose that looks like that is shown as it stands and not put into a sentence.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || whole.len() > 9 || !digits(whole) || !digits(part) {
            return None;
        }
        let part = part.trim_end_matches('0');
        if part.len() > 6 {
            return None;
        }
        let value = |t: &str| t.bytes().fold(0u64, |n, b| n * 10 + u64::from(b.saturating_sub(b'0')));
        let scale = (part.len()..6).fold(1u64, |n, _| n * 10);
        Some(Self(value(whole) * 1_000_000 + value(part) * scale))
    }

    /// A whole number.
    pub(super) fn whole(n: u32) -> Self {
        Self(u64::from(n) * 1_000_000)
    }

    /// `above` divided by `below`, where that is exact in millionths.
    pub(super) const fn fraction(above: Self, below: Self) -> Option<Self> {
        match (above.0.checked_mul(1_000_000), below.0) {
            (None, _) | (_, 0) => None,
            (Some(n), d) if n.is_multiple_of(d) => Some(Self(n / d)),
            _ => None,
        }
    }

    /// The sum.
    pub(super) const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Nothing.
    pub(super) const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Without a part behind the point.
    pub(super) const fn is_whole(self) -> bool {
        self.0.is_multiple_of(1_000_000)
    }

    /// The whole number, where it is one.
    pub(super) fn as_whole(self) -> Option<usize> {
        self.is_whole().then(|| usize::try_from(self.0 / 1_000_000).ok()).flatten()
    }

    /// In millionths, wide enough to multiply.
    pub(super) const fn millionths(self) -> u128 {
        self.0 as u128
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn decimal_text_is_read_exactly() {
        assert_eq!(Decimal::parse("1.50"), Decimal::parse("1.5"));
        assert_eq!(Decimal::parse("1.0"), Some(Decimal::ONE));
        assert_eq!(Decimal::parse(".5"), Decimal::fraction(Decimal::whole(1), Decimal::whole(2)));
        assert_ne!(Decimal::parse("0.125"), Decimal::parse("0.0125"));
        for odd in ["", ".", "-1", "1e3", "1,5", "0.1234567", "9999999999", "a"] {
            assert_eq!(Decimal::parse(odd), None, "{odd}");
        }
    }
}

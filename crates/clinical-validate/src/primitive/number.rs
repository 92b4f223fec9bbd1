//! Numbers. JSON's grammar is that of `decimal`; the others are whole and bounded.

use super::{Fault, wrong};
use crate::definitions::Primitive;

/// `integer`, `unsignedInt` and `positiveInt` are 32 bits wide and have no point or exponent.
pub(super) fn fault(kind: Primitive, text: &str) -> Option<Fault> {
    let least = match kind {
        Primitive::Integer => i32::MIN,
        Primitive::UnsignedInt => 0,
        Primitive::PositiveInt => 1,
        _ => return None,
    };
    if text.bytes().any(|byte| !byte.is_ascii_digit() && byte != b'-') || text == "-0" {
        return wrong("integer-format", "A whole number without decimal point or exponent is needed");
    }
    match text.parse::<i32>() {
        Ok(number) if number >= least => None,
        Ok(_) if least == 1 => wrong("integer-range", "The number must be 1 or more"),
        Ok(_) => wrong("integer-range", "The number must not be negative"),
        Err(_) => wrong("integer-range", "The number does not fit into 32 bits"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_stay_in_their_range() {
        for (kind, good, bad) in [
            (Primitive::Integer, "-2147483648", "2147483648"),
            (Primitive::Integer, "0", "1.0"),
            (Primitive::Integer, "7", "1e3"),
            (Primitive::Integer, "7", "-0"),
            (Primitive::UnsignedInt, "0", "-1"),
            (Primitive::PositiveInt, "1", "0"),
        ] {
            assert_eq!(fault(kind, good), None, "{good}");
            assert!(fault(kind, bad).is_some(), "{bad}");
        }
        assert_eq!(fault(Primitive::Decimal, "1.50e-3"), None);
    }
}

//! Check digits and forms that tell what a number is without any label.

use crate::read::Page;
/// The Luhn check that payment cards carry; `digits` without spaces or dashes.
pub(super) fn luhn(digits: impl DoubleEndedIterator<Item = u8>) -> bool {
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(nth, digit)| {
            let value = u32::from(digit - b'0') << (nth % 2);
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A payment card's length, first digit and check digit.
pub(super) fn is_card(digits: &[u8]) -> bool {
    (13..=19).contains(&digits.len()) && matches!(digits[0], b'3'..=b'6') && luhn(digits.iter().copied())
}

/// National Provider Identifier: ten digits, the Luhn check over them with 80840 in front (45 CFR 162.406).
pub(super) fn is_npi(digits: &[u8]) -> bool {
    digits.len() == 10 && matches!(digits[0], b'1' | b'2') && luhn(b"80840".iter().chain(digits).copied())
}

/// A DEA registration: two letters (or a letter and a nine), six digits and their check digit.
pub(super) fn is_dea(word: &[u8]) -> bool {
    let [a, b, digits @ ..] = word else { return false };
    if digits.len() != 7 || !a.is_ascii_alphabetic() || !(b.is_ascii_alphabetic() || *b == b'9') {
        return false;
    }
    if !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let value = |nth: usize| u32::from(digits[nth] - b'0');
    (value(0) + value(2) + value(4) + 2 * (value(1) + value(3) + value(5))) % 10 == value(6)
}

/// A Medicare Beneficiary Identifier: eleven signs, each of its own class (CMS, "Understanding the MBI").
pub(super) fn is_mbi(word: &[u8]) -> bool {
    word.len() == 11
        && word.iter().enumerate().all(|(nth, byte)| {
            let letter = byte.is_ascii_alphabetic()
                && !matches!(byte.to_ascii_uppercase(), b'S' | b'L' | b'O' | b'I' | b'B' | b'Z');
            match nth {
                0 => matches!(byte, b'1'..=b'9'),
                3 | 6 | 9 | 10 => byte.is_ascii_digit(),
                2 | 5 => byte.is_ascii_digit() || letter,
                _ => letter,
            }
        })
}

/// A vehicle identification number: seventeen letters and digits, none of I, O and Q (49 CFR 565). The check digit is
/// not asked for, as vehicles sold elsewhere have none.
pub(super) fn is_vin(word: &[u8]) -> bool {
    word.len() == 17
        && word.iter().all(|b| b.is_ascii_alphanumeric() && !matches!(b.to_ascii_uppercase(), b'I' | b'O' | b'Q'))
        && word.iter().filter(|b| b.is_ascii_digit()).count() >= 5
        && word.iter().any(u8::is_ascii_alphabetic)
}

/// An international bank account number: its two check digits (ISO 13616).
pub(super) fn is_iban(word: &[u8]) -> bool {
    let [a, b, c, d, rest @ ..] = word else { return false };
    if !(11..=30).contains(&rest.len()) || !a.is_ascii_alphabetic() || !b.is_ascii_alphabetic() {
        return false;
    }
    rest.iter().chain([a, b, c, d]).try_fold(0u32, |sofar, byte| match byte {
        b'0'..=b'9' => Some((sofar * 10 + u32::from(byte - b'0')) % 97),
        b'a'..=b'z' | b'A'..=b'Z' => Some((sofar * 100 + u32::from(byte.to_ascii_uppercase() - b'A') + 10) % 97),
        _ => None,
    }) == Some(1)
}

/// A SNOMED CT identifier of a concept or description of the core, which names no person: 6 to 18 digits, the partition
/// "00" or "10" (concepts) in front of the check digit, and the Verhoeff check over all (SNOMED CT Release File
/// Specifications, "SCTID").
pub(super) fn is_concept(digits: &[u8]) -> bool {
    let [.., a, b, _] = digits else { return false };
    if !(6..=18).contains(&digits.len()) || digits[0] == b'0' || !matches!(a, b'0' | b'1') || *b != b'0' {
        return false;
    }
    digits.iter().all(u8::is_ascii_digit) && verhoeff(digits)
}

/// The Verhoeff check: multiplication in the dihedral group of the pentagon, each place permuted by a power of one
/// permutation.
fn verhoeff(digits: &[u8]) -> bool {
    const PERMUTED: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let times = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - 5 + 5 - b) % 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let mut sum = 0;
    for (place, byte) in digits.iter().rev().enumerate() {
        let mut digit = byte - b'0';
        for _ in 0..place % 8 {
            digit = PERMUTED[usize::from(digit)];
        }
        sum = times(sum, digit);
    }
    sum == 0
}

/// "Ref: 3.5-5.0", "Reference: 70-100": the range that a result is held against.
pub(in crate::find) fn is_range(page: &Page<'_>, first: usize, end: usize) -> bool {
    let Some((low, high)) = page.slice(first, end).split_once('-') else { return false };
    let is_value = |text: &str| {
        let (whole, tenths) = text.split_once('.').unwrap_or((text, "0"));
        (1..=3).contains(&whole.len())
            && (1..=3).contains(&tenths.len())
            && whole.bytes().chain(tenths.bytes()).all(|b| b.is_ascii_digit())
    };
    let label = (first.saturating_sub(3)..first).rev().find(|i| page.get(*i).is_some_and(|t| t.is_word()));
    let reference = label.is_some_and(|i| ["ref", "reference"].iter().any(|w| page.word(i).eq_ignore_ascii_case(w)));
    is_value(low) && is_value(high) && (reference || low.contains('.') && high.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        assert!(is_card(b"4111111111111111") && is_card(b"378282246310005") && !is_card(b"4111111111111112"));
        assert!(is_npi(b"1234567893") && !is_npi(b"1234567890"));
        assert!(is_dea(b"AB1234563") && !is_dea(b"AB1234567"));
        assert!(is_mbi(b"1EG4TE5MK73") && !is_mbi(b"1SG4TE5MK73"));
        assert!(is_vin(b"1HGCM82633A004352") && !is_vin(b"1HGCM82633I004352"));
        assert!(is_concept(b"38341003") && is_concept(b"73211009") && is_concept(b"999000041000000102"));
        assert!(
            is_concept(b"22298006") && is_concept(b"195967001") && is_concept(b"44054006") && !is_concept(b"38341004")
        );
        assert!(is_iban(b"GB82WEST12345698765432") && !is_iban(b"GB82WEST12345698765433"));
    }
}

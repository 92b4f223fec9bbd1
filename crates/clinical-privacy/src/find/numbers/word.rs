//! One word of letters and digits: a code, or what notes write that way ("1000mg", "G3P2002", "F508del", "T2N1M0").

use crate::read::{Form, Gap, Page};
use crate::words::{Class, Flags, flags_of, key_of};

/// Is the mixed word at the token a code that names one thing or person?
pub(super) fn is_code(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at).filter(|t| t.form == Form::Mixed && t.len() >= 6) else { return false };
    let word = page.word(at);
    if !word.is_ascii() || !token.flags.is_unknown() || is_variant(word) {
        return false;
    }
    // "\\n13465": the escape of a line end stands in front of a number.
    if page.is_sign(at.wrapping_sub(1), '\\')
        && token.gap == Gap::None
        && word[1..].bytes().all(|b| b.is_ascii_digit())
        && word.len() < 7
    {
        return false;
    }
    let bytes = word.as_bytes();
    let digits = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    let switches = bytes.windows(2).filter(|pair| pair[0].is_ascii_digit() != pair[1].is_ascii_digit()).count();
    let head = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let tail = bytes.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    match (switches, head) {
        // "ABC12345".
        (1, 1..) => {
            let flags = flags_of(key_of(&word[..head]));
            // "roe1984" and "bondarenko63" are names that people use on a network.
            let named = head >= 5 && digits >= 2 && flags.word() == 0 && !flags.is_medical();
            let least = if is_plain_word(flags, head) { 6 } else { 4 };
            named || digits >= least && digits + head >= 6 && !(head == 1 && digits < 5)
        }
        // "12345XJ", not "1000mg", "1430hrs" or "2000units".
        (1, 0) => digits >= 5 && tail <= 4 && !is_plain_word(flags_of(key_of(&word[digits..])), tail),
        _ => {
            digits >= 3
                && longest_letters(bytes) <= 5
                && !is_measured(bytes)
                && !is_stage(bytes)
                && !is_obstetric(bytes)
                && !is_diagnosis(bytes)
                && many(digits, switches, bytes.len())
        }
    }
}

/// Are there enough digits, or changes from letter to digit, that the word is no name of a gene, drug or stage?
fn many(digits: usize, switches: usize, length: usize) -> bool {
    digits >= 5 || digits >= 4 && length >= 7 || switches >= 4 && length >= 8 || digits >= 4 && switches >= 3
}

fn is_plain_word(flags: Flags, length: usize) -> bool {
    flags.is_any(Class::Unit.bit() | Class::Clock.bit()) || length > 1 && (flags.word() > 0 || flags.is_medical())
}

fn longest_letters(bytes: &[u8]) -> usize {
    let (mut longest, mut row) = (0, 0);
    for byte in bytes {
        row = if byte.is_ascii_alphabetic() { row + 1 } else { 0 };
        longest = row.max(longest);
    }
    longest
}

/// "10x12x14cm", "2h30m", "120x80".
fn is_measured(bytes: &[u8]) -> bool {
    bytes[0].is_ascii_digit()
        && bytes.split(u8::is_ascii_digit).filter(|s| !s.is_empty()).all(|letters| {
            matches!(
                letters.to_ascii_lowercase().as_slice(),
                b"x" | b"h"
                    | b"m"
                    | b"s"
                    | b"d"
                    | b"w"
                    | b"y"
                    | b"cm"
                    | b"mm"
                    | b"hr"
                    | b"min"
                    | b"mo"
                    | b"ft"
                    | b"in"
                    | b"lb"
                    | b"oz"
                    | b"kg"
                    | b"yo"
            )
        })
}

/// "G3P2002", "G5P3A1L3".
fn is_obstetric(bytes: &[u8]) -> bool {
    matches!(bytes[0], b'G' | b'g')
        && bytes.split(u8::is_ascii_digit).filter(|s| !s.is_empty()).all(|l| {
            matches!(
                l,
                [b'G'
                    | b'g'
                    | b'P'
                    | b'p'
                    | b'A'
                    | b'a'
                    | b'L'
                    | b'l'
                    | b'T'
                    | b't'
                    | b'M'
                    | b'm'
                    | b'S'
                    | b's'
                    | b'E'
                    | b'e']
            )
        })
        && bytes.iter().any(|b| matches!(b, b'P' | b'p'))
}

/// "pT1cN0M0", "ypT2N1aMx": the stage of a tumour.
fn is_stage(bytes: &[u8]) -> bool {
    let mut lower = bytes.iter().map(u8::to_ascii_lowercase);
    let numbered = |letter: u8| {
        bytes
            .windows(2)
            .any(|w| w[0].to_ascii_lowercase() == letter && (w[1].is_ascii_digit() || w[1].eq_ignore_ascii_case(&b'x')))
    };
    numbered(b't')
        && numbered(b'n')
        && lower.all(|b| {
            matches!(
                b,
                b't' | b'n' | b'm' | b'p' | b'c' | b'y' | b'r' | b'a' | b'b' | b'd' | b'x' | b'i' | b's' | b'0'..=b'9'
            )
        })
}

/// A diagnosis code of ICD-10-CM without its point, with the letter of the encounter: "S72001A".
fn is_diagnosis(bytes: &[u8]) -> bool {
    bytes.len() == 7
        && bytes[0].is_ascii_alphabetic()
        && bytes[1..6].iter().all(u8::is_ascii_digit)
        && matches!(bytes[6].to_ascii_uppercase(), b'A' | b'D' | b'S' | b'G' | b'K' | b'P')
        && matches!(bytes[0].to_ascii_uppercase(), b'S' | b'T' | b'M' | b'V' | b'W' | b'X' | b'Y')
}

/// A variant of a gene or protein: "1521delCTT", "Arg117His", "rs1234567", "V600E".
pub(super) fn is_variant(word: &str) -> bool {
    let bytes = word.as_bytes();
    let lower = word.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("rs") {
        return !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    }
    if lower.starts_with("nct")
        || lower.starts_with("hla")
        || lower.starts_with("grch")
        || lower.starts_with("enst")
        || lower.starts_with("ensg")
    {
        return true;
    }
    if ["del", "ins", "dup", "fs"].iter().any(|part| lower.contains(part)) {
        // Only bases or residues may stand behind.
        return lower
            .bytes()
            .filter(u8::is_ascii_alphabetic)
            .all(|b| matches!(b, b'a'..=b'y') && b != b'j' && b != b'b')
            && lower.len() >= 6
            && bytes.iter().any(u8::is_ascii_digit)
            && !lower.starts_with("fs");
    }
    let head = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let tail = bytes.iter().rev().take_while(|b| b.is_ascii_alphabetic()).count();
    let digits = bytes.len() - head - tail.min(bytes.len() - head);
    (head, tail) == (3, 3)
        && (1..=4).contains(&digits)
        && bytes[1].is_ascii_lowercase()
        && bytes[2].is_ascii_lowercase()
}

//! Letters and digits together: spine levels, ICD-10 codes, obstetric histories, tumour stages, gene variants, doses.

use super::{code, hint, is_inside, touches};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Hint, flags_of, key_of};

/// The tokens of the clinical value that begins with the mixed token at `at`. A piece of something longer ("P19-85517",
/// "C4-21-87-FA") is none.
pub(super) fn end(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let (first, end) = value(page, at)?;
    let joins = |i: usize| page.get(i).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign(':')));
    let goes_on = joins(end)
        && page
            .get(end + 1)
            .is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed | Form::Upper));
    let begun = touches(page, at) && page.before(at).is_some_and(|t| t.is_sign(':') && t.gap == Gap::None);
    (!goes_on && !begun && !is_inside(page, at)).then_some((first, end))
}

fn value(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let token = page.get(at)?;
    let bytes = page.word(at).as_bytes();
    let first = bytes.first()?;
    if first.is_ascii_digit() {
        return amount(page, at).map(|end| (at, end));
    }
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let digits = bytes.iter().skip(letters).take_while(|b| b.is_ascii_digit()).count();
    if letters + digits == bytes.len()
        && letters <= 2
        && digits <= 2
        && let Some(end) = levels(page, at)
    {
        return Some((at, end));
    }
    if icd(page, at, letters, digits) || bytes.len() >= 3 && code::named(page, at) && token.len() <= 9 {
        return Some((at, code::end(page, at)));
    }
    if letters == 1
        && let Some(found) = super::scale::gene(page, at)
    {
        return Some(found);
    }
    if obstetric(bytes) {
        return Some((at, counts(page, at + 1)));
    }
    // Names of tests, genes and scales ("HbA1c", "CHA2DS2"), variants ("rs1234567", "p.Phe508del"), stages ("pT2N0M0").
    let known =
        token.len() > 3 && (token.flags.is_medical() || hint(page, at, Hint::Numbered) || hint(page, at, Hint::Score));
    (known || stage(bytes) || variant(page, at, bytes)).then_some((at, at + 1))
}

/// "500mg", "24Fr", "5x10x12cm": digits with a unit.
fn amount(page: &Page<'_>, at: usize) -> Option<usize> {
    let mut rest = page.word(at);
    for _ in 0..4 {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (unit, more) = rest.split_at_checked(letters)?;
        if more.is_empty() {
            return (!unit.is_empty() && flags_of(key_of(unit)).is(Class::Unit)).then_some(at + 1);
        }
        if !unit.eq_ignore_ascii_case("x") && !unit.eq_ignore_ascii_case("e") {
            return None;
        }
        rest = more;
    }
    None
}

/// "T12-L1", "L4/5", "C5-6", "V1-V4", "L3, L4".
fn levels(page: &Page<'_>, at: usize) -> Option<usize> {
    let is_level = |i: usize| {
        let bytes = page.word(i).as_bytes();
        page.get(i).is_some_and(|t| t.form == Form::Mixed)
            && (2..=3).contains(&bytes.len())
            && bytes[0].is_ascii_alphabetic()
            && bytes[1..].iter().all(u8::is_ascii_digit)
    };
    if touches(page, at) && page.before(at).is_some_and(|t| t.is_dash() && t.gap == Gap::None) {
        return None;
    }
    let mut end = at + 1;
    for _ in 0..2 {
        let joins = page.get(end).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/')));
        let number = page.get(end + 1).is_some_and(|t| t.is_number(1..=2));
        if !joins || !touches(page, end + 1) || !(number || is_level(end + 1)) {
            break;
        }
        end += 2;
    }
    // A code that goes on ("A12-34-5678") is none of these.
    let goes_on = page.get(end).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/')))
        && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed));
    (!goes_on && end > at + 1).then_some(end)
}

/// "E11.65", "S72.001A": a letter, two digits (or a digit and a letter), a full stop, one to four more.
fn icd(page: &Page<'_>, at: usize, letters: usize, digits: usize) -> bool {
    let length = page.get(at).map_or(0, |t| t.len());
    letters == 1
        && length == 3
        && digits >= 1
        && page.is_sign(at + 1, '.')
        && touches(page, at + 1)
        && page
            .get(at + 2)
            .is_some_and(|t| t.gap == Gap::None && t.len() <= 4 && matches!(t.form, Form::Number | Form::Mixed))
}

/// "G2P1", "G3P2012", "G4P2A1L2".
fn obstetric(bytes: &[u8]) -> bool {
    let mut letters = bytes.iter().filter(|b| b.is_ascii_alphabetic()).map(u8::to_ascii_uppercase);
    let digit_behind = bytes.get(1).is_some_and(u8::is_ascii_digit);
    let first = letters.next();
    digit_behind
        && (first == Some(b'G') && letters.next() == Some(b'P')
            || bytes.len() <= 2 && matches!(first, Some(b'G' | b'P')))
}

/// "-0-1-2" behind "G3P2".
fn counts(page: &Page<'_>, from: usize) -> usize {
    let mut end = from;
    for _ in 0..4 {
        let joins = page.get(end).is_some_and(|t| t.gap == Gap::None && t.is_dash());
        if !joins || !page.get(end + 1).is_some_and(|t| t.gap == Gap::None && t.is_number(1..=2)) {
            break;
        }
        end += 2;
    }
    end
}

/// "pT2N0M0", "T1cN0".
fn stage(bytes: &[u8]) -> bool {
    let is = |at: usize, letter: u8| bytes.get(at).is_some_and(|b| b.to_ascii_uppercase() == letter);
    let graded = |at: usize| bytes.get(at).is_some_and(|b| b.is_ascii_digit() || matches!(b, b'X' | b'x'));
    let Some(start) = (0..3).find(|i| is(*i, b'T')) else { return false };
    bytes.len() <= 14
        && (graded(start + 1) || is(start + 1, b'I'))
        && (start + 2..bytes.len()).any(|i| is(i, b'N') && graded(i + 1))
}

/// "rs1234567", "c.1521_1523delCTT", "p.Phe508del".
fn variant(page: &Page<'_>, at: usize, bytes: &[u8]) -> bool {
    if bytes.len() >= 5 && bytes[..2].eq_ignore_ascii_case(b"rs") && bytes[2..].iter().all(u8::is_ascii_digit) {
        return true;
    }
    // Over "1521_" to the full stop, and the letter before it.
    let ranged = at >= 2 && page.is_sign(at - 1, '_') && page.get(at - 2).is_some_and(|t| t.form == Form::Number);
    let Some(dot) = at.checked_sub(if ranged { 3 } else { 1 }) else { return false };
    touches(page, dot + 1)
        && page.is_sign(dot, '.')
        && touches(page, dot)
        && dot.checked_sub(1).and_then(|i| page.get(i)).is_some_and(|t| t.len() == 1 && t.is_word())
}

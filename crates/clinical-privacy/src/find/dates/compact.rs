//! Dates without signs: 20210305, 202103051015, 05MAR2021, 20210305T101500Z.

use super::numeric::opens_chain;
use super::{Date, hint, touches};
use crate::kind::Reason;
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Hint};

/// Eight, ten, twelve or fourteen digits that begin with a year, month and day; six or eight with the year last only
/// where a label says so.
pub(super) fn number(page: &Page<'_>, at: usize) -> Option<Date> {
    let token = page.get(at)?;
    let length = token.len();
    if !matches!(length, 6 | 8 | 10 | 12 | 14) || !opens_chain(page, at) {
        return None;
    }
    let digits = page.word(at);
    let labelled = label(page, at);
    if length != 6 && is_year_first(digits.as_bytes()) {
        // A number that is another kind's by its label is left to it; ten digits are a telephone number without one.
        let other = !labelled && is_otherwise_labelled(page, at);
        return (!other && (length != 10 || in_segment(page, at))).then(|| Date::pattern(at, zone(page, at + 1)));
    }
    let pair = |i: usize| digits.get(i..i + 2).and_then(|d| d.parse::<u32>().ok()).unwrap_or(99);
    let (a, b) = (pair(0), pair(2));
    let calendar = a >= 1 && b >= 1 && (a <= 12 && b <= 31 || a <= 31 && b <= 12);
    let year = length == 6 || length == 8 && matches!(pair(4), 19 | 20);
    (length <= 8 && labelled && calendar && year).then_some(Date { first: at, end: at + 1, reason: Reason::Label })
}

/// YYYYMMDD, and what follows is a clock time.
fn is_year_first(digits: &[u8]) -> bool {
    let pair = |i: usize| match digits.get(i..i + 2) {
        Some(&[a, b]) if a.is_ascii_digit() && b.is_ascii_digit() => u32::from(a - b'0') * 10 + u32::from(b - b'0'),
        _ => 99,
    };
    let date = matches!(pair(0), 19 | 20) && (1..=12).contains(&pair(4)) && (1..=31).contains(&pair(6));
    let time = match digits.len() {
        8 => true,
        10 => pair(8) < 24,
        12 => pair(8) < 24 && pair(10) < 60,
        14 => pair(8) < 24 && pair(10) < 60 && pair(12) < 61,
        _ => false,
    };
    date && time
}

/// Fraction and zone behind a stamp: ".000-0500".
fn zone(page: &Page<'_>, end: usize) -> usize {
    let mut i = end;
    for sign in ['.', '+'] {
        let stands = page.is_sign(i, sign) || sign == '+' && page.get(i).is_some_and(|t| t.is_dash());
        if stands && touches(page, i) && touches(page, i + 1) && page.get(i + 1).is_some_and(|t| t.is_number(3..=4)) {
            i += 2;
        }
    }
    i
}

/// Between the bars of a message.
fn in_segment(page: &Page<'_>, at: usize) -> bool {
    page.before(at).is_some_and(|t| t.is_sign('|') || t.is_sign('^'))
        || page.is_sign(at + 1, '|')
        || page.is_sign(at + 1, '^')
}

/// "DOB", "date:" before.
fn label(page: &Page<'_>, at: usize) -> bool {
    let mut i = at;
    for _ in 0..3 {
        let Some(before) = i.checked_sub(1) else { return false };
        i = before;
        match page.get(i) {
            Some(t) if t.form == Form::Sign && t.gap < Gap::Line => {}
            Some(t) if t.is_word() => {
                return hint(page, i, Hint::Timing) && !super::says(page, i, "service") && !super::says(page, i, "doc");
            }
            _ => return false,
        }
    }
    false
}

/// "number", "id" before: another kind's.
fn is_otherwise_labelled(page: &Page<'_>, at: usize) -> bool {
    (1..=3)
        .filter_map(|back| at.checked_sub(back).and_then(|i| page.get(i)))
        .find(|t| ![':', '#', '=', '.'].iter().any(|s| t.is_sign(*s)))
        .is_some_and(|t| t.is_word() && t.flags.is(Class::NumberLabel))
}

/// 05MAR2021, 5Mar21, MAR2021, Mar5, 20210305T101500Z.
pub(super) fn mixed(page: &Page<'_>, at: usize) -> Option<Date> {
    let token = page.get(at)?;
    if token.len() < 4 {
        return None;
    }
    let bytes = page.word(at).as_bytes();
    if bytes.len() >= 9 && bytes[..8].iter().all(u8::is_ascii_digit) && matches!(bytes[8], b'T' | b't' | b'Z') {
        return is_year_first(&bytes[..8]).then(|| Date::pattern(at, zone(page, at + 1)));
    }
    let lead = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let letters = bytes[lead..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let tail = &bytes[lead + letters..];
    if !tail.iter().all(u8::is_ascii_digit) || !(3..=9).contains(&letters) || lead > 2 {
        return None;
    }
    let name = &page.word(at)[lead..lead + letters];
    let month = crate::words::flags_of(crate::words::key_of(name)).is(Class::Month);
    let number = |digits: &[u8]| digits.iter().fold(0u32, |n, b| n * 10 + u32::from(b - b'0'));
    let day = lead == 0 || (1..=31).contains(&number(&bytes[..lead]));
    let rest = match (lead, tail.len()) {
        // "MAR5", "MAR2021"; "Sun2", "Dec3" are rare enough, "Mar21" is either.
        (0, 1 | 2) => (1..=31).contains(&number(tail)),
        (0..=2, 4) => (1850..=2150).contains(&number(tail)),
        (1 | 2, 0 | 2) => true,
        _ => false,
    };
    if !(month && day && rest) {
        return None;
    }
    // "MARCH1", "SEPT9" and "DEC1" are genes; "March1" is a day.
    let upper = page.casing_at(at) != Casing::Usual || name.bytes().all(|b| b.is_ascii_uppercase());
    let gene = lead == 0
        && tail.len() <= 2
        && upper
        && ["march", "sept", "dec"].iter().any(|gene| name.eq_ignore_ascii_case(gene))
        && !super::context::tells(page, at);
    if gene {
        return None;
    }
    // "5Mar-2021", "05MAR 2021", "Mar5, 2021", "14FEB2019:10:15".
    let end = if tail.len() <= 2 && (lead == 0 || tail.is_empty()) { super::piece::year(page, at + 1) } else { at + 1 };
    Some(Date::pattern(at, super::piece::time(page, end)))
}

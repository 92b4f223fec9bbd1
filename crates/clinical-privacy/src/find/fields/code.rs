//! Numbers and codes behind a label: one group of tokens, however it is written.

use super::label::Place;
use crate::find::marks::Marks;
use crate::find::numbers::checks::is_range;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Flags};

/// The longest code, in tokens.
const LONGEST: usize = 40;

/// Marks a number or code of at least `least` letters and digits, one of them a digit.
pub(super) fn number(page: &Page<'_>, marks: &mut Marks, kind: Kind, place: Place, least: usize) -> usize {
    let mut first = place.start;
    // "is", "no.", "number", "of" and brackets stand before it.
    for _ in 0..4 {
        let Some(token) = page.get(first) else { return place.start };
        let passed = token.is_sign('#')
            || token.is_sign('(')
            || token.is_sign('[')
            || token.is_sign('.')
            || token.is_sign(':')
            || token.flags.is(Class::NumberLabel)
            || matches!(page.word(first), "is" | "ending" | "in" | "IS" | "ENDING" | "IN");
        if !passed || first + 1 >= place.limit || is_number_itself(page, first) {
            break;
        }
        first += 1;
    }
    let end = group(page, first, place.limit, kind);
    let text = page.slice(first, end);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    // "MRN: Zqxvrotossky": letters alone, but no word of any list.
    let lettered = digits == 0
        && end == first + 1
        && first > 0
        && (page.is_sign(first - 1, ':') || page.is_sign(first - 1, '='))
        && page.get(first).is_some_and(|t| t.is_word() && t.len() >= 6 && is_odd(t.flags) && t.flags.surname() == 0);
    if lettered {
        marks.add(page, first, end, kind, Reason::Label);
        return end;
    }
    if digits == 0 || text.bytes().filter(u8::is_ascii_alphanumeric).count() < least || is_value(page, first, end) {
        return place.start;
    }
    marks.add(page, first, end, kind, Reason::Label);
    end
}

/// "(01)0884…(17)…": the bracket belongs to the code.
fn is_number_itself(page: &Page<'_>, at: usize) -> bool {
    page.is_sign(at, '(')
        && page.is_sign(at + 2, ')')
        && page.get(at + 3).is_some_and(|t| t.gap == Gap::None && t.form != Form::Sign)
}

/// A date, a time or a measured value is no code.
fn is_value(page: &Page<'_>, first: usize, end: usize) -> bool {
    let slashed = end == first + 5 && page.is_sign(first + 1, '/') && page.is_sign(first + 3, '/');
    let measured = end == first + 1
        && page
            .get(end)
            .is_some_and(|t| t.gap <= Gap::Space && (t.flags.is(Class::Unit) && t.len() > 1 || t.is_sign('%')));
    // "Prior claim 2015", "PLAN 2023-24": years.
    let year = page.get(first).is_some_and(|t| t.is_number(4..=4) && (1950..2060).contains(&t.key));
    let bare = !page.before(first).is_some_and(|t| t.form == Form::Sign || t.flags.is(Class::NumberLabel));
    let school = end == first + 3
        && page.get(first + 1).is_some_and(|t| t.is_dash())
        && page.get(first + 2).zip(page.get(first)).is_some_and(|(b, a)| b.len() == 2 && b.key == a.key % 100 + 1);
    slashed || measured || year && (bare && end == first + 1 || school) || is_range(page, first, end)
}

/// The token behind the code at `first`.
fn group(page: &Page<'_>, first: usize, limit: usize, kind: Kind) -> usize {
    let limit = limit.min(first + LONGEST);
    let mut end = first;
    let mut i = first;
    let mut depth = 0;
    while i < limit {
        let Some(token) = page.get(i) else { break };
        if i > first && token.gap != Gap::None && !goes_on(page, first, i, limit, kind) {
            break;
        }
        match token.form {
            Form::Possessive | Form::Contraction => break,
            Form::Sign => match char::from_u32(token.key as u32) {
                Some('(') => depth += 1,
                Some(')') if depth > 0 => {
                    depth -= 1;
                    end = i + 1;
                }
                Some(':') if matches!(kind, Kind::Device | Kind::Ip | Kind::Other | Kind::Biometric) => {}
                Some('-' | '/' | '.' | '_' | '*' | '#' | '+' | '=') => {}
                _ if token.is_dash() => {}
                _ => break,
            },
            _ => {
                // "MRN 123/DOB 3/5": the next label is not part of it.
                if i > first && page.is_sign(i - 1, '/') && token.flags.is(Class::OpensLabel) {
                    break;
                }
                end = i + 1;
            }
        }
        i += 1;
    }
    end
}

/// Does a code go on behind a space: "86 75 74", "MR 148524", "1EG4 TE5 MK73"?
fn goes_on(page: &Page<'_>, first: usize, at: usize, limit: usize, kind: Kind) -> bool {
    let (Some(token), Some(before)) = (page.get(at), page.before(at)) else { return false };
    // A hyphen at the end of a line.
    if token.gap == Gap::Line && token.is_number(2..=2) && page.get(first).is_some_and(|t| t.is_number(2..=2)) {
        return at < limit && kind == Kind::Mrn && at - first < 3;
    }
    if token.gap == Gap::Line {
        return before.is_dash() && before.gap == Gap::None && token.form != Form::Sign;
    }
    if token.gap != Gap::Space {
        return false;
    }
    let dated =
        page.get(at + 1).is_some_and(|t| t.gap == Gap::None && (t.is_sign('/') || t.is_sign(':') || t.is_sign('%')));
    let unit = page
        .get(at + 1)
        .is_some_and(|t| t.gap <= Gap::Space && t.flags.is_any(Class::Unit.bit() | Class::Month.bit()) && t.len() > 1);
    if dated || unit {
        return false;
    }
    let letters = at == first + 1 && before.form == Form::Upper && before.len() <= 4 && before.flags.given() == 0;
    if letters && matches!(token.form, Form::Number | Form::Mixed) {
        return true;
    }
    let short = |i: usize| {
        page.get(i).is_some_and(|t| t.is_number(2..=5) || (t.form == Form::Mixed && t.len() <= 4 && kind == Kind::Plan))
    };
    let spread = matches!(
        kind,
        Kind::Mrn | Kind::Ssn | Kind::Account | Kind::Plan | Kind::License | Kind::Other | Kind::Phone | Kind::Fax
    );
    // A day, a time or an age behind it stands apart: all groups must be short.
    // "A 55 10 28 7": a letter before the groups, and one digit to check them.
    let lead = page.get(first).is_some_and(|t| t.len() == 1 && t.form == Form::Initial);
    let checked = token.is_number(1..=1) && at >= first + 4 && page.get(at - 1).is_some_and(|t| t.is_number(2..=2));
    spread
        && (short(at) || lead && checked)
        && (first..at).all(|i| short(i) || lead && i == first)
        && at < limit
        && page.get(first).is_some_and(|t| t.len() <= 4)
}

/// May a code of that many digits begin here, where no sign stands before it?
pub(super) fn opens(page: &Page<'_>, at: usize, least: usize) -> bool {
    let mut i = at;
    while page.get(i).is_some_and(|t| t.is_sign('#') || t.flags.is(Class::NumberLabel)) && i < at + 3 {
        i += 1;
    }
    let end = group(page, i, page.tokens.len(), Kind::Mrn);
    let text = page.slice(i, end);
    text.bytes().filter(u8::is_ascii_digit).count() >= least
        && !is_value(page, i, end)
        && page.get(i).is_some_and(|t| t.gap <= Gap::Space)
}

/// Marks a telephone or fax number with its extension.
pub(super) fn phone(page: &Page<'_>, marks: &mut Marks, kind: Kind, place: Place) -> usize {
    let mut i = place.start;
    // "(H) 617…", "home 617…".
    if page.is_sign(i, '(') && page.get(i + 1).is_some_and(crate::read::Token::is_word) && page.is_sign(i + 2, ')') {
        i += 3;
    }
    let mut last = place.start;
    for _ in 0..4 {
        let (mut first, mut end, mut digits) = (i, i, 0);
        while i < place.limit {
            let Some(token) = page.get(i) else { break };
            if i > first && (token.gap >= Gap::Wide && !(token.gap == Gap::Line && digits > 0 && digits < 7)) {
                break;
            }
            match token.form {
                Form::Number if digits >= 10 && token.gap != Gap::None && !is_extension(page, i - 1) => break,
                Form::Number
                    if page.get(i + 1).is_some_and(|t| t.is_sign('/') && t.gap == Gap::None)
                        && digits > 0
                        && token.len() < 3 =>
                {
                    break;
                }
                Form::Number => {
                    digits += token.len();
                    end = i + 1;
                }
                Form::Mixed if digits > 0 && page.word(i).starts_with(['x', 'X']) => end = i + 1,
                Form::Mixed if digits == 0 && page.word(i).starts_with(['x', 'X']) => {
                    digits += 4;
                    end = i + 1;
                }
                Form::Sign
                    if token.is_dash()
                        || token.is_sign('(')
                        || token.is_sign(')')
                        || token.is_sign('+')
                        || token.is_sign('.') => {}
                // The number and its extension are marked, not the word between them.
                _ if digits > 0 && is_extension(page, i) => {
                    if end > first {
                        mark(page, marks, first, end, kind);
                    }
                    (first, end) = (i + 1, i + 1);
                }
                _ => break,
            }
            i += 1;
        }
        // "Home: 1440 W Navajo St": the number of a house.
        let house = digits < 7
            && page.get(end).is_some_and(|t| {
                t.gap == Gap::Space
                    && t.is_word()
                    && (t.form == Form::Title || t.flags.is(Class::Direction))
                    && !t.flags.is_any(Class::Function.bit() | Class::NumberLabel.bit())
                    && !is_extension(page, end)
            });
        // "pH 7.21"
        let decimal =
            digits < 6 && (first..end).any(|f| page.is_sign(f, '.') && page.get(f).is_some_and(|t| t.gap == Gap::None));
        if !(3..=18).contains(&digits) || house || decimal {
            break;
        }
        mark(page, marks, first, end, kind);
        last = end;
        // A second number behind a sign.
        i = end;
        let joined = page.get(i).is_some_and(|t| {
            t.gap < Gap::Line
                && i < place.limit
                && (t.is_sign('/') || t.is_sign(';') || t.is_sign(',') || matches!(page.word(i), "or" | "and" | "OR"))
        });
        if !joined || digits < 7 {
            break;
        }
        i += 1;
    }
    last
}

/// Marks a number without the signs before it.
fn mark(page: &Page<'_>, marks: &mut Marks, first: usize, end: usize, kind: Kind) {
    let first = (first..end).find(|f| page.get(*f).is_some_and(|t| !t.is_dash() && !t.is_sign('.'))).unwrap_or(first);
    marks.add(page, first, end, kind, Reason::Label);
}

fn is_extension(page: &Page<'_>, at: usize) -> bool {
    let word = page.word(at);
    word.eq_ignore_ascii_case("ext")
        || word.eq_ignore_ascii_case("x")
        || word.eq_ignore_ascii_case("extension")
        || word == "." && is_extension(page, at.wrapping_sub(1))
}

/// Marks a postal code.
pub(super) fn postal(page: &Page<'_>, marks: &mut Marks, place: Place) -> usize {
    match zip(page, place.start, place.limit) {
        Some(end) => {
            marks.add(page, place.start, end, Kind::Zip, Reason::Label);
            end
        }
        None => place.start,
    }
}

/// The token behind a postal code: "02139", "02139-1234", "021391234", "K1A 0B1", "SW1A 1AA".
pub(super) fn zip(page: &Page<'_>, at: usize, limit: usize) -> Option<usize> {
    let token = page.get(at).filter(|_| at < limit)?;
    let plus = at + 2 < limit + 1
        && page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(at + 2).is_some_and(|t| t.is_number(4..=4) && t.gap <= Gap::Line);
    if token.is_number(5..=5) {
        return Some(if plus && at + 2 < limit { at + 3 } else { at + 1 });
    }
    if token.is_number(9..=9) || token.is_number(3..=4) {
        return Some(at + 1);
    }
    let second =
        page.get(at + 1).filter(|t| at + 1 < limit && t.form == Form::Mixed && t.len() == 3 && t.gap <= Gap::Space);
    (token.form == Form::Mixed && (2..=4).contains(&token.len()) && second.is_some())
        .then_some(at + 2)
        .or((token.form == Form::Mixed && (5..=7).contains(&token.len())).then_some(at + 1))
}

/// Marks what stands in one piece up to the next space, if one of `signs` or a digit is in it.
pub(super) fn chain(page: &Page<'_>, marks: &mut Marks, kind: Kind, place: Place, signs: &[char]) -> usize {
    let limit = place.limit.min(place.start + LONGEST);
    let mut end = place.start;
    let mut shown = false;
    let mut i = place.start;
    while i < limit {
        let Some(token) = page.get(i) else { break };
        if i > place.start && token.gap != Gap::None {
            break;
        }
        match token.form {
            Form::Sign
                if matches!(
                    char::from_u32(token.key as u32),
                    Some(',' | ';' | '"' | '\'' | '|' | '<' | '>' | '}' | ']' | ')')
                ) =>
            {
                break;
            }
            Form::Sign => {
                let tight = page.get(i + 1).is_some_and(|t| t.gap == Gap::None) && i + 1 < limit;
                shown |= tight && char::from_u32(token.key as u32).is_some_and(|c| signs.contains(&c));
                if kind == Kind::Url && token.is_sign('/') {
                    end = i + 1;
                }
            }
            _ => {
                shown |= matches!(token.form, Form::Number | Form::Mixed) && kind != Kind::Url && kind != Kind::Email;
                end = i + 1;
            }
        }
        i += 1;
    }
    // A user name of one word, in quotes or a cell.
    let single = end == place.start + 1
        && page.get(place.start).is_some_and(|t| !t.flags.is_any(Class::NoValue.bit()) && is_odd(t.flags));
    let handle = kind == Kind::Other && place.is_enclosed() && single;
    if end > place.start && (shown || handle) {
        marks.add(page, place.start, end, kind, Reason::Label);
        return end;
    }
    place.start
}

/// No ordinary word.
fn is_odd(flags: Flags) -> bool {
    flags.word() == 0 && !flags.is_medical()
}

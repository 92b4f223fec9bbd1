//! What the words around say of two numbers that could be a day and a month.

use super::piece::{clock, is_amount, small};
use super::{Date, follows, hint, is_range_word, opens_range, says, touches};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Hint};

/// Does the word before say that a date follows: "on", "seen", "DOB:", "Monday"?
pub(super) fn tells(page: &Page<'_>, first: usize) -> bool {
    let Some((at, signs)) = word_before(page, first) else { return false };
    let Some(token) = page.get(at) else { return false };
    if token.flags.is(Class::Weekday) && token.len() > 2 || hint(page, at, Hint::Timing) || hint(page, at, Hint::Event)
    {
        return true;
    }
    let back = |n: usize| at.checked_sub(n).unwrap_or(usize::MAX);
    if says(page, at, "of") && !signs {
        // "as of 3/5", "week of 3/5", "MRI of 3/5".
        return says(page, back(1), "as")
            || says(page, back(1), "date")
            || hint(page, back(1), Hint::DayWord)
            || hint(page, back(1), Hint::Event);
    }
    if says(page, at, "about") && !signs {
        return says(page, back(1), "or") && says(page, back(2), "on");
    }
    if page.is_sign(back(1), '/') {
        // "w/o 3/5", "f/u 3/5", "d/c 3/5".
        let short = [("w", "o"), ("f", "u"), ("d", "c"), ("d", "c'd"), ("d", "c\u{2019}d")];
        return short.iter().any(|(a, b)| says(page, back(2), a) && says(page, at, b));
    }
    // "the first dose was given 3/5 and the second 4/5".
    if token.flags.is(Class::OrdinalWord) && !signs {
        return says(page, back(1), "the");
    }
    // "started ASA 3/5".
    if token.flags.is_medical()
        && !signs
        && ["started", "stopped", "began", "resumed", "restarted"].iter().any(|w| says(page, back(1), w))
    {
        return true;
    }
    // "drawn", "clipped": what was done, and when.
    token.is_word() && !signs && token.len() > 4 && ends_in_ed(page, at) && !hint(page, at, Hint::Measured)
}

fn ends_in_ed(page: &Page<'_>, at: usize) -> bool {
    let word = page.word(at).as_bytes();
    word.len() > 4
        && word[word.len() - 2..].eq_ignore_ascii_case(b"ed")
        && page.get(at).is_some_and(|t| t.flags.word() > 0)
}

/// Is "11/98" a month and a year: behind "in", "since", "seen", or written with a zero?
pub(super) fn month_of_year(page: &Page<'_>, first: usize, end: usize) -> bool {
    let told = page.word(first).starts_with('0')
        || tells(page, first)
        || first.checked_sub(1).is_some_and(|i| hint(page, i, Hint::MonthBefore) && follows(page, first));
    told && !is_amount(page, end)
        && !(hint(page, end, Hint::Portion) && !says(page, end, "in") && !says(page, end, "of"))
}

/// The word before, over one colon, bracket, dash or "the" ("on the 3/5 visit"); whether a sign stood between.
fn word_before(page: &Page<'_>, first: usize) -> Option<(usize, bool)> {
    if !matches!(page.get(first)?.gap, Gap::None | Gap::Space | Gap::Line | Gap::Wide) {
        return None;
    }
    let mut i = first.checked_sub(1)?;
    let mut signs = false;
    for _ in 0..3 {
        let token = page.get(i)?;
        let passed = token.form == Form::Sign
            && matches!(
                char::from_u32(token.key as u32),
                Some(':' | '(' | '[' | '#' | '"' | '~' | '\'' | ',' | '=' | '-')
            )
            || ["the", "is", "was", "for", "home"].iter().any(|w| says(page, i, w));
        if !passed {
            break;
        }
        signs |= token.form == Form::Sign;
        i = i.checked_sub(1)?;
    }
    Some((i, signs))
}

/// "v", "section": numbers with full stops behind these are no date.
pub(super) fn is_version(page: &Page<'_>, first: usize) -> bool {
    word_before(page, first)
        .is_some_and(|(at, _)| ["v", "version", "section", "rev", "release"].iter().any(|w| says(page, at, w)))
}

/// Is "3/5" a month and a day (or a day and a month)?
pub(super) fn month_day(page: &Page<'_>, first: usize, end: usize, x: u64, y: u64, last: Option<Date>) -> bool {
    if is_amount(page, end)
        || hint(page, end, Hint::Portion) && follows(page, end) && !says(page, end, "in") && !says(page, end, "of")
    {
        return false;
    }
    let tally = hint(page, end, Hint::Tally) && follows(page, end);
    if tells(page, first) && !tally {
        return true;
    }
    let padded = [first, end - 1].iter().any(|i| page.word(*i).starts_with('0'));
    if padded {
        return true;
    }
    // "from 3/5 to 3/9": the other end is a date, or looks like one.
    if let Some(last) = last
        && last.end < first
        && first - last.end <= 2
        && (is_range_word(page, last.end)
            || ["and", "or"].iter().any(|w| says(page, last.end, w))
            || page.is_sign(last.end, ','))
    {
        return true;
    }
    if other_end(page, end, x, y) {
        return true;
    }
    if hint(page, end, Hint::Event) && follows(page, end) && !tally {
        return true;
    }
    // "3/5 at 10:15", "1/8 10:15".
    let at = end + usize::from(says(page, end, "at") || page.is_sign(end, '@'));
    if follows(page, at) && clock(page, at).is_some() && (at > end || page.is_sign(at + 1, ':')) {
        return true;
    }
    if x > 12 {
        return false;
    }
    if opens_entry(page, first, end) {
        return true;
    }
    if first > 0 && page.is_sign(first - 1, '"') && page.is_sign(end, '"') {
        return true;
    }
    let small_whole = matches!(y, 1..=6 | 8 | 10);
    if !small_whole && x != y && !tally && !counts_something(page, first) {
        return true;
    }
    let bracketed = first > 0 && page.is_sign(first - 1, '(') && page.is_sign(end, ')');
    bracketed && !small_whole
}

/// A word before that is followed by so many of so many, or by the number that belongs to its name.
fn counts_something(page: &Page<'_>, first: usize) -> bool {
    word_before(page, first).is_some_and(|(at, _)| {
        hint(page, at, Hint::Numbered)
            || hint(page, at, Hint::Measured)
            || hint(page, at, Hint::Score)
            || page.get(at).is_some_and(|t| {
                t.flags.is_any(Class::Grade.bit() | Class::Unit.bit()) && !t.flags.is(Class::OrdinalWord)
            })
    })
}

/// "3/5-3/9", "3/5 to 3/9" where this is the first.
fn other_end(page: &Page<'_>, end: usize, x: u64, y: u64) -> bool {
    let ranges = is_range_word(page, end) || says(page, end, "and") && opens_range(page, end.saturating_sub(3));
    if !(ranges && follows(page, end) && follows(page, end + 1)) {
        return false;
    }
    let next = end + 1;
    // "between 10/5 and June 15"
    if page.get(next).is_some_and(|t| t.flags.is(Class::Month)) && !says(page, next, "may") {
        return true;
    }
    let (Some(a), Some(b)) = (small(page, next), small(page, next + 2)) else { return false };
    if is_amount(page, next + 3) || hint(page, next + 3, Hint::Portion) || hint(page, next + 3, Hint::Score) {
        return false;
    }
    page.is_sign(next + 1, '/') && touches(page, next + 1) && touches(page, next + 2) && a <= 12 && x <= 12
        // "from 3/5 to 4/5": a strength that got better.
        && (b != y || b > 12)
        && (a > x || x > 10 && a < 3 || a == x && b > y || page.is_sign(next + 3, '/'))
}

/// Does a line of a log begin with it: "3/5: seen", "3/5 - seen", "3/5" alone, "3/5 Pt seen"?
fn opens_entry(page: &Page<'_>, first: usize, end: usize) -> bool {
    if !page.opens_line(first) {
        return false;
    }
    let Some(next) = page.get(end) else { return first > 0 };
    if next.gap >= Gap::Line {
        return true;
    }
    if next.form == Form::Sign {
        return next.is_sign(':')
            || next.is_dash() && page.get(end + 1).is_some_and(|t| t.gap == Gap::Space && t.is_word());
    }
    next.flags.is_any(Class::Person.bit() | Class::Pronoun.bit()) || says(page, end, "seen") || next.gap == Gap::Wide
}

/// Is "3-5" a month and a day? Only where the words leave no doubt.
pub(super) fn dashed(page: &Page<'_>, first: usize, end: usize, last: Option<Date>) -> bool {
    if is_amount(page, end) || hint(page, end, Hint::Portion) && !says(page, end, "in") {
        return false;
    }
    let Some((at, _)) = word_before(page, first) else { return false };
    let ranged = last.is_some_and(|l| l.end + 1 == first && is_range_word(page, l.end));
    let dated = ranged || tells(page, first) && !says(page, at, "exp");
    let ends = page.get(end).is_none_or(|t| {
        t.gap >= Gap::Wide && !t.flags.is(Class::Unit)
            || matches!(t.form, Form::Sign) && !t.is_sign('%') && !t.is_sign('/') && !t.is_sign('x')
            || t.flags.is_any(Class::Function.bit() | Class::Towards.bit() | Class::Pronoun.bit())
    });
    // "CXR 11-4 neg", "VS 3-23 156/64".
    let event = hint(page, at, Hint::Event) && page.get(end).is_some_and(|t| t.is_word() && !t.flags.is(Class::Unit));
    let pressure = page.get(end).is_some_and(|t| t.is_number(2..=3)) && page.is_sign(end + 1, '/');
    dated && (ends || event || pressure || says(page, end, "w"))
}

//! The pieces of a written date: day, year, clock time.

use super::{follows, says, touches};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// The number of a token of at most two digits, from 1 to 31.
pub(super) fn small(page: &Page<'_>, at: usize) -> Option<u64> {
    page.get(at).filter(|t| t.is_number(1..=2) && (1..=31).contains(&t.key)).map(|t| t.key)
}

/// Is it a year of four digits that a record can hold?
pub(super) fn is_long_year(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.is_number(4..=4) && (1850..=2150).contains(&t.key))
}

/// Does what stands at `at` say that the number before it counts or measures something: "mg", "%", ".5", ",000"?
pub(super) fn is_amount(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    match token.form {
        Form::Sign => {
            let digits =
                touches(page, at) && touches(page, at + 1) && page.get(at + 1).is_some_and(|t| t.form == Form::Number);
            match char::from_u32(token.key as u32) {
                Some('%' | '\u{b0}' | '#') => token.gap <= Gap::Space,
                Some('+' | '^') => touches(page, at),
                Some('.' | ':') => digits,
                Some(',') => digits && page.get(at + 1).is_some_and(|t| t.is_number(3..=3)),
                _ => false,
            }
        }
        _ if token.gap > Gap::Line => false,
        _ if token.flags.is(Class::Unit) => {
            !token.flags.is(Class::Function)
                && !says(page, at, "x")
                && !says(page, at, "second")
                && !says(page, at, "points")
        }
        _ => ["yo", "y", "am", "pm", "oclock", "yof", "yom", "bpm", "beats"].iter().any(|w| says(page, at, w)),
    }
}

/// "5th", "22nd": the day.
pub(super) fn ordinal(page: &Page<'_>, at: usize) -> Option<u64> {
    let token = page.get(at)?;
    if token.form != Form::Mixed || !(3..=4).contains(&token.len()) {
        return None;
    }
    let (digits, ending) = page.word(at).split_at_checked(token.len() - 2)?;
    let fits = ["st", "nd", "rd", "th"].iter().any(|e| ending.eq_ignore_ascii_case(e));
    let day: u64 = digits.parse().ok()?;
    (fits && (1..=31).contains(&day)).then_some(day)
}

/// "fifth", "twenty-fifth", "thirty first": the token behind it.
pub(super) fn ordinal_words(page: &Page<'_>, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if token.flags.is(Class::NumberWord) {
        if token.len() != 6 || !(says(page, at, "twenty") || says(page, at, "thirty")) {
            return None;
        }
        let next = at + 1 + usize::from(page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None));
        let unit = page.get(next)?;
        return (unit.flags.is(Class::OrdinalWord) && follows(page, next) && unit.len() < 8).then_some(next + 1);
    }
    token.flags.is(Class::OrdinalWord).then_some(at + 1)
}

/// A day of the month in any form, that counts nothing: the token behind it.
pub(super) fn day(page: &Page<'_>, at: usize) -> Option<usize> {
    if small(page, at).is_some() {
        // "5 th", as scanned pages have it.
        if page.get(at + 1).is_some_and(|t| t.form == Form::Lower && t.gap == Gap::Space) && says(page, at + 1, "th") {
            return Some(at + 2);
        }
        let numbers_a_list = page.get(at)?.gap == Gap::Line
            && (page.is_sign(at + 1, '.') || page.is_sign(at + 1, ')'))
            && touches(page, at + 1)
            && page.get(at + 2).is_some_and(|t| t.gap == Gap::Space)
            && !at.checked_sub(2).is_some_and(|i| says(page, i, "on"));
        return (!is_amount(page, at + 1) && !numbers_a_list).then_some(at + 1);
    }
    if ordinal(page, at).is_some() {
        return Some(at + 1);
    }
    ordinal_words(page, at)
}

/// The year that may stand behind a date that ends at `end`: the token behind it, or `end`.
pub(super) fn year(page: &Page<'_>, end: usize) -> usize {
    let at = match page.get(end) {
        Some(t) if t.is_sign(',') && follows(page, end) => end + 1,
        Some(t)
            if (t.is_dash() || t.is_sign('/') || t.is_sign('.')) && t.gap == Gap::None && touches(page, end + 1) =>
        {
            let short = page.get(end + 1).is_some_and(|t| t.is_number(2..=2));
            if (short || is_long_year(page, end + 1)) && !is_measured(page, end + 2) && !goes_on(page, end + 2) {
                return end + 2;
            }
            return end;
        }
        Some(t) if t.is_word() && follows(page, end) && says(page, end, "of") => end + 1,
        _ => end,
    };
    if !follows(page, at) {
        return end;
    }
    if is_long_year(page, at) && !is_measured(page, at + 1) {
        return at + 1;
    }
    if page.is_sign(at, '\'') && touches(page, at + 1) && page.get(at + 1).is_some_and(|t| t.is_number(2..=2)) {
        return at + 2;
    }
    year_words(page, at).unwrap_or(end)
}

/// Is a year none but an amount? "02-Feb-1973 M" tells the sex, not a unit.
fn is_measured(page: &Page<'_>, at: usize) -> bool {
    is_amount(page, at) && !page.get(at).is_some_and(|t| t.form == Form::Initial && t.gap > Gap::None)
}

/// Does a number go on behind a year, as in "5-3-21-447"?
fn goes_on(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| (t.is_dash() || t.is_sign('/')) && t.gap == Gap::None)
        && touches(page, at + 1)
        && page.get(at + 1).is_some_and(|t| t.form == Form::Number)
}

/// "nineteen eighty-five", "two thousand and twenty-one", "twenty twenty": the token behind it.
pub(super) fn year_words(page: &Page<'_>, at: usize) -> Option<usize> {
    let is_number = |i: usize| page.get(i).is_some_and(|t| t.flags.is(Class::NumberWord)) && follows(page, i);
    if !page.get(at)?.flags.is(Class::NumberWord) {
        return None;
    }
    let mut i = if says(page, at, "nineteen") || says(page, at, "twenty") || says(page, at, "eighteen") {
        at + 1
    } else if says(page, at, "two") && says(page, at + 1, "thousand") {
        if says(page, at + 2, "and") && is_number(at + 3) {
            at + 3
        } else if is_number(at + 2) {
            at + 2
        } else {
            return Some(at + 2);
        }
    } else {
        return None;
    };
    if page.get(i).is_some_and(|t| t.is_dash()) {
        i += 1;
    }
    if !is_number(i) {
        return None;
    }
    i += 1;
    if page.get(i).is_some_and(|t| t.is_dash()) && is_number(i + 1) {
        i += 1;
    }
    Some(if is_number(i) { i + 1 } else { i })
}

/// The clock time that may stand behind a date that ends at `end`: the token behind it, or `end`.
pub(super) fn time(page: &Page<'_>, end: usize) -> usize {
    let mut at = end;
    if page.is_sign(at, ',') && follows(page, at) {
        at += 1;
    }
    if page.is_sign(at, '@') || (says(page, at, "at") && follows(page, at)) {
        at += 1;
    }
    if !follows(page, at) {
        return end;
    }
    match clock(page, at) {
        Some(after) => after,
        None => end,
    }
}

/// "10:15", "10:15:00 pm", "3:22pm", "10 am" at `at`: the token behind it.
pub(super) fn clock(page: &Page<'_>, at: usize) -> Option<usize> {
    page.get(at).filter(|t| t.is_number(1..=2) && t.key < 25)?;
    let mut i = at + 1;
    let mut minutes = 0;
    while minutes < 3 && page.is_sign(i, ':') && touches(page, i) && touches(page, i + 1) {
        let piece = page.get(i + 1)?;
        let fits = piece.is_number(2..=2) && piece.key < 60 || piece.form == Form::Mixed && piece.len() <= 4;
        if !fits {
            break;
        }
        minutes += 1;
        i += 2;
    }
    let named = page.get(i).is_some_and(|t| t.flags.is(Class::Clock) && t.gap <= Gap::Line && t.len() <= 3);
    if named {
        return Some(i + 1);
    }
    // "a.m."
    let letter = says(page, i, "a") || says(page, i, "p");
    if letter && page.is_sign(i + 1, '.') && says(page, i + 2, "m") {
        return Some(i + 3);
    }
    (minutes > 0).then_some(i)
}

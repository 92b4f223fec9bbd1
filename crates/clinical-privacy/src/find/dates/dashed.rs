//! A month and a day with a dash between them ("3-5"), which ranges and scores are written with, too.

use super::context::{
    begins_item, is_before_value, is_clock_of_four, is_decimal, is_headed, is_result, tells, word_before,
};
use super::piece::{clock, is_amount, ordinal, small};
use super::{Date, follows, hint, is_range_word, opens_range, says};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Hint};

/// "3-14: afebrile", "3-26 - called, left message", "9-24 0927 GV": an entry of a log with a dash in its day.
fn opens_dashed_entry(page: &Page<'_>, first: usize, end: usize) -> bool {
    let Some(next) = page.get(end).filter(|_| page.opens_line(first)) else { return false };
    // "7-3: shift nurse" tells her hours.
    let worded = page.get(end + 1).is_some_and(|t| t.gap == Gap::Space && t.is_word() && !t.flags.is(Class::Unit))
        && !["shift", "nurse", "rn"].iter().any(|w| says(page, end + 1, w));
    is_clock_of_four(page, end)
        || worded && (next.is_sign(':') && next.gap == Gap::None || next.is_dash() && next.gap == Gap::Space)
}

/// What needs no word that tells: an entry, a day with its time, the second of two days, a day behind a result.
fn is_dashed_day(page: &Page<'_>, first: usize, end: usize, last: Option<Date>) -> bool {
    if opens_dashed_entry(page, first, end) || begins_item(page, first) && is_headed(page, end) {
        return true;
    }
    // "GM, 8-19", "Read and agreed: Ada Thorn (mother), 12-10": who signed, and when, at the end of a line.
    let closes = page.get(end).is_none_or(|t| t.gap >= Gap::Line);
    let signed = |i: usize| {
        page.is_sign(i, ')')
            || page.opens_line(i) && page.get(i).is_some_and(|t| t.form == Form::Upper && t.len() <= 3)
            || page
                .get(i)
                .is_some_and(|t| matches!(t.form, Form::Title | Form::Upper | Form::Initial) && !t.flags.is_medical())
            || i > 0 && page.is_sign(i, '.') && page.get(i - 1).is_some_and(|t| t.form == Form::Initial)
    };
    if closes && first > 1 && page.is_sign(first - 1, ',') && signed(first - 2) {
        return true;
    }
    // "Windmill St, 7-17 1410.", "Noble, 5-5, 15:38".
    let comma = end + usize::from(page.is_sign(end, ','));
    let timed = page.is_sign(comma + 1, ':') && follows(page, comma) && clock(page, comma).is_some();
    if timed || first > 0 && page.is_sign(first - 1, ',') && is_clock_of_four(page, end) {
        return true;
    }
    // "June 3rd and 6-8".
    if let Some(last) = last
        && last.end + 1 == first
        && (says(page, last.end, "and") || says(page, last.end, "or") || page.is_sign(last.end, '&'))
        && is_whole(page, last)
    {
        return true;
    }
    if is_before_value(page, first, end) || is_logged(page, first, end) || opens_pair(page, first, end) {
        return true;
    }
    // "OR 11-3": the operating room, at the beginning of a sentence.
    if first.checked_sub(1).is_some_and(|i| {
        says(page, i, "or")
            && page.casing_at(i) == Casing::Usual
            && page.get(i).is_some_and(|t| t.form == Form::Upper)
            && page.opens_sentence(i)
            && follows(page, first)
    }) && page.get(end).is_none_or(|t| t.gap >= Gap::Line || t.is_capital())
    {
        return true;
    }
    // "Cr 1.3 (9-8)": no range of normal values falls.
    let (low, high) = (page.get(first).map_or(0, |t| t.key), page.get(end - 1).map_or(0, |t| t.key));
    // "Cr 1.7 (10-29)": none has a whole range with a point in its result, far below it.
    let beyond = low > high || is_decimal(page, first) && high > 12;
    is_result(page, first) && page.is_sign(end, ')') && beyond
}

/// "5-8 Hargrove, J. 6:40 PM ate well": the day, the nurse and the time at the beginning of a log's line.
fn is_logged(page: &Page<'_>, first: usize, end: usize) -> bool {
    let named = page.opens_line(first)
        && page.get(end).is_some_and(|t| {
            t.is_word() && t.gap == Gap::Space && t.is_capital() && t.flags.surname() > 0 && !t.flags.is(Class::Unit)
        });
    named
        && (end + 1..end + 5).any(|i| {
            page.get(i).is_some_and(|t| t.gap == Gap::Space && t.is_number(1..=2))
                && page.is_sign(i + 1, ':')
                && clock(page, i).is_some()
        })
}

/// "between 1-9 and 4/6", "from 2-19 to March 6": the other day leaves no doubt.
fn opens_pair(page: &Page<'_>, first: usize, end: usize) -> bool {
    let led = opens_range(page, first);
    let joined = says(page, end, "and") || is_range_word(page, end) && !page.get(end).is_some_and(|t| t.is_dash());
    let next = end + 1;
    let month = |i: usize| page.get(i).is_some_and(|t| t.flags.is(Class::Month) && t.gap == Gap::Space);
    let slashed = page.get(next).is_some_and(|t| t.is_number(1..=2) && (1..=12).contains(&t.key))
        && page.is_sign(next + 1, '/')
        && page.get(next + 2).is_some_and(|t| t.is_number(1..=2) && t.gap == Gap::None && (1..=31).contains(&t.key))
        // "from 2-3 to 4/5": a strength that got better.
        && page.get(next + 2).is_some_and(|t| t.key > 5 || first > 0 && says(page, first - 1, "between"))
        && !hint(page, next + 3, Hint::Score)
        && !is_amount(page, next + 3);
    led && joined
        && follows(page, next)
        && (slashed || month(next) && !says(page, next, "may") || day_of_month(page, next))
}

/// "12 April", "the 5th of May", "2-Dec".
fn day_of_month(page: &Page<'_>, at: usize) -> bool {
    let at = at + usize::from(says(page, at, "the"));
    let day = small(page, at).is_some() || ordinal(page, at).is_some();
    let month = at + 1 + usize::from(says(page, at + 1, "of") || page.get(at + 1).is_some_and(|t| t.is_dash()));
    day && page.get(month).is_some_and(|t| t.flags.is(Class::Month))
}

/// Has a date a month in letters or a slash?
fn is_whole(page: &Page<'_>, date: Date) -> bool {
    (date.first..date.end).any(|i| page.get(i).is_some_and(|t| t.flags.is(Class::Month) || t.is_sign('/')))
}

/// What may follow the day on which something happened.
const AROUND: [&str; 10] =
    ["outside", "inside", "near", "while", "during", "because", "when", "again", "late", "around"];

/// Is "3-5" a month and a day? Only where the words leave no doubt.
pub(super) fn dashed(page: &Page<'_>, first: usize, end: usize, last: Option<Date>) -> bool {
    if is_amount(page, end) || hint(page, end, Hint::Portion) && !says(page, end, "in") {
        return false;
    }
    if is_dashed_day(page, first, end, last) {
        return true;
    }
    let Some((at, _)) = word_before(page, first) else { return false };
    let ranged = last.is_some_and(|l| l.end + 1 == first && is_range_word(page, l.end));
    let dated = ranged || tells(page, first) && !says(page, at, "exp");
    let ends = page.get(end).is_none_or(|t| {
        t.gap >= Gap::Wide && !t.flags.is(Class::Unit)
            || matches!(t.form, Form::Sign) && !t.is_sign('%') && !t.is_sign('/') && !t.is_sign('x')
            || t.flags.is_any(Class::Function.bit() | Class::Towards.bit() | Class::Pronoun.bit() | Class::Title.bit())
            || AROUND.iter().any(|w| says(page, end, w))
    });
    // "CXR 11-4 neg", "VS 3-23 156/64", "culture of 8-6 grew yeast".
    let of = usize::from(says(page, at, "of"));
    let event = at.checked_sub(of).is_some_and(|i| hint(page, i, Hint::Event))
        && page.get(end).is_some_and(|t| t.is_word() && !t.flags.is(Class::Unit));
    let pressure = page.get(end).is_some_and(|t| t.is_number(2..=3)) && page.is_sign(end + 1, '/');
    dated && (ends || event || pressure || says(page, end, "w"))
}

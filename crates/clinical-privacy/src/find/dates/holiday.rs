//! Holidays, with the words that tell a day by them: "the day after Thanksgiving", "Labor Day weekend".

use super::piece::year;
use super::{Date, follows, hint, says};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Hint, holiday, may_be_holiday};

/// The holiday that begins at `at`.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Date> {
    // "new", "mother", "day": mostly the next word tells that it is none.
    let (one, two) = (page.get(at)?, page.get(at + 1)?);
    if two.is_word() && page.get(at + 2).is_none_or(|t| t.form != Form::Possessive) && !may_be_holiday(one.key, two.key)
    {
        return None;
    }
    let words = page.words_from(at);
    let count = holiday(words.iter().map(|(key, _)| *key))?;
    let mut end = words.get(count - 1)?.1;
    // A person of that name, and what else begins so.
    if page.before(at).is_some_and(|t| t.flags.is(Class::Title) && page.get(at).is_some_and(|h| h.gap == Gap::Space)) {
        return None;
    }
    if page.get(end).is_some_and(|t| t.is_word() && t.gap == Gap::Space && t.flags.is(Class::EponymHead))
        || ["disease", "factor", "seals", "island", "tree", "trees", "cactus"].iter().any(|w| says(page, end, w))
    {
        return None;
    }
    // "Easter-egg sized"
    if page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && ["egg", "eggs", "tree"].iter().any(|w| says(page, end + 1, w))
    {
        return None;
    }
    if page.is_sign(end, '\'') && page.get(end + 1).is_none_or(|t| t.gap != Gap::None) {
        end += 1;
    }
    for _ in 0..2 {
        if hint(page, end, Hint::DayWord) && follows(page, end) {
            end += 1;
        }
    }
    let first = leftward(page, at);
    if count == 1 && CALENDAR.iter().any(|w| says(page, at, w)) {
        return in_calendar(page, at, first, end);
    }
    // "had an epiphany" is none.
    if count == 1 && says(page, at, "epiphany") && first == at && !(one.is_capital() || is_on(page, at)) {
        return None;
    }
    Some(Date::pattern(first, year(page, end)))
}

/// Months of other calendars: names of people too, so that a day or a part of the month must stand with them.
const CALENDAR: [&str; 14] = [
    "adar", "cheshvan", "elul", "iyar", "kislev", "muharram", "nisan", "rajab", "shawwal", "sivan", "tammuz", "tevet",
    "tishrei", "shevat",
];

/// "8 Tishrei", "15th of Shawwal", "the second week of Adar".
fn in_calendar(page: &Page<'_>, at: usize, first: usize, end: usize) -> Option<Date> {
    let of = usize::from(at > 0 && says(page, at - 1, "of"));
    let day = at.checked_sub(1 + of).filter(|i| {
        follows(page, at) && (super::piece::small(page, *i).is_some() || super::piece::ordinal(page, *i).is_some())
    });
    match day {
        Some(day) => Some(Date::pattern(day, year(page, end))),
        None if first < at && !says(page, first, "the") => Some(Date::pattern(first, year(page, end))),
        None if first + 2 < at => Some(Date::pattern(first, year(page, end))),
        None => None,
    }
}

/// Does a word stand before that a day follows?
fn is_on(page: &Page<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|i| ["on", "by", "until", "till", "before", "after"].iter().any(|w| says(page, i, w)))
}

/// The first token of the expression: "the day after", "two weeks before", "the second night of", "last".
fn leftward(page: &Page<'_>, at: usize) -> usize {
    if !follows(page, at) {
        return at;
    }
    let Some(before) = at.checked_sub(1) else { return at };
    if ["last", "this", "next", "past", "previous", "erev"].iter().any(|w| says(page, before, w)) {
        return before;
    }
    let mut i = if says(page, before, "the") { before } else { at };
    // "the Fourth of July", but "at the Easter feast".
    let the =
        if page.get(at).is_some_and(|t| t.flags.is(Class::OrdinalWord) || t.form == Form::Mixed) { i } else { at };
    // "prior to", "after", "of".
    let Some(join) = i.checked_sub(1) else { return the };
    i = if says(page, join, "to") && join > 0 && says(page, join - 1, "prior") {
        join - 1
    } else if hint(page, join, Hint::HolidayJoin) && follows(page, i) {
        join
    } else {
        return the;
    };
    let Some(unit) = i.checked_sub(1) else { return the };
    let dayword =
        page.get(unit).is_some_and(|t| t.is_word() && (t.flags.is(Class::Weekday) || hint(page, unit, Hint::DayWord)));
    if !dayword || !follows(page, i) {
        return the;
    }
    i = unit;
    for _ in 0..4 {
        let Some(more) = i.checked_sub(1) else { break };
        let Some(token) = page.get(more) else { break };
        let counts = token.form == Form::Number
            || super::piece::ordinal(page, more).is_some()
            || token.flags.is_any(Class::NumberWord.bit() | Class::OrdinalWord.bit())
            || ["the", "a", "few", "couple", "of", "several", "very", "last"].iter().any(|w| says(page, more, w));
        // "turned one hundred and three two days before Thanksgiving".
        let number = |at: usize| page.get(at).is_some_and(|t| t.flags.is(Class::NumberWord));
        let another = number(i) && number(more) && !page.word(more).to_ascii_lowercase().ends_with("ty");
        if !counts || another || !follows(page, i) {
            break;
        }
        i = more;
        if says(page, more, "the") {
            break;
        }
    }
    i
}

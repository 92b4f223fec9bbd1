//! The parts of a date that was found: which bytes are day, month and year, and how each is written, so that a date can
//! be moved and written again in its own form.

use std::ops::Range;

use super::piece::{ordinal, ordinal_words};
use super::{Hint, hint, says};
use crate::read::{Form, Page};
use crate::words::Class;

/// How a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Writing {
    /// "5", "05", "2021": digits, as many as its bytes.
    Digits,
    /// "5th".
    Ordinal,
    /// "fifth", "twenty-fifth".
    OrdinalWords,
    /// "March", "Thursday".
    Name,
    /// "Mar", "Sept", "Thu"; a full stop is not part of it.
    ShortName,
}

/// One part of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its bytes in the text that was given.
    pub(crate) bytes: Range<usize>,
    /// Day of the month, month from 1 to 12, day of the week from 1 (Monday) to 7, or year. A year of two digits is
    /// given as it is written.
    pub(crate) value: u32,
    pub(crate) writing: Writing,
}

/// The parts of one date. What is not among them (commas, "the", a clock time) stays as it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) weekday: Option<Part>,
    pub(crate) day: Option<Part>,
    pub(crate) month: Option<Part>,
    pub(crate) year: Option<Part>,
}

/// The parts of a date in figures (03/05/2021, 3-5-21, 2021-03-05T10:15, 20210305, 3/5, 03/2021) or in words ("March
/// 5th, 2021", "5-Mar-21", "05MAR2021", "the fifth of May", "March 2021", "mid-March"). Of two figures that could both
/// be the month the first is taken, as in the United States. Ranges, holidays and everything else: `None`.
pub(crate) fn parts(text: &str) -> Option<Parts> {
    let page = Page::read(text);
    let mut parts = Parts::default();
    let mut pieces: Vec<Part> = Vec::with_capacity(3);
    let mut month_at = None;
    let mut at = 0;
    while let Some(token) = page.get(at) {
        let bytes = token.start as usize..token.end as usize;
        let word = page.word(at);
        let is_time = page.is_sign(at + 1, ':') || says(&page, at, "at") || page.is_sign(at, '@');
        if !pieces.is_empty() && is_time && token.form != Form::Mixed {
            return rest_is_time(&page, at).then(|| told(parts, pieces, month_at)).flatten();
        }
        let mut end = at + 1;
        match token.form {
            Form::Number if matches!(token.len(), 8 | 12 | 14) && pieces.is_empty() => {
                return rest_is_time(&page, at + 1).then(|| stamp(word, bytes.start)).flatten();
            }
            Form::Number if matches!(token.len(), 1 | 2 | 4) => {
                pieces.push(Part { bytes, value: u32::try_from(token.key).ok()?, writing: Writing::Digits });
            }
            Form::Mixed if ordinal(&page, at).is_some() => {
                let value = u32::try_from(ordinal(&page, at)?).ok()?;
                pieces.push(Part { bytes, value, writing: Writing::Ordinal });
            }
            Form::Mixed if pieces.len() == 2 => {
                // "05T10:15:00Z"
                let day = word.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
                if !word.get(2..3)?.eq_ignore_ascii_case("T") || !rest_is_time(&page, at + 1) {
                    return None;
                }
                pieces.push(Part {
                    bytes: bytes.start..bytes.start + 2,
                    value: day.parse().ok()?,
                    writing: Writing::Digits,
                });
                return told(parts, pieces, month_at);
            }
            Form::Mixed if pieces.is_empty() => {
                if word.len() > 8 && word.bytes().take(8).all(|b| b.is_ascii_digit()) {
                    return rest_is_time(&page, at + 1).then(|| stamp(word.get(..8)?, bytes.start)).flatten();
                }
                month_at = glued(word, bytes.start, &mut pieces)?;
            }
            Form::Sign => {
                let between = token.is_dash() || [',', '.', '/', '\''].iter().any(|s| token.is_sign(*s));
                if !between {
                    return None;
                }
            }
            _ if token.flags.is(Class::Month) && month_at.is_none() => {
                month_at = Some(pieces.len());
                pieces.push(Part { bytes, value: month(word)?, writing: name_writing(word) });
            }
            _ if token.flags.is(Class::Weekday) && pieces.is_empty() && parts.weekday.is_none() => {
                parts.weekday = Some(Part { bytes, value: weekday(word)?, writing: weekday_writing(word) });
            }
            _ if ordinal_words(&page, at).is_some() => {
                end = ordinal_words(&page, at)?;
                let last = page.get(end - 1)?.end as usize;
                let value = ordinal_value(&page, at, end)?;
                pieces.push(Part { bytes: bytes.start..last, value, writing: Writing::OrdinalWords });
            }
            _ if says(&page, at, "the") || says(&page, at, "of") || hint(&page, at, Hint::MonthPart) => {}
            _ => return None,
        }
        if pieces.len() > 3 {
            return None;
        }
        at = end;
    }
    told(parts, pieces, month_at)
}

/// Which piece is what. `month_at`: the piece that is a month's name.
fn told(mut parts: Parts, pieces: Vec<Part>, month_at: Option<usize>) -> Option<Parts> {
    let is_year = |p: &Part| p.writing == Writing::Digits && p.bytes.len() == 4;
    let is_day = |p: &Part| (1..=31).contains(&p.value) && p.bytes.len() != 4;
    let is_month = |p: &Part| (1..=12).contains(&p.value) && p.writing == Writing::Digits && p.bytes.len() <= 2;
    let short_year = |p: &Part| p.writing == Writing::Digits && p.bytes.len() == 2;
    let order = match (pieces.as_slice(), month_at) {
        ([m], Some(0)) => [None, Some(m), None],
        ([m, y], Some(0)) if is_year(y) => [None, Some(m), Some(y)],
        // "May '24" is a year; "May 24" a day.
        ([m, d], Some(0)) if is_day(d) => [Some(d), Some(m), None],
        ([d, m], Some(1)) if is_day(d) => [Some(d), Some(m), None],
        ([m, d, y], Some(0)) if is_day(d) && (is_year(y) || short_year(y)) => [Some(d), Some(m), Some(y)],
        ([d, m, y], Some(1)) if is_day(d) && (is_year(y) || short_year(y)) => [Some(d), Some(m), Some(y)],
        ([y, m, d], None) if is_year(y) && is_month(m) && is_day(d) => [Some(d), Some(m), Some(y)],
        ([m, d, y], None) if (is_year(y) || short_year(y)) && is_month(m) && is_day(d) => [Some(d), Some(m), Some(y)],
        ([d, m, y], None) if (is_year(y) || short_year(y)) && is_month(m) && is_day(d) => [Some(d), Some(m), Some(y)],
        ([m, y], None) if is_month(m) && is_year(y) => [None, Some(m), Some(y)],
        ([y, m], None) if is_month(m) && is_year(y) => [None, Some(m), Some(y)],
        ([m, d], None) if is_month(m) && is_day(d) => [Some(d), Some(m), None],
        ([d, m], None) if is_month(m) && is_day(d) => [Some(d), Some(m), None],
        ([d], None) if d.writing != Writing::Digits => [Some(d), None, None],
        _ => return None,
    };
    let [day, month, year] = order.map(|p| p.cloned());
    (parts.day, parts.month, parts.year) = (day, month, year);
    Some(parts)
}

/// 20210305…: its first eight digits.
fn stamp(digits: &str, start: usize) -> Option<Parts> {
    let part = |a: usize, b: usize| -> Option<Part> {
        Some(Part { bytes: start + a..start + b, value: digits.get(a..b)?.parse().ok()?, writing: Writing::Digits })
    };
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let fits = (1850..=2150).contains(&year.value) && (1..=12).contains(&month.value) && (1..=31).contains(&day.value);
    fits.then_some(Parts { weekday: None, day: Some(day), month: Some(month), year: Some(year) })
}

/// "05MAR2021", "Mar5": adds the pieces and says which is the month.
fn glued(word: &str, start: usize, pieces: &mut Vec<Part>) -> Option<Option<usize>> {
    let lead = word.bytes().take_while(u8::is_ascii_digit).count();
    let letters = word.bytes().skip(lead).take_while(u8::is_ascii_alphabetic).count();
    let digits = |a: usize, b: usize| -> Option<Part> {
        Some(Part { bytes: start + a..start + b, value: word.get(a..b)?.parse().ok()?, writing: Writing::Digits })
    };
    if lead > 0 {
        pieces.push(digits(0, lead)?);
    }
    let name = word.get(lead..lead + letters)?;
    let place = pieces.len();
    pieces.push(Part { bytes: start + lead..start + lead + letters, value: month(name)?, writing: name_writing(name) });
    if lead + letters < word.len() {
        pieces.push(digits(lead + letters, word.len())?);
    }
    Some(Some(place))
}

/// Nothing but a clock time from `at` on?
fn rest_is_time(page: &Page<'_>, at: usize) -> bool {
    (at..page.tokens.len()).all(|i| {
        page.get(i).is_some_and(|t| match t.form {
            Form::Number | Form::Mixed => t.len() <= 6,
            Form::Sign => t.is_dash() || [':', '.', '+', '@', ','].iter().any(|s| t.is_sign(*s)),
            _ => t.flags.is(Class::Clock) || ["at", "a", "p", "m"].iter().any(|w| says(page, i, w)),
        })
    })
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

fn place_of(names: &[&str], word: &str) -> Option<u32> {
    let at = names.iter().position(|n| word.get(..3).is_some_and(|w| w.eq_ignore_ascii_case(n)))?;
    u32::try_from(at + 1).ok()
}

fn month(word: &str) -> Option<u32> {
    place_of(&MONTHS, word)
}

fn weekday(word: &str) -> Option<u32> {
    place_of(&WEEKDAYS, word)
}

/// "May" is its own short form and is taken for the whole.
fn name_writing(word: &str) -> Writing {
    let short = word.len() == 3 && !word.eq_ignore_ascii_case("may") || word.eq_ignore_ascii_case("sept");
    if short { Writing::ShortName } else { Writing::Name }
}

fn weekday_writing(word: &str) -> Writing {
    let long = word.len() >= 3 && word.get(word.len() - 3..).is_some_and(|e| e.eq_ignore_ascii_case("day"));
    if long { Writing::Name } else { Writing::ShortName }
}

fn ordinal_value(page: &Page<'_>, at: usize, end: usize) -> Option<u32> {
    let single = |i: usize| ORDINALS.iter().position(|o| says(page, i, o)).and_then(|n| u32::try_from(n + 1).ok());
    if end == at + 1 {
        return if says(page, at, "thirtieth") { Some(30) } else { single(at) };
    }
    let tens = if says(page, at, "twenty") { 20 } else { 30 };
    single(end - 1).map(|unit| tens + unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day, month and year as they stand in the text, with their values.
    fn read(text: &str) -> Option<[Option<(&str, u32)>; 3]> {
        let found = parts(text)?;
        Some([found.day, found.month, found.year].map(|p| p.map(|p| (&text[p.bytes], p.value))))
    }

    #[test]
    fn the_parts_of_a_date_are_told_apart() {
        let date = |d, m, y| Some([Some(d), Some(m), Some(y)]);
        for (text, wanted) in [
            ("03/05/2021", date(("05", 5), ("03", 3), ("2021", 2021))),
            ("3-5-21", date(("5", 5), ("3", 3), ("21", 21))),
            ("25.12.2020", date(("25", 25), ("12", 12), ("2020", 2020))),
            ("2021-03-05T10:15:00Z", date(("05", 5), ("03", 3), ("2021", 2021))),
            ("2021-03-05 10:15", date(("05", 5), ("03", 3), ("2021", 2021))),
            ("20210305", date(("05", 5), ("03", 3), ("2021", 2021))),
            ("20210305101500-0500", date(("05", 5), ("03", 3), ("2021", 2021))),
            ("March 5th, 2021 at 3:22 pm", date(("5th", 5), ("March", 3), ("2021", 2021))),
            ("Thursday, Sept. 5, 2021", date(("5", 5), ("Sept", 9), ("2021", 2021))),
            ("05MAR2021", date(("05", 5), ("MAR", 3), ("2021", 2021))),
            ("5-Mar-21", date(("5", 5), ("Mar", 3), ("21", 21))),
            ("the twenty-third of June 1980", date(("twenty-third", 23), ("June", 6), ("1980", 1980))),
            ("3/5", Some([Some(("5", 5)), Some(("3", 3)), None])),
            ("25/12", Some([Some(("25", 25)), Some(("12", 12)), None])),
            ("03/2021", Some([None, Some(("03", 3)), Some(("2021", 2021))])),
            ("2021-03", Some([None, Some(("03", 3)), Some(("2021", 2021))])),
            ("mid-July 2020", Some([None, Some(("July", 7)), Some(("2020", 2020))])),
            ("December fifth", Some([Some(("fifth", 5)), Some(("December", 12)), None])),
            ("5th", Some([Some(("5th", 5)), None, None])),
            ("March", Some([None, Some(("March", 3)), None])),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_single_date_has_no_parts() {
        for text in
            ["the day after Thanksgiving", "3/5-3/9", "March 3-7, 2021", "13/45/2021", "", "120/80 mmHg", "2021"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

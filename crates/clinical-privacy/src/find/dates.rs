//! Dates: every part but the year alone. 45 CFR 164.514(b)(2)(i)(C).
//!
//! A date begins at a number, a month, an ordinal or a holiday; each has a reader of its own that sees no further than
//! a dozen tokens. What belongs to a date stands with it: its weekday, its year, its clock time, the other end of its
//! range. A year alone, a weekday alone, a season and a decade stay.

mod alone;
mod compact;
mod context;
mod dashed;
mod foreign;
mod holiday;
mod numeric;
mod piece;
mod spoken;
mod written;

use super::marks::Marks;
use super::openers::{Eye, Openers};
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Hint, hints_of};

/// Words that a date can begin with.
pub(super) const OPENERS: u64 =
    Class::Month.bit() | Class::OrdinalWord.bit() | Class::NumberWord.bit() | Class::OpensHoliday.bit();

/// One date, by tokens; the bytes are those of the tokens unless it begins or ends inside one.
#[derive(Clone, Copy)]
struct Date {
    first: usize,
    end: usize,
    reason: Reason,
}

impl Date {
    fn pattern(first: usize, end: usize) -> Self {
        Self { first, end, reason: Reason::Pattern }
    }

    fn context(first: usize, end: usize) -> Self {
        Self { first, end, reason: Reason::Context }
    }
}

/// Marks what this family finds.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let mut last: Option<Date> = None;
    let mut at = 0;
    while let Some(opener) = openers.next(Eye::Dates, at) {
        at = opener;
        let found = match page.tokens[at].form {
            Form::Sign | Form::Possessive => None,
            Form::Number => numeric::read(page, at, last)
                .or_else(|| compact::number(page, at))
                .or_else(|| written::day_first(page, at))
                .or_else(|| foreign::read(page, at)),
            Form::Mixed => {
                compact::mixed(page, at).or_else(|| written::day_first(page, at)).or_else(|| alone::day(page, at))
            }
            _ => word(page, at, last),
        };
        let Some(date) = found else {
            at += 1;
            continue;
        };
        at = date.end.max(at + 1);
        if is_free(page, marks, date) {
            let date = joined(page, leftward(page, date), last);
            marks.add(page, date.first, date.end, Kind::Date, date.reason);
            last = Some(date);
        }
    }
}

fn word(page: &Page<'_>, at: usize, last: Option<Date>) -> Option<Date> {
    let flags = page.get(at)?.flags;
    if flags.is(Class::OpensHoliday)
        && let Some(date) = holiday::read(page, at)
    {
        return Some(date);
    }
    if flags.is(Class::Month) {
        return written::month_first(page, at).or_else(|| alone::month(page, at, last));
    }
    if flags.is_any(Class::OrdinalWord.bit() | Class::NumberWord.bit()) {
        return written::day_first(page, at).or_else(|| alone::day(page, at)).or_else(|| spoken::birthday(page, at));
    }
    None
}

/// Nothing in it is a clinical value or was taken for something else.
fn is_free(page: &Page<'_>, marks: &Marks, date: Date) -> bool {
    (date.first..date.end).all(|i| {
        let digits = page.get(i).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed));
        !(digits && marks.is_shielded(i)) && marks.kind_at(i).is_none_or(|k| k == Kind::Date)
    })
}

/// Is the word that one, in any casing?
fn says(page: &Page<'_>, at: usize, word: &str) -> bool {
    page.word(at).eq_ignore_ascii_case(word)
}

/// What `data/hints.toml` says of the token.
fn hint(page: &Page<'_>, at: usize, hint: Hint) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && hints_of(t.key) & hint.bit() != 0)
}

/// Does the token follow the one before within a sentence or line break (no column, no empty line between)?
fn follows(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| matches!(t.gap, Gap::None | Gap::Space | Gap::Line))
}

/// Does the token stand in the same paragraph as the one before? For words that cannot be cells of a table.
fn joins(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap < Gap::Blank)
}

/// Does the token touch the one before?
fn touches(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap == Gap::None)
}

/// Takes in what stands before and belongs to it: the weekday, "the", "early", "the end of".
fn leftward(page: &Page<'_>, mut date: Date) -> Date {
    let opens_with_month = page.get(date.first).is_some_and(|t| t.flags.is(Class::Month));
    if opens_with_month && let Some(first) = part_of_month(page, date.first) {
        date.first = first;
        return date;
    }
    let Some(mut i) = date.first.checked_sub(1) else { return date };
    // "the fifth of May", "until the 9th", but not "the 3/5 visit".
    let opens_with_digits = page.get(date.first).is_some_and(|t| t.form == Form::Number);
    if says(page, i, "the")
        && follows(page, date.first)
        && !opens_with_month
        && !opens_with_digits
        && (date.end == date.first + 1
            || (date.first..date.end).any(|j| page.get(j).is_some_and(|t| t.flags.is(Class::Month))))
    {
        date.first = i;
        let Some(before) = i.checked_sub(1) else { return date };
        i = before;
    }
    if (page.is_sign(i, ',') || page.is_sign(i, '.')) && i > 0 {
        i -= 1;
    }
    // "o2 sat 7/18" is no Saturday, but "sat oct 5" and "fri 7/18" are days.
    let weekday = page.get(i).is_some_and(|t| {
        t.flags.is(Class::Weekday) && (t.len() > 3 || t.is_capital() || !opens_with_digits || !says(page, i, "sat"))
    });
    if weekday && (i + 1..=date.first).all(|j| follows(page, j)) {
        date.first = i;
    }
    date
}

/// "early March", "mid-March", "the end of March": the first token.
fn part_of_month(page: &Page<'_>, month: usize) -> Option<usize> {
    if !follows(page, month) {
        return None;
    }
    let mut i = month.checked_sub(1)?;
    if page.get(i)?.is_dash() && touches(page, month) {
        i = i.checked_sub(1)?;
        return hint(page, i, Hint::MonthPart).then_some(i);
    }
    if says(page, i, "of") || says(page, i, "in") {
        let in_month = says(page, i, "in");
        i = i.checked_sub(1)?;
        if let Some(first) = counted_day(page, i) {
            return Some(first);
        }
        if in_month || !hint(page, i, Hint::MonthPart) {
            return None;
        }
        return Some(match i.checked_sub(1) {
            Some(the) if says(page, the, "the") => the,
            _ => i,
        });
    }
    (hint(page, i, Hint::MonthPart) && !says(page, i, "end") && !says(page, i, "start")).then_some(i)
}

/// "the 3rd Monday" (of April), "the first or second week", "the last Friday": the first token, where `at` is the last.
fn counted_day(page: &Page<'_>, at: usize) -> Option<usize> {
    let named = page.get(at).is_some_and(|t| t.flags.is(Class::Weekday))
        || ["week", "weekend", "weeks", "days", "day"].iter().any(|w| says(page, at, w));
    if !named || !follows(page, at + 1) || !follows(page, at) {
        return None;
    }
    let counts = |i: usize| {
        page.get(i).is_some_and(|t| t.flags.is(Class::OrdinalWord))
            || piece::ordinal(page, i).is_some()
            || ["last", "final", "two", "few", "three"].iter().any(|w| says(page, i, w))
    };
    let mut first = at.checked_sub(1).filter(|i| counts(*i))?;
    for _ in 0..3 {
        let Some(before) = first.checked_sub(1).filter(|_| follows(page, first)) else { break };
        let joins = ["or", "and"].iter().any(|w| says(page, before, w)) && before > 0 && counts(before - 1);
        if says(page, before, "the") {
            return Some(before);
        }
        if !(joins || counts(before)) {
            break;
        }
        first = before;
    }
    Some(first)
}

/// Two dates with "to" or a dash between them, or "and" after "between" or "from", are one.
fn joined(page: &Page<'_>, date: Date, last: Option<Date>) -> Date {
    let Some(last) = last else { return date };
    let between = date.first.saturating_sub(last.end);
    // A chain of ranges without an end is no range: what is marked again stays short.
    if last.end > date.first || between == 0 || between > 2 || date.end > last.first + 60 {
        return date;
    }
    if !(last.end..=date.first).all(|i| follows(page, i)) {
        return date;
    }
    let joins = match between {
        1 => is_range_word(page, last.end) || (says(page, last.end, "and") && opens_range(page, last.first)),
        _ => is_range_word(page, last.end) && says(page, last.end + 1, "the"),
    };
    if joins { Date { first: last.first, ..date } } else { date }
}

/// "to", "through", "-": what stands inside a range.
fn is_range_word(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.is_dash())
        || ["to", "through", "thru", "until", "till"].iter().any(|w| says(page, at, w))
}

/// "between 3/5 and 3/9", "from …".
fn opens_range(page: &Page<'_>, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|i| says(page, i, "between") || says(page, i, "from"))
}

//! Dates with the month in letters: "March 5, 2021", "Mar. 5th", "5-Mar-21", "the twenty-third of June".

use super::numeric::opens_chain;
use super::piece::{day, is_amount, is_long_year, ordinal, small, time, year};
use super::{Date, context, follows, hint, is_range_word, joins, says, touches};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Hint};

fn is_month(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.flags.is(Class::Month))
}

/// A month by its Spanish name, which others have as a name of their own: only behind "12 de".
fn is_spanish_month(page: &Page<'_>, at: usize) -> bool {
    const MONTHS: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    MONTHS.iter().any(|m| says(page, at, m)) && joins(page, at)
}

/// Behind "de 2023" or "del 2023", if that stands at `end`.
fn spanish_year(page: &Page<'_>, end: usize) -> usize {
    let of = usize::from(says(page, end, "de") || says(page, end, "del"));
    if is_long_year(page, end + of) && joins(page, end + of) { end + of + 1 } else { end }
}

/// Behind the month and its full stop.
fn behind_month(page: &Page<'_>, month: usize) -> usize {
    let short = page.get(month).is_some_and(|t| t.len() <= 4);
    month + 1 + usize::from(short && page.is_sign(month + 1, '.') && touches(page, month + 1))
}

/// The date that begins with the month at `month`; a month by its name alone is not read here.
pub(super) fn month_first(page: &Page<'_>, month: usize) -> Option<Date> {
    let behind = behind_month(page, month);
    if is_street(page, behind) {
        return None;
    }
    // "Jan/Feb 2021", "Mar-Apr".
    if page.get(behind).is_some_and(|t| (t.is_dash() || t.is_sign('/')) && t.gap == Gap::None)
        && is_month(page, behind + 1)
        && touches(page, behind + 1)
    {
        let end = rest_of_month(page, behind + 1).unwrap_or(behind + 2);
        return Some(Date::pattern(month, end));
    }
    rest_of_month(page, month).map(|end| Date::pattern(month, end))
}

/// Behind the day or year (or both) that stand behind the month at `month`.
fn rest_of_month(page: &Page<'_>, month: usize) -> Option<usize> {
    let behind = behind_month(page, month);
    let mut at = behind;
    let glued =
        page.get(at).is_some_and(|t| (t.is_dash() || t.is_sign('/')) && t.gap == Gap::None) && touches(page, at + 1);
    if glued {
        at += 1;
    } else if page.is_sign(at, ',')
        && small(page, at + 1).is_some()
        && !is_amount(page, at + 2)
        && is_capital_month(page, month)
    {
        // "March, 5th"; a bare number behind the comma is too often something else.
        at = if is_long_year_behind(page, at + 2) { at + 1 } else { at };
    }
    let the = says(page, at, "the") && follows(page, at) && small(page, at + 1).is_none();
    at += usize::from(the);
    if (follows(page, at) || the && joins(page, at))
        && let Some(end) = day(page, at)
    {
        let end = days(page, end)?;
        // "July 4th weekend"
        let end = year(page, end + usize::from(says(page, end, "weekend")));
        return Some(time(page, end));
    }
    // "may 2000 mL" is caught by the unit; "March 2021" stands.
    let end = year(page, behind);
    (end > behind).then_some(end)
}

fn is_capital_month(page: &Page<'_>, month: usize) -> bool {
    page.casing_at(month) != Casing::Usual || page.get(month).is_some_and(|t| t.is_capital())
}

fn is_long_year_behind(page: &Page<'_>, at: usize) -> bool {
    is_long_year(page, at) || page.is_sign(at, ',') && is_long_year(page, at + 1)
}

/// "March Street".
fn is_street(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap == Gap::Space && t.is_word() && t.flags.is(Class::RoadWord))
}

/// More days of the same month: "3-7", "3 to 7", "3, 5 and 7". The token behind the last; `None`: a number that counts.
fn days(page: &Page<'_>, mut end: usize) -> Option<usize> {
    for _ in 0..6 {
        let Some(sign) = page.get(end) else { return Some(end) };
        if !follows(page, end) {
            return Some(end);
        }
        let the = usize::from(says(page, end + 1, "the"));
        let next = end + 1 + the;
        if !follows(page, next) {
            return Some(end);
        }
        let dash = sign.is_dash() || sign.is_sign('/') && touches(page, end);
        if dash || is_range_word(page, end) {
            // "March 5-10 mg".
            if dash && touches(page, next) && small(page, next).is_some() && is_amount(page, next + 1) {
                return None;
            }
            match day(page, next) {
                Some(after) if !(is_month(page, after) || says(page, after, "of") && is_month(page, after + 1)) => {
                    end = after
                }
                _ => return Some(end),
            }
            continue;
        }
        let listed = sign.is_sign(',') || sign.is_sign('&') || says(page, end, "and") || says(page, end, "or");
        // "May 3, and 5": the sign before "and".
        let next =
            if sign.is_sign(',') && (says(page, next, "and") || says(page, next, "or")) { next + 1 } else { next };
        let bare = small(page, next).is_some();
        let Some(after) = day(page, next).filter(|_| listed && (bare || ordinal(page, next).is_some())) else {
            return Some(end);
        };
        let ends = page.get(after).is_none_or(|t| {
            t.form == Form::Sign && !t.is_sign('/') && !t.is_dash()
                || t.gap >= Gap::Line
                || t.flags.is_any(Class::Function.bit() | Class::Towards.bit())
                || is_long_year(page, after)
        });
        // "January 5 and 12 March" is two dates; a sign is needed behind the last of a list of bare numbers.
        if !ends || is_month(page, after) || says(page, after, "of") && is_month(page, after + 1) {
            return Some(end);
        }
        end = after;
    }
    Some(end)
}

/// The date that begins with a day at `first`: a number, "5th" or "fifth".
pub(super) fn day_first(page: &Page<'_>, first: usize) -> Option<Date> {
    let token = page.get(first)?;
    let bare = match token.form {
        Form::Number => {
            small(page, first)?;
            true
        }
        Form::Mixed => {
            ordinal(page, first)?;
            false
        }
        _ => false,
    };
    let mut end = if bare { first + 1 } else { day(page, first)? };
    // "3-7 March", "5th to the 7th of March", "3 and 4 May".
    for _ in 0..3 {
        let range =
            is_range_word(page, end) || says(page, end, "and") || page.is_sign(end, '&') || page.is_sign(end, ',');
        if !range || !follows(page, end) {
            break;
        }
        let next = end + 1 + usize::from(says(page, end + 1, "the"));
        match day(page, next).filter(|_| follows(page, next)) {
            Some(after) if after < first + 12 => end = after,
            _ => break,
        }
    }
    let of = end + if says(page, end, "day") && says(page, end + 1, "of") { 1 } else { 0 };
    let month = if says(page, of, "de") && bare && joins(page, of) && is_spanish_month(page, of + 1) {
        return Some(Date::pattern(first, spanish_year(page, of + 2)));
    } else if says(page, of, "of") && joins(page, of) {
        of + 1 + usize::from(says(page, of + 1, "the"))
    } else if page.get(end).is_some_and(|t| (t.is_dash() || t.is_sign('/') || t.is_sign('.')) && t.gap == Gap::None)
        && is_month(page, end + 1)
        && touches(page, end + 1)
    {
        end + 1
    } else if page.is_sign(end, '.')
        && is_month(page, end + 1)
        && page.get(end + 1).is_some_and(|t| t.gap == Gap::Space)
        && is_long_year_behind(page, end + 2)
    {
        // "5. March 2021"
        end + 1
    } else {
        end
    };
    // "Visit 6 of 12    June 23rd": the number of another column.
    if bare && month == end && page.get(month).is_some_and(|t| t.gap == Gap::Wide) {
        return None;
    }
    // "the first dose in January and the second June 14th": an ordinal in words is a day only with "of".
    let counted = month == end && !bare && token.form != Form::Mixed;
    if !is_month(page, month) || !joins(page, month) || !opens_chain(page, first) || counted {
        return None;
    }
    let behind = behind_month(page, month);
    if is_street(page, behind) && !says(page, behind, "dr") {
        return None;
    }
    if let Some(short) = short_year(page, month, behind).filter(|_| bare && month == end) {
        return Some(Date::pattern(first, time(page, short)));
    }
    if bare && month == end {
        // "Page 2 March 5, 2021": the month has a day of its own behind it.
        if follows(page, behind) && small(page, behind).is_some() && day(page, behind).is_some() {
            return None;
        }
        let told = context::tells(page, first) || first.checked_sub(1).is_some_and(|i| says(page, i, "of"));
        if !told && is_verb(page, month) {
            return None;
        }
    }
    let end = year(page, behind);
    Some(Date::pattern(first, time(page, if end == behind { month + 1 } else { end })))
}

/// "12 OCT 19 near the gate": the year by its last two digits behind a short month, where nothing is counted.
fn short_year(page: &Page<'_>, month: usize, at: usize) -> Option<usize> {
    let short =
        page.get(month).is_some_and(|t| t.len() <= 4 && (t.is_capital() || page.casing_at(month) == Casing::Lower));
    let year = page.get(at).is_some_and(|t| t.is_number(2..=2) && t.gap == Gap::Space && t.key <= 40);
    let counts = is_amount(page, at + 1) || hint(page, at + 1, Hint::Portion) || hint(page, at + 1, Hint::Tally);
    let ends = page.get(at + 1).is_none_or(|t| {
        t.gap >= Gap::Line
            || t.form == Form::Sign
                && !(t.is_dash() || t.is_sign('/') || t.is_sign(':'))
                && !is_long_year_behind(page, at + 1)
            || t.is_word() && !t.flags.is_medical() && !page.word(at + 1).ends_with('s')
    });
    (short && year && !counts && ends).then_some(at + 1)
}

/// "x 3 may repeat", "2 march": a word and no month?
fn is_verb(page: &Page<'_>, month: usize) -> bool {
    let Some(token) = page.get(month) else { return true };
    if !(says(page, month, "may") || says(page, month, "march") || says(page, month, "mar") || says(page, month, "dec"))
    {
        return false;
    }
    let short = says(page, month, "mar") || says(page, month, "dec");
    if token.form == Form::Title || short && page.casing_at(month) != Casing::Usual {
        return false;
    }
    page.get(month + 1).is_some_and(|t| {
        t.is_word()
            && t.gap <= Gap::Line
            && !["at", "in", "with", "for", "to", "and", "by"].iter().any(|w| says(page, month + 1, w))
    })
}

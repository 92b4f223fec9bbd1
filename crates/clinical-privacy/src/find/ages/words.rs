//! Ages in words.

use super::unit::{bare_years, is_amount, year_old};
use super::{Found, by_context, near, says, says_any};
use crate::kind::Reason;
use crate::read::{Form, Page};
use crate::words::Class;

/// "ninety-six-year-old", "a hundred and two years old", "age ninety-four".
pub(super) fn in_words(page: &Page<'_>, at: usize) -> Found {
    let ninety = says(page, at, "ninety");
    let hundred = says(page, at, "hundred");
    if !ninety && !hundred {
        return None;
    }
    let is_number = |i: usize| {
        page.get(i).is_some_and(|t| t.flags.is(Class::NumberWord)) && near(page, i) && !says(page, i, "hundred")
    };
    let dash = |i: usize| usize::from(page.get(i).is_some_and(|t| t.is_dash()));
    let mut first = at;
    if hundred {
        if let Some(one) = at.checked_sub(1 + dash(at.wrapping_sub(1)))
            && (says(page, one, "one") || says(page, one, "a"))
        {
            first = one;
        }
        // "two hundred", "5 hundred"
        if first == at && page.before(at).is_some_and(|t| t.form == Form::Number || t.flags.is(Class::NumberWord)) {
            return None;
        }
    } else if page.before(at).is_some_and(|t| t.flags.is(Class::NumberWord)) {
        // "one ninety" is a weight, "nineteen ninety" a year.
        return None;
    }
    let mut end = at + 1;
    for _ in 0..2 {
        // "one hundred and five", "one-hundred-and-five"
        let and = end + dash(end);
        let next = if hundred && says(page, and, "and") { and + 1 + dash(and + 1) } else { and };
        let numeral = is_number(next) && page.get(next).is_some_and(|t| t.len() <= 9);
        // "a hundred and twenty-five" and no more; "ninety two", "ninety-two"; "one hundred and three two days before".
        let tens = end == at + 1 || page.word(end - 1).to_ascii_lowercase().ends_with("ty");
        if !numeral || !tens || ninety && end > at + 1 {
            break;
        }
        end = next + 1;
    }
    if let Some(behind) = year_old(page, end) {
        return Some((first, behind, Reason::Pattern));
    }
    if let Some(behind) = about(page, end) {
        return Some((first, behind, Reason::Context));
    }
    // "a hundred years" is a way to speak; "ninety-three years" is an age.
    if !(hundred && end == at + 1) && bare_years(page, first, end) {
        return Some((first, end, Reason::Pattern));
    }
    if is_amount(page, end) || says_any(page, end, &["percent", "degrees", "over"]) {
        return None;
    }
    by_context(page, first, end)
}

/// "ninety something", "ninety-odd", "ninety-nine and a half" and no unit behind: the token behind it.
fn about(page: &Page<'_>, end: usize) -> Option<usize> {
    let word = end + usize::from(page.get(end).is_some_and(|t| t.is_dash()));
    let half = says(page, end, "and") && says(page, end + 1, "a") && says(page, end + 2, "half");
    let behind = if half {
        end + 3
    } else if says_any(page, word, &["something", "odd", "ish", "plus"]) && near(page, word) {
        word + 1
    } else {
        return None;
    };
    let counts = is_amount(page, behind) || says_any(page, behind, &["percent", "degrees", "hours", "minutes", "days"]);
    (!counts && super::company::closes(page, behind)).then_some(behind)
}

/// "nonagenarian": the word says it all.
pub(super) fn named(at: usize) -> Found {
    Some((at, at + 1, Reason::Pattern))
}

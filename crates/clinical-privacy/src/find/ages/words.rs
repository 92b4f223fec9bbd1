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
        // "a hundred and twenty-five" and no more; "ninety two", "ninety-two".
        if !numeral || ninety && end > at + 1 {
            break;
        }
        end = next + 1;
    }
    if let Some(behind) = year_old(page, end) {
        return Some((first, behind, Reason::Pattern));
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

/// "nonagenarian"; the plural speaks of no one ("centenarians run in the family").
pub(super) fn named(page: &Page<'_>, at: usize) -> Found {
    let word = page.word(at);
    let is = ["nonagenarian", "centenarian", "supercentenarian", "semisupercentenarian"]
        .iter()
        .any(|w| word.eq_ignore_ascii_case(w));
    is.then_some((at, at + 1, Reason::Pattern))
}

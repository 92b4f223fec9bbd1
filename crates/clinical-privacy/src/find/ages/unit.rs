//! What stands behind a number and says whether it counts years of a life.

use super::{is_old, near, says, says_any};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Does a sign behind the number make it a pressure, a rate, a decimal?
pub(super) fn is_measured(page: &Page<'_>, end: usize) -> bool {
    let Some(next) = page.get(end) else { return false };
    let digit = page.get(end + 1).is_some_and(|t| t.form == Form::Number && t.gap == Gap::None);
    next.is_sign('%')
        || next.is_sign('\u{b0}')
        || next.gap == Gap::None
            && digit
            && (next.is_sign('/') || next.is_sign('.') || next.is_sign(',') || next.is_sign(':'))
        || next.gap == Gap::None && digit && next.is_dash() && !page.get(end + 1).is_some_and(|t| is_old(t.key))
}

/// A unit other than years behind it.
pub(super) fn is_amount(page: &Page<'_>, end: usize) -> bool {
    page.get(end).is_some_and(|t| {
        near(page, end)
            && t.flags.is(Class::Unit)
            && !t.flags.is(Class::Function)
            && !says_any(page, end, &["years", "year", "yrs", "yr", "m"])
    })
}

/// "-year-old", " yo", "y/o", " years of age", " yrs old" at `at`: the token behind it.
pub(super) fn year_old(page: &Page<'_>, at: usize) -> Option<usize> {
    let dash = |i: usize| usize::from(page.get(i).is_some_and(|t| t.is_dash()) && near(page, i));
    // "92 + yo", "92+ year old"
    let mut i = at + usize::from(page.is_sign(at, '+'));
    i += dash(i);
    if !near(page, i) {
        return None;
    }
    if says_any(page, i, &["yo", "yof", "yom", "yow", "yof", "yowm", "yowf", "yobm", "yobf"]) {
        return Some(i + 1);
    }
    if says(page, i, "y") {
        // "y/o", "y.o.", "y o", "y M"
        let sign = page.get(i + 1).is_some_and(|t| t.is_sign('/') || t.is_sign('.') || t.is_dash());
        let o = i + 1 + usize::from(sign);
        if says_any(page, o, &["o", "old", "f", "m"]) && near(page, o) {
            let stop = usize::from(page.is_sign(i + 1, '.') && page.is_sign(o + 1, '.'));
            return Some(o + 1 + stop);
        }
        return None;
    }
    if !says_any(page, i, &["year", "years", "yr", "yrs", "yo", "ys"]) {
        return None;
    }
    let mut end = i + 1;
    end += usize::from(page.is_sign(end, '.') && page.get(end)?.gap == Gap::None);
    end += dash(end);
    if says_any(page, end, &["old", "olds", "young"]) && near(page, end) {
        return Some(end + 1);
    }
    if says(page, end, "of") && says(page, end + 1, "age") {
        return Some(end + 2);
    }
    None
}

/// "93 years", "97 yrs", "94 y" with no "old": a life, if no words around make it a span of time. The number alone is
/// the age.
pub(super) fn bare_years(page: &Page<'_>, first: usize, at: usize) -> bool {
    if !near(page, at) || !says_any(page, at, &["years", "year", "yrs", "yr", "y"]) {
        return false;
    }
    if page.get(at).is_some_and(|t| t.len() == 1 && (t.gap > Gap::Space || page.is_sign(at + 1, '/'))) {
        return false;
    }
    const SPANS: [&str; 22] = [
        "for", "over", "last", "past", "next", "in", "within", "after", "every", "than", "previous", "these", "under",
        "until", "first", "to", "or", "by", "during", "per", "x", "around",
    ];
    let before = first.checked_sub(1);
    if before.is_some_and(|i| says_any(page, i, &SPANS) || page.get(i).is_some_and(|t| t.is_dash())) {
        return false;
    }
    const BEHIND: [&str; 18] = [
        "ago",
        "later",
        "before",
        "after",
        "since",
        "prior",
        "earlier",
        "of",
        "history",
        "hx",
        "smoking",
        "experience",
        "apart",
        "together",
        "from",
        "in",
        "supply",
        "survival",
    ];
    !says_any(page, at + 1, &BEHIND)
}

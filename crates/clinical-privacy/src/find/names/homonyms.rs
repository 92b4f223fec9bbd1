//! Names that are months and helping words where capitals say nothing: "dtr april called", "his wife is june.", "prefers
//! dr will." In ordinary writing their capital tells.

use super::run;
use crate::find::marks::Marks;
use crate::find::numbers::cue::keys;
use crate::read::{Casing, Form, Gap, Page};

/// Months that are given names. "may" and "mar" are words too often.
const MONTHS: [u64; 3] = keys(["april", "june", "august"]);

/// Helping words that are given names: only where the sentence ends with them.
const HELPERS: [u64; 2] = keys(["will", "may"]);

/// The name behind the relative or title at `at`, whose next word is `first`.
pub(super) fn find(page: &Page<'_>, marks: &Marks, at: usize, first: usize, titled: bool) -> Option<(usize, usize)> {
    let is = !titled && page.word(first).eq_ignore_ascii_case("is");
    let first = first + usize::from(is);
    let next = page.get(first)?;
    if page.casing_at(at) == Casing::Usual
        || next.gap != Gap::Space
        || page.get(at + 1).is_none_or(|t| t.gap > Gap::Space)
        || !marks.is_free(first)
    {
        return None;
    }
    let closes = page
        .get(first + 1)
        .is_none_or(|t| t.gap >= Gap::Line || [',', '.', ';', ')'].iter().any(|s| t.is_sign(*s)) && t.gap == Gap::None);
    // "son june 3": a day behind the month.
    let dated = page.get(first + 1).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed));
    let month = MONTHS.contains(&next.key) && !dated && (!is || closes);
    let helper = HELPERS.contains(&next.key) && closes && titled;
    (month || helper).then(|| (first, if helper { first + 1 } else { run::right(page, marks, first, first + 1) }))
}

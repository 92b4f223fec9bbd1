//! Words of living and going before a city, and what behind it says that it is none.

use super::words::{is_capital, is_usual, key};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

pub(super) const AROUND: u64 = key("around");

/// Words before a label's colon behind which a city stands.
pub(super) const LIVES: [u64; 5] = [key("lives"), key("lived"), key("resides"), key("hometown"), key("born")];

/// Words of going and staying that mean it only where a place follows.
const STAYS: [u64; 5] = [key("travel"), key("stays"), key("stayed"), key("staying"), key("drives")];

/// Does a word of living or going stand close before?
pub(super) fn is_resident(page: &Page<'_>, at: usize, back: usize) -> bool {
    (at.saturating_sub(back)..at).any(|i| page.get(i).is_some_and(|t| t.is_word() && t.flags.is(Class::Residing)))
        || (at.saturating_sub(3)..at).any(|i| page.get(i).is_some_and(|t| t.is_word() && STAYS.contains(&t.key)))
}

/// Does nothing that a name would go on with stand behind the word?
pub(super) fn ends_as_name(page: &Page<'_>, at: usize) -> bool {
    page.get(at + 1).is_none_or(|t| t.gap >= Gap::Line || t.form == Form::Sign && !t.is_dash() || t.form == Form::Lower)
}

/// "West Nile virus", "St. Louis encephalitis": a place that says which disease, sign or device.
pub(super) fn is_modifier(page: &Page<'_>, at: usize, end: usize) -> bool {
    page.get(end).is_some_and(|t| {
        t.is_word()
            && t.gap <= Gap::Line
            && !t.flags.is(Class::Function)
            && !(is_capital(t) && is_usual(page, end))
            && (t.flags.is(Class::EponymHead)
                || t.flags.is_medical()
                || [key("virus"), key("spotted"), key("titers"), key("titer"), key("shoulder"), key("serology")]
                    .contains(&t.key))
    }) && !(at..end).any(|i| marks_place(page, i))
}

/// Words that make the name before them a town even before a clinical word.
fn marks_place(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| [key("city"), key("falls"), key("springs"), key("heights")].contains(&t.key))
}

/// Endings that only towns have.
pub(super) fn ends_certainly(word: &str) -> bool {
    let lower = word.as_bytes();
    [b"ville".as_slice(), b"burgh", b"mouth", b"shire", b"borough", b"haven", b"chester"]
        .iter()
        .any(|e| lower.len() > e.len() + 2 && lower[lower.len() - e.len()..].eq_ignore_ascii_case(e))
}

//! Wards by the short word of a service and a number: "transferred to Neuro 2", "BED CCU 5", "Room: 3310, Ortho 2". A
//! number behind such a word is as often a finding ("Neuro 2/2") or a time ("to ICU 3 days ago"): a word that leads to a
//! place must stand before it, and nothing that the number could count behind it.

use super::words::{is_capital, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Hint, hints_of};

/// Words that lead to a ward by themselves.
const PLACES: [u64; 6] = [key("bed"), key("ward"), key("unit"), key("location"), key("loc"), key("floor")];

/// Words that lead to one, and to much else.
const LEADS: [u64; 5] = [key("to"), key("from"), key("on"), key("at"), key("in")];

/// Words behind which a ward has a column of its own.
const ROOMS: [u64; 3] = [key("room"), key("rm"), key("bed")];

/// May the number be that of a ward, for the word before it?
#[inline]
pub(super) fn is_candidate(page: &Page<'_>, at: usize, number: &Token) -> bool {
    (number.len() == 1) & (number.gap == Gap::Space)
        && page.before(at).is_some_and(|t| t.is_word() && is_capital(t) && hints_of(t.key) & Hint::Service.bit() != 0)
}

/// Marks the ward whose number stands at `at`.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) {
    let Some(last) = at.checked_sub(1) else { return };
    let Some(sort) = page.get(last) else { return };
    // "Med-Surg 4": the first half belongs to it.
    let dashed = sort.gap == Gap::None
        && last > 1
        && page.get(last - 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(last - 2).is_some_and(is_capital);
    let first = if dashed { last - 2 } else { last };
    let free = (first..=at).all(|i| marks.is_free(i) || marks.kind_at(i).is_some_and(|k| k == Kind::City));
    if free && page.get(first).is_some_and(|t| t.gap != Gap::None) && leads(page, first) && ends(page, at + 1) {
        marks.add(page, first, at + 1, Kind::Facility, Reason::Label);
    }
}

/// Does what stands before the token lead to a place?
fn leads(page: &Page<'_>, at: usize) -> bool {
    let Some(before) = page.before(at) else { return false };
    if page.get(at).is_some_and(|t| t.gap > Gap::Space) {
        return false;
    }
    if before.is_word() {
        return PLACES.contains(&before.key) || LEADS.contains(&before.key);
    }
    // "Unit: MICU 2"
    if before.is_sign(':') {
        return at > 1 && page.get(at - 2).is_some_and(|t| PLACES.contains(&t.key));
    }
    // "Room: 3310, Ortho 2"
    before.is_sign(',')
        && at > 2
        && page.get(at - 2).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed))
        && (3..=4).any(|back| at.checked_sub(back).and_then(|i| page.get(i)).is_some_and(|t| ROOMS.contains(&t.key)))
}

/// Does nothing stand behind the number that it could count or be part of?
fn ends(page: &Page<'_>, at: usize) -> bool {
    let Some(next) = page.get(at) else { return true };
    if next.gap >= Gap::Wide {
        return true;
    }
    if next.form == Form::Sign {
        let full = page.get(at + 1).is_none_or(|t| t.gap > Gap::None);
        return full && [',', '.', ';', ')', '|'].iter().any(|s| next.is_sign(*s));
    }
    const COUNTED: u16 = Hint::Portion.bit() | Hint::Tally.bit() | Hint::Measured.bit() | Hint::Score.bit();
    let counted = next.flags.is_any(Class::Unit.bit() | Class::NumberWord.bit() | Class::Relation.bit())
        || hints_of(next.key) & COUNTED != 0 && next.key != key("in");
    let small = next.form == Form::Lower || next.flags.is_any(Class::Function.bit() | Class::Towards.bit());
    next.is_word() && !counted && (small || !is_usual(page, at) && ROOMS.contains(&next.key))
}

//! Wards by a number or sort and a side: "moved to 4 West", "Unit: 5 NORTH TOWER", "SICU West", "Step-Down East".

use super::words::{is_capital, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// Words behind which a ward stands.
const LEADS: [u64; 10] = [
    key("to"),
    key("from"),
    key("on"),
    key("unit"),
    key("ward"),
    key("floor"),
    key("location"),
    key("at"),
    key("bed"),
    key("in"),
];

/// Parts of a house that a side may name.
const PARTS: [u64; 4] = [key("tower"), key("wing"), key("pavilion"), key("building")];

/// The four sides, written out.
const SIDES: [u64; 4] = [key("north"), key("south"), key("east"), key("west")];

/// Marks the ward whose side stands at `at`.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) {
    let Some(side) = page.get(at) else { return };
    // The house that the side begins may be found already, without its floor.
    let free = marks.is_free(at) || marks.kind_at(at) == Some(Kind::Facility);
    if !SIDES.contains(&side.key) || side.gap != Gap::Space || !free {
        return;
    }
    let usual = is_usual(page, at);
    if usual && !is_capital(side) {
        return;
    }
    let Some(first) = number(page, marks, at).or_else(|| sort(page, marks, at, usual)) else { return };
    let part = page.get(at + 1).is_some_and(|t| PARTS.contains(&t.key) && t.gap == Gap::Space);
    let end = at + 1 + usize::from(part);
    if ends(page, end, usual) {
        marks.add(page, first, end, Kind::Facility, Reason::Context);
    }
}

/// "4" before "West", behind a word or sign that leads to a ward.
fn number(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let first = at.checked_sub(1)?;
    let number = page.get(first)?;
    let led = page.opens_line(first)
        || number.gap == Gap::Wide
        || page.before(first).is_some_and(|t| {
            t.is_word() && LEADS.contains(&t.key)
                || t.is_sign(':')
                || t.is_sign(',') && page.before(first - 1).is_some_and(|t| t.flags.is(Class::Credential))
        });
    (number.is_number(1..=2) && number.gap >= Gap::Space && led && marks.is_free(first)).then_some(first)
}

/// "SICU" before "West": a sort of ward; "Step-Down".
fn sort(page: &Page<'_>, marks: &Marks, at: usize, usual: bool) -> Option<usize> {
    const DOWN: u64 = key("down");
    const STEP: u64 = key("step");
    let last = at.checked_sub(1)?;
    let token = page.get(last).filter(|_| marks.is_free(last))?;
    if token.form == Form::Upper && usual && page.word(last).ends_with("ICU") {
        return Some(last);
    }
    let stepped = token.key == DOWN
        && last >= 2
        && page.get(last - 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(last - 2).is_some_and(|t| t.key == STEP && (!usual || is_capital(t)));
    (stepped && (last - 2..last).all(|i| marks.is_free(i))).then(|| last - 2)
}

/// Does a phrase end before the token?
fn ends(page: &Page<'_>, at: usize, usual: bool) -> bool {
    const ROOMS: [u64; 3] = [key("rm"), key("room"), key("bed")];
    page.get(at).is_none_or(|t| {
        t.gap >= Gap::Wide
            || t.form == Form::Sign && !t.is_dash()
            || t.form == Form::Lower && usual
            || ROOMS.contains(&t.key)
            || t.flags.is(Class::Function)
    })
}

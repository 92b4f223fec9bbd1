//! Streets with a house number and no suffix: where a town, a unit or somebody who lives there says what they are.

use super::address::unit;
use super::streets::{BARRED, Suffix, is_nth};
use super::words::{AT, OF, is_capital, is_rare, is_usual, key};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// "4 Sandhook Neck, Westerly, RI", "lives at 61 Chapel, Fort Caribou": capital words with no suffix, where a city
/// with its state follows or somebody lives.
pub(super) fn nameless(page: &Page<'_>, first: usize, lived: bool) -> Option<Suffix> {
    if !is_usual(page, first) {
        return None;
    }
    let mut end = first;
    while end < first + 4
        && page.get(end).is_some_and(|t| {
            matches!(t.form, Form::Title | Form::Camel)
                && t.gap == Gap::Space
                && !t.flags.is_any(
                    BARRED
                        | Class::Function.bit()
                        | Class::Title.bit()
                        | Class::Month.bit()
                        | Class::Weekday.bit()
                        | Class::FacilityHead.bit()
                        | Class::GenericPlace.bit(),
                )
                && !t.flags.is_medical()
        })
    {
        end += 1;
    }
    if end == first || end > first + 3 || !page.is_sign(end, ',') {
        return None;
    }
    let town = super::address::towards_zip(page, end + 1).is_some_and(|tail| tail.city_end > end + 1);
    let capital =
        page.get(end + 1).is_some_and(|t| is_capital(t) && t.gap == Gap::Space && !t.flags.is(Class::Function));
    // "12 West, Lot 44" is no street.
    let sided = end == first + 1 && page.get(first).is_some_and(|t| t.flags.is(Class::Direction));
    let strong = town || !sided && unit(page, end).is_some();
    (strong || lived && capital).then_some(Suffix { end, strong })
}

/// "40 E Pecan, Unit 2B", "from 409 n. catalpa": a direction and a name with no suffix, where something else says that
/// an address stands here. "80 W laser" and "10 S. aureus" are none.
pub(super) fn directed(page: &Page<'_>, at: usize, first: usize, lived: bool) -> Option<Suffix> {
    const LEADS: [u64; 5] = [AT, OF, key("to"), key("from"), key("near")];
    let direction = page.get(first).filter(|t| t.is_word() && t.flags.is(Class::Direction) && t.gap == Gap::Space)?;
    let name = first + 1 + usize::from(page.is_sign(first + 1, '.'));
    let usual = is_usual(page, first);
    let stopped = name > first + 1;
    let fits = page.get(name).is_some_and(|t| {
        t.is_word()
            && t.gap == Gap::Space
            && t.len() > 3
            && if usual && !(stopped && t.form == Form::Lower) { t.form == Form::Title } else { is_rare(t) || stopped }
            && !t.flags.is_medical()
            && !t.flags.is_any(BARRED | Class::Function.bit() | Class::Title.bit() | Class::Month.bit())
    });
    let long = page.get(at).is_some_and(|t| t.len() >= 2) && (is_capital(direction) || !usual || stopped);
    let end = name + 1;
    let ends = page.get(end).is_none_or(|t| t.form == Form::Sign || t.gap >= Gap::Line);
    let told = lived || super::words::is_led_by(page, at, &LEADS) || unit(page, end).is_some();
    (fits && long && ends && told).then_some(Suffix { end, strong: true })
}

/// "600 block of Cedar", "the 1200 Block of East Alder Street".
pub(super) fn block(page: &Page<'_>, first: usize) -> Option<Suffix> {
    const BLOCK: u64 = key("block");
    if !super::words::is_key(page, first, BLOCK) || !super::words::is_key(page, first + 1, OF) || !is_usual(page, first)
    {
        return None;
    }
    let mut end = first + 2;
    while end < first + 6
        && page.get(end).is_some_and(|t| {
            (t.is_word() && is_capital(t) || is_nth(page, end)) && t.gap <= Gap::Space && !t.flags.is(Class::Function)
        })
    {
        end += 1;
    }
    (end > first + 2).then_some(Suffix { end, strong: true })
}

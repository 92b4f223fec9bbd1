//! Streets with a house number and no suffix: where a town, a unit or somebody who lives there says what they are.

use super::address::unit;
use super::streets::{BARRED, Suffix, is_nth};
use super::words::{AT, OF, is_capital, is_rare, is_usual, key};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// "4 Sandhook Neck, Westerly, RI", "lives at 61 Chapel, Fort Caribou": capital words with no suffix, where a city
/// with its state follows or somebody lives.
pub(super) fn nameless(page: &Page<'_>, first: usize, lived: bool) -> Option<Suffix> {
    let usual = is_usual(page, first);
    let mut end = first;
    while end < first + 5
        && page.get(end).is_some_and(|t| {
            // "31 Fiddler's Reach"
            t.form == Form::Possessive && end > first
                || (matches!(t.form, Form::Title | Form::Camel) || !usual && t.is_word() && t.len() > 2)
                    && t.gap == Gap::Space
                    && !t.flags.is_any(
                        BARRED
                            | Class::Function.bit()
                            | Class::Title.bit()
                            | Class::Month.bit()
                            | Class::Weekday.bit()
                            | Class::FacilityHead.bit(),
                    )
                    && !t.flags.is_medical()
        })
    {
        end += 1;
    }
    let words = (first..end).filter(|i| page.get(*i).is_some_and(|t| t.is_word())).count();
    // "1180 Old Quarry," but not "20 Old, 3 New".
    let own = (first..end).any(|i| page.get(i).is_some_and(|t| t.is_word() && !t.flags.is(Class::GenericPlace)));
    if !own || words > 3 || !page.is_sign(end, ',') {
        return None;
    }
    let tail = super::address::towards_zip(page, end + 1).filter(|tail| tail.city_end > end + 1);
    // Where capitals say nothing a unit or a town with its code must follow: "56 CROSS TIMBER, PLANO 75074".
    if !usual {
        let sure = tail.is_some_and(|t| t.zip.is_some()) || words > 1 && designated(page, end + 1);
        return sure.then_some(Suffix { end, strong: true });
    }
    let town = tail.is_some();
    let capital =
        page.get(end + 1).is_some_and(|t| is_capital(t) && t.gap == Gap::Space && !t.flags.is(Class::Function));
    // "12 West, Lot 44" is no street.
    let sided = end == first + 1 && page.get(first).is_some_and(|t| t.flags.is(Class::Direction));
    let strong = town || !sided && unit(page, end).is_some();
    (strong || lived && capital).then_some(Suffix { end, strong })
}

/// "SUITE B", "APT 4": a unit by its word, not by a number alone.
fn designated(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && t.flags.is(Class::UnitDesignator) && t.len() >= 3)
        && unit(page, at).is_some()
}

/// "40 E Pecan, Unit 2B", "from 409 n. catalpa": a direction and a name with no suffix, where something else says that
/// an address stands here. "80 W laser" and "10 S. aureus" are none.
pub(super) fn directed(page: &Page<'_>, at: usize, first: usize, lived: bool) -> Option<Suffix> {
    const LEADS: [u64; 5] = [AT, OF, key("to"), key("from"), key("near")];
    let direction = page.get(first).filter(|t| t.is_word() && t.flags.is(Class::Direction) && t.gap == Gap::Space)?;
    let name = first + 1 + usize::from(page.is_sign(first + 1, '.'));
    let usual = is_usual(page, first);
    let stopped = name > first + 1;
    // "418 n. 7th rear"
    let nth = is_nth(page, name) && page.get(name).is_some_and(|t| t.gap == Gap::Space);
    let fits = nth && stopped
        || page.get(name).is_some_and(|t| {
            t.is_word()
                && t.gap == Gap::Space
                && t.len() > 3
                && if usual && !(stopped && t.form == Form::Lower) {
                    t.form == Form::Title
                } else {
                    is_rare(t) || stopped
                }
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

//! Which words end a street, and what else their letters say.

use super::address::{state, zip};
use super::streets::{CT, DR, ON, Suffix};
use super::words::{AT, OF, ST, is_capital, key};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// May the suffix word at `at` end a street, or is it the other thing its letters say?
pub(super) fn is_suffix(page: &Page<'_>, at: usize, usual: bool) -> bool {
    let Some(token) = page.get(at) else { return false };
    let stop = page.is_sign(at + 1, '.');
    let next = page.get(at + 1 + usize::from(stop));
    let near = next.filter(|t| t.gap <= Gap::Space && t.is_word());
    match token.key {
        // "Dr. Smith" is a doctor unless a city, a unit or a direction follows.
        DR => near.is_none_or(|t| {
            let i = at + 1 + usize::from(stop);
            t.flags.is_any(Class::UnitDesignator.bit() | Class::Direction.bit() | Class::Function.bit())
                || (usual && !is_capital(t))
                || state(page, i).is_some()
                || super::address::towards_zip(page, i).is_some()
                || (page.phrase(i).is_some() && page.is_sign(page.phrase(i).map_or(i, |p| p.0), ','))
        }),
        // "ST elevation"; "St. John" inside a street is looked past by the caller.
        ST => near.is_none_or(|t| {
            !(t.flags.is_medical() || ELEVATIONS.contains(&t.key))
                || t.flags.is(Class::UnitDesignator)
                || super::address::is_space(page, at + 1 + usize::from(stop))
        }),
        // "Superior Court" judges.
        COURT => !page.before(at).is_some_and(|t| COURTS.contains(&t.key)),
        // A scan.
        CT => {
            token.form == Form::Title && usual || near.is_none_or(|t| !t.flags.is_medical() && !SCANS.contains(&t.key))
        }
        _ => true,
    }
}

pub(super) const COURT: u64 = key("court");

pub(super) const COURTS: [u64; 9] = [
    key("superior"),
    key("supreme"),
    key("district"),
    key("municipal"),
    key("probate"),
    key("family"),
    key("federal"),
    key("county"),
    key("circuit"),
];

pub(super) const ELEVATIONS: [u64; 9] = [
    key("elevation"),
    key("elevations"),
    key("depression"),
    key("depressions"),
    key("segment"),
    key("segments"),
    key("change"),
    key("changes"),
    key("wave"),
];

pub(super) const SCANS: [u64; 10] = [
    key("scan"),
    key("scans"),
    key("head"),
    key("chest"),
    key("abdomen"),
    key("angiogram"),
    key("with"),
    key("without"),
    key("showed"),
    key("shows"),
];

/// How much else says that an address stands there: what goes before and what comes behind.
pub(super) fn proof(page: &Page<'_>, at: usize, end: usize) -> u8 {
    let before = at == 0
        || page.get(at).is_some_and(|t| t.gap >= Gap::Line)
        || page.before(at).is_some_and(|t| {
            [ON, AT, OF, key("to"), key("near"), key("from"), key("outside"), key("behind"), key("beside")]
                .contains(&t.key)
                && t.is_word()
                || t.is_sign(':')
                || t.is_sign('>')
                || t.is_sign('"')
                || t.is_sign('^')
                || t.is_sign(',')
        });
    let stop = usize::from(page.is_sign(end, '.'));
    let behind = page.get(end + stop).is_none_or(|t| {
        t.is_sign(',')
            || t.is_sign('^')
            || t.is_sign('"')
            || t.is_sign('<')
            || t.is_sign(';')
            || t.gap >= Gap::Line
            || t.flags.is(Class::UnitDesignator)
            || t.is_sign('#')
    }) || stop == 1
        || state(page, end + stop).is_some()
        || zip(page, end + stop).is_some();
    let town = page.is_sign(end, ',') && super::address::towards_zip(page, end + 1).is_some_and(|t| t.zip.is_some());
    // "91 Trellis Street, 2nd Floor": nobody gives a floor behind anything but an address.
    let unit = u8::from(super::address::unit(page, end + stop).is_some()) * 2;
    u8::from(before) + u8::from(behind) + u8::from(town) + unit
}

/// "near 8109 Market.": a street that everybody knows by its first word.
pub(super) fn near_known(page: &Page<'_>, at: usize, first: usize) -> Option<Suffix> {
    const KNOWN: [u64; 14] = [
        key("market"),
        key("main"),
        key("broadway"),
        key("elm"),
        key("maple"),
        key("mission"),
        key("washington"),
        key("lincoln"),
        key("jefferson"),
        key("chestnut"),
        key("walnut"),
        key("magnolia"),
        key("sycamore"),
        key("larkspur"),
    ];
    let number = page.get(at).is_some_and(|t| t.is_number(3..=5));
    const LEADS: [u64; 5] = [key("near"), key("outside"), AT, ON, key("to")];
    let alone = page.opens_line(at) && page.get(first + 1).is_some_and(|t| t.gap == Gap::Line);
    let led = alone || page.before(at).is_some_and(|t| t.is_word() && LEADS.contains(&t.key));
    let name = page.get(first).is_some_and(|t| t.is_word() && t.gap == Gap::Space && KNOWN.contains(&t.key));
    let ends =
        page.get(first + 1).is_none_or(|t| t.form == Form::Sign || t.gap >= Gap::Line || t.flags.is(Class::Function));
    (number && led && name && ends).then_some(Suffix { end: first + 1, strong: true })
}

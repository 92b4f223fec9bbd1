//! Heads that only several words make: "Walk-In", "Rx", "Skilled Nursing Facility", "ENT Specialists", "Textile Mills",
//! "Power & Light", "& Sons", "Assembly of God", "Kingdom Hall of Grand Lake".

use super::facilities::LEADS;
use super::heads::opens;
use super::run::left;
use super::words::{
    AND, AT, OF, THE, is_capital, is_generic, is_key, is_led_by, is_namelike, is_odd, is_part, is_rare, is_taken,
    is_usual, key,
};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Gap, Page};
use crate::words::Class;

pub(super) const WALK: u64 = key("walk");
pub(super) const RX: u64 = key("rx");
pub(super) const FACILITY: u64 = key("facility");
pub(super) const SPECIALISTS: u64 = key("specialists");
pub(super) const MILLS: u64 = key("mills");
pub(super) const LIGHT: u64 = key("light");
pub(super) const SONS: u64 = key("sons");
pub(super) const ASSEMBLY: u64 = key("assembly");
pub(super) const HALL: u64 = key("hall");

/// Trades before "Mills".
const MILLED: [u64; 9] = [
    key("textile"),
    key("paper"),
    key("flour"),
    key("steel"),
    key("cotton"),
    key("woolen"),
    key("lumber"),
    key("carpet"),
    key("hosiery"),
];

/// Sorts of facility before the word itself.
const CARED: [u64; 7] = [
    key("nursing"),
    key("care"),
    key("living"),
    key("rehabilitation"),
    key("rehab"),
    key("correctional"),
    key("treatment"),
];

/// Is the word one that may end such a head?
pub(super) fn is_candidate(key: u64) -> bool {
    matches!(key, WALK | RX | FACILITY | SPECIALISTS | MILLS | LIGHT | SONS | ASSEMBLY | HALL)
        || super::several::is_candidate(key)
}

/// Marks the name whose head ends or begins at `at`.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let usual = is_usual(page, at);
    if is_taken(marks, at) || usual && !is_capital(token) {
        return None;
    }
    if token.key == HALL {
        return kingdom_hall(page, marks, at);
    }
    let (head, end, kind) = head(page, at)?;
    let run = left(page, marks, head);
    if run.first == head {
        return None;
    }
    let from = if is_led_by(page, run.first, &[THE]) { run.first - 1 } else { run.first };
    let led = is_led_by(page, from, &LEADS) || opens(page, from);
    // The word next before the head decides: "the local walk-in", "new Rx".
    let name = (run.first..head).rev().filter_map(|i| page.get(i)).find(|t| t.is_word() && !is_generic(t.flags))?;
    let own = is_rare(name) || is_odd(name) || is_namelike(name) || is_part(name.flags);
    let sorts = (run.first..head).any(|i| page.get(i).is_some_and(|t| t.flags.is_any(Class::Heading.bit())));
    let fine = match token.key {
        RX => {
            let to = is_led_by(page, run.first, &[AT, key("to"), key("from"), key("through")]);
            let on = is_key(page, end, key("on")) && page.get(end + 1).is_some_and(|t| t.is_number(1..=6));
            (to || on) && (is_rare(name) || usual && own) && !sorts
        }
        // "Pemberton & Sons", though Pemberton has a sign, too.
        SONS => (usual || led) && !sorts,
        _ if usual => own && (run.named || run.odd || run.rare),
        _ => own && led && !sorts || run.rare && is_rare(name),
    };
    if !fine {
        return None;
    }
    marks.add(page, run.first, end, kind, Reason::Pattern);
    Some(end)
}

/// Where the head begins and ends, and what it names.
fn head(page: &Page<'_>, at: usize) -> Option<(usize, usize, Kind)> {
    let token = page.get(at)?;
    let joined = at >= 2 && (page.is_sign(at - 1, '&') || is_key(page, at - 1, AND));
    match token.key {
        WALK => {
            let dash = page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None);
            let inside = dash
                && is_key(page, at + 2, key("in"))
                && page.get(at + 2).is_some_and(|t| t.gap == Gap::None && (!is_usual(page, at) || is_capital(t)));
            // "Walk-In Clinic" has a head of its own behind it.
            let alone = page.get(at + 3).is_none_or(|t| {
                t.gap > Gap::Space || !t.is_word() || t.flags.is_any(Class::Function.bit() | Class::Says.bit())
            });
            (inside && alone).then_some((at, at + 3, Kind::Facility))
        }
        RX => Some((at, at + 1, Kind::Facility)),
        FACILITY if is_led_by(page, at, &CARED) => {
            let first = at - 1;
            let more = is_led_by(page, first, &[key("skilled"), key("assisted"), key("memory")]);
            Some((first - usize::from(more), at + 1, Kind::Facility))
        }
        SPECIALISTS if page.before(at).is_some_and(|t| t.is_word() && t.flags.is(Class::Specialty)) => {
            Some((at - 1, at + 1, Kind::Facility))
        }
        MILLS if is_led_by(page, at, &MILLED) => Some((at - 1, at + 1, Kind::Employer)),
        LIGHT if joined && [key("power"), key("gas"), key("water")].iter().any(|k| is_key(page, at - 2, *k)) => {
            Some((at - 2, at + 1, Kind::Employer))
        }
        // "Bar-Lev & Sons Roofing"
        SONS if joined && page.is_sign(at - 1, '&') => {
            let more = page.get(at + 1).is_some_and(|t| {
                t.is_word()
                    && t.gap <= Gap::Space
                    && t.flags.is(Class::CompanySuffix)
                    && (!is_usual(page, at) || is_capital(t))
            });
            Some((at - 1, at + 1 + usize::from(more), Kind::Employer))
        }
        _ if super::several::is_candidate(token.key) => several(page, at),
        ASSEMBLY if is_key(page, at + 1, OF) && is_key(page, at + 2, key("god")) => Some((at, at + 3, Kind::Facility)),
        _ => None,
    }
}

/// "Alderwood Mail Order": a head of several words, where nothing of the same name goes on behind it.
fn several(page: &Page<'_>, at: usize) -> Option<(usize, usize, Kind)> {
    let (end, kind) = super::several::head(page, at)?;
    let last = page.get(end - 1)?;
    let written = !is_usual(page, at) || is_capital(last);
    // "Hand Therapy Referral", "Plastic Surgery Consult" are no names, whatever stands before.
    let alone = page.get(end).is_none_or(|t| {
        t.gap > Gap::Space || !t.is_word() || !is_usual(page, end) && !t.flags.is_medical() || !is_capital(t)
    });
    (written && alone).then_some((at, end, kind))
}

/// "Kingdom Hall of Grand Lake": `hall` is the second word.
fn kingdom_hall(page: &Page<'_>, marks: &mut Marks, hall: usize) -> Option<usize> {
    if !is_led_by(page, hall, &[key("kingdom")]) || !is_key(page, hall + 1, OF) {
        return None;
    }
    let usual = is_usual(page, hall);
    let mut end = hall + 2;
    if let Some((behind, _)) = page.phrase(end) {
        end = behind;
    }
    while end < hall + 5
        && page.get(end).is_some_and(|t| {
            t.is_word()
                && t.gap <= Gap::Space
                && (if usual { is_capital(t) && !t.flags.is(Class::Function) } else { is_rare(t) || is_odd(t) })
        })
    {
        end += 1;
    }
    (end > hall + 2).then(|| {
        marks.add(page, hall - 1, end, Kind::Facility, Reason::Pattern);
        end
    })
}

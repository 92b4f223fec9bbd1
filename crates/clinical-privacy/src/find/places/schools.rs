//! Schools by a number or by their grades: "P.S. 519", "Pennywhistle Hollow K-8".

use super::run::left;
use super::words::{is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};

pub(super) const K: u64 = key("k");
pub(super) const P: u64 = key("p");
pub(super) const PK: u64 = key("pk");

/// May a school's number or grades begin with that word?
pub(super) const fn is_candidate(key: u64) -> bool {
    key == K || key == P || key == PK
}

/// `at` is "K" of "K-8" or "P" of "P.S. 519".
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if token.key == P {
        let public = page.is_sign(at + 1, '.')
            && page.get(at + 2).is_some_and(|t| t.key == key("s") && t.gap == Gap::None)
            && page.is_sign(at + 3, '.')
            && page.get(at + 4).is_some_and(|t| t.is_number(1..=4) && t.gap <= Gap::Space);
        if !public {
            return super::companies::partners(page, marks, at);
        }
        return public.then(|| {
            marks.add(page, at, at + 5, Kind::Facility, Reason::Pattern);
            at + 5
        });
    }
    let grades = page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
        && page.get(at + 2).is_some_and(|t| t.is_number(1..=2) && t.gap == Gap::None && matches!(t.key, 5..=12));
    if !grades || token.gap != Gap::Space || is_usual(page, at) && token.form == Form::Lower {
        return None;
    }
    let run = left(page, marks, at);
    (run.first < at && run.own && (run.named || is_usual(page, at) && page.capital_tells(run.first))).then(|| {
        marks.add(page, run.first, at + 3, Kind::Facility, Reason::Pattern);
        at + 3
    })
}

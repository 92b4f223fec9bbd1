//! "St. Mary's", "Saint Luke's": a hospital, church or school by its saint alone.

use super::words::{OF, SAINT, ST, THE, follows, is_capital, is_key, is_namelike, is_usual, key};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

const OUR: u64 = key("our");
const LADY: u64 = key("lady");

/// `at` is "St" or "Saint": marks it with the name behind it when that name owns something.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if token.key == OUR && is_key(page, at + 1, LADY) && is_key(page, at + 2, OF) {
        return our_lady(page, marks, at);
    }
    if token.key != ST && token.key != SAINT {
        return None;
    }
    let mut i = at + 1;
    if page.is_sign(i, '.') {
        i += 1;
    } else if token.key == ST && !is_usual(page, at) && !page.get(i).is_some_and(is_namelike) {
        return None;
    }
    let mut words = 0;
    while words < 3 {
        let name = page.get(i).filter(|t| t.is_word() && follows(t))?;
        if name.flags.is(Class::Function) && !name.flags.is(Class::Particle) || (is_usual(page, i) && !is_capital(name))
        {
            return None;
        }
        i += 1;
        words += 1;
        if page.get(i).is_some_and(|t| t.form == Form::Possessive) {
            // "St. Vitus's dance": what is owned decides.
            let owned = page.get(i + 1).filter(|t| t.is_word() && t.gap <= Gap::Space);
            if owned.is_some_and(|t| {
                t.flags.is(Class::EponymHead) && !t.flags.is_any(Class::FacilityHead.bit() | Class::Heading.bit())
            }) {
                return None;
            }
            marks.add(page, at, i + 1, Kind::Facility, Reason::Pattern);
            return Some(i + 1);
        }
        while page.get(i).is_some_and(|t| t.is_dash() && t.gap == Gap::None) {
            i += 1;
        }
    }
    None
}

/// "Our Lady of Carmel", and a head noun behind it is found by its own rule.
fn our_lady(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let mut begin = at + 3;
    while is_key(page, begin, THE) {
        begin += 1;
    }
    let usual = is_usual(page, at);
    let mut end = begin;
    while end < begin + 3
        && page.get(end).is_some_and(|t| t.is_word() && follows(t) && (end == begin || t.gap <= Gap::Space))
    {
        let token = page.get(end)?;
        let name = if usual {
            is_capital(token) && !token.flags.is(Class::Function)
        } else {
            end == begin || is_namelike(token)
        };
        if !name || end > begin && token.flags.is_any(super::facilities::HEADS | Class::Heading.bit()) {
            break;
        }
        end += 1;
    }
    (end > begin).then(|| {
        marks.add(page, at, end, Kind::Facility, Reason::Pattern);
        // The head noun behind it must still be looked at.
        at + 1
    })
}

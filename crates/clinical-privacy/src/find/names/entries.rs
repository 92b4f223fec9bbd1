//! Names in a text of capitals that its form tells: who wrote an entry ("1430 DLT: ASLEEP"), who is spoken to at the
//! start of a paragraph ("ROSE, THANK YOU FOR …").

use crate::find::apart::{DAYS, PEOPLE, SMALL};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// What a word before a colon is besides a name.
const OTHER: u64 = PEOPLE
    | SMALL
    | DAYS
    | Class::Heading.bit()
    | Class::Specialty.bit()
    | Class::GenericPlace.bit()
    | Class::Anatomy.bit()
    | Class::Unit.bit()
    | Class::Clock.bit()
    | Class::NoName.bit();

/// Marks the name at `at`, if its place tells one. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    let capitals = page.casing == Casing::Upper && token.form == Form::Upper;
    if !capitals || marks.kind_at(at).is_some() || token.flags.is_any(OTHER) || token.flags.is_medical() {
        return None;
    }
    (wrote(page, marks, at, token) || is_spoken_to(page, at, token)).then(|| {
        marks.add(page, at, at + 1, Kind::Name, Reason::Label);
        at + 1
    })
}

/// "10:42 DLT: ASLEEP", "02/11/2019 1430 ROSE: REFUSED": a time, and a word or letters with a colon.
fn wrote(page: &Page<'_>, marks: &Marks, at: usize, token: &Token) -> bool {
    let colon = page.get(at + 1).is_some_and(|t| t.is_sign(':') && t.gap == Gap::None);
    if !colon || token.gap != Gap::Space {
        return false;
    }
    let Some(before) = page.before(at) else { return false };
    let opens = page.opens_line(at - 1) || at > 1 && marks.kind_at(at - 2) == Some(Kind::Date);
    let minutes = before.gap == Gap::None
        && at > 2
        && page.is_sign(at - 2, ':')
        && page.get(at - 2).is_some_and(|t| t.gap == Gap::None)
        && page.get(at - 3).is_some_and(|t| t.is_number(1..=2));
    let hour = before.is_number(4..=4) && before.key < 2400 && opens
        || before.is_number(2..=2) && minutes
        || before.flags.is(Class::Clock)
        || marks.kind_at(at - 1) == Some(Kind::Date);
    let name = token.flags.given() >= 2 || token.flags.surname() >= 2 && token.flags.word() < 3 || token.len() <= 3;
    hour && name
}

/// "ROSE, THANK YOU": a given name that is a word, alone before a comma where a paragraph begins.
fn is_spoken_to(page: &Page<'_>, at: usize, token: &Token) -> bool {
    let opens = at == 0 || token.gap == Gap::Blank;
    let comma = page.get(at + 1).is_some_and(|t| t.is_sign(',') && t.gap == Gap::None);
    let goes_on = page.get(at + 2).is_some_and(|t| t.gap == Gap::Space && t.is_word() && t.len() > 1);
    let name = token.flags.given() >= 2 || token.flags.surname() >= 2;
    opens && comma && goes_on && name && token.flags.word() < 3
}

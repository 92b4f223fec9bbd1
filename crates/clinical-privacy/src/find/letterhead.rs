//! A house's name on a line of its own above its telephone or street, as under a signature or at the head of a letter:
//! part of it was found, and so is the rest.

use super::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::Class;

/// The most tokens of such a line.
const LONGEST: usize = 9;

/// How many tokens of a label may stand before the number: "Phone:", "Tel. no.".
const LABEL: usize = 3;

/// What stands beside a person's name, and makes of the line a person's.
const PERSONAL: u64 = Class::Credential.bit()
    | Class::Title.bit()
    | Class::Role.bit()
    | Class::NameSuffix.bit()
    | Class::Relative.bit()
    | Class::Person.bit()
    | Class::Heading.bit();

/// Marks the rest of such lines.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let mut below: Vec<usize> = marks
        .found()
        .iter()
        .filter(|m| matches!(m.kind, Kind::Phone | Kind::Fax | Kind::Street))
        .filter(|m| page.line(m.first).is_some_and(|line| m.first <= line.first + LABEL))
        .map(|m| m.first)
        .collect();
    below.dedup();
    for at in below {
        let Some(first) = page.line(at).map(|line| line.first) else { continue };
        let Some(line) = first.checked_sub(1).and_then(|i| page.line(i)).copied() else { continue };
        if is_house(page, marks, line.first, line.end) {
            marks.add(page, line.first, line.end, Kind::Facility, Reason::Context);
        }
    }
}

/// Is a line made of capital words, one of which was found and one of which was not?
fn is_house(page: &Page<'_>, marks: &Marks, first: usize, end: usize) -> bool {
    let size = end - first;
    if !(2..=LONGEST).contains(&size) {
        return false;
    }
    let (mut found, mut free) = (0, 0);
    for at in first..end {
        let Some(token) = page.get(at) else { return false };
        if token.gap == Gap::Wide && at > first {
            return false;
        }
        match marks.kind_at(at) {
            Some(Kind::Name | Kind::City | Kind::Facility | Kind::Employer) => found += 1,
            Some(_) => return false,
            None => match token.form {
                Form::Title | Form::Camel | Form::Upper if !token.flags.is_any(PERSONAL) => free += 1,
                Form::Lower if matches!(page.word(at), "of" | "and" | "the" | "at" | "on" | "for") => {}
                Form::Possessive => {}
                Form::Sign if token.is_dash() || token.is_sign('&') || token.is_sign('\'') => {}
                _ => return false,
            },
        }
    }
    found > 0 && free > 0
}

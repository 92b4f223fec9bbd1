//! The names behind a label.
//!
//! A run of words is read as far as it can be a name; then what was read is judged by how sure the label is. "Name:"
//! makes a name of any words, "Provider:" needs a word that may be a name, "Re:" needs a name that is plainly one.

mod caret;
mod credential;
mod run;
mod word;

use super::label::Place;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;
pub(super) use caret::caret;
use credential::{dotted_credential, is_credential};
use run::Run;

/// How sure a label is that a person follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Name,
    Person,
    Addressee,
}

/// How many people one label may have.
const PEOPLE: usize = 8;

/// Marks the names of a value.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, place: Place, trust: Trust) -> usize {
    let mut i = place.start;
    let mut last = place.start;
    // "Signed: H&P" tells what was signed.
    if marks.is_shielded(i) && page.is_sign(i + 1, '&') {
        return last;
    }
    for nth in 0..PEOPLE {
        let (first, titled) = lead(page, i, place.limit, nth);
        let run = Run::read(page, first, place, trust, nth);
        let continued = nth > 0 && run.good == 0;
        if run.end == first || continued || !run.is_name(page, trust, titled, place) {
            // "wife Mary": nothing but the relative was there.
            break;
        }
        marks.add(page, first, run.end, Kind::Name, Reason::Label);
        i = behind(page, marks, run.end, place);
        last = i;
        match next_person(page, i, place) {
            Some(next) => i = next,
            None => break,
        }
    }
    if last == place.start {
        shield(page, marks, place);
    }
    last
}

/// "cardiology", "Hospitalist Service", "none": what stands in for a person is no name for the finders of names either.
fn shield(page: &Page<'_>, marks: &mut Marks, place: Place) {
    let limit = place.limit.min(place.start + 4);
    let none = Class::Specialty.bit() | Class::Role.bit() | Class::NoValue.bit() | Class::Credential.bit();
    let end = (place.start..limit)
        .find(|i| {
            !page.get(*i).is_some_and(|t| {
                (*i == place.start || t.gap <= Gap::Space)
                    && (t.flags.is_proper()
                        || t.flags.is_country()
                        || t.flags.is_any(none) && (t.flags.given() < 2 || t.form != Form::Title))
            })
        })
        .unwrap_or(limit);
    marks.shield(place.start, end);
}

/// Passes over titles, relatives, roles and signs before a name; tells whether a title stood there.
fn lead(page: &Page<'_>, at: usize, limit: usize, nth: usize) -> (usize, bool) {
    let mut i = at;
    let mut titled = false;
    for _ in 0..8 {
        let Some(token) = page.get(i).filter(|_| i + 1 < limit) else { break };
        if i > at && token.gap >= Gap::Line {
            break;
        }
        let follows =
            page.get(i + 1).is_some_and(|t| t.gap <= Gap::Space && i + 1 < limit && (t.is_word() || t.is_sign('.')));
        let role = token.flags.is_any(Class::Role.bit() | Class::Relative.bit())
            && follows
            && (token.form == Form::Lower || token.flags.surname() < 2);
        if token.flags.is(Class::Title)
            && follows
            && !(token.flags.given() > 1 && token.len() > 4)
            && !is_surname_first(page, i)
        {
            titled = true;
            i += 1 + usize::from(page.is_sign(i + 1, '.'));
        } else if role
            && !is_surname_first(page, i)
            && (i > at || token.form == Form::Lower || page.casing_at(i) != Casing::Usual || token.flags.surname() == 0)
        {
            i += 1 + usize::from(page.is_sign(i + 1, ','));
        } else if token.is_sign('(')
            && nth == 0
            && page.get(i + 1).is_some_and(|t| t.flags.is(Class::Relative))
            && page.is_sign(i + 2, ')')
        {
            i += 3;
        } else if token.is_sign('"') || token.is_sign('.') && i > at || token.is_sign('*') {
            i += 1;
        } else {
            break;
        }
    }
    (i, titled)
}

/// "Major, John": a title before a comma is a surname.
fn is_surname_first(page: &Page<'_>, at: usize) -> bool {
    page.is_sign(at + 1, ',') && page.get(at + 2).is_some_and(|t| t.is_word() && !t.flags.is(Class::Credential))
}

/// Passes over credentials and brackets behind a name; marks a name in the brackets ("goes by Khalid").
fn behind(page: &Page<'_>, marks: &mut Marks, end: usize, place: Place) -> usize {
    let mut i = end;
    for _ in 0..8 {
        let comma = usize::from(page.is_sign(i, ',') || page.is_sign(i, '.'));
        let credential = i + comma;
        if credential < place.limit
            && page.get(credential).is_some_and(|t| t.gap <= Gap::Space)
            && is_credential(page, credential)
        {
            let dotted = dotted_credential(page, credential);
            i = credential + 1 + if dotted { 2 + usize::from(page.is_sign(credential + 3, '.')) } else { 0 };
            // "PA-C", "LICSW/MPH".
            while page.get(i).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/')))
                && page.get(i + 1).is_some_and(|t| t.gap == Gap::None && t.is_word())
            {
                i += 2;
            }
        } else if page.is_sign(i, '(') && i < place.limit {
            let Some(close) = (i + 1..i + 10).find(|c| page.is_sign(*c, ')') && *c < place.limit) else { break };
            let naming = (i + 1..close).find(|n| page.get(*n).is_some_and(|t| t.flags.is(Class::Naming)));
            if let Some(naming) = naming {
                let by = naming + 1 + usize::from(matches!(page.word(naming + 1), "by" | "as" | "BY" | "AS"));
                if by < close {
                    marks.add(page, by, close, Kind::Name, Reason::Label);
                }
            }
            i = close + 1;
        } else {
            break;
        }
    }
    i
}

/// Where a further name may begin: behind a sign or "and", or on an indented line of its own.
fn next_person(page: &Page<'_>, at: usize, place: Place) -> Option<usize> {
    let token = page.get(at).filter(|t| at < place.limit && t.gap < Gap::Line)?;
    let joined = token.is_sign(';')
        || token.is_sign('/')
        || token.is_sign('&')
        || token.is_sign(',')
        || matches!(page.word(at), "and" | "AND" | "or");
    let next = page.get(at + 1).filter(|t| at + 1 < place.limit && t.gap < Gap::Blank)?;
    (joined && next.is_word() && super::label::begins(page, at + 1).is_none()).then_some(at + 1)
}

//! Names of patients, relatives and staff.
//!
//! Four questions are asked at each word, the surest first: does a cue tell a name (a title, a role, "named"); does the
//! form tell it ("SMITH, JOHN A"); do lists and capitals tell it. What is found is learned by the book and found again
//! wherever it stands.

mod alone;
mod cues;
mod likeness;
mod lists;
mod pairs;
mod run;
mod shapes;
mod signatures;

pub(in crate::find) use likeness::is_eponym_here;

use super::marks::Marks;
use crate::read::{Casing, Form, Page, Token};
use crate::words::Class;

/// Marks names.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let small = page.casing == Casing::Lower;
    sweep(page, marks, shapes::find, |t| {
        t.form == Form::Sign && (t.is_sign('^') || t.is_sign(','))
            || t.len() == 1 && t.form != Form::Number
            || t.flags.is(Class::Credential)
            || t.form == Form::Title && t.len() <= 5
    });
    sweep(page, marks, cues::find, |t| t.flags.is_any(CUES) || t.is_sign('/'));
    sweep(page, marks, pairs::find, |t| t.is_sign('/'));
    sweep(page, marks, alone::find, |t| {
        t.is_word()
            && (small
                || t.form != Form::Lower
                || t.flags.given() >= 2
                || t.flags.is(Class::Particle)
                || t.flags.is_unknown())
    });
    lists::find(page, marks);
    sweep(page, marks, signatures::find, |t| t.len() <= 4 || t.form == Form::Upper || t.form == Form::Title);
}

/// Words that tell a name beside them.
const CUES: u64 = Class::Title.bit()
    | Class::Relative.bit()
    | Class::Role.bit()
    | Class::Person.bit()
    | Class::Credential.bit()
    | Class::Naming.bit()
    | Class::Towards.bit();

/// Asks a rule at each token that may interest it.
#[inline]
fn sweep(
    page: &Page<'_>,
    marks: &mut Marks,
    rule: fn(&Page<'_>, &mut Marks, usize) -> Option<usize>,
    interests: impl Fn(&Token) -> bool,
) {
    let mut at = 0;
    while let Some(token) = page.get(at) {
        at = if interests(token) { rule(page, marks, at).map_or(at + 1, |next| next.max(at + 1)) } else { at + 1 };
    }
}

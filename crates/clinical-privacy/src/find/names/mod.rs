//! Names of patients, relatives and staff.
//!
//! Four questions are asked at each word, the surest first: does a cue tell a name (a title, a role, "named"); does the
//! form tell it ("SMITH, JOHN A"); do lists and capitals tell it. What is found is learned by the book and found again
//! wherever it stands.

mod alone;
mod cues;
mod envelope;
mod likeness;
mod lists;
mod pairs;
mod run;
mod shapes;
mod signatures;

pub(in crate::find) use likeness::is_eponym_here;

use super::marks::Marks;
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// Marks names.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let usual = page.casing == Casing::Usual;
    sweep(page, marks, shapes::find, |_, t| {
        t.form == Form::Sign && (t.is_sign('^') || t.is_sign(','))
            || t.len() == 1 && t.form != Form::Number && t.form != Form::Sign
            || t.flags.is(Class::Credential)
            || t.form == Form::Title && t.len() <= 5 && t.flags.is_unknown()
    });
    sweep(page, marks, cues::find, |at, t| t.is_sign('/') || t.flags.is_any(CUES) && (!usual || may_name(page, at, t)));
    sweep(page, marks, pairs::find, |_, t| t.is_sign('/'));
    sweep(page, marks, alone::find, |_, t| {
        let listed = t.flags.given().max(t.flags.surname());
        t.is_word()
            && t.len() > 1
            && (t.flags.is(Class::Particle)
                || if usual && t.form == Form::Lower {
                    t.flags.given() >= 2 && t.flags.word() < 3 || t.flags.is_unknown()
                } else {
                    listed > 0 && !(t.flags.is(Class::Function) && t.form != Form::Title) || t.flags.word() == 0
                })
    });
    envelope::find(page, marks);
    lists::find(page, marks);
    sweep(page, marks, signatures::find, |at, t| {
        t.form == Form::Upper && t.len() <= 6
            || t.len() <= 4
                && t.is_word()
                && page.get(at + 1).is_none_or(|n| n.gap >= Gap::Line || n.form == Form::Sign)
            || page.before(at).is_some_and(|b| b.is_sign('/'))
    });
}

/// In ordinary writing: can a name follow this cue? A capital, a sign, or a small word that a list holds as a name.
#[inline]
fn may_name(page: &Page<'_>, at: usize, cue: &Token) -> bool {
    page.get(at + 1).is_some_and(|next| {
        next.form != Form::Lower
            || cue.flags.is(Class::Naming)
            || next.flags.is(Class::Particle)
            || (next.flags.given() > 0 || next.flags.surname() > 1 || next.flags.word() == 0)
                && !next.flags.is(Class::Function)
    })
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
    interests: impl Fn(usize, &Token) -> bool,
) {
    let mut at = 0;
    while let Some(token) = page.get(at) {
        at = if interests(at, token) { rule(page, marks, at).map_or(at + 1, |next| next.max(at + 1)) } else { at + 1 };
    }
}

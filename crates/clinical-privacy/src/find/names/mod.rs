//! Names of patients, relatives and staff.
//!
//! Four questions are asked at each word, the surest first: does a cue tell a name (a title, a role, "named"); does the
//! form tell it ("SMITH, JOHN A"); do lists and capitals tell it. What is found is learned by the book and found again
//! wherever it stands.

mod alone;
pub(super) mod charted;
mod cues;
mod entries;
mod envelope;
pub(super) mod frames;
mod homonyms;
mod likeness;
mod lists;
mod marked;
mod pairs;
mod partners;
mod run;
mod services;
mod shapes;
mod signatures;
mod stamped;

pub(in crate::find) use likeness::is_eponym_here;
pub(in crate::find) use lists::KINDS;
pub(in crate::find) use marked::find as find_marked;
pub(in crate::find) use partners::letters;

use super::marks::Marks;
use super::openers::{Bits, Eye, Openers, bits_of, has_bit};
use crate::read::{Casing, Form, Page, Token};
use crate::words::{Class, Flags};

/// Marks names.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    sweep(page, openers, Eye::Shapes, marks, shapes::find);
    sweep(page, openers, Eye::Cues, marks, cues::find);
    sweep(page, openers, Eye::Strokes, marks, pairs::find);
    sweep(page, openers, Eye::Alone, marks, alone::find);
    envelope::find(page, marks);
    services::find(page, marks);
    lists::find(page, marks);
    sweep(page, openers, Eye::Signatures, marks, signatures::find);
    sweep(page, openers, Eye::Strokes, marks, frames::find);
    if page.casing == Casing::Upper {
        sweep(page, openers, Eye::Words, marks, entries::find);
    }
    sweep(page, openers, Eye::Shapes, marks, partners::dotted);
    partners::find(page, marks);
}

/// May a sign tell a name by its form?
pub(super) const fn is_shaping(sign: u64) -> bool {
    matches!(sign, 0x5e | 0x2c)
}

/// May a word be part of a name by its form: one letter, or a short capital word in no list?
#[inline]
pub(super) fn is_short(word: &Token) -> bool {
    word.len() == 1 || word.form == Form::Title && word.len() <= 5 && word.flags.is_unknown()
}

/// May a name stand beside the word, where `usual` says whether capitals say something?
#[inline]
pub(super) fn may_cue(page: &Page<'_>, at: usize, word: &Token, usual: bool) -> bool {
    word.flags.is_any(CUES) && (!usual || may_name(page, at, word))
}

/// May the word be a name by lists and capitals?
#[inline]
pub(super) fn may_stand_alone(word: &Token, usual: bool) -> bool {
    let flags = word.flags;
    let listed = if usual && word.form == Form::Lower {
        may_be_small(word)
    } else {
        flags.given().max(flags.surname()) > 0 && !(flags.is(Class::Function) && word.form != Form::Title)
            || flags.word() == 0
    };
    (listed || flags.is(Class::Particle)) && word.len() > 1
}

/// May the small word of ordinary writing be a name by lists?
#[inline]
pub(super) fn may_be_small(word: &Token) -> bool {
    let flags = word.flags;
    flags.given() >= 2 && flags.word() < 3 || flags.is_unknown() || flags.is(Class::Particle)
}

/// A bit for the first bits of the keys of words behind which those who signed stand.
const FRAMES: Bits = bits_of(&[&frames::KEYS, &charted::KEYS]);

/// May somebody who signed stand behind the word?
#[inline]
pub(super) fn is_signing(word: &Token) -> bool {
    has_bit(&FRAMES, word.key)
}

/// May the word be initials that sign, wherever it stands?
#[inline]
pub(super) fn may_sign(word: &Token) -> bool {
    word.form == Form::Upper && word.len() <= 6
}

/// May the word be initials that sign before a line end or a sign?
#[inline]
pub(super) fn may_sign_last(word: &Token) -> bool {
    (word.len() <= 4) & word.is_word()
}

/// In ordinary writing: can a name follow this cue? A capital, a sign, or a small word that a list holds as a name.
#[inline]
fn may_name(page: &Page<'_>, at: usize, cue: &Token) -> bool {
    page.get(at + 1)
        .is_some_and(|next| next.form != Form::Lower || cue.flags.is(Class::Naming) || may_follow(next.flags))
}

/// May a small word of ordinary writing be a name behind a cue?
pub(super) const fn may_follow(flags: Flags) -> bool {
    flags.is(Class::Particle)
        || (flags.given() > 0 || flags.surname() > 1 || flags.word() == 0) && !flags.is(Class::Function)
}

/// Words that tell a name beside them.
pub(super) const CUES: u64 = Class::Title.bit()
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
    openers: &Openers,
    eye: Eye,
    marks: &mut Marks,
    rule: fn(&Page<'_>, &mut Marks, usize) -> Option<usize>,
) {
    let mut from = 0;
    while let Some(at) = openers.next(eye, from) {
        from = rule(page, marks, at).map_or(at + 1, |next| next.max(at + 1));
    }
}

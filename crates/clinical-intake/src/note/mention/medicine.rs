//! Medicines: by name, by class, or by the end of an unknown word.

use super::names::{self, Named};
use super::{Found, Items, MentionKind};
use crate::note::outline::NoteKind;
use crate::note::words::Kind;
use clinical_lexicon::{Class, ContextRule, Lexicon, WordId};

/// How many words in front are looked at for a word of taking.
const NEAR: usize = 4;

/// A medicine that begins at an item.
pub(crate) fn at(
    items: &Items<'_>,
    from: usize,
    named: Option<Named>,
    lexicon: &Lexicon,
    section: NoteKind,
    last: Option<&Found>,
) -> Option<Found> {
    let in_list = matches!(section, NoteKind::Medications | NoteKind::Allergies);
    let beside = last.is_some_and(|last| last.kind == MentionKind::Medicine && is_beside(items, last.to, from));
    let listed = in_list || beside;
    // Running text may stand below a heading of medicines: an everyday word is one only where an item begins.
    let begins = from == 0 || !items.is_word(from - 1) || items.is_number(from - 1);
    let is_item = beside || in_list && begins;
    let (mut to, name, code) = match named {
        // "potassium" is a measure, and a medicine only with its dose.
        Some(named) if named.end.is_doubtful() && !named.end.is_medicine() => {
            if !is_item && !is_dosed(items, named.to) {
                return None;
            }
            (named.to, None, None)
        }
        Some(named) if named.end.is_medicine() => {
            if !listed && is_rather_another(items, from, named) {
                return None;
            }
            let is_doubtful = named.end.is_doubtful() || !named.end.is_generic() && is_short(items, from, named.to);
            if is_doubtful && !is_item && !is_taken(items, from, named.to) {
                return None;
            }
            let known = names::medicine(lexicon, named.end);
            (named.to, known.map(|(name, _)| name), known.and_then(|(_, code)| code))
        }
        Some(_) => return None,
        None if items.class(from).is(Class::MEDICINE) || is_dosed_name(items, from) => (from + 1, None, None),
        None => return None,
    };
    // "vancomycin level" is a test.
    if ["level", "levels", "trough", "toxicity"].iter().any(|w| items.text(to).eq_ignore_ascii_case(w)) {
        return None;
    }
    while items.class(to).is(Class::FORM) && items.get(to).is_some_and(|item| item.kind == Kind::Word) {
        to += 1;
    }
    Some(Found { from, to, kind: MentionKind::Medicine, bit: ContextRule::MEDICINE, name, code })
}

/// The same words name a problem, too, or a substance that is measured, and nothing is said of taking.
fn is_rather_another(items: &Items<'_>, from: usize, named: Named) -> bool {
    (named.end.is_problem() || named.end.is_doubtful() && named.end.is_test()) && !is_taken(items, from, named.to)
}

/// Whether nothing but a dose and the mark or word of a list stands between a medicine and this word.
fn is_beside(items: &Items<'_>, from: usize, to: usize) -> bool {
    let is_joint = |at: usize| matches!(items.text(at), "," | "and" | "plus" | ";" | "/");
    let is_dose = |at: usize| items.is_number(at) || items.class(at).is(Class::UNIT) || items.text(at) == "daily";
    from < to && to - from <= 6 && is_joint(to - 1) && (from..to).all(|at| is_joint(at) || is_dose(at))
}

/// A word that no list knows, written as a name, with an amount of substance right behind it.
fn is_dosed_name(items: &Items<'_>, at: usize) -> bool {
    let word = items.text(at);
    let is_mass = |at: usize| {
        ["mg", "mcg", "milligrams", "micrograms", "meq", "iu"]
            .iter()
            .any(|unit| items.text(at).eq_ignore_ascii_case(unit))
    };
    items.get(at).is_some_and(|item| item.word == WordId::UNKNOWN && item.kind == Kind::Word)
        && word.len() >= 5
        && word.starts_with(char::is_uppercase)
        && items.is_number(at + 1)
        && is_mass(at + 2)
        && !items.is_mark(at + 3, "/")
}

/// A brand of three letters is taken only in capitals.
fn is_short(items: &Items<'_>, from: usize, to: usize) -> bool {
    to == from + 1 && items.text(from).len() <= 3
}

/// Whether a dose or a form stands behind it.
fn is_dosed(items: &Items<'_>, to: usize) -> bool {
    let is_unit = |at: usize| items.class(at).is(Class::UNIT.or(Class::FORM));
    let is_ratio = |at: usize| items.is_mark(at, "/") || items.is_mark(at, "%");
    is_unit(to) || items.is_number(to) && is_unit(to + 1) && !is_ratio(to + 2)
}

/// Whether the words beside say that it is taken: a dose or a form behind it, or a word of taking in front.
fn is_taken(items: &Items<'_>, from: usize, to: usize) -> bool {
    if is_dosed(items, to) {
        return true;
    }
    let mut seen = 0;
    for at in (0..from).rev() {
        let Some(item) = items.get(at) else { break };
        if item.kind == Kind::Mark && !items.is_mark(at, ",") {
            break;
        }
        if item.class.is(Class::TAKING) {
            return true;
        }
        seen += usize::from(item.kind != Kind::Mark);
        if seen >= NEAR {
            break;
        }
    }
    false
}

//! Names met in a document, to be found wherever else they stand in it.

use std::collections::HashMap;

use super::marks::{Mark, Marks};
use super::names::is_eponym_here;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// How a name's part was come by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    /// Lists and capitals alone.
    Guessed,
    /// A title, a label, a credential or the record told it.
    Told,
}

/// The parts of names of one document, by key: of people, and of towns and organisations where the part is no word.
#[derive(Default)]
pub(super) struct Book {
    parts: HashMap<u64, (Trust, Kind)>,
    /// Two words of a name that stand side by side: together they say more than each of them ("Three Ravens").
    pairs: HashMap<u64, Kind>,
    /// A bit for the first twelve bits of each key: most words of a text are seen to be no part by it alone.
    filter: Vec<u64>,
}

/// The place of a key in the filter.
const fn place(key: u64) -> (usize, u64) {
    ((key >> 58) as usize, 1 << ((key >> 52) & 63))
}

/// The most parts a book takes: a text made of names alone must not grow it without bound.
const MOST: usize = 200_000;

impl Book {
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Learns every part of every name marked on a page.
    pub(super) fn learn(&mut self, page: &Page<'_>, marks: &Marks) {
        let named = |m: &&Mark| matches!(m.kind, Kind::Name | Kind::City | Kind::Facility | Kind::Employer);
        for mark in marks.found().iter().filter(named) {
            for at in mark.first..mark.end {
                let Some(token) = page.get(at) else { break };
                if let Some(pair) = pair(page, at).filter(|_| at + 1 < mark.end && self.pairs.len() < MOST) {
                    self.note(token.key);
                    self.pairs.entry(pair).or_insert(mark.kind);
                }
                let skipped = !token.is_word()
                    || token.len() < 2
                    // "BGWick": only a part of the word is the name.
                    || mark.start_byte > token.start
                    || token.flags.is_any(
                        Class::Function.bit()
                            | Class::Particle.bit()
                            | Class::NameSuffix.bit()
                            | Class::Title.bit()
                            | Class::Credential.bit()
                            | Class::Pronoun.bit(),
                    )
                    || token.len() == 2 && token.flags.surname().max(token.flags.given()) < 2
                    || mark.kind != Kind::Name && !is_own(token);
                if skipped || self.parts.len() >= MOST {
                    continue;
                }
                self.note(token.key);
                // The tagger is sure enough of a name that is no word, not of one that is.
                let guessed = mark.reason == Reason::List || mark.reason == Reason::Learned && token.flags.word() > 0;
                let trust = if guessed { Trust::Guessed } else { Trust::Told };
                let known = self.parts.entry(token.key).or_insert((trust, mark.kind));
                if mark.kind == Kind::Name {
                    *known = (if known.1 == Kind::Name { known.0.max(trust) } else { trust }, Kind::Name);
                }
            }
        }
    }

    /// Puts a word into the filter.
    fn note(&mut self, key: u64) {
        if self.filter.is_empty() {
            self.filter = vec![0; 64];
        }
        let (word, bit) = place(key);
        if let Some(bits) = self.filter.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Marks every part that stands alone elsewhere.
    pub(super) fn find(&self, page: &Page<'_>, marks: &mut Marks) {
        for at in 0..page.tokens.len() {
            let token = &page.tokens[at];
            let (word, bit) = place(token.key);
            if self.filter.get(word).is_none_or(|w| w & bit == 0) || !token.is_word() || token.len() < 2 {
                continue;
            }
            if let Some(kind) = pair(page, at).and_then(|pair| self.pairs.get(&pair))
                && !(marks.any_in(at, at + 1) && marks.any_in(at + 1, at + 2))
                && [at, at + 1].iter().all(|i| !marks.is_shielded(*i) && stands_again(page, *i))
            {
                marks.add(page, at, at + 2, *kind, Reason::Repeat);
                continue;
            }
            if let Some((trust, kind)) = self.parts.get(&token.key)
                && (if *kind == Kind::Name { repeats(page, at, *trust) } else { stands_again(page, at) })
            {
                marks.add(page, at, at + 1, *kind, Reason::Repeat);
            }
        }
    }
}

/// The word at `at` and the one behind it as one key, where they can tell a name together: both in a line, none of them
/// a small word, and one that is not in the name of every house.
fn pair(page: &Page<'_>, at: usize) -> Option<u64> {
    const SMALL: u64 = Class::Function.bit()
        | Class::Pronoun.bit()
        | Class::Title.bit()
        | Class::Credential.bit()
        | Class::Role.bit()
        | Class::Person.bit()
        | Class::Relative.bit()
        | Class::Unit.bit();
    const COMMON: u64 = Class::FacilityHead.bit()
        | Class::PlainHead.bit()
        | Class::GenericPlace.bit()
        | Class::Specialty.bit()
        | Class::Heading.bit()
        | Class::Anatomy.bit();
    let (one, two) = (page.get(at)?, page.get(at + 1)?);
    let full = |t: &Token| t.is_word() && t.len() > 1 && !t.flags.is_any(SMALL);
    let own = |t: &Token| !t.flags.is_any(COMMON) && !t.flags.is_medical();
    (two.gap == Gap::Space && full(one) && full(two) && (own(one) || own(two)))
        .then(|| one.key.rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ two.key)
}

/// Is the word one that only this town or house has in its name?
fn is_own(token: &Token) -> bool {
    token.len() >= 4
        && matches!(token.form, Form::Title | Form::Camel | Form::Upper | Form::Lower)
        && token.flags.bits() & !(Class::OpensLabel.bit() | Class::Cue.bit()) < Class::Title.bit()
        && token.flags.word() == 0
        && !token.flags.is_medical()
        && !token.flags.is_eponym()
        && !token.flags.is_state()
        && !token.flags.is_country()
        && !token.flags.is_proper()
}

/// Does a word of a town's or house's name stand for it here? Where capitals say something it must have one.
fn stands_again(page: &Page<'_>, at: usize) -> bool {
    let capital = page.get(at).is_some_and(|t| matches!(t.form, Form::Title | Form::Camel | Form::Upper));
    (capital || page.casing_at(at) != Casing::Usual) && !is_eponym_here(page, at)
}

/// Is the word that is a name elsewhere a name here?
fn repeats(page: &Page<'_>, at: usize, trust: Trust) -> bool {
    let token = &page.tokens[at];
    let flags = token.flags;
    if is_eponym_here(page, at) {
        return false;
    }
    let plain = flags.word() == 0 && !flags.is_medical() && !flags.is_any(Class::Heading.bit() | Class::Role.bit());
    if plain && (trust == Trust::Told || !flags.is_unknown()) {
        return true;
    }
    if token.form == Form::Possessive {
        return false;
    }
    let spoken = page.get(at + 1).is_some_and(|t| t.flags.is(Class::Says) || t.form == Form::Possessive);
    match page.casing_at(at) {
        Casing::Usual => {
            let capital = matches!(token.form, Form::Title | Form::Camel);
            let company = page.get(at + 1).is_some_and(|t| t.form == Form::Title && t.gap <= Gap::Space);
            let clinical = flags.is_medical() || flags.is_any(Class::Heading.bit());
            // "Branch was riding a bicycle": told elsewhere, and no part of the body.
            let acts = trust == Trust::Told
                && !clinical
                && !flags.is(Class::Anatomy)
                && page.opens_sentence(at)
                && page.get(at + 1).is_some_and(|t| t.form == Form::Lower && (does(t) || is_deed(page, at + 1)));
            capital
                && (acts
                    || page.capital_tells(at) && !(company && flags.word() >= 2) && !clinical
                    || spoken
                    || flags.word() <= 1 && !clinical && trust == Trust::Told)
        }
        _ if trust == Trust::Told
            && flags.given() >= 2
            && page.opens_sentence(at)
            && page.get(at + 1).is_some_and(|t| t.flags.is_any(Class::Does.bit() | Class::Says.bit())) =>
        {
            true
        }
        _ if trust == Trust::Told
            && flags.given() >= 2
            && page.before(at).is_some_and(|t| t.flags.is_any(Class::Towards.bit() | Class::Relative.bit())) =>
        {
            true
        }
        _ => {
            spoken && flags.word() < 3 && !flags.is_medical()
                || flags.word() == 1 && flags.surname().max(flags.given()) == 3
        }
    }
}

/// What only somebody does: says, has, is.
fn does(token: &Token) -> bool {
    token.flags.is_any(Class::Does.bit() | Class::Says.bit())
}

/// "rang from", "cleans offices", "can take a call", "saved the photo": a verb by its form, with what it is done to
/// behind it.
fn is_deed(page: &Page<'_>, at: usize) -> bool {
    const VERBS: [&str; 14] = [
        "can", "could", "will", "would", "may", "might", "must", "rang", "took", "sent", "knew", "gave", "left", "saw",
    ];
    let word = page.word(at);
    let ends = word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss");
    let formed = word.len() > 4 && ends && page.get(at).is_some_and(|t| !t.flags.is_medical());
    let goes_on = page.get(at + 1).is_some_and(|t| t.gap <= Gap::Line && t.is_word());
    goes_on && (VERBS.contains(&word) || formed)
}

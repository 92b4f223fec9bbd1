//! From all that is said of a name to one assertion.

use super::scope::Said;
use crate::note::mention::{Experiencer, Found, Items, Mention, Temporality};
use clinical_lexicon::{Class, ContextRule, CueMeans, WordId};
use clinical_model::Assertion;

/// The mentions so far, and what can be decided only when the note is read to its end.
#[derive(Debug, Default)]
pub(super) struct Decisions {
    mentions: Vec<Mention>,
    /// Mentions that a medicine is "for, as needed", with the last word of each.
    purposes: Vec<(usize, WordId)>,
    /// The last words of names that are present.
    present: Words,
}

/// A set of words, a bit for each number.
#[derive(Debug, Default)]
struct Words(Vec<u64>);

impl Words {
    fn add(&mut self, word: WordId) {
        let at = word.number() >> 6;
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= 1 << (word.number() & 63);
        }
    }

    fn holds(&self, word: WordId) -> bool {
        self.0.get(word.number() >> 6).is_some_and(|bits| bits >> (word.number() & 63) & 1 == 1)
    }
}

impl Decisions {
    /// Takes what is said of a name. One that is not kept says only what is present.
    pub(super) fn add(&mut self, items: &Items<'_>, name: &Found, said: Said, sentence: usize, is_kept: bool) {
        let (Some(first), Some(last)) = (items.get(name.from), items.get(name.to.saturating_sub(1))) else { return };
        let lasts = || {
            let is_any = |class: Class| (name.from..name.to).any(|at| items.class(at).is(class));
            is_any(Class::LASTING) && !is_any(Class::PASSING)
        };
        let assertion = assertion(name.bit == ContextRule::MEDICINE, said, lasts);
        let experiencer = if said.is(CueMeans::Family) {
            Experiencer::Family
        } else if said.is(CueMeans::Other) {
            Experiencer::Other
        } else {
            Experiencer::Patient
        };
        let temporality = match assertion {
            Assertion::Hypothetical => Temporality::Hypothetical,
            Assertion::Historical => Temporality::Historical,
            _ if said.is(CueMeans::Planned) => Temporality::Planned,
            _ => Temporality::Recent,
        };
        if assertion == Assertion::Present {
            self.present.add(last.word);
        }
        if !is_kept {
            return;
        }
        if assertion == Assertion::Hypothetical && said.is(CueMeans::Purpose) && !said.is(CueMeans::Condition) {
            self.purposes.push((self.mentions.len(), last.word));
        }
        self.mentions.push(Mention {
            span: first.start as usize..last.end as usize,
            kind: name.kind,
            name: name.name,
            code: name.code,
            assertion,
            experiencer,
            temporality,
            sentence,
        });
    }

    /// "As needed for pain" says that there is pain where the note says so elsewhere.
    pub(super) fn finish(mut self) -> Vec<Mention> {
        for (at, word) in self.purposes {
            let is_there = word != WordId::UNKNOWN && self.present.holds(word);
            if let Some(mention) = self.mentions.get_mut(at).filter(|_| is_there) {
                mention.assertion = Assertion::Present;
                mention.temporality = Temporality::Recent;
            }
        }
        self.mentions
    }
}

/// The order of the rules is that of the module's list.
fn assertion(is_medicine: bool, said: Said, lasts: impl Fn() -> bool) -> Assertion {
    let is_recent = said.is(CueMeans::Recent);
    let is_over = said.is(CueMeans::Past) && !is_recent;
    let was = said.is(CueMeans::Historical) && (is_medicine || !is_recent && !lasts());
    if said.is(CueMeans::Condition) {
        Assertion::Hypothetical
    } else if said.is(CueMeans::Absent) {
        Assertion::Absent
    } else if said.is(CueMeans::Family) || said.is(CueMeans::Other) {
        Assertion::Family
    } else if said.is(CueMeans::Purpose) || said.is(CueMeans::Hypothetical) {
        Assertion::Hypothetical
    } else if said.is(CueMeans::Possible) && !is_medicine {
        Assertion::Possible
    } else if is_over || was {
        Assertion::Historical
    } else {
        Assertion::Present
    }
}

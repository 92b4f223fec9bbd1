//! How far cues reach: one pass forward and one back over the cues and names of a sentence.

use super::cues::{self, Cue};
use crate::note::mention::{Found, Items};
use crate::note::outline::NoteKind;
use clinical_lexicon::{ContextRule, CueMeans, Vocabulary};

/// What cues say of a name, a bit for each meaning.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Said(u16);

impl Said {
    pub(super) const fn add(&mut self, means: CueMeans) {
        self.0 |= 1 << means as u16;
    }

    pub(super) const fn is(self, means: CueMeans) -> bool {
        self.0 & 1 << means as u16 != 0
    }
}

/// How many cues may reach at a time; the oldest goes first.
const MOST: usize = 12;

/// The cues that reach so far, each with the number of words before its end.
#[derive(Clone, Copy, Debug, Default)]
struct Reaching {
    list: [Option<(&'static ContextRule, u32)>; MOST],
}

impl Reaching {
    fn end(&mut self, ends: u32) {
        if ends != 0 {
            for slot in &mut self.list {
                if slot.is_some_and(|(rule, _)| rule.ends & ends != 0) {
                    *slot = None;
                }
            }
        }
    }

    fn begin(&mut self, rule: &'static ContextRule, words: u32) {
        let same = self.list.iter().position(|slot| slot.is_some_and(|(old, _)| std::ptr::eq(old, rule)));
        let free = same.or_else(|| self.list.iter().position(Option::is_none));
        let at = free.unwrap_or_else(|| {
            self.list.rotate_left(1);
            MOST - 1
        });
        if let Some(slot) = self.list.get_mut(at) {
            *slot = Some((rule, words));
        }
    }

    fn say(&self, kind: u8, words: u32, said: &mut Said) {
        for (rule, from) in self.list.iter().flatten() {
            let is_near = rule.within == 0 || words.abs_diff(*from) < u32::from(rule.within);
            if is_near && (rule.kinds == 0 || rule.kinds & kind != 0) {
                said.add(rule.means);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.list.iter().all(Option::is_none)
    }
}

/// Reads sentences, with room that is used again.
#[derive(Debug, Default)]
pub(super) struct Scope {
    cues: Vec<Cue>,
    said: Vec<Said>,
}

impl Scope {
    /// What was said of each name of the sentence read last.
    pub(super) fn said(&self) -> &[Said] {
        &self.said
    }

    /// The doubt that the words of a heading end with ("Working diagnosis"): it is about all that stands below.
    pub(super) fn doubt(
        &mut self,
        heading: &Items<'_>,
        vocabulary: &'static Vocabulary,
    ) -> Option<&'static ContextRule> {
        cues::find(heading, &[], vocabulary, &mut self.cues);
        let mut last = self.cues.iter().filter(|cue| cue.to == heading.len()).filter_map(|cue| cue.rule);
        last.find(|rule| rule.means == CueMeans::Possible && !rule.backward)
    }

    pub(super) fn read(
        &mut self,
        items: &Items<'_>,
        found: &[Found],
        vocabulary: &'static Vocabulary,
        section: NoteKind,
        doubt: Option<&'static ContextRule>,
    ) {
        cues::find(items, found, vocabulary, &mut self.cues);
        self.said.clear();
        self.said.resize(found.len(), Said::default());
        self.forward(items, found);
        self.backward(items, found);
        if let Some(rule) = doubt {
            for (name, said) in found.iter().zip(&mut self.said) {
                if rule.kinds == 0 || rule.kinds & name.bit != 0 {
                    said.add(rule.means);
                }
            }
        }
        let section = section.as_str();
        for rule in vocabulary.sections().iter().filter(|rule| rule.kinds.contains(&section)) {
            for (name, said) in found.iter().zip(&mut self.said) {
                if rule.of & name.bit != 0 {
                    said.add(rule.means);
                }
            }
        }
    }

    fn forward(&mut self, items: &Items<'_>, found: &[Found]) {
        let mut reaching = Reaching::default();
        let mut cues = self.cues.iter().peekable();
        // Several rules may have the same words; what those end, they end once.
        let mut ended = usize::MAX;
        for (name, said) in found.iter().zip(&mut self.said) {
            while let Some(cue) = cues.next_if(|cue| cue.to <= name.from) {
                if std::mem::replace(&mut ended, cue.from) != cue.from {
                    reaching.end(cue.ends);
                }
                if let Some(rule) = cue.rule.filter(|rule| !rule.backward && rule.means != CueMeans::Nothing) {
                    reaching.begin(rule, before(items, cue.to));
                }
            }
            reaching.say(name.bit, before(items, name.from), said);
        }
    }

    fn backward(&mut self, items: &Items<'_>, found: &[Found]) {
        if !self.cues.iter().any(|cue| cue.rule.is_some_and(|rule| rule.backward)) {
            return;
        }
        let mut reaching = Reaching::default();
        let mut cues = self.cues.iter().rev().peekable();
        let mut behind: Option<&Found> = None;
        let mut ended = usize::MAX;
        for (name, said) in found.iter().zip(&mut self.said).rev() {
            // A cue speaks of the name before it, and of others only if they stand in one list with that name.
            if behind.is_some_and(|behind| !is_list(items, name.to, behind.from)) {
                reaching = Reaching::default();
            }
            while let Some(cue) = cues.next_if(|cue| cue.from >= name.to) {
                if std::mem::replace(&mut ended, cue.from) != cue.from {
                    reaching.end(cue.ends);
                }
                if let Some(rule) = cue.rule.filter(|rule| rule.backward) {
                    reaching.begin(rule, before(items, cue.from));
                }
            }
            if !reaching.is_empty() {
                reaching.say(name.bit, before(items, name.to), said);
            }
            behind = Some(name);
        }
    }
}

/// How many words stand before an item.
fn before(items: &Items<'_>, at: usize) -> u32 {
    items.get(at).or_else(|| items.list.last()).map_or(0, |item| item.before + u32::from(at >= items.len()))
}

/// Whether only commas and words like "and" stand between two names.
fn is_list(items: &Items<'_>, from: usize, to: usize) -> bool {
    to.saturating_sub(from) <= 3
        && (from..to).all(|at| {
            let text = items.text(at);
            matches!(text, "," | "/" | "&") || ["and", "or", "nor"].iter().any(|w| text.eq_ignore_ascii_case(w))
        })
}

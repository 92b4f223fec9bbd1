//! The parts of directions at a place: numbers, units, times, phrases of the lexicon.

use super::atoms::{Atom, ONE, What};
use super::draft::{Bytes, Numbers};
use clinical_lexicon::{DosingWords, Lexicon, SigList};
use std::collections::BTreeMap;
use std::ops::Bound;

/// A span of a text cut into atoms, with the words to read it.
pub(crate) struct Reader<'p> {
    pub(crate) atoms: &'p [Atom<'p>],
    pub(crate) dosing: &'p DosingWords,
    /// No reading behind this atom.
    pub(crate) end: usize,
}

impl<'p> Reader<'p> {
    pub(crate) fn new(atoms: &'p [Atom<'p>], lexicon: &'p Lexicon) -> Self {
        Self { atoms, dosing: lexicon.dosing(), end: atoms.len() }
    }

    pub(crate) fn atom(&self, at: usize) -> Option<&'p Atom<'p>> {
        if at < self.end { self.atoms.get(at) } else { None }
    }

    pub(crate) fn word(&self, at: usize) -> Option<&'p str> {
        self.atom(at)?.word()
    }

    pub(crate) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.atom(at).is_some_and(|a| a.is_mark(mark))
    }

    pub(crate) fn is_word(&self, at: usize, words: &[&str]) -> bool {
        self.word(at).is_some_and(|w| words.contains(&w))
    }

    /// The bytes of some atoms.
    pub(crate) fn span(&self, at: usize, used: usize) -> Bytes {
        let start = self.atoms.get(at).map_or(0, |a| a.span.start);
        start..self.atoms.get((at + used).saturating_sub(1)).map_or(start, |a| a.span.end.max(start))
    }

    /// Whether a phrase of a list may begin with the word of a place: most words begin none.
    fn may_begin(&self, at: usize, list: SigList) -> bool {
        self.atom(at).is_some_and(|a| a.begins.may(list))
    }

    /// How many atoms a phrase takes that begins with `first`, where that word stands at a place. A hyphen between words
    /// counts as a blank ("as-needed").
    fn takes(&self, at: usize, phrase: &str, first: &str) -> Option<usize> {
        let mut next = at + 1;
        let mut rest = phrase.get(first.len()..)?;
        while let Some(more) = rest.strip_prefix(' ') {
            if self.is_mark(next, '-') && self.atom(next + 1).is_some_and(|a| a.is_glued) {
                next += 1;
            }
            rest = more.strip_prefix(self.word(next)?).filter(|rest| rest.is_empty() || rest.starts_with(' '))?;
            next += 1;
        }
        Some(next - at)
    }

    /// The longest of some phrases, sorted and beginning at or behind the word of a place, that stands there.
    fn longest<T>(&self, at: usize, sorted: impl Iterator<Item = (T, &'p str)>) -> Option<(T, usize)> {
        let word = self.word(at)?;
        // "a", "a day" and "a dose" stand together before "ab": a blank goes before every letter.
        let begins =
            |phrase: &str| phrase.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
        let near = sorted.take_while(|(_, phrase)| begins(phrase));
        near.filter_map(|(found, phrase)| Some((found, self.takes(at, phrase, word)?))).max_by_key(|(_, used)| *used)
    }

    fn of_map<V>(&self, at: usize, map: &'p BTreeMap<String, V>) -> Option<(&'p V, usize)> {
        let from = map.range::<str, _>((Bound::Included(self.word(at)?), Bound::Unbounded));
        self.longest(at, from.map(|(phrase, value)| (value, phrase.as_str())))
    }

    /// The longest phrase of a list with codes.
    pub(crate) fn of_codes(&self, at: usize, list: SigList) -> Option<(&'p String, usize)> {
        let map = self.dosing.coded(list).filter(|_| self.may_begin(at, list))?;
        self.of_map(at, map)
    }

    /// A wording of a way of taking: the place of the way, and whether it is a verb.
    pub(crate) fn of_ways(&self, at: usize) -> Option<((Option<usize>, bool), usize)> {
        let (way, used) =
            if self.may_begin(at, SigList::Ways) { self.of_map(at, &self.dosing.way_words)? } else { return None };
        Some((*way, used))
    }

    /// The longest phrase of a list of the words of directions.
    pub(crate) fn of_set(&self, at: usize, list: SigList) -> Option<usize> {
        let set = self.dosing.phrases(list).filter(|_| self.may_begin(at, list))?;
        let from = set.range::<str, _>((Bound::Included(self.word(at)?), Bound::Unbounded));
        self.longest(at, from.map(|phrase| ((), phrase.as_str()))).map(|((), n)| n)
    }

    /// Whether a word stands in a list of the words of directions.
    pub(crate) fn is_in_set(&self, at: usize, list: SigList) -> bool {
        let set = self.dosing.phrases(list).filter(|_| self.may_begin(at, list));
        set.is_some_and(|set| self.word(at).is_some_and(|word| set.contains(word)))
    }

    /// The longest phrase of a sorted list.
    pub(crate) fn of_list(&self, at: usize, list: SigList) -> Option<usize> {
        if !self.may_begin(at, list) {
            return None;
        }
        let (word, phrases) = (self.word(at)?, list.phrases());
        let from = phrases.get(phrases.partition_point(|p| *p < word)..)?;
        self.longest(at, from.iter().map(|phrase| ((), *phrase))).map(|((), n)| n)
    }

    /// Whether a word stands in a sorted list.
    pub(crate) fn is_in_list(&self, at: usize, list: SigList) -> bool {
        self.may_begin(at, list) && self.word(at).is_some_and(|word| list.phrases().binary_search(&word).is_ok())
    }

    /// The cue whose longest words stand at a place: its place among the cues.
    pub(crate) fn of_cues(&self, at: usize, list: SigList) -> Option<(usize, usize)> {
        if !self.may_begin(at, list) {
            return None;
        }
        let (word, table) = (self.word(at)?, list.cues());
        let from = table.get(table.partition_point(|(p, _)| *p < word)..)?;
        self.longest(at, from.iter().map(|(phrase, value)| (*value, *phrase)))
    }

    pub(crate) fn is_ambiguous(&self, at: usize) -> bool {
        self.is_in_list(at, SigList::Ambiguous)
    }

    /// Whether a word says "each" of a unit of time ("daily").
    pub(crate) fn is_adverb(&self, at: usize) -> bool {
        let is = |word: &str| self.dosing.periods.values().any(|p| p.adverb.as_deref() == Some(word));
        self.may_begin(at, SigList::Adverbs) && self.word(at).is_some_and(is)
    }

    /// A number in digits or as one word, its value.
    fn simple(&self, at: usize) -> Option<u64> {
        let atom = self.atom(at)?;
        match &atom.what {
            What::Number(n) => *n,
            What::Word(w) if atom.begins.may(SigList::Numbers) => {
                self.dosing.text.numbers.get(&**w).and_then(|n| super::atoms::millionths(n))
            }
            What::Word(_) | What::Mark(_) => None,
        }
    }

    /// One number: digits, a part, a word, "one and a half", "half a", "two (2)". Its bytes, value and length.
    pub(crate) fn single(&self, at: usize) -> Option<(Bytes, u64, usize)> {
        let (mut value, mut used) = (self.simple(at)?, 1);
        let is_word = self.word(at).is_some();
        if is_word && value == ONE && (self.is_word(at + 1, &["half"]) || self.is_half_behind_hyphen(at + 1)) {
            used += if self.is_mark(at + 1, '-') { 2 } else { 1 };
            value = ONE / 2;
        } else if value.is_multiple_of(ONE) && self.is_word(at + 1, &["and"]) {
            let article = usize::from(self.is_word(at + 2, &["a", "one"]));
            if self.simple(at + 2 + article) == Some(ONE / 2) {
                (value, used) = (value + ONE / 2, 3 + article);
            }
        }
        if value == ONE / 2 && is_word {
            // "half a tablet", "half of a tablet"
            let of = usize::from(self.is_word(at + used, &["of"]));
            used += if self.is_word(at + used + of, &["a", "an"]) { of + 1 } else { 0 };
        }
        let span = self.span(at, used);
        if self.is_mark(at + used, '(') && self.is_mark(at + used + 2, ')') && self.simple(at + used + 1).is_some() {
            if self.simple(at + used + 1) != Some(value) {
                return None;
            }
            used += 3;
        }
        Some((span, value, used))
    }

    fn is_half_behind_hyphen(&self, at: usize) -> bool {
        self.is_mark(at, '-') && self.is_word(at + 1, &["half"])
    }

    /// A number or a range. `None` for a range that falls, or whose ends are so far apart that it is none ("5-325 mg").
    pub(crate) fn numbers(&self, at: usize) -> Option<(Numbers, usize)> {
        let (low, value, used) = self.single(at)?;
        let joined = self.is_mark(at + used, '-') || self.is_word(at + used, &["to", "or"]);
        if joined && let Some((high, top, more)) = self.single(at + used + 1) {
            // "1 or 2" is a range; "4 or 6" is a choice.
            let choice = self.is_word(at + used, &["or"]) && top != value + ONE;
            if top <= value || top > value.saturating_mul(10) || choice {
                return None;
            }
            return Some((Numbers { low, high: Some(high), values: (value, top) }, used + 1 + more));
        }
        // A number that stands before a hyphen and something that cannot be read is no number of its own.
        let broken = joined && matches!(self.atom(at + used + 1).map(|a| &a.what), Some(What::Number(_)));
        (!broken).then_some((Numbers { low, high: None, values: (value, value) }, used))
    }

    /// The unit of a dose: its bytes, what the lexicon calls more of it, its length. A hyphen may stand before it.
    pub(crate) fn unit(&self, at: usize) -> Option<(Bytes, &'p str, usize)> {
        let gap = usize::from(self.is_mark(at, '-') && self.atom(at).is_some_and(|a| a.is_glued));
        if !self.may_begin(at + gap, SigList::Units) || self.is_ambiguous(at + gap) {
            return None;
        }
        let (many, used) = self.of_map(at + gap, &self.dosing.units).map(|([_, many], used)| (many.as_str(), used))?;
        let span = self.span(at + gap, used);
        // "tablet(s)"
        let plural = self.is_mark(at + gap + used, '(')
            && self.is_word(at + gap + used + 1, &["s"])
            && self.is_mark(at + gap + used + 2, ')');
        Some((span, many, gap + used + if plural { 3 } else { 0 }))
    }

    /// A unit of time, its UCUM code. One-letter years and seconds are too much like other words.
    pub(crate) fn time_unit(&self, at: usize) -> Option<(Bytes, &'p str, usize)> {
        let gap = usize::from(self.is_mark(at, '-') && self.atom(at).is_some_and(|a| a.is_glued));
        if !self.may_begin(at + gap, SigList::Periods) {
            return None;
        }
        let word = self.word(at + gap).filter(|w| !matches!(*w, "a" | "s" | "mo"))?;
        let code = self.dosing.period_words.get(word)?;
        Some((self.span(at + gap, 1), code.as_str(), gap + 1))
    }
}

//! The words of a heading as they are looked up.

use crate::note::outline::lines::View;
use crate::note::words::Kind;
use clinical_lexicon::{Lexicon, NoteKind, Standing};

/// What a name means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::note::outline) enum Meaning {
    /// It names a section.
    Section(NoteKind, Standing),
    /// No section that is known.
    Unknown,
}

/// The most words that a heading has.
pub(in crate::note::outline) const LONGEST: usize = 10;

/// Words of a heading: one text, and where each word ends in it. One is used for all headings of a note.
#[derive(Clone, Default)]
pub(in crate::note::outline) struct Key {
    text: String,
    ends: Vec<usize>,
}

impl Key {
    pub(in crate::note::outline) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    pub(in crate::note::outline) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    pub(in crate::note::outline) fn words(&self) -> usize {
        self.ends.len()
    }

    /// All words.
    pub(in crate::note::outline) fn text(&self) -> &str {
        &self.text
    }

    /// Adds a word in the form it is looked up in; false where there are too many.
    pub(in crate::note::outline) fn push(&mut self, word: &str, lexicon: &Lexicon) -> bool {
        if self.ends.len() >= LONGEST || word.len() > 40 {
            return false;
        }
        let from = self.text.len();
        if from > 0 {
            self.text.push(' ');
        }
        let begin = self.text.len();
        if word.is_ascii() {
            self.text.extend(word.bytes().filter(|b| *b != b'\'').map(|b| char::from(b.to_ascii_lowercase())));
        } else {
            for c in word.chars().filter(|c| !matches!(c, '\'' | '\u{2019}')) {
                self.text.extend(c.to_lowercase());
            }
        }
        if let Some(same) = self.text.get(begin..).and_then(|w| lexicon.heading_word(w)) {
            self.text.truncate(begin);
            self.text.push_str(same);
        }
        // A word may stand for several ("pmh"): each has its end.
        let added = self.text.as_bytes().get(begin..).unwrap_or_default();
        self.ends.extend(added.iter().enumerate().filter(|(_, b)| **b == b' ').map(|(at, _)| begin + at));
        self.ends.push(self.text.len());
        self.ends.len() <= LONGEST + 4
    }

    /// Adds a letter to the last word: "R.O.S.".
    pub(in crate::note::outline) fn grow(&mut self, letter: &str, lexicon: &Lexicon) {
        let Some(end) = self.ends.pop() else { return };
        let begin = self.ends.last().map_or(0, |e| e + 1);
        self.text.truncate(end);
        for c in letter.chars() {
            self.text.extend(c.to_lowercase());
        }
        if let Some(same) = self.text.get(begin..).and_then(|w| lexicon.heading_word(w)) {
            self.text.truncate(begin);
            self.text.push_str(same);
            let added = self.text.get(begin..).unwrap_or_default();
            self.ends.extend(added.match_indices(' ').map(|(at, _)| begin + at));
        }
        self.ends.push(self.text.len());
    }

    /// Reads tokens as words; false where something stands among them that no heading has.
    pub(in crate::note::outline) fn read(&mut self, view: &View<'_>, tokens: std::ops::Range<usize>) -> bool {
        self.clear();
        for at in tokens {
            let word = view.word(at);
            let sound = match view.kind(at) {
                Some(Kind::Word | Kind::Number) => self.push(word, view.lexicon),
                _ => match word {
                    "&" | "+" => self.push("and", view.lexicon),
                    "/" | "-" | "," | "(" | ")" | "." | "'" | "\u{2019}" => true,
                    _ => false,
                },
            };
            if !sound {
                return false;
            }
        }
        !self.is_empty()
    }

    fn part(&self, from: usize, to: usize) -> &str {
        let begin = from.checked_sub(1).and_then(|i| self.ends.get(i)).map_or(0, |e| e + 1);
        let end = to.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        self.text.get(begin..end).unwrap_or_default()
    }

    /// What all words together mean, without the words that change nothing.
    pub(in crate::note::outline) fn meaning(&self, lexicon: &Lexicon) -> Meaning {
        let all = self.words();
        let mut to = all;
        loop {
            for from in 0..to.min(4) {
                if from > 0 && !lexicon.is_before_heading(self.part(from - 1, from)) {
                    break;
                }
                if let Some((kind, standing)) = lexicon.heading(self.part(from, to)) {
                    // "Current medications" is a heading where "medications" may be a word.
                    let is_whole = from == 0 && to == all;
                    let standing = if is_whole || standing != Standing::Word { standing } else { Standing::Heading };
                    if is_whole || !matches!(standing, Standing::Letter | Standing::Part) {
                        return Meaning::Section(kind, standing);
                    }
                }
            }
            let Some(shorter) =
                (1..=3.min(to)).rev().map(|n| to - n).find(|from| lexicon.is_after_heading(self.part(*from, to)))
            else {
                return Meaning::Unknown;
            };
            if shorter == 0 {
                return Meaning::Unknown;
            }
            to = shorter;
        }
    }

    /// The kinds of sections that these words are a heading inside of; sides and degrees before them do not count.
    pub(in crate::note::outline) fn inside(&self, lexicon: &Lexicon) -> &'static [NoteKind] {
        let whole = lexicon.inside(&self.text);
        if !whole.is_empty() || self.words() < 2 {
            return whole;
        }
        let side = matches!(self.part(0, 1), "left" | "right" | "bilateral");
        if side { lexicon.inside(self.part(1, self.words())) } else { whole }
    }

    /// Puts slips of the pen right; true if there was one and every word is now a word of headings.
    pub(in crate::note::outline) fn correct(&mut self, lexicon: &Lexicon) -> bool {
        let mut right = String::with_capacity(self.text.len() + 4);
        let mut changed = false;
        for word in self.text.split(' ') {
            if !right.is_empty() {
                right.push(' ');
            }
            if lexicon.is_heading_word(word) || lexicon.is_before_heading(word) {
                right.push_str(word);
            } else if let Some(near) = lexicon.heading_spelling(word) {
                right.push_str(near);
                changed = true;
            } else {
                return false;
            }
        }
        if changed {
            self.clear();
            for word in right.split(' ') {
                if !self.push(word, lexicon) {
                    return false;
                }
            }
        }
        changed
    }
}

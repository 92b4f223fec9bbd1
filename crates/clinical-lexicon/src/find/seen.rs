//! One look for each word of a note: its number among the words of names, its number among the words of cues, its
//! kinds, and whether names and cues can begin with it or go on with it at all.
//!
//! The tables of names and of cues are kept apart, each with its own way to spell. Here stand the words of both that
//! are plain ([`PlainTable`]). Every other word is looked up in the two tables, with the same answer.

use super::class::Class;
use super::plain::PlainTable;
use super::vocabulary::{Vocabulary, WordId};
use crate::{Cues, names};

/// What is known of a word of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Its number among the words of names.
    pub name: WordId,
    /// Its number among the words of cues of notes.
    pub cue: u16,
    bits: u32,
}

/// The bits of [`Seen`] that are no kinds of words.
const BEGINS_NAME: u32 = 1 << 27;
const WITHIN_NAME: u32 = 1 << 28;
const BEGINS_CONTEXT: u32 = 1 << 29;
const WITHIN_CONTEXT: u32 = 1 << 30;
const BEGINS_TEST: u32 = 1 << 31;
const KINDS: u32 = BEGINS_NAME - 1;

impl Seen {
    /// Its kinds.
    #[must_use]
    pub const fn class(self) -> Class {
        Class(self.bits & KINDS)
    }

    /// Whether a name may begin with it.
    #[must_use]
    pub const fn begins_name(self) -> bool {
        self.bits & BEGINS_NAME != 0
    }

    /// Whether a name may go on with it.
    #[must_use]
    pub const fn is_within_name(self) -> bool {
        self.bits & WITHIN_NAME != 0
    }

    /// Whether a cue of the context may begin with it.
    #[must_use]
    pub const fn begins_context(self) -> bool {
        self.bits & BEGINS_CONTEXT != 0
    }

    /// Whether a cue of the context may go on with it.
    #[must_use]
    pub const fn is_within_context(self) -> bool {
        self.bits & WITHIN_CONTEXT != 0
    }

    /// Whether the name of a test may begin with it.
    #[must_use]
    pub const fn begins_test(self) -> bool {
        self.bits & BEGINS_TEST != 0
    }
}

/// The plain words of names and cues.
#[derive(Debug)]
pub(crate) struct SeenWords(PlainTable<Seen>);

const NOBODY: Seen = Seen { name: WordId::UNKNOWN, cue: Cues::UNKNOWN, bits: 0 };

impl SeenWords {
    /// The words of both tables, and those that names of tests begin with.
    pub(crate) fn new(vocabulary: &Vocabulary, cues: &Cues, tests: impl Iterator<Item = &'static str> + Clone) -> Self {
        // Many stand in more than one table.
        let most = tests.clone().count() + vocabulary.words.all().count() + cues.all_words().count();
        let mut table = PlainTable::new(most, NOBODY);
        let within = (vocabulary.names.within(), vocabulary.cues.within());
        let mut add = |word: &str, more: u32| {
            let name = vocabulary.word(word);
            let at = usize::from(name.0);
            let bit = |is: bool, bit: u32| if is { bit } else { 0 };
            let bits = vocabulary.classes.get(at).copied().unwrap_or_default()
                | bit(vocabulary.names.begin(name).is_some(), BEGINS_NAME)
                | bit(vocabulary.cues.begin(name).is_some(), BEGINS_CONTEXT)
                | bit(within.0.get(at).is_some_and(|is| *is), WITHIN_NAME)
                | bit(within.1.get(at).is_some_and(|is| *is), WITHIN_CONTEXT)
                | more;
            if let Some(seen) = table.entry(word) {
                *seen = Seen { name, cue: cues.number(word), bits: bits | seen.bits };
            }
        };
        for name in tests {
            add(names::normalise(name).split(' ').next().unwrap_or_default(), BEGINS_TEST);
        }
        vocabulary.words.all().for_each(|word| add(word, 0));
        cues.all_words().for_each(|word| add(word, 0));
        Self(table)
    }
}

impl crate::Lexicon {
    /// What is known of the word, number or mark in these bytes of a text, any case. `is_word` where it is of letters.
    #[must_use]
    pub fn see(&self, text: &str, start: usize, end: usize, is_word: bool) -> Seen {
        match self.seen().0.find(text, start, end, is_word) {
            Some(seen) => seen,
            None => self.see_any(text.get(start..end).unwrap_or_default()),
        }
    }

    /// The same of a word that is not plain: what it begins and goes on with is for the tables to say.
    fn see_any(&self, word: &str) -> Seen {
        let name = self.vocabulary().word(word);
        let class = self.vocabulary().classes.get(usize::from(name.0)).copied().unwrap_or_default();
        Seen { name, cue: self.cues().number(word), bits: class | !KINDS }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cues, Lexicon, WordId};

    /// The answers of the two tables themselves.
    fn apart(lexicon: &Lexicon, word: &str) -> (WordId, u16) {
        (lexicon.vocabulary().word(word), lexicon.cues().number(word))
    }

    #[test]
    fn every_word_is_known_as_its_tables_know_it() {
        let lexicon = Lexicon::english().unwrap();
        let vocabulary = lexicon.vocabulary();
        let mut known = 0;
        let of_cues = lexicon.cues().all_words().map(str::to_owned);
        // What tokens are: letters, or something without any.
        let is_letter = |c: char| c.is_alphabetic() || c == '\'';
        let is_token = |w: &String| w.chars().all(is_letter) || !w.chars().any(char::is_alphabetic);
        for word in vocabulary.words.all().map(str::to_owned).chain(of_cues).filter(is_token) {
            let is_word = word.chars().all(is_letter) && word != "'";
            let longer = format!("{word}{}", if is_word { 'q' } else { '7' });
            let forms = [word.clone(), word.to_uppercase(), format!("{word}, and then some"), longer];
            for (form, end) in forms.iter().zip([None, None, Some(word.len()), None]) {
                let end = end.unwrap_or(form.len());
                let seen = lexicon.see(form, 0, end, is_word);
                assert_eq!((seen.name, seen.cue), apart(lexicon, &form[..end]), "{form}");
                let class = vocabulary.classes.get(usize::from(seen.name.0)).copied().unwrap_or_default();
                assert_eq!(seen.class().0, class, "{form}");
                let names = vocabulary.names();
                assert!(seen.begins_name() || names.begin(seen.name).is_none(), "{form}");
                assert!(seen.begins_context() || vocabulary.cues().begin(seen.name).is_none(), "{form}");
                known += usize::from(seen.name != WordId::UNKNOWN || seen.cue != Cues::UNKNOWN);
            }
        }
        assert!(known > 10_000, "{known}");
    }

    #[test]
    fn whatever_no_table_has_begins_nothing() {
        let lexicon = Lexicon::english().unwrap();
        let seen = lexicon.see("xyzzyx", 0, 6, true);
        assert_eq!((seen.name, seen.cue, seen.class().0), (WordId::UNKNOWN, Cues::UNKNOWN, 0));
        assert!(!(seen.begins_name() || seen.is_within_name() || seen.begins_test()));
        assert!(!(seen.begins_context() || seen.is_within_context()));
        for word in ["Hemoglobin", "K", "blood"] {
            assert!(lexicon.see(word, 0, word.len(), true).begins_test(), "{word}");
        }
        for word in ["Crohn's", "crohn\u{2019}s", "d\u{e9}j\u{e0}", "'", "\u{2192}", "", "pneumonoultramicroscopic"] {
            let seen = lexicon.see(word, 0, word.len(), true);
            assert_eq!((seen.name, seen.cue), apart(lexicon, word), "{word}");
        }
    }
}

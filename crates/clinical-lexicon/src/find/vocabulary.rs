//! Every word that names or cues in running text have, and the ways from word to word that make a name or a cue.
//!
//! One look-up for each word of a text gives its number; all else goes by numbers, so that nothing is copied or
//! compared again. A word that no name and no cue has costs that one look-up.

use super::class::Class;
use super::spelling;
use super::ways::{Place, Ways};

/// The number of a word; none for words of no name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct WordId(pub(crate) u16);

impl WordId {
    /// No name and no cue has the word.
    pub const UNKNOWN: Self = Self(0);
    /// Any number, in cues.
    pub const NUMBER: Self = Self(1);
    /// A year, in cues.
    pub const YEAR: Self = Self(2);

    /// The number itself.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize
    }
}

/// What a run of words names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NameEnd {
    pub(crate) term: u16,
    pub(crate) medicine: u16,
    pub(crate) test: u16,
    pub(crate) marks: u16,
}

impl NameEnd {
    pub(crate) const NONE: u16 = u16::MAX;
    const FINDING: u16 = 1;
    const NEVER: u16 = 2;
    const CLASS: u16 = 4;
    const DOUBTFUL: u16 = 8;
    pub(crate) const INGREDIENT: u16 = 16;
    const UNNAMED: u16 = 32;
    const PROBLEM: u16 = 64;

    const fn has(self, mark: u16) -> bool {
        self.marks & mark != 0
    }

    /// A finding or problem of a note.
    #[must_use]
    pub const fn is_problem(self) -> bool {
        self.has(Self::FINDING) || self.term != Self::NONE && self.has(Self::PROBLEM) && !self.has(Self::UNNAMED)
    }

    /// A name of the lexicon that is a word of every day, or says more than a finding.
    #[must_use]
    pub const fn is_unnamed(self) -> bool {
        self.has(Self::UNNAMED) && !self.has(Self::FINDING)
    }

    /// Something done.
    #[must_use]
    pub const fn is_procedure(self) -> bool {
        self.term != Self::NONE && !self.has(Self::PROBLEM)
    }

    /// A medicine, a class of medicines or a supplement.
    #[must_use]
    pub const fn is_medicine(self) -> bool {
        self.medicine != Self::NONE || self.has(Self::CLASS)
    }

    /// A medicine only where more than the name says so.
    #[must_use]
    pub const fn is_doubtful(self) -> bool {
        self.has(Self::DOUBTFUL)
    }

    /// The name of an ingredient or of a class, and not a brand.
    #[must_use]
    pub const fn is_generic(self) -> bool {
        self.has(Self::INGREDIENT) || self.has(Self::CLASS)
    }

    /// A test or vital sign.
    #[must_use]
    pub const fn is_test(self) -> bool {
        self.test != Self::NONE
    }

    /// A phrase that holds the name of a finding and is none.
    #[must_use]
    pub const fn is_never(self) -> bool {
        self.has(Self::NEVER)
    }
}

/// The words of all names and cues.
#[derive(Debug)]
pub(crate) struct Words {
    /// A power of two places; each the number of a word below sixteen bits of its print, 0 for none.
    pub(crate) slots: &'static [u32],
    pub(crate) text: &'static str,
    /// One more than there are words; word 0 is empty.
    pub(crate) starts: &'static [u32],
}

impl Words {
    fn get(&self, id: usize) -> Option<&'static str> {
        self.text.get(*self.starts.get(id)? as usize..*self.starts.get(id + 1)? as usize)
    }

    /// Every word.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        (1..self.starts.len().saturating_sub(1)).filter_map(|id| self.get(id))
    }

    fn find(&self, word: &str) -> WordId {
        let print = spelling::print(word);
        let is_ascii = word.is_ascii();
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = print as usize & mask;
        while let Some(slot) = self.slots.get(at).copied().filter(|slot| *slot != 0) {
            let id = slot & 0xffff;
            let is_it = slot >> 16 == print >> 16
                && self.get(id as usize).is_some_and(|known| {
                    if is_ascii && known.len() == word.len() {
                        known.eq_ignore_ascii_case(word)
                    } else if is_ascii {
                        known.bytes().eq(word.bytes().filter(|b| *b != b'\'').map(|b| b.to_ascii_lowercase()))
                    } else {
                        known.chars().eq(spelling::letters(word))
                    }
                });
            if is_it {
                return WordId(id as u16);
            }
            at = (at + 1) & mask;
        }
        WordId::UNKNOWN
    }
}

/// Ends of words with what they say, sorted by their last letter.
#[derive(Debug)]
pub(crate) struct Endings {
    /// For the letters a to z, the first ending with that last letter; one more than letters.
    pub(crate) starts: &'static [u16],
    pub(crate) list: &'static [(&'static str, u32)],
}

/// The words, names and cues of a language, as a text is read with them.
#[derive(Debug)]
pub struct Vocabulary {
    pub(crate) words: Words,
    pub(crate) classes: &'static [u32],
    pub(crate) names: Ways,
    pub(crate) name_ends: &'static [NameEnd],
    pub(crate) endings: Endings,
    pub(crate) cues: Ways,
    pub(crate) cue_ends: &'static [super::context::CueEnd],
    pub(crate) rules: &'static [super::context::CueRule],
    pub(crate) sections: &'static [super::context::SectionRule],
}

impl Vocabulary {
    /// The number of a word, any case.
    #[must_use]
    pub fn word(&self, word: &str) -> WordId {
        self.words.find(word)
    }

    /// The kinds of a word: as listed, or, for a word that no name has, by its ending.
    #[must_use]
    pub fn class(&self, id: WordId, word: &str) -> Class {
        if id != WordId::UNKNOWN {
            return Class(self.classes.get(usize::from(id.0)).copied().unwrap_or_default());
        }
        let bytes = word.as_bytes();
        let Some(last) = bytes.last().map(u8::to_ascii_lowercase).filter(|b| b.is_ascii_lowercase()) else {
            return Class::default();
        };
        if bytes.len() < 6 {
            return Class::default();
        }
        let at = usize::from(last - b'a');
        let range = |at: usize| self.endings.starts.get(at).map_or(0, |n| usize::from(*n));
        let list = self.endings.list.get(range(at)..range(at + 1)).unwrap_or_default();
        let ends = |ending: &str| {
            bytes
                .len()
                .checked_sub(ending.len())
                .filter(|n| *n >= 2)
                .and_then(|n| bytes.get(n..))
                .is_some_and(|tail| tail.eq_ignore_ascii_case(ending.as_bytes()))
        };
        list.iter().find(|(ending, _)| ends(ending)).map_or_else(Class::default, |(_, class)| Class(*class))
    }

    /// The ways of names.
    #[must_use]
    pub const fn names(&self) -> &Ways {
        &self.names
    }

    /// What ends at a place of a name.
    #[must_use]
    pub fn name_end(&self, place: Place) -> Option<NameEnd> {
        self.name_ends.get(self.names.end(place)?).copied()
    }

    /// The ways of cues.
    #[must_use]
    pub const fn cues(&self) -> &Ways {
        &self.cues
    }

    /// What ends at a place of a cue.
    #[must_use]
    pub fn cue_end(&self, place: Place) -> Option<&'static super::context::CueEnd> {
        self.cue_ends.get(self.cues.end(place)?)
    }

    /// A rule by its number.
    #[must_use]
    pub fn rule(&self, number: u16) -> Option<&'static super::context::CueRule> {
        self.rules.get(usize::from(number))
    }

    /// What sections say of what they hold.
    #[must_use]
    pub const fn sections(&self) -> &'static [super::context::SectionRule] {
        self.sections
    }
}

impl crate::Lexicon {
    /// The problem or procedure of a name.
    #[must_use]
    pub fn term_at(&self, end: NameEnd) -> Option<&'static crate::TermWords> {
        self.all_terms().get(usize::from(end.term))
    }

    /// The medicine of a name.
    #[must_use]
    pub fn medicine_at(&self, end: NameEnd) -> Option<&'static crate::MedicineWords> {
        self.all_medicines().get(usize::from(end.medicine))
    }

    /// The test of a name.
    #[must_use]
    pub fn test_at(&self, end: NameEnd) -> Option<&'static crate::TestWords> {
        self.all_tests().get(usize::from(end.test))
    }
}

#[cfg(test)]
mod tests {
    use super::{Class, WordId};
    use crate::Lexicon;

    fn class(word: &str) -> Class {
        let vocabulary = Lexicon::english().unwrap().vocabulary();
        vocabulary.class(vocabulary.word(word), word)
    }

    #[test]
    fn a_word_is_found_in_any_case_and_with_any_apostrophe() {
        let vocabulary = Lexicon::english().unwrap().vocabulary();
        let crohns = vocabulary.word("crohns");
        assert_ne!(crohns, WordId::UNKNOWN);
        for word in ["Crohn's", "CROHN\u{2019}S"] {
            assert_eq!(vocabulary.word(word), crohns, "{word}");
        }
        assert_eq!(vocabulary.word("xyzzyx"), WordId::UNKNOWN);
        assert_eq!(vocabulary.word(""), WordId::UNKNOWN);
    }

    #[test]
    fn unknown_words_have_the_class_of_their_end() {
        assert!(class("sphenopalatinitis").is(Class::HEAD));
        assert!(class("Lumazopril").is(Class::MEDICINE));
        for word in ["diagnosis", "empathy", "thomas", "pril", "xyzzyx"] {
            assert!(!class(word).is(Class::HEAD.or(Class::MEDICINE)), "{word}");
        }
    }

    #[test]
    fn nouns_stand_for_more_than_one() {
        for word in ["fractures", "allergies", "metastases", "biopsies", "masses"] {
            assert_eq!(class(word).is(Class::HEAD), word != "biopsies", "{word}");
        }
    }

    #[test]
    fn the_longest_name_goes_on_from_word_to_word() {
        let vocabulary = Lexicon::english().unwrap().vocabulary();
        let ways = vocabulary.names();
        let chest = ways.begin(vocabulary.word("chest")).unwrap();
        let pain = ways.step(chest, vocabulary.word("pain")).unwrap();
        assert!(vocabulary.name_end(pain).unwrap().is_problem());
        assert!(ways.step(chest, vocabulary.word("metformin")).is_none());
        assert!(ways.begin(WordId::UNKNOWN).is_none());
    }
}

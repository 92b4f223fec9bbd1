//! Words for reading a prescriber's shorthand: misspellings, words of two readings, and what a sentence says of a
//! medicine.

use crate::tables::{ABBREVIATIONS, SIG};
use std::sync::LazyLock;

/// What a sentence says of a medicine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Said {
    /// The words look like one of the others and say nothing of a medicine ("stop smoking").
    Nothing,
    /// It begins, or is to be taken.
    Start,
    /// It goes on.
    Continue,
    /// Another amount of it.
    Change,
    /// More of it is handed out.
    Refill,
    /// Another takes its place, or it takes another's.
    Switch,
    /// It ends.
    Stop,
    /// Not for now.
    Hold,
    /// It must not be taken.
    Avoid,
    /// The patient does not take it.
    NotTaking,
    /// The patient takes it, or took it up.
    Taking,
    /// It was taken once.
    Past,
    /// Staff gave it.
    Given,
    /// Somebody thinks of it, or it depends on something.
    Consider,
    /// It was not wanted, or is not needed.
    Decline,
    /// The patient does not bear it.
    Allergy,
}

/// Words with one meaning, and how they are tested.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cue {
    /// What they say.
    pub means: Said,
    /// They speak of now or of what is to come.
    pub order: bool,
    /// The medicine stands before them.
    pub after: bool,
    /// Sentences about lisinopril in which they are found.
    pub matches: &'static [&'static str],
    /// Sentences in which this is not said.
    pub never: &'static [&'static str],
}

/// The words of `sig.toml`. Every list is sorted; phrases have single blanks.
#[derive(Clone, Copy, Debug)]
pub struct SigWords {
    /// Words of two readings.
    pub ambiguous: &'static [&'static str],
    /// Forms of products.
    pub forms: &'static [&'static str],
    /// How a product releases.
    pub releases: &'static [&'static str],
    /// Words between the parts of directions.
    pub fillers: &'static [&'static str],
    /// Words that may change directions read before them.
    pub alters: &'static [&'static str],
    /// First words of a clause of its own.
    pub subjects: &'static [&'static str],
    /// Words behind "for" that begin no reason.
    pub no_reason: &'static [&'static str],
    /// Words before a reason.
    pub reason: &'static [&'static str],
    /// Words of a supply.
    pub supply: &'static [&'static str],
    /// How much of a cream, where nobody measures.
    pub layers: &'static [&'static str],
    /// Places that say more than a way of taking.
    pub sites: &'static [&'static str],
    /// First words of a sentence that goes on with directions.
    pub continuing: &'static [&'static str],
    /// Ways of giving that are staff's.
    pub staff_routes: &'static [&'static str],
    /// Places where staff gives, and words of haste.
    pub staff_places: &'static [&'static str],
    /// Verbs of who gives.
    pub staff_verbs: &'static [&'static str],
    /// One dose and no more.
    pub one_time: &'static [&'static str],
    /// In the heading of a list of stopped medicines.
    pub heading_stopped: &'static [&'static str],
    /// In the heading of a list of held ones.
    pub heading_held: &'static [&'static str],
    /// In the heading of a list of earlier ones.
    pub heading_before: &'static [&'static str],
    /// In the heading of a list of what staff gave.
    pub heading_given: &'static [&'static str],
    /// In the heading of a list of no medicines to take.
    pub heading_none: &'static [&'static str],
    /// Misspelled and right.
    pub spelling: &'static [(&'static str, &'static str)],
    /// The cues.
    pub cues: &'static [Cue],
    /// Words before a medicine, with the cue by its place.
    pub before: &'static [(&'static str, usize)],
    /// Words behind a medicine, with the cue by its place.
    pub after: &'static [(&'static str, usize)],
}

/// The words of `abbreviations.toml`.
#[derive(Debug)]
pub(crate) struct AbbreviationWords {
    pub(crate) short: &'static [(&'static str, &'static str)],
    /// Plain words, forms that have them, forms that do not.
    #[cfg_attr(not(test), expect(dead_code, reason = "examples for the tests"))]
    pub(crate) examples: &'static [(&'static str, &'static [&'static str], &'static [&'static str])],
    #[cfg_attr(not(test), expect(dead_code, reason = "for the tests; what is not listed as short has no expansion"))]
    pub(crate) ambiguous: &'static [&'static str],
}

/// The words for reading directions of notes in English.
#[must_use]
pub const fn sig() -> &'static SigWords {
    &SIG
}

/// Marks for words by their length, first two bytes and last: most words are in no table and are told apart by one look.
struct Looks([u64; 32]);

impl Looks {
    fn of(words: impl Iterator<Item = &'static str>) -> Self {
        let mut marks = [0; 32];
        for at in words.map(Self::place) {
            marks[at >> 6] |= 1 << (at & 63);
        }
        Self(marks)
    }

    fn place(word: &str) -> usize {
        let bytes = word.as_bytes();
        let byte = |at: usize| usize::from(bytes.get(at).copied().unwrap_or_default());
        (byte(0) * 67 + byte(1) * 13 + byte(bytes.len().saturating_sub(1)) * 5 + bytes.len()) & 0x7ff
    }

    fn may_hold(&self, word: &str) -> bool {
        let at = Self::place(word);
        self.0[at >> 6] >> (at & 63) & 1 == 1
    }
}

static MISSPELLED: LazyLock<Looks> = LazyLock::new(|| Looks::of(SIG.spelling.iter().map(|(wrong, _)| *wrong)));
/// The right spelling of a misspelled word of directions (lower case). `None` where it is not known to be one.
#[must_use]
pub fn spelling(word: &str) -> Option<&'static str> {
    if !MISSPELLED.may_hold(word) {
        return None;
    }
    let found = SIG.spelling.binary_search_by(|(wrong, _)| (*wrong).cmp(word)).ok()?;
    SIG.spelling.get(found).map(|(_, right)| *right)
}

/// The plain words for an abbreviation of directions, in any case, with or without points. `None` where it is not
/// known, or has two readings: then it stands as it was written.
#[must_use]
pub fn expansion(abbreviation: &str) -> Option<&'static str> {
    let key: String = abbreviation.trim().chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect();
    // "a" and "P.O.T." are words with points.
    let found = ABBREVIATIONS.short.binary_search_by(|(short, _)| (*short).cmp(&key)).ok()?;
    ABBREVIATIONS.short.get(found).map(|(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_of_a_table_is_missed_by_a_look() {
        assert!(SIG.spelling.iter().all(|(wrong, right)| spelling(wrong) == Some(right)));
        let others = ["kidney", "she", "blood", "yesterday", "swelling", "knee", "the", "reports", "ankle", "visit"];
        assert!(others.iter().filter(|word| MISSPELLED.may_hold(word)).count() < 4, "most words are told apart");
    }

    #[test]
    fn every_abbreviation_keeps_its_examples() {
        assert!(ABBREVIATIONS.examples.len() > 30);
        for (plain, matches, never) in ABBREVIATIONS.examples {
            assert!(!matches.is_empty() && !never.is_empty(), "{plain} has no examples");
            for form in *matches {
                assert_eq!(expansion(form), Some(*plain), "{form}");
            }
            for form in *never {
                assert_ne!(expansion(form), Some(*plain), "{form}");
            }
        }
    }

    #[test]
    fn what_has_two_readings_stands_as_written() {
        for word in ABBREVIATIONS.ambiguous {
            assert_eq!(expansion(word), None, "{word}");
        }
        for word in ["OD", "o.d.", "U", "MS", "HS", "h.s.", "D/C", "u/s", "AU", "TIW", ""] {
            assert_eq!(expansion(word), None, "{word}");
        }
    }

    #[test]
    fn no_misspelling_is_a_word_of_directions_or_becomes_a_number() {
        let dosing = crate::Lexicon::english().unwrap().dosing();
        for (wrong, right) in SIG.spelling {
            assert!(!dosing.units.contains_key(*wrong) && !dosing.text.numbers.contains_key(*wrong), "{wrong}");
            assert!(!dosing.text.numbers.contains_key(*right), "{right}");
            assert_eq!(spelling(wrong), Some(*right));
            assert_eq!(spelling(right), None);
        }
    }

    #[test]
    fn no_word_of_two_readings_is_read() {
        for word in SIG.ambiguous {
            assert_eq!(expansion(word), None, "{word}");
        }
    }
}

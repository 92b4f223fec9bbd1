//! Names of problems, procedures, medicines and tests in running text.
//!
//! A place to look, and nothing more: whether a text denies the problem, suspects it, or tells of a relative's, is not
//! decided here. Only whole wordings count, the longest first, and no wording is shortened.

use super::spelling;
use super::vocabulary::{NameEnd, Vocabulary, WordId};
use crate::tables::Tables;
use crate::{Lexicon, TermKind};

/// What a text names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NamedKind {
    /// A medicine.
    Medicine,
    /// A test or vital sign.
    Test,
    /// A problem, finding or symptom.
    Problem,
    /// A procedure or kind of visit.
    Procedure,
}

/// A name in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Named {
    /// First byte of the name.
    pub start: usize,
    /// The byte behind it.
    pub end: usize,
    /// What it names.
    pub kind: NamedKind,
    /// The lexicon's own name for it.
    pub name: &'static str,
    /// A code for it: SNOMED CT for problems and procedures, RxNorm for medicines, LOINC for tests.
    pub code: Option<&'static str>,
}

/// A single word that names a test or a problem only by its short form ("K", "MI") is not taken from running text.
const SHORTEST: usize = 4;

/// A word of a text.
#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    id: WordId,
    /// No name goes over what stands behind it.
    is_last: bool,
    /// It goes on in the next word ("B" of "B12").
    is_part: bool,
}

/// A name that ends there.
struct Hit {
    words: usize,
    kind: NamedKind,
    name: &'static str,
    code: Option<&'static str>,
}

impl Lexicon {
    /// The names that a running text holds, in order, none inside another. Time is linear in the text.
    ///
    /// `stop` is asked now and then; once it says yes, the names found so far are given.
    #[must_use]
    pub fn named_in(&self, text: &str, stop: &dyn Fn() -> bool) -> Vec<Named> {
        let words = words(self.vocabulary(), text);
        let mut found = Vec::new();
        let (mut at, mut turns) = (0, 0usize);
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            turns += 1;
            if turns.is_multiple_of(4096) && stop() {
                break;
            }
            let begins_inside = at > 0 && words[at - 1].is_part;
            let Some(hit) = (!begins_inside).then(|| self.hit(text, rest)).flatten() else {
                at += 1;
                continue;
            };
            let (start, end) = (rest[0].start, rest[hit.words - 1].end);
            found.push(Named { start, end, kind: hit.kind, name: hit.name, code: hit.code });
            at += hit.words;
        }
        found
    }

    /// The longest name that begins with the first of these words; of equals a medicine, then a test.
    fn hit(&self, text: &str, near: &[Word]) -> Option<Hit> {
        let (vocabulary, tables) = (self.vocabulary(), self.tables());
        let ways = vocabulary.names();
        let first = near.first()?;
        let mut place = ways.begin(first.id)?;
        let mut best: Option<Hit> = None;
        // How many words of the text as a reader counts them: "B12" is one.
        let mut whole = 0;
        for (i, word) in near.iter().enumerate() {
            if i > 0 {
                let Some(next) = ways.step(place, word.id) else { break };
                place = next;
            }
            if !word.is_part {
                whole += 1;
                let is_long = whole > 1 || word.end - first.start >= SHORTEST;
                let name = text.get(first.start..word.end).unwrap_or_default();
                if let Some(end) = vocabulary.name_end(place).filter(|_| is_long) {
                    best = named(tables, end, name)
                        .map(|(kind, name, code)| Hit { words: i + 1, kind, name, code })
                        .or(best);
                }
            }
            if word.is_last {
                break;
            }
        }
        best
    }
}

/// What a name names, if it is one that a text may be read by.
fn named(tables: &Tables, end: NameEnd, text: &str) -> Option<(NamedKind, &'static str, Option<&'static str>)> {
    let medicine = tables.medicines.get(usize::from(end.medicine)).filter(|_| {
        // Brands are words and names of people, too. An ingredient is neither.
        let is_name = text.starts_with(char::is_uppercase) && text.len() >= 6;
        end.marks & NameEnd::INGREDIENT != 0 || is_name
    });
    if let Some(medicine) = medicine {
        return Some((NamedKind::Medicine, medicine.name, medicine.rxnorm.first()));
    }
    if let Some(test) = tables.tests.get(usize::from(end.test)) {
        return Some((NamedKind::Test, test.name, test.loinc.first()));
    }
    let term = tables.terms.get(usize::from(end.term))?;
    let kind = match term.kind {
        TermKind::Problem => NamedKind::Problem,
        TermKind::Procedure => NamedKind::Procedure,
    };
    Some((kind, term.name, term.snomed.first()))
}

/// The words of a text: runs of letters with the apostrophes inside them, and runs of digits.
fn words(vocabulary: &Vocabulary, text: &str) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let base = text.as_ptr() as usize;
    for word in spelling::words(text) {
        let start = word.as_ptr() as usize - base;
        if let Some(before) = out.last_mut() {
            let gap = text.get(before.end..start).unwrap_or_default();
            before.is_part = gap.is_empty();
            before.is_last = gap.contains(['.', ';', ':', ',', '\n', '\r', '(', ')', '?', '!']);
        }
        out.push(Word { start, end: start + word.len(), id: vocabulary.word(word), is_last: false, is_part: false });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(&str, NamedKind)> {
        let lexicon = Lexicon::english().unwrap();
        lexicon.named_in(text, &|| false).into_iter().map(|n| (&text[n.start..n.end], n.kind)).collect()
    }

    #[test]
    fn whole_names_are_found_the_longest_first() {
        use NamedKind::{Medicine, Problem};
        assert_eq!(
            named("Type 2 diabetes mellitus, on metformin 500 mg; no chest pain."),
            [("Type 2 diabetes mellitus", Problem), ("metformin", Medicine), ("chest pain", Problem)]
        );
        assert_eq!(named("Alzheimer's disease"), [("Alzheimer's disease", Problem)]);
    }

    #[test]
    fn a_name_does_not_go_over_a_mark() {
        assert!(!named("He had a heart. Failure is no option.").iter().any(|(text, _)| text.contains("Failure")));
    }

    #[test]
    fn short_forms_and_common_words_are_not_taken() {
        for text in ["", "...", "He may go home at 5 p.m. with K.", "MI or no MI"] {
            assert_eq!(named(text), [], "{text}");
        }
    }

    #[test]
    fn it_ends_when_asked() {
        let lexicon = Lexicon::english().unwrap();
        let text = "asthma and ".repeat(10_000);
        assert!(lexicon.named_in(&text, &|| true).len() < 5_000);
        assert_eq!(lexicon.named_in(&text, &|| false).len(), 10_000);
    }
}

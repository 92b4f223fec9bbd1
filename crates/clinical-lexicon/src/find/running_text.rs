//! Names of problems, procedures, medicines and tests in running text.
//!
//! A place to look, and nothing more: whether a text denies the problem, suspects it, or tells of a relative's, is not
//! decided here. Only whole wordings count, the longest first, and no wording is shortened.

use crate::{Lexicon, TermKind, names};

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

/// More words than any name of the lexicon has.
const LONGEST: usize = 16;

/// A single word that names a test or a problem only by its short form ("K", "MI") is not taken from running text.
const SHORTEST: usize = 4;

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
        let words: Vec<(usize, &str)> = words(text).collect();
        let mut found = Vec::new();
        let (mut at, mut turns) = (0, 0usize);
        while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
            turns += 1;
            if turns.is_multiple_of(4096) && stop() {
                break;
            }
            let near = &rest[..rest.len().min(LONGEST)];
            let Some(hit) = self.hit(text, near) else {
                at += 1;
                continue;
            };
            let (start, (last, word)) = (near[0].0, near[hit.words - 1]);
            found.push(Named { start, end: last + word.len(), kind: hit.kind, name: hit.name, code: hit.code });
            at += hit.words;
        }
        found
    }

    /// The longest name that begins with the first of these words; of equals a medicine, then a test.
    fn hit(&self, text: &str, near: &[(usize, &str)]) -> Option<Hit> {
        let clause = clause(text, near);
        let mut normal = String::with_capacity(64);
        for (_, word) in clause {
            if !normal.is_empty() {
                normal.push(' ');
            }
            normal.push_str(&names::normalise(word));
        }
        let tables = self.tables();
        let words = |length: usize| normal[..length].matches(' ').count() + 1;
        let is_long = |words: usize| words > 1 || near[0].1.len() >= SHORTEST;
        let medicine = tables.medicine_names.longest(&normal).and_then(|(length, entry)| {
            let medicine = tables.medicines.get(usize::from(entry))?;
            // Brands are words and names of people, too. An ingredient is neither.
            let is_ingredient = names::normalise(medicine.name) == normal[..length];
            let is_name = near[0].1.starts_with(char::is_uppercase) && length >= 6;
            (is_ingredient || is_name).then(|| Hit {
                words: words(length),
                kind: NamedKind::Medicine,
                name: medicine.name,
                code: medicine.rxnorm.first().copied(),
            })
        });
        let test = tables.test_names.longest(&normal).map(|(length, entry)| {
            let test = &tables.tests[usize::from(entry)];
            Hit { words: words(length), kind: NamedKind::Test, name: test.name, code: test.loinc.first().copied() }
        });
        let term = tables.term_names.longest(&normal).map(|(length, entry)| {
            let term = &tables.terms[usize::from(entry)];
            let kind = match term.kind {
                TermKind::Problem => NamedKind::Problem,
                TermKind::Procedure => NamedKind::Procedure,
            };
            Hit { words: words(length), kind, name: term.name, code: term.snomed.first().copied() }
        });
        let hits = [medicine, test, term].into_iter().flatten();
        hits.filter(|hit| is_long(hit.words)).reduce(|best, hit| if hit.words > best.words { hit } else { best })
    }
}

/// The words up to the first mark that ends a sentence, a clause or a line: no name goes over one.
fn clause<'w, 't>(text: &str, near: &'w [(usize, &'t str)]) -> &'w [(usize, &'t str)] {
    let ends = |pair: &[(usize, &str)]| {
        let gap = &text[pair[0].0 + pair[0].1.len()..pair[1].0];
        gap.contains(['.', ';', ':', ',', '\n', '\r', '(', ')', '?', '!'])
    };
    let length = near.windows(2).position(ends).map_or(near.len(), |i| i + 1);
    &near[..length]
}

/// Words and the bytes they begin at: letters and digits, with the apostrophes inside them.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’');
    text.split(is_mark).filter_map(move |part| {
        let word = part.trim_matches(['\'', '’']);
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (!word.is_empty()).then_some((start, word))
    })
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

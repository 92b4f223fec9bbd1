//! The lexicon of a language.

use crate::begins::{Begins, FirstWords};
use crate::find::SeenWords;
use crate::tables::{EN, EN_VOCABULARY, Tables};
use crate::{
    Cues, DosingWords, Error, MedicineWords, Message, Phrase, PhrasePart, Readability, TermWords, TestWords,
    VaccineWords, Vocabulary, fluent, names,
};
use clinical_model::Narrative;
use std::sync::{LazyLock, OnceLock};

/// The plain-language data of one language.
#[derive(Debug)]
pub struct Lexicon {
    tables: &'static Tables,
    vocabulary: &'static Vocabulary,
    phrases: Vec<Phrase>,
    numbered: Vec<Narrative>,
    small: Vec<String>,
    /// The counts of phrases that are words of ours and nothing else, by where their words stand, which is a part of the
    /// program and nothing else's place.
    counted: Vec<((usize, usize), Readability)>,
    dosing: DosingWords,
    cues: Cues,
    /// Only notes are read with it, and it is the largest thing here: made when the first of them is.
    seen: OnceLock<SeenWords>,
    first: FirstWords,
}

static ENGLISH: LazyLock<Result<Lexicon, Error>> = LazyLock::new(|| Lexicon::new("en", &EN));

impl Lexicon {
    /// The English lexicon, made once a process.
    ///
    /// # Errors
    /// A fault in the phrases or the words of directions; the tests of this crate make sure that there is none.
    pub fn english() -> Result<&'static Self, Error> {
        ENGLISH.as_ref().map_err(Clone::clone)
    }

    fn new(language: &str, tables: &'static Tables) -> Result<Self, Error> {
        let (file, text) = tables.dosing;
        let mut dosing: DosingWords = toml::from_str(text).map_err(|e| Error::Toml {
            file: file.to_owned(),
            line: e.span().map_or(0, |s| names::line(text, s.start)),
            message: e.message().to_owned(),
        })?;
        dosing.index();
        let phrases = fluent::phrases(language, tables.fluent)?;
        let numbered = numbered(&phrases);
        let small = phrases.iter().map(|phrase| phrase.words().to_lowercase()).collect();
        let counted = counted(&phrases);
        let cues = Cues::read(tables.notes)?;
        let (seen, vocabulary) = (OnceLock::new(), &EN_VOCABULARY);
        let first = FirstWords::new(&dosing);
        Ok(Self { tables, vocabulary, phrases, numbered, small, counted, dosing, cues, seen, first })
    }

    pub(crate) const fn tables(&self) -> &'static Tables {
        self.tables
    }

    /// The words, names and cues that running text is read with.
    #[must_use]
    pub const fn vocabulary(&self) -> &'static Vocabulary {
        self.vocabulary
    }

    /// Which edition of the words this is: a digest of every data file. It stands in every outcome.
    #[must_use]
    pub const fn version(&self) -> &str {
        self.tables.version
    }

    /// How many problems and procedures, medicines, tests and vaccines it explains.
    #[must_use]
    pub const fn counts(&self) -> (usize, usize, usize, usize) {
        let t = self.tables;
        (t.terms.len(), t.medicines.len(), t.tests.len(), t.vaccines.len())
    }

    /// A phrase.
    #[must_use]
    pub fn phrase(&self, message: Message) -> &Phrase {
        &self.phrases[message as usize]
    }

    /// The words of a phrase in small letters.
    #[must_use]
    pub fn small_words(&self, message: Message) -> &str {
        &self.small[message as usize]
    }

    /// Adds words of ours to what is measured. A phrase that every sheet says was counted once for all.
    pub fn measure(&self, words: &str, into: &mut Readability) {
        match self.counted.binary_search_by_key(&stands_at(words), |(at, _)| *at) {
            Ok(known) => self.counted.get(known).into_iter().for_each(|(_, counts)| into.append(*counts)),
            Err(_) => into.add(words),
        }
    }

    /// The words of phrases that have a number in them.
    #[must_use]
    pub fn numbered(&self) -> &[Narrative] {
        &self.numbered
    }

    /// The words of directions.
    #[must_use]
    pub const fn dosing(&self) -> &DosingWords {
        &self.dosing
    }

    /// The cues of notes.
    #[must_use]
    pub const fn cues(&self) -> &Cues {
        &self.cues
    }

    /// The lists of directions of which a word begins a phrase. Small letters, as all words of directions.
    #[must_use]
    pub fn begins(&self, word: &str) -> Begins {
        self.first.begins(word)
    }

    pub(crate) fn seen(&self) -> &SeenWords {
        self.seen.get_or_init(|| {
            let tests = self.tables.tests.iter().flat_map(|test| std::iter::once(test.name).chain(test.also.iter()));
            SeenWords::new(self.vocabulary, &self.cues, tests)
        })
    }

    /// Every problem and procedure.
    #[must_use]
    pub const fn all_terms(&self) -> &'static [TermWords] {
        self.tables.terms
    }

    /// Every medicine.
    #[must_use]
    pub const fn all_medicines(&self) -> &'static [MedicineWords] {
        self.tables.medicines
    }

    /// Every test and vital sign.
    #[must_use]
    pub const fn all_tests(&self) -> &'static [TestWords] {
        self.tables.tests
    }

    /// Every vaccine.
    #[must_use]
    pub const fn all_vaccines(&self) -> &'static [VaccineWords] {
        self.tables.vaccines
    }
}

fn counted(phrases: &[Phrase]) -> Vec<((usize, usize), Readability)> {
    let whole = phrases.iter().filter_map(|phrase| match phrase.parts() {
        [PhrasePart::Words(words)] => Some(words.text()),
        _ => None,
    });
    let mut counted: Vec<_> = whole
        .map(|words| {
            let mut counts = Readability::default();
            counts.add(words);
            (stands_at(words), counts)
        })
        .collect();
    counted.sort_unstable_by_key(|(at, _)| *at);
    counted
}

/// Where a text stands, and how long it is.
fn stands_at(text: &str) -> (usize, usize) {
    (text.as_ptr().addr(), text.len())
}

fn numbered(phrases: &[Phrase]) -> Vec<Narrative> {
    let words = phrases.iter().flat_map(Phrase::all_words);
    words.filter(|words| words.text().chars().any(char::is_numeric)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, Readability};
    use crate::Message;

    #[test]
    fn a_phrase_that_was_counted_before_counts_as_its_words_do() {
        let lexicon = Lexicon::english().unwrap();
        let mut known = 0;
        for message in Message::ALL {
            let phrase = lexicon.phrase(*message);
            let (mut plain, mut measured) = (Readability::default(), Readability::default());
            for words in phrase.all_words() {
                plain.add(words.text());
                lexicon.measure(words.text(), &mut measured);
                let copy = words.text().to_owned();
                plain.add(&copy);
                lexicon.measure(&copy, &mut measured);
            }
            assert_eq!(plain, measured, "{}", message.id());
            known += usize::from(phrase.slots().is_empty());
        }
        assert!(known > 50 && lexicon.counted.len() > 50, "{known}");
    }
}

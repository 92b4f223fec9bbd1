//! The lexicon of a language.

use crate::begins::{Begins, FirstWords};
use crate::find::SeenWords;
use crate::tables::{EN, EN_VOCABULARY, Tables};
use crate::{
    Cues, DosingWords, Error, MedicineWords, Message, Phrase, TermWords, TestWords, VaccineWords, Vocabulary, fluent,
    names,
};
use clinical_model::Narrative;
use std::sync::LazyLock;

/// The plain-language data of one language.
#[derive(Debug)]
pub struct Lexicon {
    tables: &'static Tables,
    vocabulary: &'static Vocabulary,
    phrases: Vec<Phrase>,
    numbered: Vec<Narrative>,
    small: Vec<String>,
    dosing: DosingWords,
    cues: Cues,
    seen: SeenWords,
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
        let cues = Cues::read(tables.notes)?;
        let tests = tables.tests.iter().flat_map(|test| std::iter::once(&test.name).chain(test.also));
        let seen = SeenWords::new(&EN_VOCABULARY, &cues, tests.copied());
        let first = FirstWords::new(&dosing);
        Ok(Self { tables, vocabulary: &EN_VOCABULARY, phrases, numbered, small, dosing, cues, seen, first })
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

    pub(crate) const fn seen(&self) -> &SeenWords {
        &self.seen
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

fn numbered(phrases: &[Phrase]) -> Vec<Narrative> {
    let words = phrases.iter().flat_map(Phrase::all_words);
    words.filter(|words| words.text().chars().any(char::is_numeric)).cloned().collect()
}

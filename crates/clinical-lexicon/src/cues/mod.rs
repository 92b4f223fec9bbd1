//! Cues of notes: short patterns of words and what they say of the sentence they stand in.
//!
//! The rules are data (`data/<language>/notes/*.toml`), each with examples that it must and must not match. A pattern
//! is a row of elements: a word; `a|b` one of several; `<name>` one of a class; `#` a number; `..` up to three words of
//! any kind; `...` up to six, over commas too; `word?` a word that may be missing; `^` at the front, where a sentence, an
//! item or what follows a label begins. No gap goes over another mark but those inside words
//! and abbreviations. All patterns are tried at once: a word that begins none of them
//! costs one look-up, and no pattern looks further than its own few words, so the time is linear.

mod file;
mod pattern;
mod sketch;
mod vocabulary;

use crate::Error;
use file::CueFile;
use pattern::{Element, Pattern};
use serde::Deserialize;
use sketch::{Near, Sketch};
use vocabulary::Vocabulary;

/// What a cue says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cue {
    /// A judgement.
    Assessment,
    /// Something that will be done.
    Plan,
    /// A medicine is started, stopped, changed, held or goes on, if the sentence names one.
    MedicineChange,
    /// When and with whom the patient is seen again.
    FollowUp,
    /// When the patient should get help.
    ReturnPrecaution,
    /// What a test showed.
    Result,
    /// What a test showed is not as it should be.
    Abnormal,
    /// What a test showed is as it should be.
    Normal,
    /// Something that the patient is told to do or not to do.
    Advice,
    /// A sentence that stands in every note and carries nothing ("All questions were answered").
    Stock,
    /// A visit that is booked.
    Booked,
    /// A visit that took place or is taking place now.
    PastVisit,
    /// Nobody knows of an allergy.
    NoAllergy,
    /// Whether there is an allergy was not found out.
    AllergyNotAsked,
    /// What follows is what the patient is allergic to.
    AllergicTo,
    /// A number that follows is a limit or a goal and not what was found.
    Limit,
    /// What follows is a relative's.
    Relative,
}

/// Lists of words that are asked one by one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordList {
    /// Stands between a test and its value and says nothing ("is", "of", "level").
    Link,
    /// May stand behind a value that is complete ("and", "today").
    After,
    /// Says that a number is not exact ("about").
    About,
    /// Says more or less of a state ("mildly").
    Degree,
    /// Compares: "over", "under".
    Compare,
    /// A state that stands for a value ("negative").
    State,
    /// A state that is a reading of a number as well ("elevated").
    Reading,
    /// A flag of a laboratory ("H").
    Flag,
    /// Introduces a reference range ("ref").
    Reference,
    /// Introduces an earlier value ("previously").
    Earlier,
    /// A month.
    Month,
    /// A title before a name ("Dr").
    Title,
    /// Letters behind a name ("MD").
    Credential,
    /// What an allergy does ("hives").
    Reaction,
    /// Comes before a list of what the patient is allergic to and says nothing ("drugs").
    AllergyWord,
    /// A measure that a number alone does not make ("weight" of a weight that is lifted).
    NeedsLink,
    /// A word before the name of a test that makes it another test ("CSF").
    Qualifier,
    /// A word that makes a weight one that is lifted or lost.
    NotMeasured,
    /// A word without which a sentence outside the section of allergies tells of none ("allergic").
    TellsOfAllergy,
    /// A word that stands for a medicine ("antibiotic").
    StandsForMedicine,
    /// A word behind the number of a dose ("mg").
    DoseUnit,
    /// What an age is counted in ("year" of "54-year-old").
    AgeUnit,
    /// An age in short ("yo").
    AgeShort,
    /// Introduces why somebody came ("presents").
    Presents,
}

/// A cue found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CueHit {
    /// What it says.
    pub cue: Cue,
    /// It says so in every section.
    pub strong: bool,
    /// The first word of it, by its place among the words given.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
}

/// A rule of the data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CueRule {
    /// What it says.
    pub means: Cue,
    /// It says so in every section.
    pub strong: bool,
    /// Sentences that it must find something in.
    pub matches: Vec<String>,
    /// Sentences that it must find nothing in.
    pub never: Vec<String>,
}

/// All cues of a language.
#[derive(Debug, Default)]
pub struct Cues {
    words: Vocabulary,
    lists: Vec<u32>,
    rules: Vec<CueRule>,
    patterns: Vec<Pattern>,
    /// For each word, where the patterns that begin with it stand among `begins`; one more than there are words.
    starts: Vec<u32>,
    begins: Vec<Beginning>,
}

/// A pattern that begins with a word: what tells at a look that it does not match, and its number.
#[derive(Clone, Copy, Debug)]
struct Beginning {
    next: Near,
    needs: Sketch,
    pattern: u16,
}

impl Cues {
    /// The number of a word that stands in no pattern and no list.
    pub const UNKNOWN: u16 = 0;
    /// The number of every number.
    pub const NUMBER: u16 = 1;
    /// The number of every mark that stands in no pattern.
    pub const MARK: u16 = 2;

    pub(crate) fn read(files: &[(&str, &str)]) -> Result<Self, Error> {
        let mut cues = Self::default();
        for reserved in ["\u{0}unknown", "\u{0}number", "\u{0}mark", ".", ",", "-", "/"] {
            cues.words.add(reserved);
        }
        for (name, text) in files {
            let file: CueFile = CueFile::parse(name, text)?;
            cues.take(name, file)?;
        }
        cues.lists.resize(cues.words.len(), 0);
        let mut begins: Vec<Vec<Beginning>> = vec![Vec::new(); cues.words.len()];
        for (i, pattern) in (0u16..).zip(&cues.patterns) {
            for word in pattern.first() {
                if let Some(list) = begins.get_mut(usize::from(*word)) {
                    list.push(Beginning { next: pattern.next, needs: pattern.needs, pattern: i });
                }
            }
        }
        for list in begins {
            cues.starts.push(u32::try_from(cues.begins.len()).unwrap_or(u32::MAX));
            cues.begins.extend(list);
        }
        cues.starts.push(u32::try_from(cues.begins.len()).unwrap_or(u32::MAX));
        Ok(cues)
    }

    /// The number of a word or mark, whatever its case.
    #[must_use]
    pub fn number(&self, word: &str) -> u16 {
        self.words.find(word).unwrap_or(Self::UNKNOWN)
    }

    /// Every word and mark of the patterns and lists.
    pub(crate) fn all_words(&self) -> impl Iterator<Item = &str> {
        self.words.all()
    }

    /// Whether a word is on a list.
    #[must_use]
    pub fn is(&self, word: u16, list: WordList) -> bool {
        self.lists.get(usize::from(word)).is_some_and(|bits| bits >> list as u32 & 1 == 1)
    }

    /// The rules, for those who test them.
    #[must_use]
    pub fn rules(&self) -> &[CueRule] {
        &self.rules
    }

    /// The cues in a sentence. `words` are the numbers of its words and marks; `begins` says of a place whether a
    /// pattern with `^` may begin there. A cue that one of its exceptions stands beside is left out.
    pub fn hits(&self, words: &[u16], begins: &dyn Fn(usize) -> bool, into: &mut Vec<CueHit>) {
        into.clear();
        let holds = words.iter().fold(Sketch::default(), |sketch, word| sketch.with(*word));
        let mut except: Vec<u16> = Vec::new();
        let mut found: Vec<(u16, usize, usize)> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let list = self.beginning_with(*word);
            if list.is_empty() {
                continue;
            }
            let next = words.get(at + 1).map_or(Near::END, |word| Near::default().with(*word));
            let near = list.iter().filter(|b| b.next.may_have_one_of(next) && b.needs.may_have_one_of(holds));
            for pattern in near.filter_map(|b| self.patterns.get(usize::from(b.pattern))) {
                if pattern.anchored && !begins(at) {
                    continue;
                }
                let Some(end) = self.ends(&pattern.elements, words, at) else { continue };
                if !pattern.is_exception {
                    found.push((pattern.rule, at, end));
                } else if !except.contains(&pattern.rule) {
                    except.push(pattern.rule);
                }
            }
        }
        for (rule, start, end) in found {
            if let Some(r) = self.rules.get(usize::from(rule)).filter(|_| !except.contains(&rule)) {
                into.push(CueHit { cue: r.means, strong: r.strong, start, end });
            }
        }
    }

    /// The patterns that begin with a word.
    fn beginning_with(&self, word: u16) -> &[Beginning] {
        let at = usize::from(word);
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else { return &[] };
        self.begins.get(*from as usize..*to as usize).unwrap_or_default()
    }

    /// Where a pattern that begins at `at` ends. A gap gives up after its few words, and patterns hold few gaps.
    fn ends(&self, elements: &[Element], words: &[u16], mut at: usize) -> Option<usize> {
        for (number, element) in elements.iter().enumerate() {
            match element {
                Element::Any(ids) if words.get(at).is_some_and(|word| ids.holds(*word)) => at += 1,
                Element::Any(_) => return None,
                Element::Gap(most) => return self.ends_behind(*most, elements.get(number + 1..)?, words, at),
            }
        }
        Some(at)
    }

    /// The same behind a gap.
    fn ends_behind(&self, most: usize, rest: &[Element], words: &[u16], at: usize) -> Option<usize> {
        for skipped in 0..=most {
            if let Some(end) = self.ends(rest, words, at + skipped) {
                return Some(end);
            }
            if words.get(at + skipped).is_none_or(|w| self.words.ends_gap(*w, most)) {
                return None;
            }
        }
        None
    }
}

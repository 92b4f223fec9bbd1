//! The names of tests in a line, and how much each must have beside it to be one.

use super::Line;
use super::units::Measure;
use crate::note::outline::NoteKind;
use crate::note::words::Kind;
use clinical_lexicon::{TestKind, TestWords, WordList};

/// A test's name, by its tokens.
#[derive(Debug)]
pub(super) struct Name {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) words: &'static TestWords,
}

/// How sure a name alone makes it that a number behind it is its value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Asks {
    /// Nothing more.
    Nothing,
    /// A link ("is", ":"), a unit that only it has, or a section of results: "weight", "pulse".
    Link,
    /// A unit of results, or a section of results: "iron", which is a medicine, too.
    Unit,
}

/// Names that are words of every day or of the examination before they are tests.
const NOT_NAMES: &[&str] = &[
    "Body height --lying",
    "Vital signs",
    "Pain severity",
    "Fluid intake total",
    "Date last menstrual period",
    "Pulse intensity Palpation",
    "Heart rate rhythm",
    "Depression severity",
    "Visual acuity",
    "Pregnancy status",
];

impl Line<'_, '_, '_> {
    /// The names of the line in order, none inside another.
    pub(super) fn names(&self) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = self.tokens.start;
        while at < self.tokens.end {
            match self.name_at(at) {
                Some(name) => {
                    at = name.end.max(at + 1);
                    if !NOT_NAMES.contains(&name.words.name) {
                        names.push(name);
                    }
                }
                None => at += 1,
            }
        }
        names
    }

    pub(super) fn name_at(&self, at: usize) -> Option<Name> {
        let m = self.marked;
        if m.is_kind(at, Kind::Word) && !m.may_begin_test(at) {
            return None;
        }
        // "non-fasting glucose" is no fasting glucose, and the "HDL" of "non-HDL" no HDL.
        let begins = at.checked_sub(1).is_none_or(|before| {
            let is_part = m.is_kind(before, Kind::Number) || m.is_kind(before, Kind::Word) || m.word(before) == "-";
            !(m.touches_next(before) && is_part)
                || m.word(before) == "-" && before.checked_sub(1).is_none_or(|b| !m.touches_next(b))
        });
        if !begins || !(m.is_kind(at, Kind::Word) || m.is_kind(at, Kind::Number)) {
            return None;
        }
        let end = m.end(self.tokens.end.checked_sub(1)?);
        let rest = m.text.get(m.start(at)..end)?;
        let (length, words) = m.lexicon.test_at_start_of(rest)?;
        let end = m.token_from(at, m.start(at) + length);
        let text = rest.get(..length)?;
        // "k" and "na" in small letters are other words.
        let is_short = text.len() <= 3;
        if is_short
            && !text.contains(|c: char| c.is_uppercase())
            && !matches!(text, "bp" | "hr" | "rr" | "bmi" | "wbc" | "inr")
        {
            return None;
        }
        // "CSF glucose": what is measured in another fluid keeps the word that says so.
        let before = at.checked_sub(1).filter(|b| *b >= self.tokens.start && m.is_on(*b, WordList::Qualifier));
        let mut start = before.unwrap_or(at);
        while before.is_some()
            && start >= self.tokens.start + 2
            && m.word(start - 1) == "-"
            && m.touches_next(start - 1)
            && m.touches_next(start - 2)
        {
            start -= 2;
        }
        Some(Name { start, end, words })
    }

    /// What a name must have beside it.
    pub(super) fn asks(&self, name: &Name) -> Asks {
        let m = self.marked;
        let text = m.text.get(m.start(name.start)..m.end(name.end.saturating_sub(1))).unwrap_or_default();
        if !m.lexicon.medicines(text).is_empty() {
            Asks::Unit
        } else if m.is_on(name.start, WordList::NeedsLink) || text.len() <= 2 || name.words.kind == TestKind::Study {
            Asks::Link
        } else {
            Asks::Nothing
        }
    }

    /// Whether the section is one that holds results.
    pub(super) const fn is_of_results(&self) -> bool {
        matches!(self.kind, NoteKind::Vitals | NoteKind::Results | NoteKind::Exam | NoteKind::Imaging)
    }
}

impl Name {
    fn has(&self, part: &str) -> bool {
        let name = self.words.name.as_bytes();
        name.windows(part.len()).any(|w| w.eq_ignore_ascii_case(part.as_bytes()))
    }

    /// Whether its value is written as one number over another.
    pub(super) fn is_pressure(&self) -> bool {
        self.has("blood pressure")
    }

    /// Whether it is one of the numbers of a pressure, which stands alone.
    pub(super) fn is_single_pressure(&self) -> bool {
        self.has("systolic") || self.has("diastolic") || self.has("mean")
    }

    pub(super) fn is_height(&self) -> bool {
        self.has("height") || self.has("circumference") || self.has("length")
    }

    pub(super) fn is_weight(&self) -> bool {
        self.has("weight")
    }

    pub(super) fn is_oxygen(&self) -> bool {
        self.has("oxygen saturation")
    }

    /// Whether a minus before its value is one.
    pub(super) fn can_be_negative(&self) -> bool {
        self.has("t-score") || self.has("z-score") || self.has("base excess")
    }

    /// Whether a unit can be one of it.
    pub(super) fn takes(&self, measure: Measure) -> bool {
        let kind = self.words.kind;
        match measure {
            Measure::Result => true,
            Measure::Vital => matches!(kind, TestKind::Vital | TestKind::Study) || self.has("pressure"),
            Measure::Heat => self.has("temperature"),
            Measure::Weight => self.is_weight(),
            Measure::Length => self.is_height(),
            Measure::Volume => kind == TestKind::Study || self.has("output"),
            Measure::Seconds => kind != TestKind::Score && !self.is_weight() && !self.is_pressure(),
            Measure::Dose | Measure::Time => false,
        }
    }
}

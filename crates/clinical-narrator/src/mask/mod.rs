//! A sentence with placeholders for what a model must not see or change.

use std::fmt;

/// What a placeholder stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HoleKind {
    /// A medicine, with its strength and form where they belong to the name.
    Medicine,
    /// A test.
    Test,
    /// A number with its unit, a dose, a value.
    Number,
    /// A date, a clock time, how often, how long.
    Time,
    /// A person or a place.
    Person,
    /// Any other code or identifier.
    Code,
}

impl HoleKind {
    /// The word in the placeholder: it says what kind of thing stands there, so that a sentence can be made around it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Medicine => "MEDICINE",
            Self::Test => "TEST",
            Self::Number => "NUMBER",
            Self::Time => "TIME",
            Self::Person => "NAME",
            Self::Code => "CODE",
        }
    }
}

/// A stretch of a sentence that a placeholder stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Hole {
    /// What it is.
    pub(crate) kind: HoleKind,
    /// Number of the placeholder: one for the whole document, so that one of another sentence is told from its own.
    pub(crate) number: usize,
    /// First byte of the stretch in the sentence, and the byte behind the last.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Hole {
    /// The placeholder: `[MEDICINE 3]`.
    pub(crate) fn placeholder(&self) -> String {
        format!("[{} {}]", self.kind.word(), self.number)
    }
}

/// A sentence and its holes. `Debug` prints no word of it.
#[derive(Clone)]
pub(crate) struct Masked {
    /// As the record has it.
    pub(crate) text: String,
    /// With placeholders.
    pub(crate) shown: String,
    /// The holes, in order, none inside another.
    pub(crate) holes: Vec<Hole>,
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Masked({} holes)", self.holes.len())
    }
}

//! Coded ideas: a code, its system, and the words that stand beside it.

use crate::Verbatim;

/// The code systems that the lexicon knows. All others are kept, without a name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CodeSystem {
    /// SNOMED CT.
    Snomed,
    /// LOINC.
    Loinc,
    /// RxNorm.
    RxNorm,
    /// ICD-10 and ICD-10-CM.
    Icd10,
    /// CVX, vaccines administered.
    Cvx,
    /// One of the HL7 terminology systems.
    Hl7,
    /// Any other, or none given.
    Other,
}

/// One code of a concept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Coding<'a> {
    /// The system.
    pub system: CodeSystem,
    /// The code as it stands.
    pub code: Option<Verbatim<'a>>,
    /// The words beside it.
    pub display: Option<Verbatim<'a>>,
}

/// A coded idea with its text (FHIR `CodeableConcept`, C-CDA `CD`).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Concept<'a> {
    /// The words that the author chose.
    pub text: Option<Verbatim<'a>>,
    /// The codes, in order.
    pub codings: Vec<Coding<'a>>,
}

impl<'a> Concept<'a> {
    /// What to call it: the author's text, else the first display, else the first code. Blank words do not count.
    #[must_use]
    pub fn name(&self) -> Option<&Verbatim<'a>> {
        let worded = |v: &&Verbatim<'a>| !v.text().trim().is_empty();
        self.text
            .as_ref()
            .filter(worded)
            .or_else(|| self.codings.iter().filter_map(|c| c.display.as_ref()).find(worded))
            .or_else(|| self.codings.iter().filter_map(|c| c.code.as_ref()).find(worded))
    }

    /// Every wording that the record gives for it, the author's first.
    pub fn wordings(&self) -> impl Iterator<Item = &Verbatim<'a>> {
        self.text.iter().chain(self.codings.iter().filter_map(|c| c.display.as_ref()))
    }

    /// The codes of one system.
    pub fn codes(&self, system: CodeSystem) -> impl Iterator<Item = &str> {
        self.codings.iter().filter(move |c| c.system == system).filter_map(|c| c.code.as_ref()).map(Verbatim::text)
    }

    /// Whether any coding, of whatever system, has this code.
    #[must_use]
    pub fn has_code(&self, code: &str) -> bool {
        self.codings.iter().any(|c| c.code.as_ref().is_some_and(|v| v.text() == code))
    }

    /// No words and no codes at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.name().is_none()
    }
}

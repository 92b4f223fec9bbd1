//! What comes out.

use clinical_lexicon::Reading;
use clinical_model::Severity;

/// Something that intake noticed, with a place a person can follow. Never a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// Stable name (`bad-date`, `dangling-reference` …).
    pub code: &'static str,
    /// Path into the input, without names that the input made up.
    pub at: String,
}

/// The accounting in numbers: `entries == shown + held_back + unreadable`, always.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Entries of the input.
    pub entries: usize,
    /// Entries of which something stands on the page.
    pub shown: usize,
    /// Entries held back, each with a reason.
    pub held_back: usize,
    /// Entries that could not be read.
    pub unreadable: usize,
}

/// What became of the sentences that a language model was asked to put into plainer words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NarratedCounts {
    /// Sentences it was asked for.
    pub asked: usize,
    /// Rewordings that stand on the page.
    pub kept: usize,
    /// Rewordings that were refused, by reason; `asked == kept + refused`, always.
    pub refused: Vec<(clinical_narrator::Refusal, usize)>,
}

/// A finished page and what is known about it.
#[derive(Clone, PartialEq, Debug)]
pub struct Outcome {
    /// The page, in the format asked for.
    pub page: clinical_model::Phi<String>,
    /// What the input was (`fhir-bundle`, `fhir-resource`, `fhir-ndjson`, `c-cda`, `note`).
    pub format: &'static str,
    /// The record holds nothing that has a place on a sheet; the page says so.
    pub nothing_to_show: bool,
    /// The accounting.
    pub counts: Counts,
    /// What intake noticed.
    pub notices: Vec<Notice>,
    /// How hard our own words on the page are to read.
    pub reading: Reading,
    /// What became of a language model's answers, where one was asked.
    pub narrated: Option<NarratedCounts>,
    /// Edition of the words.
    pub lexicon_version: String,
}

//! The shape of the clinician's extract, which the pipeline writes.

use utoipa::ToSchema;

/// Sentences of a note, word for word.
#[derive(Debug, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtractReply {
    /// `clinician`.
    pub audience: String,
    /// Language of our own words.
    pub language: String,
    /// How many sentences the note has.
    pub sentences_in: u64,
    /// The chosen ones, by rank, within a rank in the order of the note.
    pub extract: Vec<ExtractedSentence>,
}

/// A sentence of a note.
#[derive(Debug, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtractedSentence {
    /// As it stands in the note.
    pub text: String,
    /// The section it stands in (`findings`, `plan`, `history` …).
    pub section: String,
    /// Why it was chosen, what gives its rank first: `medicine-change`, `follow-up`, `return-precaution`, `plan`,
    /// `assessment`, `result`.
    pub why: Vec<String>,
    /// Where it stands.
    pub source: Vec<ExtractedPlace>,
}

/// A place in a note, in code points.
#[derive(Debug, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtractedPlace {
    /// First code point.
    pub start: u64,
    /// The code point behind the last.
    pub end: u64,
    /// What stands there.
    pub text: String,
}

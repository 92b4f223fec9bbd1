//! Whether a document can be made into a sheet, and what is in it, without making one.

use crate::summarize::notices;
use crate::{Error, Input, Lexicon, Notice, read};
use clinical_model::{EntryState, Moment, Stop};

/// What a document is, and how much of it can be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Examined {
    /// What the input was (`fhir-bundle`, `fhir-resource`, `fhir-ndjson`, `c-cda`, `note`).
    pub format: &'static str,
    /// Entries of the input.
    pub entries: usize,
    /// Entries that could not be read.
    pub unreadable: usize,
    /// Entries that say to be a MedicationRequest, read or not.
    pub medication_requests: usize,
    /// The record holds something that has a place on a sheet.
    pub has_something_to_show: bool,
    /// What intake noticed.
    pub notices: Vec<Notice>,
}

/// Reads a document as [`crate::summarize`] would and says what it found. This is no validation against FHIR: it tells
/// what this program can use.
///
/// # Errors
/// There is no document at all, or somebody asked to stop.
pub fn examine(input: &Input<'_>, now: Moment, lexicon: &Lexicon, stop: Stop<'_>) -> Result<Examined, Error> {
    let prepared = read::prepare(input)?;
    let parsed = prepared.parse(input.label, stop)?;
    let (record, findings) = parsed.record(lexicon, stop)?;
    let notices = notices(&findings, &parsed.places());
    let unreadable = record.entries.iter().filter(|entry| matches!(entry.state, EntryState::Unreadable(_))).count();
    let medication_requests = record.entries.iter().filter(|entry| entry.kind == "MedicationRequest").count();
    let sheet = clinical_summary::compose(&record, now, lexicon);
    Ok(Examined {
        format: record.format.as_str(),
        entries: record.entries.len(),
        unreadable,
        medication_requests,
        has_something_to_show: !clinical_summary::is_nothing(&sheet),
        notices,
    })
}

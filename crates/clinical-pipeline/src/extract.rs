//! The clinician's extract of a note: a choice of its sentences, never re-worded.

use crate::read;
use crate::summarize::notices;
use crate::{Counts, Error, Input, Lexicon, Options, Outcome, Page};
use clinical_model::Phi;
use clinical_summary::{ExtractLimit, PageKind};

/// From a note to a checked extract. FHIR and C-CDA have no sentences; their extract says so.
///
/// Unlike the sheet it keeps private matters: it is for the care team.
///
/// # Errors
/// See [`Error`]. There is a page, or there is an error; never a page that failed its check.
pub fn extract(input: &Input<'_>, options: &Options<'_>, lexicon: &Lexicon) -> Result<Outcome, Error> {
    let prepared = read::prepare(input)?;
    let parsed = prepared.parse(input.label, options.stop)?;
    let (record, findings) = parsed.record(lexicon, options.stop)?;
    let places = parsed.places();
    let notices = notices(&findings, &places);
    let chosen = clinical_summary::extract(&record, ExtractLimit::default());
    let sentences = record.sentences.len();
    let blocks = clinical_summary::extract_outline(&chosen, sentences, lexicon);
    let (page, kind) = match options.page {
        Page::Json => (clinical_summary::extract_json(&chosen, sentences, &places), None),
        Page::Html => (clinical_summary::extract_html(&blocks), Some(PageKind::Html)),
        Page::Text => (clinical_summary::text(&blocks), Some(PageKind::Text)),
        Page::Markdown => (clinical_summary::markdown(&blocks), Some(PageKind::Markdown)),
    };
    match kind {
        Some(kind) => {
            let gate = clinical_summary::gate_extract(&page, kind, &blocks, &chosen);
            gate.map_err(|e| Error::Gate { code: e.code() })?;
        }
        None => crate::summarize::checked_json(&page, &places)?,
    }
    let entries = record.entries.len();
    Ok(Outcome {
        page: Phi::new(page),
        format: record.format.as_str(),
        nothing_to_show: chosen.is_empty(),
        counts: Counts { entries, shown: chosen.len(), held_back: entries - chosen.len().min(entries), unreadable: 0 },
        notices,
        reading: clinical_summary::readability(&blocks),
        narrated: None,
        lexicon_version: lexicon.version().to_owned(),
    })
}

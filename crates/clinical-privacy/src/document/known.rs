//! What a document says of its people, without any change to it: for whoever must not repeat it elsewhere.

use clinical_json::Document;
use clinical_model::Stop;

use super::fault::Fault;
use super::people::People;
use super::{ccda, fhir};
use crate::find::{Known, find};

/// Everybody and every place that a FHIR document names in its elements, with the parts and spellings of each. Wider than
/// what [`crate::remove_from_fhir`] removes by: here a word too many costs nothing.
#[must_use]
pub fn known_from_fhir(document: &Document<'_>) -> Known {
    let mut people = People::wide(&Known::new());
    fhir::gather(document, &mut people, 0);
    people.known
}

/// The same for a C-CDA document.
///
/// # Errors
/// XML that is not well formed, has a document type, or is made to cost time; XML of another kind; the wish to stop.
pub fn known_from_ccda(text: &str, stop: Stop<'_>) -> Result<Known, Fault> {
    let mut people = People::wide(&Known::new());
    if stop.is_asked() {
        return Err(Fault::Stopped);
    }
    ccda::gather_all(text, &mut people)?;
    if stop.is_asked() { Err(Fault::Stopped) } else { Ok(people.known) }
}

/// What is `known`, and everybody and every place that a text names besides. `None`: asked to stop.
pub fn known_from_text(text: &str, known: &Known, stop: Stop<'_>) -> Option<Known> {
    let mut people = People::wide(known);
    for one in find(text, known, stop)? {
        people.found(one.kind, text.get(one.start..one.end).unwrap_or_default());
    }
    Some(people.known)
}

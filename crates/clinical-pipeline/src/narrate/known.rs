//! Who a record says its people are.

use crate::Input;
use crate::read::Parsed;
use clinical_model::Stop;
use clinical_privacy::{Kind, Known, known_from_ccda, known_from_fhir};
use clinical_summary::{Fact, Sheet};

/// Everybody whom a document names in its elements. A note has no elements: who is named in it is found in its text.
/// `None` where they cannot be gathered; nothing may then be asked about the document.
pub(crate) fn known(input: &Input<'_>, parsed: &Parsed<'_>, stop: Stop<'_>) -> Option<Known> {
    match parsed {
        Parsed::Json(parsed) => Some(known_from_fhir(&parsed.document)),
        Parsed::Xml { .. } => {
            let bytes: &[u8] = input.bytes.expose();
            let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            known_from_ccda(std::str::from_utf8(body).ok()?, stop).ok()
        }
        Parsed::Note { .. } => Some(Known::new()),
    }
}

/// The people of a sheet besides: the patient, and whoever treats, orders or is to be seen.
pub(super) fn with_people(known: &Known, sheet: &Sheet<'_>) -> Known {
    let mut known = known.clone();
    let mut person = |parts: &[Fact<'_>]| {
        let parts: Vec<&str> = parts.iter().map(|part| part.of.text()).collect();
        parts.iter().filter(|part| part.chars().count() > 1).for_each(|part| known.record(Kind::Name, part));
        known.record(Kind::Name, &parts.join(" "));
    };
    person(&sheet.name);
    sheet.visit.iter().flat_map(|visit| &visit.providers).for_each(|name| person(name));
    sheet.coming.iter().flat_map(|coming| &coming.providers).for_each(|name| person(name));
    sheet.medicines.all().for_each(|medicine| person(&medicine.prescriber));
    sheet.patient_id.iter().for_each(|id| known.record(Kind::Other, id.of.text()));
    sheet.birth_date.iter().for_each(|date| known.record(Kind::Date, date.of.text()));
    known
}

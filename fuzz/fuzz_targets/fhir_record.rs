//! Any bytes: a record is read or refused, and no entry is without a state.
#![no_main]

use clinical_intake::fhir::{self, JsonPlaces};
use clinical_json::Document;
use clinical_model::{Place, Places, Stop};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = Document::parse(bytes) else { return };
    let Ok((record, findings)) = fhir::read(&document, false, Stop::never()) else { return };
    let places = JsonPlaces::new(&document, false);
    for source in record.entries.iter().map(|e| e.source).chain(findings.iter().map(|f| f.at)) {
        assert!(source.end() <= bytes.len());
        let Place::Path(path) = places.place(source) else { panic!("JSON has paths") };
        let _ = places.find(&path);
    }
});

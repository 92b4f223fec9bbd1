//! Any text: a C-CDA record is read or refused, and every place of it leads back to its text.
#![no_main]

use clinical_intake::ccda;
use clinical_model::{Place, Places, Stop};
use clinical_xml::Safe;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(safe) = Safe::of(text) else { return };
    let Ok(document) = safe.parse() else { return };
    let Ok((record, findings)) = ccda::read(&document, Stop::never()) else { return };
    let places = ccda::places(&document);
    for source in record.entries.iter().map(|e| e.source).chain(findings.iter().map(|f| f.at)) {
        let Place::Path(path) = places.place(source) else { panic!("XML has paths") };
        assert!(places.find(&path).is_some(), "a place leads nowhere");
        let _ = places.told(source);
    }
});

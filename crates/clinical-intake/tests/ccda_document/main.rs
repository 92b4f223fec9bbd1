//! Documents and parts of documents: what is read, what is refused, and whether everything is accounted for. The
//! people in them do not exist.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own document should fail there")]

mod fragments;
mod header;
mod text;

use clinical_intake::{Error, ccda};
use clinical_model::{EntryState, Finding, Place, Places, Record, Stop, Verbatim};
use clinical_xml::{Safe, XmlPlaces, is_listed};

/// Reads a document and gives what `look` makes of it.
fn reading<T>(xml: &str, look: impl FnOnce(&Record<'_>, &[Finding], &XmlPlaces<'_, '_>) -> T) -> T {
    let safe = Safe::of(xml).unwrap();
    let document = safe.parse().unwrap();
    let (record, findings) = ccda::read(&document, Stop::never()).unwrap();
    look(&record, &findings, &XmlPlaces::new(&document, is_listed))
}

fn refused(xml: &str) -> Option<Error> {
    let safe = Safe::of(xml).unwrap();
    let document = safe.parse().unwrap();
    ccda::read(&document, Stop::never()).err()
}

/// A document around sections.
fn document(sections: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Summary</title>\
         <effectiveTime value=\"20240301\"/><component><structuredBody>{sections}</structuredBody></component>\
         </ClinicalDocument>"
    )
}

/// A section by its LOINC code.
fn section(code: &str, text: &str, entries: &str) -> String {
    format!(
        "<component><section><code code=\"{code}\"/><title>Words</title><text>{text}</text>{entries}</section></component>"
    )
}

fn states(record: &Record<'_>) -> Vec<(String, EntryState)> {
    record.entries.iter().map(|e| (e.kind.to_string(), e.state)).collect()
}

fn words(blocks: &[Verbatim<'_>]) -> Vec<String> {
    blocks.iter().map(|b| b.text().to_owned()).collect()
}

/// The path of a fact, after making sure that the fact stands there.
fn path(places: &XmlPlaces<'_, '_>, fact: &Verbatim<'_>) -> String {
    let Place::Path(path) = places.place(fact.source()) else { return String::new() };
    assert!(places.find(&path).is_some_and(|text| text.contains(fact.text())), "{path}");
    path
}

#[test]
fn whoever_asks_to_stop_is_heard() {
    let flag = std::sync::atomic::AtomicBool::new(true);
    let xml = document(&section("11450-4", "x", ""));
    let safe = Safe::of(&xml).unwrap();
    let parsed = safe.parse().unwrap();
    assert_eq!(ccda::read(&parsed, Stop::when(&flag)).err(), Some(Error::Stopped));
}

#[test]
fn every_section_and_entry_is_an_entry_of_the_record() {
    let nested = "<component><section><text>deep</text><entry/><component><section><entry><act classCode=\"ACT\"/>\
                  </entry></section></component></section></component>";
    let xml = document(&format!("{nested}{}", section("x", "", "<entry typeCode=\"DRIV\"/>")));
    reading(&xml, |record, _, _| {
        let kinds: Vec<&str> = record.entries.iter().map(|e| &*e.kind).filter(|k| *k == "section").collect();
        assert_eq!(kinds.len(), 3);
        assert_eq!(record.entries.iter().filter(|e| e.kind != "section").count(), 3);
        let unread = record.entries.iter().filter(|e| matches!(e.state, EntryState::Unreadable(_)));
        assert!(unread.count() >= 2, "entries without a statement");
    });
}

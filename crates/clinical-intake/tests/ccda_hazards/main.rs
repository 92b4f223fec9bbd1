//! Medicines, problems and allergies of C-CDA: what could hurt somebody if it were read wrong. The documents are invented.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own document should fail there")]

mod allergies;
mod directions;
mod medicine;
mod medicine_course;
mod medicine_names;
mod problems;

use clinical_intake::ccda;
use clinical_model::{Entry, EntryState, Finding, Record, Stop, Verbatim};

/// A document written on 10 March 2024 with one section.
fn document(section_code: &str, text: &str, entries: &str) -> String {
    documents(&[(section_code, text, entries)])
}

/// A document with several sections.
fn documents(sections: &[(&str, &str, &str)]) -> String {
    let sections: String = sections
        .iter()
        .map(|(code, text, entries)| {
            format!(
                r#"<component><section><code code="{code}" codeSystem="2.16.840.1.113883.6.1"/><title>T</title>
                <text>{text}</text>{entries}</section></component>"#
            )
        })
        .collect();
    format!(
        r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
        xmlns:sdtc="urn:hl7-org:sdtc"><effectiveTime value="202403101200+0000"/>
        <component><structuredBody>{sections}</structuredBody></component></ClinicalDocument>"#
    )
}

/// Reads a document and looks at its record.
fn with<T>(xml: &str, look: impl FnOnce(&Record<'_>, &[Finding]) -> T) -> T {
    let safe = clinical_xml::Safe::of(xml).unwrap();
    let document = safe.parse().unwrap();
    let (record, findings) = ccda::read(&document, Stop::never()).unwrap();
    for entry in &record.entries {
        assert!(!entry.kind.is_empty());
    }
    look(&record, &findings)
}

fn text<'v>(fact: Option<&'v Verbatim<'_>>) -> Option<&'v str> {
    fact.map(Verbatim::text)
}

fn texts<'v>(facts: &'v [Verbatim<'_>]) -> Vec<&'v str> {
    facts.iter().map(Verbatim::text).collect()
}

/// The entries of a record but its sections, which are entries, too.
fn statements<'r, 'a>(record: &'r Record<'a>) -> Vec<&'r Entry<'a>> {
    record.entries.iter().filter(|e| !matches!(&*e.kind, "section" | "text row" | "patient")).collect()
}

/// The states of all entries of them.
fn states(record: &Record<'_>) -> Vec<EntryState> {
    statements(record).iter().map(|e| e.state).collect()
}

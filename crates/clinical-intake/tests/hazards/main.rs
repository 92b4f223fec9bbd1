//! What could hurt somebody if it were read wrong, one file for each hazard. The documents are invented.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own document should fail there")]

mod allergies;
mod another_subject;
mod documents;
mod medicines;
mod names;
mod plans;
mod problems;
mod results;
mod versions;

use clinical_intake::{Error, fhir};
use clinical_json::Document;
use clinical_model::{EntryState, Finding, FindingCode, Record, Stop, Verbatim};

/// Reads a document and looks at the record.
fn with<T>(json: &str, look: impl FnOnce(&Record<'_>, &[Finding]) -> T) -> T {
    let document = Document::parse(json.as_bytes()).unwrap();
    let (record, findings) = fhir::read(&document, false, Stop::never()).unwrap();
    look(&record, &findings)
}

/// The error that a document is refused with.
fn refused(json: &str) -> Option<Error> {
    let document = Document::parse(json.as_bytes()).unwrap();
    fhir::read(&document, false, Stop::never()).err()
}

/// A Bundle of these resources.
fn bundle(resources: &[&str]) -> String {
    let entries: Vec<String> = resources.iter().map(|r| format!(r#"{{"resource": {r}}}"#)).collect();
    format!(r#"{{"resourceType": "Bundle", "type": "collection", "entry": [{}]}}"#, entries.join(", "))
}

fn text<'v>(fact: Option<&'v Verbatim<'_>>) -> Option<&'v str> {
    fact.map(Verbatim::text)
}

fn texts<'v>(facts: &'v [Verbatim<'_>]) -> Vec<&'v str> {
    facts.iter().map(Verbatim::text).collect()
}

fn states(json: &str) -> Vec<EntryState> {
    with(json, |record, _| record.entries.iter().map(|e| e.state).collect())
}

fn noticed(findings: &[Finding], code: FindingCode) -> bool {
    findings.iter().any(|f| f.code == code)
}

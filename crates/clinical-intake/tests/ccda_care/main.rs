//! What could hurt somebody if results, visits, plans and the rest of a C-CDA document were read wrong, one file for
//! each kind. The documents are invented.

#![expect(clippy::unwrap_used, reason = "a test that cannot read its own document should fail there")]

mod damage;
mod others;
mod plans;
mod results;
mod values;
mod visits;

use clinical_intake::ccda;
use clinical_model::{Entry, EntryState, Finding, FindingCode, Record, Stop, Verbatim};
use clinical_xml::Safe;

const RESULTS: &str = "30954-2";
const VITALS: &str = "8716-3";

/// A document with one section.
fn section(code: &str, text: &str, entries: &str) -> String {
    format!(
        r#"<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <component><structuredBody><component><section>
        <code code="{code}" codeSystem="2.16.840.1.113883.6.1"/><text>{text}</text>{entries}
        </section></component></structuredBody></component></ClinicalDocument>"#
    )
}

/// An entry with one statement.
fn entry(statement: &str) -> String {
    format!("<entry>{statement}</entry>")
}

/// Reads a document and looks at the record.
fn with<T>(xml: &str, look: impl FnOnce(&Record<'_>, &[Finding]) -> T) -> T {
    let safe = Safe::of(xml).unwrap();
    let document = safe.parse().unwrap();
    let (record, findings) = ccda::read(&document, Stop::never()).unwrap();
    assert!(record.entries.iter().all(|e| !e.kind.is_empty()), "every entry is called something");
    look(&record, &findings)
}

/// The entries of a record but its section, which is one, too.
fn statements<'r, 'a>(record: &'r Record<'a>) -> Vec<&'r Entry<'a>> {
    record.entries.iter().filter(|e| !matches!(&*e.kind, "section" | "text row")).collect()
}

/// The templates by what follows `2.16.840.1.113883.10.20.22.4.`.
fn template(number: &str) -> String {
    format!(r#"<templateId root="2.16.840.1.113883.10.20.22.4.{number}"/>"#)
}

fn text<'v>(fact: Option<&'v Verbatim<'_>>) -> Option<&'v str> {
    fact.map(Verbatim::text)
}

fn texts<'v>(facts: &'v [Verbatim<'_>]) -> Vec<&'v str> {
    facts.iter().map(Verbatim::text).collect()
}

fn states(xml: &str) -> Vec<EntryState> {
    with(xml, |record, _| statements(record).iter().map(|e| e.state).collect())
}

fn noticed(findings: &[Finding], code: FindingCode) -> bool {
    findings.iter().any(|f| f.code == code)
}

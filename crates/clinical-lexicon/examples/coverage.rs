//! How many entries of real records find words, and which do not.
//!
//! `cargo run --release --example coverage -- FILE.json…`
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a program that reads files and prints")]

use clinical_lexicon::Lexicon;
use clinical_model::{CodeSystem, Coding, Concept, Source, Verbatim};
use serde_json::Value;
use std::collections::BTreeMap;

/// Entries by name: how many, and the name of the words they found.
type Names = BTreeMap<String, (u32, Option<&'static str>)>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::english()?;
    let mut kinds: BTreeMap<&str, Names> = BTreeMap::new();
    let list = std::env::args().any(|a| a == "--list");
    for path in std::env::args().skip(1).filter(|a| !a.starts_with("--")) {
        let document: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        resources(&document, &mut |resource| look(lexicon, resource, &mut kinds));
    }
    for (kind, names) in &kinds {
        let total: u32 = names.values().map(|(n, _)| n).sum();
        let found: u32 = names.values().filter(|(_, words)| words.is_some()).map(|(n, _)| n).sum();
        let distinct = names.values().filter(|(_, words)| words.is_some()).count();
        println!("{kind}: {found} of {total} entries, {distinct} of {} names find words", names.len());
        let mut missing: Vec<_> = names.iter().filter(|(_, (_, words))| words.is_none()).collect();
        missing.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
        for (name, (n, _)) in missing.iter().take(if list { usize::MAX } else { 25 }) {
            println!("    {n:5} {name}");
        }
        for (name, (_, words)) in names.iter().filter(|_| list) {
            println!("    {name} -> {}", words.unwrap_or("-"));
        }
    }
    Ok(())
}

/// Calls `each` for every resource of a document, bundled or alone.
fn resources<'v>(document: &'v Value, each: &mut impl FnMut(&'v Value)) {
    match document["entry"].as_array() {
        Some(entries) => entries.iter().for_each(|e| resources(&e["resource"], each)),
        None => each(document),
    }
}

fn look(lexicon: &'static Lexicon, resource: &Value, kinds: &mut BTreeMap<&'static str, Names>) {
    let kind = match resource["resourceType"].as_str() {
        Some("Condition") => "1 Condition",
        Some("Procedure") => "2 Procedure",
        Some("Encounter") => "3 Encounter",
        Some("Medication" | "MedicationRequest" | "MedicationStatement" | "MedicationAdministration") => "4 Medication",
        Some("Observation" | "DiagnosticReport") => "5 Observation",
        Some("Immunization") => "6 Immunization",
        _ => return,
    };
    let field = match kind {
        "3 Encounter" => &resource["type"][0],
        "4 Medication" if resource["resourceType"] != "Medication" => &resource["medicationCodeableConcept"],
        "6 Immunization" => &resource["vaccineCode"],
        _ => &resource["code"],
    };
    let parts = resource["component"].as_array().into_iter().flatten().map(|c| &c["code"]);
    for value in std::iter::once(field).chain(parts) {
        let concept = concept(value);
        let Some(name) = concept.name() else { continue };
        let name = name.text().to_owned();
        let words = match kind {
            "4 Medication" => lexicon.medicines(&name).first().map(|hit| hit.words.name),
            "5 Observation" => lexicon.test(&concept).map(|w| w.name),
            "6 Immunization" => lexicon.vaccine(&concept).map(|w| w.name),
            _ => lexicon.term(&concept).map(|w| w.name),
        };
        kinds.entry(kind).or_default().entry(name).or_insert((0, words)).0 += 1;
    }
}

fn concept(value: &Value) -> Concept<'_> {
    let text = |v: &Value| v.as_str().map(|s| Verbatim::new(s.to_owned().into(), Source::new(0, 0)));
    let coding = |c: &Value| Coding {
        system: match c["system"].as_str() {
            Some("http://snomed.info/sct") => CodeSystem::Snomed,
            Some("http://loinc.org") => CodeSystem::Loinc,
            Some(s) if s.starts_with("http://hl7.org/fhir/sid/icd-10") => CodeSystem::Icd10,
            Some("http://hl7.org/fhir/sid/cvx") => CodeSystem::Cvx,
            _ => CodeSystem::Other,
        },
        code: text(&c["code"]),
        display: text(&c["display"]),
    };
    Concept {
        text: text(&value["text"]),
        codings: value["coding"].as_array().into_iter().flatten().map(coding).collect(),
    }
}

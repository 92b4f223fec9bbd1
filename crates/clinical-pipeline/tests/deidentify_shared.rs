//! Every shared FHIR and C-CDA document without identity: it is still a document of its kind, nothing of the people whom
//! it names is left, and a second removal changes nothing. "not run" is printed where the shared data is not there.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads its records, says what it saw, and fails by panic"
)]

mod identity;
mod support;

use clinical_pipeline::{DeidentifyOptions, Error, Input, Label, Page, Phi, Policy, deidentify};
use identity::{Left, fhir, xml};
use std::path::{Path, PathBuf};

const SECRET: &[u8] = b"a secret only for this test";

fn options(policy: Policy) -> DeidentifyOptions<'static> {
    DeidentifyOptions {
        secret: Phi::new(if policy == Policy::Surrogate { SECRET } else { b"" }),
        ..DeidentifyOptions::of(policy)
    }
}

fn root(folder: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if !root.is_dir() {
        println!("not run: no shared data");
        return None;
    }
    Some(root)
}

fn run(bytes: &[u8], policy: Policy) -> Result<clinical_pipeline::Deidentified, Error> {
    deidentify(&Input::new(bytes, Label::Unknown), &options(policy))
}

/// Counts and complaints of one kind of documents.
#[derive(Default)]
struct Tally {
    documents: usize,
    refused: usize,
    removed: usize,
    identifiers: usize,
    excused: std::collections::BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

impl Tally {
    fn report(&self, what: &str) {
        println!(
            "{what}: {} documents, {} refused, {} removed, {} identifiers looked for, left with a reason: {:?}, {} faults",
            self.documents,
            self.refused,
            self.removed,
            self.identifiers,
            self.excused,
            self.faults.len()
        );
        let shown = &self.faults[..self.faults.len().min(60)];
        assert!(self.faults.is_empty(), "{} faults, the first ones:\n{}", self.faults.len(), shown.join("\n"));
    }

    fn check(
        &mut self,
        name: &str,
        bytes: &[u8],
        policy: Policy,
        look: fn(&str, &str, bool) -> (usize, Vec<Left>),
        structure: fn(&str) -> Option<String>,
    ) {
        let before = String::from_utf8_lossy(bytes);
        let outcome = match run(bytes, policy) {
            Ok(outcome) => outcome,
            Err(_) => {
                self.refused += 1;
                return;
            }
        };
        self.documents += 1;
        self.removed += outcome.removed.len();
        let after = String::from_utf8(outcome.bytes.into_exposed()).unwrap();
        match (structure(&before), structure(&after)) {
            (_, None) => {
                self.faults.push(format!("{name} {policy}: the output does not parse"));
                return;
            }
            (Some(before), Some(after)) if before != after => {
                self.faults.push(format!("{name} {policy}: its structure changed"))
            }
            _ => {}
        }
        let (looked_for, left) = look(&before, &after, policy == Policy::KeepDates);
        self.identifiers += looked_for;
        for one in left {
            match one.reason {
                Some(reason) => *self.excused.entry(reason).or_insert(0) += 1,
                None => self.faults.push(format!("{name} {policy}: left: {}", one.what)),
            }
        }
        if policy != Policy::Surrogate {
            let again = run(after.as_bytes(), policy).unwrap();
            if again.bytes.expose() != after.as_bytes() {
                self.faults.push(format!(
                    "{name} {policy}: a second removal changes it ({:?})",
                    again.removed.iter().map(|r| (&r.place, r.kind, r.reason)).take(3).collect::<Vec<_>>()
                ));
            } else if !again.removed.is_empty() {
                self.faults.push(format!(
                    "{name} {policy}: a second removal finds {:?}",
                    again.removed.first().map(|r| (&r.place, r.kind))
                ));
            }
        }
    }
}

#[test]
fn nothing_of_the_people_is_left_in_fhir() {
    let Some(root) = root("fhir") else { return };
    for policy in [Policy::SafeHarbor, Policy::Mask, Policy::KeepDates, Policy::Surrogate] {
        let mut tally = Tally::default();
        for file in ["synthea", "us-core", "r4-examples"].iter().flat_map(|d| support::files(&root.join(d))) {
            let name = file.strip_prefix(&root).unwrap().display().to_string();
            let bytes = std::fs::read(&file).unwrap();
            tally.check(&name, &bytes, policy, fhir::look, fhir::structure);
        }
        tally.report(policy.as_str());
    }
}

#[test]
fn nothing_of_the_header_is_left_in_ccda() {
    let Some(root) = root("ccda") else { return };
    for policy in [Policy::SafeHarbor, Policy::Mask, Policy::KeepDates, Policy::Surrogate] {
        let mut tally = Tally::default();
        for file in xml::files(&root) {
            let name = file.strip_prefix(&root).unwrap().display().to_string();
            let bytes = std::fs::read(&file).unwrap();
            tally.check(&name, &bytes, policy, xml::look, xml::structure);
        }
        tally.report(policy.as_str());
    }
}

#[test]
fn a_sheet_can_still_be_made() {
    let Some(root) = root("fhir") else { return };
    let (mut sheets, mut faults) = (0, Vec::new());
    for file in support::files(&root.join("synthea")) {
        let bytes = std::fs::read(&file).unwrap();
        for policy in [Policy::SafeHarbor, Policy::Surrogate] {
            let without = run(&bytes, policy).unwrap();
            match support::make(without.bytes.expose(), Page::Json) {
                Ok(_) => sheets += 1,
                Err(e) => faults.push(format!("{}: {e}", file.display())),
            }
        }
    }
    println!("{sheets} sheets");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

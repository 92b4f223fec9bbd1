//! Every shared record through every page: no panic, the books balance, the gate lets it pass, `verify` is content.
//! "not run" is printed where the shared data is not there.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads its records, says when it is not run, and fails by panic"
)]

mod support;

use clinical_pipeline::{Error, Input, Label, Page, Stop, verify};
use std::path::Path;

#[test]
fn every_shared_record_gives_a_sheet_or_a_clear_error() {
    every("fhir", &["synthea", "us-core", "r4-examples", "validator"], 100);
}

#[test]
fn every_shared_ccda_gives_a_sheet_or_a_clear_error() {
    every("ccda", &["onc", "hl7-examples", "vendors", "emerge"], 150);
}

#[test]
fn every_shared_note_gives_a_sheet() {
    every("notes", &["aci-bench"], 80);
}

fn every(folder: &str, parts: &[&str], least: usize) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    if !root.is_dir() {
        println!("not run: no shared data");
        return;
    }
    let (mut sheets, mut nothing, mut refused) = (0, 0, 0);
    let mut faults: Vec<String> = Vec::new();
    for file in parts.iter().flat_map(|d| support::files(&root.join(d))) {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        let bytes = std::fs::read(&file).unwrap();
        for page in support::PAGES {
            match support::make(&bytes, page) {
                Ok(outcome) => {
                    let c = outcome.counts;
                    if c.entries != c.shown + c.held_back + c.unreadable {
                        faults.push(format!("{name} {page:?}: the books do not balance"));
                    }
                    if page == Page::Json {
                        if outcome.nothing_to_show {
                            nothing += 1
                        } else {
                            sheets += 1
                        }
                        let summary = outcome.page.expose().as_bytes();
                        match verify(&Input::new(&bytes, Label::Unknown), summary, support::lexicon(), Stop::never()) {
                            Ok(v) if v.faults.is_empty() => {}
                            Ok(v) => faults.push(format!("{name}: verify finds {:?}", v.faults)),
                            Err(e) => faults.push(format!("{name}: verify cannot: {e}")),
                        }
                    }
                }
                Err(Error::Gate { code }) => faults.push(format!("{name} {page:?}: gate {code}")),
                Err(_) if page == Page::Json => refused += 1,
                Err(_) => {}
            }
        }
    }
    println!("{sheets} sheets, {nothing} with nothing to show, {refused} refused with a reason");
    assert!(
        faults.is_empty(),
        "{} faults, the first ones:\n{}",
        faults.len(),
        faults[..faults.len().min(40)].join("\n")
    );
    assert!(sheets > least);
}

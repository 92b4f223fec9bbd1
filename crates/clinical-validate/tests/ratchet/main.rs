//! The cases of the reference validator and the official examples: where we disagree is listed with the reason in
//! `tests/reference_disagreements.toml`. A disagreement that is not listed fails, and so does a listed one that is gone.
//!
//! The cases are not part of the repository. "not run" is printed where the folder is not there: `NOTES_SHARED`, or
//! `shared` beside the repository.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads its cases, is told where they are, and fails where it cannot"
)]

#[path = "../mutants/generator/json.rs"]
#[expect(dead_code, reason = "the mutants change documents, these tests only read them")]
mod json;
mod listed;
mod reference;

use clinical_json::Document;
use clinical_validate::{Mode, Severity, validate};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The folder of shared data, where there is one.
fn shared(under: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("NOTES_SHARED").map_or_else(beside, PathBuf::from).join(under);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("not run: no {under}");
    None
}

/// Where a document has errors, and by which rules; nothing where it is no JSON.
fn errors(text: &[u8]) -> Option<BTreeSet<(String, String)>> {
    let document = Document::parse(text).ok()?;
    let report = validate(&document, Mode::Strict, &|| false);
    let errors = report.issues.into_iter().filter(|issue| issue.severity <= Severity::Error);
    Some(errors.map(|issue| (issue.expression, issue.key.into_owned())).collect())
}

/// The valid examples that are called wrong, with the rules that say so.
#[test]
fn the_official_examples_are_valid_or_it_is_listed_why_not() {
    let mut found = BTreeSet::new();
    for folder in ["data/fhir/us-core", "data/fhir/r4-examples"] {
        let Some(folder) = shared(folder) else { return };
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read(&path).unwrap();
            // A folder of a package also holds files that are no resources.
            let is_resource = json::Json::read(&text).is_some_and(|j| j.str_at("resourceType").is_some());
            if is_resource && errors(&text).is_none_or(|e| !e.is_empty()) {
                found.insert(path.file_name().unwrap().to_string_lossy().into_owned());
            }
        }
    }
    listed::same("example", &found, |entry| entry.file.clone());
}

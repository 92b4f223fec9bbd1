//! The literate cases of `cases/**/*.md`, run through the whole pipeline.
//!
//! `CASES=accept cargo test -p clinical-pipeline --test cases` rewrites the machine-written fences (`record`, `page`,
//! `accounting`) of every case; the diff is what gets reviewed. What a person wrote (`must`, `must-not`, `error`) is
//! never rewritten. `CASES_ONLY=dose` runs the cases whose path has that word in it. See `cases/README.md`.
#![expect(clippy::disallowed_methods, reason = "the cases are files, and accepting them is asked for by a variable")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers of a test fail as tests do")]

mod case_file;
mod check;
mod dump;
mod dump_lines;
mod edit;
mod expectation;
mod flips;
mod input;
mod markup;
mod pages;
mod table;

use case_file::Case;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases")
}

/// Every case file, sorted by path.
fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut here: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    here.sort();
    for path in here {
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "md") && path.file_name().is_some_and(|n| n != "README.md") {
            out.push(path);
        }
    }
}

/// Every case. A file that is not one is a failure of the whole run.
fn cases() -> Vec<Case> {
    let mut paths = Vec::new();
    files(&root(), &mut paths);
    let only = std::env::var("CASES_ONLY").unwrap_or_default();
    let mut out = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if name.contains(&only) {
            let text = std::fs::read_to_string(&path).unwrap();
            out.push(Case::parse(path, name, &text));
        }
    }
    out
}

#[test]
fn every_case_holds() {
    let accept = std::env::var("CASES").is_ok_and(|v| v == "accept");
    let mut failed = Vec::new();
    let all = cases();
    for case in &all {
        let (faults, accepted) = check::run(case, accept);
        if let Some(text) = accepted {
            std::fs::write(&case.path, text).unwrap();
        }
        if !faults.is_empty() {
            failed.push(format!("---- cases/{}\n{}", case.name, faults.join("\n")));
        }
    }
    assert!(failed.is_empty(), "{} of {} cases fail\n\n{}\n", failed.len(), all.len(), failed.join("\n\n"));
}

/// The flips that the tables of `flips.rs` make of every case, and how many there were of each kind.
#[test]
fn a_flipped_record_flips_the_page() {
    let mut faults = Vec::new();
    let mut counts = flips::Counts::new();
    for case in cases().iter().filter(|c| flips::is_fit(c)) {
        flips::run(case, &mut counts, &mut faults);
    }
    let first = faults.iter().take(40).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} flips did not turn the page\n\n{first}\n", faults.len());
    println!("flips: {counts:?}");
    if std::env::var("CASES_ONLY").is_err() {
        for kind in flips::KINDS {
            assert!(counts.get(kind).is_some_and(|n| *n > 0), "no case lets this be flipped: {kind}");
        }
    }
}

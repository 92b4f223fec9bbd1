//! What the property tests share: samples, a seeded generator of records, mutations, and an independent reader.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses a part of this")]
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read their samples, and fail by panic")]

pub mod exact;
pub mod mutate;
pub mod page_changes;
pub mod random;
pub mod records;
pub mod summary_changes;

use clinical_pipeline::{Error, Input, Label, Lexicon, Moment, Options, Outcome, Page, Stop, summarize};
use std::path::{Path, PathBuf};

/// Every page that can be made.
pub const PAGES: [Page; 4] = [Page::Json, Page::Html, Page::Text, Page::Markdown];

pub fn lexicon() -> &'static Lexicon {
    Lexicon::english().unwrap()
}

/// The time that all these tests call now.
pub fn now() -> Moment {
    Moment::parse("2026-06-01T12:00:00Z").unwrap()
}

pub fn make(bytes: &[u8], page: Page) -> Result<Outcome, Error> {
    let options = Options { now: now(), page, large_print: false, narrated: None, stop: Stop::never() };
    summarize(&Input::new(bytes, Label::Unknown), &options, lexicon())
}

/// The samples in FHIR by name.
pub fn samples() -> Vec<(String, Vec<u8>)> {
    all_samples().into_iter().filter(|(name, _)| name.ends_with(".json")).collect()
}

/// The samples of every format by name.
pub fn all_samples() -> Vec<(String, Vec<u8>)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    let files = files(&dir);
    assert!(files.len() >= 5, "the samples are missing");
    files
        .into_iter()
        .map(|f| (f.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&f).unwrap()))
        .collect()
}

/// The documents of a folder and of those in it, sorted.
pub fn files(dir: &Path) -> Vec<PathBuf> {
    let Ok(read) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut out = Vec::new();
    for path in read.map(|e| e.unwrap().path()) {
        if path.is_dir() {
            out.extend(files(&path));
        } else if path.extension().is_some_and(|e| ["json", "xml", "txt"].iter().any(|known| e == *known)) {
            out.push(path);
        }
    }
    out.sort();
    out
}

//! Prints how hard our own words are to read over the records of folders:
//! `cargo run --release -p clinical-pipeline --example readability -- DIR…`
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a measuring program reads files and prints")]

use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop, summarize};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let lexicon = Lexicon::english()?;
    let now = Moment::parse("2026-06-01T12:00:00Z").ok_or("a time")?;
    let options = Options { now, page: Page::Json, large_print: false, narrated: None, stop: Stop::never() };
    let mut grades: Vec<(f64, String)> = Vec::new();
    let (mut empty, mut refused) = (0, 0);
    for dir in std::env::args().skip(1) {
        let Ok(read) = std::fs::read_dir(&dir) else {
            println!("not run: there is no {dir}");
            continue;
        };
        for path in read.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")) {
            match summarize(&Input::new(&std::fs::read(&path)?, Label::Unknown), &options, lexicon) {
                // A page with nothing of the record says only the fixed lines: it would flatter the figure.
                Ok(outcome) if outcome.nothing_to_show => empty += 1,
                Ok(outcome) => grades.push((outcome.reading.grade, path.display().to_string())),
                Err(_) => refused += 1,
            }
        }
    }
    grades.sort_by(|a, b| a.0.total_cmp(&b.0));
    let at = |part: f64| grades.get(((grades.len() as f64 * part) as usize).min(grades.len().saturating_sub(1)));
    for (name, part) in [("median", 0.5), ("95th percentile", 0.95), ("highest", 1.0)] {
        if let Some((grade, file)) = at(part) {
            println!("Flesch-Kincaid grade, {name}: {grade:.2} ({file})");
        }
    }
    println!("{} sheets measured, {empty} with nothing to show, {refused} refused", grades.len());
    Ok(())
}

//! Measures the reading of C-CDA against a bare parse of the same bytes:
//! `cargo run --release -p clinical-intake --example ccda_speed -- DIR`
//!
//! Every `*.xml` below `DIR` is parsed by roxmltree alone (where it can: fragments miss declarations), looked through
//! and parsed, and read, in turns, so that a slow minute of the machine hits all three. Medians of the rounds are
//! summed over the files. Before that it says what was refused and whether every section and entry is accounted for.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program reads files, looks at the clock and prints"
)]

use clinical_intake::ccda;
use clinical_model::Stop;
use clinical_xml::{Node, Safe, decode};
use std::collections::BTreeMap;
use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Rounds per file; the median of them counts.
const ROUNDS: usize = 11;

fn main() -> Result<(), Box<dyn Error>> {
    let dir = std::env::args().nth(1).ok_or("usage: ccda_speed DIR")?;
    let mut files = Vec::new();
    gather(Path::new(&dir), &mut files);
    files.sort();
    let mut refusals: BTreeMap<String, usize> = BTreeMap::new();
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    let mut findings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sums = [Duration::ZERO; 4];
    let (mut bytes, mut read, mut expected, mut counted) = (0, 0, 0, 0);
    for file in &files {
        let raw = std::fs::read(file)?;
        let outcome = decode(&raw).and_then(Safe::of).map_err(|e| e.what.to_owned());
        let safe = match outcome {
            Ok(safe) => safe,
            Err(why) => {
                *refusals.entry(why).or_default() += 1;
                continue;
            }
        };
        let document = match safe.parse() {
            Ok(document) => document,
            Err(e) => {
                *refusals.entry(e.what.to_owned()).or_default() += 1;
                continue;
            }
        };
        let (record, found) = match ccda::read(&document, Stop::never()) {
            Ok(done) => done,
            Err(e) => {
                *refusals.entry(e.code().to_owned()).or_default() += 1;
                continue;
            }
        };
        let is = |n: &Node<'_, '_>, name| n.tag_name().name() == name;
        let parts = document
            .descendants()
            .filter(|n| is(n, "section") || is(n, "entry") && n.parent_element().is_some_and(|p| is(&p, "section")));
        let parts = parts.count();
        if record.entries.len() < parts {
            println!("too few entries: {} of {parts}", record.entries.len());
        }
        expected += parts;
        counted += record.entries.len();
        for entry in &record.entries {
            *states.entry(format!("{} {:?}", entry.kind, entry.state)).or_default() += 1;
        }
        found.iter().for_each(|f| *findings.entry(f.code.as_str()).or_default() += 1);
        read += 1;
        // The bare parse gets the text with the declarations that the look before it added.
        let whole = document.input_text();
        bytes += whole.len();
        let text = decode(&raw).map_err(|e| e.what)?;
        let mut times: [Vec<Duration>; 4] = Default::default();
        for _ in 0..ROUNDS {
            times[0].push(timed(|| _ = black_box(roxmltree::Document::parse(black_box(whole)))));
            times[1].push(timed(|| _ = black_box(Safe::of(black_box(text)))));
            times[2].push(timed(|| {
                if let Ok(safe) = Safe::of(black_box(text)) {
                    _ = black_box(safe.parse());
                }
            }));
            times[3].push(timed(|| _ = black_box(ccda::read(black_box(&document), Stop::never()))));
        }
        for (sum, mut times) in sums.iter_mut().zip(times) {
            times.sort();
            *sum += times[ROUNDS / 2];
        }
    }
    println!("{} files, {read} read, refused: {refusals:?}", files.len());
    println!("sections and entries in them {expected}, entries of the records {counted}");
    println!("findings: {findings:?}");
    for (state, count) in &states {
        println!("{count:>8} {state}");
    }
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    let names = ["bare parse", "look before", "look and parse", "read"];
    for (name, time) in names.iter().zip(sums) {
        println!(
            "{name:>16} {:>8.1} MB/s {:>6.2} of a bare parse",
            speed(time),
            time.as_secs_f64() / sums[0].as_secs_f64()
        );
    }
    Ok(())
}

fn timed(job: impl FnOnce()) -> Duration {
    let start = Instant::now();
    job();
    start.elapsed()
}

fn gather(dir: &Path, to: &mut Vec<PathBuf>) {
    let Ok(inside) = std::fs::read_dir(dir) else { return };
    for path in inside.flatten().map(|e| e.path()) {
        if path.is_dir() {
            gather(&path, to);
        } else if path.extension().is_some_and(|e| e == "xml") {
            to.push(path);
        }
    }
}

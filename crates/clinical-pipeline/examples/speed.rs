//! Measures the whole job against `serde_json::Value` of the same bytes, and how it grows:
//! `cargo run --release -p clinical-pipeline --example speed -- DIR`
//!
//! Three things are printed. Every `*.json` of `DIR`: the median times of parsing alone (serde_json), of the way to a
//! JSON summary and of the way to an HTML page, taken in turns so that a slow minute of the machine hits all three.
//! Then a bundle grown to 1, 10 and 100 MB: time and peak memory of a process of its own for each. Then the time from
//! the start of a process to its first page.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program reads files, looks at the clock and prints"
)]

use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop, summarize};
use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

type Failure = Box<dyn Error>;

/// Rounds per file; the median of them counts.
const ROUNDS: usize = 15;
/// Sizes of the grown bundle in megabytes.
const SIZES: [usize; 3] = [1, 10, 100];
const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--child", file, page] => child(Path::new(file), page),
        [dir] => parent(Path::new(dir)),
        _ => Err("usage: speed DIR".into()),
    }
}

fn parent(dir: &Path) -> Result<(), Failure> {
    if dir.is_dir() {
        against_parsing(dir)?;
    } else {
        println!("not run: there is no {}", dir.display());
    }
    let visit = Path::new(SAMPLES).join("visit.json");
    growth(&Path::new(SAMPLES).join("diabetes.json"))?;
    if let Some(real) = json_files(dir).into_iter().min_by_key(|p| p.metadata().map_or(0, |m| m.len())) {
        growth(&real)?;
    }
    first_answer(&visit)
}

fn options(page: Page) -> Result<Options<'static>, Failure> {
    let now = Moment::parse("2026-06-01T12:00:00Z").ok_or("a time")?;
    Ok(Options { now, page, large_print: false, narrated: None, stop: Stop::never() })
}

fn job(bytes: &[u8], page: Page, lexicon: &Lexicon) -> Result<(), Failure> {
    let outcome = summarize(&Input::new(black_box(bytes), Label::Json), &options(page)?, lexicon)?;
    black_box(outcome);
    Ok(())
}

fn json_files(dir: &Path) -> Vec<PathBuf> {
    let Ok(read) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut files: Vec<PathBuf> =
        read.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "json")).collect();
    files.sort();
    files
}

/// Medians of the three jobs over every file.
fn against_parsing(dir: &Path) -> Result<(), Failure> {
    let lexicon = Lexicon::english()?;
    let mut rows: Vec<[Duration; 3]> = Vec::new();
    println!("{:>9} {:>9} {:>9} {:>9} {:>6} {:>6}", "bytes", "serde", "JSON", "HTML", "JSON/s", "HTML/s");
    for file in json_files(dir) {
        let bytes = std::fs::read(&file)?;
        let mut times: [Vec<Duration>; 3] = Default::default();
        for _ in 0..ROUNDS {
            times[0].push(timed(|| {
                black_box(serde_json::from_slice::<serde_json::Value>(black_box(&bytes))?);
                Ok(())
            })?);
            times[1].push(timed(|| job(&bytes, Page::Json, lexicon))?);
            times[2].push(timed(|| job(&bytes, Page::Html, lexicon))?);
        }
        let row = times.map(median);
        let ms = |d: Duration| format!("{:.2} ms", d.as_secs_f64() * 1e3);
        println!(
            "{:>9} {:>9} {:>9} {:>9} {:>6.2} {:>6.2}",
            bytes.len(),
            ms(row[0]),
            ms(row[1]),
            ms(row[2]),
            ratio(row[1], row[0]),
            ratio(row[2], row[0])
        );
        rows.push(row);
    }
    for (name, which) in [("JSON", 1), ("HTML", 2)] {
        let sum = |i: usize| rows.iter().filter_map(|r| r.get(i)).sum::<Duration>();
        let mut ratios: Vec<f64> = rows.iter().map(|r| ratio(r[which], r[0])).collect();
        ratios.sort_by(f64::total_cmp);
        let at = |i: usize| ratios.get(i).copied().unwrap_or_default();
        println!(
            "{name} / serde_json::Value: overall {:.2}; per file min {:.2}, median {:.2}, max {:.2} ({} files)",
            ratio(sum(which), sum(0)),
            at(0),
            at(ratios.len() / 2),
            at(ratios.len().saturating_sub(1)),
            ratios.len()
        );
    }
    Ok(())
}

fn timed(job: impl FnOnce() -> Result<(), Failure>) -> Result<Duration, Failure> {
    let start = Instant::now();
    job()?;
    Ok(start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn ratio(ours: Duration, theirs: Duration) -> f64 {
    ours.as_secs_f64() / theirs.as_secs_f64()
}

/// Grows a bundle and runs a process for each size and page.
fn growth(sample: &Path) -> Result<(), Failure> {
    println!("grown from {}", sample.file_name().unwrap_or_default().display());
    let bundle: serde_json::Value = serde_json::from_slice(&std::fs::read(sample)?)?;
    let file = std::env::temp_dir().join(format!("clinical-speed-{}.json", std::process::id()));
    for size in SIZES {
        let bytes = grown(&bundle, size * 1_000_000)?;
        std::fs::write(&file, &bytes)?;
        for page in ["none", "serde", "json", "html"] {
            let out =
                std::process::Command::new(std::env::current_exe()?).arg("--child").arg(&file).arg(page).output()?;
            let said = String::from_utf8_lossy(&out.stdout).into_owned();
            let mut numbers = said.split_whitespace().filter_map(|n| n.parse::<f64>().ok());
            let (Some(seconds), Some(peak)) = (numbers.next(), numbers.next()) else {
                println!("{size:>5} MB {page:<5} failed: {}", String::from_utf8_lossy(&out.stderr).trim());
                continue;
            };
            let megabytes = bytes.len() as f64 / 1e6;
            println!(
                "{size:>5} MB {page:<5} {:>7.2} ms per MB, peak memory {:.2} times the input ({:.0} MB)",
                seconds * 1e3 / megabytes,
                peak * 1024.0 / bytes.len() as f64,
                peak * 1024.0 / 1e6
            );
        }
    }
    std::fs::remove_file(&file)?;
    Ok(())
}

/// The bundle with its entries repeated under new ids until it has about `size` bytes. The patient stays one.
fn grown(bundle: &serde_json::Value, size: usize) -> Result<Vec<u8>, Failure> {
    let entries = bundle["entry"].as_array().ok_or("the sample is not a Bundle")?;
    let texts: Vec<(String, String)> =
        entries.iter().map(|e| (e["resource"]["id"].as_str().unwrap_or_default().to_owned(), e.to_string())).collect();
    let is_patient = |i: usize| entries.get(i).is_some_and(|e| e["resource"]["resourceType"] == "Patient");
    let mut out = format!(r#"{{"resourceType":"Bundle","type":{},"entry":["#, bundle["type"]);
    for round in 0usize.. {
        for (i, (id, text)) in texts.iter().enumerate() {
            if round > 0 && is_patient(i) {
                continue;
            }
            if !out.ends_with('[') {
                out.push(',');
            }
            let is_new = round > 0 && !id.is_empty();
            let fresh = format!("{id}-{round}");
            out.push_str(&if is_new { text.replace(id.as_str(), &fresh) } else { text.clone() });
        }
        if out.len() >= size {
            break;
        }
    }
    out.push_str("]}");
    Ok(out.into_bytes())
}

/// One job in a process of its own: prints seconds and the peak of memory in KiB.
fn child(file: &Path, page: &str) -> Result<(), Failure> {
    let bytes = std::fs::read(file)?;
    let lexicon = Lexicon::english()?;
    let time = match page {
        "serde" => timed(|| {
            black_box(serde_json::from_slice::<serde_json::Value>(black_box(&bytes))?);
            Ok(())
        })?,
        "json" => timed(|| job(&bytes, Page::Json, lexicon))?,
        "html" => timed(|| job(&bytes, Page::Html, lexicon))?,
        _ => Duration::ZERO,
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.split_whitespace().next()).unwrap_or("0");
    println!("{} {peak}", time.as_secs_f64());
    Ok(())
}

/// From the start of a process to its first page, the words loaded on the way.
fn first_answer(sample: &Path) -> Result<(), Failure> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        times.push(timed(|| {
            let out =
                std::process::Command::new(std::env::current_exe()?).arg("--child").arg(sample).arg("html").output()?;
            if out.status.success() { Ok(()) } else { Err("no answer".into()) }
        })?);
    }
    println!("start to first answer: {:.1} ms", median(times).as_secs_f64() * 1e3);
    Ok(())
}

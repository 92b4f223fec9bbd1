//! Measures the whole job on C-CDA against a bare parse by the XML library, and on notes in megabytes a second:
//! `cargo run --release -p clinical-pipeline --example speed_texts -- ccda DIR` or `… notes DIR`
//!
//! Files are taken in turns, so that a slow minute of the machine hits every column; medians count. Then one document
//! grown to 1 and 10 MB in a process of its own each: time per MB and peak memory.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program reads files, looks at the clock and prints"
)]

use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop, inspect, summarize};
use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

type Failure = Box<dyn Error>;

const ROUNDS: usize = 9;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--child", file, what] => child(Path::new(file), what),
        ["ccda", dir] => ccda(Path::new(dir)),
        ["notes", dir] => notes(Path::new(dir)),
        _ => Err("usage: speed_texts ccda|notes DIR".into()),
    }
}

fn files(dir: &Path, ending: &str) -> Vec<PathBuf> {
    let Ok(read) = std::fs::read_dir(dir) else { return Vec::new() };
    let mut out = Vec::new();
    for path in read.flatten().map(|e| e.path()) {
        if path.is_dir() {
            out.extend(files(&path, ending));
        } else if path.extension().is_some_and(|e| e == ending) {
            out.push(path);
        }
    }
    out.sort();
    out
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

fn job(bytes: &[u8], label: Label, page: Page, lexicon: &Lexicon) -> Result<(), Failure> {
    let now = Moment::parse("2026-06-01T12:00:00Z").ok_or("a time")?;
    let options = Options { now, page, large_print: false, narrated: None, stop: Stop::never() };
    black_box(summarize(&Input::new(black_box(bytes), label), &options, lexicon)?);
    Ok(())
}

fn ccda(dir: &Path) -> Result<(), Failure> {
    if !dir.is_dir() {
        println!("not run: there is no {}", dir.display());
        return Ok(());
    }
    let lexicon = Lexicon::english()?;
    let mut rows: Vec<(usize, Duration, Duration, Duration)> = Vec::new();
    for file in files(dir, "xml") {
        let bytes = std::fs::read(&file)?;
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let options = || roxmltree::ParsingOptions { allow_dtd: false, ..roxmltree::ParsingOptions::default() };
        let is_whole = roxmltree::Document::parse_with_options(text, options())
            .is_ok_and(|d| d.root_element().tag_name().name() == "ClinicalDocument");
        if !is_whole || job(&bytes, Label::Xml, Page::Json, lexicon).is_err() {
            continue;
        }
        let mut times: [Vec<Duration>; 3] = Default::default();
        for _ in 0..ROUNDS {
            times[0].push(timed(|| {
                black_box(roxmltree::Document::parse_with_options(black_box(text), options())?.root_element());
                Ok(())
            })?);
            times[1].push(timed(|| job(&bytes, Label::Xml, Page::Html, lexicon))?);
            times[2].push(timed(|| job(&bytes, Label::Xml, Page::Json, lexicon))?);
        }
        let [dom, html, json] = times.map(median);
        rows.push((bytes.len(), dom, html, json));
    }
    let sum = |of: fn(&(usize, Duration, Duration, Duration)) -> Duration| -> f64 {
        rows.iter().map(|r| of(r).as_secs_f64()).sum()
    };
    let bytes: usize = rows.iter().map(|r| r.0).sum();
    let (dom, html, json) = (sum(|r| r.1), sum(|r| r.2), sum(|r| r.3));
    println!("{} documents, {:.1} MB; bare parse {:.0} MB/s", rows.len(), bytes as f64 / 1e6, bytes as f64 / 1e6 / dom);
    for (name, total, of) in [
        ("HTML", html, (|r: &(usize, Duration, Duration, Duration)| r.2) as fn(&_) -> Duration),
        ("JSON", json, |r: &(usize, Duration, Duration, Duration)| r.3),
    ] {
        let mut ratios: Vec<f64> = rows.iter().map(|r| of(r).as_secs_f64() / r.1.as_secs_f64()).collect();
        ratios.sort_by(f64::total_cmp);
        let at = |i: usize| ratios.get(i).copied().unwrap_or_default();
        println!(
            "{name} / bare parse: overall {:.2}; per file min {:.2}, median {:.2}, max {:.2}; {:.0} documents a second",
            total / dom,
            at(0),
            at(ratios.len() / 2),
            at(ratios.len().saturating_sub(1)),
            rows.len() as f64 / total
        );
    }
    grow(&files(dir, "xml"), "xml")
}

fn notes(dir: &Path) -> Result<(), Failure> {
    if !dir.is_dir() {
        println!("not run: there is no {}", dir.display());
        return Ok(());
    }
    let lexicon = Lexicon::english()?;
    let texts: Vec<String> = files(dir, "txt").iter().filter_map(|f| std::fs::read_to_string(f).ok()).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let whole = texts.join("\n\n").repeat(8);
    let mut times: [Vec<Duration>; 4] = Default::default();
    for _ in 0..ROUNDS {
        times[3].push(timed(|| {
            black_box(clinical_intake::note::read(black_box(&whole), lexicon, Stop::never())?);
            Ok(())
        })?);
        times[0].push(timed(|| {
            for text in &texts {
                black_box(inspect(text, &[], lexicon, Stop::never())?);
            }
            Ok(())
        })?);
        for (i, page) in [(1, Page::Html), (2, Page::Json)] {
            times[i].push(timed(|| texts.iter().try_for_each(|t| job(t.as_bytes(), Label::Text, page, lexicon)))?);
        }
    }
    let [read, html, json, record] = times.map(median);
    let speed = |d: Duration| bytes as f64 / 1e6 / d.as_secs_f64();
    println!(
        "{} notes, {} bytes: sections and mentions {:.1} MB/s, to HTML {:.1} MB/s, to JSON {:.1} MB/s",
        texts.len(),
        bytes,
        speed(read),
        speed(html),
        speed(json)
    );
    println!(
        "the same as one text of {:.1} MB to a record: {:.1} MB/s",
        whole.len() as f64 / 1e6,
        whole.len() as f64 / 1e6 / record.as_secs_f64()
    );
    grow(&files(dir, "txt"), "txt")
}

/// One document grown to two sizes: a section or the whole text again and again.
fn grow(files: &[PathBuf], ending: &str) -> Result<(), Failure> {
    let size = |p: &&PathBuf| p.metadata().map_or(0, |m| m.len());
    let Some(text) = files.iter().max_by_key(size).and_then(|f| std::fs::read_to_string(f).ok()) else {
        return Ok(());
    };
    let at = std::env::temp_dir().join(format!("clinical-speed-{}.{ending}", std::process::id()));
    for megabytes in [1usize, 10] {
        let mut grown = String::new();
        if ending == "xml" {
            let start = text.find("<component>").or_else(|| text.find("<component ")).unwrap_or(0);
            let inner = start
                + text[start..].find("<section").map_or(0, |n| text[start..start + n].rfind("<component").unwrap_or(0));
            let end = text.rfind("</structuredBody>").unwrap_or(text.len());
            grown.push_str(&text[..inner]);
            while grown.len() < megabytes * 1_000_000 {
                grown.push_str(&text[inner..end]);
            }
            grown.push_str(&text[end..]);
        } else {
            while grown.len() < megabytes * 1_000_000 {
                grown.push_str(&text);
                grown.push('\n');
            }
        }
        std::fs::write(&at, &grown)?;
        for what in ["none", "html", "json"] {
            let out =
                std::process::Command::new(std::env::current_exe()?).arg("--child").arg(&at).arg(what).output()?;
            let said = String::from_utf8_lossy(&out.stdout).into_owned();
            let mut numbers = said.split_whitespace().filter_map(|n| n.parse::<f64>().ok());
            let (Some(seconds), Some(peak)) = (numbers.next(), numbers.next()) else {
                println!("{megabytes:>5} MB {what:<5} failed: {}", String::from_utf8_lossy(&out.stderr).trim());
                continue;
            };
            println!(
                "{megabytes:>5} MB {what:<5} {:>7.2} ms per MB, peak memory {:.2} times the input",
                seconds * 1e3 / (grown.len() as f64 / 1e6),
                peak * 1024.0 / grown.len() as f64
            );
        }
    }
    std::fs::remove_file(&at)?;
    Ok(())
}

fn child(file: &Path, what: &str) -> Result<(), Failure> {
    let bytes = std::fs::read(file)?;
    let lexicon = Lexicon::english()?;
    let label = if file.extension().is_some_and(|e| e == "xml") { Label::Xml } else { Label::Text };
    let time = match what {
        "html" => timed(|| job(&bytes, label, Page::Html, lexicon))?,
        "json" => timed(|| job(&bytes, label, Page::Json, lexicon))?,
        _ => Duration::ZERO,
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")?.split_whitespace().next()).unwrap_or("0");
    println!("{} {peak}", time.as_secs_f64());
    Ok(())
}

//! How well problems and medicines are found, against notes labelled by hand, and at what speed.
//!
//! `cargo run --release -p clinical-intake --example mention_score -- NOTES_DIR LABELS_DIR [--errors]`
//!
//! A label file `NAME.tsv` belongs to the note `NAME.txt`. Its lines are `start end kind assertion text` apart by tabs,
//! with places in code points; in place of the text may stand the first digits of its SHA-256, so that labels can be
//! kept without the words of the notes. Prints per kind precision, recall and F1, where two spans agree that overlap and
//! where they are equal; how often the assertion is right; and the F1 of negation.
#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a measurement for people, of files they name")]

use clinical_intake::note::mention::{Mention, MentionKind, mentions};
use clinical_intake::note::outline;
use clinical_intake::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::{Assertion, Stop};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

struct Label {
    start: usize,
    end: usize,
    kind: String,
    assertion: String,
}

#[derive(Default)]
struct Count {
    wanted: usize,
    found: usize,
    wanted_hit: usize,
    found_hit: usize,
    exact: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let errors = arguments.iter().any(|a| a == "--errors");
    let folders: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    let [notes, labels] = folders.as_slice() else {
        println!("not run: name the folder of the notes and the folder of the labels");
        return;
    };
    let Ok(entries) = std::fs::read_dir(labels.as_str()) else {
        println!("not run: no labels in {labels}");
        return;
    };
    let mut names: Vec<String> =
        entries.filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().strip_suffix(".tsv")?.to_owned())).collect();
    names.sort();
    let Ok(lexicon) = Lexicon::english() else { return };
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    let mut assertions: BTreeMap<(String, String), usize> = BTreeMap::new();
    let (mut all, mut notes_read, mut disagree) = (String::new(), 0, 0);
    for name in &names {
        let Ok(text) = std::fs::read_to_string(Path::new(notes.as_str()).join(format!("{name}.txt"))) else { continue };
        let Ok(rows) = std::fs::read_to_string(Path::new(labels.as_str()).join(format!("{name}.tsv"))) else {
            continue;
        };
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let wanted: Vec<Label> = rows.lines().filter_map(|row| label(row, &places, &text, &mut disagree)).collect();
        let words = tokens(&text);
        let outline = outline::read(&text, &words, lexicon, Stop::never());
        let found = mentions(&text, &words, &outline, lexicon, Stop::never());
        notes_read += 1;
        all += &text;
        all.push('\n');
        for (kind, is) in [("problem", MentionKind::Problem), ("medicine", MentionKind::Medicine)] {
            let found: Vec<&Mention> = found.iter().filter(|m| m.kind == is).collect();
            let wanted: Vec<&Label> = wanted.iter().filter(|l| l.kind == kind).collect();
            let count = counts.entry(kind).or_default();
            compare(name, &text, kind, &found, &wanted, count, &mut assertions, errors);
        }
    }
    if notes_read == 0 {
        println!("not run: no note has labels");
        return;
    }
    println!("{notes_read} notes, {disagree} labels that do not agree with their note");
    for (kind, c) in &counts {
        let (precision, recall) = (share(c.found_hit, c.found), share(c.wanted_hit, c.wanted));
        println!(
            "{kind}: wanted {}, found {}, precision {precision:.3}, recall {recall:.3}, F1 {:.3}, exact F1 {:.3}",
            c.wanted,
            c.found,
            2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
            share(2 * c.exact, c.found + c.wanted)
        );
    }
    let total: usize = assertions.values().sum();
    let right: usize = assertions.iter().filter(|((a, b), _)| a == b).map(|(_, n)| n).sum();
    println!("assertion: {right} of {total} right, {:.3}", share(right, total));
    for class in ["present", "absent", "possible", "historical", "hypothetical", "family"] {
        let sum = |f: &dyn Fn(&str, &str) -> bool| -> usize {
            assertions.iter().filter(|((want, got), _)| f(want, got)).map(|(_, n)| n).sum()
        };
        let (hit, want, got) =
            (sum(&|w, g| w == class && g == class), sum(&|w, _| w == class), sum(&|_, g| g == class));
        println!("  {class}: wanted {want}, found {got}, right {hit}, F1 {:.3}", share(2 * hit, want + got));
    }
    speed(&all, lexicon);
}

/// Mentions and context of all the notes as one text of some megabytes; words and outline are made before.
fn speed(notes: &str, lexicon: &Lexicon) {
    let text = notes.repeat(4_000_000 / notes.len().max(1) + 1);
    let words = tokens(&text);
    let outline = outline::read(&text, &words, lexicon, Stop::never());
    let begin = Instant::now();
    let count = mentions(&text, &words, &outline, lexicon, Stop::never()).len();
    let seconds = begin.elapsed().as_secs_f64();
    println!("speed: {:.1} MB/s for {count} mentions and their context", text.len() as f64 / seconds / 1e6);
}

/// One line of labels, with its places in bytes.
fn label(row: &str, places: &[usize], text: &str, disagree: &mut usize) -> Option<Label> {
    let parts: Vec<&str> = row.split('\t').collect();
    let [start, end, kind, assertion, phrase] = parts.as_slice() else { return None };
    let start = *places.get(start.parse::<usize>().ok()?)?;
    let end = *places.get(end.parse::<usize>().ok()?)?;
    let there = text.get(start..end)?;
    if there != *phrase && !(phrase.len() >= 8 && digest(there).starts_with(phrase)) {
        *disagree += 1;
    }
    Some(Label { start, end, kind: (*kind).to_owned(), assertion: (*assertion).to_owned() })
}

/// The SHA-256 of a phrase in hexadecimal digits.
fn digest(phrase: &str) -> String {
    Sha256::digest(phrase.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[expect(clippy::too_many_arguments, reason = "one place that counts")]
fn compare(
    name: &str,
    text: &str,
    kind: &str,
    found: &[&Mention],
    wanted: &[&Label],
    count: &mut Count,
    assertions: &mut BTreeMap<(String, String), usize>,
    errors: bool,
) {
    count.wanted += wanted.len();
    count.found += found.len();
    let overlaps = |m: &Mention, l: &Label| m.span.start < l.end && l.start < m.span.end;
    for label in wanted {
        let Some(mention) = found.iter().find(|m| overlaps(m, label)) else {
            if errors {
                println!("{name} missed {kind}: {}", around(text, label.start, label.end));
            }
            continue;
        };
        count.wanted_hit += 1;
        if mention.span == (label.start..label.end) {
            count.exact += 1;
        } else if errors {
            println!("{name} span {kind}: {} | {}", &text[label.start..label.end], &text[mention.span.clone()]);
        }
        let got = assertion(mention.assertion);
        *assertions.entry((label.assertion.clone(), got.to_owned())).or_default() += 1;
        if errors && got != label.assertion {
            println!("{name} {got}, not {}: {}", label.assertion, around(text, label.start, label.end));
        }
    }
    for mention in found {
        if wanted.iter().any(|label| overlaps(mention, label)) {
            count.found_hit += 1;
        } else if errors {
            println!("{name} extra {kind}: {}", around(text, mention.span.start, mention.span.end));
        }
    }
}

fn around(text: &str, start: usize, end: usize) -> String {
    let from = text[..start].char_indices().rev().take(50).last().map_or(start, |(at, _)| at);
    let to = text[end..].char_indices().take(40).last().map_or(end, |(at, _)| end + at);
    format!("{} [{}] {}", &text[from..start], &text[start..end], &text[end..to]).replace('\n', "/")
}

const fn assertion(assertion: Assertion) -> &'static str {
    match assertion {
        Assertion::Present => "present",
        Assertion::Absent => "absent",
        Assertion::Possible => "possible",
        Assertion::Historical => "historical",
        Assertion::Hypothetical => "hypothetical",
        Assertion::Family => "family",
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

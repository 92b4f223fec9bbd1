//! Problems and medicines against thirty notes labelled by hand (`tests/labels/README.md`). "not run" is printed where
//! the notes are not there.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test reads its labels, says when it is not run, and fails by panic"
)]

use clinical_intake::note::mention::{MentionKind, mentions};
use clinical_intake::note::{outline, words};
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

#[derive(Default)]
struct Count {
    wanted: usize,
    hit: usize,
    found: usize,
    right: usize,
}

impl Count {
    /// F1 of spans that overlap.
    fn f1(&self) -> f64 {
        let recall = self.hit as f64 / self.wanted as f64;
        let precision = self.right as f64 / self.found as f64;
        2.0 * recall * precision / (recall + precision)
    }
}

fn digest(words: &str) -> String {
    let bytes = Sha256::digest(words.as_bytes());
    bytes.iter().take(6).fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Problems and medicines of all notes of one folder of labels.
fn counts(part: &str) -> Option<[Count; 2]> {
    let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/notes/aci-bench");
    if !notes.is_dir() {
        println!("not run: no shared data");
        return None;
    }
    let lexicon = Lexicon::english().unwrap();
    let mut out = [Count::default(), Count::default()];
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels").join(part);
    for file in std::fs::read_dir(labels).unwrap().map(|e| e.unwrap().path()) {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(notes.join(format!("{name}.txt"))).unwrap();
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let tokens = words::tokens(&text);
        let outline = outline::read(&text, &tokens, lexicon, Stop::never());
        let found = mentions(&text, &tokens, &outline, lexicon, Stop::never());
        let mut wanted: [Vec<Range<usize>>; 2] = Default::default();
        for row in std::fs::read_to_string(&file).unwrap().lines() {
            let [start, end, kind, _, mark] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{name}: {row}") };
            let span = bytes[start.parse::<usize>().unwrap()]..bytes[end.parse::<usize>().unwrap()];
            assert_eq!(digest(&text[span.clone()]), mark, "{name}: the note is another than the one that was labelled");
            wanted[usize::from(kind == "medicine")].push(span);
        }
        for (i, kind) in [MentionKind::Problem, MentionKind::Medicine].into_iter().enumerate() {
            let spans: Vec<Range<usize>> = found.iter().filter(|m| m.kind == kind).map(|m| m.span.clone()).collect();
            out[i].wanted += wanted[i].len();
            out[i].hit += wanted[i].iter().filter(|w| spans.iter().any(|s| overlap(s, w))).count();
            out[i].found += spans.len();
            out[i].right += spans.iter().filter(|s| wanted[i].iter().any(|w| overlap(s, w))).count();
        }
    }
    Some(out)
}

#[test]
fn problems_and_medicines_are_found_in_notes_that_were_read() {
    let Some([problems, medicines]) = counts("read-while-writing") else { return };
    println!("problems {:.3}, medicines {:.3}", problems.f1(), medicines.f1());
    assert!(problems.f1() >= 0.99 && medicines.f1() >= 0.99);
}

#[test]
fn problems_and_medicines_are_found_in_notes_that_were_not_looked_at() {
    let Some([problems, medicines]) = counts("not-looked-at") else { return };
    println!("problems {:.3}, medicines {:.3}", problems.f1(), medicines.f1());
    assert!(problems.f1() >= 0.92 && medicines.f1() >= 0.97);
}

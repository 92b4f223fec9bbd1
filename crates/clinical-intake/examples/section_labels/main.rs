//! How well the words of a text alone say which section of a note it is.
//!
//! `cargo run --release -p clinical-intake --example section_labels -- <files …>` prints, for each file of JSON lines
//! (`section`, `text`), what [`clinical_intake::note::outline::classify`] makes of it: each class with precision,
//! recall and F1, and macro-F1. Without files: "not run".
//!
//! `--folds <file>` fits on four fifths and measures on the fifth, five times, with the rows dealt anew five times.
//! `--fit <file>` fits on all of the file and prints `data/en/section_cues.toml`. Fitting uses the same features, only of
//! words that the lexicon holds or that stand in `words.txt` or in the phrases of `phrases/`, which were written for it.
//!
//! How to read the figures: words, groups and phrases were chosen by somebody who had read the training rows, so the
//! folds are kinder than text that nobody has seen; on the training file itself the table only shows what it remembers.
//! Classes with one or two rows swing the mean by a twentieth each.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that reads files and prints"
)]

mod fit;
mod score;

use clinical_intake::note::outline::{NoteKind, classify, features};
use clinical_intake::note::words::tokens;
use clinical_lexicon::Lexicon;
use score::Table;

/// The labels of MTS-Dialog and the kinds that stand for them in the table.
const LABELS: [(&str, NoteKind); 20] = [
    ("ALLERGY", NoteKind::Allergies),
    ("ASSESSMENT", NoteKind::Assessment),
    ("CC", NoteKind::ChiefComplaint),
    ("DIAGNOSIS", NoteKind::Diagnosis),
    ("DISPOSITION", NoteKind::Disposition),
    ("EDCOURSE", NoteKind::Course),
    ("EXAM", NoteKind::Exam),
    ("FAM/SOCHX", NoteKind::Social),
    ("GENHX", NoteKind::PresentIllness),
    ("GYNHX", NoteKind::Gynecologic),
    ("IMAGING", NoteKind::Imaging),
    ("IMMUNIZATIONS", NoteKind::Immunizations),
    ("LABS", NoteKind::Results),
    ("MEDICATIONS", NoteKind::Medications),
    ("OTHER_HISTORY", NoteKind::Other),
    ("PASTMEDICALHX", NoteKind::PastMedical),
    ("PASTSURGICAL", NoteKind::PastSurgical),
    ("PLAN", NoteKind::Plan),
    ("PROCEDURES", NoteKind::Procedures),
    ("ROS", NoteKind::ReviewOfSystems),
];

/// One row: the place of its label, and its text.
struct Row {
    label: usize,
    text: String,
}

fn label_of(kind: NoteKind) -> Option<usize> {
    let kind = if kind == NoteKind::Family { NoteKind::Social } else { kind };
    LABELS.iter().position(|(_, k)| *k == kind)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = Lexicon::english()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => println!("not run: no files were given"),
        ["--fit", path] => print!("{}", fit::table(&read(path)?, lexicon)),
        ["--folds", path] => folds(&read(path)?, lexicon),
        paths => {
            for path in paths {
                let mut table = Table::new(LABELS.map(|(name, _)| name));
                for row in read(path)? {
                    let guess = classify(&row.text, &tokens(&row.text), lexicon);
                    table.add(row.label, label_of(guess.kind));
                }
                println!("{path}\n{table}");
            }
        }
    }
    Ok(())
}

/// How often the rows are dealt anew.
const DEALS: u64 = 5;
const FOLDS: usize = 5;

/// Five folds, dealt five times; what is printed was never fitted on, and counts each row five times. Each kind is dealt
/// by itself, so that its rows lie in as many folds as they can. The phrases are dealt likewise and have a table of their
/// own: of the rare kinds there are too few rows to tell anything.
fn folds(rows: &[Row], lexicon: &Lexicon) {
    let phrases = fit::phrases();
    let (mut table, mut own) = (Table::new(LABELS.map(|(name, _)| name)), Table::new(LABELS.map(|(name, _)| name)));
    let mut margins = Vec::new();
    for deal in 1..=DEALS {
        let (folds, others) = (dealt(rows, deal), dealt(&phrases, deal));
        for fold in 0..FOLDS {
            let model = fit::Model::fit(&without(rows, &folds, fold), &without(&phrases, &others, fold), lexicon);
            for (rows, folds, table) in [(rows, &folds, &mut table), (&phrases, &others, &mut own)] {
                for (row, _) in rows.iter().zip(folds).filter(|(_, f)| **f == fold) {
                    let (guess, margin) = model.guess(&row.text, lexicon);
                    table.add(row.label, Some(guess));
                    margins.push((margin, guess == row.label));
                }
            }
        }
    }
    println!("five folds, dealt five times: phrases\n{own}");
    println!("five folds, dealt five times\n{table}");
    for least in [1.0, 1.5, 2.0, 2.5, 3.0, 4.0] {
        let wide: Vec<bool> = margins.iter().filter(|(margin, _)| *margin >= least).map(|(_, right)| *right).collect();
        let right = wide.iter().filter(|right| **right).count();
        println!(
            "margin at least {least}, rows and phrases: {} of {} guesses, {right} right",
            wide.len(),
            margins.len()
        );
    }
}

fn without<'a>(rows: &'a [Row], folds: &[usize], fold: usize) -> Vec<&'a Row> {
    rows.iter().zip(folds).filter(|(_, f)| **f != fold).map(|(row, _)| row).collect()
}

/// The fold of each row.
fn dealt(rows: &[Row], deal: u64) -> Vec<usize> {
    let mut order: Vec<(usize, u64, usize)> =
        rows.iter().enumerate().map(|(at, row)| (row.label, mixed(deal, at), at)).collect();
    order.sort_unstable();
    let mut folds = vec![0; rows.len()];
    for (place, (_, _, at)) in order.into_iter().enumerate() {
        folds[at] = place % FOLDS;
    }
    folds
}

/// A number that looks like chance and is always the same (SplitMix64).
fn mixed(deal: u64, at: usize) -> u64 {
    let mut z = (deal << 32 | at as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

fn read(path: &str) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let mut rows = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let value: serde_json::Value = serde_json::from_str(line)?;
        let (Some(section), Some(text)) = (value["section"].as_str(), value["text"].as_str()) else {
            return Err("a row needs section and text".into());
        };
        let Some(label) = LABELS.iter().position(|(name, _)| *name == section) else {
            eprintln!("an unknown section is left out");
            continue;
        };
        rows.push(Row { label, text: text.to_owned() });
    }
    Ok(rows)
}

/// All features of a text.
fn all_features(text: &str, lexicon: &Lexicon) -> Vec<String> {
    let mut out = Vec::new();
    features(text, &tokens(text), lexicon, &mut |feature| out.push(feature.to_owned()));
    out
}

//! How well the words of a text alone say which section of a note it is.
//!
//! `cargo run --release -p clinical-intake --example section_labels -- <files …>` prints, for each file of JSON lines
//! (`section`, `text`), what [`clinical_intake::note::outline::classify`] makes of it: each class with precision,
//! recall and F1, and macro-F1. Without files: "not run".
//!
//! `--folds <file>` fits on four fifths and measures on the fifth, five times. `--fit <file>` fits on all of the file
//! and prints `data/en/section_cues.toml`. Fitting uses the same features, only of words that the lexicon holds or
//! that stand in `words.txt`, and adds the phrases of `phrases.txt`, which were written for it.
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

/// Five folds, each row by its place; what is printed was never fitted on.
fn folds(rows: &[Row], lexicon: &Lexicon) {
    let mut table = Table::new(LABELS.map(|(name, _)| name));
    for fold in 0..5 {
        let (test, train): (Vec<_>, Vec<_>) = rows.iter().enumerate().partition(|(at, _)| at % 5 == fold);
        let train: Vec<&Row> = train.into_iter().map(|(_, row)| row).collect();
        let model = fit::Model::fit(&train, lexicon);
        for (_, row) in test {
            table.add(row.label, Some(model.guess(&row.text, lexicon)));
        }
    }
    println!("five folds\n{table}");
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

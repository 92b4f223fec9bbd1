//! Sentences of our own making with the section they stand in and what they must carry.

use super::carries;
use crate::note::outline::NoteKind;
use crate::note::values::tests::outline;
use crate::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::Carries;

fn told(c: Carries) -> String {
    let all = [
        ("assessment", c.assessment),
        ("plan", c.plan),
        ("medicine", c.medicine_change),
        ("follow-up", c.follow_up),
        ("return", c.return_precaution),
        ("result", c.result),
    ];
    all.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

fn kind(name: &str) -> NoteKind {
    match name {
        "A" => NoteKind::Assessment,
        "P" => NoteKind::Plan,
        "AP" => NoteKind::AssessmentAndPlan,
        "I" => NoteKind::Instructions,
        "HPI" => NoteKind::PresentIllness,
        "R" => NoteKind::Results,
        "X" => NoteKind::Exam,
        "U" => NoteKind::Unstated,
        _ => panic!("{name}"),
    }
}

#[test]
fn sentences_carry_what_they_say() {
    let lexicon = Lexicon::english().unwrap();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for row in include_str!("tests.txt").lines().filter(|r| !r.trim().is_empty()) {
        let (text, expected) = row.split_once(" => ").unwrap_or((row.trim_end_matches(" =>"), ""));
        let (section, text) = text.split_once(' ').unwrap();
        let tokens = tokens(text);
        let found = carries(text, &tokens, &outline(kind(section), text), lexicon);
        count += 1;
        let found: Vec<String> = found.into_iter().map(told).collect();
        if found.join(" / ") != expected.trim() {
            wrong.push(format!("{row}\n   found {}", found.join(" / ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

//! Sentences of our own making.

use super::{allergies, appointments};
use crate::note::carries::carries;
use crate::note::outline::NoteKind;
use crate::note::values::tests::outline;
use crate::note::words::tokens;
use clinical_lexicon::Lexicon;
use clinical_model::{AppointmentCourse, EntryId, Verbatim};

fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = table.lines().filter(|r| !r.trim().is_empty());
    rows.map(|row| row.split_once(" => ").unwrap_or((row.trim_end_matches(" =>"), "")))
}

fn join<'v, 'a: 'v>(facts: impl IntoIterator<Item = &'v Verbatim<'a>>) -> String {
    facts.into_iter().map(Verbatim::text).collect::<Vec<_>>().join(", ")
}

#[test]
fn coming_back_is_read_and_only_a_date_makes_a_visit() {
    let lexicon = Lexicon::english().unwrap();
    let mut wrong = Vec::new();
    for (text, expected) in rows(include_str!("tests/follow-up.txt")) {
        let tokens = tokens(text);
        let outline = outline(NoteKind::Plan, text);
        let mut found: Vec<String> = Vec::new();
        for c in carries(text, &tokens, &outline, lexicon) {
            found.extend(c.follow_up.then(|| "follow-up".to_owned()));
            found.extend(c.return_precaution.then(|| "return".to_owned()));
        }
        for a in appointments(text, &tokens, &outline, lexicon, &|s| EntryId(s as u32)) {
            let course = if a.course == AppointmentCourse::Booked { "booked" } else { "open" };
            let people = a.providers.iter().flat_map(|n| n.parts());
            found.push(format!("{course} [{}] [{}] [{}]", join(&a.start), join(people), join(&a.purposes)));
            let start = a.start.unwrap();
            assert_eq!(&text[start.source().start()..start.source().end()], start.text());
        }
        if found.join(" + ") != expected {
            wrong.push(format!("{text}\n   expected {expected}\n   found    {}", found.join(" + ")));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn history_books_no_visit() {
    let text = "Follow up with Dr. Pell on 3/4/2031.";
    let found = |kind| {
        appointments(text, &tokens(text), &outline(kind, text), Lexicon::english().unwrap(), &|_| EntryId(0)).len()
    };
    assert_eq!(found(NoteKind::PresentIllness), 0);
    assert_eq!(found(NoteKind::FollowUp), 1);
}

#[test]
fn allergies_are_read() {
    let lexicon = Lexicon::english().unwrap();
    let mut wrong = Vec::new();
    for (text, expected) in rows(include_str!("tests/allergies.txt")) {
        let (section, text) = text.split_once(' ').unwrap();
        let kind = if section == "S" { NoteKind::Allergies } else { NoteKind::PresentIllness };
        let found = allergies(text, &tokens(text), &outline(kind, text), lexicon, &|_| EntryId(0));
        let told = found.iter().map(|a| match (a.none_known, a.not_asked) {
            (true, _) => "none".to_owned(),
            (_, true) => "unknown".to_owned(),
            _ if a.reactions.is_empty() => join(&a.code.text),
            _ => format!("{} [{}]", join(&a.code.text), join(&a.reactions)),
        });
        let told = told.collect::<Vec<_>>().join(" + ");
        if told != expected {
            wrong.push(format!("{text}\n   expected {expected}\n   found    {told}"));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

//! Medicines of sentences, by hazard.

use super::*;
use crate::note::outline::{NoteKind, Section, Sentence};
use crate::note::words::tokens;
use clinical_model::{AmountOrRange, AsNeeded, MedicationKind};

/// Sentences (one a line) of one section, and the medicines they name.
fn note<'a>(kind: NoteKind, heading: &str, text: &'a str, names: &[&str]) -> Vec<MedicationUse<'a>> {
    note_said(kind, heading, text, names, Assertion::Present)
}

fn note_said<'a>(
    kind: NoteKind,
    heading: &str,
    text: &'a str,
    names: &[&str],
    said: Assertion,
) -> Vec<MedicationUse<'a>> {
    let start = text.find(heading).filter(|_| !heading.is_empty());
    let heading = start.map(|at| at..at + heading.len());
    let mut outline = Outline::default();
    outline.sections.push(Section { kind, heading: heading.clone(), body: 0..text.len() });
    let mut mentions = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        if heading.as_ref().is_some_and(|h| h.start == span.start) || span.is_empty() {
            continue;
        }
        let sentence = outline.sentences.len();
        let body = &text[span.clone()];
        for name in names {
            let found = body.to_lowercase().match_indices(&name.to_lowercase()).map(|(i, _)| i).collect::<Vec<_>>();
            mentions.extend(found.into_iter().map(|i| MedicineMention {
                span: span.start + i..span.start + i + name.len(),
                assertion: said,
                sentence,
            }));
        }
        outline.sentences.push(Sentence { section: 0, span, is_item: true });
    }
    mentions.sort_by_key(|m| m.span.start);
    let lexicon = Lexicon::english().unwrap();
    let uses = uses(text, &tokens(text), &outline, &mentions, &|i| EntryId(u32::try_from(i).unwrap()), lexicon);
    for u in &uses {
        let name = u.medicine.name().unwrap();
        assert_eq!(text.get(name.source().start()..name.source().end()), Some(name.text()));
    }
    uses
}

const NAMES: &[&str] = &["lisinopril", "losartan", "metformin", "ibuprofen", "warfarin", "amoxicillin", "albuterol"];

fn plan(text: &str) -> Vec<MedicationUse<'_>> {
    note(NoteKind::Plan, "", text, NAMES)
}

fn story(text: &str) -> Vec<MedicationUse<'_>> {
    note(NoteKind::PresentIllness, "", text, NAMES)
}

fn list(text: &str) -> Vec<MedicationUse<'_>> {
    note(NoteKind::Medications, "", text, NAMES)
}

/// "name: course, dose": in short what is made of each use.
fn short(uses: &[MedicationUse<'_>]) -> Vec<String> {
    let dose = |u: &MedicationUse<'_>| {
        let texts: Vec<&str> = u.dosages.iter().filter_map(|d| d.text.as_ref()).map(Verbatim::text).collect();
        let quoted = if u.dosages.iter().any(|d| d.not_understood) { "? " } else { "" };
        format!("{quoted}{}", texts.join(" | "))
    };
    uses.iter().map(|u| format!("{}: {:?} [{}]", u.medicine.name().unwrap().text(), u.course, dose(u))).collect()
}

#[test]
fn every_cue_keeps_its_examples() {
    let said = |text: &str| -> Option<Said> {
        let atoms = atoms(text, &tokens(text), Lexicon::english().unwrap());
        let reader = Reader::new(&atoms, Lexicon::english().unwrap());
        let places = |name: &str| atoms.iter().position(|a| a.word() == Some(name)).map(|i| i..i + 1);
        let name = places("lisinopril")?;
        let mut names = vec![name.clone()];
        names.extend(places("losartan"));
        names.sort_by_key(|n| n.start);
        let place = names.iter().position(|n| *n == name).unwrap();
        let last = place.checked_sub(1).map_or(0, |b| names[b].end);
        let limit = names.get(place + 1).map_or(atoms.len(), |n| n.start);
        let cues = Cues::of(&reader, &names);
        cues.heard(&reader, &name, last, limit, place + 1 < names.len()).map(|h| h.said)
    };
    for cue in clinical_lexicon::sig().cues {
        // What a switch says depends on the side of it.
        let means = match cue.means {
            Said::Nothing => None,
            Said::Switch => Some(Said::Stop),
            other => Some(other),
        };
        for text in cue.matches {
            assert_eq!(said(text), means, "{text}");
        }
        for text in cue.never {
            assert_ne!(said(text), Some(cue.means), "{text}");
        }
    }
}

#[test]
fn a_list_of_medicines_is_what_is_taken() {
    let uses = list("Lisinopril 10 mg daily\nMetformin 500 mg po bid with meals\nibuprofen prn\n");
    assert_eq!(
        short(&uses),
        [
            "Lisinopril: Current [10 mg daily]",
            "Metformin: Current [500 mg po bid with meals]",
            "ibuprofen: Current [prn]"
        ]
    );
    assert!(uses.iter().all(|u| u.kind == MedicationKind::Statement && u.rule == Some(CourseRule::Words)));
    assert!(matches!(uses[2].dosages[0].as_needed, AsNeeded::Yes));
}

#[test]
fn what_a_heading_says_of_a_list_counts() {
    for (heading, course) in [
        ("Discontinued medications", Course::Stopped),
        ("Medications on hold", Course::OnHold),
        ("Medications prior to admission", Course::Unstated),
        ("Medications administered", Course::Completed),
        ("Discharge medications", Course::Current),
    ] {
        let text = format!("{heading}\nLisinopril 10 mg daily\n");
        let uses = note(NoteKind::Medications, heading, &text, NAMES);
        assert_eq!(uses[0].course, course, "{heading}");
    }
    let text = "Medication allergies\nLisinopril\n";
    assert!(note(NoteKind::Medications, "Medication allergies", text, NAMES).is_empty());
}

#[test]
fn a_strength_belongs_to_the_name_and_a_dose_does_not() {
    let uses = list("Lisinopril 20 mg 1 tab daily\nLisinopril 20 mg daily\nLisinopril 20 mg tablet daily\n");
    assert_eq!(
        short(&uses),
        [
            "Lisinopril 20 mg: Current [1 tab daily]",
            "Lisinopril: Current [20 mg daily]",
            "Lisinopril 20 mg tablet: Current [daily]"
        ]
    );
    let inhaled = list("Albuterol HFA inhaler 90 mcg/actuation, 2 puffs every 4 hours as needed\n");
    assert_eq!(short(&inhaled), ["Albuterol HFA inhaler 90 mcg/actuation: Current [2 puffs every 4 hours as needed]"]);
}

#[test]
fn an_order_of_a_plan_is_current_with_its_directions() {
    for text in [
        "Start lisinopril 5 mg daily.",
        "We will start her on lisinopril 5 mg daily.",
        "Continue lisinopril 5 mg daily.",
        "She will continue taking lisinopril 5 mg daily.",
        "Increase lisinopril to 5 mg daily.",
        "I am prescribing lisinopril 5 mg daily for her blood pressure.",
        "Lisinopril 5 mg daily.",
        "Do not stop lisinopril 5 mg daily.",
    ] {
        assert_eq!(short(&plan(text))[0].to_lowercase(), "lisinopril: current [5 mg daily]", "{text}");
    }
    let reason = plan("Start lisinopril 5 mg daily for her blood pressure.");
    assert_eq!(reason[0].reasons[0].text(), "her blood pressure");
}

#[test]
fn the_new_dose_counts_and_the_old_one_is_a_remark() {
    let uses = plan("Increase lisinopril from 10 mg to 20 mg daily.");
    assert_eq!(short(&uses), ["lisinopril: Current [20 mg daily]"]);
    assert_eq!(uses[0].notes[0].text(), "from 10 mg to 20 mg daily");
    let AmountOrRange::Amount(dose) = &uses[0].dosages[0].doses[0] else { panic!("no amount") };
    assert_eq!(dose.value.as_ref().unwrap().text(), "20");
    // Another amount that nobody names is no amount.
    let uses = plan("Increase lisinopril.");
    assert!(uses[0].dosages.is_empty() && uses[0].notes[0].text() == "Increase lisinopril.");
}

#[test]
fn the_story_of_a_note_orders_nothing() {
    for text in [
        "She takes ibuprofen 400 mg when it hurts.",
        "He is on ibuprofen 400 mg daily.",
        "He was started on ibuprofen last year.",
        "She took ibuprofen yesterday.",
        "Her ibuprofen had been increased to 800 mg.",
        "She was told to continue ibuprofen.",
    ] {
        let uses = story(text);
        assert_eq!(uses[0].course, Course::Unstated, "{text}");
        assert_eq!(uses[0].remarks, [MedicationRemark::OnlyMentioned], "{text}");
    }
    // Neither does the reasoning of a plan.
    assert_eq!(plan("Her pressure is well controlled on lisinopril.")[0].course, Course::Unstated);
}

#[test]
fn where_the_place_says_nothing_only_an_order_is_an_order() {
    let open = |text| note(NoteKind::Unstated, "", text, NAMES)[0].course;
    for text in ["Continue lisinopril 5 mg daily.", "We will start lisinopril.", "She can continue lisinopril."] {
        assert_eq!(open(text), Course::Current, "{text}");
    }
    for text in
        ["He continues to take lisinopril.", "Her doctor had told her to use lisinopril.", "Lisinopril 5 mg daily."]
    {
        assert_eq!(open(text), Course::Unstated, "{text}");
    }
}

#[test]
fn stopped_held_and_not_taken_stand_as_the_words_say() {
    for (text, course) in [
        ("Stop lisinopril.", Course::Stopped),
        ("Lisinopril was discontinued because of cough.", Course::Stopped),
        ("D/c lisinopril.", Course::Stopped),
        ("Lisinopril: stop", Course::Stopped),
        ("Hold lisinopril until the labs are back.", Course::OnHold),
        ("We will hold lisinopril for 3 days.", Course::OnHold),
        ("Continue to hold lisinopril.", Course::OnHold),
        ("He is not taking lisinopril.", Course::NotTaken),
        ("She ran out of lisinopril.", Course::NotTaken),
        ("Lisinopril 10 mg daily (not taking)", Course::NotTaken),
        ("Avoid lisinopril.", Course::Stopped),
        ("Do not take lisinopril.", Course::Stopped),
    ] {
        let uses = plan(text);
        assert_eq!(uses[0].course, course, "{text}");
        assert!(uses[0].dosages.iter().all(|d| d.not_understood || course == Course::NotTaken), "{text}");
    }
    assert!(plan("Avoid lisinopril.")[0].prohibition.is_some() && plan("Stop lisinopril.")[0].prohibition.is_none());
    let why = plan("Lisinopril was discontinued because of cough.");
    assert_eq!(why[0].status_reason.as_ref().unwrap().name().unwrap().text(), "cough");
    // A parameter is no hold, and stopping another thing is no stop.
    assert_eq!(list("Lisinopril 10 mg daily, hold for SBP < 90")[0].course, Course::Current);
    assert!(list("Lisinopril 10 mg daily, hold for SBP < 90")[0].dosages[0].not_understood);
    assert_eq!(plan("Continue lisinopril and stop smoking.")[0].course, Course::Current);
    assert_eq!(plan("She should stop anti-inflammatories and use ibuprofen as needed.")[0].course, Course::Current);
}

#[test]
fn a_stop_that_waits_is_no_stop_yet() {
    for text in ["She will stop warfarin a week before surgery.", "Discontinue warfarin 5 days prior to the procedure."]
    {
        let uses = plan(text);
        assert_eq!(uses[0].course, Course::Unstated, "{text}");
        assert!(uses[0].notes.iter().any(|n| n.text() == text), "{text}");
    }
    assert_eq!(plan("Start lisinopril 5 mg daily in about a month.")[0].course, Course::Unstated);
}

#[test]
fn a_switch_stops_the_first_and_starts_the_second() {
    for text in [
        "Switch from lisinopril to losartan 50 mg daily.",
        "We will change lisinopril to losartan 50 mg daily.",
        "Stop lisinopril and start losartan 50 mg daily.",
        "He should discontinue lisinopril, and he will take losartan 50 mg daily.",
    ] {
        assert_eq!(short(&plan(text)), ["lisinopril: Stopped []", "losartan: Current [50 mg daily]"], "{text}");
    }
    assert_eq!(short(&plan("Change lisinopril to 20 mg daily.")), ["lisinopril: Current [20 mg daily]"]);
}

#[test]
fn what_is_only_thought_of_is_not_ordered() {
    for text in [
        "Consider lisinopril 5 mg daily.",
        "If it stays high, we will start lisinopril 5 mg daily.",
        "If the culture is positive, she will be called and I will prescribe amoxicillin 500 mg tid.",
        "Once the fever is gone, he will start lisinopril.",
        "We discussed starting lisinopril.",
        "She declined lisinopril.",
        "We will not start lisinopril.",
    ] {
        assert_eq!(plan(text)[0].course, Course::NotOrdered, "{text}");
    }
}

#[test]
fn what_staff_gave_is_no_medicine_to_take() {
    let uses = plan("He was given ibuprofen 400 mg in the clinic.");
    assert_eq!((uses[0].course, uses[0].kind), (Course::Completed, MedicationKind::Administration));
    assert_eq!(
        note(NoteKind::Plan, "", "I recommended a cortisone injection.", &["cortisone"])[0].course,
        Course::Unstated
    );
}

#[test]
fn what_the_words_behind_a_dose_say_was_given_is_over() {
    for text in [
        "IBUPROFEN 600 MG PO GIVEN.",
        "Ibuprofen 600 mg given in clinic.",
        "Ibuprofen 600 mg PO was given at 0900 with relief.",
        "Ibuprofen 600 mg administered.",
    ] {
        assert_eq!(plan(text)[0].course, Course::Completed, "{text}");
    }
    assert_eq!(plan("Ibuprofen not given.")[0].course, Course::NotOrdered);
    assert_eq!(plan("Ibuprofen given.")[0].course, Course::Unstated);
    assert_eq!(plan("Ibuprofen was given once.")[0].course, Course::Completed);
    // Directions that go on are directions, and a reason is no dose.
    for text in [
        "Ibuprofen 600 mg given three times a day.",
        "Ibuprofen 600 mg every 6 hours as needed, given for pain.",
        "Start ibuprofen 600 mg given her swelling.",
        "Ibuprofen 600 mg given then 400 mg q6h.",
        "Lisinopril 10 mg daily given high blood pressure.",
        "Continue warfarin 5 mg daily.",
    ] {
        assert_eq!(plan(text)[0].course, Course::Current, "{text}");
    }
}

#[test]
fn one_dose_by_a_way_of_staff_is_nobodys_to_take() {
    for text in [
        "Ibuprofen 30 mg IM now.",
        "Ibuprofen 800 mg IV x 1.",
        "Ibuprofen 600 mg in the clinic.",
        "Albuterol 2 puffs in the office.",
        "Will give ibuprofen 30 mg IM.",
    ] {
        assert_eq!(plan(text)[0].course, Course::Unstated, "{text}");
    }
    for text in [
        "Ibuprofen 400 mg IM monthly.",
        "Ibuprofen 0.3 mg IM as needed.",
        "Continue ibuprofen 400 mg IV.",
        "Ibuprofen 600 mg PO once.",
        "Warfarin 5 mg daily, level checked in the clinic.",
    ] {
        assert_eq!(plan(text)[0].course, Course::Current, "{text}");
    }
    assert_eq!(list("Ibuprofen 400 mg IM\n")[0].course, Course::Unstated);
    assert_eq!(list("Ibuprofen 400 mg IM every 4 weeks\n")[0].course, Course::Current);
}

#[test]
fn another_choice_is_not_ordered() {
    for text in
        ["Or change to losartan 50 mg.", "Alternatively losartan 50 mg daily.", "May switch to losartan 50 mg daily."]
    {
        assert_eq!(plan(text)[0].course, Course::NotOrdered, "{text}");
    }
}

#[test]
fn an_allergy_a_level_and_a_relative_are_no_use() {
    assert!(plan("He is allergic to lisinopril.").is_empty());
    assert!(plan("Check a warfarin level.").is_empty());
    assert!(note_said(NoteKind::Family, "", "Mother takes warfarin.", NAMES, Assertion::Family).is_empty());
    assert!(note(NoteKind::Allergies, "", "Amoxicillin\n", NAMES).is_empty());
}

#[test]
fn a_context_that_denies_it_is_never_a_medicine_to_take() {
    for (kind, text) in [
        (NoteKind::Plan, "Start lisinopril."),
        (NoteKind::Medications, "lisinopril 10 mg"),
        (NoteKind::PresentIllness, "Takes lisinopril."),
    ] {
        let uses = note_said(kind, "", text, NAMES, Assertion::Absent);
        assert_ne!(uses[0].course, Course::Current, "{text}");
        assert_eq!(uses[0].assertion, Assertion::Absent, "{text}");
    }
}

#[test]
fn directions_in_front_of_a_name_are_its_own() {
    assert_eq!(
        short(&plan("Take 2 puffs of albuterol every 4 hours as needed.")),
        ["albuterol: Current [2 puffs of albuterol every 4 hours as needed]"]
    );
    assert_eq!(short(&plan("Continue twice daily metformin.")), ["metformin: Current [twice daily metformin]"]);
    // And never the one's before it.
    assert_eq!(
        short(&plan("Continue lisinopril with 20 mg of losartan daily.")),
        ["lisinopril: Current []", "losartan: Current [20 mg of losartan daily]"]
    );
    let uses = plan("Take 2 ibuprofen every 6 hours.");
    assert_eq!(short(&uses), ["ibuprofen: Current [? 2 ibuprofen every 6 hours]"], "two of what?");
}

#[test]
fn each_medicine_of_a_sentence_has_its_own_directions() {
    assert_eq!(
        short(&list("At home she uses lisinopril 2.5 mg daily, losartan, and metformin 850 mg twice daily.")),
        ["lisinopril: Current [2.5 mg daily]", "losartan: Current []", "metformin: Current [850 mg twice daily]"]
    );
    assert_eq!(
        short(&plan("Continue taking lisinopril 20 mg daily Continue taking losartan 50 mg daily.")),
        ["lisinopril: Current [20 mg daily]", "losartan: Current [50 mg daily]"]
    );
    // The dose of a medicine that nobody found is not given to another.
    assert_eq!(short(&list("lisinopril, unknownol 20 mg daily")), ["lisinopril: Current []"]);
    assert_eq!(short(&list("lisinopril and unknownol 20 mg daily")), ["lisinopril: Current []"]);
    assert_eq!(
        short(&list("lisinopril 10 mg daily, unknownol 20 mg daily")),
        ["lisinopril: Current [? 10 mg daily, unknownol 20 mg daily]"]
    );
}

#[test]
fn words_behind_directions_that_alter_them_are_quoted_with_them() {
    for text in [
        "Start lisinopril 5 mg daily, then 10 mg if tolerated.",
        "Start lisinopril 5 mg daily unless dizzy.",
        "Start lisinopril 5 mg daily and double it after a week.",
        "Lisinopril 5 mg tablet in winter, 10 mg in summer.",
    ] {
        let uses = plan(text);
        assert!(uses[0].dosages[0].not_understood, "{text}");
        assert_eq!(uses[0].dosages.len(), 1, "{text}");
    }
    let uses = plan("Start lisinopril 5 mg daily.\nIncrease to 10 mg after 2 weeks.\n");
    assert_eq!(uses[0].notes[0].text(), "Increase to 10 mg after 2 weeks.");
}

#[test]
fn contradictory_statements_are_all_kept() {
    let uses = plan("Continue lisinopril 10 mg daily.\nStop lisinopril.\n");
    assert_eq!(short(&uses), ["lisinopril: Current [10 mg daily]", "lisinopril: Stopped []"]);
    assert_eq!((uses[0].entry, uses[1].entry), (EntryId(0), EntryId(1)));
}

#[test]
fn what_is_handed_out_is_no_dose() {
    let uses = plan("I recommend lisinopril 10 mg daily, dispense 30, 2 refills.");
    assert_eq!(short(&uses), ["lisinopril: Current [10 mg daily]"]);
    let notes: Vec<&str> = uses[0].notes.iter().map(Verbatim::text).collect();
    assert_eq!(notes, ["dispense 30", "2 refills"]);
}

#[test]
fn a_name_at_any_place_and_damaged_text_panic_nowhere() {
    let words = [
        "lisinopril",
        "stop",
        "10",
        "mg",
        "of",
        "daily",
        ",",
        "and",
        ".",
        "(",
        "from",
        "to",
        "2",
        "½",
        "#",
        "é",
        "\n",
        "if",
        "tablet",
        "every",
        "d/c",
        "hold",
        "1/2",
        "not",
        ":",
        "switch",
        "prn",
        "for",
        "q6h",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..24 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(words[usize::try_from(state % words.len() as u64).unwrap()]);
            if state & 0x100 == 0 {
                text.push(' ');
            }
        }
        let line = text.replace('\n', " ");
        for kind in [NoteKind::Plan, NoteKind::Medications] {
            let _ = note(kind, "", &line, &["lisinopril"]);
        }
    }
}

#[test]
fn a_sentence_of_ten_thousand_medicines_is_read_in_one_pass() {
    // Quadratic work would be minutes here; the test is that it ends.
    let text = format!("Continue {}.", "lisinopril 10 mg daily, ".repeat(10_000));
    let uses = plan(&text);
    assert_eq!(uses.len(), 10_000);
    assert!(uses.iter().all(|u| u.course == Course::Current || u.course == Course::Unstated));
}

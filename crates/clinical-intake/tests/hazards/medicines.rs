//! Where an order stands, and what the medicine is called.

use crate::{bundle, noticed, states, text, texts, with};
use clinical_model::{Assertion, Course, EntryState, FindingCode, UnreadReason};

fn course(status: &str, medicine: &str, rest: &str) -> Course {
    let json = format!(
        r#"{{"resourceType": "MedicationRequest", "status": "{status}", "intent": "order", "medicationCodeableConcept": {{"text": "{medicine}"}}{rest}}}"#
    );
    with(&json, |record, _| record.medications[0].course)
}

#[test]
fn cancelled_not_taken_and_stopped_are_three_things() {
    assert_eq!(course("stopped", "Aspirin", ""), Course::Stopped);
    assert_eq!(course("cancelled", "Aspirin", ""), Course::Cancelled);
    let statement = r#"{"resourceType": "MedicationStatement", "status": "not-taken", "medicationCodeableConcept": {"text": "Aspirin"}}"#;
    let given = r#"{"resourceType": "MedicationAdministration", "status": "not-done", "medicationCodeableConcept": {"text": "Aspirin"}}"#;
    with(&bundle(&[statement, given]), |record, _| {
        assert_eq!(record.medications[0].course, Course::NotTaken);
        assert_eq!(record.medications[1].course, Course::Cancelled);
        assert!(record.medications.iter().all(|m| m.assertion == Assertion::Absent));
    });
}

#[test]
fn hold_and_stop_in_the_name_are_followed() {
    assert_eq!(course("active", "Hold metformin", ""), Course::OnHold);
    assert_eq!(course("active", "HOLD: warfarin 5 mg", ""), Course::OnHold);
    assert_eq!(course("active", "D/C lisinopril", ""), Course::Stopped);
    assert_eq!(course("active", "Holder for inhaler", ""), Course::Current);
    assert_eq!(course("active", "Stopain cream", ""), Course::Current);
    assert_eq!(course("stopped", "Hold metformin", ""), Course::Stopped);
}

#[test]
fn hold_and_stop_in_a_remark_or_the_directions_are_followed() {
    let note = |text: &str| format!(r#", "note": [{{"text": "{text}"}}]"#);
    let dosage = |text: &str| format!(r#", "dosageInstruction": [{{"text": "{text}"}}]"#);
    assert_eq!(course("active", "Metformin", &note("Hold until after surgery")), Course::OnHold);
    assert_eq!(course("active", "Metformin", &dosage("STOP taking this medicine")), Course::Stopped);
    assert_eq!(course("active", "Metformin", &note("Stop if you get a rash")), Course::Current);
    assert_eq!(course("active", "Metoprolol", &dosage("Hold for SBP < 100")), Course::Current);
    assert_eq!(course("active", "Lidocaine", &dosage("Hold in mouth for 1 minute")), Course::Current);
    let resumed = r#", "note": [{"text": "Hold for surgery"}, {"text": "Resume on 3/1"}]"#;
    assert_eq!(course("active", "Metformin", resumed), Course::Current);
    let taper = r#", "dosageInstruction": [{"text": "1 tablet for 3 days"}, {"text": "Stop"}]"#;
    assert_eq!(course("active", "Prednisone", taper), Course::Current);
}

#[test]
fn following_the_words_is_noticed() {
    let json = r#"{"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"text": "Hold metformin"}}"#;
    with(json, |record, findings| {
        assert_eq!(record.medications[0].assertion, Assertion::Absent);
        assert!(noticed(findings, FindingCode::WordsDisagree));
    });
}

#[test]
fn several_ingredients_are_not_one_name() {
    let json = r##"{"resourceType": "MedicationRequest", "status": "active", "contained": [{"resourceType": "Medication", "id": "m",
        "ingredient": [{"itemCodeableConcept": {"text": "Codeine"}}, {"itemCodeableConcept": {"coding": [{"code": "161", "display": "Acetaminophen"}]}}]}],
        "medicationReference": {"reference": "#m"}}"##;
    with(json, |record, _| {
        let m = &record.medications[0];
        assert!(m.medicine_is_ingredients && m.medicine.text.is_none());
        assert_eq!(m.medicine.wordings().map(|w| w.text()).collect::<Vec<_>>(), ["Codeine", "Acetaminophen"]);
        assert!(m.medicine.codings.iter().all(|c| c.code.is_none()));
    });
}

#[test]
fn the_words_of_the_reference_name_what_has_only_ingredients() {
    let json = r##"{"resourceType": "MedicationRequest", "contained": [{"resourceType": "Medication", "id": "m",
        "ingredient": [{"itemCodeableConcept": {"text": "Codeine"}}, {"itemCodeableConcept": {"text": "Acetaminophen"}}]}],
        "medicationReference": {"reference": "#m", "display": "Tylenol 3"}}"##;
    with(json, |record, _| {
        assert_eq!(text(record.medications[0].medicine.name()), Some("Tylenol 3"));
        assert!(!record.medications[0].medicine_is_ingredients);
    });
}

#[test]
fn an_unknown_medicine_has_no_name() {
    for name in ["medication", "UNKNOWN", "Unspecified drug"] {
        let json =
            format!(r#"{{"resourceType": "MedicationRequest", "medicationCodeableConcept": {{"text": "{name}"}}}}"#);
        assert_eq!(states(&json), [EntryState::Unreadable(UnreadReason::NoMedicineName)], "{name}");
    }
    let json = r#"{"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": "Medication", "coding": [{"display": "Lisinopril 10 MG"}]}}"#;
    with(json, |record, _| assert_eq!(text(record.medications[0].medicine.name()), Some("Lisinopril 10 MG")));
}

#[test]
fn when_it_may_be_filled_and_who_says_so() {
    let json = r#"{"resourceType": "MedicationRequest", "reportedBoolean": true, "medicationCodeableConcept": {"text": "Aspirin"},
        "dispenseRequest": {"validityPeriod": {"start": "2024-01-01", "end": "2024-06-30"}}}"#;
    with(json, |record, _| {
        let m = &record.medications[0];
        assert!(m.reported);
        let valid = m.valid.as_ref().unwrap();
        assert_eq!(texts(&[valid.start.clone().unwrap(), valid.end.clone().unwrap()]), ["2024-01-01", "2024-06-30"]);
    });
}

//! "None", "nobody asked" and "to something" are never taken for each other.

use crate::{bundle, states, text, texts, with};
use clinical_model::{Assertion, EntryState, UnreadReason};

fn statement(rest: &str) -> (Assertion, bool, bool) {
    let json = format!(r#"{{"resourceType": "AllergyIntolerance", {rest}}}"#);
    with(&json, |record, _| {
        let a = &record.allergies[0];
        (a.assertion, a.none_known, a.not_asked)
    })
}

#[test]
fn the_worst_reaction_and_what_it_could_become_are_two_things() {
    let json = r#"{"resourceType": "AllergyIntolerance", "code": {"text": "Peanut"}, "criticality": "high", "note": [{"text": "seen 2019"}],
        "reaction": [{"severity": "mild", "manifestation": [{"text": "hives"}]}, {"severity": "severe", "manifestation": [{"text": "throat swelling"}], "note": [{"text": "needed epinephrine"}]}, {"severity": "moderate", "description": "vomiting"}]}"#;
    with(json, |record, _| {
        let a = &record.allergies[0];
        assert_eq!(text(a.severity.as_ref()), Some("severe"));
        assert_eq!(text(a.criticality.as_ref()), Some("high"));
        assert_eq!(texts(&a.reactions), ["hives", "throat swelling", "vomiting"]);
        assert_eq!(a.notes.len(), 2);
    });
}

#[test]
fn no_allergies_in_many_words() {
    for words in [
        "NKDA",
        "No known drug allergies",
        "Denies allergies",
        "denies any allergies",
        "None",
        "no allergies",
        "Nil known",
    ] {
        assert_eq!(
            statement(&format!(r#""code": {{"text": "{words}"}}"#)),
            (Assertion::Absent, true, false),
            "{words}"
        );
    }
}

#[test]
fn nobody_asked_is_not_none() {
    for words in ["Allergies not on file", "Unknown", "not asked", "Unable to assess", "No information about allergies"]
    {
        let (_, none_known, not_asked) = statement(&format!(r#""code": {{"text": "{words}"}}"#));
        assert_eq!((none_known, not_asked), (false, true), "{words}");
    }
    for coding in [
        r#"{"system": "http://snomed.info/sct", "code": "1631000175102"}"#,
        r#"{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "asked-unknown"}"#,
        r#"{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}"#,
        r#"{"system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": "NASK"}"#,
    ] {
        let (_, none_known, not_asked) = statement(&format!(r#""code": {{"coding": [{coding}]}}"#));
        assert_eq!((none_known, not_asked), (false, true), "{coding}");
    }
}

#[test]
fn a_statement_that_was_withdrawn_or_is_past_says_nothing_of_today() {
    for code in [r#"{"text": "No known allergies"}"#, r#"{"text": "not asked"}"#] {
        let refuted = format!(r#""code": {code}, "verificationStatus": {{"coding": [{{"code": "refuted"}}]}}"#);
        assert_eq!(statement(&refuted), (Assertion::Absent, false, false));
        let past = format!(r#""code": {code}, "clinicalStatus": {{"coding": [{{"code": "inactive"}}]}}"#);
        assert_eq!(statement(&past), (Assertion::Historical, false, false));
    }
}

#[test]
fn a_reaction_contradicts_none() {
    let (assertion, none_known, _) =
        statement(r#""code": {"text": "None"}, "reaction": [{"manifestation": [{"text": "hives"}]}]"#);
    assert_eq!((assertion, none_known), (Assertion::Present, false));
}

#[test]
fn a_reaction_without_a_substance_is_kept() {
    let null = r#"{"resourceType": "AllergyIntolerance", "code": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]},
        "reaction": [{"manifestation": [{"text": "anaphylaxis"}]}]}"#;
    let bare = r#"{"resourceType": "AllergyIntolerance", "reaction": [{"manifestation": [{"text": "anaphylaxis"}]}]}"#;
    let nothing = r#"{"resourceType": "AllergyIntolerance"}"#;
    let json = bundle(&[null, bare, nothing]);
    with(&json, |record, _| {
        assert_eq!(record.allergies.len(), 2);
        assert!(
            record.allergies.iter().all(|a| a.code.is_empty() && !a.not_asked && a.assertion == Assertion::Present)
        );
    });
    assert_eq!(states(&json)[2], EntryState::Unreadable(UnreadReason::NoSubjectMatter));
}

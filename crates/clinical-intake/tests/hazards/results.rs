//! Values that are none, and where on the body.

use crate::{bundle, states, text, with};
use clinical_model::{EntryState, UnreadReason};

#[test]
fn a_coded_unknown_is_no_value() {
    let json = r#"{"resourceType": "Observation", "status": "final", "code": {"text": "Blood group"},
        "valueCodeableConcept": {"coding": [{"system": "http://snomed.info/sct", "code": "261665006", "display": "Unknown"}]}}"#;
    with(json, |record, _| {
        let main = &record.observations[0].main;
        assert!(main.value.is_none());
        assert_eq!(text(main.absent_reason.as_ref().and_then(|c| c.name())), Some("Unknown"));
    });
}

#[test]
fn a_null_flavor_beside_a_code_is_dropped_and_the_authors_text_is_kept() {
    let null =
        r#"{"system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "code": "UNK", "display": "Unknown"}"#;
    let json = bundle(&[
        &format!(r#"{{"resourceType": "Condition", "code": {{"coding": [{null}, {{"display": "Gout"}}]}}}}"#),
        &format!(r#"{{"resourceType": "Condition", "code": {{"coding": [{null}], "text": "Sore toe"}}}}"#),
        &format!(r#"{{"resourceType": "Condition", "code": {{"coding": [{null}]}}}}"#),
    ]);
    with(&json, |record, _| {
        let names: Vec<_> = record.conditions.iter().filter_map(|c| text(c.code.name())).collect();
        assert_eq!(names, ["Gout", "Sore toe"]);
    });
    assert_eq!(states(&json)[2], EntryState::Unreadable(UnreadReason::NoSubjectMatter));
}

#[test]
fn the_side_of_the_body_is_kept() {
    let json = bundle(&[
        r#"{"resourceType": "Observation", "code": {"text": "Mass"}, "bodySite": {"text": "left breast"}}"#,
        r#"{"resourceType": "Procedure", "status": "in-progress", "code": {"text": "Cast"}, "bodySite": [{"text": "left wrist"}, {"text": "right wrist"}]}"#,
    ]);
    with(&json, |record, _| {
        assert_eq!(text(record.observations[0].body_site.as_ref().and_then(|c| c.name())), Some("left breast"));
        assert!(record.procedures[0].in_progress);
        assert_eq!(record.procedures[0].body_sites.len(), 2);
    });
}

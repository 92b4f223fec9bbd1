//! Of several versions one counts; what was deleted does not come back.

use crate::{refused, states, text, with};
use clinical_intake::fhir::{self, JsonPlaces};
use clinical_json::Document;
use clinical_model::{Course, EntryState, Place, Places, Stop};

fn order(status: &str, meta: &str) -> String {
    format!(
        r#"{{"resourceType": "MedicationRequest", "id": "m", "meta": {{{meta}}}, "status": "{status}", "medicationCodeableConcept": {{"text": "Warfarin"}}}}"#
    )
}

fn history(entries: &[String]) -> String {
    format!(r#"{{"resourceType": "Bundle", "type": "history", "entry": [{}]}}"#, entries.join(", "))
}

fn held(resource: &str) -> String {
    format!(r#"{{"fullUrl": "http://x/MedicationRequest/m", "resource": {resource}}}"#)
}

const DELETED: &str = r#"{"fullUrl": "http://x/MedicationRequest/m", "request": {"method": "DELETE", "url": "MedicationRequest/m"}, "response": {"etag": "W/\"3\"", "lastModified": "2024-03-01T00:00:00Z"}}"#;

#[test]
fn the_highest_version_counts_wherever_it_stands() {
    let (old, new) = (order("active", r#""versionId": "9""#), order("stopped", r#""versionId": "10""#));
    for entries in [[&old, &new], [&new, &old]] {
        let json = history(&entries.map(|e| held(e)));
        with(&json, |record, _| {
            assert_eq!(record.medications.len(), 1);
            assert_eq!(record.medications[0].course, Course::Stopped);
        });
        assert_eq!(states(&json).iter().filter(|s| **s == EntryState::Superseded).count(), 1);
    }
}

#[test]
fn without_numbers_the_later_time_counts() {
    let (old, new) = (
        order("active", r#""lastUpdated": "2024-01-01T00:00:00Z""#),
        order("stopped", r#""lastUpdated": "2024-02-01T00:00:00Z""#),
    );
    let json = history(&[held(&new), held(&old)]);
    assert_eq!(states(&json), [EntryState::Read, EntryState::Superseded]);
}

#[test]
fn where_nobody_can_tell_both_stay() {
    let json = history(&[held(&order("active", "")), held(&order("stopped", ""))]);
    assert_eq!(states(&json), [EntryState::Read, EntryState::Read]);
}

#[test]
fn a_deletion_is_not_unreadable_and_takes_older_versions_along() {
    let json = history(&[
        DELETED.to_owned(),
        held(&order("active", r#""versionId": "2""#)),
        held(&order("active", r#""versionId": "1""#)),
    ]);
    assert_eq!(states(&json), [EntryState::Deleted; 3]);
    with(&json, |record, findings| {
        assert!(record.medications.is_empty() && findings.is_empty());
        assert_eq!(record.entries[0].kind, "MedicationRequest");
    });
}

#[test]
fn what_was_made_again_after_a_deletion_stands() {
    let again = held(&order("active", r#""versionId": "4""#));
    let json = history(&[again, DELETED.to_owned(), held(&order("stopped", r#""versionId": "2""#))]);
    assert_eq!(states(&json), [EntryState::Read, EntryState::Deleted, EntryState::Deleted]);
}

#[test]
fn an_entry_without_resource_and_without_deletion_stays_unreadable() {
    let json = history(&[r#"{"request": {"method": "GET", "url": "Patient/1"}}"#.to_owned()]);
    assert!(matches!(states(&json)[..], [EntryState::Unreadable(_)]));
}

#[test]
fn references_lead_to_the_version_that_counts() {
    let medication = |version: u8, name: &str| {
        format!(
            r#"{{"resource": {{"resourceType": "Medication", "id": "d", "meta": {{"versionId": "{version}"}}, "code": {{"text": "{name}"}}}}}}"#
        )
    };
    let order = r#"{"resource": {"resourceType": "MedicationRequest", "status": "active", "medicationReference": {"reference": "Medication/d"}}}"#;
    let json = history(&[medication(1, "Aspirin"), medication(2, "Warfarin"), order.to_owned()]);
    with(&json, |record, _| assert_eq!(text(record.medications[0].medicine.name()), Some("Warfarin")));
}

#[test]
fn two_versions_of_one_patient_are_one_patient() {
    let patient = |version: u8| {
        format!(
            r#"{{"fullUrl": "urn:uuid:{version}", "resource": {{"resourceType": "Patient", "id": "1", "meta": {{"versionId": "{version}"}}}}}}"#
        )
    };
    let of = |to: &str| {
        format!(
            r#"{{"resource": {{"resourceType": "Condition", "code": {{"text": "Gout"}}, "subject": {{"reference": "{to}"}}}}}}"#
        )
    };
    let same = patient(1).replace("urn:uuid:1", "urn:uuid:2");
    assert_eq!(refused(&history(&[patient(2), same, of("Patient/1"), of("urn:uuid:2")])), None);
}

#[test]
fn parameters_give_the_resources_they_hold() {
    let json = r#"{"resourceType": "Parameters", "parameter": [
        {"name": "return", "resource": {"resourceType": "Condition", "code": {"text": "Gout"}}},
        {"name": "count", "valueInteger": 2},
        {"name": "more", "part": [{"name": "a", "resource": {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Condition", "code": {"text": "Asthma"}}}]}},
            {"name": "b", "part": [{"name": "c", "resource": {"resourceType": "Condition", "code": {"text": "Cough"}}}]}]}]}"#;
    let document = Document::parse(json.as_bytes()).unwrap();
    let (record, _) = fhir::read(&document, false, Stop::never()).unwrap();
    let places = JsonPlaces::new(&document, false);
    let paths: Vec<String> = record
        .conditions
        .iter()
        .map(|c| match places.place(c.code.name().unwrap().source()) {
            Place::Path(path) => path,
            Place::Span(..) => String::new(),
        })
        .collect();
    assert_eq!(
        paths,
        [
            "Parameters.parameter[0].resource.code.text",
            "Parameters.parameter[2].part[0].resource.entry[0].resource.code.text",
            "Parameters.parameter[2].part[1].part[0].resource.code.text",
        ]
    );
    for (path, condition) in paths.iter().zip(&record.conditions) {
        let node = places.find(path).unwrap();
        assert_eq!(node.as_str().as_deref(), text(condition.code.name()));
    }
}

#[test]
fn parameters_without_resources_are_still_an_entry() {
    let json = r#"{"resourceType": "Parameters", "parameter": [{"name": "x", "valueString": "y"}]}"#;
    assert_eq!(states(json), [EntryState::OtherKind]);
}

#[test]
fn parameters_inside_a_bundle() {
    let json = r#"{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Parameters", "parameter": [
        {"name": "r", "resource": {"resourceType": "Condition", "code": {"text": "Gout"}}}]}}, {"resource": {"resourceType": "Condition", "code": {"text": "Cough"}}}]}"#;
    with(json, |record, _| {
        let names: Vec<_> = record.conditions.iter().filter_map(|c| text(c.code.name())).collect();
        assert_eq!(names, ["Gout", "Cough"]);
    });
}

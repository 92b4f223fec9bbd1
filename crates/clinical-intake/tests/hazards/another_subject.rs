//! What is about a device, a group, the child not yet born, or another patient, is not about this patient.

use crate::{bundle, refused, states, with};
use clinical_intake::Error;
use clinical_model::EntryState;

const WEIGHT: &str =
    r#""resourceType": "Observation", "status": "final", "code": {"text": "Weight"}, "valueString": "80""#;

fn about(subject: &str) -> Vec<EntryState> {
    states(&bundle(&[
        &format!(r#"{{{WEIGHT}, {subject}}}"#),
        r#"{"resourceType": "Device", "id": "d"}"#,
        r#"{"resourceType": "Patient", "id": "1"}"#,
    ]))
}

#[test]
fn another_kind_of_subject_is_not_the_patient() {
    for subject in [
        r#""subject": {"reference": "Device/d"}"#,
        r#""subject": {"reference": "Location/unknown"}"#,
        r#""subject": {"reference": "http://elsewhere/fhir/Group/7/_history/2"}"#,
        r#""subject": {"type": "Medication", "display": "a box of pills"}"#,
        r##""contained": [{"resourceType": "Substance", "id": "s"}], "subject": {"reference": "#s"}"##,
    ] {
        assert_eq!(about(subject)[0], EntryState::AboutOther, "{subject}");
    }
}

#[test]
fn the_patient_by_any_name_is_the_patient() {
    for subject in [
        r#""subject": {"reference": "Patient/1"}"#,
        r#""subject": {"type": "Patient", "display": "Ada"}"#,
        r#""subject": {"display": "Ada"}"#,
        r#""subject": {"reference": "Patient/1"}, "focus": [{"reference": "Patient/1"}]"#,
        r#""subject": {"reference": "Patient/1"}, "focus": []"#,
        r#""focus": [{"reference": "Patient/1"}]"#,
    ] {
        assert_eq!(about(subject)[0], EntryState::Read, "{subject}");
    }
}

#[test]
fn a_focus_on_somebody_else_is_not_the_patient() {
    for focus in [r#"{"reference": "RelatedPerson/fetus"}"#, r#"{"display": "donor"}"#, r#"{"reference": "Device/d"}"#]
    {
        let state = about(&format!(r#""subject": {{"reference": "Patient/1"}}, "focus": [{focus}]"#))[0];
        assert_eq!(state, EntryState::AboutOther, "{focus}");
    }
}

#[test]
fn procedures_problems_and_reports_too() {
    for kind in ["Procedure", "Condition", "DiagnosticReport"] {
        let json = format!(
            r#"{{"resourceType": "{kind}", "code": {{"text": "Repair"}}, "subject": {{"reference": "Device/d"}}}}"#
        );
        assert_eq!(states(&json), [EntryState::AboutOther], "{kind}");
        with(&json, |r, _| assert!(r.procedures.is_empty() && r.conditions.is_empty() && r.reports.is_empty()));
    }
}

fn contained(id: &str, patient: &str) -> String {
    format!(
        r##"{{"resourceType": "Condition", "code": {{"text": "Gout"}}, "contained": [{{"resourceType": "Patient", "id": "{id}", {patient}}}], "subject": {{"reference": "#{id}"}}}}"##
    )
}

#[test]
fn two_contained_patients_refuse_the_document() {
    let ada = r#""name": [{"text": "Ada Smith"}], "birthDate": "1950-01-01""#;
    for other in [
        r#""name": [{"text": "Bo Jones"}], "birthDate": "1950-01-01""#,
        r#""name": [{"text": "Ada Smith"}], "birthDate": "1951-01-01""#,
        r#""identifier": [{"system": "urn:a", "value": "2"}]"#,
    ] {
        let error = refused(&bundle(&[&contained("p", ada), &contained("p", other)]));
        assert_eq!(error, Some(Error::TwoPatients { first: 0, second: 1 }), "{other}");
    }
}

#[test]
fn one_contained_patient_in_many_entries_is_one() {
    let ada = r#""name": [{"given": ["Ada"], "family": "Smith"}], "birthDate": "1950-01-01""#;
    for other in [ada, r#""name": [{"text": "SMITH, Ada"}]"#, r#""birthDate": "1950-01-01""#, r#""active": true"#] {
        assert_eq!(refused(&bundle(&[&contained("p", ada), &contained("q", other)])), None, "{other}");
    }
    let by_number = r#""identifier": [{"system": "urn:a", "value": "1"}]"#;
    let married = r#""identifier": [{"system": "urn:a", "value": "1"}], "name": [{"text": "Ada Jones"}]"#;
    assert_eq!(refused(&bundle(&[&contained("p", by_number), &contained("p", married)])), None);
}

#[test]
fn a_contained_patient_who_is_not_the_patient_of_the_document() {
    let patient = r#"{"resourceType": "Patient", "id": "1", "name": [{"given": ["Ada"], "family": "Smith"}], "birthDate": "1950-01-01"}"#;
    let other = contained("p", r#""name": [{"text": "Bo Jones"}]"#);
    assert!(matches!(refused(&bundle(&[patient, &other])), Some(Error::TwoPatients { .. })));
    let same = contained("p", r#""name": [{"text": "Ada Smith"}]"#);
    assert_eq!(refused(&bundle(&[patient, &same])), None);
}

#[test]
fn a_broken_patient_entry_is_still_the_patient() {
    let patient = r#"{"resourceType": "Patient", "id": "1", "gender": "female", "gender": "male"}"#;
    let of = r#"{"resourceType": "Condition", "code": {"text": "Gout"}, "subject": {"reference": "Patient/1"}}"#;
    assert_eq!(refused(&bundle(&[patient, of])), None);
}

//! Who said it: the whole name, and nobody else's.

use crate::{bundle, texts, with};

const PRACTITIONER: &str = r#"{"resourceType": "Practitioner", "id": "p", "name": [
    {"use": "old", "family": "Former"}, {"use": "official", "prefix": ["Dr."], "given": ["Lena", "M."], "family": "Fischer"}]}"#;

fn providers(participant: &str, others: &[&str]) -> Vec<String> {
    let encounter = format!(r#"{{"resourceType": "Encounter", "status": "finished", "participant": [{participant}]}}"#);
    let mut all = vec![encounter.as_str()];
    all.extend(others);
    with(&bundle(&all), |record, _| record.encounters[0].providers.iter().map(|n| texts(n.parts()).join("|")).collect())
}

#[test]
fn a_name_in_parts_is_not_cut_to_the_family_name() {
    let by_reference = r#"{"individual": {"reference": "Practitioner/p"}}"#;
    assert_eq!(providers(by_reference, &[PRACTITIONER]), ["Dr.|Lena|M.|Fischer"]);
}

#[test]
fn the_whole_name_as_text_goes_before_its_parts() {
    let practitioner =
        r#"{"resourceType": "Practitioner", "id": "p", "name": [{"text": "Dr. Ann Lee", "family": "Lee"}]}"#;
    assert_eq!(providers(r#"{"individual": {"reference": "Practitioner/p"}}"#, &[practitioner]), ["Dr. Ann Lee"]);
    let displayed = r#"{"individual": {"reference": "Practitioner/p", "display": "Dr. A. Lee"}}"#;
    assert_eq!(providers(displayed, &[practitioner]), ["Dr. A. Lee"]);
}

#[test]
fn a_role_has_the_name_of_who_fills_it() {
    let role = r#"{"resourceType": "PractitionerRole", "id": "r", "practitioner": {"reference": "Practitioner/p"}, "code": [{"text": "Surgeon"}]}"#;
    let by_role = r#"{"individual": {"reference": "PractitionerRole/r"}}"#;
    assert_eq!(providers(by_role, &[role, PRACTITIONER]), ["Dr.|Lena|M.|Fischer"]);
    assert_eq!(providers(by_role, &[role]), ["Surgeon"]);
}

#[test]
fn relatives_and_the_patient_are_not_providers() {
    let mother = r#"{"resourceType": "RelatedPerson", "id": "m", "patient": {"reference": "Patient/1"}, "name": [{"text": "Rosa Smith"}]}"#;
    let by_text = r#"{"individual": {"reference": "RelatedPerson/x", "display": "Rosa Smith"}}"#;
    let by_type = r#"{"individual": {"type": "Patient", "display": "Ada Smith"}}"#;
    let by_resource = r#"{"individual": {"reference": "urn:uuid:m", "display": "Rosa Smith"}}"#;
    assert!(providers(by_text, &[]).is_empty());
    assert!(providers(by_type, &[]).is_empty());
    let json = format!(
        r#"{{"resourceType": "Bundle", "entry": [{{"fullUrl": "urn:uuid:m", "resource": {mother}}},
            {{"resource": {{"resourceType": "Encounter", "participant": [{by_resource}]}}}}]}}"#
    );
    assert!(with(&json, |record, _| record.encounters[0].providers.is_empty()));
}

#[test]
fn the_prescriber_and_people_have_their_parts() {
    let order = r#"{"resourceType": "MedicationRequest", "medicationCodeableConcept": {"text": "Aspirin"}, "requester": {"reference": "Practitioner/p"}}"#;
    with(&bundle(&[order, PRACTITIONER]), |record, _| {
        let prescriber = record.medications[0].prescriber.as_ref().unwrap();
        assert_eq!(texts(prescriber.parts()), ["Dr.", "Lena", "M.", "Fischer"]);
        assert_eq!(record.people[0].name.as_ref().unwrap(), prescriber);
    });
}

//! Sections in words, unfinished and replaced documents, and the person's death.

use crate::{bundle, text, with};
use clinical_model::{Assertion, SectionKind};

fn section(code: &str, entry: &str) -> (SectionKind, bool) {
    let composition = format!(
        r#"{{"resourceType": "Composition", "status": "preliminary", "section": [{{"title": "S", "text": {{"div": "<div>words</div>"}}{entry},
            "code": {{"coding": [{{"system": "http://loinc.org", "code": "{code}"}}]}}}}]}}"#
    );
    let json = bundle(&[
        &composition,
        r#"{"resourceType": "MedicationStatement", "id": "m", "medicationCodeableConcept": {"text": "Aspirin"}}"#,
    ]);
    with(&json, |record, _| (record.sections[0].kind, record.sections[0].unfinished))
}

#[test]
fn medicines_and_allergies_in_words_have_sections_of_their_own() {
    for code in ["10160-0", "10183-2", "29549-3", "75311-1", "42346-7"] {
        assert_eq!(section(code, ""), (SectionKind::Medicines, true), "{code}");
    }
    assert_eq!(section("48765-2", ""), (SectionKind::Allergies, true));
}

#[test]
fn entries_that_lead_nowhere_do_not_hide_the_words() {
    assert_eq!(
        section("10160-0", r#", "entry": [{"reference": "MedicationStatement/gone"}]"#).0,
        SectionKind::Medicines
    );
    let one_is_there =
        r#", "entry": [{"reference": "MedicationStatement/gone"}, {"reference": "MedicationStatement/m"}]"#;
    assert_eq!(section("10160-0", one_is_there).0, SectionKind::Other);
}

#[test]
fn preliminary_and_superseded_documents_say_so() {
    let json = bundle(&[
        r#"{"resourceType": "DocumentReference", "status": "current", "docStatus": "preliminary"}"#,
        r#"{"resourceType": "DocumentReference", "status": "superseded", "docStatus": "final"}"#,
        r#"{"resourceType": "DocumentReference", "status": "entered-in-error"}"#,
    ]);
    with(&json, |record, _| {
        let said: Vec<_> = record.documents.iter().map(|d| (d.assertion, d.superseded, d.unfinished)).collect();
        let absent = Assertion::Absent;
        assert_eq!(said, [(Assertion::Present, false, true), (absent, true, false), (absent, false, false)]);
    });
}

#[test]
fn a_death_without_a_date_is_not_a_date() {
    let read = |deceased: &str| {
        with(&format!(r#"{{"resourceType": "Patient", {deceased}}}"#), |record, _| {
            let p = record.patient.as_ref().unwrap();
            (text(p.deceased.as_ref()).map(str::to_owned), text(p.deceased_flag.as_ref()).map(str::to_owned))
        })
    };
    assert_eq!(read(r#""deceasedBoolean": true"#), (None, Some("true".to_owned())));
    assert_eq!(read(r#""deceasedBoolean": false"#), (None, None));
    assert_eq!(read(r#""deceasedDateTime": "2024-05-01""#), (Some("2024-05-01".to_owned()), None));
}

//! The patient, other people, the visit.

use super::{path, reading, refused};
use clinical_intake::Error;
use clinical_model::{EntryState, PersonKind};

fn target(id: &str, given: &str, family: &str, birth: &str) -> String {
    format!(
        "<recordTarget><patientRole><id root=\"1.2.3\" extension=\"{id}\"/><patient><name use=\"L\"><given>{given}</given>\
         <family>{family}</family></name><birthTime value=\"{birth}\"/></patient></patientRole></recordTarget>"
    )
}

fn header(parts: &str) -> String {
    format!("<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:sdtc=\"urn:hl7-org:sdtc\">{parts}</ClinicalDocument>")
}

#[test]
fn the_patient_is_named_as_today() {
    let xml = header(
        "<recordTarget><patientRole><id nullFlavor=\"UNK\"/><id root=\"1.2\" extension=\"77\"/><patient>\
         <name><given>Ottilie</given><family qualifier=\"BR\">Fenwick</family></name>\
         <name use=\"L\"><prefix>Dr.</prefix><given>Ottilie</given><given nullFlavor=\"NA\"/><family>Marlow</family></name>\
         <birthTime value=\"19510203\"/><sdtc:deceasedInd value=\"true\"/></patient></patientRole></recordTarget>",
    );
    reading(&xml, |record, findings, places| {
        let patient = record.patient.as_ref().unwrap();
        let name: Vec<&str> = patient.name.iter().map(|v| v.text()).collect();
        assert_eq!(name, ["Dr.", "Ottilie", "Marlow"]);
        assert_eq!(patient.id.as_ref().unwrap().text(), "77");
        assert_eq!(patient.birth_date.as_ref().unwrap().text(), "19510203");
        assert!(patient.deceased.is_none() && patient.deceased_flag.is_some());
        let at = path(places, &patient.name[2]);
        assert_eq!(at, "/ClinicalDocument/recordTarget/patientRole/patient/name[2]/family");
        assert!(findings.is_empty());
    });
}

#[test]
fn two_patients_are_refused_and_one_person_twice_is_not() {
    let one = target("1", "Ada", "Quill", "19600101");
    let other = target("2", "Ben", "Quill", "19600101");
    assert_eq!(refused(&header(&format!("{one}{other}"))), Some(Error::TwoPatients { first: 0, second: 1 }));
    let renamed = target("1", "Ada", "Marlow", "19600101");
    assert_eq!(refused(&header(&format!("{one}{renamed}"))), None, "the same id");
    let elsewhere = target("9", "ADA", "quill", "19600101");
    assert_eq!(refused(&header(&format!("{one}{elsewhere}"))), None, "the same name and birth date");
    let born_later = target("9", "Ada", "Quill", "19880101");
    assert!(refused(&header(&format!("{one}{born_later}"))).is_some(), "mother and daughter");
    let masked = "<recordTarget><patientRole><id nullFlavor=\"MSK\"/></patientRole></recordTarget>";
    assert_eq!(refused(&header(&format!("{one}{masked}"))), None, "one who says nothing");
}

#[test]
fn people_are_entries_once_each() {
    let author = |name: &str| {
        format!(
            "<author><time value=\"2024\"/><assignedAuthor><telecom value=\"tel:+1-555-0100\"/><assignedPerson><name>\
             {name}</name></assignedPerson></assignedAuthor></author>"
        )
    };
    let xml = header(&format!(
        "{}{}{}<author><assignedAuthor><assignedAuthoringDevice/></assignedAuthor></author><custodian><assignedCustodian>\
         <representedCustodianOrganization><name>Fernhill Clinic</name></representedCustodianOrganization>\
         </assignedCustodian></custodian>",
        target("1", "Ada", "Quill", "19600101"),
        author("<given>Theo</given><family>Lund</family>"),
        author("<given>Theo</given><family>Lund</family>"),
    ));
    reading(&xml, |record, _, _| {
        let states: Vec<EntryState> = record.entries.iter().map(|e| e.state).collect();
        use EntryState::{OtherKind, Read, Superseded};
        assert_eq!(states, [Read, Read, Superseded, OtherKind, Read]);
        let kinds: Vec<PersonKind> = record.people.iter().map(|p| p.kind).collect();
        assert_eq!(kinds, [PersonKind::Person, PersonKind::Place]);
        assert_eq!(record.people[0].phones.len(), 1);
    });
}

#[test]
fn the_visit_of_the_document_is_a_visit() {
    let xml = header(
        "<componentOf><encompassingEncounter><effectiveTime><low value=\"20240201\"/><high value=\"20240203\"/>\
         </effectiveTime><responsibleParty><assignedEntity><assignedPerson><name><given>Iris</given><family>Hall</family>\
         </name></assignedPerson></assignedEntity></responsibleParty><location><healthCareFacility><location>\
         <name>Ward Nine</name></location></healthCareFacility></location></encompassingEncounter></componentOf>",
    );
    reading(&xml, |record, _, places| {
        let visit = &record.encounters[0];
        assert_eq!(visit.providers[0].parts()[1].text(), "Hall");
        assert_eq!(visit.place.as_ref().unwrap().text(), "Ward Nine");
        let end = visit.period.as_ref().unwrap().end.as_ref().unwrap();
        assert!(path(places, end).ends_with("/effectiveTime/high/@value"));
        assert_eq!(record.people.len(), 1);
    });
}

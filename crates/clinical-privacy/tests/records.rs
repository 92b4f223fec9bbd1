//! FHIR and C-CDA documents of invented people under every policy.

#![expect(clippy::unwrap_used, reason = "a test")]

use clinical_json::{Document, Limits};
use clinical_model::{Phi, Stop};
use clinical_privacy::{Fault, Known, Policy, Removal, Rules, remove_from_ccda, remove_from_fhir};
use serde_json::Value;

const SECRET: &[u8] = b"a secret only for this test";

fn rules(policy: Policy, known: &Known) -> Rules<'_> {
    let secret: &[u8] = if policy == Policy::Surrogate { SECRET } else { b"" };
    Rules { policy, secret: Phi::new(secret), subject: Phi::new(""), known, year: None, stop: Stop::never() }
}

fn fhir(text: &str, policy: Policy) -> (String, Vec<Removal>) {
    let known = Known::new();
    remove_from_fhir(&Document::parse(text.as_bytes()).unwrap(), &rules(policy, &known)).unwrap()
}

fn ccda(text: &str, policy: Policy) -> Result<(String, Vec<Removal>), Fault> {
    let known = Known::new();
    remove_from_ccda(text, &rules(policy, &known))
}

/// "Report for Ada Quill, MRN 48213377" in base64, 34 bytes.
const REPORT: &str = "UmVwb3J0IGZvciBBZGEgUXVpbGwsIE1STiA0ODIxMzM3Nw==";

fn bundle() -> String {
    format!(
        r#"{{
  "resourceType": "Bundle", "type": "collection", "timestamp": "2021-06-01T10:00:00Z",
  "entry": [
    {{ "fullUrl": "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "resource": {{
      "resourceType": "Patient", "id": "pat-48213377",
      "meta": {{ "source": "http://ehr.larchclinic.example/db", "lastUpdated": "2021-05-01T10:00:00.5Z" }},
      "text": {{ "status": "generated", "div": "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Ada <b>Quill</b>, born <i>5 March 1961</i>, (617) 232-4567 &amp; more</p></div>" }},
      "identifier": [{{ "type": {{ "coding": [{{ "code": "MR" }}] }}, "system": "http://larchclinic.example/mrn", "value": "48213377" }}],
      "name": [{{ "family": "Quill", "given": ["Ada", "Marie"] }}],
      "telecom": [{{ "system": "phone", "value": "(617) 232-4567" }}, {{ "system": "email", "value": "ada@quill.example" }}],
      "gender": "female", "birthDate": "1961-03-05",
      "address": [{{ "line": ["12 Larch Street"], "city": "Farrowdale", "state": "MA", "postalCode": "02139" }}],
      "photo": [{{ "contentType": "image/png", "data": "iVBORw0KGgo=", "hash": "aGFzaA==" }}]
    }} }},
    {{ "resource": {{ "resourceType": "Patient", "id": "old", "birthDate": "1925-01-02", "name": [{{ "text": "Tobias Elderberry" }}] }} }},
    {{ "resource": {{ "resourceType": "Location", "id": "loc", "name": "Larch Valley Clinic", "position": {{ "longitude": -83.69, "latitude": 42.25 }} }} }},
    {{ "resource": {{ "resourceType": "Observation", "id": "o1", "status": "final",
      "code": {{ "coding": [{{ "system": "http://loinc.org", "code": "8480-6", "display": "Systolic blood pressure" }}] }},
      "subject": {{ "reference": "urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", "display": "QUILL, ADA" }},
      "performer": [{{ "display": "Dr. Orla Fennimore" }}],
      "effectiveDateTime": "2021-03-19T08:00:00+01:00", "issued": "2021-03-19T08:30:00Z",
      "valueQuantity": {{ "value": 120.0, "unit": "mm[Hg]" }},
      "note": [{{ "text": "Ms. QUILL phoned from 617-232-4567 on 3/18/2021 about Larch Valley Clinic. Orla Fennimore agreed. BP 120/80." }}]
    }} }},
    {{ "resource": {{ "resourceType": "DocumentReference", "id": "d1", "status": "current", "subject": {{ "reference": "Patient/pat-48213377" }},
      "content": [{{ "attachment": {{ "contentType": "text/plain", "data": "{REPORT}", "size": 34, "hash": "x" }} }}] }} }}
  ]
}}"#
    )
}

const GONE: [&str; 14] = [
    "quill",
    "marie",
    "48213377",
    "6172324567",
    "2324567",
    "12larch",
    "02139",
    "fennimore",
    "elderberry",
    "19610305",
    "5march",
    "larchvalley",
    "larchclinic",
    "6ba7b810",
];

/// Letters and digits in lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[test]
fn nothing_of_the_people_is_left_in_a_bundle() {
    let text = bundle();
    for policy in Policy::ALL {
        let (new, removals) = fhir(&text, policy);
        let json: Value = serde_json::from_str(&new).unwrap();
        let entries = json["entry"].as_array().unwrap();
        let plain = folded(&new);
        for gone in GONE {
            let may_stay = policy == Policy::KeepDates && matches!(gone, "02139" | "19610305" | "5march");
            assert!(may_stay || !plain.contains(gone), "{policy}: {gone}\n{new}");
        }
        assert!(removals.iter().all(|r| r.end <= text.len()));
        // References still lead to the same patient.
        let url = entries[0]["fullUrl"].as_str().unwrap();
        assert_eq!(entries[3]["resource"]["subject"]["reference"], url);
        let id = entries[0]["resource"]["id"].as_str().unwrap();
        assert_eq!(entries[4]["resource"]["subject"]["reference"], format!("Patient/{id}"));
        // What is clinical stays as it was written.
        assert!(new.contains(r#""value": 120.0, "unit": "mm[Hg]""#) && new.contains("Systolic blood pressure"));
        assert!(new.contains("BP 120/80.") && new.contains("&amp; more"));
        // The photograph is gone, and says so.
        assert!(entries[0]["resource"]["photo"][0]["_data"]["extension"][0]["valueCode"] == "masked");
        assert!(entries[2]["resource"].get("position").is_none());
        if policy != Policy::Surrogate {
            assert_eq!(fhir(&new, policy), (new.clone(), Vec::new()), "{policy}");
        }
        assert_eq!(fhir(&text, policy).0, new);
    }
}

#[test]
fn dates_become_years_and_very_old_ones_go() {
    let (new, _) = fhir(&bundle(), Policy::SafeHarbor);
    let json: Value = serde_json::from_str(&new).unwrap();
    let resource = |n: usize| json["entry"][n]["resource"].clone();
    assert_eq!(resource(0)["birthDate"], "1961");
    assert!(
        resource(1).get("birthDate").is_none() && resource(1)["_birthDate"]["extension"][0]["valueCode"] == "masked"
    );
    assert_eq!(resource(3)["effectiveDateTime"], "2021");
    assert_eq!(resource(3)["issued"], "2021-01-01T00:00:00Z");
    assert_eq!(resource(0)["address"][0]["postalCode"], "021");
    assert_eq!(resource(0)["name"][0]["family"], "[NAME]");
}

#[test]
fn surrogate_dates_move_together() {
    let (new, _) = fhir(&bundle(), Policy::Surrogate);
    let json: Value = serde_json::from_str(&new).unwrap();
    let observation = json["entry"][3]["resource"].clone();
    let at = observation["effectiveDateTime"].as_str().unwrap();
    assert_ne!(&at[..10], "2021-03-19");
    assert_eq!(&at[10..], "T08:00:00+01:00");
    assert_eq!(observation["issued"].as_str().unwrap()[..10], at[..10]);
}

#[test]
fn an_attached_text_is_read_and_its_size_and_hash_are_right() {
    let (new, _) = fhir(&bundle(), Policy::SafeHarbor);
    let json: Value = serde_json::from_str(&new).unwrap();
    let attachment = &json["entry"][4]["resource"]["content"][0]["attachment"];
    // "Report for [NAME], MRN [MRN]"
    assert_eq!(attachment["data"], "UmVwb3J0IGZvciBbTkFNRV0sIE1STiBbTVJOXQ==");
    assert_eq!(attachment["size"], 28);
    assert_eq!(attachment["hash"].as_str().unwrap().len(), 28);
}

#[test]
fn lines_are_one_document_and_a_broken_line_refuses_it() {
    let lines = "{\"resourceType\":\"Patient\",\"id\":\"p\",\"name\":[{\"family\":\"Quill\"}]}\n{\"resourceType\":\"Observation\",\"note\":[{\"text\":\"Quill was here\"}]}\n";
    let known = Known::new();
    let run = |text: &str| {
        let document = Document::parse_lines(text.as_bytes(), Limits::default(), &|| false).unwrap();
        remove_from_fhir(&document, &rules(Policy::SafeHarbor, &known))
    };
    let (new, _) = run(lines).unwrap();
    assert!(!new.contains("Quill") && new.lines().count() == 2);
    assert!(matches!(run(&format!("{lines}{{\"name\": Quill\n")), Err(Fault::UnreadableLine { line: 3, .. })));
}

#[test]
fn names_of_members_are_looked_at() {
    let (new, _) = fhir(
        r#"{"resourceType":"Basic","id":"b","ada@quill.example":"x","a \"b\" 617-232-4567":1}"#,
        Policy::SafeHarbor,
    );
    assert!(serde_json::from_str::<Value>(&new).is_ok());
    assert!(!new.contains("quill") && !new.contains("232"), "{new}");
}

const CDA: &str = r##"<?xml version="1.0"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
  <id root="6ba7b810-9dad-11d1-80b4-00c04fd430c8"/>
  <effectiveTime value="20210319101500+0500"/>
  <!-- written for Ada Quill -->
  <recordTarget><patientRole>
    <id root="1.3.6.1.4.1.99999.1" extension="48213377"/>
    <addr><streetAddressLine>12 Larch Street</streetAddressLine><city>Farrowdale</city><state>MA</state><postalCode>02139</postalCode></addr>
    <telecom use="HP" value="tel:+1(617)232-4567"/>
    <patient><name><given>Ada</given><given>Marie</given><family>Quill</family></name><birthTime value="19610305"/></patient>
    <providerOrganization><name>Larch Valley Clinic</name></providerOrganization>
  </patientRole></recordTarget>
  <author><time value="20210319"/><assignedAuthor><id nullFlavor="NI"/><assignedPerson><name>Dr. Orla Fennimore</name></assignedPerson></assignedAuthor></author>
  <component><structuredBody><component><section>
    <title>Visit of QUILL, ADA</title>
    <text><paragraph ID="p1">Ms. <content styleCode="Bold">Ada</content> Quill, (617) 232-4567, seen 03/19/2021 by Fennimore at Larch Valley Clinic.</paragraph>
      <table><tr><td>Ada Quill</td><td>BP 120/80</td></tr></table></text>
    <entry><observation classCode="OBS" moodCode="EVN">
      <code code="8480-6" codeSystem="2.16.840.1.113883.6.1" displayName="Systolic blood pressure"/>
      <text><reference value="#p1"/></text>
      <effectiveTime><low value="20210318"/><high nullFlavor="UNK"/></effectiveTime>
      <value xsi:type="PQ" value="120" unit="mm[Hg]"/>
    </observation></entry>
  </section></component></structuredBody></component>
</ClinicalDocument>
"##;

#[test]
fn nothing_of_the_header_is_left_in_a_ccda() {
    for policy in Policy::ALL {
        let (new, removals) = ccda(CDA, policy).unwrap();
        let document = roxmltree::Document::parse(&new).unwrap();
        let names =
            |d: &roxmltree::Document<'_>| d.descendants().map(|n| n.tag_name().name().to_owned()).collect::<Vec<_>>();
        assert_eq!(names(&document), names(&roxmltree::Document::parse(CDA).unwrap()));
        let plain = folded(&new);
        for gone in GONE {
            let may_stay = policy == Policy::KeepDates && matches!(gone, "02139" | "19610305");
            assert!(may_stay || !plain.contains(gone), "{policy}: {gone}\n{new}");
        }
        for stays in
            ["Systolic blood pressure", "BP 120/80", "value=\"120\" unit=\"mm[Hg]\"", "#p1", "extension=\"2015-08-01\""]
        {
            assert!(new.contains(stays), "{policy}: {stays}\n{new}");
        }
        assert!(removals.iter().all(|r| r.path.as_ref().is_some_and(|p| p.starts_with("/ClinicalDocument"))));
        if policy != Policy::Surrogate {
            assert_eq!(ccda(&new, policy), Ok((new.clone(), Vec::new())), "{policy}");
        }
    }
    let (new, _) = ccda(CDA, Policy::SafeHarbor).unwrap();
    assert!(new.contains(r#"<effectiveTime value="2021"/>"#) && new.contains(r#"<birthTime value="1961"/>"#));
    assert!(new.contains(r#"<telecom use="HP" nullFlavor="MSK"/>"#) && new.contains("<postalCode>021</postalCode>"));
}

#[test]
fn a_fragment_takes_its_namespaces_from_nowhere() {
    let fragment = "<observation><value xsi:type=\"ED\">Ada</value><author><assignedAuthor><assignedPerson><name><given>Ada</given><family>Quill</family></name></assignedPerson></assignedAuthor></author></observation>";
    let (new, _) = ccda(fragment, Policy::SafeHarbor).unwrap();
    assert!(
        new.starts_with("<observation><value xsi:type=\"ED\">") && !new.contains("Quill") && !new.contains("Ada"),
        "{new}"
    );
}

#[test]
fn hostile_documents_are_refused_where_they_break() {
    for text in [
        "<!DOCTYPE a><a/>",
        "<a>",
        "<a b='1' b='2'/>",
        "<Patient xmlns=\"http://hl7.org/fhir\"/>",
        "<a xmlns=\"urn:x\"><Quill:x/></a>",
    ] {
        let fault = ccda(text, Policy::SafeHarbor).unwrap_err();
        assert!(!format!("{fault:?}").contains("Quill"));
    }
}

/// What is found in `text` by who knows that.
fn known_in<'t>(text: &'t str, known: &Known) -> Vec<&'t str> {
    let found = clinical_privacy::find(text, known, Stop::never()).unwrap();
    found.iter().map(|one| &text[one.start..one.end]).collect()
}

#[test]
fn a_bundle_tells_who_is_named_in_it() {
    let text = bundle();
    let known = clinical_privacy::known_from_fhir(&Document::parse(text.as_bytes()).unwrap());
    assert_eq!(
        known_in("fennimore at larch valley near larch street called 617 232 4567 of 48213377", &known),
        ["fennimore", "larch valley", "larch street", "617 232 4567", "48213377"]
    );
    let names: Vec<&str> = known.names().collect();
    assert!(names.contains(&"Ada Marie Quill") && names.contains(&"Tobias Elderberry"), "{}", names.len());
    assert!(known_in("The knee has healed and the valley is green.", &known).is_empty());
    assert!(!format!("{known:?}").contains("Quill"));
}

#[test]
fn a_clinical_document_tells_who_is_named_in_it() {
    let text = r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><id root="1.2.3" extension="48213377"/><addr><streetAddressLine>12 Larch Street</streetAddressLine><city>Farrowdale</city></addr><telecom value="tel:(617) 232-4567"/><patient><name><given>Ada</given><family>Brackwater</family></name></patient></patientRole></recordTarget></ClinicalDocument>"#;
    let known = clinical_privacy::known_from_ccda(text, Stop::never()).unwrap();
    assert_eq!(
        known_in("brackwater of larch street, farrowdale, 617.232.4567, 48213377", &known),
        ["brackwater", "larch street", "farrowdale", "617.232.4567", "48213377"]
    );
    assert_eq!(known.names().collect::<Vec<_>>(), ["Ada Brackwater", "Farrowdale"]);
    let of = |text: &str| clinical_privacy::known_from_ccda(text, Stop::never()).map(|_| ());
    assert_eq!(of("<html xmlns=\"http://www.w3.org/1999/xhtml\"/>"), Err(Fault::NotClinical));
    assert!(matches!(of("<ClinicalDocument"), Err(Fault::Xml { .. })));
    let flag = std::sync::atomic::AtomicBool::new(true);
    let stopped = clinical_privacy::known_from_ccda(text, Stop::when(&flag));
    assert_eq!(stopped.map(|_| ()), Err(Fault::Stopped));
}

#[test]
fn a_note_tells_who_is_named_in_it() {
    let note = "Patient: Ada Quill\nMRN: 48213377\nSeen at Larch Valley Clinic by Dr. Orla Fennimore.\n";
    let known = clinical_privacy::known_from_text(note, &Known::new(), Stop::never()).unwrap();
    assert_eq!(known_in("fennimore of larch valley, 48213377", &known), ["fennimore", "larch valley", "48213377"]);
    assert!(known.names().any(|name| name == "Ada Quill"));
    let flag = std::sync::atomic::AtomicBool::new(true);
    assert!(clinical_privacy::known_from_text(note, &Known::new(), Stop::when(&flag)).is_none());
}

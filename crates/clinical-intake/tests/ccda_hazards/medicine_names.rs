//! Which medicine it is (safety rules 6, 7 and 15).

use super::medicine::*;
use super::{document, statements, states, text, texts, with};
use clinical_model::{Course, CourseRule, EntryState, FindingCode, UnreadReason};

#[test]
fn no_known_medicines_is_a_statement_in_the_words_of_the_document() {
    let product =
        r#"<code nullFlavor="OTH"><translation code="410942007" codeSystem="2.16.840.1.113883.6.96"/></code>"#;
    let entry = medicine(
        r#"moodCode="EVN" negationInd="true""#,
        "active",
        r##"<text><reference value="#none"/></text>"##,
        product,
        "",
    );
    first(&document(TAKEN, r#"<paragraph ID="none">No known medicines</paragraph>"#, &entry), |m| {
        assert_eq!((m.course, m.rule), (Course::NotTaken, Some(CourseRule::Negation)));
        assert_eq!(text(m.medicine.name()), Some("No known medicines"));
        assert!(m.medicine.has_code("410942007"));
    });
    let words = r#"<code nullFlavor="OTH"><originalText>No known medications</originalText></code>"#;
    first(&document(TAKEN, "", &medicine(EVN, "active", "", words, "")), |m| {
        assert_eq!((m.course, m.rule), (Course::NotTaken, Some(CourseRule::Negation)));
    });
    let coded = r#"<code code="787481004" codeSystem="2.16.840.1.113883.6.96" displayName="No known medications"/>"#;
    first(&document(TAKEN, "", &medicine(EVN, "active", "", coded, "")), |m| assert_eq!(m.course, Course::Current));
}

#[test]
fn a_name_comes_from_wherever_the_entry_gives_it() {
    let row = r#"<table><tbody><tr ID="row1"><td ID="name1">Exemplan 5 mg tablet</td><td>1 tablet every morning</td>
        <td>Active</td></tr></tbody></table>"#;
    let cases = [
        (
            r##"<code nullFlavor="OTH"><originalText><reference value="#name1"/></originalText></code>"##,
            "Exemplan 5 mg tablet",
        ),
        (
            r##"<code nullFlavor="UNK"><originalText><reference value="#row1"/></originalText></code>"##,
            "Exemplan 5 mg tablet",
        ),
        ("<code nullFlavor=\"NA\"/><name>Exemplan</name>", "Exemplan"),
        (r#"<code nullFlavor="UNK"><translation code="1" displayName="exemplan 5 MG"/></code>"#, "exemplan 5 MG"),
        (r#"<code code="77"/><name>Exemplan</name>"#, "Exemplan"),
        (
            r#"<code code="77" displayName="exemplan 5 MG Oral Tablet"/><name>Exemplan</name>"#,
            "exemplan 5 MG Oral Tablet",
        ),
    ];
    for (product, name) in cases {
        let xml = document(TAKEN, row, &medicine(EVN, "active", "", product, ""));
        first(&xml, |m| assert_eq!(text(m.medicine.name()), Some(name), "{product}"));
    }
    let by_text =
        medicine(EVN, "active", r##"<text><reference value="#row1"/></text>"##, "<code nullFlavor=\"UNK\"/>", "");
    first(&document(TAKEN, row, &by_text), |m| {
        assert_eq!(text(m.medicine.name()), Some("Exemplan 5 mg tablet"));
        assert_eq!(text(m.dosages.first().unwrap().text.as_ref()), Some("1 tablet every morning"));
    });
}

#[test]
fn a_medicine_without_a_name_is_told_as_unreadable() {
    for product in ["<code nullFlavor=\"UNK\"/>", "<code code=\"1\" displayName=\"Unknown medication\"/>", ""] {
        with(&document(TAKEN, "", &medicine(EVN, "active", "", product, "")), |record, _| {
            assert_eq!(states(record), [EntryState::Unreadable(UnreadReason::NoMedicineName)]);
            assert!(statements(record).iter().all(|e| e.kind.starts_with("Medication")));
        });
    }
}

#[test]
fn a_reference_into_another_cell_does_not_rename_a_medicine() {
    let product = r##"<code code="999001" codeSystem="2.16.840.1.113883.6.88" displayName="exemplan 5 MG Oral Tablet">
        <originalText><reference value="#wrong"/></originalText></code>"##;
    let xml = document(
        TAKEN,
        r#"<content ID="wrong">Samplin 40 mg tablet</content>"#,
        &medicine(EVN, "active", "", product, ""),
    );
    with(&xml, |record, findings| {
        let m = record.medications.first().unwrap();
        assert_eq!(text(m.medicine.name()), Some("exemplan 5 MG Oral Tablet"));
        assert_eq!(texts(&m.notes), ["Samplin 40 mg tablet"]);
        assert!(findings.iter().any(|f| f.code == FindingCode::NarrativeDisagrees));
    });
}

#[test]
fn a_medicine_inside_another_is_its_own() {
    let behind = medicine(r#"moodCode="INT""#, "active", "", &NAME.replace("999001", "999002"), "")
        .replace("<entry>", r#"<entryRelationship typeCode="COMP">"#)
        .replace("</entry>", "</entryRelationship>");
    with(&document(TAKEN, "", &medicine(EVN, "active", "", NAME, &behind)), |record, _| {
        assert_eq!(record.medications.len(), 2);
        assert_eq!(statements(record).len(), 2);
    });
}

//! Parts of documents, other XML, and bodies that are no XML.

use super::{document, reading, refused, states, words};
use clinical_intake::Error;
use clinical_model::{EntryState, SectionKind, UnreadReason};

#[test]
fn parts_of_documents_are_read_and_other_xml_is_not() {
    for part in [
        "<section><text>Words</text></section>",
        "<component><section><text>Words</text></section></component>",
        "<structuredBody><component><section><text>Words</text></section></component></structuredBody>",
        "<entry><act classCode='ACT'/></entry>",
        "<sdtc:observation xsi:type='x'/>",
        "<component><observation classCode='OBS'/></component>",
        "<entryRelationship typeCode='SUBJ'><observation/></entryRelationship>",
        "<recordTarget><patientRole/></recordTarget>",
        "<author><assignedAuthor/></author>",
        "<componentOf><encompassingEncounter/></componentOf>",
        "<relatedDocument typeCode='RPLC'/>",
        "<manufacturedProduct/>",
    ] {
        reading(part, |record, _, _| assert!(!record.entries.is_empty(), "{part}"));
    }
    for other in ["<html/>", "<Bundle xmlns='http://hl7.org/fhir'/>", "<note/>", "<text>Words</text>"] {
        assert_eq!(refused(other), Some(Error::NotCcda), "{other}");
    }
}

#[test]
fn a_statement_about_somebody_else_is_not_the_patients() {
    let subject = "<subject><relatedSubject classCode='PRS'><code code='NBOR'/></relatedSubject></subject>";
    let of_newborn = format!("<section>{subject}<text>Words</text><entry><observation/></entry></section>");
    reading(&of_newborn, |record, _, _| {
        let all = states(record);
        assert!(all.iter().all(|(_, state)| *state == EntryState::AboutOther), "{all:?}");
        assert!(record.sections.is_empty());
    });
    let one = format!("<section><text>Words</text><entry><observation>{subject}</observation></entry></section>");
    reading(&one, |record, _, _| assert_eq!(record.entries[1].state, EntryState::AboutOther));
    let own = "<section><subject><relatedSubject classCode='PAT'/></subject><text>Words</text></section>";
    reading(own, |record, _, _| assert_eq!(record.entries[0].state, EntryState::Read));
}

#[test]
fn an_entry_without_a_statement_is_unreadable() {
    reading(
        "<section><text>Words</text><entry nullFlavor='NI'><templateId root='1.2'/></entry></section>",
        |record, _, _| {
            assert_eq!(record.entries[1].state, EntryState::Unreadable(UnreadReason::NoStatement));
        },
    );
    reading("<section><code code='11450-4'/></section>", |record, _, _| {
        assert_eq!(record.entries[0].state, EntryState::Unreadable(UnreadReason::NoSubjectMatter));
    });
}

#[test]
fn a_body_of_plain_text_is_shown_and_a_file_is_accounted_for() {
    let body = |text: &str| {
        let xml = format!(
            "<ClinicalDocument><title>Letter</title><component><nonXMLBody>{text}</nonXMLBody></component></ClinicalDocument>"
        );
        reading(&xml, |record, _, _| {
            let shown = record.sections.iter().map(|s| words(&s.blocks)).collect::<Vec<_>>();
            let attached = record.documents.iter().map(|d| d.text_base64.is_some()).collect::<Vec<_>>();
            (record.entries[0].state, shown, attached)
        })
    };
    let plain = body("<text mediaType='text/plain'>Come back &amp; bring\nthe list.</text>");
    assert_eq!(plain, (EntryState::Read, vec![vec!["Come back & bring the list.".to_owned()]], vec![]));
    let coded = body("<text mediaType='text/plain' representation='B64'>Q29tZSBiYWNr</text>");
    assert_eq!(coded, (EntryState::Read, vec![], vec![true]));
    let file = body("<text mediaType='application/pdf' representation='B64'>JVBERi0=</text>");
    assert_eq!(file, (EntryState::OtherKind, vec![], vec![]));
    assert_eq!(body("<text mediaType='text/plain'/>").0, EntryState::OtherKind);
}

#[test]
fn what_the_record_keeps_from_the_patient_is_not_shown_in_words_either() {
    let label = "<entryRelationship><observation><templateId root='2.16.840.1.113883.3.445.21'/>\
                 <code code='SECCONOBS'/><value code='NOPAT'/></observation></entryRelationship>";
    let one = |text: &str| {
        let entry = format!("<entry><observation>{text}{label}</observation></entry>");
        let table = "<table><tbody><tr ID='a'><td>First</td></tr><tr><td>Second</td></tr></tbody></table>";
        let section =
            format!("<component><section><code code='30954-2'/><text>{table}</text>{entry}</section></component>");
        reading(&document(&section), |record, _, _| {
            assert_eq!(record.sections[0].kind, SectionKind::Results);
            (record.entries[1].state, words(&record.sections[0].blocks))
        })
    };
    assert_eq!(one("<text><reference value='#a'/></text>"), (EntryState::OtherKind, vec!["Second".to_owned()]));
    assert_eq!(one(""), (EntryState::OtherKind, vec![]), "nobody knows which words are meant");
}

//! The facts of an HTML page point to bytes of the document as it came, whatever was taken from it or put into it so that
//! it could be read.
#![expect(clippy::unwrap_used, reason = "tests")]

use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop, summarize};

/// A fragment of a C-CDA: a section with an entry and with words. `{}` stands for declarations.
const SECTION: &str = r#"<section{}>
  <templateId root="2.16.840.1.113883.10.20.22.2.6.1"/>
  <code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/>
  <title>Allergies</title>
  <text>Penicillin, then plums.</text>
  <entry><act classCode="ACT" moodCode="EVN">
    <templateId root="2.16.840.1.113883.10.20.22.4.30"/>
    <code code="CONC" codeSystem="2.16.840.1.113883.5.6"/><statusCode code="active"/>
    <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">
      <templateId root="2.16.840.1.113883.10.20.22.4.7"/>
      <code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/><statusCode code="completed"/>
      <value xsi:type="CD" code="416098002" codeSystem="2.16.840.1.113883.6.96" displayName="Allergy to drug"/>
      <participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT">
        <code code="70618" codeSystem="2.16.840.1.113883.6.88" displayName="Penicillin"/>
      </playingEntity></participantRole></participant>
    </observation></entryRelationship>
  </act></entry>
</section>"#;

fn page(document: &str) -> String {
    let now = Moment::parse("2026-03-01T09:00:00Z").unwrap();
    let options = Options { now, page: Page::Html, large_print: false, narrated: None, stop: Stop::never() };
    let input = Input::new(document.as_bytes(), Label::Xml);
    summarize(&input, &options, Lexicon::english().unwrap()).unwrap().page.expose().clone()
}

/// What stands at the places of the page, in order.
fn pointed(document: &str) -> Vec<String> {
    let page = page(document);
    let places = page.split("data-at=\"").skip(1).map(|rest| {
        let (from, to) = rest.split('"').next().unwrap().split_once('-').unwrap();
        document[from.parse().unwrap()..to.parse().unwrap()].to_owned()
    });
    places.collect()
}

#[test]
fn places_are_those_of_the_document_as_it_came() {
    let whole =
        SECTION.replace("{}", " xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    let expected = pointed(&whole);
    assert!(expected.iter().any(|words| words.contains("Penicillin")), "{expected:?}");
    for declarations in ["", " xmlns=\"urn:hl7-org:v3\"", " ID='a'"] {
        for front in ["", "\u{feff}", "<?xml version=\"1.0\"?>\r\n"] {
            let document = format!("{front}{}", SECTION.replace("{}", declarations));
            assert_eq!(pointed(&document), expected, "{declarations:?} {front:?}");
        }
    }
    assert_eq!(pointed(&format!("\u{feff}{whole}")), expected);
}

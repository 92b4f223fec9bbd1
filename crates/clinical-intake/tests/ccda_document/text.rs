//! The text of sections.

use super::{document, path, reading, section, states, words};
use clinical_model::{Assertion, Course, EntryState, FindingCode, MedicationRemark, SectionKind};

fn blocks(code: &str, text: &str) -> Vec<String> {
    reading(&document(&section(code, text, "")), |record, _, places| {
        let section = &record.sections[0];
        assert_eq!(section.from_text, !section.blocks.is_empty());
        section.blocks.iter().for_each(|b| _ = path(places, b));
        words(&section.blocks)
    })
}

#[test]
fn paragraphs_items_cells_and_bare_words_are_blocks() {
    let text = "Before <content styleCode='Bold'>the</content> list<paragraph>One &amp; two</paragraph>\
                <list><caption>Things</caption><item>First</item><item><caption>Second</caption>with words<list>\
                <item>Inner</item></list>and after</item></list>A<br/>B\
                <table><caption>Table</caption><tbody><tr><td>a</td><td>b</td></tr> <tr><td>c</td> <td>d</td></tr></tbody></table>";
    let expected = [
        "Before the list",
        "One & two",
        "Things",
        "First",
        "Second",
        "with words",
        "Inner",
        "and after",
        "A",
        "B",
        "Table",
    ];
    let mut expected: Vec<&str> = expected.into();
    // Words of cells do not run into each other: each is a block where only tags stand between them.
    expected.extend(["a", "b", "c d"]);
    assert_eq!(blocks("8648-8", text), expected);
}

#[test]
fn no_script_style_image_or_link_reaches_a_block() {
    let text = "<paragraph>See <linkHtml href='javascript:x'>this</linkHtml><script>alert(1)</script> page</paragraph>\
                <style>p{}</style><renderMultiMedia referencedObject='m'><caption>Picture</caption></renderMultiMedia>\
                <paragraph onclick='x'>Rest</paragraph><div><p>Odd</p><iframe>frame</iframe></div>";
    assert_eq!(blocks("8648-8", text), ["See this", "page", "Rest", "Odd"]);
}

#[test]
fn placeholders_are_no_words() {
    assert_eq!(blocks("8648-8", " ... "), Vec::<String>::new());
    assert_eq!(blocks("8648-8", "<paragraph>---</paragraph><paragraph> </paragraph>"), Vec::<String>::new());
}

#[test]
fn a_section_without_information_says_so_in_its_words() {
    let xml = document(
        "<component><section nullFlavor='NI'><code code='48765-2'/><title>Allergies</title><text>No information</text></section></component>",
    );
    reading(&xml, |record, _, _| {
        assert_eq!(record.sections[0].kind, SectionKind::Allergies);
        assert_eq!(words(&record.sections[0].blocks), ["No information"]);
        assert_eq!(record.entries[0].state, EntryState::Read);
    });
}

#[test]
fn a_medicine_of_the_table_alone_is_read_from_its_row() {
    let text = "<table><thead><tr><th>Medication</th><th>Directions</th><th>Start Date</th><th>End</th><th>Status</th>\
                <th>Indications</th><th>RxNorm</th><th>Mystery</th></tr></thead><tbody>\
                <tr><td>Exemplan 5 mg</td><td>1 tablet daily</td><td>20240102</td><td>next week</td><td>Active</td>\
                <td>Gout</td><td>12345</td><td>odd</td></tr>\
                <tr><td>Sampline</td><td/><td/><td/><td>Discontinued</td><td/><td/><td/></tr>\
                <tr><td>No known medications</td><td/><td/><td/><td/><td/><td/><td/></tr>\
                <tr><td colspan='8'>Reviewed today</td></tr></tbody></table>";
    reading(&document(&section("10160-0", text, "")), |record, _, places| {
        let [first, second] = &record.medications[..] else { panic!("two medicines") };
        assert_eq!(first.medicine.name().unwrap().text(), "Exemplan 5 mg");
        assert!(path(places, first.medicine.name().unwrap()).ends_with("/tbody/tr[1]/td[1]"));
        assert_eq!((first.course, first.assertion), (Course::Unstated, Assertion::Possible));
        assert_eq!(first.remarks, [MedicationRemark::FromText]);
        assert_eq!(first.dosages[0].text.as_ref().unwrap().text(), "1 tablet daily");
        let taken = first.taken.as_ref().unwrap();
        assert_eq!((taken.start.as_ref().unwrap().text(), &taken.end), ("20240102", &None));
        assert_eq!(words(&first.reasons), ["Gout"]);
        assert_eq!(words(&first.notes), ["next week", "odd"]);
        assert_eq!((second.course, second.assertion), (Course::Stopped, Assertion::Absent));
        assert_eq!(states(record).iter().filter(|(kind, _)| kind == "text row").count(), 2);
        let left = words(&record.sections[0].blocks);
        assert!(left.contains(&"No known medications".to_owned()) && left.contains(&"Reviewed today".to_owned()));
        assert!(!left.iter().any(|w| w.contains("Exemplan") || w.contains("Sampline")));
    });
}

#[test]
fn a_table_that_is_not_understood_stays_words() {
    let text = "<table><tbody><tr><td>Exemplan</td><td>daily</td></tr></tbody></table>";
    reading(&document(&section("10160-0", text, "")), |record, _, _| {
        assert!(record.medications.is_empty());
        assert_eq!(words(&record.sections[0].blocks), ["Exemplan", "daily"]);
    });
    let in_another =
        "<table><thead><tr><th>Medication</th></tr></thead><tbody><tr><td>Exemplan</td></tr></tbody></table>";
    reading(&document(&section("48765-2", in_another, "")), |record, _, _| assert!(record.medications.is_empty()));
}

#[test]
fn wrong_codes_and_references_that_lead_nowhere_are_findings() {
    let entry = "<entry><act><text><reference value='#nowhere'/></text></act></entry>";
    let text = "<paragraph ID='a'>x</paragraph><paragraph ID='a'>y</paragraph>";
    let xml = document(&format!(
        "<component><section><templateId root='2.16.840.1.113883.10.20.22.2.5.1'/><code code='48765-2'/><text>{text}</text>{entry}\
         </section></component>"
    ));
    reading(&xml, |record, findings, places| {
        assert_eq!(record.sections[0].kind, SectionKind::Problems);
        let at = |code| findings.iter().find(|f| f.code == code).map(|f| places.told(f.at));
        assert!(at(FindingCode::WrongSectionCode).is_some() && at(FindingCode::DanglingTextReference).is_some());
    });
}

#[test]
fn one_long_text_is_not_copied_for_each_entry_that_refers_to_it() {
    let entry = "<entry><substanceAdministration><consumable><manufacturedProduct><manufacturedMaterial>\
                 <code displayName='sampline'><originalText><reference value='#x'/></originalText></code>\
                 </manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>";
    let text = format!("<paragraph ID='x'>{}</paragraph>", "many\twords ".repeat(50_000));
    reading(&document(&section("10160-0", &text, &entry.repeat(5_000))), |record, _, _| {
        let size = |v: &clinical_model::Verbatim<'_>| v.text().len();
        let taken: usize = record.medications.iter().filter_map(|m| m.medicine.text.as_ref()).map(size).sum();
        assert!(taken < 20_000_000, "{taken}");
    });
}

#[test]
fn long_texts_cost_what_they_are_long() {
    let rows = "<tr><td>a word</td><td>and another</td></tr>".repeat(10_000);
    let entries = "<entry><observation><text><reference value='#x'/></text></observation></entry>".repeat(5_000);
    let nested = format!("{}deep{}", "<content>".repeat(120), "</content>".repeat(120));
    let items = "<list><item>".repeat(60) + "x" + &"</item></list>".repeat(60);
    let text = format!("<table ID='x'><tbody>{rows}</tbody></table>{nested}{items}");
    reading(&document(&section("30954-2", &text, &entries)), |record, _, _| {
        assert_eq!(record.entries.len(), 5_001);
        assert!(!record.sections[0].blocks.is_empty());
    });
}

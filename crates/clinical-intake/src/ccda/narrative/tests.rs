//! Which words are shown beside entries that were read. The entries are made by hand, so that nothing hangs on how
//! a statement is read.

use super::*;
use crate::ccda::context::MedicineList;
use clinical_model::{
    Assertion, CodeSystem, Coding, Concept, Condition, Course, MedicationKind, MedicationRemark, MedicationUse,
};
use clinical_xml::Safe;

/// A section of problems, each of whose entries is read as the `displayName` of its `value`.
fn shown(text: &str, entries: &[(&str, &str)]) -> (Vec<String>, EntryState) {
    let entries: String = entries
        .iter()
        .map(|(name, id)| {
            format!("<entry><observation><value displayName='{name}'/><text><reference value='{id}'/></text></observation></entry>")
        })
        .collect();
    let xml = format!("<section><text>{text}</text>{entries}</section>");
    let safe = Safe::of(&xml).unwrap();
    let document = safe.parse().unwrap();
    let section = document.root_element();
    let mut context = Context::new();
    context.index(child(section, "text").unwrap());
    let id = context.entry("section", section);
    let before = Before::of(&context.record);
    let mut told = Vec::new();
    for node in children(section, "entry") {
        let id = context.entry("entry", node);
        let value = node.descendants().find(|n| n.tag_name().name() == "value").unwrap();
        let coding = Coding { system: CodeSystem::Other, code: None, display: attribute(value, "displayName") };
        context.record.conditions.push(problem(id, coding));
        told.push(Told { node, id, is_withheld: false });
    }
    let frame = Frame::new(SectionKind::Problems, MedicineList::Taken);
    let state = read(&mut context, section, id, frame, &told, &before);
    let section = &context.record.sections[0];
    (section.blocks.iter().map(|b| b.text().to_owned()).collect(), state)
}

fn problem<'a>(entry: EntryId, coding: Coding<'a>) -> Condition<'a> {
    Condition {
        entry,
        assertion: Assertion::Present,
        clinical_status: None,
        verification: None,
        code: Concept { text: None, codings: vec![coding] },
        onset: None,
        onset_words: None,
        onset_age: None,
        onset_range: None,
        recorded: None,
        contradicts: false,
        severity: None,
        body_sites: Vec::new(),
        in_error: false,
        encounter: None,
        notes: Vec::new(),
    }
}

const TABLE: &str = "<table><thead><tr><th>Problem</th> <th>Since</th></tr></thead><tbody>\
    <tr ID='a'><td>Gout</td> <td>2020</td></tr><tr><td><content ID='b'>Asthma</content></td> <td>2019</td></tr>\
    <tr><td>Migraine</td> <td>2018</td></tr></tbody></table>";

#[test]
fn rows_that_entries_refer_to_are_not_repeated() {
    let (blocks, state) = shown(TABLE, &[("x", "#a"), ("y", "#b")]);
    assert_eq!(blocks, ["Problem Since", "Migraine 2018"]);
    assert_eq!(state, EntryState::Read);
}

#[test]
fn rows_with_the_words_of_entries_are_not_repeated() {
    let (blocks, _) = shown(TABLE, &[("Gout (disorder)", ""), ("Asthma", "")]);
    assert_eq!(blocks, ["Problem Since", "Migraine 2018"]);
    let (blocks, state) = shown(TABLE, &[("gout", ""), ("Asthma", "#b"), ("Migraine disorder", "")]);
    assert_eq!((blocks, state), (Vec::new(), EntryState::Parted));
}

#[test]
fn a_text_with_no_more_pieces_than_entries_is_taken_for_theirs() {
    let (blocks, _) = shown(TABLE, &[("one", ""), ("two", ""), ("three", "")]);
    assert_eq!(blocks, Vec::<String>::new());
}

#[test]
fn a_reference_to_the_whole_table_covers_no_row() {
    let table = TABLE.replacen("<table>", "<table ID='t'>", 1);
    let (blocks, _) = shown(&table, &[("Gout", "#t")]);
    assert_eq!(blocks, ["Problem Since", "Asthma 2019", "Migraine 2018"]);
}

#[test]
fn labels_are_shown_only_above_what_is_shown() {
    let text = "<paragraph>Active problems</paragraph><list><item ID='a'>Gout</item></list>\
        <paragraph>Past problems</paragraph><list><item>Migraine</item></list>";
    assert_eq!(shown(text, &[("x", "#a")]).0, ["Past problems", "Migraine"]);
}

/// A medicine whose code refers to words.
fn remarks(display: &str, text: &str) -> (Vec<MedicationRemark>, usize) {
    let xml = format!(
        "<section><text>{text}</text><entry><substanceAdministration><consumable><manufacturedProduct>\
         <manufacturedMaterial><code displayName='{display}'><originalText><reference value='#m'/></originalText>\
         <translation displayName='Exemplan'/></code></manufacturedMaterial></manufacturedProduct></consumable>\
         </substanceAdministration></entry></section>"
    );
    let safe = Safe::of(&xml).unwrap();
    let document = safe.parse().unwrap();
    let section = document.root_element();
    let mut context = Context::new();
    context.index(child(section, "text").unwrap());
    let id = context.entry("section", section);
    let before = Before::of(&context.record);
    let node = child(section, "entry").unwrap();
    let entry = context.entry("entry", node);
    context.record.medications.push(MedicationUse {
        entry,
        kind: MedicationKind::Statement,
        medicine: Concept::default(),
        medicine_is_ingredients: false,
        medicine_entry: None,
        course: Course::Current,
        assertion: Assertion::Present,
        status: None,
        prohibition: None,
        status_reason: None,
        dosages: Vec::new(),
        written: None,
        taken: None,
        valid: None,
        reported: false,
        reasons: Vec::new(),
        notes: Vec::new(),
        prescriber: None,
        rule: None,
        remarks: Vec::new(),
    });
    let frame = Frame::new(SectionKind::Medicines, MedicineList::Taken);
    let told = [Told { node, id: entry, is_withheld: false }];
    read(&mut context, section, id, frame, &told, &before);
    let disagree = context.findings.iter().filter(|f| f.code == FindingCode::NarrativeDisagrees).count();
    (context.record.medications.remove(0).remarks, disagree)
}

#[test]
fn a_medicine_that_refers_to_another_ones_words_is_marked() {
    let row = |words: &str| format!("<table><tbody><tr><td ID='m'>{words}</td><td>daily</td></tr></tbody></table>");
    assert_eq!(
        remarks("sampline 5 MG Oral Tablet", &row("Otherol 10 mg")),
        (vec![MedicationRemark::NarrativeDisagrees], 1)
    );
    assert_eq!(remarks("sampline 5 MG Oral Tablet", &row("Sampline 5 mg tablet")), (vec![], 0));
    assert_eq!(remarks("sampline 5 MG Oral Tablet", &row("EXEMPLAN")), (vec![], 0), "the brand of a translation");
    assert_eq!(remarks("sampline 5 MG Oral Tablet", &row("tablet")), (vec![], 0), "no name at all");
    let beside = "<table><tbody><tr><td>Sampline</td><td ID='m'>1 each morning</td></tr></tbody></table>";
    assert_eq!(remarks("sampline 5 MG Oral Tablet", beside), (vec![], 0), "another cell of the same row");
}

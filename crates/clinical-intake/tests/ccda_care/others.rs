//! Relatives, devices, directives, payers, care teams, notes.

use super::{RESULTS, entry, section, statements, states, template, text, texts, with};
use clinical_model::{Assertion, EntryState, PersonKind, SectionKind, UnreadReason};

fn relative(attributes: &str, status: &str) -> String {
    let node = format!(
        r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<statusCode code="{status}"/>
        <subject><relatedSubject classCode="PRS"><code code="MTH" displayName="mother"/></relatedSubject></subject>
        <component><observation classCode="OBS" moodCode="EVN" {attributes}>{}<code code="64572001" displayName="Disease"/>
        <statusCode code="completed"/><value xsi:type="CD" code="44054006" displayName="Diabetes type 2"/>
        <entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN">{}
        <code code="445518008"/><value xsi:type="PQ" value="57" unit="a"/></observation></entryRelationship></observation>
        </component></organizer>"#,
        template("45"),
        template("46"),
        template("31")
    );
    entry(&node)
}

#[test]
fn an_illness_of_a_relative_is_never_the_patients() {
    // In whichever section it stands.
    for code in ["10157-6", "11450-4", RESULTS] {
        with(&section(code, "", &relative("", "completed")), |record, _| {
            assert_eq!(record.conditions.len(), 1);
            assert_eq!(record.conditions[0].assertion, Assertion::Family, "{code}");
            assert!(record.observations.is_empty() && record.reports.is_empty());
            let states: Vec<EntryState> = statements(record).iter().map(|e| e.state).collect();
            assert_eq!(states, [EntryState::Parted, EntryState::Read]);
        });
    }
    for (attributes, status) in [(r#"negationInd="true""#, "completed"), ("", "nullified")] {
        with(&section("10157-6", "", &relative(attributes, status)), |record, _| {
            assert_eq!(record.conditions[0].assertion, Assertion::Absent);
        });
    }
}

#[test]
fn two_relatives_stay_two() {
    let both = relative("", "completed") + &relative("", "completed").replace("Diabetes type 2", "Asthma");
    with(&section("10157-6", "", &both), |record, _| {
        let names: Vec<_> = record.conditions.iter().filter_map(|c| text(c.code.name())).collect();
        assert_eq!(names, ["Diabetes type 2", "Asthma"]);
        assert!(record.conditions.iter().all(|c| c.assertion == Assertion::Family));
        assert_eq!(statements(record).len(), 4);
    });
}

#[test]
fn an_observation_without_a_template_in_the_family_history_is_a_relatives() {
    let node = r#"<observation classCode="OBS" moodCode="EVN"><code code="1" displayName="Condition"/>
        <statusCode code="completed"/><value xsi:type="CD" code="2" displayName="Stroke"/></observation>"#;
    with(&section("10157-6", "", &entry(node)), |record, _| {
        assert_eq!(record.conditions[0].assertion, Assertion::Family);
        assert!(record.observations.is_empty());
    });
}

#[test]
fn a_result_of_somebody_else_is_not_read() {
    let node = format!(
        r#"<organizer classCode="BATTERY" moodCode="EVN">{}<code code="1" displayName="Panel"/><statusCode code="completed"/>
        <subject><relatedSubject><code code="NCHILD" displayName="newborn"/></relatedSubject></subject>
        <component><observation classCode="OBS" moodCode="EVN">{}<code code="2" displayName="Bilirubin"/>
        <statusCode code="completed"/><value xsi:type="PQ" value="9" unit="mg/dL"/></observation></component></organizer>"#,
        template("1"),
        template("2")
    );
    with(&section(RESULTS, "", &entry(&node)), |record, _| {
        assert_eq!(statements(record)[0].state, EntryState::AboutOther);
        assert!(record.observations.is_empty() && record.reports.is_empty());
    });
}

#[test]
fn a_relative_of_whom_nothing_is_said_is_about_somebody_else() {
    let node = format!(
        r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<subject><relatedSubject classCode="PRS"/></subject></organizer>"#,
        template("45")
    );
    assert_eq!(states(&section("10157-6", "", &entry(&node))), [EntryState::AboutOther]);
}

#[test]
fn equipment_directives_and_payers_are_counted_and_called_by_name() {
    for (code, node, kind) in [
        (
            "46264-8",
            format!(r#"<supply classCode="SPLY" moodCode="EVN">{}</supply>"#, template("50")),
            "Non-Medicinal Supply Activity",
        ),
        (
            "46264-8",
            r#"<supply classCode="SPLY" moodCode="EVN"><code code="1" displayName="Cane"/></supply>"#.to_owned(),
            "Supply",
        ),
        (
            "42348-3",
            format!(r#"<observation classCode="OBS" moodCode="EVN">{}<code code="1"/></observation>"#, template("48")),
            "Advance Directive Observation",
        ),
        (
            "48768-6",
            format!(r#"<act classCode="ACT" moodCode="EVN">{}<code code="48768-6"/></act>"#, template("60")),
            "Coverage Activity",
        ),
        (
            "48768-6",
            r#"<act classCode="ACT" moodCode="DEF"><code code="48768-6"/></act>"#.to_owned(),
            "Coverage Activity",
        ),
        (
            "69730-0",
            format!(
                r#"<act classCode="ACT" moodCode="INT">{}<code code="1" displayName="told"/></act>"#,
                template("141")
            ),
            "Handoff Communication",
        ),
    ] {
        with(&section(code, "", &entry(&node)), |record, _| {
            assert_eq!((&*statements(record)[0].kind, statements(record)[0].state), (kind, EntryState::OtherKind));
            assert!(record.medications.is_empty() && record.plans.is_empty() && record.observations.is_empty());
        });
    }
}

#[test]
fn a_wish_about_care_is_neither_a_plan_nor_an_order() {
    let node = format!(
        r#"<observation classCode="OBS" moodCode="INT">{}<code code="75773-2" displayName="Goals and preferences"/>
        <statusCode code="active"/><value xsi:type="ST">No tube feeding</value></observation>"#,
        template("510")
    );
    with(&section("42348-3", "", &entry(&node)), |record, _| {
        assert_eq!(statements(record)[0].state, EntryState::OtherKind);
        assert!(record.plans.is_empty());
    });
}

#[test]
fn a_cane_is_no_medicine() {
    let node = format!(
        r#"<supply classCode="SPLY" moodCode="EVN"><statusCode code="active"/><participant typeCode="PRD"><participantRole
        classCode="MANU">{}<playingDevice><code code="87405001" displayName="Cane"/></playingDevice></participantRole>
        </participant></supply>"#,
        template("37")
    );
    with(&section("46264-8", "", &entry(&node)), |record, _| {
        let kinds: Vec<&str> = statements(record).iter().map(|e| &*e.kind).collect();
        assert_eq!(kinds, ["Supply", "Product Instance"]);
        assert!(statements(record).iter().all(|e| e.state == EntryState::OtherKind));
    });
}

#[test]
fn a_device_with_its_numbers_is_one_entry() {
    let node = format!(
        r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<code code="74711-3" displayName="Unique Device Identifier"/>
        <component><observation classCode="OBS" moodCode="EVN">{}<code code="C101671" displayName="Serial Number"/>
        <value xsi:type="ST">77</value></observation></component></organizer>"#,
        template("311"),
        template("319")
    );
    assert_eq!(states(&section("46264-8", "", &entry(&node))), [EntryState::OtherKind]);
}

#[test]
fn a_care_team_is_people_and_who_left_it_is_not_named() {
    let member = |status: &str, given: &str| {
        format!(
            r#"<component><act classCode="PCPR" moodCode="EVN">{}<code code="85847-2"/><statusCode code="{status}"/>
            <performer><assignedEntity><telecom value="tel:555-0101"/><assignedPerson><name><given>{given}</given>
            <family>Quell</family></name></assignedPerson></assignedEntity></performer></act></component>"#,
            template("500.1")
        )
    };
    let node = format!(
        r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<code code="86744-0"><originalText>Home team</originalText></code>
        <statusCode code="active"/>{}{}</organizer>"#,
        template("500"),
        member("active", "Ida"),
        member("completed", "Max")
    );
    with(&section("85847-2", "", &entry(&node)), |record, _| {
        assert_eq!(record.people.len(), 2);
        assert_eq!((record.people[0].kind, record.people[1].kind), (PersonKind::Team, PersonKind::Person));
        assert_eq!(texts(record.people[1].name.as_ref().unwrap().parts()), ["Ida", "Quell"]);
        assert_eq!(texts(&record.people[1].phones), ["tel:555-0101"]);
        assert_eq!(statements(record)[2].state, EntryState::OtherKind);
    });
}

fn note(status: &str) -> String {
    let node = format!(
        r##"<act classCode="ACT" moodCode="EVN">{}<code code="34109-9" displayName="Note"><translation code="11488-4"
        displayName="Consult note"/></code><text><reference value="#n"/></text><statusCode code="{status}"/></act>"##,
        template("202")
    );
    let text =
        r#"<list><item ID="n"><paragraph>Seen today.</paragraph><paragraph>Knee is stable.</paragraph></item></list>"#;
    section("11488-4", text, &entry(&node))
}

#[test]
fn a_note_is_its_words_by_paragraph_and_kind() {
    with(&note("completed"), |record, _| {
        let section = &record.sections[0];
        assert_eq!((section.kind, section.unfinished), (SectionKind::Findings, false));
        assert_eq!(text(section.title.as_ref()), Some("Consult note"));
        assert_eq!(texts(&section.blocks), ["Seen today.", "Knee is stable."]);
    });
    with(&note("active"), |record, _| assert!(record.sections[0].unfinished));
    // Words beside the paragraphs are not lost.
    with(&note("completed").replace("<paragraph>Seen today.</paragraph>", "Seen today. "), |record, _| {
        assert_eq!(texts(&record.sections[0].blocks), ["Seen today. Knee is stable."]);
    });
}

#[test]
fn a_note_that_was_entered_in_error_has_no_words_on_a_page() {
    with(&note("nullified"), |record, _| {
        assert!(record.sections.iter().all(|s| s.blocks.is_empty()));
        assert_eq!(record.documents[0].assertion, Assertion::Absent);
    });
}

#[test]
fn content_that_is_encoded_is_not_shown_as_words() {
    let node = format!(
        r#"<act classCode="ACT" moodCode="EVN">{}<code code="34109-9" displayName="Note"/>
        <text mediaType="text/rtf" representation="B64">e1xydGY=</text><statusCode code="completed"/></act>"#,
        template("202")
    );
    with(&section("11488-4", "", &entry(&node)), |record, _| {
        assert!(record.sections.iter().all(|s| s.blocks.is_empty()));
        assert_eq!(text(record.documents[0].kind.name()), Some("Note"));
    });
}

#[test]
fn an_entry_without_a_statement_is_counted() {
    let unreadable = EntryState::Unreadable(UnreadReason::NoStatement);
    assert_eq!(states(&section(RESULTS, "", "<entry/><entry><realmCode/></entry>")), [unreadable, unreadable]);
    // What stands before the statement does not hide it.
    let node = format!(
        r#"<entry><realmCode code="US"/><observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Sodium"/>
        <statusCode code="completed"/><value xsi:type="INT" value="1"/></observation></entry>"#,
        template("2")
    );
    assert_eq!(states(&section(RESULTS, "", &node)), [EntryState::Read]);
}

//! Problems (safety rules 11, 12, 14 and 15).

use super::{document, states, text, texts, with};
use clinical_model::{Assertion, Condition, EntryState, FindingCode, UnreadReason};

const VALUE: &str =
    r#"<value xsi:type="CD" code="999" codeSystem="2.16.840.1.113883.6.96" displayName="Sample fever"/>"#;

/// An observation with these attributes, children, time and value.
fn observation(attributes: &str, time: &str, value: &str, more: &str) -> String {
    format!(
        r#"<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" {attributes}>
        <templateId root="2.16.840.1.113883.10.20.22.4.4"/><code code="55607006"/><statusCode code="completed"/>
        <effectiveTime>{time}</effectiveTime>{value}{more}</observation></entryRelationship>"#
    )
}

fn concern(attributes: &str, status: &str, inner: &str) -> String {
    format!(
        r#"<entry><act classCode="ACT" moodCode="EVN" {attributes}><templateId root="2.16.840.1.113883.10.20.22.4.3"/>
        <code code="CONC"/><statusCode code="{status}"/><effectiveTime><low value="20200102"/></effectiveTime>{inner}
        </act></entry>"#
    )
}

fn status(value: &str) -> String {
    format!(
        r#"<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN">
        <templateId root="2.16.840.1.113883.10.20.22.4.6"/><code code="33999-4"/><statusCode code="completed"/>
        {value}</observation></entryRelationship>"#
    )
}

fn first<T>(entries: &str, look: impl FnOnce(&Condition<'_>) -> T) -> T {
    let words =
        r#"<paragraph ID="w">Sample fever in words</paragraph><paragraph ID="none">No known problems</paragraph>"#;
    with(&document("11450-4", words, entries), |record, _| look(record.conditions.first().unwrap()))
}

fn assertion(act: &str, time: &str, more: &str) -> Assertion {
    first(&concern("", act, &observation("", time, VALUE, more)), |c| c.assertion)
}

const ACTIVE: &str = r#"<value xsi:type="CD" code="55561003" displayName="Active"/>"#;
const RESOLVED: &str = r#"<value xsi:type="CD" code="413322009" displayName="Resolved"/>"#;
const LOW: &str = r#"<low value="20200101"/>"#;
const OVER: &str = r#"<low value="20200101"/><high value="20210101"/>"#;

#[test]
fn a_status_beside_the_problem_decides() {
    assert_eq!(assertion("completed", LOW, &status(ACTIVE)), Assertion::Present);
    assert_eq!(assertion("active", LOW, &status(RESOLVED)), Assertion::Historical);
    assert_eq!(assertion("active", LOW, &status(r#"<value xsi:type="CD" code="73425007"/>"#)), Assertion::Historical);
    assert_eq!(assertion("active", LOW, &status(r#"<value xsi:type="CD" code="415684004"/>"#)), Assertion::Possible);
    assert_eq!(assertion("active", LOW, &status(r#"<value xsi:type="CD" code="410516002"/>"#)), Assertion::Absent);
    assert_eq!(assertion("active", LOW, &status(r#"<value xsi:type="ST">Inactive</value>"#)), Assertion::Historical);
}

#[test]
fn a_resolved_problem_is_past() {
    assert_eq!(assertion("active", OVER, ""), Assertion::Historical);
    assert_eq!(assertion("completed", LOW, ""), Assertion::Historical);
    assert_eq!(assertion("aborted", LOW, ""), Assertion::Historical);
    assert_eq!(assertion("aborted", LOW, &status(ACTIVE)), Assertion::Historical);
    assert_eq!(assertion("active", LOW, ""), Assertion::Present);
    let later = r#"<low value="20200101"/><high value="20300101"/>"#;
    assert_eq!(assertion("active", later, ""), Assertion::Present, "its end is still to come");
    first(&concern("", "completed", &observation("", OVER, VALUE, "")), |c| {
        assert_eq!(text(c.onset.as_ref().unwrap().end.as_ref()), Some("20210101"));
    });
}

#[test]
fn an_unknown_end_is_an_end_unless_the_concern_goes_on() {
    let unknown = r#"<low value="20200101"/><high nullFlavor="UNK"/>"#;
    assert_eq!(assertion("completed", unknown, ""), Assertion::Historical);
    assert_eq!(assertion("active", unknown, ""), Assertion::Present);
    assert_eq!(assertion("active", unknown, &status(ACTIVE)), Assertion::Present);
    first(&concern("", "active", &observation("", unknown, VALUE, "")), |c| {
        assert!(c.onset.as_ref().unwrap().end.is_none() && !c.contradicts);
    });
}

#[test]
fn active_and_over_is_a_contradiction_that_is_told() {
    first(&concern("", "active", &observation("", OVER, VALUE, &status(ACTIVE))), |c| {
        assert_eq!(c.assertion, Assertion::Present);
        assert!(c.contradicts);
    });
}

#[test]
fn a_negated_problem_is_absent_wherever_the_negation_stands() {
    let negated = r#"negationInd="true""#;
    first(&concern("", "active", &observation(negated, LOW, VALUE, "")), |c| {
        assert_eq!(c.assertion, Assertion::Absent)
    });
    first(&concern(negated, "active", &observation("", LOW, VALUE, "")), |c| {
        assert_eq!(c.assertion, Assertion::Absent)
    });
    first(&concern("", "active", &observation(r#"negationInd="false""#, LOW, VALUE, "")), |c| {
        assert_eq!(c.assertion, Assertion::Present);
    });
}

#[test]
fn no_known_problems_is_no_problem() {
    let general = r##"<value xsi:type="CD" code="55607006" displayName="Problem"><originalText><reference value="#none"/>
        </originalText></value>"##;
    let none = r#"<value xsi:type="CD" code="160245001" codeSystem="2.16.840.1.113883.6.96" displayName="No current problems"/>"#;
    let words = r#"<value xsi:type="CD" nullFlavor="OTH"><originalText>No known problems</originalText></value>"#;
    for (attributes, value) in [(r#"negationInd="true""#, general), ("", none), ("", words)] {
        first(&concern("", "active", &observation(attributes, r#"<low nullFlavor="NI"/>"#, value, "")), |c| {
            assert_eq!(c.assertion, Assertion::Absent, "{value}");
        });
    }
}

#[test]
fn what_was_entered_in_error_is_not_the_patients() {
    first(&concern("", "nullified", &observation("", LOW, VALUE, "")), |c| {
        assert!(c.in_error);
        assert_eq!(c.assertion, Assertion::Absent);
    });
}

#[test]
fn the_words_of_a_problem_weaken_its_status() {
    for (name, expected) in [
        ("Rule out sample fever", Assertion::Possible),
        ("History of sample fever", Assertion::Historical),
        ("Family history of sample fever", Assertion::Family),
        ("No evidence of sample fever", Assertion::Absent),
    ] {
        let value = VALUE.replace("Sample fever", name);
        let entry = concern("", "active", &observation("", LOW, &value, &status(ACTIVE)));
        with(&document("11450-4", "", &entry), |record, findings| {
            assert_eq!(record.conditions.first().unwrap().assertion, expected, "{name}");
            assert!(findings.iter().any(|f| f.code == FindingCode::WordsDisagree));
        });
    }
}

#[test]
fn a_name_comes_from_words_where_there_is_no_code() {
    for value in [
        r##"<value xsi:type="CD" nullFlavor="OTH"><originalText><reference value="#w"/></originalText></value>"##,
        r#"<value xsi:type="CD" nullFlavor="OTH"><originalText>Sample fever in words</originalText></value>"#,
        r#"<value xsi:type="CD" nullFlavor="UNK"><translation code="1" displayName="Sample fever in words"/></value>"#,
        r##"<value xsi:type="CD" nullFlavor="UNK"><translation code="1"><originalText><reference value="#w"/></originalText></translation></value>"##,
        r#"<value xsi:type="ST">Sample fever in words</value>"#,
        r##"<value xsi:type="CD" code="999"/><text><reference value="#w"/></text>"##,
        r##"<text><reference value="#w"/></text>"##,
    ] {
        first(&concern("", "active", &observation("", LOW, value, "")), |c| {
            assert_eq!(text(c.code.name()), Some("Sample fever in words"), "{value}");
        });
    }
    let nothing = concern("", "active", &observation("", LOW, r#"<value xsi:type="CD" nullFlavor="UNK"/>"#, ""));
    with(&document("11450-4", "", &nothing), |record, _| {
        assert_eq!(states(record), [EntryState::Unreadable(UnreadReason::NoSubjectMatter)]);
    });
}

#[test]
fn a_reference_that_leads_elsewhere_does_not_rename_a_problem() {
    let value = r##"<value xsi:type="CD" code="999" displayName="Sample fever"><originalText><reference value="#x"/>
        </originalText></value>"##;
    let xml = document(
        "11450-4",
        r#"<td ID="x">Broken example</td>"#,
        &concern("", "active", &observation("", LOW, value, "")),
    );
    with(&xml, |record, findings| {
        let c = record.conditions.first().unwrap();
        assert_eq!(text(c.code.name()), Some("Sample fever"));
        assert_eq!(texts(&c.notes), ["Broken example"]);
        assert!(findings.iter().any(|f| f.code == FindingCode::NarrativeDisagrees));
    });
}

#[test]
fn several_observations_of_a_concern_are_problems_of_their_own() {
    let both = observation("", LOW, VALUE, "") + &observation("", OVER, &VALUE.replace("Sample", "Other"), "");
    with(&document("11450-4", "", &concern("", "active", &both)), |record, _| {
        let said: Vec<_> = record.conditions.iter().map(|c| c.assertion).collect();
        assert_eq!(said, [Assertion::Present, Assertion::Historical]);
        assert_eq!(states(record), [EntryState::Parted, EntryState::Read, EntryState::Read]);
    });
}

#[test]
fn onset_is_the_observations_and_recorded_is_the_authors() {
    let more = r#"<author><time value="20210505"/></author>"#;
    first(&concern("", "active", &observation("", r#"<low value="2019"/>"#, VALUE, more)), |c| {
        assert_eq!(text(c.onset.as_ref().unwrap().start.as_ref()), Some("2019"), "a year stays a year");
        assert_eq!(text(c.recorded.as_ref()), Some("20210505"));
    });
    first(&concern("", "active", &observation("", r#"<low nullFlavor="UNK"/>"#, VALUE, "")), |c| {
        assert!(c.onset.is_none(), "when the concern began is not when the problem began");
        assert_eq!(text(c.recorded.as_ref()), Some("20200102"));
    });
}

#[test]
fn age_severity_and_site_are_kept() {
    let value = r#"<value xsi:type="CD" code="999" displayName="Sample fever"><qualifier><name code="363698007"/>
        <value code="1" displayName="Left knee"/></qualifier></value>"#;
    let more = r#"<entryRelationship typeCode="SUBJ" inversionInd="true"><observation classCode="OBS" moodCode="EVN">
        <templateId root="2.16.840.1.113883.10.20.22.4.31"/><code code="445518008"/><value xsi:type="PQ" value="57" unit="a"/>
        </observation></entryRelationship>
        <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"><code code="SEV"/>
        <value xsi:type="CD" code="24484000" displayName="Severe"/></observation></entryRelationship>"#;
    first(&concern("", "active", &observation("", LOW, value, more)), |c| {
        assert_eq!(text(c.onset_age.as_ref().unwrap().value.as_ref()), Some("57"));
        assert_eq!(text(c.severity.as_ref().unwrap().name()), Some("Severe"));
        assert_eq!(text(c.body_sites.first().unwrap().name()), Some("Left knee"));
    });
}

#[test]
fn a_risk_and_a_plan_are_no_problems() {
    let risk = observation("", LOW, VALUE, "").replace("55607006", "281694009");
    first(&concern("", "active", &risk), |c| assert_eq!(c.assertion, Assertion::Hypothetical));
    let goal = observation("", LOW, VALUE, "").replace(r#"moodCode="EVN""#, r#"moodCode="GOL""#);
    first(&concern("", "active", &goal), |c| assert_eq!(c.assertion, Assertion::Hypothetical));
}

/// A pregnancy keeps its own name beside the codes for its week.
#[test]
fn translations_do_not_rename_a_problem() {
    let value = r#"<value xsi:type="CD" code="77386006" codeSystem="2.16.840.1.113883.6.96" displayName="Pregnancy">
        <translation code="Z3A.20" codeSystem="2.16.840.1.113883.6.90" displayName="20 weeks gestation"/></value>"#;
    first(&concern("", "active", &observation("", LOW, value, "")), |c| {
        assert_eq!(text(c.code.name()), Some("Pregnancy"));
        assert_eq!(c.code.codings.len(), 2);
    });
}

#[test]
fn a_time_of_zeros_is_no_time() {
    first(&concern("", "active", &observation("", r#"<low value="000000"/>"#, VALUE, "")), |c| {
        assert!(c.onset.is_none())
    });
}

//! Whether a medicine is to be taken (safety rules 1, 2 and 8).

use super::medicine::*;
use super::{document, documents, text, texts, with};
use clinical_model::{Course, CourseRule, FindingCode, MedicationKind, MedicationRemark};

#[test]
fn completed_alone_does_not_end_a_medicine() {
    first(&document(TAKEN, "", &medicine(EVN, "completed", "", NAME, "")), |m| {
        assert_eq!((m.course, m.rule), (Course::Current, Some(CourseRule::NothingEndsIt)));
        assert_eq!(m.remarks, [MedicationRemark::CompletedButNotEnded]);
    });
}

#[test]
fn an_end_before_the_document_ends_it() {
    assert_eq!(course(EVN, "completed", PAST, ""), (Course::Completed, Some(CourseRule::EndDate)));
    let today = PAST.replace("20230131", "20240310");
    assert_eq!(course(EVN, "completed", &today, "").0, Course::Current);
    let year = PAST.replace("20230131", "2024");
    assert_eq!(course(EVN, "completed", &year, "").0, Course::Current, "the year is not over");
    let unknown = PAST.replace(r#"value="20230131""#, r#"nullFlavor="UNK""#);
    assert_eq!(course(EVN, "completed", &unknown, "").0, Course::Current);
}

#[test]
fn an_active_medicine_with_a_past_end_keeps_both() {
    first(&document(TAKEN, "", &medicine(EVN, "active", PAST, NAME, "")), |m| {
        assert_eq!((m.course, m.rule), (Course::Current, Some(CourseRule::Status)));
        assert_eq!(text(m.taken.as_ref().unwrap().end.as_ref()), Some("20230131"));
    });
}

#[test]
fn what_was_called_off_is_not_current() {
    for (status, expected) in [
        ("aborted", Course::Stopped),
        ("suspended", Course::OnHold),
        ("held", Course::OnHold),
        ("cancelled", Course::Cancelled),
        ("nullified", Course::InError),
        ("new", Course::Unstated),
        ("nonsense", Course::Unstated),
    ] {
        let active = status_observation(r#"<value xsi:type="CD" code="55561003"/>"#);
        assert_eq!(course(EVN, status, "", "").0, expected, "{status}");
        if !matches!(expected, Course::Unstated) {
            assert_eq!(course(EVN, status, "", &active).0, expected, "{status} and an active observation");
        }
    }
}

#[test]
fn an_observation_of_the_status_decides() {
    let cases = [
        (r#"<value xsi:type="CD" code="55561003" displayName="Active"/>"#, Course::Current),
        (r#"<value xsi:type="CE" code="421139008" displayName="On Hold"/>"#, Course::OnHold),
        (r#"<value xsi:type="CD" code="73425007" displayName="No longer active"/>"#, Course::Completed),
        (r#"<value xsi:type="CD" code="392521001" displayName="Prior history"/>"#, Course::Completed),
        (r#"<value xsi:type="CD" code="421139008" displayName="Expired -"/>"#, Course::Completed),
        (r#"<value xsi:type="ST">Discontinued</value>"#, Course::Stopped),
    ];
    for (value, expected) in cases {
        let decided = course(EVN, "completed", "", &status_observation(value));
        assert_eq!(decided, (expected, Some(CourseRule::StatusObservation)), "{value}");
    }
    let active = status_observation(r#"<value xsi:type="CD" code="55561003"/>"#);
    assert_eq!(course(EVN, "completed", PAST, &active).0, Course::Current);
}

#[test]
fn a_negated_medicine_is_not_taken() {
    assert_eq!(
        course(r#"moodCode="EVN" negationInd="true""#, "active", "", ""),
        (Course::NotTaken, Some(CourseRule::Negation))
    );
    assert_eq!(course(r#"moodCode="INT" negationInd="1""#, "active", "", "").0, Course::NotTaken);
    assert_eq!(course(r#"moodCode="RQO" negationInd="true""#, "active", "", "").0, Course::Stopped);
    assert_eq!(course(r#"moodCode="EVN" negationInd="false""#, "active", "", "").0, Course::Current);
    let inside = medicine(EVN, "active", "", NAME, "").replace("<entry>", "").replace("</entry>", "");
    let act = format!(
        r#"<entry><act classCode="ACT" moodCode="EVN" negationInd="true"><entryRelationship typeCode="SUBJ">{inside}
        </entryRelationship></act></entry>"#
    );
    first(&document("10183-2", "", &act), |m| assert_eq!(m.course, Course::NotTaken));
}

#[test]
fn a_plan_is_no_order_and_an_intent_in_a_list_is() {
    for mood in ["PRP", "PRMS", "GOL", "OPT"] {
        let decided = course(&format!(r#"moodCode="{mood}""#), "active", "", "");
        assert_eq!(decided, (Course::NotOrdered, Some(CourseRule::Mood)), "{mood}");
    }
    for (mood, kind) in
        [("INT", MedicationKind::Order), ("RQO", MedicationKind::Order), ("EVN", MedicationKind::Statement)]
    {
        let xml = document(TAKEN, "", &medicine(&format!(r#"moodCode="{mood}""#), "active", "", NAME, ""));
        first(&xml, |m| assert_eq!((m.course, m.kind), (Course::Current, kind)));
    }
}

#[test]
fn words_that_hold_or_stop_it_are_followed() {
    let product = r#"<code nullFlavor="OTH"><originalText>HOLD exemplan 5 mg</originalText></code>"#;
    with(&document(TAKEN, "", &medicine(EVN, "active", "", product, "")), |record, findings| {
        let m = record.medications.first().unwrap();
        assert_eq!((m.course, m.rule), (Course::OnHold, Some(CourseRule::Words)));
        assert!(findings.iter().any(|f| f.code == FindingCode::WordsDisagree));
    });
    first(&document(TAKEN, "", &medicine(EVN, "completed", "<text>Stop taking exemplan</text>", NAME, "")), |m| {
        assert_eq!(m.course, Course::Stopped);
    });
    let said = "<text>Stop taking it. Was 1 tablet daily</text>";
    first(&document(TAKEN, "", &medicine(EVN, "completed", said, NAME, "")), |m| {
        assert_eq!(m.course, Course::Stopped);
        assert!(m.remarks.is_empty());
    });
    let row = |word: &str| {
        format!(
            r#"<table><tbody><tr ID="r"><td>exemplan</td><td>1 tablet daily</td><td>{word}</td></tr></tbody></table>"#
        )
    };
    let of_row = medicine(EVN, "active", r##"<text><reference value="#r"/></text>"##, NAME, "");
    first(&document(TAKEN, &row("Discontinued"), &of_row), |m| assert_eq!(m.course, Course::Stopped));
    first(&document(TAKEN, &row("Active"), &of_row), |m| assert_eq!(m.course, Course::Current));
}

#[test]
fn given_by_staff_is_no_medicine_to_take() {
    let given = medicine(EVN, "completed", r#"<effectiveTime value="202403090830+0000"/>"#, NAME, "");
    first(&document("29549-3", "", &given), |m| {
        assert_eq!((m.kind, m.course), (MedicationKind::Administration, Course::Completed));
    });
}

#[test]
fn one_giving_at_a_time_that_has_passed_is_over() {
    let once = r#"<effectiveTime value="202309111603-0700"/>"#;
    assert_eq!(course(EVN, "completed", once, ""), (Course::Completed, Some(CourseRule::EndDate)));
    dosage(once, |d| assert_eq!(texts(&d.timing.as_ref().unwrap().events), ["202309111603-0700"]));
    // A date with a frequency behind it is when it began.
    let daily = r#"<effectiveTime value="20230911"/>
        <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="24" unit="h"/></effectiveTime>"#;
    assert_eq!(course(EVN, "completed", daily, "").0, Course::Current);
    dosage(daily, |d| assert!(d.timing.as_ref().unwrap().events.is_empty()));
}

#[test]
fn the_list_of_admission_is_the_past_where_there_is_one_for_discharge() {
    let other = NAME.replace("999001", "999002").replace("exemplan", "samplin");
    let entry = |name: &str| medicine(EVN, "active", "", name, "");
    let xml =
        documents(&[("42346-7", "", &format!("{}{}", entry(NAME), entry(&other))), ("10183-2", "", &entry(NAME))]);
    let courses = with(&xml, |r, _| r.medications.iter().map(|m| m.course).collect::<Vec<_>>());
    assert_eq!(courses, [Course::Completed, Course::Unstated, Course::Current]);
    let alone = document("42346-7", "", &entry(NAME));
    first(&alone, |m| assert_eq!(m.course, Course::Current));
}

#[test]
fn what_was_handed_out_is_not_said_to_be_taken() {
    let supply = |mood: &str| {
        format!(
            r#"<entry><supply classCode="SPLY" moodCode="{mood}"><statusCode code="completed"/><product>
            <manufacturedProduct><manufacturedMaterial>{NAME}</manufacturedMaterial></manufacturedProduct></product>
            </supply></entry>"#
        )
    };
    first(&document(TAKEN, "", &supply("EVN")), |m| assert_eq!(m.course, Course::Unstated));
    first(&document(TAKEN, "", &supply("INT")), |m| {
        assert_eq!((m.kind, m.course), (MedicationKind::Order, Course::Current))
    });
}

#[test]
fn the_act_of_a_discharge_holds_its_medicine() {
    let inside = medicine(EVN, "completed", PAST, NAME, "").replace("<entry>", "").replace("</entry>", "");
    let act = |status: &str| {
        format!(
            r#"<entry><act classCode="ACT" moodCode="EVN"><templateId root="2.16.840.1.113883.10.20.22.4.35"/>
            <statusCode code="{status}"/><entryRelationship typeCode="SUBJ">{inside}</entryRelationship></act></entry>"#
        )
    };
    first(&document("10183-2", "", &act("active")), |m| assert_eq!(m.course, Course::Completed));
    first(&document("10183-2", "", &act("nullified")), |m| assert_eq!(m.course, Course::InError));
}

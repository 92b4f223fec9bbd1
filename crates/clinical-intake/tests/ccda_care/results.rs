//! Results and their panels: status, negation, readings, ranges, dates, lists.

use super::{RESULTS, VITALS, entry, noticed, section, statements, states, template, text, texts, with};
use clinical_model::{Assertion, EntryState, FindingCode, ObservationCategory, UnreadReason};

/// A result with these parts.
fn result(attributes: &str, parts: &str) -> String {
    format!(
        r#"<observation classCode="OBS" moodCode="EVN" {attributes}>{}
        <code code="2951-2" codeSystem="2.16.840.1.113883.6.1" displayName="Sodium"/>{parts}</observation>"#,
        template("2")
    )
}

const VALUE: &str = r#"<value xsi:type="PQ" value="140" unit="mmol/L"/>"#;

fn panel(attributes: &str, status: &str, parts: &[&str]) -> String {
    let parts: String = parts.iter().map(|p| format!("<component>{p}</component>")).collect();
    let organizer = format!(
        r#"<organizer classCode="BATTERY" moodCode="EVN" {attributes}>{}<code code="24321-2"
        displayName="Basic panel"/>{status}<effectiveTime value="20240305"/>{parts}</organizer>"#,
        template("1")
    );
    section(RESULTS, "", &entry(&organizer))
}

#[test]
fn each_part_of_a_panel_is_an_entry_and_the_panel_is_their_report() {
    let done = result("", &format!(r#"<statusCode code="completed"/>{VALUE}"#));
    with(&panel("", r#"<statusCode code="completed"/>"#, &[&done, &done]), |record, _| {
        let kinds: Vec<&str> = statements(record).iter().map(|e| &*e.kind).collect();
        assert_eq!(kinds, ["Result Organizer", "Result Observation", "Result Observation"]);
        assert!(statements(record).iter().all(|e| e.state == EntryState::Read));
        assert_eq!(record.reports[0].results, [record.observations[0].entry, record.observations[1].entry]);
        assert_eq!(text(record.reports[0].code.name()), Some("Basic panel"));
        assert_eq!(record.observations[0].category, ObservationCategory::Laboratory);
        // A part without a time has that of its panel.
        assert_eq!(text(record.observations[0].when.as_ref().unwrap().start.as_ref()), Some("20240305"));
    });
}

#[test]
fn only_what_is_completed_is_final() {
    for (status, expected) in [
        (r#"<statusCode code="completed"/>"#, Assertion::Present),
        (r#"<statusCode code="active"/>"#, Assertion::Possible),
        (r#"<statusCode code="held"/>"#, Assertion::Possible),
        (r#"<statusCode code="aborted"/>"#, Assertion::Possible),
        (r#"<statusCode code="cancelled"/>"#, Assertion::Absent),
        (r#"<statusCode code="nullified"/>"#, Assertion::Absent),
        (r#"<statusCode nullFlavor="UNK"/>"#, Assertion::Possible),
        ("", Assertion::Possible),
    ] {
        let xml = section(RESULTS, "", &entry(&result("", &format!("{status}{VALUE}"))));
        with(&xml, |record, _| assert_eq!(record.observations[0].assertion, expected, "{status}"));
    }
    let odd = section(RESULTS, "", &entry(&result("", &format!(r#"<statusCode code="perhaps"/>{VALUE}"#))));
    with(&odd, |record, findings| {
        assert_eq!(record.observations[0].assertion, Assertion::Possible);
        assert!(noticed(findings, FindingCode::UnknownStatus));
    });
}

#[test]
fn what_is_said_of_a_panel_counts_for_its_parts() {
    let done = result("", &format!(r#"<statusCode code="completed"/>{VALUE}"#));
    let silent = result("", VALUE);
    for (status, part, expected) in [
        ("nullified", &done, Assertion::Absent),
        ("cancelled", &done, Assertion::Possible),
        ("aborted", &done, Assertion::Possible),
        ("cancelled", &silent, Assertion::Absent),
        ("active", &done, Assertion::Present),
        ("active", &silent, Assertion::Possible),
        ("completed", &silent, Assertion::Present),
    ] {
        let xml = panel("", &format!(r#"<statusCode code="{status}"/>"#), &[part]);
        with(&xml, |record, _| assert_eq!(record.observations[0].assertion, expected, "{status}"));
    }
    let negated = panel(r#"negationInd="true""#, r#"<statusCode code="completed"/>"#, &[&done]);
    with(&negated, |record, _| {
        assert_eq!(record.reports[0].assertion, Assertion::Absent);
        assert_eq!(record.observations[0].assertion, Assertion::Absent);
    });
}

#[test]
fn a_negated_result_is_not_so() {
    let parts = format!(r#"<statusCode code="completed"/>{VALUE}"#);
    for (sign, expected) in [("true", Assertion::Absent), ("1", Assertion::Absent), ("false", Assertion::Present)] {
        let xml = section(RESULTS, "", &entry(&result(&format!(r#"negationInd="{sign}""#), &parts)));
        with(&xml, |record, _| assert_eq!(record.observations[0].assertion, expected, "{sign}"));
    }
    let emptied = section(RESULTS, "", &entry(&result(r#"nullFlavor="NI""#, &parts)));
    with(&emptied, |record, _| assert_eq!(record.observations[0].assertion, Assertion::Possible));
}

#[test]
fn a_result_that_is_ordered_is_no_result() {
    let ordered = result("", r#"<statusCode code="active"/>"#).replace("EVN", "RQO");
    with(&section("18776-5", "", &entry(&ordered)), |record, _| {
        assert!(record.observations.is_empty());
        assert_eq!(text(record.plans[0].title.as_ref()), Some("Sodium"));
    });
}

#[test]
fn readings_and_ranges_are_the_records_own() {
    let parts = format!(
        r#"<statusCode code="completed"/>{VALUE}
        <interpretationCode code="H" displayName="High"/><interpretationCode code="A"/><interpretationCode nullFlavor="NI"/>
        <referenceRange><observationRange><value xsi:type="IVL_PQ"><low value="135" unit="mmol/L"/>
        <high value="145" unit="mmol/L"/></value><interpretationCode code="N"/></observationRange></referenceRange>
        <referenceRange><observationRange><text>135 to 150 in pregnancy</text><precondition><criterion/></precondition>
        </observationRange></referenceRange>
        <referenceRange><observationRange><text>critical</text><interpretationCode code="HH"/></observationRange>
        </referenceRange>
        <referenceRange><observationRange/></referenceRange>"#
    );
    with(&section(RESULTS, "", &entry(&result("", &parts))), |record, _| {
        let main = &record.observations[0].main;
        let readings: Vec<_> = main.interpretations.iter().filter_map(|c| text(c.name())).collect();
        assert_eq!(readings, ["High", "A"]);
        let qualified: Vec<bool> = main.ranges.iter().map(|r| r.qualified).collect();
        assert_eq!(qualified, [false, true, true]);
        let low = main.ranges[0].low.as_ref().unwrap();
        assert_eq!((text(low.value.as_ref()), low.shown_unit().map(|u| u.text())), (Some("135"), Some("mmol/L")));
        assert_eq!(text(main.ranges[1].text.as_ref()), Some("135 to 150 in pregnancy"));
    });
}

#[test]
fn a_range_whose_end_is_outside_is_not_compared_with() {
    // 150 of "less than 150" is high. An end of 150 would make it normal.
    let with_text = r#"<statusCode code="completed"/><value xsi:type="PQ" value="150" unit="mg/dL"/><referenceRange>
        <observationRange>TEXT<value xsi:type="IVL_PQ"><high value="150" unit="mg/dL" inclusive="false"/></value>
        </observationRange></referenceRange>"#;
    let worded = result("", &with_text.replace("TEXT", "<text>&lt;150 mg/dL</text>"));
    with(&section(RESULTS, "", &entry(&worded)), |record, _| {
        let range = &record.observations[0].main.ranges[0];
        assert_eq!((text(range.text.as_ref()), &range.high, range.qualified), (Some("<150 mg/dL"), &None, false));
    });
    let bare = result("", &with_text.replace("TEXT", ""));
    with(&section(RESULTS, "", &entry(&bare)), |record, _| {
        assert!(record.observations[0].main.ranges[0].qualified);
    });
}

#[test]
fn dates_keep_their_precision_and_their_missing_zone() {
    for (time, start, end) in [
        (r#"<effectiveTime value="202403051015"/>"#, Some("202403051015"), None),
        (r#"<effectiveTime value="20240305101500-0500"/>"#, Some("20240305101500-0500"), None),
        (r#"<effectiveTime value="2024"/>"#, Some("2024"), None),
        (r#"<effectiveTime><low value="202403"/><high nullFlavor="UNK"/></effectiveTime>"#, Some("202403"), None),
        (r#"<effectiveTime><low nullFlavor="UNK"/><high value="20240306"/></effectiveTime>"#, None, Some("20240306")),
    ] {
        let xml = section(RESULTS, "", &entry(&result("", &format!(r#"<statusCode code="completed"/>{time}{VALUE}"#))));
        with(&xml, |record, _| {
            let when = record.observations[0].when.as_ref().unwrap();
            assert_eq!((text(when.start.as_ref()), text(when.end.as_ref())), (start, end), "{time}");
        });
    }
    let none = result("", &format!(r#"<statusCode code="completed"/><effectiveTime nullFlavor="UNK"/>{VALUE}"#));
    with(&section(RESULTS, "", &entry(&none)), |record, _| assert_eq!(record.observations[0].when, None));
}

#[test]
fn vital_signs_are_vital_signs_and_both_pressures_stay_what_they_are() {
    let vital = |code: &str, name: &str, value: &str, number: &str| {
        format!(
            r#"<component><observation classCode="OBS" moodCode="EVN">{}<code code="{code}"
            codeSystem="2.16.840.1.113883.6.1" displayName="{name}"/><statusCode code="completed"/>{value}</observation></component>"#,
            template(number)
        )
    };
    let organizer = format!(
        r#"<organizer classCode="CLUSTER" moodCode="EVN">{}<statusCode code="completed"/><effectiveTime value="20240305"/>{}{}{}</organizer>"#,
        template("26"),
        vital("8480-6", "Systolic", r#"<value xsi:type="PQ" value="128" unit="mm[Hg]"/>"#, "27"),
        vital("8462-4", "Diastolic", r#"<value xsi:type="PQ" value="76" unit="mm[Hg]"/>"#, "27"),
        // A rhythm has no template of a vital sign; it stands among them.
        vital("8884-9", "Rhythm", r#"<value xsi:type="CD" code="1" displayName="Regular"/>"#, "2"),
    );
    with(&section(VITALS, "", &entry(&organizer)), |record, _| {
        assert_eq!(record.observations.len(), 3);
        assert!(record.observations.iter().all(|o| o.category == ObservationCategory::VitalSign));
        assert!(record.observations.iter().all(|o| o.components.is_empty()));
        assert_eq!(record.reports[0].results.len(), 3);
    });
}

#[test]
fn a_mean_pressure_keeps_its_own_codes() {
    let part = |code: &str, value: &str| {
        format!(
            r#"<component><observation classCode="OBS" moodCode="EVN">{}<code code="{code}" codeSystem="2.16.840.1.113883.6.1"
            displayName="Mean"/><statusCode code="completed"/><value xsi:type="PQ" value="{value}" unit="mm[Hg]"/></observation>
            </component>"#,
            template("27")
        )
    };
    let node = format!(
        r#"<organizer classCode="BATTERY" moodCode="EVN">{}<code code="96607-7" displayName="Mean pressure panel"/>
        <statusCode code="completed"/>{}{}</organizer>"#,
        template("512"),
        part("96608-5", "131"),
        part("96609-3", "82")
    );
    with(&section(VITALS, "", &entry(&node)), |record, _| {
        assert_eq!(&*statements(record)[0].kind, "Average Blood Pressure Organizer");
        assert!(
            record.observations[0].main.code.has_code("96608-5")
                && record.observations[1].main.code.has_code("96609-3")
        );
        assert!(record.observations.iter().all(|o| o.category == ObservationCategory::VitalSign));
    });
}

#[test]
fn a_percentile_keeps_the_chart_it_was_read_from() {
    let parts = r#"<statusCode code="completed"/><value xsi:type="PQ" value="48" unit="%"/><referenceRange><observationRange>
        <text>Growth chart, girls, 2 to 20 years</text></observationRange></referenceRange>"#;
    with(&section(VITALS, "", &entry(&result("", parts))), |record, _| {
        let range = &record.observations[0].main.ranges[0];
        assert_eq!(text(range.text.as_ref()), Some("Growth chart, girls, 2 to 20 years"));
        assert_eq!((&range.low, &range.high), (&None, &None));
    });
}

#[test]
fn a_picture_is_not_a_laboratory_value() {
    let xml = panel(
        "",
        r#"<statusCode code="completed"/>"#,
        &[&result("", r#"<statusCode code="completed"/><value xsi:type="ST">No fracture.</value>"#)],
    )
    .replace(r#"code="24321-2""#, r#"code="73030" codeSystem="2.16.840.1.113883.6.12""#);
    with(&xml, |record, _| assert_eq!(record.observations[0].category, ObservationCategory::Study));
    let named = result("", r#"<statusCode code="completed"/><value xsi:type="ST">No fracture.</value>"#)
        .replace(r#"displayName="Sodium""#, r#"displayName="XR Wrist 2 Views""#);
    with(&section(RESULTS, "", &entry(&named)), |record, _| {
        assert_eq!(record.observations[0].category, ObservationCategory::Study);
    });
}

#[test]
fn remarks_stand_with_their_result_and_are_no_entries() {
    let parts = format!(
        r#"<statusCode code="completed"/>{VALUE}
        <entryRelationship typeCode="SUBJ" inversionInd="true"><act classCode="ACT" moodCode="EVN">{}
        <code code="48767-8"/><text>Sample taken late.</text></act></entryRelationship>
        <entryRelationship typeCode="SUBJ"><act classCode="ACT" moodCode="EVN"><code code="48767-8"/>
        <text>Mistaken remark.</text><statusCode code="nullified"/></act></entryRelationship>
        <entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN"><code code="246514001"/>
        <value xsi:type="CD" code="mmol/L"/></observation></entryRelationship>"#,
        template("64")
    );
    with(&section(RESULTS, "", &entry(&result("", &parts))), |record, _| {
        assert_eq!(statements(record).len(), 1);
        assert_eq!(texts(&record.observations[0].notes), ["Sample taken late."]);
    });
}

#[test]
fn a_scale_holds_its_questions_as_entries_of_their_own() {
    let question = format!(
        r#"<entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN">{}<code code="1"
        displayName="Sleep"/><statusCode code="completed"/><value xsi:type="INT" value="2"/></observation></entryRelationship>"#,
        template("86")
    );
    let scale = format!(
        r#"<observation classCode="OBS" moodCode="EVN">{}<code code="2" displayName="Score"/><statusCode code="completed"/>
        <value xsi:type="INT" value="9"/>{question}{question}</observation>"#,
        template("69")
    );
    with(&section("10190-7", "", &entry(&scale)), |record, _| {
        assert_eq!(statements(record).len(), 3);
        assert_eq!(record.observations[0].members, [record.observations[1].entry, record.observations[2].entry]);
        assert!(record.observations.iter().all(|o| o.category == ObservationCategory::Survey));
    });
}

#[test]
fn habits_and_answers_have_their_own_lists() {
    for (number, expected) in [
        ("38", ObservationCategory::Social),
        ("78", ObservationCategory::Social),
        ("85", ObservationCategory::Social),
        ("109", ObservationCategory::Social),
        ("501", ObservationCategory::Social),
        ("67", ObservationCategory::Survey),
        ("74", ObservationCategory::Survey),
        ("128", ObservationCategory::Survey),
    ] {
        let node = format!(
            r#"<observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Question"/>
            <statusCode code="completed"/><value xsi:type="CD" code="2" displayName="Answer"/></observation>"#,
            template(number)
        );
        with(&section("29762-2", "", &entry(&node)), |record, _| {
            assert_eq!(record.observations[0].category, expected, "{number}");
        });
    }
}

#[test]
fn an_assertion_is_no_row_of_a_table_of_results() {
    let node = r#"<observation classCode="OBS" moodCode="EVN"><code code="ASSERTION" codeSystem="2.16.840.1.113883.5.4"/>
        <statusCode code="completed"/><value xsi:type="CD" code="1" displayName="Fall risk"/></observation>"#;
    with(&section("29545-1", "", &entry(node)), |record, _| {
        assert_eq!(record.observations[0].category, ObservationCategory::Survey);
    });
}

#[test]
fn a_value_without_a_test_cannot_be_read() {
    let nameless = format!(
        r#"<observation classCode="OBS" moodCode="EVN">{}<code nullFlavor="NI"/><statusCode code="completed"/>{VALUE}
        </observation>"#,
        template("2")
    );
    let unreadable = EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    assert_eq!(states(&section(RESULTS, "", &entry(&nameless))), [unreadable]);
    let hollow = format!(r#"<organizer classCode="BATTERY" moodCode="EVN">{}</organizer>"#, template("1"));
    assert_eq!(states(&section(RESULTS, "", &entry(&hollow))), [EntryState::Unreadable(UnreadReason::NoStatement)]);
}

#[test]
fn a_result_that_is_not_for_the_patient_without_leave_is_held() {
    let done = result("", &format!(r#"<statusCode code="completed"/>{VALUE}"#));
    let label = |code: &str, until: &str| {
        format!(
            r#"<observation classCode="OBS" moodCode="EVN"><templateId root="2.16.840.1.113883.3.445.21"/>
            <code code="SECCONOBS"/><effectiveTime><low value="20240301"/>{until}</effectiveTime>
            <value xsi:type="CE" code="{code}" codeSystem="2.16.840.1.113883.5.1063"/></observation>"#
        )
    };
    let completed = r#"<statusCode code="completed"/>"#;
    with(&panel("", completed, &[&done, &label("NOPAT", "")]), |record, _| {
        assert!(record.observations.is_empty() && record.reports.is_empty());
        assert_eq!(&*statements(record)[0].kind, "Restricted Statement");
        assert_eq!(statements(record)[0].state, EntryState::OtherKind);
    });
    // A label about others keeps nothing from the patient.
    with(&panel("", completed, &[&done, &label("NOAUTH", "")]), |record, _| assert_eq!(record.observations.len(), 1));
}

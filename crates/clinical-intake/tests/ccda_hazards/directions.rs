//! How a medicine is to be taken (safety rules 3 to 5).

use super::medicine::*;
use super::{document, statements, states, text, texts, with};
use clinical_model::{AmountOrRange, AsNeeded, Bounds, Course, EntryState};

#[test]
fn every_four_to_six_hours_stays_a_range() {
    let times = r#"<effectiveTime xsi:type="IVL_TS"><low value="20240118"/><high nullFlavor="NI"/></effectiveTime>
        <effectiveTime xsi:type="PIVL_TS" operator="A"><period xsi:type="IVL_PQ"><low value="4" unit="h"/>
        <high value="6" unit="h"/></period></effectiveTime><doseQuantity><low value="1"/><high value="2"/></doseQuantity>"#;
    dosage(times, |d| {
        let t = d.timing.as_ref().unwrap();
        assert_eq!((text(t.period.as_ref()), text(t.period_max.as_ref())), (Some("4"), Some("6")));
        assert_eq!(text(t.period_unit.as_ref()), Some("h"));
        assert!(!t.not_understood && t.frequency.is_none() && t.bounds.is_none());
        assert!(matches!(d.doses.as_slice(), [AmountOrRange::Range(r)] if r.high.is_some()));
    });
}

#[test]
fn as_needed_is_read_from_the_precondition() {
    let with_value = |inner: &str| {
        format!(r#"<doseQuantity value="2" unit="mL"/><precondition><criterion>{inner}</criterion></precondition>"#)
    };
    let cough = r#"<code code="ASSERTION"/><value xsi:type="CD" code="49727002" displayName="Cough"/>"#;
    dosage(&with_value(cough), |d| {
        assert!(matches!(&d.as_needed, AsNeeded::For(c) if text(c.name()) == Some("Cough")));
    });
    dosage(&with_value("<text>PRN</text>"), |d| assert_eq!(d.as_needed, AsNeeded::Yes));
    dosage(&with_value("<text>Hold if the pulse is below 50</text>"), |d| {
        assert_eq!(d.as_needed, AsNeeded::Unstated);
        assert!(d.not_understood);
        assert_eq!(text(d.additional.first().unwrap().name()), Some("Hold if the pulse is below 50"));
    });
}

#[test]
fn events_of_the_day_are_kept_and_offsets_only_in_minutes() {
    let event = |inner: &str| format!(r#"<effectiveTime xsi:type="EIVL_TS" operator="A">{inner}</effectiveTime>"#);
    dosage(&event(r#"<event code="HS"/>"#), |d| assert_eq!(texts(&d.timing.as_ref().unwrap().when), ["HS"]));
    dosage(&event(r#"<event code="ACM"/><offset value="30" unit="min"/>"#), |d| {
        let t = d.timing.as_ref().unwrap();
        assert_eq!(text(t.offset.as_ref()), Some("30"));
        assert!(!t.not_understood);
    });
    dosage(&event(r#"<event code="ACM"/><offset><low value="1" unit="h"/></offset>"#), |d| {
        assert!(d.timing.as_ref().unwrap().not_understood);
    });
    let both = format!("{}{}", event(r#"<event code="CM"/>"#), event(r#"<event code="CV"/>"#));
    dosage(&both, |d| assert_eq!(texts(&d.timing.as_ref().unwrap().when), ["CM", "CV"]));
}

#[test]
fn times_that_are_not_understood_are_not_put_into_words() {
    for times in [
        // Two rhythms at once.
        r#"<effectiveTime xsi:type="PIVL_TS"><period value="12" unit="h"/></effectiveTime>
           <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="2" unit="d"/></effectiveTime>"#,
        // A third of a day.
        r#"<effectiveTime xsi:type="PIVL_TS" operator="A"><period value="0.33" unit="d"/></effectiveTime>"#,
        // Except on these days.
        r#"<effectiveTime xsi:type="PIVL_TS" operator="E"><period value="1" unit="wk"/></effectiveTime>"#,
        // At a place in the day.
        r#"<effectiveTime xsi:type="PIVL_TS"><phase><low value="202401010800"/></phase><period value="1" unit="d"/></effectiveTime>"#,
        // Half of a range.
        r#"<effectiveTime xsi:type="PIVL_TS"><period><high value="6" unit="h"/></period></effectiveTime>"#,
        r#"<effectiveTime><whatever value="1"/></effectiveTime>"#,
    ] {
        dosage(times, |d| assert!(d.timing.as_ref().unwrap().not_understood, "{times}"));
    }
}

#[test]
fn an_expression_of_times_is_read_part_by_part() {
    let times = r#"<effectiveTime xsi:type="SXPR_TS"><comp xsi:type="IVL_TS"><low value="20240301"/><high value="20240311"/>
        </comp><comp xsi:type="PIVL_TS" operator="A"><period value="8" unit="h"/></comp></effectiveTime>"#;
    dosage(times, |d| {
        let t = d.timing.as_ref().unwrap();
        assert!(matches!(&t.bounds, Some(Bounds::Period(p)) if text(p.end.as_ref()) == Some("20240311")));
        assert_eq!(text(t.period.as_ref()), Some("8"));
        assert!(!t.not_understood);
    });
}

#[test]
fn a_width_is_the_length_of_the_course() {
    let times =
        r#"<effectiveTime xsi:type="IVL_TS"><low value="20240301"/><width value="10" unit="d"/></effectiveTime>"#;
    dosage(times, |d| {
        let t = d.timing.as_ref().unwrap();
        assert!(matches!(&t.bounds, Some(Bounds::Duration(q)) if text(q.value.as_ref()) == Some("10")));
    });
}

#[test]
fn a_dose_takes_its_unit_from_the_unit_code_and_never_from_a_route() {
    let dose = |unit: &str| format!(r#"<doseQuantity value="2"/>{unit}"#);
    let unit_of = |children: &str| {
        dosage(children, |d| match d.doses.as_slice() {
            [AmountOrRange::Amount(q)] => text(q.shown_unit()).map(str::to_owned),
            _ => panic!("one dose"),
        })
    };
    let puff = r#"<administrationUnitCode code="PUFF" displayName="Puff"/>"#;
    assert_eq!(unit_of(&dose(puff)).as_deref(), Some("Puff"));
    assert_eq!(unit_of(&dose("")), None);
    let route = r#"<administrationUnitCode code="C38276" displayName="Intravenous"/>"#;
    assert_eq!(unit_of(&dose(route)), None);
    let own = r#"<doseQuantity value="2" unit="mL"/><administrationUnitCode code="PUFF" displayName="Puff"/>"#;
    assert_eq!(unit_of(own).as_deref(), Some("mL"));
}

#[test]
fn a_maximum_is_kept_with_its_time_or_said_not_to_be_understood() {
    let max = |n: &str, d: &str| {
        format!("<maxDoseQuantity><numerator {n}/><denominator {d}/></maxDoseQuantity><doseQuantity value=\"1\"/>")
    };
    dosage(&max(r#"value="4" unit="g""#, r#"value="1" unit="d""#), |d| {
        assert_eq!(text(d.max_per_period.first().unwrap().numerator.value.as_ref()), Some("4"));
        assert!(!d.not_understood);
    });
    dosage(&max(r#"value="4""#, r#"nullFlavor="UNK""#), |d| assert!(d.not_understood && d.max_per_period.is_empty()));
    dosage(&max(r#"nullFlavor="UNK""#, r#"nullFlavor="UNK""#), |d| assert!(!d.not_understood));
}

#[test]
fn the_free_text_sig_is_the_prescribers_text() {
    let text_of_entry = r##"<text><reference value="#row1"/></text>"##;
    let sig = r##"<entryRelationship typeCode="COMP"><substanceAdministration classCode="SBADM" moodCode="INT">
        <templateId root="2.16.840.1.113883.10.20.22.4.147"/><code code="76662-6"/><text><reference value="#sig1"/></text>
        <consumable><manufacturedProduct><manufacturedLabeledDrug nullFlavor="NA"/></manufacturedProduct></consumable>
        </substanceAdministration></entryRelationship>"##;
    let row = r#"<table><tbody><tr ID="row1"><td>Exemplan 5 mg</td><td ID="sig1">1 tab PO BID with food</td>
        <td>2024</td></tr></tbody></table>"#;
    for (before, behind) in [(text_of_entry, sig), ("", sig), (text_of_entry, "")] {
        let xml = document(TAKEN, row, &medicine(EVN, "active", before, NAME, behind));
        with(&xml, |record, _| {
            assert_eq!(record.medications.len(), 1, "directions are no medicine");
            let d = record.medications.first().unwrap().dosages.first().unwrap();
            assert_eq!(text(d.text.as_ref()), Some("1 tab PO BID with food"));
        });
    }
}

#[test]
fn the_text_of_an_entry_that_is_its_name_is_no_direction() {
    let before = r##"<text><reference value="#n"/></text>"##;
    let xml = document(
        TAKEN,
        r#"<content ID="n">exemplan 5 MG Oral Tablet</content>"#,
        &medicine(EVN, "active", before, NAME, ""),
    );
    first(&xml, |m| assert!(m.dosages.is_empty()));
}

#[test]
fn instructions_reasons_and_remarks_have_their_places() {
    let behind = r#"
        <entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">
          <templateId root="2.16.840.1.113883.10.20.22.4.19"/><code code="404684003"/><statusCode code="completed"/>
          <value xsi:type="CD" code="57676002" displayName="Joint pain"/></observation></entryRelationship>
        <entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">
          <templateId root="2.16.840.1.113883.10.20.22.4.143"/><code code="225773000"/>
          <value xsi:type="CD" code="394849002" displayName="High priority"/></observation></entryRelationship>
        <entryRelationship typeCode="SUBJ" inversionInd="true"><act classCode="ACT" moodCode="INT">
          <templateId root="2.16.840.1.113883.10.20.22.4.20"/><code code="422037009"/><text>Not on an empty stomach</text>
          </act></entryRelationship>
        <entryRelationship typeCode="REFR"><supply classCode="SPLY" moodCode="INT"><statusCode code="completed"/>
          <author><time value="20240201"/><assignedAuthor><assignedPerson><name><given>Ada</given><family>Muster</family>
          </name></assignedPerson></assignedAuthor></author>
          <entryRelationship typeCode="SUBJ" inversionInd="true"><act classCode="ACT" moodCode="INT">
          <templateId root="2.16.840.1.113883.10.20.22.4.20"/><text>May be another brand</text></act></entryRelationship>
        </supply></entryRelationship>"#;
    with(&document(TAKEN, "", &medicine(EVN, "active", "", NAME, behind)), |record, _| {
        assert_eq!(statements(record).len(), 1);
        let m = record.medications.first().unwrap();
        assert_eq!(texts(&m.reasons), ["Joint pain"]);
        assert_eq!(text(m.dosages.first().unwrap().patient_instruction.as_ref()), Some("Not on an empty stomach"));
        assert_eq!(texts(&m.notes), ["May be another brand"]);
        assert_eq!(texts(m.prescriber.as_ref().unwrap().parts()), ["Ada", "Muster"]);
        assert_eq!(text(m.written.as_ref()), Some("20240201"));
    });
}

/// Two doses on the first day, one on the others: one medicine with two steps, each with its days.
#[test]
fn the_steps_of_an_organizer_are_one_medicine() {
    let step = |from: &str, to: &str, dose: &str, name: &str| {
        let times = format!(
            r#"<effectiveTime xsi:type="IVL_TS"><low value="{from}"/><high value="{to}"/></effectiveTime>
            <effectiveTime xsi:type="PIVL_TS" operator="A"><period value="1" unit="d"/></effectiveTime>
            <doseQuantity value="{dose}"/>"#
        );
        let entry = medicine(r#"moodCode="INT""#, "active", &times, name, "");
        format!("<component>{}</component>", entry.replace("<entry>", "").replace("</entry>", ""))
    };
    let organizer = |inner: String, status: &str| {
        format!(
            r#"<entry><organizer classCode="CLUSTER" moodCode="EVN"><statusCode code="{status}"/>{inner}</organizer></entry>"#
        )
    };
    let steps = || step("20240310", "20240310", "2", NAME) + &step("20240311", "20240314", "1", NAME);
    with(&document(TAKEN, "", &organizer(steps(), "active")), |record, _| {
        let [m] = record.medications.as_slice() else { panic!("one medicine") };
        assert_eq!(m.course, Course::Current);
        let lasts: Vec<_> = m
            .dosages
            .iter()
            .map(|d| match d.timing.as_ref().unwrap().bounds.as_ref().unwrap() {
                Bounds::Period(p) => text(p.end.as_ref()).unwrap().to_owned(),
                _ => panic!("days"),
            })
            .collect();
        assert_eq!(lasts, ["20240310", "20240314"]);
        assert_eq!(text(m.taken.as_ref().unwrap().end.as_ref()), Some("20240314"));
    });
    with(&document(TAKEN, "", &organizer(steps(), "aborted")), |record, _| {
        assert_eq!(record.medications.first().unwrap().course, Course::Stopped);
    });
    let other = NAME.replace("999001", "999002").replace("exemplan", "samplin");
    let mixed = step("20240310", "20240310", "2", NAME) + &step("20240310", "20240314", "1", &other);
    with(&document(TAKEN, "", &organizer(mixed, "active")), |record, _| {
        assert_eq!(record.medications.len(), 2);
        assert_eq!(states(record), [EntryState::Parted, EntryState::Read, EntryState::Read]);
    });
}

#[test]
fn a_taper_of_numbered_steps_keeps_its_order() {
    let step = |n: u8, dose: &str| {
        format!(
            r#"<entryRelationship typeCode="COMP"><sequenceNumber value="{n}"/><substanceAdministration classCode="SBADM"
            moodCode="INT"><doseQuantity value="{dose}" unit="tablet"/><consumable><manufacturedProduct>
            <manufacturedMaterial nullFlavor="NI"/></manufacturedProduct></consumable></substanceAdministration>
            </entryRelationship>"#
        )
    };
    let behind = step(1, "2") + &step(2, "1");
    let range = r#"<effectiveTime xsi:type="IVL_TS"><low value="20240301"/><high value="20240401"/></effectiveTime>"#;
    first(&document(TAKEN, "", &medicine(r#"moodCode="INT""#, "active", range, NAME, &behind)), |m| {
        let numbers: Vec<_> = m.dosages.iter().map(|d| text(d.sequence.as_ref()).unwrap()).collect();
        assert_eq!(numbers, ["1", "2"]);
    });
}

#[test]
fn numbers_stay_the_text_they_were() {
    dosage(r#"<doseQuantity value="0.1250" unit="mg"/>"#, |d| {
        assert!(matches!(d.doses.as_slice(), [AmountOrRange::Amount(q)] if text(q.value.as_ref()) == Some("0.1250")));
    });
    dosage(r#"<effectiveTime xsi:type="PIVL_TS"><period value="1" unit="wk"/></effectiveTime>"#, |d| {
        assert_eq!(text(d.timing.as_ref().unwrap().period_unit.as_ref()), Some("wk"));
    });
}

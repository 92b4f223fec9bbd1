//! Visits, procedures and vaccines: what took place, and what did not.

use super::{entry, section, statements, states, template, text, texts, with};
use clinical_model::{AppointmentCourse, Assertion, CodeSystem, EntryState, UnreadReason};

const PROCEDURES: &str = "47519-4";
const VACCINES: &str = "11369-6";
const VISITS: &str = "46240-8";

fn procedure(attributes: &str, parts: &str) -> String {
    let node = format!(
        r#"<procedure classCode="PROC" moodCode="EVN" {attributes}>{}<code code="80146002"
        codeSystem="2.16.840.1.113883.6.96" displayName="Appendectomy"/>{parts}</procedure>"#,
        template("14")
    );
    section(PROCEDURES, "", &entry(&node))
}

#[test]
fn only_a_completed_procedure_was_done() {
    for (status, expected, going_on) in [
        ("completed", Assertion::Present, false),
        ("active", Assertion::Present, true),
        ("aborted", Assertion::Possible, false),
        ("cancelled", Assertion::Absent, false),
        ("nullified", Assertion::Absent, false),
        ("new", Assertion::Hypothetical, false),
    ] {
        with(&procedure("", &format!(r#"<statusCode code="{status}"/>"#)), |record, _| {
            let read = &record.procedures[0];
            assert_eq!((read.assertion, read.in_progress), (expected, going_on), "{status}");
            assert_eq!(read.in_error, status == "nullified");
        });
    }
    with(&procedure("", ""), |record, _| assert_eq!(record.procedures[0].assertion, Assertion::Possible));
    for status in ["active", "completed"] {
        let emptied = procedure(r#"nullFlavor="UNK""#, &format!(r#"<statusCode code="{status}"/>"#));
        with(&emptied, |record, _| assert_eq!(record.procedures[0].assertion, Assertion::Possible));
    }
    let refused = procedure(r#"negationInd="true""#, r#"<statusCode code="completed"/>"#);
    with(&refused, |record, _| assert_eq!(record.procedures[0].assertion, Assertion::Absent));
}

#[test]
fn a_procedure_that_failed_was_not_done_for_certain() {
    let failed = |attributes: &str| {
        procedure(
            "",
            &format!(
                r#"<statusCode code="completed"/><entryRelationship typeCode="SUBJ" inversionInd="true">
                <act classCode="ACT" moodCode="EVN" {attributes}><code code="103709008" displayName="Failed attempted procedure"/>
                <text>Patient moved.</text><statusCode code="completed"/></act></entryRelationship>"#
            ),
        )
    };
    with(&failed(""), |record, _| {
        assert_eq!(record.procedures[0].assertion, Assertion::Possible);
        assert_eq!(statements(record).len(), 1);
    });
    with(&failed(r#"negationInd="true""#), |record, _| assert_eq!(record.procedures[0].assertion, Assertion::Present));
}

#[test]
fn a_procedure_that_is_intended_is_a_plan() {
    let planned = procedure("", r#"<statusCode code="active"/>"#).replace(r#"moodCode="EVN""#, r#"moodCode="INT""#);
    with(&planned, |record, _| {
        assert!(record.procedures.is_empty());
        assert_eq!(text(record.plans[0].title.as_ref()), Some("Appendectomy"));
    });
}

#[test]
fn what_stands_in_a_procedure_is_read_for_what_it_is() {
    let xml = procedure(
        "",
        &format!(
            r#"<statusCode code="completed"/><effectiveTime value="20240305"/><targetSiteCode code="1" displayName="Abdomen"/>
            <participant typeCode="DEV"><participantRole classCode="MANU">{}<playingDevice><code code="2" displayName="Clip"/>
            </playingDevice></participantRole></participant>
            <entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">{}<code code="3"/>
            <value xsi:type="CD" code="4" displayName="Pain"/></observation></entryRelationship>
            <entryRelationship typeCode="SUBJ"><act classCode="ACT" moodCode="INT">{}<code code="409073007"/>
            <text>Keep the wound dry.</text><statusCode code="completed"/></act></entryRelationship>"#,
            template("37"),
            template("19"),
            template("20")
        ),
    );
    with(&xml, |record, _| {
        let kinds: Vec<(&str, EntryState)> = statements(record).iter().map(|e| (&*e.kind, e.state)).collect();
        assert_eq!(
            kinds,
            [
                ("Procedure Activity Procedure", EntryState::Read),
                ("Product Instance", EntryState::OtherKind),
                ("Instruction", EntryState::Read),
            ]
        );
        assert_eq!(text(record.procedures[0].body_sites[0].name()), Some("Abdomen"));
        assert_eq!(texts(&record.plans[0].actions), ["Keep the wound dry."]);
    });
}

#[test]
fn no_implants_is_not_an_implant() {
    let xml = section(
        "46264-8",
        "",
        &entry(&format!(
            r#"<procedure classCode="PROC" moodCode="EVN" negationInd="true">{}<code code="71388002" displayName="Procedure"/>
            <statusCode code="completed"/><participant typeCode="DEV"><participantRole classCode="MANU"><playingDevice>
            <code code="40388003" displayName="Implant"/></playingDevice></participantRole></participant></procedure>"#,
            template("14")
        )),
    );
    with(&xml, |record, _| {
        assert_eq!(record.procedures[0].assertion, Assertion::Absent);
        assert_eq!(statements(record)[1].state, EntryState::OtherKind);
    });
}

#[test]
fn a_procedure_observation_keeps_what_it_found() {
    let node = format!(
        r#"<observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Colonoscopy"/>
        <statusCode code="completed"/><value xsi:type="ST">Two polyps.</value></observation>"#,
        template("13")
    );
    with(&section(PROCEDURES, "", &entry(&node)), |record, _| {
        assert_eq!(record.procedures[0].assertion, Assertion::Present);
        assert_eq!(record.observations[0].entry, record.procedures[0].entry);
    });
    let empty =
        node.replace(r#"<value xsi:type="ST">Two polyps.</value>"#, r#"<value xsi:type="CD" nullFlavor="NA"/>"#);
    with(&section(PROCEDURES, "", &entry(&empty)), |record, _| assert!(record.observations.is_empty()));
}

fn vaccine(attributes: &str, parts: &str, code: &str) -> String {
    let node = format!(
        r#"<substanceAdministration classCode="SBADM" {attributes}>{}{parts}<consumable><manufacturedProduct>
        <manufacturedMaterial>{code}<lotNumberText>77</lotNumberText></manufacturedMaterial></manufacturedProduct></consumable>
        <entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">{}<code code="PATOBJ"
        displayName="patient objection"/></observation></entryRelationship></substanceAdministration>"#,
        template("52"),
        template("53")
    );
    section(VACCINES, "", &entry(&node))
}

const FLU: &str = r#"<code code="88" codeSystem="2.16.840.1.113883.12.292" displayName="influenza vaccine"><originalText>Flu shot</originalText></code>"#;

#[test]
fn a_vaccine_that_was_refused_was_not_given() {
    let parts = r#"<statusCode code="completed"/><effectiveTime value="202311"/>"#;
    for (attributes, expected) in [
        (r#"moodCode="EVN""#, Assertion::Present),
        (r#"moodCode="EVN" negationInd="true""#, Assertion::Absent),
        // "Unknown whether": the act itself has no information.
        (r#"moodCode="EVN" nullFlavor="NI""#, Assertion::Possible),
    ] {
        with(&vaccine(attributes, parts, FLU), |record, _| {
            let given = &record.immunizations[0];
            assert_eq!(given.assertion, expected, "{attributes}");
            assert_eq!((text(given.code.name()), text(given.when.as_ref())), (Some("Flu shot"), Some("202311")));
            // The reason of a refusal is no finding.
            assert_eq!(statements(record).len(), 1);
        });
    }
    for (status, expected) in
        [("nullified", Assertion::Absent), ("aborted", Assertion::Possible), ("active", Assertion::Possible)]
    {
        let xml = vaccine(r#"moodCode="EVN""#, &format!(r#"<statusCode code="{status}"/>"#), FLU);
        with(&xml, |record, _| {
            assert_eq!(record.immunizations[0].assertion, expected, "{status}");
            assert_eq!(record.immunizations[0].in_error, status == "nullified");
        });
    }
}

#[test]
fn a_vaccine_keeps_its_codes_and_their_translations() {
    let coded =
        FLU.replace("</code>", r#"<translation code="0001-0002-03" codeSystem="2.16.840.1.113883.6.69"/></code>"#);
    with(&vaccine(r#"moodCode="EVN""#, r#"<statusCode code="completed"/>"#, &coded), |record, _| {
        let code = &record.immunizations[0].code;
        assert_eq!(code.codes(CodeSystem::Cvx).collect::<Vec<_>>(), ["88"]);
        assert!(code.has_code("0001-0002-03"));
    });
}

#[test]
fn a_vaccine_that_is_planned_was_not_given_and_is_not_ordered() {
    with(&vaccine(r#"moodCode="INT""#, r#"<statusCode code="active"/>"#, FLU), |record, _| {
        assert!(record.immunizations.is_empty());
        assert_eq!(record.plans[0].assertion, Assertion::Hypothetical);
    });
}

#[test]
fn a_vaccine_without_a_name_cannot_be_read_but_no_vaccines_can() {
    let parts = r#"<statusCode code="completed"/>"#;
    let none = r#"<code nullFlavor="NI"/>"#;
    let unreadable = EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    assert_eq!(states(&vaccine(r#"moodCode="EVN""#, parts, none)), [unreadable]);
    assert_eq!(states(&vaccine(r#"moodCode="EVN" negationInd="true""#, parts, none)), [EntryState::Read]);
}

fn visit(mood: &str, parts: &str) -> String {
    let number = if mood == "EVN" { "49" } else { "40" };
    let node = format!(
        r#"<encounter classCode="ENC" moodCode="{mood}">{}<code code="99213" displayName="Office visit">
        <translation code="AMB" codeSystem="2.16.840.1.113883.5.4" displayName="ambulatory"/></code>{parts}</encounter>"#,
        template(number)
    );
    section(VISITS, "", &entry(&node))
}

#[test]
fn a_visit_tells_when_where_who_and_why() {
    let parts = format!(
        r#"<effectiveTime><low value="202403050900"/><high value="202403050930"/></effectiveTime>
        <performer><assignedEntity><assignedPerson><name><given>Ida</given><family>Quell</family></name></assignedPerson>
        </assignedEntity></performer>
        <participant typeCode="LOC"><participantRole classCode="SDLOC">{}<playingEntity classCode="PLC"><name>Brook Clinic</name>
        </playingEntity></participantRole></participant>
        <entryRelationship typeCode="RSON"><observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Finding"/>
        <value xsi:type="CD" code="2" displayName="Cough"/></observation></entryRelationship>
        <entryRelationship typeCode="COMP"><act classCode="ACT" moodCode="EVN">{}<code code="29308-4"/>
        <entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN">{}<code code="3"/>
        <statusCode code="completed"/><value xsi:type="CD" code="4" displayName="Bronchitis"/></observation>
        </entryRelationship></act></entryRelationship>"#,
        template("32"),
        template("19"),
        template("80"),
        template("4")
    );
    with(&visit("EVN", &parts), |record, _| {
        let visit = &record.encounters[0];
        assert_eq!(visit.assertion, Assertion::Present);
        assert_eq!(text(visit.kinds[0].name()), Some("Office visit"));
        assert_eq!(text(visit.class.name()), Some("ambulatory"));
        assert_eq!(text(visit.place.as_ref()), Some("Brook Clinic"));
        assert_eq!(texts(visit.providers[0].parts()), ["Ida", "Quell"]);
        assert_eq!(texts(&visit.reasons), ["Cough"]);
        assert_eq!(visit.diagnoses.len(), 1);
        assert_eq!(&*record.entries[visit.diagnoses[0].index()].kind, "Problem Observation");
    });
    // A diagnosis that is denied or mistaken is none.
    for (from, to) in [
        (r#"<code code="29308-4"/>"#, r#"<code code="29308-4"/><statusCode code="nullified"/>"#),
        (r#"<act classCode="ACT" moodCode="EVN">"#, r#"<act classCode="ACT" moodCode="EVN" negationInd="true">"#),
    ] {
        with(&visit("EVN", &parts.replace(from, to)), |record, _| {
            assert_eq!(statements(record).len(), 1);
            assert!(record.encounters[0].diagnoses.is_empty());
        });
    }
}

#[test]
fn the_services_that_a_visit_was_billed_for_are_no_procedures_and_no_diagnoses() {
    let billed = r#"<effectiveTime value="20240305"/><entryRelationship typeCode="REFR"><act classCode="ACT" moodCode="EVN">
        <code code="99408" codeSystem="2.16.840.1.113883.6.12" displayName="Screening"/></act></entryRelationship>"#;
    with(&visit("EVN", billed), |record, _| {
        assert!(record.procedures.is_empty() && record.encounters[0].diagnoses.is_empty());
        assert_eq!(statements(record)[1].state, EntryState::OtherKind);
    });
}

#[test]
fn a_visit_that_says_nothing_cannot_be_read() {
    let unreadable = [EntryState::Unreadable(UnreadReason::NoSubjectMatter)];
    let bare = |mood: &str| section(VISITS, "", &entry(&format!(r#"<encounter classCode="ENC" moodCode="{mood}"/>"#)));
    assert_eq!(states(&bare("EVN")), unreadable);
    assert_eq!(states(&bare("INT")), unreadable);
}

#[test]
fn a_visit_that_was_called_off_did_not_take_place() {
    for (status, expected) in [
        ("completed", Assertion::Present),
        ("active", Assertion::Present),
        ("cancelled", Assertion::Absent),
        ("nullified", Assertion::Absent),
        ("aborted", Assertion::Possible),
    ] {
        let xml = visit("EVN", &format!(r#"<statusCode code="{status}"/>"#));
        with(&xml, |record, _| assert_eq!(record.encounters[0].assertion, expected, "{status}"));
    }
    // Without a mood nobody says that it took place.
    let moodless = visit("EVN", "").replace(r#" moodCode="EVN""#, "");
    with(&moodless, |record, _| assert_eq!(record.encounters[0].assertion, Assertion::Possible));
}

#[test]
fn a_visit_to_come_is_booked_only_where_the_record_says_so() {
    let time = r#"<effectiveTime value="20240401"/>"#;
    for (mood, status, course, fixed) in [
        ("APT", "active", AppointmentCourse::Booked, true),
        ("INT", "active", AppointmentCourse::Open, true),
        ("INT", "new", AppointmentCourse::Open, true),
        ("RQO", "active", AppointmentCourse::Open, true),
        ("ARQ", "active", AppointmentCourse::Open, false),
        ("PRP", "active", AppointmentCourse::Open, false),
        ("APT", "cancelled", AppointmentCourse::Off, true),
        ("APT", "nullified", AppointmentCourse::Off, true),
        ("APT", "completed", AppointmentCourse::Done, true),
        ("APT", "held", AppointmentCourse::Open, true),
    ] {
        let xml = visit(mood, &format!(r#"<statusCode code="{status}"/>{time}"#));
        with(&xml, |record, _| {
            assert!(record.encounters.is_empty());
            let read = &record.appointments[0];
            assert_eq!(read.course, course, "{mood} {status}");
            assert_eq!(read.start.is_some(), fixed, "{mood}");
            assert_eq!(read.requested.is_some(), !fixed, "{mood}");
        });
    }
    let denied = visit("INT", r#"<statusCode code="active"/>"#)
        .replace(r#"moodCode="INT""#, r#"moodCode="INT" negationInd="true""#);
    with(&denied, |record, _| assert_eq!(record.appointments[0].course, AppointmentCourse::Off));
}

#[test]
fn a_visit_to_come_keeps_what_to_do_before_and_whom_to_call() {
    let parts = format!(
        r#"<statusCode code="active"/><effectiveTime value="20240401"/>
        <performer><assignedEntity><telecom value="tel:555-0100"/><telecom value="mailto:desk@example.org"/>
        <representedOrganization><name>Brook Clinic</name></representedOrganization></assignedEntity></performer>
        <entryRelationship typeCode="SUBJ"><act classCode="ACT" moodCode="INT">{}<code code="409073007"/>
        <text>Do not eat before.</text><statusCode code="completed"/></act></entryRelationship>"#,
        template("20")
    );
    with(&visit("APT", &parts), |record, _| {
        let read = &record.appointments[0];
        assert_eq!(texts(&read.preparation), ["Do not eat before."]);
        assert_eq!(texts(&read.phones), ["tel:555-0100"]);
        assert_eq!(texts(read.providers[0].parts()), ["Brook Clinic"]);
        assert_eq!(texts(&read.purposes), ["Office visit"]);
    });
}

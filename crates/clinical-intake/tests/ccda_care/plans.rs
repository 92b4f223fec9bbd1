//! Plans, orders, instructions, goals and concerns.

use super::{entry, section, statements, states, template, text, texts, with};
use clinical_model::{Assertion, EntryState, PlanItem, PlanKind, UnreadReason, Value};

const PLAN: &str = "18776-5";

fn planned(attributes: &str, parts: &str) -> String {
    let node = format!(
        r#"<procedure classCode="PROC" {attributes}>{}<code code="73761001" codeSystem="2.16.840.1.113883.6.96"
        displayName="Colonoscopy"/>{parts}</procedure>"#,
        template("41")
    );
    section(PLAN, "", &entry(&node))
}

fn first<T>(xml: &str, look: impl FnOnce(&PlanItem<'_>) -> T) -> T {
    with(xml, |record, _| look(&record.plans[0]))
}

#[test]
fn a_plan_stands_by_its_mood_and_its_status() {
    for (mood, status, kind, expected) in [
        ("RQO", "active", PlanKind::Order, Assertion::Present),
        ("RQO", "new", PlanKind::Order, Assertion::Present),
        ("INT", "active", PlanKind::CarePlan, Assertion::Present),
        ("PRMS", "active", PlanKind::CarePlan, Assertion::Present),
        ("PRP", "active", PlanKind::Order, Assertion::Hypothetical),
        ("DEF", "active", PlanKind::Order, Assertion::Hypothetical),
        ("OPT", "active", PlanKind::Order, Assertion::Hypothetical),
        ("RQO", "completed", PlanKind::Order, Assertion::Historical),
        ("RQO", "cancelled", PlanKind::Order, Assertion::Absent),
        ("RQO", "aborted", PlanKind::Order, Assertion::Absent),
        ("RQO", "nullified", PlanKind::Order, Assertion::Absent),
        ("RQO", "held", PlanKind::Order, Assertion::Absent),
    ] {
        let xml = planned(&format!(r#"moodCode="{mood}""#), &format!(r#"<statusCode code="{status}"/>"#));
        first(&xml, |p| {
            assert_eq!((p.kind, p.assertion), (kind, expected), "{mood} {status}");
            assert_eq!((p.active, p.on_hold), (status == "active", status == "held"));
        });
    }
    first(&planned(r#"moodCode="RQO""#, ""), |p| assert_eq!(p.assertion, Assertion::Possible));
}

#[test]
fn a_negated_order_forbids_and_a_negated_intent_plans_nothing() {
    let active = r#"<statusCode code="active"/>"#;
    first(&planned(r#"moodCode="RQO" negationInd="true""#, active), |p| {
        assert_eq!(text(p.forbidden.as_ref()), Some("true"));
        assert_eq!(p.assertion, Assertion::Present);
    });
    for (attributes, status) in [
        (r#"moodCode="INT" negationInd="true""#, active),
        (r#"moodCode="RQO" negationInd="true""#, r#"<statusCode code="completed"/>"#),
    ] {
        first(&planned(attributes, status), |p| {
            assert_eq!((p.assertion, p.forbidden.is_some()), (Assertion::Absent, false), "{attributes}");
        });
    }
    // "No tests planned", by a negated order without a code, forbids nothing.
    let none = section(
        PLAN,
        "",
        &entry(&format!(
            r#"<observation classCode="OBS" moodCode="RQO" negationInd="true">{}<code nullFlavor="OTH">
            <originalText>No tests planned</originalText></code>{active}</observation>"#,
            template("44")
        )),
    );
    first(&none, |p| assert_eq!((p.assertion, p.forbidden.is_some()), (Assertion::Absent, false)));
}

#[test]
fn a_planned_medicine_is_not_one_to_take() {
    let medicine = |mood: &str, status: &str| {
        let node = format!(
            r#"<substanceAdministration classCode="SBADM" moodCode="{mood}">{}<statusCode code="{status}"/>
            <effectiveTime value="20240401"/><doseQuantity value="5" unit="mg"/><consumable><manufacturedProduct>
            <manufacturedMaterial><code code="1" displayName="Warfarin 5 MG"/></manufacturedMaterial></manufacturedProduct>
            </consumable></substanceAdministration>"#,
            template("42")
        );
        section(PLAN, "", &entry(&node))
    };
    for (mood, expected) in
        [("INT", Assertion::Hypothetical), ("PRP", Assertion::Hypothetical), ("RQO", Assertion::Present)]
    {
        with(&medicine(mood, "active"), |record, _| {
            assert!(record.medications.is_empty());
            let plan = &record.plans[0];
            assert_eq!((plan.assertion, plan.kind), (expected, PlanKind::Order), "{mood}");
            assert_eq!(text(plan.title.as_ref()), Some("Warfarin 5 MG"));
        });
    }
}

fn instruction(parts: &str) -> String {
    let node = format!(r#"<act classCode="ACT" moodCode="INT">{}{parts}</act>"#, template("20"));
    section("69730-0", r#"<paragraph ID="said">Drink enough water.</paragraph>"#, &entry(&node))
}

#[test]
fn an_instruction_that_was_given_is_what_the_patient_was_told() {
    let told = |status: &str| {
        instruction(&format!(
            r##"<code code="409073007" displayName="instruction"/><text><reference value="#said"/></text><statusCode code="{status}"/>"##
        ))
    };
    first(&told("completed"), |p| {
        assert_eq!((p.kind, p.assertion, p.title.is_none()), (PlanKind::CarePlan, Assertion::Present, true));
        assert_eq!(texts(&p.actions), ["Drink enough water."]);
    });
    for status in ["cancelled", "nullified", "aborted"] {
        first(&told(status), |p| assert_eq!(p.assertion, Assertion::Absent, "{status}"));
    }
    // A code that says something is its title; one that the words repeat is not.
    first(
        &instruction(r#"<code code="1" displayName="Diet"/><text>Less salt.</text><statusCode code="completed"/>"#),
        |p| {
            assert_eq!((text(p.title.as_ref()), texts(&p.actions)), (Some("Diet"), vec!["Less salt."]));
        },
    );
    first(
        &instruction(
            r#"<code code="1" displayName="Diet"/><text>Diet: less salt.</text><statusCode code="completed"/>"#,
        ),
        |p| {
            assert_eq!((p.title.is_none(), texts(&p.actions)), (true, vec!["Diet: less salt."]));
        },
    );
}

#[test]
fn a_negated_instruction_is_no_advice_to_do_it() {
    let node = |code: &str| {
        instruction(&format!(r#"{code}<statusCode code="completed"/>"#))
            .replace(r#"moodCode="INT""#, r#"moodCode="INT" negationInd="true""#)
    };
    first(&node(r#"<code code="1" displayName="Lifting"/>"#), |p| assert!(p.forbidden.is_some()));
    first(&node(r#"<code nullFlavor="NI"><originalText>No instructions</originalText></code>"#), |p| {
        assert_eq!((p.assertion, p.forbidden.is_some()), (Assertion::Absent, false));
    });
}

#[test]
fn the_row_of_the_table_is_not_repeated_behind_its_title() {
    let node = format!(
        r##"<procedure classCode="PROC" moodCode="RQO">{}<code code="1" displayName="Colonoscopy"/>
        <text><reference value="#row"/></text><statusCode code="active"/></procedure>"##,
        template("41")
    );
    let row = |words: &str| format!(r#"<table><tbody><tr ID="row"><td>{words}</td></tr></tbody></table>"#);
    first(&section(PLAN, &row("Colonoscopy 01/04/2024 scheduled"), &entry(&node)), |p| assert!(p.actions.is_empty()));
    first(&section(PLAN, &row("Bring somebody to drive you"), &entry(&node)), |p| {
        assert_eq!(texts(&p.actions), ["Bring somebody to drive you"]);
    });
}

#[test]
fn a_plan_that_says_nothing_cannot_be_read() {
    let node = format!(r#"<act classCode="ACT" moodCode="INT">{}<statusCode code="active"/></act>"#, template("39"));
    let unreadable = EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    assert_eq!(states(&section(PLAN, "", &entry(&node))), [unreadable]);
}

fn goal(attributes: &str, parts: &str) -> String {
    let node =
        format!(r#"<observation classCode="OBS" moodCode="GOL" {attributes}>{}{parts}</observation>"#, template("121"));
    section("61146-7", r#"<paragraph ID="g">Walk every day</paragraph>"#, &entry(&node))
}

#[test]
fn a_goal_is_told_in_the_authors_words_with_its_target() {
    let parts = r##"<code code="29463-7" displayName="Body weight"/><text><reference value="#g"/></text>
        <statusCode code="active"/><effectiveTime><low value="20240301"/><high value="20240901"/></effectiveTime>
        <value xsi:type="IVL_PQ"><high value="80" unit="kg"/></value>"##;
    with(&goal("", parts), |record, _| {
        let goal = &record.goals[0];
        assert_eq!(goal.assertion, Assertion::Present);
        assert_eq!(text(goal.description.name()), Some("Walk every day"));
        assert_eq!(text(goal.due.as_ref()), Some("20240901"));
        assert_eq!(text(goal.targets[0].measure.as_ref().and_then(|c| c.name())), Some("Body weight"));
        assert!(matches!(goal.targets[0].detail, Some(Value::Range(_))));
        assert!(record.observations.is_empty());
    });
    let worded =
        r#"<code nullFlavor="UNK"/><statusCode code="active"/><value xsi:type="ST">Stay at home alone</value>"#;
    with(&goal("", worded), |record, _| {
        assert_eq!(text(record.goals[0].description.name()), Some("Stay at home alone"))
    });
}

#[test]
fn a_goal_in_words_is_said_once() {
    let worded = r#"<code code="1" displayName="Overall goal"/><statusCode code="active"/>
        <value xsi:type="ST">Climb the stairs again</value>"#;
    with(&goal("", worded), |record, _| {
        assert_eq!(text(record.goals[0].description.name()), Some("Climb the stairs again"));
        assert!(record.goals[0].description.has_code("1"));
        assert!(record.goals[0].targets.is_empty());
    });
}

#[test]
fn a_goal_that_does_not_stand_is_not_shown_as_one() {
    for (attributes, status, expected) in [
        ("", "active", Assertion::Present),
        ("", "completed", Assertion::Historical),
        ("", "cancelled", Assertion::Absent),
        ("", "aborted", Assertion::Absent),
        ("", "held", Assertion::Absent),
        ("", "nullified", Assertion::Absent),
        (r#"negationInd="true""#, "active", Assertion::Absent),
    ] {
        let xml =
            goal(attributes, &format!(r#"<code code="1" displayName="Lose weight"/><statusCode code="{status}"/>"#));
        with(&xml, |record, _| assert_eq!(record.goals[0].assertion, expected, "{attributes} {status}"));
    }
    with(&goal("", r#"<code code="1" displayName="Lose weight"/>"#), |record, _| {
        assert_eq!(record.goals[0].assertion, Assertion::Possible);
    });
}

#[test]
fn how_far_a_goal_is_reached_stands_with_it() {
    let parts = format!(
        r#"<code code="1" displayName="Lose weight"/><statusCode code="active"/><entryRelationship typeCode="REFR">
        <observation classCode="OBS" moodCode="EVN">{}<code code="ASSERTION"/><statusCode code="completed"/>
        <value xsi:type="CD" code="2" displayName="Goal not achieved"/></observation></entryRelationship>"#,
        template("110")
    );
    with(&goal("", &parts), |record, _| {
        assert_eq!(text(record.goals[0].achievement.as_ref().and_then(|c| c.name())), Some("Goal not achieved"));
        assert_eq!(statements(record).len(), 1);
    });
}

fn concern(number: &str, attributes: &str, parts: &str) -> String {
    let node = format!(
        r#"<act classCode="ACT" moodCode="EVN" {attributes}>{}<code code="75310-3" displayName="Health Concern"/>
        <statusCode code="active"/>{parts}</act>"#,
        template(number)
    );
    section("75310-3", "", &entry(&node))
}

#[test]
fn a_concern_is_its_parts() {
    let parts = format!(
        r#"<entryRelationship typeCode="REFR"><observation classCode="OBS" moodCode="EVN">{}<code code="1" displayName="Smoking"/>
        <statusCode code="completed"/><value xsi:type="CD" code="2" displayName="Daily smoker"/></observation></entryRelationship>
        <entryRelationship typeCode="REFR"><act classCode="ACT" moodCode="EVN">{}<id root="1"/><code nullFlavor="NP"/></act>
        </entryRelationship>"#,
        template("78"),
        template("122")
    );
    assert_eq!(states(&concern("132", "", &parts)), [EntryState::Parted, EntryState::Read]);
    // References to other entries alone: those say all that it says.
    let reference = parts.split("</entryRelationship>").nth(1).unwrap().to_owned() + "</entryRelationship>";
    assert_eq!(states(&concern("132", "", &reference)), [EntryState::Parted]);
    // "No known health concerns", and whatever stands in it, is nothing of the patient's.
    with(&concern("132", r#"negationInd="true""#, &parts), |record, _| {
        assert_eq!(statements(record)[0].state, EntryState::OtherKind);
        assert!(record.observations.is_empty());
    });
}

#[test]
fn an_intervention_is_read_part_by_part_each_in_its_own_mood() {
    let parts = format!(
        r#"<entryRelationship typeCode="COMP"><act classCode="ACT" moodCode="EVN">{}<code code="1" displayName="Bed raised"/>
        <statusCode code="completed"/></act></entryRelationship>
        <entryRelationship typeCode="COMP"><procedure classCode="PROC" moodCode="INT">{}<code code="2" displayName="Oxygen"/>
        <statusCode code="active"/></procedure></entryRelationship>"#,
        template("12"),
        template("41")
    );
    with(&concern("131", "", &parts), |record, _| {
        assert_eq!(statements(record)[0].state, EntryState::Parted);
        assert_eq!(text(record.procedures[0].code.name()), Some("Bed raised"));
        assert_eq!(text(record.plans[0].title.as_ref()), Some("Oxygen"));
    });
}

#[test]
fn a_referral_is_an_order_only_where_somebody_ordered_it() {
    for (mood, kind) in [("RQO", PlanKind::Order), ("INT", PlanKind::CarePlan)] {
        let node = format!(
            r#"<act classCode="PCPR" moodCode="{mood}">{}<code code="103697008" displayName="Referral to a dentist"/>
            <statusCode code="active"/><effectiveTime value="20240401"/></act>"#,
            template("140")
        );
        first(&section(PLAN, "", &entry(&node)), |p| {
            assert_eq!((p.kind, text(p.title.as_ref())), (kind, Some("Referral to a dentist")));
            assert_eq!(text(p.period.as_ref().unwrap().start.as_ref()), Some("20240401"));
        });
    }
}

//! What was ordered, what was only thought of, what must not be done, and when.

use crate::{bundle, states, text, texts, with};
use clinical_model::{AppointmentCourse, Assertion, EntryState, Value};

fn assertion(kind: &str, status: &str, intent: &str) -> Assertion {
    let json = format!(
        r#"{{"resourceType": "{kind}", "status": "{status}", "intent": "{intent}", "title": "x", "code": {{"text": "MRI"}}}}"#
    );
    with(&json, |record, _| record.plans[0].assertion)
}

#[test]
fn an_order_that_is_a_plan_was_not_ordered() {
    for intent in ["plan", "proposal", "option"] {
        assert_eq!(assertion("ServiceRequest", "active", intent), Assertion::Hypothetical, "{intent}");
    }
    assert_eq!(assertion("ServiceRequest", "active", "order"), Assertion::Present);
    assert_eq!(assertion("CarePlan", "active", "plan"), Assertion::Present);
    assert_eq!(assertion("CarePlan", "active", "proposal"), Assertion::Hypothetical);
}

#[test]
fn do_not_is_kept_as_do_not() {
    let json = bundle(&[
        r#"{"resourceType": "ServiceRequest", "status": "active", "intent": "order", "doNotPerform": true, "code": {"text": "Blood transfusion"}, "authoredOn": "2024-01-01"}"#,
        r#"{"resourceType": "CarePlan", "status": "active", "intent": "plan", "title": "Back care", "activity": [
            {"detail": {"doNotPerform": true, "code": {"text": "Lifting"}, "description": "Nothing over 5 kg"}},
            {"detail": {"status": "cancelled", "doNotPerform": true, "code": {"text": "Driving"}}},
            {"detail": {"code": {"text": "Walking"}, "description": "20 minutes a day"}}]}"#,
    ]);
    with(&json, |record, _| {
        let order = &record.plans[0];
        assert_eq!((order.assertion, text(order.forbidden.as_ref())), (Assertion::Present, Some("true")));
        assert_eq!(text(order.written.as_ref()), Some("2024-01-01"));
        let plan = &record.plans[1];
        assert_eq!(texts(&plan.forbidden_actions), ["Lifting", "Nothing over 5 kg"]);
        assert_eq!(texts(&plan.actions), ["Walking", "20 minutes a day"]);
        assert!(plan.forbidden.is_none());
    });
}

#[test]
fn on_hold_is_not_only_absent() {
    let json = r#"{"resourceType": "ServiceRequest", "status": "on-hold", "intent": "order", "code": {"text": "MRI"}}"#;
    with(json, |record, _| assert_eq!((record.plans[0].assertion, record.plans[0].on_hold), (Assertion::Absent, true)));
}

#[test]
fn a_plan_in_words_only_has_its_words() {
    let json = bundle(&[
        r#"{"resourceType": "CarePlan", "status": "active", "intent": "plan", "text": {"div": "<div>Drink water</div>"}}"#,
        r#"{"resourceType": "CarePlan", "status": "active", "intent": "plan", "title": "T", "text": {"div": "<div>T</div>"}}"#,
        r#"{"resourceType": "CarePlan", "status": "draft", "intent": "plan"}"#,
        r#"{"resourceType": "CarePlan", "status": "active", "intent": "plan"}"#,
    ]);
    with(&json, |record, _| {
        assert_eq!(text(record.plans[0].narrative.as_ref()), Some("<div>Drink water</div>"));
        assert!(record.plans[1].narrative.is_none());
        assert_eq!(record.plans[2].assertion, Assertion::Hypothetical);
    });
    assert!(matches!(states(&json)[3], EntryState::Unreadable(_)));
}

#[test]
fn a_goal_has_its_measure_and_how_far_it_is_reached() {
    let json = r#"{"resourceType": "Goal", "lifecycleStatus": "active", "description": {"text": "Better sugar"}, "achievementStatus": {"coding": [{"code": "improving"}]},
        "target": [{"measure": {"text": "HbA1c"}, "detailQuantity": {"value": 7.0, "comparator": "<", "unit": "%"}, "dueDate": "2025-01-01"}, {"detailString": "walk daily"}]}"#;
    with(json, |record, _| {
        let goal = &record.goals[0];
        assert_eq!(text(goal.achievement.as_ref().and_then(|c| c.name())), Some("improving"));
        assert_eq!(text(goal.due.as_ref()), Some("2025-01-01"));
        let Some(Value::Quantity(q)) = &goal.targets[0].detail else { panic!("no quantity") };
        assert_eq!((text(q.comparator.as_ref()), text(q.value.as_ref())), (Some("<"), Some("7.0")));
        assert!(matches!(&goal.targets[1].detail, Some(Value::Scalar(v)) if v.text() == "walk daily"));
    });
}

#[test]
fn the_time_that_was_asked_for_is_not_the_time_of_the_visit() {
    let json = r#"{"resourceType": "Appointment", "status": "proposed", "requestedPeriod": [{"start": "2026-12-01", "end": "2026-12-05"}],
        "comment": "Patient is often late", "patientInstruction": "Do not eat"}"#;
    with(json, |record, _| {
        let a = &record.appointments[0];
        assert!(a.start.is_none());
        assert_eq!(text(a.requested.as_ref().and_then(|p| p.start.as_ref())), Some("2026-12-01"));
        assert_eq!((texts(&a.preparation), texts(&a.notes)), (vec!["Do not eat"], vec!["Patient is often late"]));
    });
}

#[test]
fn an_appointment_that_the_patient_declined_is_off() {
    let read = |actor: &str| {
        let json = format!(
            r#"{{"resourceType": "Appointment", "status": "booked", "start": "2026-12-01T10:00:00Z", "end": "2026-12-01T10:30:00Z",
            "participant": [{{"actor": {actor}, "status": "declined"}}]}}"#
        );
        with(&json, |record, _| {
            assert!(record.appointments[0].end.is_some() && record.appointments[0].providers.is_empty());
            record.appointments[0].course
        })
    };
    assert_eq!(read(r#"{"reference": "Patient/1"}"#), AppointmentCourse::Off);
    assert_eq!(read(r#"{"reference": "Practitioner/1", "display": "Dr. Osei"}"#), AppointmentCourse::Booked);
}

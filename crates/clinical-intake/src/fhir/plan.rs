//! CarePlan, ServiceRequest and Goal.

use super::context::Context;
use super::elements::{concept, concepts, elements_of, fact, filled, is_true, member, period, worded};
use super::observation::value;
use clinical_json::Node;
use clinical_model::{
    Assertion, Concept, EntryId, EntryState, Goal, GoalTarget, Period, PlanItem, PlanKind, UnreadReason,
};

pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    kind: &str,
) -> EntryState {
    let is_plan = kind == "CarePlan";
    let mut out = PlanItem {
        entry,
        kind: if is_plan { PlanKind::CarePlan } else { PlanKind::Order },
        assertion: Assertion::Possible,
        active: false,
        on_hold: false,
        forbidden: None,
        title: None,
        actions: Vec::new(),
        forbidden_actions: Vec::new(),
        narrative: None,
        written: None,
        period: None,
    };
    let (mut status, mut intent, mut categories, mut narrative) = (None, None, Vec::new(), None);
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" => status = m.as_str(),
            "intent" => intent = m.as_str(),
            "doNotPerform" if is_true(Some(m)) => out.forbidden = fact(m),
            "title" => out.title = worded(m),
            "code" => out.title = concept(m).name().cloned(),
            "category" => categories = concepts(m),
            "description" if is_plan => out.actions.extend(worded(m)),
            "patientInstruction" => out.actions.extend(worded(m)),
            "activity" => {
                for activity in elements_of(m) {
                    read_activity(context, node, activity, &mut out);
                }
            }
            "text" if is_plan => narrative = member(m, "div"),
            "authoredOn" | "created" => out.written = context.date(m),
            "period" | "occurrencePeriod" => out.period = Some(period(m)),
            "occurrenceDateTime" => out.period = fact(m).map(|d| Period { start: Some(d), end: None }),
            _ => {}
        }
    }
    // A plan is what a care plan is meant to be; an order that is a plan was not ordered yet.
    let ordered = match intent.as_deref() {
        Some("proposal" | "option") => false,
        Some("plan") => is_plan,
        _ => true,
    };
    out.active = status.as_deref() == Some("active") && ordered;
    out.on_hold = status.as_deref() == Some("on-hold");
    out.assertion = match status.as_deref() {
        Some("active") if ordered => Assertion::Present,
        Some("active" | "draft") => Assertion::Hypothetical,
        Some("completed") => Assertion::Historical,
        Some("revoked" | "entered-in-error" | "on-hold") => Assertion::Absent,
        _ => Assertion::Possible,
    };
    let has_words = out.title.is_some() || !out.actions.is_empty() || !out.forbidden_actions.is_empty();
    if !has_words {
        out.narrative = narrative;
    }
    if out.title.is_none() {
        // The last category is the specific one where a profile's own tag stands first.
        out.title = categories.iter().rev().find_map(|c| c.text.clone().or_else(|| display(c)));
    }
    // What does not stand needs no words: it is accounted for by its status.
    let stands = matches!(out.assertion, Assertion::Present | Assertion::Possible);
    if stands && !has_words && out.title.is_none() && out.narrative.is_none() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    context.record.plans.push(out);
    EntryState::Read
}

fn display<'a>(concept: &Concept<'a>) -> Option<clinical_model::Verbatim<'a>> {
    concept.codings.iter().find_map(|c| c.display.clone())
}

/// An activity that is over or cancelled is not advice; one that is forbidden is advice against it.
fn read_activity<'d, 'a>(
    context: &mut Context<'d, 'a>,
    plan: Node<'d, 'a>,
    activity: Node<'d, 'a>,
    out: &mut PlanItem<'a>,
) {
    if let Some(detail) = activity.get("detail") {
        let off = detail
            .get("status")
            .and_then(Node::as_str)
            .is_some_and(|s| matches!(&*s, "completed" | "cancelled" | "stopped" | "entered-in-error" | "on-hold"));
        if off {
            return;
        }
        let name = detail.get("code").and_then(|c| concept(c).name().cloned());
        let description = detail.get("description").and_then(worded);
        let same = |d: &clinical_model::Verbatim<'a>| name.as_ref().is_some_and(|n| n.text().trim() == d.text().trim());
        let description = description.filter(|d| !same(d));
        let forbidden = is_true(detail.get("doNotPerform"));
        let list = if forbidden { &mut out.forbidden_actions } else { &mut out.actions };
        list.extend(name.into_iter().chain(description));
    } else if let Some(reference) = activity.get("reference") {
        out.actions.extend(context.titled(reference, plan));
    }
}

pub(crate) fn read_goal<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let (mut status, mut description, mut achievement) = (None, Concept::default(), None);
    let mut targets = Vec::new();
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "lifecycleStatus" => status = m.as_str(),
            "achievementStatus" => achievement = filled(m),
            "description" => description = concept(m),
            "target" => targets = elements_of(m).map(target).collect(),
            _ => {}
        }
    }
    if description.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let assertion = match status.as_deref() {
        Some("accepted" | "active" | "in-progress") => Assertion::Present,
        Some("planned" | "proposed") => Assertion::Hypothetical,
        Some("completed") => Assertion::Historical,
        Some("cancelled" | "entered-in-error" | "rejected" | "on-hold") => Assertion::Absent,
        _ => Assertion::Possible,
    };
    let due = targets.iter().find_map(|t| t.due.clone());
    context.record.goals.push(Goal { entry, assertion, description, achievement, targets, due });
    EntryState::Read
}

fn target<'a>(node: Node<'_, 'a>) -> GoalTarget<'a> {
    let mut out = GoalTarget { measure: None, detail: None, due: None };
    for m in node.members() {
        let key = m.key().unwrap_or_default();
        match (&*key, key.strip_prefix("detail")) {
            ("measure", _) => out.measure = filled(m),
            ("dueDate", _) => out.due = fact(m),
            (_, Some(kind)) => out.detail = value(kind, m),
            _ => {}
        }
    }
    out
}

//! CarePlan, ServiceRequest and Goal.

use super::context::Context;
use super::elements::{concept, concepts, elements_of, fact, is_true, member, period};
use clinical_json::Node;
use clinical_model::{Assertion, Concept, EntryId, EntryState, Goal, Period, PlanItem, PlanKind, UnreadReason};

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
        title: None,
        actions: Vec::new(),
        period: None,
    };
    let (mut status, mut intent, mut categories) = (None, None, Vec::new());
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" => status = m.as_str(),
            "intent" => intent = m.as_str(),
            "title" => out.title = fact(m),
            "code" => out.title = concept(m).name().cloned(),
            "category" => categories = concepts(m),
            "description" if is_plan => out.actions.extend(fact(m)),
            "patientInstruction" => out.actions.extend(fact(m)),
            "activity" => {
                for activity in elements_of(m) {
                    read_activity(context, node, activity, &mut out);
                }
            }
            "period" | "occurrencePeriod" => out.period = Some(period(m)),
            "occurrenceDateTime" => out.period = fact(m).map(|d| Period { start: Some(d), end: None }),
            "subject" => context.subject(entry, m),
            _ => {}
        }
    }
    if out.title.is_none() {
        // The last category is the specific one where a profile's own tag stands first.
        out.title = categories.iter().rev().find_map(|c| c.text.clone().or_else(|| display(c)));
    }
    if out.title.is_none() && out.actions.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let ordered = !matches!(intent.as_deref(), Some("proposal" | "option"));
    out.active = status.as_deref() == Some("active") && ordered;
    out.assertion = match status.as_deref() {
        _ if is_true(node.get("doNotPerform")) => Assertion::Absent,
        Some("active") if ordered => Assertion::Present,
        Some("active" | "draft") => Assertion::Hypothetical,
        Some("completed") => Assertion::Historical,
        Some("revoked" | "entered-in-error" | "on-hold") => Assertion::Absent,
        _ => Assertion::Possible,
    };
    context.record.plans.push(out);
    EntryState::Read
}

fn display<'a>(concept: &Concept<'a>) -> Option<clinical_model::Verbatim<'a>> {
    concept.codings.iter().find_map(|c| c.display.clone())
}

/// An activity that is over, cancelled or forbidden is not advice.
fn read_activity<'d, 'a>(
    context: &mut Context<'d, 'a>,
    plan: Node<'d, 'a>,
    activity: Node<'d, 'a>,
    out: &mut PlanItem<'a>,
) {
    if let Some(detail) = activity.get("detail") {
        let off = detail.get("status").and_then(Node::as_str).is_some_and(|s| {
            matches!(&*s, "completed" | "cancelled" | "stopped" | "entered-in-error" | "on-hold")
        });
        if !off && !is_true(detail.get("doNotPerform")) {
            let words = detail.get("code").and_then(|c| concept(c).name().cloned());
            out.actions.extend(words.or_else(|| member(detail, "description")));
        }
    } else if let Some(reference) = activity.get("reference") {
        out.actions.extend(context.named(reference, plan));
    }
}

pub(crate) fn read_goal<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let (mut status, mut description, mut due) = (None, Concept::default(), None);
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "lifecycleStatus" => status = m.as_str(),
            "description" => description = concept(m),
            "target" => due = due.or_else(|| elements_of(m).find_map(|t| member(t, "dueDate"))),
            "subject" => context.subject(entry, m),
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
    context.record.goals.push(Goal { entry, assertion, description, due });
    EntryState::Read
}

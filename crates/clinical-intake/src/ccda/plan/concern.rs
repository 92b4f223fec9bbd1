//! Wrappers of a care plan: health concern (4.132), risk concern (4.136), intervention (4.131, 4.146). What they hold
//! are entries of their own.

use super::super::context::{Context, Frame};
use super::super::status;
use super::super::types::has_template;
use super::super::types_more::{inner, is_aside, own_words, part};
use clinical_model::{Assertion, EntryId, EntryState, PlanItem, PlanKind, UnreadReason};
use clinical_xml::Node;

const RISK: &str = "2.16.840.1.113883.10.20.22.4.136";

pub(super) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    // "No known health concerns", and concerns that were entered in error: nothing in them is the patient's.
    if status::is_denied(node, frame) || status::is_mistaken(node, frame) {
        return EntryState::OtherKind;
    }
    let is_risk = has_template(node, RISK);
    let frame = status::inside(node, frame);
    let chosen: Vec<Node<'d, 'a>> = inner(node).filter(|(kind, n)| !is_aside(kind, *n)).map(|(_, n)| n).collect();
    let any = !chosen.is_empty();
    let before = context.record.conditions.len();
    for statement in chosen {
        part(context, statement, frame);
    }
    if is_risk {
        // What the patient is at risk of, the patient does not have.
        let after = context.record.conditions.get_mut(before..).unwrap_or_default();
        for condition in after.iter_mut().filter(|c| c.assertion == Assertion::Present) {
            condition.assertion = Assertion::Hypothetical;
        }
    }
    // References to other entries (4.122): those say all that it says.
    let refers = inner(node).next().is_some() && own_words(context, node).is_none();
    if any || refers { EntryState::Parted } else { alone(context, entry, node, is_risk) }
}

/// A wrapper with nothing in it: its own words, for the care team. A concern is nobody's advice.
fn alone<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>, is_risk: bool) -> EntryState {
    let Some(words) = own_words(context, node) else { return EntryState::Unreadable(UnreadReason::NoStatement) };
    let assertion = if is_risk { Assertion::Hypothetical } else { Assertion::Possible };
    context.record.plans.push(PlanItem {
        entry,
        kind: PlanKind::CarePlan,
        assertion,
        active: false,
        on_hold: false,
        forbidden: None,
        title: None,
        actions: vec![words],
        forbidden_actions: Vec::new(),
        narrative: None,
        written: None,
        period: None,
    });
    EntryState::Read
}

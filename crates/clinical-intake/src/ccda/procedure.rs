//! Procedures: procedure (4.14), act (4.12) and observation (4.13) of the procedures section.

use super::context::{Context, Frame, MedicineList};
use super::observation::value;
use super::plan;
use super::status::{self, Course};
use super::types::{child, children, concept, null_flavor, period};
use super::types_more::{all_filled, comments, filled, inner, own_words, part, participants};
use clinical_model::{
    Assertion, Component, Concept, EntryId, EntryState, Observation, ObservationCategory, Procedure, UnreadReason,
};
use clinical_xml::Node;

/// SNOMED CT: failed attempted procedure, and unsuccessful.
const FAILED: [&str; 2] = ["103709008", "385671000"];

/// Reads the clinical statement `node` (the child of `entry`, `component` or `entryRelationship`) into the record.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    if node.attribute("moodCode").unwrap_or("EVN") != "EVN" {
        return plan::read(context, entry, node, frame);
    }
    let (course, status) = status::course(context, node, frame);
    let assertion = match status::of_event(node, frame, course) {
        // Begun and not over: it is being done.
        Assertion::Possible if course == Course::Active && null_flavor(node).is_none() => Assertion::Present,
        Assertion::Present if failed(node) => Assertion::Possible,
        assertion => assertion,
    };
    let code = name(context, node);
    let when = child(node, "effectiveTime").and_then(|t| period(context, t));
    let is_empty = code.is_empty();
    if !is_empty {
        context.record.procedures.push(Procedure {
            entry,
            assertion,
            in_error: status::is_mistaken(node, frame),
            in_progress: course == Course::Active,
            status: status.clone(),
            body_sites: all_filled(context, node, "targetSiteCode"),
            code: code.clone(),
            when: when.clone(),
            encounter: None,
        });
        result(context, entry, node, (assertion, status, code, when));
    }
    devices(context, node);
    // What was given during it was given by staff.
    let frame = Frame { medicines: MedicineList::Administered, ..status::inside(node, frame) };
    let chosen: Vec<Node<'d, 'a>> = inner(node)
        .filter(|(kind, n)| !super::types_more::is_aside(kind, *n) && !is_outcome(*n))
        .map(|(_, n)| n)
        .collect();
    for inside in chosen {
        part(context, inside, frame);
    }
    if is_empty { EntryState::Unreadable(UnreadReason::NoSubjectMatter) } else { EntryState::Read }
}

/// What was done: its code; where it has none, its own words, then the device that it was about.
fn name<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Concept<'a> {
    if let Some(code) = filled(context, node, "code") {
        return code;
    }
    if let Some(words) = own_words(context, node) {
        return Concept { text: Some(words), codings: Vec::new() };
    }
    let devices = participants(node, &["DEV", "PRD"]).into_iter();
    devices.filter_map(|d| child(d, "playingDevice")).find_map(|d| filled(context, d, "code")).unwrap_or_default()
}

type Said<'a> = (Assertion, Option<clinical_model::Verbatim<'a>>, Concept<'a>, Option<clinical_model::Period<'a>>);

/// A procedure observation (4.13) may have a value: what was found by it.
fn result<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>, said: Said<'a>) {
    let values: Vec<Node<'d, 'a>> = children(node, "value").collect();
    let found = values.into_iter().find_map(|v| value(context, v));
    let (assertion, status, code, when) = said;
    let Some(found) = found else { return };
    let interpretations = children(node, "interpretationCode").map(|n| concept(context, n));
    let interpretations = interpretations.filter(|c| !c.is_empty()).collect();
    let notes = comments(context, node);
    context.record.observations.push(Observation {
        entry,
        assertion,
        status,
        category: ObservationCategory::Study,
        body_site: filled(context, node, "targetSiteCode"),
        main: Component { code, value: Some(found), absent_reason: None, interpretations, ranges: Vec::new() },
        components: Vec::new(),
        members: Vec::new(),
        when,
        notes,
    });
}

/// Devices (4.37) are entries of their own: the sheet has no list for them.
pub(crate) fn devices<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) {
    let roles = participants(node, &["DEV", "PRD"]);
    for role in roles.into_iter().filter(|r| child(*r, "playingDevice").is_some()) {
        let id = context.entry("Product Instance", role);
        if let Some(entry) = context.record.entries.get_mut(id.index()) {
            entry.state = EntryState::OtherKind;
        }
    }
}

/// Whether the record says that it was tried and did not succeed.
fn failed(node: Node<'_, '_>) -> bool {
    inner(node).any(|(_, n)| is_outcome(n) && !status::is_off(n))
}

fn is_outcome(node: Node<'_, '_>) -> bool {
    ["code", "value"]
        .iter()
        .flat_map(|e| children(node, e))
        .any(|c| c.attribute("code").is_some_and(|c| FAILED.contains(&c)))
}

//! Visits (4.49), with their diagnoses (4.80), places (4.32) and reasons.

use super::context::{Context, Frame};
use super::plan;
use super::status::{self, Course};
use super::templates::{self, Route};
use super::types::{child, has_template, period};
use super::types_more::{filled, inner, is_aside, part, performers, places, reasons};
use clinical_model::{Assertion, CodeSystem, Concept, Encounter, EntryId, EntryState, UnreadReason};
use clinical_xml::Node;

const DIAGNOSIS: &str = "2.16.840.1.113883.10.20.22.4.80";

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
    let (course, _) = status::course(context, node, frame);
    let assertion = match status::of_event(node, frame, course) {
        // The encounter activity has no `statusCode` of its own; its mood says that it took place.
        Assertion::Possible if matches!(course, Course::Active | Course::Unstated) && is_event(node) => {
            Assertion::Present
        }
        assertion => assertion,
    };
    let kind = filled(context, node, "code");
    let mut visit = Encounter {
        entry,
        assertion,
        class: kind.as_ref().map(class).unwrap_or_default(),
        kinds: kind.into_iter().collect(),
        period: child(node, "effectiveTime").and_then(|t| period(context, t)),
        reasons: reasons(context, node),
        diagnoses: Vec::new(),
        providers: performers(node),
        place: places(context, node).into_iter().next(),
    };
    visit.diagnoses = diagnoses(context, node, frame);
    let says_nothing = visit.kinds.is_empty()
        && visit.period.is_none()
        && visit.place.is_none()
        && (visit.reasons.is_empty() && visit.diagnoses.is_empty() && visit.providers.is_empty());
    if says_nothing {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    context.record.encounters.push(visit);
    EntryState::Read
}

/// The mood is stated, and the visit itself is not emptied by a `nullFlavor`.
fn is_event(node: Node<'_, '_>) -> bool {
    node.attribute("moodCode") == Some("EVN") && super::types::null_flavor(node).is_none()
}

/// The class of the visit: the code of HL7's ActCode (`AMB`, `IMP`) among its codes.
fn class<'a>(kind: &Concept<'a>) -> Concept<'a> {
    let codings = kind.codings.iter().filter(|c| c.system == CodeSystem::Hl7).cloned().collect();
    Concept { text: None, codings }
}

/// The problems of the visit, as entries of their own. A diagnosis that is negated or nullified is none.
fn diagnoses<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, frame: Frame) -> Vec<EntryId> {
    let frame = status::inside(node, frame);
    let mut out = Vec::new();
    let inside: Vec<(&str, Node<'d, 'a>)> = inner(node).collect();
    for (kind, statement) in inside {
        if has_template(statement, DIAGNOSIS) {
            let off = status::is_off(statement);
            let frame = status::inside(statement, frame);
            let problems: Vec<Node<'d, 'a>> = inner(statement).map(|(_, n)| n).filter(|_| !off).collect();
            for problem in problems.into_iter().filter(|n| n.tag_name().name() == "observation") {
                out.push(part(context, problem, frame));
            }
        } else if !is_aside(kind, statement) {
            let is_problem = templates::route(statement) == Some(Route::Problem);
            let id = part(context, statement, frame);
            out.extend(Some(id).filter(|_| is_problem));
        }
    }
    out
}

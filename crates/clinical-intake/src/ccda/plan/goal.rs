//! Goals (4.121, and the mood `GOL` of R1.1).

use super::super::context::{Context, Frame};
use super::super::observation::value;
use super::super::status::{self, Course};
use super::super::types::{child, children, has_template, period};
use super::super::types_more::{filled, inner, is_aside, own_words, part};
use super::stands;
use clinical_model::{Assertion, Concept, EntryId, EntryState, Goal, GoalTarget, UnreadReason, Value};
use clinical_xml::Node;

/// Progress toward goal, and outcome: how far it is reached.
const PROGRESS: [&str; 2] = ["2.16.840.1.113883.10.20.22.4.110", "2.16.840.1.113883.10.20.22.4.144"];

pub(super) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    let (course, _) = status::course(context, node, frame);
    let assertion = match course {
        _ if status::is_mistaken(node, frame) || status::is_denied(node, frame) => Assertion::Absent,
        _ if stands(course) => Assertion::Present,
        Course::Completed => Assertion::Historical,
        Course::Aborted | Course::Cancelled | Course::Held | Course::Nullified => Assertion::Absent,
        _ => Assertion::Possible,
    };
    let code = filled(context, node, "code");
    let times = child(node, "effectiveTime").and_then(|t| period(context, t));
    let due = times.and_then(|t| t.end);
    let values: Vec<Node<'d, 'a>> = children(node, "value").collect();
    let detail = values.into_iter().find_map(|v| value(context, v));
    let description = description(context, node, code.clone(), detail.as_ref());
    // Words that are the goal itself are not said again as its target.
    let is_said = |v: &Value<'a>| matches!(v, Value::Scalar(w) if description.text.as_ref() == Some(w));
    let detail = detail.filter(|v| !is_said(v)).into_iter();
    let targets: Vec<GoalTarget<'a>> =
        detail.map(|v| GoalTarget { measure: code.clone(), detail: Some(v), due: due.clone() }).collect();
    let progress = inner(node).map(|(_, n)| n).find(|n| PROGRESS.iter().any(|p| has_template(*n, p)));
    let achievement = progress.filter(|n| !status::is_off(*n)).and_then(|n| filled(context, n, "value"));
    let is_empty = description.is_empty();
    if !is_empty {
        context.record.goals.push(Goal { entry, assertion, description, achievement, targets, due });
    }
    let frame = status::inside(node, frame);
    let inside: Vec<(&str, Node<'d, 'a>)> = inner(node).collect();
    for (kind, statement) in inside {
        // Outcomes are told with the goal; what supports or refines it stands for itself.
        if !is_aside(kind, statement) && Some(statement) != progress {
            part(context, statement, frame);
        }
    }
    if is_empty { EntryState::Unreadable(UnreadReason::NoSubjectMatter) } else { EntryState::Read }
}

/// The goal in the author's words: a value in words ("walk to the shop"), the words of the code, the text; where it has
/// none of these, what is measured, else what is to be reached.
fn description<'d, 'a>(
    context: &Context<'d, 'a>,
    node: Node<'d, 'a>,
    code: Option<Concept<'a>>,
    detail: Option<&Value<'a>>,
) -> Concept<'a> {
    let codings = code.as_ref().map(|c| c.codings.clone()).unwrap_or_default();
    let worded = match detail {
        Some(Value::Scalar(words)) if words.text().chars().any(char::is_alphabetic) => Some(words.clone()),
        _ => None,
    };
    let of_code = || code.as_ref().and_then(|c| c.text.clone());
    if let Some(text) = worded.or_else(of_code).or_else(|| own_words(context, node)) {
        return Concept { text: Some(text), codings };
    }
    let reached = match detail {
        Some(Value::Concept(c)) => Some(c.clone()),
        _ => None,
    };
    code.or(reached).unwrap_or_default()
}

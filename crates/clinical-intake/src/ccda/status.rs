//! How far a statement has come: `statusCode`, `negationInd` and `nullFlavor` of an act and of the acts around it.

use super::context::{Context, Frame};
use super::observation::category;
use super::types::{child, down, is_negated, null_flavor, status};
use clinical_model::{Assertion, FindingCode, Severity, Verbatim};
use clinical_xml::{Node, NodeId, attribute};

/// The state of an act (HL7 version 3 ActStatus).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Course {
    /// Done.
    Completed,
    /// Under way, or in force.
    Active,
    /// Written down, not begun.
    New,
    /// On hold or suspended.
    Held,
    /// Begun and stopped.
    Aborted,
    /// Called off before it began.
    Cancelled,
    /// Entered in error.
    Nullified,
    /// The record does not say.
    Unstated,
}

/// What the statements around a statement say for it. It is handed down from the outside in and looked up once for
/// each of them: to look outwards from each of ten thousand parts of a panel would take their number squared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Around {
    /// One of them is about somebody else than the patient.
    pub(crate) other: bool,
    /// One of them is negated.
    denied: bool,
    /// The `statusCode` of the outermost that was entered in error.
    mistaken: Option<NodeId>,
    /// An organizer among them was called off.
    called_off: bool,
    /// The `statusCode` of the innermost organizer that has one.
    panel_status: Option<NodeId>,
    /// The `effectiveTime` of the innermost organizer that has one.
    pub(crate) panel_time: Option<NodeId>,
    /// The list that the template of the innermost of them belongs to.
    pub(crate) category: Option<clinical_model::ObservationCategory>,
    /// One of them is about a picture.
    pub(crate) is_study: bool,
}

/// The frame for what stands in `node`.
pub(crate) fn inside(node: Node<'_, '_>, frame: Frame) -> Frame {
    let mut around = frame.around;
    around.other |= down(node, &["subject", "relatedSubject"]).is_some();
    around.denied |= is_negated(node);
    let own = child(node, "statusCode");
    let course = own.and_then(|s| attribute(s, "code")).map(|s| course_of(s.text()));
    let own = own.map(|s| s.id());
    if course == Some(Course::Nullified) {
        around.mistaken = around.mistaken.or(own);
    }
    if node.tag_name().name() == "organizer" {
        around.called_off |= matches!(course, Some(Course::Aborted | Course::Cancelled));
        around.panel_status = course.and(own).or(around.panel_status);
        around.panel_time = child(node, "effectiveTime").map(|t| t.id()).or(around.panel_time);
    }
    around.category = category::by_template(node).or(around.category);
    around.is_study |= category::is_study(node);
    Frame { around, ..frame }
}

fn course_of(code: &str) -> Course {
    const CODES: [(&str, Course); 13] = [
        ("completed", Course::Completed),
        ("active", Course::Active),
        ("new", Course::New),
        ("held", Course::Held),
        ("suspended", Course::Held),
        ("on-hold", Course::Held),
        ("aborted", Course::Aborted),
        ("cancelled", Course::Cancelled),
        ("canceled", Course::Cancelled),
        ("nullified", Course::Nullified),
        ("entered-in-error", Course::Nullified),
        ("final", Course::Completed),
        ("obsolete", Course::Nullified),
    ];
    CODES.iter().find(|(name, _)| name.eq_ignore_ascii_case(code)).map_or(Course::Unstated, |(_, c)| *c)
}

/// Whether the statement, or one that it stands in, was entered in error: what is nullified is nullified with all
/// that is in it.
pub(crate) fn is_mistaken(node: Node<'_, '_>, frame: Frame) -> bool {
    frame.around.mistaken.is_some() || is_nullified(node)
}

/// Whether the statement itself was entered in error.
pub(crate) fn is_nullified(node: Node<'_, '_>) -> bool {
    status(node).is_some_and(|s| course_of(s.text()) == Course::Nullified)
}

/// Whether the statement, or one that it stands in, is negated.
pub(crate) fn is_denied(node: Node<'_, '_>, frame: Frame) -> bool {
    frame.around.denied || is_negated(node)
}

/// Whether a statement says of itself that it is not so, or was a mistake.
pub(crate) fn is_off(node: Node<'_, '_>) -> bool {
    is_negated(node) || is_nullified(node)
}

/// The status of a statement with those around it: `Nullified` where one of them is; else its own; where it has none,
/// its organizer's. The text is that of the status which decided.
pub(crate) fn course<'d, 'a>(
    context: &mut Context<'d, 'a>,
    node: Node<'d, 'a>,
    frame: Frame,
) -> (Course, Option<Verbatim<'a>>) {
    let at = |id: Option<NodeId>| id.and_then(|id| node.document().get_node(id)).and_then(|s| attribute(s, "code"));
    if let Some(text) = at(frame.around.mistaken) {
        return (Course::Nullified, Some(text));
    }
    let own = child(node, "statusCode").and_then(|s| Some((s, attribute(s, "code")?)));
    let Some((place, text)) = own else {
        let text = at(frame.around.panel_status);
        return (text.as_ref().map_or(Course::Unstated, |text| course_of(text.text())), text);
    };
    let course = course_of(text.text());
    if course == Course::Unstated {
        context.find(Severity::Warning, FindingCode::UnknownStatus, place);
    }
    (course, Some(text))
}

/// Whether the panel around a part was called off. What a part of it says is then not sure.
pub(crate) const fn panel_is_off(frame: Frame) -> bool {
    frame.around.called_off
}

/// What is asserted of an event (mood `EVN`): only what is completed, not negated and not emptied by a `nullFlavor` of
/// the act itself is `Present`. A missing status is no status.
pub(crate) fn of_event(node: Node<'_, '_>, frame: Frame, course: Course) -> Assertion {
    match course {
        Course::Nullified | Course::Cancelled => Assertion::Absent,
        _ if is_denied(node, frame) => Assertion::Absent,
        _ if null_flavor(node).is_some() => Assertion::Possible,
        Course::Completed => Assertion::Present,
        Course::New => Assertion::Hypothetical,
        Course::Active | Course::Held | Course::Aborted | Course::Unstated => Assertion::Possible,
    }
}

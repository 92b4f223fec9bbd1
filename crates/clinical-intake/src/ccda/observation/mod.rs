//! Results, vital signs, and all other observations and their organizers (4.1, 4.2, 4.26, 4.27, 4.38, 4.66 to 4.86).
//!
//! Each observation of an organizer is an entry of its own; the organizer is a report over them. Systolic and
//! diastolic stay two observations, as the record has them: a panel's code for both would not be the record's.

pub(super) mod category;
mod range;
mod value;

use super::context::{Context, Frame};
use super::status::{self, Course};
use super::types::{child, children, concept, null_flavor, period};
use super::types_more::{comments, filled, own_words, parts, says_too};
use category::category;
use clinical_model::{
    Assertion, Component, Concept, EntryId, EntryState, Observation, ObservationCategory, Period, Report, UnreadReason,
    Value,
};
use clinical_xml::Node;
pub(crate) use value::value;

/// Reads the clinical statement `node` (the child of `entry`, `component` or `entryRelationship`) into the record.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    match node.tag_name().name() {
        "organizer" => organizer(context, entry, node, frame),
        "observation" => single(context, entry, node, frame),
        // An act or a procedure with the template of an observation: it has no value that could be read as one.
        _ => EntryState::OtherKind,
    }
}

/// A panel: its parts are entries of their own, it is the report that holds them.
fn organizer<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>, frame: Frame) -> EntryState {
    let results = parts(context, node, frame);
    let code = filled(context, node, "code").unwrap_or_default();
    if results.is_empty() && code.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoStatement);
    }
    let (course, status) = status::course(context, node, frame);
    let assertion = match (status::of_event(node, frame, course), course) {
        (Assertion::Present | Assertion::Possible, Course::Aborted) => Assertion::Absent,
        (assertion, _) => assertion,
    };
    let when = time(context, node);
    let conclusion = comments(context, node).into_iter().next();
    context.record.reports.push(Report {
        entry,
        assertion,
        status,
        code,
        when,
        conclusion,
        conclusion_codes: Vec::new(),
        results,
        attachments: 0,
    });
    EntryState::Read
}

fn single<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>, frame: Frame) -> EntryState {
    let (course, status) = status::course(context, node, frame);
    let assertion = match status::of_event(node, frame, course) {
        Assertion::Present if status::panel_is_off(frame) => Assertion::Possible,
        // What was not begun was not measured.
        Assertion::Hypothetical => Assertion::Possible,
        // The findings of an imaging report (6.2.12 to 6.2.14) need no `statusCode`: their mood says that they are so.
        Assertion::Possible if course == Course::Unstated && category::is_imaging(node) && is_event(node) => {
            Assertion::Present
        }
        assertion => assertion,
    };
    let (main, components) = measured(context, node);
    // What follows is read before the record grows: parts come behind the whole.
    let observation = Observation {
        entry,
        assertion,
        status,
        category: category(node, frame),
        body_site: filled(context, node, "targetSiteCode"),
        main,
        components,
        members: Vec::new(),
        when: when(context, node, frame),
        notes: comments(context, node),
    };
    // An answer without its question has a place on no list. Anything else without a code nobody can read.
    let is_answer = matches!(observation.category, ObservationCategory::Survey | ObservationCategory::Social)
        && observation.main.value.is_some();
    if observation.main.code.is_empty() && !is_answer {
        parts(context, node, frame);
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let at = context.record.observations.len();
    context.record.observations.push(observation);
    let members = parts(context, node, frame);
    if let Some(observation) = context.record.observations.get_mut(at) {
        observation.members = members;
    }
    EntryState::Read
}

/// The mood is stated, and the act is not emptied by a `nullFlavor`.
fn is_event(node: Node<'_, '_>) -> bool {
    node.attribute("moodCode") == Some("EVN") && null_flavor(node).is_none()
}

/// The code with the first value; further values (a number and what it stands for) are parts of the same code.
fn measured<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> (Component<'a>, Vec<Component<'a>>) {
    let mut main = Component {
        code: filled(context, node, "code").unwrap_or_default(),
        value: None,
        absent_reason: None,
        interpretations: children(node, "interpretationCode")
            .map(|n| concept(context, n))
            .filter(|c| !c.is_empty())
            .collect(),
        ranges: range::ranges(context, node),
    };
    let mut more: Vec<Value<'a>> = Vec::new();
    for element in children(node, "value") {
        match value(context, element) {
            Some(value) if main.value.is_none() => main.value = Some(value),
            Some(value) => more.push(value),
            None => main.absent_reason = main.absent_reason.take().or_else(|| value::absence(element)),
        }
    }
    main.value = main.value.take().map(|v| range::in_words(context, node, v));
    let words = own_words(context, node);
    // An observation without code whose text says what it is about (R1.1: codes with a nullFlavor).
    if main.code.is_empty() && main.value.is_some() {
        main.code.text = words.filter(|w| w.text().len() <= 120);
    } else if child(node, "value").is_none() && !main.code.is_empty() {
        // No `value` at all: the statement's own text is its answer, unless it only names the test.
        let name = main.code.name().map(|n| n.text().to_owned()).unwrap_or_default();
        main.value = words.filter(|w| !says_too(&name, w.text())).map(Value::Scalar);
    }
    let parts = more.into_iter().map(|value| part_of(&main.code, value)).collect();
    (main, parts)
}

fn part_of<'a>(code: &Concept<'a>, value: Value<'a>) -> Component<'a> {
    Component {
        code: code.clone(),
        value: Some(value),
        absent_reason: None,
        interpretations: Vec::new(),
        ranges: Vec::new(),
    }
}

/// When it was so: the time of the observation, else that of the organizer around it.
fn when<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, frame: Frame) -> Option<Period<'a>> {
    time(context, node).or_else(|| {
        let of_panel = node.document().get_node(frame.around.panel_time?)?;
        period(context, of_panel)
    })
}

fn time<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Period<'a>> {
    child(node, "effectiveTime").and_then(|t| period(context, t))
}

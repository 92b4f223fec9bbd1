//! Family history (4.45, 4.46): what relatives have or had.
//!
//! It is kept as a condition with `Assertion::Family`, so that its code and words are not lost to the care team; every
//! reader of conditions has to say what it does with that assertion, and the sheet holds it back. Ages and causes of
//! death of relatives (4.31, 4.47) are not read: they have no place but their condition.

use super::super::context::{Context, Frame};
use super::super::status;
use super::super::types::{child, period};
use super::super::types_more::{comments, filled, inner, own_words};
use clinical_model::{Assertion, Concept, Condition, EntryId, EntryState, UnreadReason};
use clinical_xml::Node;

/// One relative: each illness is an entry of its own.
pub(super) fn organizer<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, frame: Frame) -> EntryState {
    let inside: Vec<Node<'d, 'a>> =
        inner(node).map(|(_, n)| n).filter(|n| n.tag_name().name() == "observation").collect();
    // A relative of whom nothing is said but that there is one.
    if inside.is_empty() {
        return EntryState::AboutOther;
    }
    let frame = status::inside(node, frame);
    for statement in inside {
        let id = context.entry("Family History Observation", statement);
        let state = observation(context, id, statement, frame);
        if let Some(entry) = context.record.entries.get_mut(id.index()) {
            entry.state = state;
        }
    }
    EntryState::Parted
}

/// One illness of a relative.
pub(super) fn observation<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    let mut code: Concept<'a> = filled(context, node, "value").unwrap_or_default();
    if code.is_empty() {
        code.text = own_words(context, node);
    }
    if code.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let in_error = status::is_mistaken(node, frame);
    // "No family history of …" says nothing of the patient either, and must not turn into a refuted problem of theirs.
    let assertion = if in_error || status::is_denied(node, frame) { Assertion::Absent } else { Assertion::Family };
    let onset = child(node, "effectiveTime").and_then(|t| period(context, t));
    let notes = comments(context, node);
    context.record.conditions.push(Condition {
        entry,
        assertion,
        clinical_status: None,
        verification: None,
        code,
        onset,
        onset_words: None,
        onset_age: None,
        onset_range: None,
        recorded: None,
        contradicts: false,
        severity: None,
        body_sites: Vec::new(),
        in_error,
        encounter: None,
        notes,
    });
    EntryState::Read
}

/// Anything else in the section: an observation without template is a relative's, too.
pub(super) fn other<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    match node.tag_name().name() {
        "organizer" => organizer(context, node, frame),
        "observation" => observation(context, entry, node, frame),
        _ => EntryState::AboutOther,
    }
}

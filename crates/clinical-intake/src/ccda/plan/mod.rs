//! What is planned, advised and hoped for: statements in moods other than `EVN`, instructions, goals, concerns.

mod concern;
mod goal;
mod item;
mod visit;

use super::context::{Context, Frame};
use super::status::Course;
use super::types::has_template;
use clinical_model::{EntryId, EntryState};
use clinical_xml::Node;

/// What a statement says of the world (HL7 version 3 ActMood).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mood {
    /// It happened.
    Event,
    /// Somebody intends it, or has promised it.
    Intent,
    /// It was ordered.
    Order,
    /// A time was asked for.
    Asked,
    /// It is booked.
    Booked,
    /// It was proposed, and nobody decided.
    Proposed,
    /// It is a goal.
    Goal,
    /// A definition, an option, a criterion, or nothing that C-CDA knows: it says nothing of this patient's plan.
    Other,
}

fn mood(node: Node<'_, '_>) -> Mood {
    match node.attribute("moodCode").map(str::trim) {
        Some("EVN") | None => Mood::Event,
        Some("INT" | "PRMS") => Mood::Intent,
        Some("RQO") => Mood::Order,
        Some("ARQ") => Mood::Asked,
        Some("APT") => Mood::Booked,
        Some("PRP" | "RMD") => Mood::Proposed,
        Some("GOL") => Mood::Goal,
        Some(_) => Mood::Other,
    }
}

/// Whether a plan of this state stands. R1.1 gives planned acts the status `new`: not begun, which is what a plan is.
const fn stands(course: Course) -> bool {
    matches!(course, Course::Active | Course::New)
}

/// Reads the clinical statement `node` (the child of `entry`, `component` or `entryRelationship`) into the record.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    let is = |number: &str| has_template(node, &format!("2.16.840.1.113883.10.20.22.4.{number}"));
    match mood(node) {
        Mood::Goal => goal::read(context, entry, node, frame),
        // A goal in the mood of an event is one that was set; its template says what it is.
        Mood::Event if is("121") => goal::read(context, entry, node, frame),
        _ if is("132") || is("136") || is("131") || is("146") => concern::read(context, entry, node, frame),
        Mood::Event if node.tag_name().name() == "encounter" => super::encounter::read(context, entry, node, frame),
        mood if node.tag_name().name() == "encounter" => visit::read(context, entry, node, frame, mood),
        mood => item::read(context, entry, node, frame, mood),
    }
}

//! Everything else: family history, devices, advance directives, payers, care teams, notes, comments.
//!
//! A relative's illness is read with [`Assertion::Family`](clinical_model::Assertion::Family), which no list of the
//! patient's problems takes; whatever else is said of somebody else is counted and not read.

mod family;
mod note;
mod team;

use super::context::{Context, Frame};
use super::procedure::devices;
use super::routes::is_about_other;
use super::types::{has_template, is_negated};
use super::types_more::{inner, parts};
use super::{status, templates};
use clinical_model::{EntryId, EntryState, SectionKind};
use clinical_xml::Node;

/// Reads the clinical statement `node` (the child of `entry`, `component` or `entryRelationship`) into the record.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    let is = |number: &str| has_template(node, &format!("2.16.840.1.113883.10.20.22.4.{number}"));
    match templates::kind(node) {
        "Family History Organizer" => family::organizer(context, node, frame),
        "Family History Observation" => family::observation(context, entry, node, frame),
        _ if is_about_other(node, frame) && frame.kind == SectionKind::Family => {
            family::other(context, entry, node, frame)
        }
        _ if is_about_other(node, frame) => EntryState::AboutOther,
        _ if frame.kind == SectionKind::Family => family::other(context, entry, node, frame),
        "Care Team Organizer" => team::organizer(context, entry, node, frame),
        "Care Team Member Act" => team::member(context, entry, node, frame),
        "Note Activity" | "Comment Activity" => note::read(context, entry, node, frame),
        // Equipment and its parts.
        "Medical Equipment Organizer"
            if !status::is_mistaken(node, frame) && !is_negated(node) && inner(node).next().is_some() =>
        {
            parts(context, node, frame);
            EntryState::Parted
        }
        // Without a template the section says what it is.
        "Act" if frame.kind == SectionKind::Payers => {
            if let Some(entry) = context.record.entries.get_mut(entry.index()) {
                entry.kind = "Coverage Activity".into();
            }
            EntryState::OtherKind
        }
        _ => {
            if is("50") || node.tag_name().name() == "supply" {
                devices(context, node);
            }
            EntryState::OtherKind
        }
    }
}

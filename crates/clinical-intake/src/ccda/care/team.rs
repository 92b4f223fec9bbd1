//! Care teams (4.500) and their members (4.500.1).

use super::super::context::{Context, Frame};
use super::super::status;
use super::super::types::{child, children, phones};
use super::super::types_more::{filled, inner, person};
use clinical_model::{EntryId, EntryState, Name, Person, PersonKind};
use clinical_xml::Node;

/// A team: its members are entries of their own.
pub(super) fn organizer<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    if status::is_denied(node, frame) || status::is_mistaken(node, frame) {
        return EntryState::OtherKind;
    }
    let name = filled(context, node, "code").and_then(|c| c.name().cloned()).map(Name::from);
    context.record.people.push(Person { entry, kind: PersonKind::Team, name, phones: Vec::new() });
    let inside: Vec<Node<'d, 'a>> = inner(node).map(|(_, n)| n).filter(|n| n.tag_name().name() == "act").collect();
    let frame = status::inside(node, frame);
    for statement in inside {
        let id = context.entry("Care Team Member Act", statement);
        let state = member(context, id, statement, frame);
        if let Some(entry) = context.record.entries.get_mut(id.index()) {
            entry.state = state;
        }
    }
    EntryState::Read
}

/// A member. One who left the team, or never was in it, is no helper to name.
pub(super) fn member<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    let (course, _) = status::course(context, node, frame);
    let stands = matches!(course, status::Course::Active | status::Course::Unstated);
    let entity = children(node, "performer").filter_map(|p| child(p, "assignedEntity")).find(|e| person(*e).is_some());
    let Some(entity) = entity.filter(|_| stands && !status::is_denied(node, frame)) else {
        return EntryState::OtherKind;
    };
    context.record.people.push(Person {
        entry,
        kind: PersonKind::Person,
        name: person(entity),
        phones: phones(entity),
    });
    EntryState::Read
}

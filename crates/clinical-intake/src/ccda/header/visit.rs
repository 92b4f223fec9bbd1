//! The visit that the document is about (`componentOf/encompassingEncounter`, CDA R2 4.2.3.1).

use super::people::{Who, organization_in, person_in, read as read_person, role_of, spelled};
use crate::ccda::context::Context;
use crate::ccda::types::{child, children, concept, null_flavor, period};
use clinical_model::{Assertion, Concept, Encounter, EntryState, UnreadReason};
use clinical_xml::Node;
use std::collections::HashSet;

/// Reads the visit, and the people in it.
pub(super) fn read<'d, 'a>(context: &mut Context<'d, 'a>, visit: Node<'d, 'a>) {
    let entry = context.entry("visit", visit);
    let kind = child(visit, "code").filter(|c| null_flavor(*c).is_none()).map(|c| concept(context, c));
    let period = child(visit, "effectiveTime").and_then(|t| period(context, t));
    let people = children(visit, "responsibleParty").chain(children(visit, "encounterParticipant"));
    let mut seen = HashSet::new();
    let names = people.filter_map(|p| person_in(role_of(p)));
    let providers = names.filter(|name| seen.insert(spelled(name.parts()))).collect::<Vec<_>>();
    let facility = child(visit, "location").map(role_of);
    let place = facility.and_then(organization_in).and_then(|name| name.0.into_iter().next());
    let kinds: Vec<Concept<'a>> = kind.into_iter().filter(|c| !c.is_empty()).collect();
    let says_something = !kinds.is_empty() || period.is_some() || !providers.is_empty() || place.is_some();
    let state = if says_something {
        context.record.encounters.push(Encounter {
            entry,
            assertion: Assertion::Present,
            kinds,
            class: Concept::default(),
            period,
            reasons: Vec::new(),
            diagnoses: Vec::new(),
            providers,
            place,
        });
        EntryState::Read
    } else {
        EntryState::Unreadable(UnreadReason::NoSubjectMatter)
    };
    context.record.entries[entry.index()].state = state;
    for person in children(visit, "responsibleParty").chain(children(visit, "encounterParticipant")) {
        read_person(context, person, Who::Person);
    }
}

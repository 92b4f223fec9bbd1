//! People and organisations of the header.

use super::kind_of;
use crate::ccda::context::Context;
use crate::ccda::types::{child, down, first_of, name, null_flavor, phones};
use clinical_model::{EntryState, Name, Person, PersonKind, Verbatim};
use clinical_xml::Node;

/// What a participation is expected to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Somebody, or an organisation or device where nobody is named.
    Person,
    /// An organisation.
    Organization,
}

/// The elements in which a participation holds who it is (CDA R2 4.2.2).
const ROLES: [&str; 8] = [
    "assignedAuthor",
    "assignedEntity",
    "assignedCustodian",
    "relatedEntity",
    "associatedEntity",
    "intendedRecipient",
    "participantRole",
    "healthCareFacility",
];
const PERSONS: [&str; 4] = ["assignedPerson", "relatedPerson", "associatedPerson", "informationRecipient"];
const PLACES: [&str; 6] = [
    "representedOrganization",
    "representedCustodianOrganization",
    "scopingOrganization",
    "receivedOrganization",
    "serviceProviderOrganization",
    "location",
];

/// Reads one participation: an entry, and a person where it names one. A document names the same person as author,
/// authenticator and performer: the first entry holds the name, the others are copies of it.
pub(super) fn read<'d, 'a>(context: &mut Context<'d, 'a>, part: Node<'d, 'a>, who: Who) {
    let role = role_of(part);
    let found = match who {
        Who::Person => person_in(role).map(|n| (PersonKind::Person, n)).or_else(|| place(role)),
        Who::Organization => place(role),
    };
    let kind = found.as_ref().map_or(PersonKind::Person, |(kind, _)| *kind);
    let entry = context.entry(kind_of(kind), part);
    let state = match found {
        Some((_, name)) if !context.named.insert(spelled(name.parts())) => EntryState::Superseded,
        Some((kind, name)) => {
            let phones = phones(role);
            context.record.people.push(Person { entry, kind, name: Some(name), phones });
            EntryState::Read
        }
        // A device, or only ids.
        None => EntryState::OtherKind,
    };
    context.record.entries[entry.index()].state = state;
}

/// The role in a participation, or the participation itself where it is one (in fragments).
pub(super) fn role_of<'d, 'a>(part: Node<'d, 'a>) -> Node<'d, 'a> {
    first_of(part, &ROLES).unwrap_or(part)
}

/// The name of the person in a role.
pub(super) fn person_in<'a>(role: Node<'_, 'a>) -> Option<Name<'a>> {
    let person = first_of(role, &PERSONS).or_else(|| child(role, "playingEntity"))?;
    named(person)
}

fn place<'a>(role: Node<'_, 'a>) -> Option<(PersonKind, Name<'a>)> {
    let place = first_of(role, &PLACES)?;
    named(place).map(|n| (PersonKind::Place, n))
}

/// The first name of somebody or something that says anything.
pub(super) fn named<'a>(holder: Node<'_, 'a>) -> Option<Name<'a>> {
    let mut names = holder.children().filter(|n| n.is_element() && n.tag_name().name() == "name");
    names.find_map(|n| if null_flavor(n).is_some() { None } else { name(n) })
}

/// A name as one text, for telling names apart.
pub(super) fn spelled(name: &[Verbatim<'_>]) -> String {
    name.iter().map(Verbatim::text).collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The organisation behind a role, for the place of a visit.
pub(super) fn organization_in<'a>(role: Node<'_, 'a>) -> Option<Name<'a>> {
    down(role, &["location"]).and_then(named).or_else(|| place(role).map(|(_, name)| name))
}

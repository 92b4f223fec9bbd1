//! The header: whose document it is, who made it, and the visit it is about (CDA R2 4.2).

mod patient;
mod people;
mod visit;

use super::context::Context;
use super::types::{child, children};
use crate::Error;
use clinical_model::{EntryState, Moment, PersonKind};
use clinical_xml::{Node, attribute};
use people::Who;

/// Reads the header of a whole document.
pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, document: Node<'d, 'a>) -> Result<(), Error> {
    context.written = child(document, "effectiveTime")
        .and_then(|n| attribute(n, "value"))
        .and_then(|value| Moment::parse(value.text()));
    patient::read(context, children(document, "recordTarget"))?;
    for part in document.children().filter(Node::is_element) {
        read_part(context, part);
    }
    Ok(())
}

/// Reads a part of the header that stands alone, as in a fragment. False where it is none.
pub(crate) fn read_alone<'d, 'a>(context: &mut Context<'d, 'a>, part: Node<'d, 'a>) -> Result<bool, Error> {
    if part.tag_name().name() == "recordTarget" {
        patient::read(context, std::iter::once(part))?;
        return Ok(true);
    }
    Ok(read_part(context, part))
}

/// Where in a participation of the header its person or organisation stands. All have the same shapes inside.
fn read_part<'d, 'a>(context: &mut Context<'d, 'a>, part: Node<'d, 'a>) -> bool {
    match part.tag_name().name() {
        "author"
        | "dataEnterer"
        | "informant"
        | "informationRecipient"
        | "legalAuthenticator"
        | "authenticator"
        | "participant"
        | "performer"
        | "encounterParticipant"
        | "responsibleParty"
        | "assignedAuthor"
        | "assignedEntity"
        | "participantRole" => people::read(context, part, Who::Person),
        "custodian" => people::read(context, part, Who::Organization),
        "documentationOf" | "serviceEvent" => {
            let event = child(part, "serviceEvent").unwrap_or(part);
            for performer in children(event, "performer") {
                people::read(context, performer, Who::Person);
            }
        }
        "componentOf" | "encompassingEncounter" => {
            visit::read(context, child(part, "encompassingEncounter").unwrap_or(part));
        }
        // What other documents and orders it belongs to, and consents: ids and codes, nothing to tell a patient.
        "relatedDocument" | "inFulfillmentOf" | "authorization" => {
            let id = context.entry("reference", part);
            context.record.entries[id.index()].state = EntryState::OtherKind;
        }
        _ => return false,
    }
    true
}

/// The kind of a person's entry as the accounting names it.
const fn kind_of(who: PersonKind) -> &'static str {
    match who {
        PersonKind::Person => "person",
        PersonKind::Place => "organization",
        PersonKind::Team => "team",
    }
}

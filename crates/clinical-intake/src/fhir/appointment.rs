//! Appointment.

use super::context::Context;
use super::elements::{concept, concepts, elements_of, fact, period, worded};
use super::people::phones;
use clinical_json::Node;
use clinical_model::{Appointment, AppointmentCourse, EntryId, EntryState};

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let mut out = Appointment {
        entry,
        course: AppointmentCourse::Unstated,
        status: None,
        start: None,
        end: None,
        requested: None,
        purposes: Vec::new(),
        providers: Vec::new(),
        places: Vec::new(),
        phones: Vec::new(),
        preparation: Vec::new(),
        notes: Vec::new(),
    };
    let (mut kind, mut declined) = (None, false);
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" => {
                out.course = match m.as_str().as_deref() {
                    Some("booked" | "arrived" | "checked-in") => AppointmentCourse::Booked,
                    Some("proposed" | "pending" | "waitlist") => AppointmentCourse::Open,
                    Some("cancelled" | "noshow" | "entered-in-error") => AppointmentCourse::Off,
                    Some("fulfilled") => AppointmentCourse::Done,
                    _ => AppointmentCourse::Unstated,
                };
                out.status = fact(m);
            }
            "start" => out.start = context.date(m),
            "end" => out.end = context.date(m),
            // A wish, and not a time that anybody agreed to.
            "requestedPeriod" => {
                out.requested = elements_of(m).map(period).find(|p| p.start.is_some() || p.end.is_some())
            }
            "description" => out.purposes.extend(fact(m)),
            "appointmentType" => kind = concept(m).name().cloned(),
            "serviceType" | "reasonCode" => out.purposes.extend(concepts(m).iter().filter_map(|c| c.name().cloned())),
            "patientInstruction" => out.preparation.extend(worded(m)),
            "comment" => out.notes.extend(worded(m)),
            "participant" => {
                for participant in elements_of(m) {
                    declined |= read_participant(context, entry, node, participant, &mut out);
                }
            }
            _ => {}
        }
    }
    // "Follow-up" says less than any reason; it stands only where nothing else does.
    if out.purposes.is_empty() {
        out.purposes.extend(kind);
    }
    out.purposes.retain(|v| !v.text().trim().is_empty());
    if declined && out.course != AppointmentCourse::Done {
        out.course = AppointmentCourse::Off;
    }
    context.record.appointments.push(out);
    EntryState::Read
}

/// Reads one participant. True where it is the patient, and the patient declined.
fn read_participant<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    appointment: Node<'d, 'a>,
    participant: Node<'d, 'a>,
    out: &mut Appointment<'a>,
) -> bool {
    let Some(actor) = participant.get("actor") else { return false };
    let target = context.resolve(actor, appointment);
    let kind = context.kind_of(actor, target);
    let declined = participant.get("status").and_then(Node::as_str).is_some_and(|s| s == "declined");
    match &*kind {
        "Patient" => {
            context.subject(entry, actor, appointment);
            return declined;
        }
        // Who declined will not be there.
        _ if declined => return false,
        "Location" | "HealthcareService" | "Organization" => out.places.extend(context.titled(actor, appointment)),
        "Device" | "RelatedPerson" => {}
        _ => out.providers.extend(context.named(actor, appointment)),
    }
    if let Some(target) = target.filter(|_| kind != "Patient" && kind != "RelatedPerson") {
        out.phones.extend(phones(target.resource));
    }
    false
}

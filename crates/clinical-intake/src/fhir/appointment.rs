//! Appointment.

use super::context::Context;
use super::elements::{concept, concepts, elements_of, fact, member};
use super::people::phones;
use clinical_json::Node;
use clinical_model::{Appointment, AppointmentCourse, EntryId, EntryState};

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let mut out = Appointment {
        entry,
        course: AppointmentCourse::Unstated,
        status: None,
        start: None,
        purposes: Vec::new(),
        providers: Vec::new(),
        places: Vec::new(),
        phones: Vec::new(),
        preparation: Vec::new(),
    };
    let mut kind = None;
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
            "requestedPeriod" if out.start.is_none() => {
                out.start = elements_of(m).find_map(|p| member(p, "start"));
            }
            "description" => out.purposes.extend(fact(m)),
            "appointmentType" => kind = concept(m).name().cloned(),
            "serviceType" | "reasonCode" => out.purposes.extend(concepts(m).iter().filter_map(|c| c.name().cloned())),
            "patientInstruction" | "comment" => out.preparation.extend(fact(m)),
            "participant" => {
                for participant in elements_of(m) {
                    read_participant(context, entry, node, participant, &mut out);
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
    out.preparation.retain(|v| !v.text().trim().is_empty());
    context.record.appointments.push(out);
    EntryState::Read
}

fn read_participant<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    appointment: Node<'d, 'a>,
    participant: Node<'d, 'a>,
    out: &mut Appointment<'a>,
) {
    let Some(actor) = participant.get("actor") else { return };
    let reference = actor.get("reference").and_then(Node::as_str).unwrap_or_default();
    let target = context.resolve(actor, appointment);
    let kind = target
        .and_then(|t| t.resource.get("resourceType")?.as_str())
        .or_else(|| actor.get("type").and_then(Node::as_str))
        .unwrap_or_else(|| reference.rsplit('/').nth(1).unwrap_or_default().to_owned().into());
    match &*kind {
        "Patient" => context.subject(entry, actor),
        "Location" | "HealthcareService" | "Organization" => out.places.extend(context.named(actor, appointment)),
        "Device" | "RelatedPerson" => {}
        _ => out.providers.extend(context.named(actor, appointment)),
    }
    if let Some(target) = target.filter(|_| kind != "Patient" && kind != "RelatedPerson") {
        out.phones.extend(phones(target.resource));
    }
}

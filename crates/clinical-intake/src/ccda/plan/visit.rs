//! Visits to come (4.40): booked, ordered, asked for, intended.

use super::super::context::{Context, Frame};
use super::super::status::{self, Course};
use super::super::types::{child, has_template, period, phones};
use super::super::types_more::{
    comments, filled, has_words, inner, is_aside, own_words, part, participants, performers, places, reasons, says_too,
};
use super::Mood;
use clinical_model::{Appointment, AppointmentCourse, EntryId, EntryState, UnreadReason, Verbatim};
use clinical_xml::Node;

const INSTRUCTION: &str = "2.16.840.1.113883.10.20.22.4.20";

pub(super) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
    mood: Mood,
) -> EntryState {
    let (course, status) = status::course(context, node, frame);
    let mut out = Appointment {
        entry,
        course: standing(node, frame, course, mood),
        status,
        start: None,
        end: None,
        requested: None,
        purposes: purposes(context, node),
        providers: performers(node),
        places: places(context, node),
        phones: Vec::new(),
        preparation: Vec::new(),
        notes: comments(context, node),
    };
    if let Some(times) = child(node, "effectiveTime").and_then(|t| period(context, t)) {
        match mood {
            // A time that was asked for or proposed is not one that anybody agreed to.
            Mood::Asked | Mood::Proposed => out.requested = Some(times),
            _ => (out.start, out.end) = (times.start, times.end),
        }
    }
    let roles = participants(node, &["LOC"]).into_iter();
    let entities =
        node.children().filter(|c| c.tag_name().name() == "performer").filter_map(|p| child(p, "assignedEntity"));
    out.phones = roles.chain(entities).flat_map(phones).collect();
    let frame = status::inside(node, frame);
    let inside: Vec<(&str, Node<'d, 'a>)> = inner(node).collect();
    for (kind, statement) in inside {
        if has_template(statement, INSTRUCTION) && !status::is_off(statement) {
            out.preparation.extend(own_words(context, statement));
        } else if !is_aside(kind, statement) {
            part(context, statement, frame);
        }
    }
    let says_nothing = out.start.is_none()
        && out.requested.is_none()
        && [&out.purposes, &out.places, &out.preparation, &out.notes].iter().all(|l| l.is_empty())
        && out.providers.is_empty();
    if says_nothing && out.course != AppointmentCourse::Off {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    context.record.appointments.push(out);
    EntryState::Read
}

fn standing(node: Node<'_, '_>, frame: Frame, course: Course, mood: Mood) -> AppointmentCourse {
    match course {
        _ if status::is_mistaken(node, frame) || status::is_denied(node, frame) => AppointmentCourse::Off,
        Course::Aborted | Course::Cancelled | Course::Nullified => AppointmentCourse::Off,
        Course::Completed => AppointmentCourse::Done,
        Course::Active | Course::New if mood == Mood::Booked => AppointmentCourse::Booked,
        Course::Active | Course::New | Course::Held => AppointmentCourse::Open,
        Course::Unstated => AppointmentCourse::Unstated,
    }
}

/// What for: the kind of visit and its reasons, or its own words where it has neither.
fn purposes<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<Verbatim<'a>> {
    let code = filled(context, node, "code").and_then(|c| c.name().cloned());
    let mut out: Vec<Verbatim<'a>> = code.into_iter().chain(reasons(context, node)).collect();
    let inline = child(node, "text").is_some_and(has_words);
    if let Some(words) = own_words(context, node).filter(|_| out.is_empty() || inline)
        && !out.iter().any(|p| says_too(p.text(), words.text()))
    {
        out.push(words);
    }
    out
}

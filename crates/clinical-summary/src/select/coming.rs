//! What is to come: appointments, orders, plans, goals, instructions.

use super::context::{Selection, dated};
use super::findings::sections;
use crate::ledger::{Ledger, Reason};
use crate::piece::Fact;
use crate::sheet::{Coming, Said};
use clinical_model::{AppointmentCourse, Assertion, Moment, Name, PlanItem, PlanKind, SectionKind, Verbatim};

fn facts<'a>(list: &[Verbatim<'a>]) -> Vec<Fact<'a>> {
    let mut out: Vec<Fact<'a>> = Vec::new();
    for v in list {
        if !out.iter().any(|f| f.of.text() == v.text()) {
            out.push(Fact::exact(v));
        }
    }
    out
}

/// People, each once: the parts of their names.
pub(super) fn people<'a>(names: &[Name<'a>]) -> Vec<Vec<Fact<'a>>> {
    let mut seen: Vec<&Name<'a>> = Vec::new();
    for name in names {
        if !seen.iter().any(|n| n.reads_like(name)) {
            seen.push(name);
        }
    }
    seen.into_iter().map(|name| name.parts().iter().map(Fact::exact).collect()).collect()
}

/// Appointments that have not passed, the next one first.
pub(super) fn coming<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Coming<'a>> {
    let mut chosen = Vec::new();
    for appointment in &selection.record.appointments {
        let start = appointment.start.as_ref().and_then(|v| Moment::parse(v.text()));
        match appointment.course {
            AppointmentCourse::Off => ledger.hold(appointment.entry, Reason::NotDone),
            AppointmentCourse::Done => ledger.hold(appointment.entry, Reason::PastAppointment),
            // What is today stays on the sheet: the hour may be wrong by a time zone.
            _ if start.is_some_and(|m| m.days() < selection.now.days()) => {
                ledger.hold(appointment.entry, Reason::PastAppointment);
            }
            _ if appointment.purposes.iter().any(|p| selection.is_private_text(p.text())) => {
                ledger.hold(appointment.entry, Reason::Private);
            }
            course => chosen.push((
                start.map_or(i64::MAX, |m| m.order()),
                Coming {
                    start: appointment.start.as_ref().map(Fact::exact),
                    providers: people(&appointment.providers),
                    places: facts(&appointment.places),
                    phones: facts(&appointment.phones),
                    purposes: facts(&appointment.purposes),
                    preparation: facts(&appointment.preparation),
                    status: appointment.status.as_ref().map(Fact::exact),
                    open: course != AppointmentCourse::Booked,
                },
            )),
        }
    }
    for visit in selection.record.encounters.iter().filter(|e| e.assertion == Assertion::Hypothetical) {
        let start = visit.period.as_ref().and_then(|p| p.start.as_ref());
        let moment = start.and_then(|v| Moment::parse(v.text()));
        if moment.is_some_and(|m| selection.is_past(&m)) {
            ledger.hold(visit.entry, Reason::PastAppointment);
            continue;
        }
        let kinds = visit.kinds.iter().filter_map(|k| k.name().cloned());
        let purposes: Vec<Verbatim<'a>> = kinds.chain(visit.reasons.iter().cloned()).collect();
        chosen.push((
            moment.map_or(i64::MAX, |m| m.order()),
            Coming {
                start: start.map(Fact::exact),
                providers: people(&visit.providers),
                places: visit.place.iter().map(Fact::exact).collect(),
                phones: Vec::new(),
                purposes: facts(&purposes),
                preparation: Vec::new(),
                status: None,
                open: true,
            },
        ));
    }
    chosen.sort_by_key(|(order, _)| *order);
    chosen.into_iter().map(|(_, c)| c).filter(|c| !is_blank(c)).collect()
}

/// An appointment with nothing in it has no line.
fn is_blank(c: &Coming<'_>) -> bool {
    c.start.is_none() && c.providers.is_empty() && c.places.is_empty() && c.purposes.is_empty()
}

fn plan<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger, item: &PlanItem<'a>) -> Option<Said<'a>> {
    let over = item.period.as_ref().and_then(|p| p.ended()).is_some_and(|m| selection.is_past(&m));
    let reason = match item.assertion {
        // Until the sheet can say "do not": what is forbidden must not read like an order.
        _ if item.forbidden.is_some() => Some(Reason::NotDone),
        Assertion::Present if over => Some(Reason::Over),
        Assertion::Present => None,
        Assertion::Absent => Some(Reason::NotDone),
        Assertion::Historical => Some(Reason::Over),
        Assertion::Hypothetical => Some(Reason::NotOrdered),
        Assertion::Possible | Assertion::Family => Some(Reason::Unclear),
    };
    let words = item.title.iter().chain(&item.actions);
    let is_private = words.clone().any(|w| selection.is_private_text(w.text()));
    let is_dead = selection.record.patient.as_ref().is_some_and(|p| p.deceased.is_some());
    let reason = if is_private {
        Some(Reason::Private)
    } else if is_dead {
        Some(Reason::Deceased)
    } else {
        reason
    };
    if let Some(reason) = reason {
        ledger.hold(item.entry, reason);
        return None;
    }
    Some(Said {
        title: item.title.as_ref().map(Fact::exact),
        words: facts(&item.actions),
        date: dated(item.period.as_ref().and_then(|p| p.start.as_ref())),
        unfinished: None,
    })
}

/// Orders for tests and services that stand.
pub(super) fn ordered<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Said<'a>> {
    let orders = selection.record.plans.iter().filter(|p| p.kind == PlanKind::Order);
    orders.filter_map(|p| plan(selection, ledger, p)).collect()
}

/// Instructions of documents, then plans that stand.
pub(super) fn home<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Said<'a>> {
    let mut out = sections(selection, SectionKind::Instructions);
    let plans = selection.record.plans.iter().filter(|p| p.kind == PlanKind::CarePlan);
    out.extend(plans.filter_map(|p| plan(selection, ledger, p)));
    out
}

/// Goals that stand.
pub(super) fn goals<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Said<'a>> {
    let mut out = Vec::new();
    for goal in &selection.record.goals {
        let reason = match goal.assertion {
            Assertion::Present => None,
            Assertion::Historical => Some(Reason::Over),
            Assertion::Hypothetical => Some(Reason::NotOrdered),
            Assertion::Absent => Some(Reason::NotDone),
            Assertion::Possible | Assertion::Family => Some(Reason::Unclear),
        };
        let is_private = selection.is_private(&goal.description);
        let reason = if is_private { Some(Reason::Private) } else { reason };
        match (reason, selection.name(&goal.description)) {
            (None, Some(words)) => out.push(Said { title: None, words: vec![words], date: dated(goal.due.as_ref()), unfinished: None }),
            (reason, _) => ledger.hold(goal.entry, reason.unwrap_or(Reason::Unclear)),
        }
    }
    out
}

//! What is to come: appointments, orders, plans, goals, instructions.

use super::context::{Selection, dated};
use super::in_words::sections_of;
use super::value::measured;
use crate::ledger::{Ledger, Reason};
use crate::piece::{Fact, Line, View};
use crate::sheet::{Coming, Said};
use clinical_lexicon::Message;
use clinical_model::{
    Appointment, AppointmentCourse, Assertion, Goal, Moment, Name, PlanItem, PlanKind, Precision, SectionKind, Verbatim,
};
use std::collections::HashSet;

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
    let mut seen: HashSet<Vec<&str>> = HashSet::new();
    let mut out = Vec::new();
    for name in names {
        if seen.insert(name.parts().iter().map(Verbatim::text).collect()) {
            out.push(name.parts().iter().map(Fact::exact).collect());
        }
    }
    out
}

/// Appointments that have not passed, the next one first.
pub(super) fn coming<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Coming<'a>> {
    let mut chosen = Vec::new();
    for appointment in &selection.record.appointments {
        let start = appointment.start.as_ref().and_then(|v| Moment::read(v.text()));
        match appointment.course {
            AppointmentCourse::Off => ledger.hold(appointment.entry, Reason::NotDone),
            AppointmentCourse::Done => ledger.hold(appointment.entry, Reason::PastAppointment),
            // What is today stays on the sheet: the hour may be wrong by a time zone.
            // A date of which only the year is sure may still come until the year is over.
            _ if start.is_some_and(|m| is_over(&m, &selection.now)) => {
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
                    phones: facts(&appointment.phones).into_iter().map(|f| Fact { view: View::Phone, ..f }).collect(),
                    purposes: facts(&appointment.purposes),
                    preparation: facts(&appointment.preparation),
                    status: appointment.status.as_ref().map(Fact::exact),
                    window: window(appointment),
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
                window: Vec::new(),
                open: true,
            },
        ));
    }
    chosen.sort_by_key(|(order, _)| *order);
    chosen.into_iter().map(|(_, c)| c).filter(|c| !is_blank(c)).collect()
}

/// Whether the day of a date has passed.
fn is_over(when: &Moment, now: &Moment) -> bool {
    match when.precision {
        Precision::Year | Precision::Month => when.latest() < now.order(),
        Precision::Day | Precision::Time => when.days() < now.days(),
    }
}

/// The time asked for, where none is fixed.
fn window<'a>(appointment: &Appointment<'a>) -> Vec<Fact<'a>> {
    let asked = appointment.requested.as_ref().filter(|_| appointment.start.is_none());
    asked.into_iter().flat_map(|p| p.start.iter().chain(&p.end)).map(|v| Fact::viewed(View::Date, v)).collect()
}

/// An appointment with nothing in it has no line.
fn is_blank(c: &Coming<'_>) -> bool {
    c.start.is_none() && c.providers.is_empty() && c.places.is_empty() && c.purposes.is_empty()
}

fn plan<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger, item: &PlanItem<'a>) -> Vec<Said<'a>> {
    let over = item.period.as_ref().and_then(|p| p.ended()).is_some_and(|m| selection.is_past(&m));
    let written = item.written.as_ref().and_then(|v| Moment::parse(v.text()));
    let words = item.title.iter().chain(&item.actions).chain(&item.forbidden_actions);
    let patient = selection.record.patient.as_ref();
    let reason = match item.assertion {
        _ if words.clone().any(|w| selection.is_private_text(w.text())) => Some(Reason::Private),
        _ if patient.is_some_and(|p| p.deceased.is_some() || p.deceased_flag.is_some()) => Some(Reason::Deceased),
        Assertion::Present if over => Some(Reason::Over),
        Assertion::Present if item.kind == PlanKind::Order && !selection.this_year(written) => Some(Reason::Older),
        Assertion::Present => None,
        _ if item.on_hold => Some(Reason::OnHold),
        Assertion::Absent => Some(Reason::NotDone),
        Assertion::Historical => Some(Reason::Over),
        Assertion::Hypothetical => Some(Reason::NotOrdered),
        Assertion::Possible | Assertion::Family => Some(Reason::Unclear),
    };
    if let Some(reason) = reason {
        ledger.hold(item.entry, reason);
        return Vec::new();
    }
    let date = dated(item.period.as_ref().and_then(|p| p.start.as_ref())).into();
    let title = item.title.as_ref().map(Fact::exact).into();
    let mut said = Said { title, date, ..Said::of(facts(&item.actions)) };
    said.forbidden = item.forbidden.is_some();
    if let Some(narrative) = item.narrative.as_ref().map(|n| Fact::viewed(View::Markup, n))
        && !narrative.shown().trim().is_empty()
    {
        said.words.push(narrative);
    }
    let not = facts(&item.forbidden_actions).into_iter();
    let not = not.map(|f| Said { forbidden: true, title: Some(f).into(), ..Said::of(Vec::new()) });
    let is_empty = said.title.is_none() && said.words.is_empty();
    let out: Vec<Said<'a>> = Some(said).filter(|_| !is_empty).into_iter().chain(not).collect();
    if out.is_empty() {
        ledger.hold(item.entry, Reason::NoValue);
    }
    out
}

/// Orders for tests and services that stand.
pub(super) fn ordered<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Said<'a>> {
    let orders = selection.record.plans.iter().filter(|p| p.kind == PlanKind::Order);
    orders.flat_map(|p| plan(selection, ledger, p)).collect()
}

/// Instructions of documents, then plans that stand.
pub(super) fn home<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Said<'a>> {
    let mut out = sections_of(selection, &[SectionKind::Instructions, SectionKind::Plan]);
    let plans = selection.record.plans.iter().filter(|p| p.kind == PlanKind::CarePlan);
    out.extend(plans.flat_map(|p| plan(selection, ledger, p)));
    out
}

/// What a goal is measured by.
fn targets<'a>(selection: &Selection<'_, 'a>, goal: &Goal<'a>) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    for target in &goal.targets {
        let measure = target.measure.as_ref().and_then(|c| selection.name(c));
        let detail = target.detail.as_ref().and_then(|v| measured(selection, v)).map(|m| m.line);
        let (Some(measure), Some(detail)) = (measure, detail) else { continue };
        let slots = [("measure", Line::fact(measure)), ("value", detail)];
        out.push(Line::say(selection.lexicon, Message::GoalTarget, &slots));
    }
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
            (None, Some(words)) => out.push(Said {
                date: dated(goal.due.as_ref()).into(),
                extra: targets(selection, goal),
                ..Said::of(vec![words])
            }),
            (reason, _) => ledger.hold(goal.entry, reason.unwrap_or(Reason::Unclear)),
        }
    }
    out
}

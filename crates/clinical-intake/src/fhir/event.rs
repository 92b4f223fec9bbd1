//! Immunization and Procedure: things that were done, or not.

use super::context::Context;
use super::elements::{concept, fact, period};
use clinical_json::Node;
use clinical_model::{Assertion, Concept, EntryId, EntryState, Immunization, Period, Procedure, UnreadReason};

pub(crate) fn read_immunization<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
) -> EntryState {
    let (mut code, mut when, mut status) = (Concept::default(), None, None);
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "vaccineCode" => code = concept(m),
            "occurrenceDateTime" => when = context.date(m),
            "occurrenceString" => when = fact(m),
            "patient" => context.subject(entry, m),
            "status" => status = m.as_str(),
            _ => {}
        }
    }
    if code.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let assertion = match status.as_deref() {
        Some("completed") => Assertion::Present,
        Some("not-done" | "entered-in-error") => Assertion::Absent,
        _ => Assertion::Possible,
    };
    let in_error = status.as_deref() == Some("entered-in-error");
    context.record.immunizations.push(Immunization { entry, assertion, in_error, code, when });
    EntryState::Read
}

pub(crate) fn read_procedure<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let (mut code, mut when, mut status, mut encounter) = (Concept::default(), None, None, None);
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "code" => code = concept(m),
            "performedDateTime" => when = context.date(m).map(|d| Period { start: Some(d), end: None }),
            "performedPeriod" => when = Some(period(m)),
            "performedString" => when = fact(m).map(|d| Period { start: Some(d), end: None }),
            "subject" => context.subject(entry, m),
            "encounter" => encounter = context.resolve(m, node).and_then(|t| t.entry),
            "status" => status = fact(m),
            _ => {}
        }
    }
    if code.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let said = status.as_ref().map(|s| s.text().to_owned());
    let assertion = match said.as_deref() {
        Some("completed" | "in-progress") => Assertion::Present,
        Some("not-done" | "entered-in-error") => Assertion::Absent,
        Some("preparation") => Assertion::Hypothetical,
        _ => Assertion::Possible,
    };
    let in_error = said.as_deref() == Some("entered-in-error");
    context.record.procedures.push(Procedure { entry, assertion, in_error, status, code, when, encounter });
    EntryState::Read
}

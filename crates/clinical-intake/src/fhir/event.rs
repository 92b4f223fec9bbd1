//! Immunization and Procedure: things that were done, or not.

use super::context::Context;
use super::elements::{concept, concepts, fact, period};
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
    let mut out = Procedure {
        entry,
        assertion: Assertion::Possible,
        in_error: false,
        in_progress: false,
        status: None,
        code: Concept::default(),
        body_sites: Vec::new(),
        when: None,
        encounter: None,
    };
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "code" => out.code = concept(m),
            "bodySite" => out.body_sites = concepts(m),
            "performedDateTime" => out.when = context.date(m).map(|d| Period { start: Some(d), end: None }),
            "performedPeriod" => out.when = Some(period(m)),
            "performedString" => out.when = fact(m).map(|d| Period { start: Some(d), end: None }),
            "encounter" => out.encounter = context.resolve(m, node).and_then(|t| t.entry),
            "status" => out.status = fact(m),
            _ => {}
        }
    }
    if out.code.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let status = out.status.as_ref().map(|s| s.text());
    out.assertion = match status {
        Some("completed" | "in-progress") => Assertion::Present,
        Some("not-done" | "entered-in-error") => Assertion::Absent,
        Some("preparation") => Assertion::Hypothetical,
        _ => Assertion::Possible,
    };
    out.in_progress = status == Some("in-progress");
    out.in_error = status == Some("entered-in-error");
    context.record.procedures.push(out);
    EntryState::Read
}

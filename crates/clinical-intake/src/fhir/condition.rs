//! Condition.

use super::context::Context;
use super::elements::{concept, fact, member, notes, period, says};
use clinical_json::{Kind, Node};
use clinical_model::{Assertion, Concept, Condition, EntryId, EntryState, Period, UnreadReason};

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let (mut code, mut clinical, mut verification) = (Concept::default(), None, None);
    let mut onset: Option<Period<'a>> = None;
    let (mut abated, mut abatement) = (false, None);
    let (mut recorded, mut encounter, mut remarks) = (None, None, Vec::new());
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "code" => code = concept(m),
            "clinicalStatus" => clinical = Some(concept(m)),
            "verificationStatus" => verification = Some(concept(m)),
            "onsetDateTime" => onset = context.date(m).map(|d| Period { start: Some(d), end: None }),
            "onsetPeriod" => onset = Some(period(m)),
            "abatementDateTime" => (abated, abatement) = (true, context.date(m)),
            "abatementPeriod" => (abated, abatement) = (true, member(m, "end").or_else(|| member(m, "start"))),
            "abatementString" | "abatementAge" | "abatementRange" => abated = true,
            // DSTU2 and some systems write a boolean here; only "true" says that it is over.
            "abatementBoolean" => abated |= m.scalar_text().is_some_and(|t| t == "true"),
            "recordedDate" => recorded = fact(m),
            "subject" => context.subject(entry, m),
            "encounter" => encounter = context.resolve(m, node).and_then(|t| t.entry),
            "note" => remarks = notes(m),
            _ => {}
        }
    }
    if code.is_empty() {
        match remarks.first() {
            Some(note) => code.text = Some(note.clone()),
            None => return EntryState::Unreadable(UnreadReason::NoSubjectMatter),
        }
    }
    let in_error = says(verification.as_ref(), "entered-in-error");
    let over = ["inactive", "remission", "resolved"].iter().any(|s| says(clinical.as_ref(), s));
    let running = ["active", "recurrence", "relapse"].iter().any(|s| says(clinical.as_ref(), s));
    let unsure = ["unconfirmed", "provisional", "differential"].iter().any(|s| says(verification.as_ref(), s));
    let assertion = if in_error || says(verification.as_ref(), "refuted") {
        Assertion::Absent
    } else if over || (abated && !running) {
        Assertion::Historical
    } else if unsure {
        Assertion::Possible
    } else {
        Assertion::Present
    };
    let mut when = onset.unwrap_or_default();
    if when.start.is_none() {
        when.start = recorded;
    }
    when.end = abatement.or(when.end);
    let status = |c: Option<Concept<'a>>| c.and_then(|c| c.codings.into_iter().find_map(|c| c.code).or(c.text));
    context.record.conditions.push(Condition {
        entry,
        assertion,
        clinical_status: status(clinical),
        verification: status(verification),
        code,
        onset: Some(when).filter(|p| p.start.is_some() || p.end.is_some()),
        in_error,
        encounter,
        notes: remarks,
    });
    EntryState::Read
}

/// The words of a condition or observation for "what for": its code's name.
pub(crate) fn reason_name<'a>(resource: Node<'_, 'a>) -> Option<clinical_model::Verbatim<'a>> {
    let code = resource.get("code")?;
    if code.kind() == Kind::Object { concept(code).name().cloned() } else { fact(code) }
}

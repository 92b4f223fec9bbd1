//! Condition.

use super::context::Context;
use super::elements::{concept, concepts, fact, filled, member, notes, quantity, range, says, worded};
use crate::cues;
use clinical_json::{Kind, Node};
use clinical_model::{Assertion, Concept, Condition, EntryId, EntryState, FindingCode, Period, Severity, UnreadReason};

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let mut out = Condition {
        entry,
        assertion: Assertion::Possible,
        clinical_status: None,
        verification: None,
        code: Concept::default(),
        onset: None,
        onset_words: None,
        onset_age: None,
        onset_range: None,
        recorded: None,
        contradicts: false,
        severity: None,
        body_sites: Vec::new(),
        in_error: false,
        encounter: None,
        notes: Vec::new(),
    };
    let (mut clinical, mut verification) = (None, None);
    let (mut onset, mut abated, mut abatement) = (None, false, None);
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "code" => out.code = concept(m),
            "clinicalStatus" => clinical = Some(concept(m)),
            "verificationStatus" => verification = Some(concept(m)),
            "onsetDateTime" => onset = context.date(m),
            // The end of an onset is when it had begun, not when it was over.
            "onsetPeriod" => onset = member(m, "start"),
            "onsetAge" => out.onset_age = Some(quantity(m)).filter(|q| q.value.is_some()),
            "onsetRange" => out.onset_range = Some(range(m)).filter(|r| r.low.is_some() || r.high.is_some()),
            "onsetString" => out.onset_words = worded(m),
            "abatementDateTime" => (abated, abatement) = (true, context.date(m)),
            "abatementPeriod" => (abated, abatement) = (true, member(m, "end").or_else(|| member(m, "start"))),
            "abatementString" | "abatementAge" | "abatementRange" => abated = true,
            // DSTU2 and some systems write a boolean here; only "true" says that it is over.
            "abatementBoolean" => abated |= m.scalar_text().is_some_and(|t| t == "true"),
            "recordedDate" => out.recorded = fact(m),
            "severity" => out.severity = filled(m),
            "bodySite" => out.body_sites = concepts(m),
            "encounter" => out.encounter = context.resolve(m, node).and_then(|t| t.entry),
            "note" => out.notes = notes(m),
            _ => {}
        }
    }
    if out.code.is_empty() {
        match out.notes.first() {
            Some(note) => out.code.text = Some(note.clone()),
            None => return EntryState::Unreadable(UnreadReason::NoSubjectMatter),
        }
    }
    let clinical_says = |s: &&str| says(clinical.as_ref(), s);
    let verified = |s: &&str| says(verification.as_ref(), s);
    let running = ["active", "recurrence", "relapse"].iter().any(clinical_says);
    out.in_error = verified(&"entered-in-error");
    out.contradicts = running && abated;
    let coded = if out.in_error || verified(&"refuted") {
        Assertion::Absent
    } else if ["inactive", "remission", "resolved"].iter().any(clinical_says) || (abated && !running) {
        Assertion::Historical
    } else if ["unconfirmed", "provisional", "differential"].iter().any(verified) {
        Assertion::Possible
    } else {
        Assertion::Present
    };
    out.assertion = cues::said(coded, &out.code);
    if out.assertion != coded {
        context.find(Severity::Information, FindingCode::WordsDisagree, node);
    }
    out.onset = Some(Period { start: onset, end: abatement }).filter(|p| p.start.is_some() || p.end.is_some());
    let status = |c: Option<Concept<'a>>| c.and_then(|c| c.codings.into_iter().find_map(|c| c.code).or(c.text));
    out.clinical_status = status(clinical);
    out.verification = status(verification);
    context.record.conditions.push(out);
    EntryState::Read
}

/// The words of a condition or observation for "what for": its code's name.
pub(crate) fn reason_name<'a>(resource: Node<'_, 'a>) -> Option<clinical_model::Verbatim<'a>> {
    let code = resource.get("code")?;
    if code.kind() == Kind::Object { concept(code).name().cloned() } else { fact(code) }
}

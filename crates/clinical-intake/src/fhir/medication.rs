//! MedicationRequest, MedicationStatement, MedicationAdministration and Medication.

use super::condition::reason_name;
use super::context::Context;
use super::dosage;
use super::elements::{concept, concepts, elements_of, fact, fitted, is_true, member, notes, period, worded};
use crate::cues::{self, Halt};
use crate::taking;
use clinical_json::{Kind, Node};
use clinical_model::{
    Assertion, CodeSystem, Coding, Concept, Course, EntryId, EntryState, FindingCode, MedicationKind, MedicationUse,
    Period, Severity, UnreadReason,
};

pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    kind: &str,
) -> EntryState {
    let kind = match kind {
        "MedicationRequest" => MedicationKind::Order,
        "MedicationStatement" => MedicationKind::Statement,
        _ => MedicationKind::Administration,
    };
    let mut out = MedicationUse {
        entry,
        kind,
        medicine: Concept::default(),
        medicine_is_ingredients: false,
        medicine_entry: None,
        course: Course::Unstated,
        assertion: Assertion::Possible,
        status: None,
        prohibition: None,
        status_reason: None,
        dosages: Vec::new(),
        written: None,
        taken: None,
        valid: None,
        reported: false,
        reasons: Vec::new(),
        notes: Vec::new(),
        prescriber: None,
        rule: None,
        remarks: Vec::new(),
    };
    let mut intent = None;
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" => out.status = fact(m),
            "intent" => intent = m.as_str(),
            "doNotPerform" if is_true(Some(m)) => out.prohibition = fact(m),
            "statusReason" => out.status_reason = elements_of(m).map(concept).find(|c| !c.is_empty()),
            "medicationCodeableConcept" => out.medicine = medicine(m),
            "medicationReference" => read_reference(context, node, m, &mut out),
            // R5 spelling, met in the wild under an R4 label.
            "medication" => match (m.get("concept"), m.get("reference")) {
                (Some(inner), _) => out.medicine = medicine(inner),
                (None, Some(inner)) => {
                    let reference = if inner.kind() == Kind::Object { inner } else { m };
                    read_reference(context, node, reference, &mut out);
                }
                (None, None) => out.medicine = medicine(m),
            },
            "dosageInstruction" => out.dosages = fitted(elements_of(m).map(|d| dosage::read(context, d))),
            "dosage" if kind == MedicationKind::Statement => {
                out.dosages = fitted(elements_of(m).map(|d| dosage::read(context, d)));
            }
            "authoredOn" | "dateAsserted" => out.written = context.date(m),
            "effectiveDateTime" => out.taken = context.date(m).map(|d| Period { start: Some(d), end: None }),
            "effectivePeriod" => out.taken = Some(period(m)),
            "dispenseRequest" => out.valid = m.get("validityPeriod").map(period),
            "reportedBoolean" => out.reported |= is_true(Some(m)),
            "reportedReference" => out.reported = true,
            "reasonCode" => out.reasons.extend(concepts(m).iter().filter_map(|c| c.name().cloned())),
            "reasonReference" => {
                for reference in elements_of(m) {
                    let name = context.follow(reference, node).and_then(|t| reason_name(t.resource));
                    out.reasons.extend(name.or_else(|| member(reference, "display")));
                }
            }
            "note" => out.notes = notes(m),
            "requester" => out.prescriber = context.named(m, node),
            _ => {}
        }
    }
    out.reasons.retain(|v| !v.text().trim().is_empty());
    let status = out.status.as_ref().map(|s| s.text().to_owned());
    out.course = course(context, node, status.as_deref(), intent.as_deref(), out.prohibition.is_some());
    if let Some(halt) = taking::halt(&out).filter(|_| matches!(out.course, Course::Current | Course::Unstated)) {
        out.course = match halt {
            Halt::Hold => Course::OnHold,
            Halt::Stop => Course::Stopped,
        };
        context.find(Severity::Warning, FindingCode::WordsDisagree, node);
    }
    out.assertion = taking::assertion(out.course);
    if out.medicine.is_empty() {
        context.find(Severity::Error, FindingCode::NoMedicineName, node);
        return EntryState::Unreadable(UnreadReason::NoMedicineName);
    }
    context.record.medications.push(out);
    EntryState::Read
}

/// Where an order stands (safety rule 1). The mistake comes first: what was entered in error says nothing else.
/// Then the prohibition, then a plan that nobody ordered, then the status.
fn course(
    context: &mut Context<'_, '_>,
    node: Node<'_, '_>,
    status: Option<&str>,
    intent: Option<&str>,
    forbidden: bool,
) -> Course {
    if status == Some("entered-in-error") {
        return Course::InError;
    }
    if forbidden {
        return Course::Stopped;
    }
    let planned = matches!(intent, Some("proposal" | "plan" | "option"));
    match status {
        Some("stopped") => Course::Stopped,
        Some("cancelled" | "not-done") => Course::Cancelled,
        Some("not-taken") => Course::NotTaken,
        _ if planned => Course::NotOrdered,
        Some("active" | "in-progress") => Course::Current,
        Some("on-hold") => Course::OnHold,
        Some("completed") => Course::Completed,
        Some("draft" | "intended") => Course::NotOrdered,
        None | Some("unknown") => Course::Unstated,
        Some(_) => {
            if let Some(at) = node.get("status") {
                context.find(Severity::Warning, FindingCode::UnknownStatus, at);
            }
            Course::Unstated
        }
    }
}

/// The medicine behind a reference: the name its resource has, the words of its ingredients where it has none, the
/// reference's own words where it leads nowhere (safety rule 7).
fn read_reference<'d, 'a>(
    context: &mut Context<'d, 'a>,
    holder: Node<'d, 'a>,
    reference: Node<'d, 'a>,
    out: &mut MedicationUse<'a>,
) {
    if let Some(target) = context.follow(reference, holder) {
        out.medicine_entry = target.entry;
        (out.medicine, out.medicine_is_ingredients) = medicine_of(context, target.resource);
    }
    let display = || reference.get("display").and_then(worded).filter(|d| !cues::is_nameless(d.text()));
    if (out.medicine.is_empty() || out.medicine_is_ingredients)
        && let Some(display) = display()
    {
        out.medicine = Concept { text: Some(display), codings: Vec::new() };
        out.medicine_is_ingredients = false;
    }
}

/// The name of a medicine. Words that say that it is not known are no name.
fn medicine<'a>(node: Node<'_, 'a>) -> Concept<'a> {
    let mut out = concept(node);
    let names = |v: &clinical_model::Verbatim<'a>| !cues::is_nameless(v.text());
    out.text = out.text.filter(names);
    out.codings.retain(|c| c.display.as_ref().is_none_or(names));
    out
}

/// What a `Medication` is called: its code, else its only ingredient; else, and then the second is true, a concept
/// without a text that has one coding for each ingredient.
fn medicine_of<'d, 'a>(context: &Context<'d, 'a>, medication: Node<'d, 'a>) -> (Concept<'a>, bool) {
    let code = medication.get("code").map(medicine).unwrap_or_default();
    if !code.is_empty() {
        return (code, false);
    }
    let ingredients = medication.get("ingredient").into_iter().flat_map(elements_of).filter_map(|i| {
        if let Some(item) = i.get("itemCodeableConcept") {
            return Some(medicine(item)).filter(|c| !c.is_empty());
        }
        let item = i.get("itemReference")?;
        let display =
            item.get("display").and_then(worded).map(|text| Concept { text: Some(text), codings: Vec::new() });
        display
            .or_else(|| context.resolve(item, medication)?.resource.get("code").map(medicine).filter(|c| !c.is_empty()))
    });
    let mut ingredients: Vec<Concept<'a>> = ingredients.collect();
    match ingredients.len() {
        0 => (Concept::default(), false),
        1 => (ingredients.remove(0), false),
        _ => {
            let names = ingredients.iter().filter_map(|c| c.name().cloned());
            // No code: none of them is the code of the whole.
            let codings = names.map(|n| Coding { system: CodeSystem::Other, code: None, display: Some(n) }).collect();
            (Concept { text: None, codings }, true)
        }
    }
}

pub(crate) fn read_name<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    match medicine_of(context, node).0.name() {
        Some(name) => {
            context.record.medicine_names.push((entry, name.clone()));
            EntryState::Read
        }
        None => EntryState::Unreadable(UnreadReason::NoMedicineName),
    }
}

//! Observation: results, vital signs, answers.

use super::context::Context;
use super::elements::{
    concept, concept_or_reason, concepts, elements_of, fact, filled, fitted, notes, period, quantity, range, ratio,
    reference_ranges,
};
use super::source_of;
use clinical_json::Node;
use clinical_model::{
    Assertion, Component, Concept, EntryId, EntryState, Observation, ObservationCategory, Period, UnreadReason, Value,
};

fn empty<'a>() -> Component<'a> {
    Component {
        code: Concept::default(),
        value: None,
        absent_reason: None,
        interpretations: Vec::new(),
        ranges: Vec::new(),
    }
}

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let mut out = Observation {
        entry,
        assertion: Assertion::Possible,
        status: None,
        category: ObservationCategory::Unstated,
        body_site: None,
        main: empty(),
        components: Vec::new(),
        members: Vec::new(),
        when: None,
        notes: Vec::new(),
    };
    let mut issued = None;
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" => {
                out.status = fact(m);
                out.assertion = match m.as_str().as_deref() {
                    Some("final" | "amended" | "corrected") => Assertion::Present,
                    Some("cancelled" | "entered-in-error") => Assertion::Absent,
                    _ => Assertion::Possible,
                };
            }
            "category" => out.category = category(m),
            "effectiveDateTime" | "effectiveInstant" => {
                out.when = context.date(m).map(|d| Period { start: Some(d), end: None });
            }
            "effectivePeriod" => out.when = Some(period(m)),
            "issued" => issued = fact(m).map(|d| Period { start: Some(d), end: None }),
            "hasMember" => {
                for reference in elements_of(m) {
                    out.members.extend(context.resolve(reference, node).and_then(|t| t.entry));
                }
            }
            "bodySite" => out.body_site = filled(m),
            "component" => out.components = fitted(elements_of(m).map(|c| component(c))),
            "note" => out.notes = notes(m),
            key => measured(key, m, &mut out.main),
        }
    }
    out.when = out.when.or(issued);
    if out.main.code.is_empty() {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    context.record.observations.push(out);
    EntryState::Read
}

fn component<'a>(node: Node<'_, 'a>) -> Component<'a> {
    let mut out = empty();
    for m in node.members() {
        measured(&m.key().unwrap_or_default(), m, &mut out);
    }
    out
}

/// The members that an observation and its components share.
fn measured<'a>(key: &str, m: Node<'_, 'a>, out: &mut Component<'a>) {
    match key {
        "code" => out.code = concept(m),
        "dataAbsentReason" => out.absent_reason = Some(concept_or_reason(m)).filter(|c| !c.is_empty()),
        "interpretation" => out.interpretations = concepts(m),
        "referenceRange" => out.ranges = reference_ranges(m),
        _ => {
            if let Some(kind) = key.strip_prefix("value") {
                out.value = out.value.take().or_else(|| value(kind, m));
                // A coded "unknown" is no value, but it is why there is none.
                if out.value.is_none() && out.absent_reason.is_none() && kind == "CodeableConcept" {
                    out.absent_reason = Some(concept_or_reason(m)).filter(|c| !c.is_empty());
                }
            }
        }
    }
}

/// The value under a `value[x]` or `detail[x]`.
pub(crate) fn value<'a>(kind: &str, node: Node<'_, 'a>) -> Option<Value<'a>> {
    Some(match kind {
        "Quantity" => {
            let q = quantity(node);
            q.value.as_ref()?;
            Value::Quantity(q)
        }
        "CodeableConcept" => {
            let c = concept(node);
            c.name()?;
            Value::Concept(c)
        }
        "Range" => Value::Range(Box::new(range(node))),
        "Ratio" => Value::Ratio(Box::new(ratio(node))),
        "Period" => Value::Period(period(node)),
        "SampledData" => Value::Recording(source_of(node)),
        "String" | "Boolean" | "Integer" | "Time" | "DateTime" => {
            Value::Scalar(fact(node).filter(|v| !v.text().trim().is_empty())?)
        }
        _ => return None,
    })
}

/// The list an observation belongs to, by the codes of `observation-category`.
fn category(node: Node<'_, '_>) -> ObservationCategory {
    let all = concepts(node);
    let any = |codes: &[&str]| all.iter().any(|c| codes.iter().any(|code| c.has_code(code)));
    if any(&["vital-signs"]) {
        ObservationCategory::VitalSign
    } else if any(&["laboratory", "LAB"]) {
        ObservationCategory::Laboratory
    } else if any(&["imaging", "procedure", "exam", "therapy"]) {
        ObservationCategory::Study
    } else if any(&["survey"]) {
        ObservationCategory::Survey
    } else if any(&["social-history", "activity"]) {
        ObservationCategory::Social
    } else {
        ObservationCategory::Unstated
    }
}

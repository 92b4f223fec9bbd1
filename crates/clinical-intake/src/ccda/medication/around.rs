//! What stands around a medicine: reasons, instructions, remarks, who ordered it and when.

use super::sig::is_sig_holder;
use crate::ccda::context::Context;
use crate::ccda::types::{
    child, children, code_of, concept, down, has_template, is_negated, name, period, time, type_code, within, words,
};
use clinical_model::{Dosage, MedicationKind, MedicationUse, Verbatim};
use clinical_xml::Node;

const INDICATION: &str = "2.16.840.1.113883.10.20.22.4.19";
/// Priority Preference stands under RSON, too, and is no reason.
const PRIORITY: &str = "2.16.840.1.113883.10.20.22.4.143";
/// Instruction of C-CDA, of CCD, and of IHE.
const INSTRUCTIONS: [&str; 3] =
    ["2.16.840.1.113883.10.20.22.4.20", "2.16.840.1.113883.10.20.1.49", "1.3.6.1.4.1.19376.1.5.3.1.4.3"];

/// Reads what the entry's relationships and authors say.
pub(super) fn read<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, out: &mut MedicationUse<'a>) {
    for (relationship, inner) in within(node, "entryRelationship") {
        match inner.tag_name().name() {
            "observation" if is_reason(relationship, inner) => out.reasons.extend(reason(context, inner)),
            "act" if !is_negated(inner) => instruct(context, inner, false, out),
            "supply" => supplied(context, inner, out),
            _ => {}
        }
    }
    for author in children(node, "author") {
        out.written = out.written.take().or_else(|| child(author, "time").and_then(|t| time(context, t)));
        if out.prescriber.is_none() && out.kind == MedicationKind::Order {
            out.prescriber = down(author, &["assignedAuthor", "assignedPerson", "name"]).and_then(name);
        }
    }
    // The patient or a relative says so; nobody here ordered it.
    out.reported |= children(node, "informant").any(|i| {
        let assigned = child(i, "assignedEntity").and_then(code_of).is_some_and(|c| c == "PAT" || c == "ONESELF");
        child(i, "relatedEntity").is_some() || assigned
    });
    let mut seen = std::collections::HashSet::new();
    out.reasons.retain(|r| seen.insert(r.text().to_owned()));
}

fn is_reason(relationship: Node<'_, '_>, observation: Node<'_, '_>) -> bool {
    let marked = has_template(observation, INDICATION) || type_code(relationship) == "RSON";
    marked
        && !has_template(observation, PRIORITY)
        && code_of(observation) != Some("225773000")
        && !is_negated(observation)
}

/// What the medicine is for: the value, else the words of the observation.
fn reason<'d, 'a>(context: &Context<'d, 'a>, observation: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    let value = children(observation, "value").map(|v| concept(context, v)).find(|c| !c.is_empty());
    // A bare code is no reason that anybody could read; the observation's own words may be.
    let worded = value.as_ref().and_then(|v| v.wordings().find(|w| !w.text().trim().is_empty()).cloned());
    worded.or_else(|| child(observation, "text").and_then(|t| words(context, t)))
}

/// Instructions are for the patient; everything else that has words is a remark.
fn instruct<'d, 'a>(context: &Context<'d, 'a>, act: Node<'d, 'a>, is_supply: bool, out: &mut MedicationUse<'a>) {
    let Some(said) = child(act, "text").and_then(|t| words(context, t)) else { return };
    // What stands in a supply is for who hands it out ("generic allowed").
    let to_pharmacist = is_supply || code_of(act) == Some("FINSTRUCT");
    let is_instruction = INSTRUCTIONS.iter().any(|t| has_template(act, t)) || code_of(act) == Some("PINSTRUCT");
    if !is_instruction || to_pharmacist {
        out.notes.push(said);
        return;
    }
    // The directions may quote the instruction: it is then said already.
    let is_said = |d: &Dosage<'_>| d.text.as_ref().is_some_and(|t| t.text().contains(said.text()));
    if out.dosages.iter().any(is_said) {
        return;
    }
    if out.dosages.is_empty() {
        out.dosages.push(Dosage::empty());
    }
    match out.dosages.first_mut() {
        Some(first) if first.patient_instruction.is_none() => first.patient_instruction = Some(said),
        _ => out.notes.push(said),
    }
}

/// The supply order (2.16.840.1.113883.10.20.22.4.17) inside: who ordered it, when, and how long it may be filled.
fn supplied<'d, 'a>(context: &mut Context<'d, 'a>, supply: Node<'d, 'a>, out: &mut MedicationUse<'a>) {
    if supply.attribute("moodCode").map(str::trim) == Some("EVN") {
        return;
    }
    out.valid = out.valid.take().or_else(|| child(supply, "effectiveTime").and_then(|t| period(context, t)));
    for author in children(supply, "author") {
        out.written = out.written.take().or_else(|| child(author, "time").and_then(|t| time(context, t)));
        let who = down(author, &["assignedAuthor", "assignedPerson", "name"]).and_then(name);
        out.prescriber = out.prescriber.take().or(who);
    }
    for (_, inner) in within(supply, "entryRelationship") {
        if inner.tag_name().name() == "act" && !is_negated(inner) {
            instruct(context, inner, true, out);
        }
    }
}

/// The steps of a split or tapered dose: each `substanceAdministration` inside, with its number where it has one.
pub(super) fn steps<'d, 'a>(node: Node<'d, 'a>) -> Vec<(Option<Verbatim<'a>>, Node<'d, 'a>)> {
    within(node, "entryRelationship")
        .filter(|(_, n)| n.tag_name().name() == "substanceAdministration" && !is_sig_holder(*n))
        .map(|(r, n)| (child(r, "sequenceNumber").and_then(|s| clinical_xml::attribute(s, "value")), n))
        .collect()
}

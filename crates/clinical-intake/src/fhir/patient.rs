//! The patient, and the rule that a record has only one.

use super::context::Context;
use super::elements::{elements_of, fact, member};
use super::same_person::{are_one, is_blank};
use crate::Error;
use clinical_json::{Kind, Node};
use clinical_model::{EntryId, EntryState, Patient, Verbatim};

pub(crate) fn read<'a>(context: &mut Context<'_, 'a>, entry: EntryId, node: Node<'_, 'a>) -> EntryState {
    if context.record.patient.is_none() {
        context.record.patient = Some(Patient {
            entry: Some(entry),
            id: member(node, "id"),
            name: node.get("name").map(best_name).unwrap_or_default(),
            birth_date: node.get("birthDate").and_then(|n| context.date(n)),
            deceased: node.get("deceasedDateTime").and_then(|n| context.date(n)),
            deceased_flag: node.get("deceasedBoolean").and_then(fact).filter(|v| v.text() == "true"),
        });
    }
    EntryState::Read
}

/// Of several names the one a person would sign with: a `usual` or `official` one before others, never an old one
/// where there is another.
pub(crate) fn name_to_use<'d, 'a>(names: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
    let rank = |n: &Node<'_, 'a>| match n.get("use").and_then(|u| u.as_str()).as_deref() {
        Some("usual") => 0,
        Some("official") => 1,
        None => 2,
        Some("old" | "maiden") => 9,
        Some(_) => 3,
    };
    elements_of(names).min_by_key(rank)
}

/// The parts of that name in order, or its text.
fn best_name<'a>(names: Node<'_, 'a>) -> Vec<Verbatim<'a>> {
    let Some(name) = name_to_use(names) else { return Vec::new() };
    if name.kind() != Kind::Object {
        return fact(name).into_iter().collect();
    }
    let mut parts = Vec::new();
    for key in ["prefix", "given", "family", "suffix"] {
        parts.extend(name.get(key).into_iter().flat_map(elements_of).filter_map(fact));
    }
    parts.retain(|p| !p.text().trim().is_empty());
    if parts.is_empty() {
        parts.extend(member(name, "text"));
    }
    parts
}

/// One record, one patient (safety rule 17). Two Patient resources, or entries that refer to another patient than the
/// first, refuse the document: a sheet with somebody else's medicines on it is the worst sheet there is.
pub(crate) fn settle(context: &mut Context<'_, '_>) -> Result<(), Error> {
    let counts = |i: &usize| !context.rows[*i].superseded && !context.rows[*i].deleted;
    let is_patient = |i: &usize| context.record.entries[*i].kind == "Patient" && counts(i);
    let mut people = (0..context.rows.len()).filter(is_patient);
    let first = people.next();
    if let (Some(first), Some(second)) = (first, people.next()) {
        return Err(Error::TwoPatients { first, second });
    }
    // The patient as references name them: by entry, by a name outside the document, or as a contained resource.
    let mut known: Option<(usize, Identity<'_>)> = first.map(|i| (i, Identity::Entry(i)));
    let mut described = first.and_then(|i| Some((i, context.rows[i].resource?)));
    for subject in &context.subjects {
        let at = subject.entry.index();
        if let Some(contained) = subject.contained {
            match described {
                Some((first, other)) if !are_one(other, contained) => {
                    return Err(Error::TwoPatients { first, second: at });
                }
                Some((_, other)) if !is_blank(other) => {}
                _ => described = Some((at, contained)),
            }
            continue;
        }
        let identity = match (subject.patient, tail(&subject.reference)) {
            (Some(entry), _) => Identity::Entry(entry.index()),
            (None, Some(tail)) => Identity::Outside(tail),
            (None, None) => continue,
        };
        match &known {
            Some((first, who)) if *who != identity => {
                return Err(Error::TwoPatients { first: *first, second: at });
            }
            Some(_) => {}
            None => known = Some((at, identity)),
        }
    }
    Ok(())
}

/// How a reference names a patient.
#[derive(PartialEq, Eq)]
enum Identity<'s> {
    Entry(usize),
    Outside(&'s str),
}

/// What a reference to a patient outside the document names: `Patient/id`, or a whole `urn:uuid:`. References to a
/// group, a device or a location are about nobody else's record.
fn tail(reference: &str) -> Option<&str> {
    let reference = reference.split("/_history/").next().unwrap_or(reference);
    if reference.starts_with("urn:") {
        return Some(reference);
    }
    let at = reference.rfind("Patient/")?;
    (at == 0 || reference[..at].ends_with('/')).then(|| &reference[at..])
}

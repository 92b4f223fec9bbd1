//! The patient, and the rule that a record has only one.

use super::context::Context;
use super::elements::{elements_of, fact, member};
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
            deceased: node
                .get("deceasedDateTime")
                .or_else(|| node.get("deceasedBoolean"))
                .and_then(fact)
                .filter(|v| v.text() != "false"),
        });
    }
    EntryState::Read
}

/// The name a person would sign with: a `usual` or `official` one before others, never an old one where there is
/// another; its parts in order, or its text.
pub(crate) fn best_name<'a>(names: Node<'_, 'a>) -> Vec<Verbatim<'a>> {
    let rank = |n: &Node<'_, 'a>| match n.get("use").and_then(|u| u.as_str()).as_deref() {
        Some("usual") => 0,
        Some("official") => 1,
        None => 2,
        Some("old" | "maiden") => 9,
        Some(_) => 3,
    };
    let Some(name) = elements_of(names).min_by_key(rank) else { return Vec::new() };
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
    let is_patient = |i: &usize| context.record.entries[*i].kind == "Patient" && !context.rows[*i].superseded;
    let mut people = (0..context.rows.len()).filter(is_patient);
    let first = people.next();
    if let (Some(first), Some(second)) = (first, people.next()) {
        return Err(Error::TwoPatients { first, second });
    }
    let mut known: Option<(usize, String)> = None;
    for (entry, reference) in &context.subjects {
        let resolved = context.entry_named(reference.text());
        let kind = resolved.and_then(|e| context.record.entries.get(e.index())).map(|e| &*e.kind);
        let identity = match (resolved, kind) {
            (Some(e), Some("Patient")) => format!("#{}", e.0),
            (Some(_), _) => continue,
            (None, _) => match tail(reference.text()) {
                Some(tail) => tail.to_owned(),
                None => continue,
            },
        };
        let identity_of_patient = first.map(|i| (i, format!("#{i}")));
        match known.as_ref().or(identity_of_patient.as_ref()) {
            Some((at, who)) if *who != identity => {
                return Err(Error::TwoPatients { first: *at, second: entry.index() });
            }
            Some(_) => {}
            None => known = Some((entry.index(), identity)),
        }
    }
    Ok(())
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

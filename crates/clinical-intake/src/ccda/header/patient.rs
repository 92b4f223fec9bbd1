//! The patient, and the rule that a document has only one (safety rule 17).

use super::people::spelled;
use crate::Error;
use crate::ccda::context::Context;
use crate::ccda::types::{self, child, children, down, null_flavor};
use clinical_model::{Patient, Verbatim};
use clinical_xml::{Node, attribute};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Reads every `recordTarget`. C-CDA allows more than one: the same person as two organisations know them.
pub(super) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    targets: impl Iterator<Item = Node<'d, 'a>>,
) -> Result<(), Error> {
    // The first, and who it is, which is asked where there is another.
    let mut known: Option<(usize, Node<'d, 'a>, OnceCell<Identity>)> = None;
    for target in targets {
        let id = context.entry("patient", target);
        let role = child(target, "patientRole").unwrap_or(target);
        match &known {
            Some((first, other, who)) if !who.get_or_init(|| Identity::of(*other)).is_same(&Identity::of(role)) => {
                return Err(Error::TwoPatients { first: *first, second: id.index() });
            }
            Some(_) => continue,
            None => known = Some((id.index(), role, OnceCell::new())),
        }
        let person = child(role, "patient");
        let inside = |name| person.and_then(|p| child(p, name));
        let birth_date = inside("birthTime").and_then(|n| types::time(context, n));
        let deceased = inside("deceasedTime").and_then(|n| types::time(context, n));
        let name = person.map(best_name).unwrap_or_default();
        // A patient who is also the author or the informant is not one more person.
        context.named.insert(spelled(&name));
        context.record.patient = Some(Patient {
            entry: Some(id),
            id: children(role, "id").find_map(id_of),
            name,
            birth_date,
            deceased,
            deceased_flag: inside("deceasedInd").and_then(|n| attribute(n, "value")).filter(|v| v.text() == "true"),
        });
    }
    Ok(())
}

fn id_of<'a>(id: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    if null_flavor(id).is_some() {
        return None;
    }
    attribute(id, "extension").or_else(|| attribute(id, "root"))
}

/// Of several names the one a person would sign with: the legal one or one of no stated use before others, never one
/// that is over, or the name at birth, where there is another (EntityNameUse; `qualifier="BR"`).
fn best_name<'a>(person: Node<'_, 'a>) -> Vec<Verbatim<'a>> {
    let rank = |n: &Node<'_, 'a>| {
        let is_over = down(*n, &["validTime", "high"]).is_some_and(|h| h.attribute("value").is_some());
        let family: Vec<Node<'_, 'a>> = children(*n, "family").collect();
        let is_of_birth = !family.is_empty() && family.iter().all(|f| has(*f, "qualifier", "BR"));
        match n.attribute("use") {
            _ if null_flavor(*n).is_some() => 9,
            _ if is_over || is_of_birth => 8,
            Some(uses) if uses.split_whitespace().any(|u| u == "L") => 0,
            None => 1,
            Some(_) => 2,
        }
    };
    let Some(name) = children(person, "name").min_by_key(rank) else { return Vec::new() };
    let mut parts = Vec::new();
    for part in ["prefix", "given", "family", "suffix"] {
        let all: Vec<Node<'_, 'a>> = children(name, part).filter(|n| null_flavor(*n).is_none()).collect();
        let today: Vec<Node<'_, 'a>> =
            all.iter().copied().filter(|n| !has(*n, "qualifier", "BR") && !has(*n, "qualifier", "CL")).collect();
        let chosen = if today.is_empty() { all } else { today };
        parts.extend(chosen.into_iter().filter_map(clinical_xml::text));
    }
    if parts.is_empty() && null_flavor(name).is_none() {
        parts.extend(clinical_xml::text(name));
    }
    parts
}

fn has(node: Node<'_, '_>, attribute: &str, word: &str) -> bool {
    node.attribute(attribute).is_some_and(|v| v.split_whitespace().any(|w| w == word))
}

/// What tells one person from another.
struct Identity {
    ids: BTreeSet<(String, String)>,
    birth: Option<String>,
    names: BTreeSet<String>,
}

impl Identity {
    fn of(role: Node<'_, '_>) -> Self {
        let text = |n: Node<'_, '_>, name: &str| n.attribute(name).unwrap_or_default().trim().to_owned();
        let ids =
            children(role, "id").filter(|n| null_flavor(*n).is_none()).map(|n| (text(n, "root"), text(n, "extension")));
        let person = child(role, "patient");
        let names = person.into_iter().flat_map(|p| children(p, "name")).flat_map(|n| {
            let words = clinical_xml::text_of(n).to_lowercase();
            let parts: Vec<String> = children(n, "given")
                .chain(children(n, "family"))
                .map(|part| clinical_xml::text_of(part).to_lowercase())
                .collect();
            if parts.is_empty() { vec![words] } else { parts }
        });
        Self {
            ids: ids.filter(|(root, extension)| !root.is_empty() || !extension.is_empty()).collect(),
            birth: person
                .and_then(|p| child(p, "birthTime"))
                .and_then(|n| n.attribute("value"))
                .map(|v| v.trim().chars().take(8).collect()),
            names: names.filter(|n| !n.is_empty()).collect(),
        }
    }

    /// An id in common is enough, and so are the same name and birth date. One who says nothing of who it is fits.
    fn is_same(&self, other: &Self) -> bool {
        let is_blank = |who: &Self| who.ids.is_empty() && who.birth.is_none() && who.names.is_empty();
        if is_blank(self) || is_blank(other) || self.ids.intersection(&other.ids).next().is_some() {
            return true;
        }
        let names = self.names.is_subset(&other.names) || other.names.is_subset(&self.names);
        let is_named = !self.names.is_empty() && !other.names.is_empty();
        is_named && names && self.birth.is_some() && self.birth == other.birth
    }
}

//! People, places and teams that other entries refer to.

use super::context::Context;
use super::elements::{concept, elements_of, fact, member};
use super::patient::best_name;
use clinical_json::Node;
use clinical_model::{EntryId, EntryState, Person, PersonKind, Verbatim};

pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    kind: &str,
) -> EntryState {
    let kind = match kind {
        "Location" | "Organization" => PersonKind::Place,
        "CareTeam" => PersonKind::Team,
        _ => PersonKind::Person,
    };
    if kind == PersonKind::Team || node.get("patient").is_some() {
        for subject in [node.get("subject"), node.get("patient")].into_iter().flatten() {
            context.subject(entry, subject);
        }
    }
    let name = name_of(node).or_else(|| {
        let practitioner = node.get("practitioner")?;
        member(practitioner, "display").or_else(|| name_of(context.resolve(practitioner, node)?.resource))
    });
    let person = Person { entry, kind, name, phones: phones(node) };
    context.record.people.push(person);
    EntryState::Read
}

/// The name of a resource as one piece of text: a place's name, a person's family name or text, a concept's words.
///
/// A person's name stands in parts; the whole of it is written only where the record has it as one text. The family
/// name alone is what every record has, and it is a fact as it stands.
pub(crate) fn name_of<'a>(node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    let worded = |v: &Verbatim<'a>| !v.text().trim().is_empty();
    if let Some(name) = node.get("name") {
        if let Some(text) = fact(name).filter(worded) {
            return Some(text);
        }
        let whole = elements_of(name).find_map(|n| member(n, "text").filter(worded));
        let family = || elements_of(name).find_map(|n| member(n, "family").filter(worded));
        return whole.or_else(family).or_else(|| best_name(name).into_iter().next());
    }
    for key in ["code", "vaccineCode", "description", "title"] {
        if let Some(found) = node.get(key) {
            return concept(found).name().cloned();
        }
    }
    None
}

/// Telephone numbers. A contact point without a system is not taken for one.
pub(crate) fn phones<'a>(node: Node<'_, 'a>) -> Vec<Verbatim<'a>> {
    node.get("telecom")
        .into_iter()
        .flat_map(elements_of)
        .filter(|t| t.get("system").and_then(Node::as_str).is_some_and(|s| s == "phone"))
        .filter(|t| t.get("use").and_then(Node::as_str).is_none_or(|u| u != "old"))
        .filter_map(|t| member(t, "value"))
        .collect()
}

//! People, places and teams that other entries refer to.

use super::context::Context;
use super::elements::{concept, elements_of, member, worded};
use super::patient::name_to_use;
use clinical_json::Node;
use clinical_model::{EntryId, EntryState, Name, Person, PersonKind, Verbatim};

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
    let name = name_of(context, node);
    let person = Person { entry, kind, name, phones: phones(node) };
    context.record.people.push(person);
    EntryState::Read
}

/// The name of a resource: of a place its one text, of a person the text or the parts. A `PractitionerRole` has the
/// name of who fills it.
pub(crate) fn name_of<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Name<'a>> {
    if let Some(name) = node.get("name").and_then(name_in) {
        return Some(name);
    }
    if let Some(practitioner) = node.get("practitioner") {
        let display = practitioner.get("display").and_then(worded).map(Name::from);
        let named = || context.resolve(practitioner, node)?.resource.get("name").and_then(name_in);
        if let Some(name) = display.or_else(named) {
            return Some(name);
        }
    }
    title_of(node).map(Name::from)
}

/// The name in a `name` element: a text, or a `HumanName`, whose own text goes before its parts.
fn name_in<'a>(name: Node<'_, 'a>) -> Option<Name<'a>> {
    if let Some(text) = worded(name) {
        return Some(text.into());
    }
    let name = name_to_use(name)?;
    if let Some(text) = worded(name).or_else(|| name.get("text").and_then(worded)) {
        return Some(text.into());
    }
    let keys = ["prefix", "given", "family", "suffix"];
    let parts = keys.iter().filter_map(|k| name.get(k)).flat_map(elements_of).filter_map(worded);
    Some(Name(parts.collect())).filter(|n| !n.0.is_empty())
}

/// What a resource without people in it is called: its name as one text, the words of its code, its title.
pub(crate) fn title_of<'a>(node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
    if let Some(text) = node.get("name").and_then(worded) {
        return Some(text);
    }
    for key in ["code", "vaccineCode", "description", "title"] {
        if let Some(found) = node.get(key) {
            return elements_of(found).find_map(|f| concept(f).name().cloned());
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

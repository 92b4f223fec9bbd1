//! FHIR R4 JSON without identity: element by element, as `data/fhir.toml` says.

mod dates;
mod edit;
mod plan;
mod shape;
mod whole;

use std::sync::LazyLock;

use clinical_json::{Document, Node};

use super::edits::apply;
use super::fault::Fault;
use super::pen::{Desk, Removal, Texts};
use super::people::People;
use super::table::{Action, Table};
use crate::policy::Rules;
use plan::Plan;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("../../../data/fhir.toml")));

/// The document without identity, and what was removed. Everything that is not removed stays byte for byte. Several
/// resources, one a line, are one document: what one line says of a person is removed from all.
///
/// # Errors
/// A line that cannot be read, or the wish to stop.
pub fn remove_from_fhir(document: &Document<'_>, rules: &Rules<'_>) -> Result<(String, Vec<Removal>), Fault> {
    if let Some((_, error)) = document.unreadable().first() {
        return Err(Fault::UnreadableLine { line: error.line(), column: error.column() });
    }
    let mut desk = Desk::new(rules, subject(document).as_bytes());
    let people = People::new(rules.known);
    let text = inner(document, &people, &mut desk)?;
    Ok((text, desk.removed))
}

/// The same for a document that may stand within another, of whose people it knows.
pub(super) fn inner(document: &Document<'_>, outer: &People, desk: &mut Desk<'_>) -> Result<String, Fault> {
    let mut people = People::new(&outer.known);
    people.lessons.clone_from(&outer.lessons);
    people.numbers.clone_from(&outer.numbers);
    let plan = Plan::of(document, &mut people, desk.depth);
    desk.check()?;
    desk.scribe.set_year(plan.newest_year);
    let mut texts = Texts::new(&people.known);
    for lesson in &people.lessons {
        texts.learn(lesson, desk)?;
    }
    edit::read(document, &plan, &mut texts, desk)?;
    let edits = edit::edits(document, &plan, &people, &mut texts, desk)?;
    Ok(apply(document.text(), edits))
}

/// Gathers what a document says of its people.
pub(super) fn gather(document: &Document<'_>, people: &mut People, depth: u8) {
    Plan::of(document, people, depth);
}

/// Is it an address of a standard body or published terminology?
pub(super) fn is_standard(uri: &str) -> bool {
    let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"));
    match rest {
        Some(rest) => {
            let host = rest.split(['/', '?', '#', '|', ':']).next().unwrap_or_default();
            let above = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
            std::iter::once(host).chain(above).any(|name| TABLE.get("standard", name).is_some())
        }
        // Object identifiers of HL7 and of the public code systems that it registered.
        None => [
            "urn:oid:2.16.840.1.113883.6.",
            "urn:oid:2.16.840.1.113883.5.",
            "urn:oid:2.16.840.1.113883.4.",
            "urn:oid:2.16.840.1.113883.3.",
            "urn:oid:1.2.840.10008",
            "urn:ietf:",
        ]
        .iter()
        .any(|p| uri.starts_with(p)),
    }
}

/// What tells whose document it is: the first patient's id, or the first reference to one; else the text itself.
fn subject(document: &Document<'_>) -> String {
    let mut referred = None;
    let mut waiting: Vec<Node<'_, '_>> = vec![document.root()];
    while let Some(node) = waiting.pop() {
        if node.get("resourceType").is_some_and(|t| t.as_str().as_deref() == Some("Patient"))
            && let Some(id) = node.get("id").and_then(Node::as_str)
        {
            return id.into_owned();
        }
        for member in node.members().chain(node.get("subject")) {
            if (member.key_is("subject") || member.key_is("patient")) && referred.is_none() {
                let reference = member.get("reference").and_then(Node::as_str);
                referred = reference.map(|r| r.rsplit(['/', ':']).next().unwrap_or_default().to_owned());
            }
        }
        let resources = node.get("entry").into_iter().flat_map(Node::items).filter_map(|e| e.get("resource"));
        let mut next: Vec<_> = node.items().chain(resources).collect();
        next.reverse();
        waiting.extend(next);
    }
    referred.unwrap_or_else(|| document.text().to_owned())
}

fn action(section: &'static str, key: &str) -> Option<Action> {
    TABLE.get(section, key)
}

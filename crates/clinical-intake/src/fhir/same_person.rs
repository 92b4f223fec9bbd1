//! Whether two descriptions are of one person.

use super::elements::{elements_of, member};
use clinical_json::{Kind, Node};
use std::collections::BTreeSet;

/// Two Patient resources, of which one or both are contained in other resources and so have no id that the whole
/// document knows. They are one person where nothing contradicts and something agrees: an identifier, the birth date,
/// the name. A description with nothing in it fits everyone.
pub(crate) fn are_one(a: Node<'_, '_>, b: Node<'_, '_>) -> bool {
    if a.span() == b.span() || a.raw() == b.raw() {
        return true;
    }
    let identifiers = identifiers(a, b);
    let facts = [identifiers, birth(a, b), names(a, b)];
    if identifiers == Fits::Yes || is_blank(a) || is_blank(b) {
        return true;
    }
    facts.contains(&Fits::Yes) && !facts.contains(&Fits::No)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    Yes,
    No,
    Unsaid,
}

/// Whether it says nothing of who the person is.
pub(crate) fn is_blank(node: Node<'_, '_>) -> bool {
    let filled = |key: &&str| node.get(key).is_some_and(|n| elements_of(n).next().is_some());
    !["identifier", "birthDate", "name"].iter().any(filled)
}

/// One identifier in common is enough; two of one system that differ are two people.
fn identifiers(a: Node<'_, '_>, b: Node<'_, '_>) -> Fits {
    let list = |node: Node<'_, '_>| -> BTreeSet<(String, String)> {
        let text = |n: Node<'_, '_>, key| member(n, key).map(|v| v.text().trim().to_owned()).unwrap_or_default();
        let all = node.get("identifier").into_iter().flat_map(elements_of);
        all.map(|i| (text(i, "system"), text(i, "value"))).filter(|(_, value)| !value.is_empty()).collect()
    };
    let (a, b) = (list(a), list(b));
    if a.intersection(&b).next().is_some() {
        return Fits::Yes;
    }
    let clash = a.iter().any(|(system, _)| b.iter().any(|(other, _)| other == system));
    if clash { Fits::No } else { Fits::Unsaid }
}

fn birth(a: Node<'_, '_>, b: Node<'_, '_>) -> Fits {
    match (member(a, "birthDate"), member(b, "birthDate")) {
        (Some(a), Some(b)) if a.text().trim() == b.text().trim() => Fits::Yes,
        (Some(_), Some(_)) => Fits::No,
        _ => Fits::Unsaid,
    }
}

/// Names fit where all words of the shorter are among those of the longer ("Smith", "Ada Smith").
fn names(a: Node<'_, '_>, b: Node<'_, '_>) -> Fits {
    let (a, b) = (words(a), words(b));
    if a.is_empty() || b.is_empty() {
        Fits::Unsaid
    } else if a.is_subset(&b) || b.is_subset(&a) {
        Fits::Yes
    } else {
        Fits::No
    }
}

fn words(node: Node<'_, '_>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for name in node.get("name").into_iter().flat_map(elements_of) {
        let parts = match name.kind() {
            Kind::Object => ["text", "given", "family"].iter().filter_map(|k| name.get(k)).collect(),
            _ => vec![name],
        };
        for text in parts.into_iter().flat_map(elements_of).filter_map(Node::scalar_text) {
            let split = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            out.extend(split.map(str::to_lowercase));
        }
    }
    out
}

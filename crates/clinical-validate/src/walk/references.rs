//! What a reference points to must be of a type that the element allows (R4 2.3.0.1).
//!
//! The type is told by the resource itself where it stands in the document, else by the address.

use super::{Place, Walk, string};
use crate::definitions::Element;
use crate::fhirpath::Surroundings;
use crate::{Code, Severity};
use clinical_json::Node;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashMap;

/// A Bundle, and its entries by their `fullUrl` once somebody asks.
pub(super) struct Bundle<'d, 'a> {
    node: Node<'d, 'a>,
    entries: OnceCell<HashMap<Cow<'a, str>, Node<'d, 'a>>>,
}

impl<'d, 'a> Bundle<'d, 'a> {
    pub(super) fn new(node: Node<'d, 'a>) -> Self {
        Self { node, entries: OnceCell::new() }
    }

    fn entry(&self, url: &str) -> Option<Node<'d, 'a>> {
        let entries = self.entries.get_or_init(|| {
            let all = self.node.get("entry").into_iter().flat_map(Node::items);
            all.filter_map(|entry| Some((string(entry, "fullUrl")?, entry.get("resource")?))).collect()
        });
        entries.get(url).copied()
    }
}

/// What is around a resource: the Bundle that holds it, if one does.
pub(super) struct Around<'b, 'd, 'a> {
    pub(super) bundle: Option<&'b Bundle<'d, 'a>>,
}

impl<'d, 'a> Surroundings<'d, 'a> for Around<'_, 'd, 'a> {
    fn type_of(&self, _: Node<'d, 'a>) -> Option<&'static str> {
        None
    }

    fn resolve(&self, reference: &str) -> Option<Node<'d, 'a>> {
        self.bundle?.entry(reference)
    }

    /// Markup is a family of rules of its own, which says what is wrong and where.
    fn is_safe_narrative(&self, _: &str) -> bool {
        true
    }
}

impl<'d, 'a> Walk<'_, 'd, 'a> {
    /// Holds a Reference against the targets of its element.
    pub(super) fn reference(&mut self, node: Node<'d, 'a>, element: &Element, place: &Place<'_, '_, 'd, 'a>) {
        let targets = self.r4.targets(element);
        if targets.is_empty() {
            return;
        }
        let Some(kind) = string(node, "reference").and_then(|reference| self.target(&reference, place)) else { return };
        if !targets.contains(&kind) {
            let text = format!("The reference points to {kind}; allowed is {}", targets.join(", "));
            self.sink.note(Severity::Error, Code::Structure, "reference-target", node, text);
        }
    }

    fn target(&self, reference: &str, place: &Place<'_, '_, 'd, 'a>) -> Option<&'static str> {
        let named = |kind: &str| self.r4.resource(kind).map(|id| self.r4.definition(id).path);
        if let Some(resource) = place.scope.resolve(reference) {
            return named(&string(resource, "resourceType")?);
        }
        // `Patient/1`, `http://example.org/fhir/Patient/1/_history/2`
        let address = reference.split(['#', '?']).next().unwrap_or_default();
        let address = address.split("/_history/").next().unwrap_or_default();
        let mut steps = address.rsplit('/');
        let (id, kind) = (steps.next()?, steps.next()?);
        let is_address = !id.is_empty() && (steps.next().is_none() || address.starts_with("http"));
        named(kind).filter(|_| is_address)
    }
}

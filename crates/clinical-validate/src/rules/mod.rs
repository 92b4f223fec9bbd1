//! The rules that stand in the specification's text and not in its definitions, one file a family.
//!
//! The walk over the document calls [`Rules::of_resource`] once for each resource and [`Rules::of_element`] for each
//! element whose type has a [`Family`]. What the definitions say already (cardinality, formats, bindings, invariants)
//! is not repeated here.

mod attachment;
mod bundle;
mod coding;
mod date;
mod document;
mod extension;
mod language;
mod markup;
mod message;
mod meta;
mod narrative;
mod narrative_link;
mod neighbours;
mod observation;
mod questionnaire;
mod questionnaire_response;
mod reference;
mod resource_id;
mod search_parameter;
mod search_set;
mod structure_definition;
mod terminology;
mod transaction;
mod ucum;
mod uri;

#[cfg(test)]
mod bench;

use crate::{Code, Mode, Resource, Severity, Sink};
use clinical_json::Node;
use neighbours::Neighbours;
use std::borrow::Cow;

/// The rules for one document, and what they remember of it.
pub(crate) struct Rules<'d, 'a> {
    mode: Mode,
    /// Whether R4 has a resource of this name.
    is_resource: fn(&str) -> bool,
    neighbours: Neighbours<'d, 'a>,
}

/// The types of elements that have rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Family {
    Attachment,
    Canonical,
    CodeableConcept,
    Coding,
    Date,
    Extension,
    Identifier,
    Markdown,
    Meta,
    Narrative,
    Quantity,
    Reference,
    Text,
    Uri,
    Url,
}

/// Where an element stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'p, 'r, 'd, 'a> {
    /// The innermost resource.
    pub(crate) resource: &'p Resource<'r, 'd, 'a>,
    /// The path of the type whose element it is (`Patient`, `Patient.contact`, `Extension`).
    pub(crate) of: &'p str,
    /// The name of the element in JSON (`modifierExtension`, `valueUri`).
    pub(crate) name: &'p str,
}

impl<'d, 'a> Place<'_, '_, 'd, 'a> {
    /// The resource whose contained ones a fragment names: the outer one, for what is contained itself.
    fn container(&self) -> Node<'d, 'a> {
        match self.resource.outer {
            Some(outer) if self.resource.is_contained => outer.node,
            _ => self.resource.node,
        }
    }
}

impl Family {
    /// The family of a type by its name in FHIR.
    pub(crate) fn of(kind: &str) -> Option<Self> {
        Some(match kind {
            "Attachment" => Self::Attachment,
            "canonical" => Self::Canonical,
            "CodeableConcept" => Self::CodeableConcept,
            "Coding" => Self::Coding,
            "date" | "dateTime" | "instant" => Self::Date,
            "Extension" => Self::Extension,
            "Identifier" => Self::Identifier,
            "markdown" => Self::Markdown,
            "Meta" => Self::Meta,
            "Narrative" => Self::Narrative,
            "Quantity" | "Age" | "Count" | "Distance" | "Duration" => Self::Quantity,
            "Reference" => Self::Reference,
            "string" => Self::Text,
            "uri" => Self::Uri,
            "url" => Self::Url,
            _ => return None,
        })
    }
}

impl<'d, 'a> Rules<'d, 'a> {
    /// Nothing seen yet. `is_resource` says whether R4 has a resource of a name.
    pub(crate) fn new(mode: Mode, is_resource: fn(&str) -> bool) -> Self {
        Self { mode, is_resource, neighbours: Neighbours::default() }
    }

    /// Holds one resource against the rules of its type.
    pub(crate) fn of_resource(&mut self, resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
        if self.mode == Mode::Lenient {
            return;
        }
        resource_id::check(resource, sink);
        language::check(resource, sink);
        meta::implicit_rules(resource, sink);
        match resource.kind {
            "Bundle" => {
                bundle::check(resource, self.is_resource, sink);
                search_set::check(resource, self.is_resource, sink);
                transaction::check(resource, self.is_resource, sink);
                document::check(resource, &mut self.neighbours, sink);
                message::check(resource, &mut self.neighbours, sink);
            }
            "Observation" => observation::check(resource, sink),
            "Questionnaire" => questionnaire::check(resource, sink),
            "QuestionnaireResponse" => questionnaire_response::check(resource, sink),
            "SearchParameter" => search_parameter::check(resource, self.is_resource, sink),
            "StructureDefinition" => structure_definition::check(resource, sink),
            "CodeSystem" => terminology::code_system(resource, sink),
            "ValueSet" => terminology::value_set(resource, sink),
            "ConceptMap" => terminology::concept_map(resource, sink),
            _ => {}
        }
    }

    /// Holds one value of an element against the rules of its type: an object for a complex type, the value itself for a
    /// primitive one.
    pub(crate) fn of_element(
        &mut self,
        family: Family,
        node: Node<'d, 'a>,
        place: &Place<'_, '_, 'd, 'a>,
        sink: &mut Sink<'d, 'a>,
    ) {
        let is_strict = self.mode == Mode::Strict;
        match family {
            // What acts is looked for in both modes.
            Family::Narrative => narrative::check(node, place.resource, &mut self.neighbours, self.mode, sink),
            Family::Text => markup::check(node, false, self.mode, sink),
            Family::Markdown => markup::check(node, true, self.mode, sink),
            _ if !is_strict => {}
            Family::Attachment => attachment::check(node, sink),
            Family::Canonical => uri::canonical(node, place, &mut self.neighbours, sink),
            Family::CodeableConcept => coding::concept(node, sink),
            Family::Coding => coding::coding(node, sink),
            Family::Date => date::check(node, sink),
            Family::Extension => extension::check(node, place, sink),
            Family::Identifier => coding::identifier(node, sink),
            Family::Meta => meta::check(node, sink),
            Family::Quantity => ucum::quantity(node, sink),
            Family::Reference => reference::check(node, place, self.is_resource, &mut self.neighbours, sink),
            Family::Uri => {
                uri::defining(node, place, sink);
                narrative_link::check(node, place, &mut self.neighbours, sink);
            }
            Family::Url => {
                uri::url(node, sink);
                narrative_link::check(node, place, &mut self.neighbours, sink);
            }
        }
    }
}

/// The text of a string member.
fn string<'a>(node: Node<'_, 'a>, name: &str) -> Option<Cow<'a, str>> {
    node.get(name)?.as_str()
}

/// The elements of an array member; nothing where there is no array.
fn each<'d, 'a>(node: Node<'d, 'a>, name: &str) -> impl Iterator<Item = Node<'d, 'a>> + use<'d, 'a> {
    node.get(name).into_iter().flat_map(Node::items)
}

/// A warning that something is allowed and probably not meant.
fn warn<'d, 'a>(
    sink: &mut Sink<'d, 'a>,
    code: Code,
    key: &'static str,
    at: Node<'d, 'a>,
    text: impl Into<Cow<'static, str>>,
) {
    sink.note(Severity::Warning, code, key, at, text);
}

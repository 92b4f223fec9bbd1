//! A small walk for the tests of the rules: it finds resources and takes elements for what their names and shapes say.

use super::{Family, Place, Rules};
use crate::{Mode, Report, Resource, Severity, Sink};
use clinical_json::{Document, Kind, Node};

/// The keys of all issues in order of the alphabet, information left out.
pub(super) fn keys(json: &str) -> Vec<String> {
    told(json, Mode::Strict, Severity::Warning)
}

/// The keys of the errors.
pub(super) fn errors(json: &str) -> Vec<String> {
    told(json, Mode::Strict, Severity::Error)
}

/// The keys of the errors of lenient validation.
pub(super) fn lenient(json: &str) -> Vec<String> {
    told(json, Mode::Lenient, Severity::Error)
}

/// No errors and no warnings.
pub(super) fn is_clean(json: &str) -> bool {
    keys(json).is_empty()
}

fn told(json: &str, mode: Mode, worst: Severity) -> Vec<String> {
    let is_told = |severity| {
        severity <= worst
            || (worst == Severity::Warning && json.contains("implicitRules") && severity == Severity::Information)
    };
    let issues = report(json, mode).issues.into_iter().filter(|issue| is_told(issue.severity));
    let mut keys: Vec<String> = issues.map(|issue| issue.key.into_owned()).collect();
    keys.sort();
    keys.dedup();
    keys
}

fn report(json: &str, mode: Mode) -> Report {
    let document = Document::parse(json.as_bytes()).expect("the example is JSON");
    let mut sink = Sink::new(&document);
    let mut rules = Rules::new(mode, |name| {
        ["Basic", "Bundle", "Composition", "Group", "Observation", "Organization", "Patient", "Person", "Practitioner"]
            .contains(&name)
    });
    resource(document.root(), None, false, &mut rules, &mut sink);
    sink.into_report()
}

fn resource<'d, 'a>(
    node: Node<'d, 'a>,
    outer: Option<&Resource<'_, 'd, 'a>>,
    is_contained: bool,
    rules: &mut Rules<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    let kind = node.get("resourceType").and_then(Node::as_str).unwrap_or_default();
    let here = Resource { node, kind: &kind, outer, is_contained };
    rules.of_resource(&here, sink);
    members(node, &kind, &here, rules, sink);
}

fn members<'d, 'a>(
    node: Node<'d, 'a>,
    of: &str,
    here: &Resource<'_, 'd, 'a>,
    rules: &mut Rules<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    for member in node.members() {
        let name = member.key().unwrap_or_default();
        let values: Vec<_> = if member.kind() == Kind::Array { member.items().collect() } else { vec![member] };
        for value in values {
            if value.get("resourceType").is_some() {
                resource(value, Some(here), name == "contained", rules, sink);
                continue;
            }
            let kind = type_of(&name, of, value);
            if let Some(family) = Family::of(kind) {
                rules.of_element(family, value, &Place { resource: here, of, name: &name }, sink);
            }
            members(value, kind, here, rules, sink);
        }
    }
}

fn type_of(name: &str, of: &str, node: Node<'_, '_>) -> &'static str {
    match name {
        "extension" | "modifierExtension" => "Extension",
        "meta" => "Meta",
        "coding" | "tag" | "security" => "Coding",
        "identifier" => "Identifier",
        "content" | "attachment" if node.kind() == Kind::Object => "Attachment",
        "valueQuantity" | "quantity" => "Quantity",
        "code" if node.kind() == Kind::Object => "CodeableConcept",
        "birthDate" => "date",
        "description" => "markdown",
        "library" => "canonical",
        "valueUri" => "uri",
        "url" if of == "Attachment" => "url",
        "url" => "uri",
        "text" if node.kind() == Kind::Object => "Narrative",
        "text" => "string",
        _ if node.get("reference").is_some() || name == "subject" => "Reference",
        _ => "",
    }
}

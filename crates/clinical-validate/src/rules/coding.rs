//! Codes and identifiers (R4 `Coding`, `CodeableConcept`, `Identifier`).

use super::uri::is_absolute;
use super::{each, string, ucum, warn};
use crate::{Code, Sink};
use clinical_json::Node;
use std::collections::HashSet;

/// Code systems whose names have single blanks. A display is "a representation of the meaning of the code in the system,
/// following the rules of the system".
const NAMED: [&str; 2] = ["http://loinc.org", "http://snomed.info/sct"];

/// A code system is named by an absolute URI of its own (R4 `Coding.system`), never by a value set.
pub(super) fn coding<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let system = node.get("system");
    match system.and_then(Node::as_str) {
        Some(text) if !text.is_empty() && !is_absolute(&text) => {
            let text = "Coding.system must be an absolute reference, not a local one";
            sink.error(Code::CodeInvalid, "coding-system", system.unwrap_or(node), text);
        }
        Some(text) if text.starts_with("http://hl7.org/fhir/ValueSet/") => {
            let text = "Coding.system names a value set; it must name the code system";
            sink.error(Code::CodeInvalid, "coding-system-value-set", system.unwrap_or(node), text);
        }
        Some(text) if text == ucum::SYSTEM => ucum::code(node, sink),
        Some(_) => {}
        None if node.get("code").is_some() && node.get("_system").is_none() => {
            let text = "A code without a system has no defined meaning";
            warn(sink, Code::CodeInvalid, "coding-without-system", node, text);
        }
        None => {}
    }
    if let Some(display) = node.get("display")
        && system.and_then(Node::as_str).is_some_and(|system| NAMED.contains(&&*system))
        && display.as_str().is_some_and(|text| text.trim().contains("  "))
    {
        let text = "The display has blanks in a row, and no name of this code system has";
        sink.error(Code::Invalid, "display-whitespace", display, text);
    }
}

/// A coding in a concept stands once.
pub(super) fn concept<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let mut seen = HashSet::new();
    for coding in each(node, "coding") {
        let (Some(system), Some(code)) = (string(coding, "system"), string(coding, "code")) else { continue };
        if !seen.insert((system, string(coding, "version"), string(coding, "display"), code)) {
            warn(sink, Code::Duplicate, "coding-duplicate", coding, "The same coding stands here twice");
        }
    }
}

/// The system of an identifier is an absolute URI; where it is `urn:ietf:rfc:3986` the value is one, too (R4
/// `Identifier.value`).
pub(super) fn identifier<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(at) = node.get("system") else { return };
    let Some(system) = at.as_str() else { return };
    if !system.is_empty() && !is_absolute(&system) {
        let text = "Identifier.system must be an absolute reference, not a local one";
        sink.error(Code::CodeInvalid, "identifier-system", at, text);
    }
    if system == "urn:ietf:rfc:3986"
        && let Some(value) = node.get("value")
        && value.as_str().is_some_and(|value| !is_absolute(&value))
    {
        // A warning only: examples of the specification have bare OIDs there.
        let text = "With the system urn:ietf:rfc:3986 the value should be a full URI with its scheme";
        warn(sink, Code::Invalid, "identifier-uri", value, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, keys};

    fn coded(system: &str) -> String {
        format!(r#"{{"resourceType":"Basic","code":{{"coding":[{{"system":"{system}","code":"x"}}]}}}}"#)
    }

    #[test]
    fn a_system_is_an_absolute_uri_of_a_code_system() {
        assert!(keys(&coded("http://loinc.org")).is_empty());
        assert!(keys(&coded("urn:oid:1.2.3")).is_empty());
        assert_eq!(errors(&coded("loinc")), ["coding-system"]);
        assert_eq!(errors(&coded("http://hl7.org/fhir/ValueSet/x")), ["coding-system-value-set"]);
    }

    #[test]
    fn a_code_without_system_is_a_warning() {
        let json = r#"{"resourceType":"Basic","code":{"coding":[{"code":"x"}]}}"#;
        assert_eq!(keys(json), ["coding-without-system"]);
        assert!(errors(json).is_empty());
    }

    #[test]
    fn a_display_has_no_blanks_in_a_row() {
        let json = |system, display| {
            format!(
                r#"{{"resourceType":"Basic","code":{{"coding":[{{"system":"{system}","code":"x","display":"{display}"}}]}}}}"#
            )
        };
        assert_eq!(errors(&json("http://loinc.org", "Body  weight")), ["display-whitespace"]);
        assert!(keys(&json("http://loinc.org", "Body weight  ")).is_empty(), "outer blanks are told elsewhere");
        assert!(keys(&json("http://a.b", "Body  weight")).is_empty(), "nobody knows the names of that system");
    }

    #[test]
    fn a_coding_stands_once_in_a_concept() {
        let json = r#"{"resourceType":"Basic","code":{"coding":[{"system":"http://a.b","code":"x"},
            {"system":"http://a.b","code":"x"},{"system":"http://a.b","code":"x","display":"X"}]}}"#;
        assert_eq!(keys(json), ["coding-duplicate"]);
    }

    #[test]
    fn identifiers_have_absolute_systems() {
        let json = |system, value| {
            format!(r#"{{"resourceType":"Basic","identifier":[{{"system":"{system}","value":"{value}"}}]}}"#)
        };
        assert!(keys(&json("http://a.b", "1")).is_empty());
        assert_eq!(errors(&json("mrn", "1")), ["identifier-system"]);
        assert_eq!(keys(&json("urn:ietf:rfc:3986", "1")), ["identifier-uri"]);
        assert!(errors(&json("urn:ietf:rfc:3986", "1")).is_empty());
        assert!(keys(&json("urn:ietf:rfc:3986", "urn:oid:1.2")).is_empty());
    }
}

//! Units of UCUM (R4 `Quantity.code`, page Using UCUM with FHIR): the grammar in full, and the units that there are.
//!
//! What is no expression of UCUM is an error. A unit that is not in the list is a warning, because UCUM adds some now
//! and then.

mod atoms;
mod grammar;

use super::string;
use crate::{Code, Severity, Sink};
use clinical_json::Node;
use grammar::{Fault, read};

/// UCUM as a code system.
pub(super) const SYSTEM: &str = "http://unitsofmeasure.org";

/// A Quantity whose code is of UCUM.
pub(super) fn quantity<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    if string(node, "system").is_some_and(|system| system == SYSTEM) {
        code(node, sink);
    }
}

/// The code of an object whose system is UCUM.
pub(super) fn code<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(at) = node.get("code") else { return };
    let Some(text) = at.as_str() else { return };
    match read(&text) {
        Ok(()) => {}
        Err(Fault::Syntax) => sink.error(Code::CodeInvalid, "ucum-syntax", at, "The code is no expression of UCUM"),
        Err(Fault::Unknown) => {
            let text = "The code has the form of a unit of UCUM, but names one that UCUM does not have";
            sink.note(Severity::Warning, Code::CodeInvalid, "ucum-unit", at, text);
        }
        Err(Fault::Annotation) => {
            let text = "What stands in braces in a unit of UCUM has visible characters of ASCII and no blanks";
            sink.note(Severity::Warning, Code::CodeInvalid, "ucum-annotation", at, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn with(unit: &str) -> String {
        format!(
            r#"{{"resourceType":"Observation","subject":{{"display":"a"}},"performer":[],"effectiveDateTime":"2024",
            "valueQuantity":{{"system":"http://unitsofmeasure.org","code":"{unit}"}}}}"#
        )
    }

    #[test]
    fn a_unit_is_an_expression_of_ucum() {
        assert!(is_clean(&with("mm[Hg]")));
        assert_eq!(errors(&with("mg//dL")), ["ucum-syntax"]);
        assert_eq!(keys(&with("tablets")), ["ucum-unit"]);
        assert!(errors(&with("tablets")).is_empty());
        assert_eq!(keys(&with("mL{a b}")), ["ucum-annotation"]);
    }

    #[test]
    fn other_systems_are_left_alone() {
        assert!(is_clean(&with("mg//dL").replace("unitsofmeasure.org", "a.b")));
    }
}

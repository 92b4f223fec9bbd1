//! Profiles (R4, page Profiling, "Slicing"; `StructureDefinition`; `ElementDefinition`).
//!
//! What most of a profile must be is said by invariants (sdf-, eld-).

use super::uri::is_absolute;
use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use clinical_json::Node;
use std::collections::HashSet;

/// The elements of both lists.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    let node = resource.node;
    for list in ["snapshot", "differential"] {
        let Some(list) = node.get(list) else { continue };
        let mut ids = HashSet::new();
        for element in each(list, "element") {
            let path = string(element, "path").unwrap_or_default();
            if !path.is_empty() && !path.contains('.') && element.get("slicing").is_some() {
                sink.error(Code::Invalid, "profile-root-slicing", element, "The root of a profile cannot be sliced");
            }
            if let Some(id) = string(element, "id")
                && !ids.insert(id)
            {
                sink.error(
                    Code::Duplicate,
                    "profile-element-id",
                    element,
                    "Two elements of a profile have the same id",
                );
            }
            bounds(element, sink);
            fixed(element, sink);
            constraints(element, sink);
        }
    }
    let kind = string(node, "type").unwrap_or_default();
    let is_profile = string(node, "derivation").is_some_and(|derivation| derivation == "constraint");
    if is_profile && kind.contains('/') && !is_absolute(&kind) {
        warn(sink, Code::Invalid, "profile-type", node, "The type of a profile is the name of a type or a URL");
    }
}

/// The upper bound is a number or `*` (eld-3); that it is not below the lower one is an invariant's matter (eld-2).
fn bounds<'d, 'a>(element: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(max) = element.get("max") else { return };
    if max.as_str().is_some_and(|max| max != "*" && (max.is_empty() || !max.bytes().all(|byte| byte.is_ascii_digit())))
    {
        sink.error(Code::Value, "profile-max", max, "The upper bound is a number or *");
    }
}

/// A value that the element must be equal to is of the type of the element (R4 `ElementDefinition.fixed[x]` and
/// `pattern[x]`).
fn fixed<'d, 'a>(element: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let mut types = each(element, "type").filter_map(|kind| string(kind, "code"));
    let (Some(kind), None) = (types.next(), types.next()) else { return };
    // `http://hl7.org/fhirpath/System.String` stands for the ids and values of primitives.
    if kind.contains('/') {
        return;
    }
    for member in element.members() {
        let name = member.key().unwrap_or_default();
        let Some(given) = name.strip_prefix("fixed").or_else(|| name.strip_prefix("pattern")) else { continue };
        if !given.is_empty() && !given.eq_ignore_ascii_case(&kind) {
            let text = "The fixed or pattern value is of another type than the element";
            sink.error(Code::Invalid, "profile-fixed-type", member, text);
        }
    }
}

/// The keys of an element's constraints differ (R4 `ElementDefinition.constraint.key`).
fn constraints<'d, 'a>(element: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let mut keys = HashSet::new();
    for constraint in each(element, "constraint") {
        if string(constraint, "key").is_some_and(|key| !keys.insert(key)) {
            let text = "Two constraints of an element have the same key";
            sink.error(Code::Duplicate, "profile-constraint-key", constraint, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean};

    fn profile(elements: &str) -> String {
        format!(r#"{{"resourceType":"StructureDefinition","differential":{{"element":[{elements}]}}}}"#)
    }

    #[test]
    fn the_root_is_not_sliced() {
        assert_eq!(errors(&profile(r#"{"path":"Patient","slicing":{}}"#)), ["profile-root-slicing"]);
        assert!(is_clean(&profile(r#"{"path":"Patient.name","slicing":{}}"#)));
    }

    #[test]
    fn a_fixed_value_is_of_the_type_of_the_element() {
        let json =
            |name| profile(&format!(r#"{{"path":"Patient.active","type":[{{"code":"boolean"}}],"{name}":true}}"#));
        assert!(is_clean(&json("fixedBoolean")));
        assert_eq!(errors(&json("fixedInteger")), ["profile-fixed-type"]);
        assert_eq!(errors(&json("patternString")), ["profile-fixed-type"]);
    }

    #[test]
    fn ids_and_keys_differ_and_bounds_are_numbers() {
        assert_eq!(errors(&profile(r#"{"id":"a"},{"id":"a"}"#)), ["profile-element-id"]);
        assert_eq!(errors(&profile(r#"{"constraint":[{"key":"a"},{"key":"a"}]}"#)), ["profile-constraint-key"]);
        assert_eq!(errors(&profile(r#"{"max":"many"}"#)), ["profile-max"]);
        assert!(is_clean(&profile(r#"{"id":"a","max":"*"},{"id":"b","max":"2"}"#)));
    }
}

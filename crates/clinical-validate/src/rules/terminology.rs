//! Code systems, value sets and concept maps (R4 `CodeSystem`, `ValueSet`, `ConceptMap`).

use super::uri::is_absolute;
use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use clinical_json::Node;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Properties that every code system may use (R4, page CodeSystem, "Defined Properties").
const PROPERTIES: [&str; 12] = [
    "inactive",
    "status",
    "effectiveDate",
    "deprecated",
    "deprecationDate",
    "retirementDate",
    "notSelectable",
    "parent",
    "child",
    "partOf",
    "synonym",
    "comment",
];

/// Codes are unique, the stated count is theirs, and properties are declared.
pub(super) fn code_system<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    let node = resource.node;
    let declared = each(node, "property");
    let declared: HashMap<Cow<'a, str>, Option<Cow<'a, str>>> =
        declared.filter_map(|property| Some((string(property, "code")?, string(property, "type")))).collect();
    let mut codes = HashSet::new();
    let mut count = 0u64;
    let mut waiting: Vec<Node<'d, 'a>> = each(node, "concept").collect();
    while let Some(concept) = waiting.pop() {
        waiting.extend(each(concept, "concept"));
        count += 1;
        if string(concept, "code").is_some_and(|code| !codes.insert(code)) {
            sink.error(Code::Duplicate, "code-duplicate", concept, "A code stands in a code system once");
        }
        for property in each(concept, "property") {
            of_property(property, &declared, sink);
        }
    }
    let content = string(node, "content");
    if content.as_deref() == Some("not-present") && count > 0 {
        let text = "The code system has concepts, and says that none are present";
        sink.error(Code::BusinessRule, "code-content", node, text);
    }
    if content.as_deref() == Some("supplement") && node.get("supplements").is_none() {
        let text = "A supplement must say which code system it supplements";
        sink.error(Code::BusinessRule, "code-supplement", node, text);
    }
    let Some(stated) = node.get("count") else { return };
    let Some(number) = stated.number_text().and_then(|number| number.parse::<u64>().ok()) else { return };
    // "Where the code system has a compositional grammar, the basis of this count is defined by the system steward."
    if node.get("compositional").and_then(Node::as_bool) == Some(true) {
        return;
    }
    match content.as_deref() {
        Some("complete") if number != count => {
            let text = "The code system is complete, and the stated count is not that of its concepts";
            sink.error(Code::BusinessRule, "code-count", stated, text);
        }
        Some("fragment" | "example") if number < count => {
            let text = "The code system has more concepts than the stated count";
            sink.error(Code::BusinessRule, "code-count", stated, text);
        }
        _ => {}
    }
}

fn of_property<'d, 'a>(
    property: Node<'d, 'a>,
    declared: &HashMap<Cow<'a, str>, Option<Cow<'a, str>>>,
    sink: &mut Sink<'d, 'a>,
) {
    let Some(code) = string(property, "code") else { return };
    match declared.get(&code) {
        None if PROPERTIES.contains(&&*code) => {}
        None => {
            let text = "The code system does not declare this property";
            warn(sink, Code::BusinessRule, "code-property", property, text);
        }
        Some(kind) => {
            let value = property.members().find(|member| member.key().is_some_and(|key| key.starts_with("value")));
            let (Some(kind), Some(value)) = (kind.as_deref(), value) else { return };
            let name = value.key().unwrap_or_default();
            let given = name.strip_prefix("value").unwrap_or_default();
            if !given.eq_ignore_ascii_case(kind) {
                let text = "The property has another type than the code system declares";
                sink.error(Code::BusinessRule, "code-property-type", value, text);
            }
        }
    }
}

/// Systems are code systems, and a code is listed once.
pub(super) fn value_set<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(compose) = resource.node.get("compose") else { return };
    for include in each(compose, "include").chain(each(compose, "exclude")) {
        if let Some(system) = include.get("system")
            && let Some(url) = system.as_str().filter(|url| !url.is_empty())
        {
            if !is_absolute(&url) && !url.starts_with('#') {
                sink.error(Code::Invalid, "value-set-system", system, "The system of a value set must be absolute");
            } else if url.starts_with("http://hl7.org/fhir/ValueSet/") {
                let text = "The system of a value set is a value set; it must be a code system";
                sink.error(Code::Invalid, "value-set-system", system, text);
            }
        }
        let mut codes = HashSet::new();
        for concept in each(include, "concept") {
            if string(concept, "code").is_some_and(|code| !codes.insert(code)) {
                warn(sink, Code::Duplicate, "value-set-duplicate", concept, "A code is listed twice");
            }
        }
    }
}

/// A code is mapped in one place of a group.
pub(super) fn concept_map<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    for group in each(resource.node, "group") {
        let mut codes = HashSet::new();
        for element in each(group, "element") {
            if string(element, "code").is_some_and(|code| !codes.insert(code)) {
                warn(sink, Code::Duplicate, "map-duplicate", element, "A code is mapped twice in the same group");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn system(more: &str) -> String {
        format!(
            r#"{{"resourceType":"CodeSystem","content":"complete","property":[{{"code":"p","type":"string"}}],
            "concept":[{{"code":"a","concept":[{{"code":"b"}}]}}]{more}}}"#
        )
    }

    #[test]
    fn codes_are_unique_at_all_levels() {
        assert!(is_clean(&system("")));
        assert_eq!(errors(&system("").replace("\"b\"", "\"a\"")), ["code-duplicate"]);
    }

    #[test]
    fn the_count_is_that_of_the_codes() {
        assert!(is_clean(&system(",\"count\":2")));
        assert_eq!(errors(&system(",\"count\":1")), ["code-count"]);
        assert!(is_clean(&system(",\"count\":9").replace("complete", "fragment")));
        assert_eq!(errors(&system(",\"count\":1").replace("complete", "fragment")), ["code-count"]);
    }

    #[test]
    fn the_content_is_what_it_says() {
        assert_eq!(errors(&system("").replace("complete", "not-present")), ["code-content"]);
        assert_eq!(errors(&system("").replace("complete", "supplement")), ["code-supplement"]);
        assert!(is_clean(&system(r#","supplements":"http://a.b/c""#).replace("complete", "supplement")));
    }

    #[test]
    fn properties_are_declared_with_their_type() {
        let json =
            |property: &str| system("").replace("\"code\":\"b\"", &format!("\"code\":\"b\",\"property\":[{property}]"));
        assert!(is_clean(&json(r#"{"code":"p","valueString":"x"}"#)));
        assert_eq!(errors(&json(r#"{"code":"p","valueBoolean":true}"#)), ["code-property-type"]);
        assert_eq!(keys(&json(r#"{"code":"q","valueString":"x"}"#)), ["code-property"]);
        assert!(is_clean(&json(r#"{"code":"status","valueCode":"x"}"#)));
    }

    #[test]
    fn value_sets_name_code_systems() {
        let json = |url| format!(r#"{{"resourceType":"ValueSet","compose":{{"include":[{{"system":"{url}"}}]}}}}"#);
        assert!(is_clean(&json("http://loinc.org")));
        assert_eq!(errors(&json("loinc")), ["value-set-system"]);
        assert_eq!(errors(&json("http://hl7.org/fhir/ValueSet/x")), ["value-set-system"]);
    }

    #[test]
    fn codes_are_listed_and_mapped_once() {
        let listed = r#"{"resourceType":"ValueSet","compose":{"include":[{"concept":[{"code":"a"},{"code":"a"}]}]}}"#;
        assert_eq!(keys(listed), ["value-set-duplicate"]);
        let mapped = r#"{"resourceType":"ConceptMap","group":[{"element":[{"code":"a"},{"code":"a"}]}]}"#;
        assert_eq!(keys(mapped), ["map-duplicate"]);
    }
}

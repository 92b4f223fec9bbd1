//! Search parameters (R4 `SearchParameter`; page Search, "Modifiers" and the types).

use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use clinical_json::Node;

const CORE: &str = "http://hl7.org/fhir/SearchParameter/";

/// Components, base, modifiers and comparators are what the type allows.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, is_resource: fn(&str) -> bool, sink: &mut Sink<'d, 'a>) {
    let node = resource.node;
    let kind = string(node, "type").unwrap_or_default();
    let components = each(node, "component").count();
    if kind == "composite" && components < 2 {
        let text = "A search parameter of type composite must have two components or more";
        sink.error(Code::BusinessRule, "search-components", node, text);
    }
    if components > 0 && !matches!(&*kind, "composite" | "special" | "") {
        let text = "Only a search parameter of type composite has components";
        warn(sink, Code::BusinessRule, "search-components", node, text);
    }
    derived(node, is_resource, sink);
    if node.get("target").is_some() && kind != "reference" && !kind.is_empty() {
        let text = "Only a search parameter of type reference has targets";
        warn(sink, Code::BusinessRule, "search-target", node, text);
    }
    for modifier in each(node, "modifier") {
        if modifier.as_str().is_some_and(|modifier| !may_be_modified(&kind, &modifier)) {
            let text = "A search parameter of this type does not take this modifier";
            warn(sink, Code::BusinessRule, "search-modifier", modifier, text);
        }
    }
    if node.get("comparator").is_some()
        && !matches!(&*kind, "number" | "date" | "quantity" | "composite" | "special" | "")
    {
        let text = "Only numbers, dates and quantities are compared";
        warn(sink, Code::BusinessRule, "search-comparator", node, text);
    }
}

/// "If a derivedFrom is provided, then the details in the search parameter must be consistent with the definition". In the url of one that the specification defines for a
/// single type that type stands first (`.../Organization-name`); those for several have a word of their own.
fn derived<'d, 'a>(node: Node<'d, 'a>, is_resource: fn(&str) -> bool, sink: &mut Sink<'d, 'a>) {
    let Some(origin) = string(node, "derivedFrom") else { return };
    let name = origin.split('|').next().unwrap_or_default().strip_prefix(CORE);
    let Some((base, _)) = name.and_then(|name| name.split_once('-')) else { return };
    if !is_resource(base) || matches!(base, "Resource" | "DomainResource") {
        return;
    }
    for own in each(node, "base") {
        if own.as_str().is_some_and(|own| own != base) {
            let text = "The search parameter from which this one is derived is not for this type";
            sink.error(Code::BusinessRule, "search-derived", own, text);
        }
    }
}

/// The modifiers of each type (R4, page Search, "Modifiers").
fn may_be_modified(kind: &str, modifier: &str) -> bool {
    match kind {
        _ if modifier == "missing" => true,
        "string" => matches!(modifier, "exact" | "contains" | "text"),
        "token" => matches!(modifier, "text" | "not" | "above" | "below" | "in" | "not-in" | "ofType"),
        "reference" => matches!(modifier, "type" | "identifier" | "above" | "below" | "text"),
        "uri" => matches!(modifier, "above" | "below"),
        "number" | "date" | "quantity" => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn parameter(more: &str) -> String {
        format!(r#"{{"resourceType":"SearchParameter",{more}}}"#)
    }

    #[test]
    fn a_composite_has_two_components() {
        let one = r#""type":"composite","component":[{"definition":"http://a.b/c"}]"#;
        assert_eq!(errors(&parameter(one)), ["search-components"]);
        assert!(is_clean(&parameter(&one.replace("[{", r#"[{"definition":"http://a.b/d"},{"#))));
        assert_eq!(keys(&parameter(&one.replace("composite", "token"))), ["search-components"]);
    }

    #[test]
    fn what_is_derived_is_for_the_same_type() {
        let json = |base| {
            parameter(&format!(
                r#""type":"string","derivedFrom":"http://hl7.org/fhir/SearchParameter/Organization-name","base":["{base}"]"#
            ))
        };
        assert!(is_clean(&json("Organization")));
        assert_eq!(errors(&json("Patient")), ["search-derived"]);
        assert!(is_clean(&json("Patient").replace("Organization-name", "individual-gender")), "it is for several");
    }

    #[test]
    fn modifiers_and_comparators_belong_to_types() {
        assert!(is_clean(&parameter(r#""type":"string","modifier":["exact","missing"]"#)));
        assert_eq!(keys(&parameter(r#""type":"date","modifier":["exact"]"#)), ["search-modifier"]);
        assert_eq!(keys(&parameter(r#""type":"string","comparator":["gt"]"#)), ["search-comparator"]);
        assert_eq!(keys(&parameter(r#""type":"string","target":["Patient"]"#)), ["search-target"]);
    }
}

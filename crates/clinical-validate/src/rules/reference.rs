//! References (R4 `Reference.reference` and `Reference.type`; page References, "Contained Resources"; page Bundle,
//! "Resolving references in Bundles").
//!
//! Whether the target's type is one that the element allows is a matter of the definitions and not looked at here.

use super::neighbours::{Neighbours, Target, surroundings};
use super::uri::is_absolute;
use super::{Place, string, warn};
use crate::{Code, Sink};
use clinical_json::Node;

/// The form of a reference, what it says of its type, and where it leads.
pub(super) fn check<'d, 'a>(
    node: Node<'d, 'a>,
    place: &Place<'_, '_, 'd, 'a>,
    is_resource: fn(&str) -> bool,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    let Some(text) = node.get("reference").and_then(Node::as_str) else {
        let says = ["reference", "_reference", "identifier", "display", "_display", "extension"];
        if !says.iter().any(|name| node.get(name).is_some()) {
            let text = "A reference without a reference or an identifier should at least have a display";
            warn(sink, Code::Structure, "reference-empty", node, text);
        }
        return;
    };
    let target = if let Some(id) = text.strip_prefix('#') {
        // `#` alone is the resource around a contained one.
        if id.is_empty() {
            return;
        }
        let found = neighbours.contained(place.container(), id);
        if found.is_none() {
            let text = "The reference names a contained resource, and none has this id";
            sink.error(Code::Structure, "reference-contained", node, text);
        }
        found
    } else if text.is_empty() {
        None
    } else {
        if !is_absolute(&text) {
            form(&text, node, is_resource, place, neighbours, sink);
        }
        literal(&text, node, place, neighbours, sink)
    };
    let implied = implied(&text, is_resource);
    let actual = target.and_then(|target| string(target, "resourceType"));
    if let (Some(implied), Some(actual)) = (implied, &actual)
        && implied != *actual
    {
        let text = "The address says another type than the resource to which it leads";
        sink.error(Code::Structure, "reference-type", node, text);
    }
    let stated = string(node, "type");
    let stated = stated.as_deref().map(|t| t.strip_prefix("http://hl7.org/fhir/StructureDefinition/").unwrap_or(t));
    if let (Some(stated), Some(actual)) = (stated, actual.as_deref().or(implied))
        && stated != actual
        && !(stated.is_empty() || matches!(stated, "Resource" | "DomainResource"))
    {
        let text = "Reference.type says another type than the reference";
        sink.error(Code::Structure, "reference-type", node, text);
    }
}

/// A relative reference is a type and an id, with a version or without; in a transaction a search may stand instead (R4,
/// page RESTful API, "Conditional References").
fn form<'d, 'a>(
    text: &str,
    node: Node<'d, 'a>,
    is_resource: fn(&str) -> bool,
    place: &Place<'_, '_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    let parts: Vec<&str> = text.split('#').next().unwrap_or_default().splitn(6, '/').collect();
    let is_right = match parts.as_slice() {
        [kind, id] | [kind, id, "_history", _] => is_resource(kind) && is_id(id),
        _ => false,
    };
    if is_right {
        return;
    }
    let bundle = surroundings(place.resource).and_then(|(outer, _)| neighbours.group(outer.node).kind.as_deref());
    if matches!(bundle, Some("transaction" | "batch"))
        && text.split_once('?').is_some_and(|(kind, _)| is_resource(kind))
    {
        return;
    }
    if bundle.is_some() && !matches!(parts.len(), 2 | 4) {
        let text = "A relative reference must be a type and an id";
        return sink.error(Code::Invalid, "reference-form", node, text);
    }
    warn(
        sink,
        Code::Invalid,
        "reference-form",
        node,
        "A relative reference should be a type and an id: this is neither",
    );
}

/// Follows a reference that is no fragment.
fn literal<'d, 'a>(
    text: &str,
    node: Node<'d, 'a>,
    place: &Place<'_, '_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) -> Option<Node<'d, 'a>> {
    match neighbours.resolve(place.resource, text) {
        Target::Found(target) => return Some(target),
        Target::Alone => {}
        Target::Elsewhere => {
            let text = "An entry has this type and id, but its fullUrl is not what the reference means here";
            warn(sink, Code::NotFound, "reference-base", node, text);
        }
        Target::NoBase => {
            let bundle = surroundings(place.resource).and_then(|(o, _)| neighbours.group(o.node).kind.as_deref());
            // Where resources have no identity yet, what they refer to is settled by the server.
            let is_open =
                matches!(bundle, Some("transaction" | "batch" | "transaction-response" | "batch-response") | None);
            if !is_open {
                let text = "A relative reference needs a base, and the entry has no fullUrl";
                sink.error(Code::Required, "reference-no-base", node, text);
            }
        }
        Target::NotFound => {
            let is_bundle = surroundings(place.resource).is_some_and(|(outer, _)| outer.kind == "Bundle");
            if is_bundle && (text.starts_with("urn:uuid:") || text.starts_with("urn:oid:")) {
                let text = "The reference is a URN, and no entry of the Bundle has it as fullUrl";
                warn(sink, Code::NotFound, "reference-not-found", node, text);
            } else if !is_bundle && !is_absolute(text) {
                in_parameters(text, node, place, neighbours, sink);
            }
        }
    }
    None
}

/// Parameters are no Bundle: a relative reference may mean a resource of the server, but where others of its type are
/// handed over beside it, one that is missing is probably a slip.
fn in_parameters<'d, 'a>(
    text: &str,
    node: Node<'d, 'a>,
    place: &Place<'_, '_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    let Some((outer, _)) = surroundings(place.resource) else { return };
    let Some((kind, _)) = text.split_once('/') else { return };
    if neighbours.group(outer.node).has_type(kind) {
        let text = "The Parameters hold resources of this type, but not the one that is referred to";
        warn(sink, Code::NotFound, "reference-not-found", node, text);
    }
}

/// The type that an address ends with: `http://a.b/fhir/Patient/1/_history/2`.
pub(super) fn implied(text: &str, is_resource: fn(&str) -> bool) -> Option<&str> {
    let address = text.split(['#', '?']).next()?.split("/_history/").next()?;
    let mut steps = address.rsplit('/');
    let (id, kind) = (steps.next()?, steps.next()?);
    let is_address = steps.next().is_none() || address.starts_with("http");
    (is_address && is_id(id) && is_resource(kind)).then_some(kind)
}

/// `[A-Za-z0-9\-\.]{1,64}`
pub(super) fn is_id(id: &str) -> bool {
    matches!(id.len(), 1..=64) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn patient(reference: &str) -> String {
        format!(r#"{{"resourceType":"Patient","generalPractitioner":[{{"reference":"{reference}"}}]}}"#)
    }

    fn bundle(kind: &str, base: &str, reference: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","type":"{kind}","entry":[
            {{"fullUrl":"{base}","resource":{{"resourceType":"Patient","id":"1",
              "managingOrganization":{{"reference":"{reference}"}}}}}},
            {{"fullUrl":"http://a.b/fhir/Organization/2","resource":{{"resourceType":"Organization","id":"2"}}}},
            {{"fullUrl":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520","resource":{{"resourceType":"Organization"}}}}]}}"#
        )
    }

    #[test]
    fn a_relative_reference_is_a_type_and_an_id() {
        for good in ["Practitioner/1", "Practitioner/1/_history/2", "http://a.b/x", "urn:uuid:x"] {
            assert!(keys(&patient(good)).is_empty(), "{good}");
        }
        for odd in ["1", "Nobody/1", "Practitioner/a b", "a/b/c", "Practitioner/"] {
            assert_eq!(keys(&patient(odd)), ["reference-form"], "{odd}");
            assert!(errors(&patient(odd)).is_empty(), "{odd}");
        }
    }

    #[test]
    fn a_fragment_names_a_contained_resource() {
        assert_eq!(errors(&patient("#a")), ["reference-contained"]);
        let json =
            patient("#a").replace("\"generalP", r#""contained":[{"resourceType":"Practitioner","id":"a"}],"generalP"#);
        assert!(is_clean(&json));
    }

    #[test]
    fn a_contained_resource_refers_to_its_neighbours_and_its_container() {
        let json = r##"{"resourceType":"Patient","contained":[
            {"resourceType":"Practitioner","id":"a"},
            {"resourceType":"PractitionerRole","id":"b","practitioner":{"reference":"#a"},"organization":{"reference":"#"}}]}"##;
        assert!(is_clean(json));
        assert_eq!(errors(&json.replace("\"#a\"", "\"#c\"")), ["reference-contained"]);
    }

    #[test]
    fn the_type_that_is_stated_is_the_type_that_is_meant() {
        let json = |kind| {
            format!(r#"{{"resourceType":"Basic","subject":{{"reference":"http://a.b/Patient/1","type":"{kind}"}}}}"#)
        };
        assert!(keys(&json("Patient")).is_empty());
        assert!(keys(&json("http://hl7.org/fhir/StructureDefinition/Patient")).is_empty());
        assert_eq!(errors(&json("Group")), ["reference-type"]);
    }

    #[test]
    fn references_in_a_bundle_are_relative_to_the_full_url() {
        let base = "http://a.b/fhir/Patient/1";
        assert!(is_clean(&bundle("collection", base, "Organization/2")));
        assert!(is_clean(&bundle("collection", base, "http://a.b/fhir/Organization/2")));
        assert!(is_clean(&bundle("collection", base, "http://a.b/fhir/Organization/2/_history/1")));
        assert!(is_clean(&bundle("collection", base, "urn:uuid:c757873d-ec9a-4326-a141-556f43239520")));
        assert!(is_clean(&bundle("collection", base, "Organization/3")), "it may be on the server");
        let other = "http://c.d/fhir/Patient/1";
        assert_eq!(keys(&bundle("collection", other, "Organization/2")), ["reference-base"]);
    }

    #[test]
    fn a_urn_without_entry_is_a_warning() {
        let json = bundle("collection", "http://a.b/fhir/Patient/1", "urn:uuid:00000000-ec9a-4326-a141-556f43239520");
        assert_eq!(keys(&json), ["reference-not-found"]);
        assert!(errors(&json).is_empty());
    }

    #[test]
    fn an_address_leads_to_its_type() {
        let json = r#"{"resourceType":"Bundle","type":"transaction","entry":[
            {"fullUrl":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520","resource":{"resourceType":"Patient"}},
            {"resource":{"resourceType":"Basic","subject":{"reference":
              "urn:uuid:c757873d-ec9a-4326-a141-556f43239520","type":"Group"}}}]}"#;
        assert_eq!(errors(json), ["reference-type"]);
    }

    #[test]
    fn a_transaction_may_refer_by_search() {
        let base = "http://a.b/fhir/Patient/1";
        assert!(is_clean(&bundle("transaction", base, "Organization?identifier=x")));
        assert_eq!(errors(&bundle("collection", base, "Organization?identifier=x")), ["reference-form"]);
    }

    #[test]
    fn without_full_url_a_relative_reference_has_no_base() {
        let json = |kind| {
            format!(
                r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{{"resource":{{"resourceType":"Basic","id":"1",
                "subject":{{"reference":"Patient/1"}}}}}}]}}"#
            )
        };
        assert_eq!(errors(&json("collection")), ["full-url", "reference-no-base"]);
        assert!(is_clean(&json("transaction")));
    }

    #[test]
    fn in_parameters_a_missing_neighbour_is_a_warning() {
        let json = |id| {
            format!(
                r#"{{"resourceType":"Parameters","parameter":[{{"name":"a","resource":{{"resourceType":"Patient","id":"1"}}}},
                {{"name":"b","resource":{{"resourceType":"Basic","subject":{{"reference":"Patient/{id}"}}}}}}]}}"#
            )
        };
        assert!(is_clean(&json(1)));
        assert_eq!(keys(&json(2)), ["reference-not-found"]);
        assert!(errors(&json(2)).is_empty());
    }

    #[test]
    fn a_reference_says_something() {
        assert_eq!(keys(r#"{"resourceType":"Basic","subject":{"type":"Patient"}}"#), ["reference-empty"]);
        assert!(keys(r#"{"resourceType":"Basic","subject":{"display":"x"}}"#).is_empty());
    }
}

//! Entries of a Bundle (R4 `Bundle.entry.fullUrl`).

use super::reference::{implied, is_id};
use super::uri::is_absolute;
use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use clinical_json::Node;
use std::borrow::Cow;
use std::collections::HashMap;

/// A type and an id.
type Address<'a> = (Cow<'a, str>, Cow<'a, str>);

/// Each entry's identity.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, is_resource: fn(&str) -> bool, sink: &mut Sink<'d, 'a>) {
    let bundle = resource.node;
    let kind = string(bundle, "type").unwrap_or_default();
    if matches!(&*kind, "document" | "message") && each(bundle, "entry").next().is_none() {
        sink.error(Code::Invalid, "bundle-no-entry", bundle, "A document or message must have entries");
    }
    // "The fullUrl element SHALL have a value", except where resources have no identity yet.
    let is_optional = matches!(&*kind, "transaction" | "transaction-response" | "batch" | "batch-response");
    // The fullUrl under which a type and an id stood last.
    let mut addresses: HashMap<Address<'a>, Option<Cow<'a, str>>> = HashMap::new();
    for entry in each(bundle, "entry") {
        let inner = entry.get("resource");
        let url = string(entry, "fullUrl");
        match &url {
            Some(url) => full_url(url, entry, is_optional, is_resource, sink),
            None if inner.is_some() && !is_optional => {
                let text = "Except in transactions and batches, an entry must have a fullUrl";
                sink.error(Code::Invalid, "full-url", entry, text);
            }
            None => {}
        }
        let Some(inner) = inner else { continue };
        let (Some(inner_kind), Some(id)) = (string(inner, "resourceType"), string(inner, "id")) else { continue };
        if kind != "history" {
            let before = addresses.insert((inner_kind, id), url.clone());
            // Of the same fullUrl an invariant speaks (bdl-7).
            if before.is_some_and(|before| before.is_none() || before != url) && base(url.as_deref()).is_none() {
                let text = "Two entries have a resource of the same type and id";
                warn(sink, Code::Duplicate, "entry-duplicate", entry, text);
            }
        }
    }
}

/// The base of an address on a server: the same type and id on two servers are two resources.
fn base(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("http"))
}

/// "The fullUrl SHALL NOT disagree with the id in the resource": one that looks like an address on a server ends with the
/// type and the id.
fn full_url<'d, 'a>(
    url: &str,
    entry: Node<'d, 'a>,
    is_optional: bool,
    is_resource: fn(&str) -> bool,
    sink: &mut Sink<'d, 'a>,
) {
    if url.is_empty() {
        return;
    }
    if !is_absolute(url) {
        return sink.error(Code::Invalid, "full-url-absolute", entry, "The fullUrl must be an absolute URL");
    }
    let Some(inner) = entry.get("resource") else { return };
    let Some(implied) = implied(url, is_resource).filter(|_| url.starts_with("http")) else { return };
    let last = url.rsplit('/').next().unwrap_or_default();
    match string(inner, "id") {
        Some(id) if is_id(&id) => {
            // A version in the address is an invariant's matter (bdl-8).
            let is_same = last == id || url.contains("/_history/");
            if !is_same || string(inner, "resourceType").is_some_and(|kind| kind != implied) {
                let text =
                    "The fullUrl looks like an address on a server; it must end with the type and id of the resource";
                sink.error(Code::Invalid, "full-url-id", entry, text);
            }
        }
        None if !is_optional => {
            let text = "The fullUrl looks like an address on a server, but the resource has no id";
            sink.error(Code::Invalid, "full-url-id", entry, text);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn bundle(kind: &str, entry: &str) -> String {
        format!(r#"{{"resourceType":"Bundle","type":"{kind}","entry":[{entry}]}}"#)
    }

    fn entry(url: &str, id: &str) -> String {
        format!(r#"{{"fullUrl":"{url}","resource":{{"resourceType":"Patient","id":"{id}"}}}}"#)
    }

    #[test]
    fn a_full_url_is_absolute_and_agrees_with_the_resource() {
        for good in ["http://a.b/fhir/Patient/1", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "http://a.b/c"] {
            assert!(is_clean(&bundle("collection", &entry(good, "1"))), "{good}");
        }
        for (bad, key) in [
            ("Patient/1", "full-url-absolute"),
            ("http://a.b/fhir/Patient/2", "full-url-id"),
            ("http://a.b/fhir/Person/1", "full-url-id"),
        ] {
            assert_eq!(errors(&bundle("collection", &entry(bad, "1"))), [key], "{bad}");
        }
    }

    #[test]
    fn a_full_url_of_a_server_needs_an_id() {
        let json = r#"{"fullUrl":"http://a.b/fhir/Patient/1","resource":{"resourceType":"Patient"}}"#;
        assert_eq!(errors(&bundle("collection", json)), ["full-url-id"]);
        assert!(is_clean(&bundle("transaction", json)));
    }

    #[test]
    fn only_transactions_and_batches_do_without_full_url() {
        let json = r#"{"resource":{"resourceType":"Patient","id":"1"}}"#;
        for kind in ["transaction", "batch", "batch-response", "transaction-response"] {
            assert!(is_clean(&bundle(kind, json)), "{kind}");
        }
        assert_eq!(errors(&bundle("history", json)), ["full-url"]);
        assert!(
            is_clean(&bundle("history", r#"{"request":{"method":"DELETE","url":"Patient/1"}}"#)),
            "nothing is there"
        );
    }

    #[test]
    fn a_resource_stands_in_a_bundle_once() {
        let twice =
            |first: &str, second: &str| bundle("collection", &format!("{},{}", entry(first, "1"), entry(second, "1")));
        let [one, two] =
            ["urn:uuid:c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:d757873d-ec9a-4326-a141-556f43239520"];
        assert_eq!(keys(&twice(one, two)), ["entry-duplicate"]);
        assert!(is_clean(&twice("http://a.b/Patient/1", "http://c.d/Patient/1")), "two servers");
    }

    #[test]
    fn documents_have_entries() {
        assert_eq!(errors(r#"{"resourceType":"Bundle","type":"message"}"#), ["bundle-no-entry"]);
        assert!(is_clean(r#"{"resourceType":"Bundle","type":"collection"}"#));
    }
}

//! Requests and responses of batches, transactions and histories (R4, page RESTful API, "batch/transaction";
//! `Bundle.entry.request`).
//!
//! That they are there is a matter of invariants (bdl-3, bdl-4).

use super::reference::is_id;
use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use clinical_json::Node;

/// Each entry's request and response.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, is_resource: fn(&str) -> bool, sink: &mut Sink<'d, 'a>) {
    let bundle = resource.node;
    let kind = string(bundle, "type").unwrap_or_default();
    for entry in each(bundle, "entry") {
        if let Some(status) = entry.get("response").and_then(|response| response.get("status")) {
            // "The status SHALL start with a 3 digit HTTP code".
            let is_code = status
                .as_str()
                .is_none_or(|text| text.len() >= 3 && text.bytes().take(3).all(|byte| byte.is_ascii_digit()));
            if !is_code {
                sink.error(
                    Code::Value,
                    "response-status",
                    status,
                    "The status must begin with the three digits of HTTP",
                );
            }
        }
        if matches!(&*kind, "transaction" | "batch") {
            request(entry, is_resource, sink);
        }
    }
}

fn request<'d, 'a>(entry: Node<'d, 'a>, is_resource: fn(&str) -> bool, sink: &mut Sink<'d, 'a>) {
    let Some(request) = entry.get("request") else { return };
    let (Some(method), Some(url)) = (string(request, "method"), string(request, "url")) else { return };
    let inner = entry.get("resource");
    let kind = inner.and_then(|inner| string(inner, "resourceType"));
    let path = url.split('?').next().unwrap_or_default().trim_start_matches('/');
    let steps: Vec<&str> = path.splitn(4, '/').collect();
    match &*method {
        "POST" => {
            // A create is on the type itself; operations and searches have other paths.
            if let ([asked], Some(kind)) = (steps.as_slice(), &kind)
                && is_resource(asked)
                && asked != kind
            {
                let text = "The request creates another type than that of the resource";
                sink.error(Code::Invalid, "request-type", request, text);
            }
        }
        "PUT" => {
            let Some(inner) = inner else {
                sink.error(Code::Required, "request-resource", entry, "A PUT must have a resource");
                return;
            };
            let ([asked, ..], Some(kind)) = (steps.as_slice(), &kind) else { return };
            if is_resource(asked) && asked != kind {
                let text = "The request updates another type than that of the resource";
                sink.error(Code::Invalid, "request-type", request, text);
            }
            // A server refuses an update whose id is not that of the resource (R4, page RESTful API, "update").
            if let [_, asked] = steps.as_slice()
                && is_id(asked)
                && string(inner, "id").is_some_and(|id| id != *asked)
            {
                let text = "The request updates another id than that of the resource";
                sink.error(Code::Invalid, "request-id", request, text);
            }
        }
        "GET" | "HEAD" | "DELETE" if inner.is_some() => {
            let text = "A request of this method should have no resource";
            warn(sink, Code::Invalid, "request-resource", entry, text);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn request(method: &str, url: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","type":"transaction","entry":[{{"resource":{{"resourceType":"Patient","id":"1"}},
            "request":{{"method":"{method}","url":"{url}"}}}}]}}"#
        )
    }

    #[test]
    fn a_request_is_for_the_resource_of_its_entry() {
        for (method, url) in [
            ("POST", "Patient"),
            ("POST", "Patient/$validate"),
            ("PUT", "Patient/1"),
            ("PUT", "Patient?identifier=x"),
            ("PATCH", "Observation/1"),
        ] {
            assert!(is_clean(&request(method, url)), "{method} {url}");
        }
        assert_eq!(errors(&request("POST", "Person")), ["request-type"]);
        assert_eq!(errors(&request("PUT", "Person/1")), ["request-type"]);
        assert_eq!(errors(&request("PUT", "Patient/2")), ["request-id"]);
        assert_eq!(keys(&request("GET", "Patient/1")), ["request-resource"]);
    }

    #[test]
    fn an_update_has_a_resource() {
        let json =
            r#"{"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"PUT","url":"Patient/1"}}]}"#;
        assert_eq!(errors(json), ["request-resource"]);
    }

    #[test]
    fn a_status_begins_with_three_digits() {
        let json = |status| {
            format!(
                r#"{{"resourceType":"Bundle","type":"batch-response","entry":[{{"response":{{"status":"{status}"}}}}]}}"#
            )
        };
        assert!(is_clean(&json("201")));
        assert!(is_clean(&json("201 Created")));
        assert_eq!(errors(&json("created")), ["response-status"]);
    }
}

//! URIs (R4, page Data Types, `uri`, `url` and `canonical`; page References, "Canonical URLs").

use super::neighbours::Neighbours;
use super::{Place, warn};
use crate::{Code, Sink};
use clinical_json::Node;

/// Hosts that stand for nobody (RFC 2606, and the firm of all examples).
const EXAMPLES: [&str; 4] = ["example.org", "example.com", "example.net", "acme.com"];

/// Whether a URI has a scheme (RFC 3986 3.1).
pub(super) fn is_absolute(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    !rest.is_empty()
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// A canonical URL is absolute, or a fragment that names a contained resource. A warning only: the examples of
/// the specification itself refer by relative addresses.
pub(super) fn canonical<'d, 'a>(
    node: Node<'d, 'a>,
    place: &Place<'_, '_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    let Some(value) = node.as_str() else { return };
    if let Some(id) = value.strip_prefix('#') {
        if !id.is_empty() && neighbours.contained(place.container(), id).is_none() {
            let text = "The canonical URL names a contained resource, and none has this id";
            sink.error(Code::NotFound, "canonical-contained", node, text);
        }
    } else if !value.is_empty() && !is_absolute(&value) {
        let text = "A canonical URL should be absolute or a fragment";
        warn(sink, Code::Invalid, "canonical-relative", node, text);
    }
}

/// The `url` by which a definition is known to the world is absolute.
pub(super) fn defining<'d, 'a>(node: Node<'d, 'a>, place: &Place<'_, '_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    if place.name != "url" || place.of != place.resource.kind {
        return;
    }
    if node.as_str().is_some_and(|value| !value.is_empty() && !is_absolute(&value)) {
        let text = "The canonical URL of a definition must be absolute";
        sink.error(Code::Invalid, "canonical-absolute", node, text);
    }
}

/// An address at which content is said to lie should not be one of an example.
pub(super) fn url<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(value) = node.as_str() else { return };
    let Some((_, rest)) = value.split_once("://") else { return };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_example = EXAMPLES
        .iter()
        .any(|example| host.strip_suffix(example).is_some_and(|before| before.is_empty() || before.ends_with('.')));
    if is_example {
        let text = "This is an address of an example: nothing can be fetched there";
        warn(sink, Code::Invalid, "example-url", node, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{errors, keys};

    #[test]
    fn an_absolute_uri_has_a_scheme() {
        for good in ["http://a.b", "urn:oid:1.2", "mailto:a@b", "x-y+z.1:q"] {
            assert!(is_absolute(good), "{good}");
        }
        for bad in ["", "a/b", "Patient/1", ":x", "1a:x", "a b:c", "http:"] {
            assert!(!is_absolute(bad), "{bad}");
        }
    }

    #[test]
    fn canonicals_are_absolute_or_fragments() {
        let json = |url| format!(r#"{{"resourceType":"PlanDefinition","library":["{url}"]}}"#);
        assert!(keys(&json("http://a.b/Library/x|1")).is_empty());
        assert_eq!(errors(&json("#x")), ["canonical-contained"]);
        let contained = r#""contained":[{"resourceType":"Library","id":"x"}],"library""#;
        assert!(keys(&json("#x").replace("\"library\"", contained)).is_empty());
        assert_eq!(keys(&json("Library/x")), ["canonical-relative"]);
        assert!(errors(&json("Library/x")).is_empty());
        assert_eq!(errors(r#"{"resourceType":"ValueSet","url":"ValueSet/x"}"#), ["canonical-absolute"]);
    }

    #[test]
    fn addresses_of_examples_are_warned_of() {
        let json = |url| format!(r#"{{"resourceType":"Media","content":{{"url":"{url}"}}}}"#);
        for example in ["http://example.org/a", "https://files.example.com", "http://acme.com:80/x"] {
            assert_eq!(keys(&json(example)), ["example-url"], "{example}");
            assert!(errors(&json(example)).is_empty(), "{example}");
        }
        for real in ["http://notexample.org/a", "http://a.b/example.org", "Binary/1"] {
            assert!(keys(&json(real)).is_empty(), "{real}");
        }
    }
}

//! Extensions (R4, page Extensibility; `Extension.url`): what is so for each of them, known or not.

use super::Place;
use super::uri::is_absolute;
use crate::{Code, Sink};
use clinical_json::Node;

/// "The definition SHALL be a URI for the Structure Definition defining the extension": absolute, and without a version.
/// Inside a complex extension names may be relative to it.
pub(super) fn check<'d, 'a>(node: Node<'d, 'a>, place: &Place<'_, '_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(at) = node.get("url") else { return };
    let Some(url) = at.as_str() else { return };
    if url.contains('|') {
        sink.error(Code::Invalid, "extension-version", node, "The url of an extension must not have a version");
    }
    if place.of != "Extension" && !url.is_empty() && !is_absolute(&url) {
        sink.error(Code::Invalid, "extension-url", at, "The url of an extension must be absolute");
    }
    if place.of == "Extension" && place.name == "modifierExtension" {
        let text = "An extension cannot have an extension that changes its meaning";
        sink.error(Code::Extension, "extension-modifier", node, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, keys};

    fn with(url: &str) -> String {
        format!(r#"{{"resourceType":"Patient","extension":[{{"url":"{url}","valueString":"x"}}]}}"#)
    }

    #[test]
    fn the_url_of_an_extension_is_absolute_and_has_no_version() {
        assert!(keys(&with("http://a.b/c")).is_empty());
        assert_eq!(errors(&with("http://a.b/c|1.0")), ["extension-version"]);
        assert_eq!(errors(&with("c")), ["extension-url"]);
    }

    #[test]
    fn inside_an_extension_names_are_relative() {
        let json = r#"{"resourceType":"Patient","extension":[{"url":"http://a.b/c","extension":[
            {"url":"c","valueString":"x"}]}]}"#;
        assert!(keys(json).is_empty());
    }
}

//! Metadata (R4 `Meta`, `Resource.implicitRules`).

use super::{each, string, warn};
use crate::{Code, Resource, Severity, Sink};
use clinical_json::Node;
use std::collections::HashSet;

/// Profiles, tags and security labels are sets: "Uniqueness is based the system/code, and version and display are
/// ignored" (`Meta.tag`).
pub(super) fn check<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    for name in ["security", "tag"] {
        let mut seen = HashSet::new();
        for coding in each(node, name) {
            let Some(code) = string(coding, "code") else { continue };
            let key = (string(coding, "system"), code);
            if !seen.insert(key) {
                let text = "The same label stands here twice: labels are a set";
                warn(sink, Code::Duplicate, "label-duplicate", coding, text);
            }
        }
    }
    let mut seen = HashSet::new();
    for profile in each(node, "profile") {
        if profile.as_str().is_some_and(|url| !seen.insert(url)) {
            warn(sink, Code::Duplicate, "profile-duplicate", profile, "The same profile stands here twice");
        }
    }
}

/// A resource under rules that are not known cannot be judged in full.
pub(super) fn implicit_rules<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    if let Some(node) = resource.node.get("implicitRules") {
        let text = "The resource follows rules (implicitRules) that are not known here and were not checked";
        sink.note(Severity::Information, Code::NotSupported, "implicit-rules", node, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::keys;

    #[test]
    fn a_label_stands_once() {
        let json = r#"{"resourceType":"Patient","meta":{
            "tag":[{"system":"http://a.b","code":"x"},{"system":"http://a.b","code":"x"},{"system":"http://c.d","code":"x"}],
            "profile":["http://a.b/c","http://a.b/c"]}}"#;
        assert_eq!(keys(json), ["label-duplicate", "profile-duplicate"]);
    }

    #[test]
    fn rules_that_are_not_known_are_told() {
        assert_eq!(keys(r#"{"resourceType":"Basic","implicitRules":"http://a.b/rules"}"#), ["implicit-rules"]);
    }
}

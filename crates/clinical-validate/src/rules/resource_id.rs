//! Ids of resources (R4 `Resource.id`; page References, "Contained Resources").

use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use std::collections::HashSet;

/// An id is a plain value, and those of contained resources are unique in the resource that contains them.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    let node = resource.node;
    if let Some(twin) = node.get("_id").filter(|twin| twin.get("extension").is_some()) {
        sink.error(Code::BusinessRule, "id-extension", twin, "The id of a resource must not have extensions");
    }
    let mut seen = HashSet::new();
    for inner in each(node, "contained") {
        match string(inner, "id") {
            Some(id) => {
                if !seen.insert(id) {
                    let text = "The id of a contained resource must be unique in the resource that contains it";
                    sink.error(Code::Duplicate, "contained-id", inner, text);
                }
            }
            None => {
                let text = "A contained resource without id cannot be referred to";
                warn(sink, Code::Required, "contained-id", inner, text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    #[test]
    fn contained_ids_are_unique() {
        let twice = r#"{"resourceType":"Patient","contained":[
            {"resourceType":"Organization","id":"a"},{"resourceType":"Practitioner","id":"a"}]}"#;
        assert_eq!(errors(twice), ["contained-id"]);
        assert!(is_clean(&twice.replacen("\"a\"", "\"b\"", 1)));
    }

    #[test]
    fn a_contained_resource_without_id_is_a_warning() {
        let json = r#"{"resourceType":"Patient","contained":[{"resourceType":"Organization"}]}"#;
        assert_eq!(keys(json), ["contained-id"]);
        assert!(errors(json).is_empty());
    }

    #[test]
    fn an_id_has_no_extensions() {
        assert_eq!(
            errors(r#"{"resourceType":"Patient","_id":{"extension":[{"url":"http://a.b/c"}]}}"#),
            ["id-extension"]
        );
    }
}

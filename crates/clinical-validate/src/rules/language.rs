//! Language tags (R4 `Resource.language`, BCP 47).

use super::warn;
use crate::{Code, Resource, Sink};
use clinical_json::Node;

/// The language of a resource must have the shape of a tag; which tags there are is a matter of the registry.
pub(super) fn check<'d, 'a>(resource: &Resource<'_, 'd, 'a>, sink: &mut Sink<'d, 'a>) {
    of_member(resource.node, sink);
}

/// The same for another object with a `language`.
pub(super) fn of_member<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    if let Some(node) = node.get("language")
        && let Some(tag) = node.as_str()
        && !is_tag(&tag)
    {
        warn(sink, Code::Value, "language-tag", node, "This does not have the shape of a language tag (BCP 47)");
    }
}

/// `de`, `de-CH`, `zh-Hans-CN`, `i-klingon`, `x-private`: subtags of letters and digits, eight at most.
fn is_tag(tag: &str) -> bool {
    let mut subtags = tag.split('-');
    let Some(first) = subtags.next() else { return false };
    let is_first = matches!(first.len(), 2..=8) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_special = matches!(first, "i" | "x" | "I" | "X") && tag.len() > 2;
    (is_first || is_special)
        && subtags
            .all(|subtag| matches!(subtag.len(), 1..=8) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::keys;

    #[test]
    fn tags_have_subtags_of_letters_and_digits() {
        for good in ["de", "de-CH", "zh-Hans-CN", "es-419", "i-klingon", "x-private", "sl-rozaj-biske-1994"] {
            assert!(is_tag(good), "{good}");
        }
        for bad in ["", "d", "de_CH", "de-", "-de", "German language", "de-toolongsubtag", "x", "12"] {
            assert!(!is_tag(bad), "{bad}");
        }
    }

    #[test]
    fn a_language_that_is_no_tag_is_told() {
        assert_eq!(keys(r#"{"resourceType":"Basic","language":"de_CH"}"#), ["language-tag"]);
    }
}

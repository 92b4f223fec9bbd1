//! Markup in plain text (R4, page Data Types, `string` and `markdown`; page Security: text is shown by software that may take
//! it for HTML).
//!
//! Markup that acts is an error. A formatting element in a string is a warning; markdown may have it.

use super::narrative::{Piece, acts, pieces, raw_acts};
use super::warn;
use crate::{Code, Mode, Sink};
use clinical_json::Node;

/// The names of HTML's elements that only format. Sorted.
const FORMATTING: [&str; 43] = [
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "del",
    "div",
    "em",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "li",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// A string or markdown.
pub(super) fn check<'d, 'a>(node: Node<'d, 'a>, is_markdown: bool, mode: Mode, sink: &mut Sink<'d, 'a>) {
    // Nearly every text ends here. An escaped `<` is written with a backslash.
    if !node.raw().bytes().any(|byte| matches!(byte, b'<' | b'\\')) {
        return;
    }
    let Some(text) = node.as_str() else { return };
    match worst(&text) {
        Some(true) => {
            let text = "The text has what looks like HTML that acts, which is not allowed for reasons of security";
            sink.error(Code::Invalid, "text-active", node, text);
        }
        Some(false) if !is_markdown && mode == Mode::Strict => {
            let text = "The text has what looks like HTML: it is shown as it stands, or a risk where it is not";
            warn(sink, Code::Security, "text-html", node, text);
        }
        _ => {}
    }
}

/// Whether there is a tag of HTML, and whether it acts.
fn worst(text: &str) -> Option<bool> {
    let mut found = None;
    for piece in pieces(text) {
        let Piece::Open { name, attributes, .. } = piece else { continue };
        if is_active(name) {
            return Some(true);
        }
        let is_known = FORMATTING.iter().any(|known| known.eq_ignore_ascii_case(name));
        if is_known {
            // `<img onerror=...>`; a placeholder such as `<x once="...">` is none of HTML's.
            if raw_acts(attributes.raw()) {
                return Some(true);
            }
            found = Some(false);
        }
    }
    found
}

/// Only what browsers run: `<base>` or `<option>` in a text is more often a placeholder.
fn is_active(name: &str) -> bool {
    acts(name)
        && !["base", "body", "head", "html", "input", "link", "math", "meta", "option", "select", "xml"]
            .iter()
            .any(|tame| tame.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::bench::{errors, keys, lenient};

    fn named(text: &str) -> String {
        format!(r#"{{"resourceType":"Patient","name":[{{"text":"{text}"}}]}}"#)
    }

    #[test]
    fn text_that_acts_is_an_error_in_both_modes() {
        for bad in [
            "a <script>b</script>",
            "<ScRiPt src='x'>",
            "<img src=x onerror=y>",
            "<a href='javascript:x'>",
            "\\u003cscript>",
        ] {
            let json = named(bad);
            assert_eq!(errors(&json), ["text-active"], "{bad}");
            assert_eq!(lenient(&json), ["text-active"], "{bad}");
        }
    }

    #[test]
    fn formatting_in_a_string_is_a_warning() {
        assert_eq!(keys(&named("a <b>c</b>")), ["text-html"]);
        assert!(errors(&named("a <b>c</b>")).is_empty());
        assert!(keys(r#"{"resourceType":"Basic","description":"a <b>c</b>"}"#).is_empty(), "it is markdown");
    }

    #[test]
    fn comparisons_and_placeholders_are_no_markup() {
        for good in ["a < b > c", "pH <7.35", "<id>", "<resource type>", "<5 mg>", "x<y", "<a@b.example>"] {
            assert_eq!(worst(good), None, "{good}");
        }
    }
}

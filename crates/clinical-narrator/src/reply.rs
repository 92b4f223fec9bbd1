//! The JSON of a request and of its reply.

use crate::check::Told;
use crate::refusal::Refusal;
use clinical_json::{Document, Kind, Limits, Node};
use std::fmt::Write;

/// The longest reply that is read, in bytes.
const LONGEST_REPLY: usize = 256 * 1024;

/// The longest text for one sentence, in bytes.
const LONGEST_TEXT: usize = 4_000;

/// The sentences of a request, numbered from `first` on, each with the plainer words that are told for it.
pub(crate) fn written(sentences: &[(&str, &[Told])], first: usize) -> String {
    let mut out = String::from("{\"sentences\":[");
    for (nth, (sentence, told)) in sentences.iter().enumerate() {
        let comma = if nth == 0 { "" } else { "," };
        // Writing to a string does not fail.
        let _ = write!(out, "{comma}{{\"id\":{},\"text\":", first + nth);
        string(&mut out, sentence);
        out.push_str(",\"words\":{");
        for (nth, told) in told.iter().enumerate() {
            out.push_str(if nth == 0 { "" } else { "," });
            string(&mut out, &told.wording);
            for (nth, plain) in told.plain.iter().enumerate() {
                out.push_str(if nth == 0 { ":[" } else { "," });
                string(&mut out, plain);
            }
            out.push(']');
        }
        out.push_str("}}");
    }
    out.push_str("]}");
    out
}

/// A string of JSON: whatever stands in it, it does not end before its end.
fn string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// What a reply says for each sentence of its request, numbered from `first` on. A reply that is anything but the JSON
/// that was asked for says nothing: who cannot keep to a form of two members is not to be trusted with the rest.
pub(crate) fn read(reply: &str, first: usize, sentences: usize) -> Vec<Result<String, Refusal>> {
    let mut said: Vec<Result<String, Refusal>> = vec![Err(Refusal::Missing); sentences];
    let Some(items) = items(reply) else { return vec![Err(Refusal::WrongShape); sentences] };
    for (id, text) in items {
        let Some(place) = id.checked_sub(first).and_then(|nth| said.get_mut(nth)) else {
            return vec![Err(Refusal::WrongShape); sentences];
        };
        *place = match place {
            Err(Refusal::Missing) if text.len() > LONGEST_TEXT => Err(Refusal::TooLong),
            Err(Refusal::Missing) => Ok(text),
            _ => Err(Refusal::Repeated),
        };
    }
    said
}

/// Number and text of every item, where the reply has exactly the shape that was asked for.
fn items(reply: &str) -> Option<Vec<(usize, String)>> {
    if reply.len() > LONGEST_REPLY {
        return None;
    }
    let limits = Limits { max_depth: 4, max_nodes: 4_096 };
    let document = Document::parse_with(unfenced(reply).as_bytes(), limits, &|| false).ok()?;
    if !document.duplicates().is_empty() {
        return None;
    }
    let root = document.root();
    let list = only(root, &["sentences"])?.get("sentences").filter(|list| list.kind() == Kind::Array)?;
    list.items().map(item).collect()
}

fn item(node: Node<'_, '_>) -> Option<(usize, String)> {
    let node = only(node, &["id", "text"])?;
    let id = node.get("id")?.number_text().filter(|id| id.bytes().all(|b| b.is_ascii_digit()))?;
    Some((id.parse().ok()?, node.get("text")?.as_str()?.into_owned()))
}

/// An object with these members and no other.
fn only<'d, 'a>(node: Node<'d, 'a>, names: &[&str]) -> Option<Node<'d, 'a>> {
    let is_so = node.kind() == Kind::Object
        && node.members().count() == names.len()
        && names.iter().all(|name| node.get(name).is_some());
    is_so.then_some(node)
}

/// Without the block that some models put around JSON.
fn unfenced(reply: &str) -> &str {
    let reply = reply.trim();
    let inside = reply.strip_prefix("```json").and_then(|rest| rest.strip_suffix("```"));
    inside.map_or(reply, str::trim)
}

#[cfg(test)]
mod tests {
    use super::{Told, read, written};
    use crate::refusal::Refusal;

    fn ok(text: &str) -> Result<String, Refusal> {
        Ok(text.to_owned())
    }

    #[test]
    fn a_request_is_json_and_reads_back() {
        let sentences = ["He said \"no\\yes\".", "Line\nend\ttab\u{1}", "caf\u{e9} \u{1f600}"];
        let told = [Told { wording: "a \"b\"".to_owned(), plain: vec!["c".to_owned(), "d\\".to_owned()] }];
        let json = written(&sentences.map(|sentence| (sentence, &told[..])), 9);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        for (nth, sentence) in sentences.iter().enumerate() {
            assert_eq!(value["sentences"][nth]["text"], *sentence);
            assert_eq!(value["sentences"][nth]["id"], nth + 9);
            assert_eq!(value["sentences"][nth]["words"], serde_json::json!({ "a \"b\"": ["c", "d\\"] }));
        }
        let without = json.replace(r#","words":{"a \"b\"":["c","d\\"]}"#, "");
        assert_eq!(read(&without, 9, 3), sentences.map(ok));
    }

    #[test]
    fn each_sentence_has_its_own() {
        let reply = r#" {"sentences":[{"id":4,"text":"b"},{"text":"a\u0041","id":3}]} "#;
        assert_eq!(read(reply, 3, 3), [ok("aA"), ok("b"), Err(Refusal::Missing)]);
        assert_eq!(read("```json\n{\"sentences\":[{\"id\":1,\"text\":\"a\"}]}\n```", 1, 1), [ok("a")]);
        assert_eq!(read("{\"sentences\":[]}", 1, 2), [Err(Refusal::Missing), Err(Refusal::Missing)]);
    }

    #[test]
    fn twice_is_none() {
        let reply =
            r#"{"sentences":[{"id":1,"text":"a"},{"id":1,"text":"b"},{"id":1,"text":"c"},{"id":2,"text":"d"}]}"#;
        assert_eq!(read(reply, 1, 2), [Err(Refusal::Repeated), ok("d")]);
    }

    #[test]
    fn what_is_too_long_is_not_read() {
        let long = "x".repeat(4_001);
        let reply = format!(r#"{{"sentences":[{{"id":1,"text":"{long}"}},{{"id":2,"text":"b"}}]}}"#);
        assert_eq!(read(&reply, 1, 2), [Err(Refusal::TooLong), ok("b")]);
        let reply = format!("{}{reply}", " ".repeat(256 * 1024));
        assert_eq!(read(&reply, 1, 2), [Err(Refusal::WrongShape), Err(Refusal::WrongShape)]);
    }

    #[test]
    fn any_other_shape_says_nothing() {
        for reply in [
            "",
            "null",
            "[]",
            "{}",
            "sentences",
            "Sure! {\"sentences\":[]}",
            "{\"sentences\":[]} I hope this helps.",
            "{\"sentences\":[]}{\"sentences\":[]}",
            "{\"sentences\":{}}",
            "{\"sentences\":null}",
            "{\"sentences\":[],\"note\":1}",
            "{\"sentences\":[],\"sentences\":[]}",
            "{\"sentences\":[1]}",
            "{\"sentences\":[[]]}",
            "{\"sentences\":[{}]}",
            r#"{"sentences":[{"id":1}]}"#,
            r#"{"sentences":[{"text":"a"}]}"#,
            r#"{"sentences":[{"id":"1","text":"a"}]}"#,
            r#"{"sentences":[{"id":1.0,"text":"a"}]}"#,
            r#"{"sentences":[{"id":1e0,"text":"a"}]}"#,
            r#"{"sentences":[{"id":-1,"text":"a"}]}"#,
            r#"{"sentences":[{"id":0,"text":"a"}]}"#,
            r#"{"sentences":[{"id":2,"text":"a"}]}"#,
            r#"{"sentences":[{"id":99999999999999999999999,"text":"a"}]}"#,
            r#"{"sentences":[{"id":1,"text":null}]}"#,
            r#"{"sentences":[{"id":1,"text":["a"]}]}"#,
            r#"{"sentences":[{"id":1,"text":"a","text":"b"}]}"#,
            r#"{"sentences":[{"id":1,"text":"a","more":"b"}]}"#,
            r#"{"sentences":[{"id":1,"text":"a"}"#,
            r#"{"sentences":[{"id":1,"text":"a"}],}"#,
            r#"{"sentences":[{"id":1,"text":"a\ud800"}],"x":[[[[[[[[1]]]]]]]]}"#,
            "```\n{\"sentences\":[]}\n```",
            "```json\n{\"sentences\":[]}",
            "<think>a</think>{\"sentences\":[]}",
        ] {
            assert_eq!(read(reply, 1, 1), [Err(Refusal::WrongShape)], "{reply}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&deep, 1, 1), [Err(Refusal::WrongShape)]);
    }

    #[test]
    fn an_item_that_was_not_asked_for_spoils_the_rest() {
        let reply = r#"{"sentences":[{"id":1,"text":"a"},{"id":7,"text":"b"}]}"#;
        assert_eq!(read(reply, 1, 2), [Err(Refusal::WrongShape), Err(Refusal::WrongShape)]);
    }
}

//! `deidentify --jsonl`: a line of a text becomes one of its copy.

use super::line::{Answering, Unanswered};
use crate::removal::{self, Removal};
use clinical_pipeline::RemovedSpan;
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// What comes in. Other members are not looked at and do not come out.
#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    subject: Option<Cow<'a, str>>,
}

/// What goes out. The id is the caller's own and comes back as it stands.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    text: &'a str,
    removed: Spans<'a>,
}

struct Spans<'a>(&'a [RemovedSpan]);

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
    kind: &'static str,
    reason: &'static str,
}

impl Serialize for Spans<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for span in self.0 {
            let (start, end) = span.code_points;
            list.serialize_element(&Span { start, end, kind: span.kind.as_str(), reason: span.reason.as_str() })?;
        }
        list.end()
    }
}

impl Answering for Removal {
    const MUST_BE: (&'static str, &'static str) = ("not-a-text", "the line must be an object with an id and a text");

    fn answer<'l>(&self, line: &'l [u8], id: &mut Option<&'l RawValue>, out: &mut Vec<u8>) -> Result<(), Unanswered> {
        let given: Given<'l> = serde_json::from_slice(line)?;
        *id = given.id;
        let (text, spans) = removal::text(&given.text, given.subject.as_deref(), self)?;
        let answer = Answer { id: given.id, text: text.expose(), removed: Spans(&spans) };
        Ok(serde_json::to_writer(out, &answer)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::write;
    use super::*;
    use crate::clock::Now;
    use clinical_pipeline::Policy;
    use serde_json::{Value, json};

    fn answer(line: &str) -> (bool, Value) {
        let removal = Removal::of(Policy::SafeHarbor, Now::parse("2025-03-01T09:00:00Z").unwrap());
        let mut out = Vec::new();
        let done = write(&mut out, Ok(line.as_bytes()), 7, "-", &removal);
        assert_eq!(out.pop(), Some(b'\n'));
        assert!(!out.contains(&b'\n'));
        (done, serde_json::from_slice(&out).unwrap())
    }

    #[test]
    fn ids_come_back_as_they_stand_and_nothing_else_does() {
        let (done, value) = answer("\u{feff}{\"id\": 1.50, \"name\": \"CANARY\", \"text\": \"Fever.\\nNo cough.\"}");
        assert!(done);
        assert_eq!(value.to_string(), r#"{"id":1.5,"removed":[],"text":"Fever.\nNo cough."}"#);
        assert_eq!(answer(r#"{"text":""}"#).1, json!({ "text": "", "removed": [] }));
    }

    #[test]
    fn a_bad_line_says_where_and_not_what() {
        for (line, code) in [
            ("CANARY", "not-json"),
            (r#"{"text":"CANARY"#, "not-json"),
            (r#"{"id":"CANARY"}"#, "not-a-text"),
            (r#"{"text":{"CANARY":1}}"#, "not-a-text"),
            (r#"{"text":"CANARY","text":"CANARY"}"#, "not-a-text"),
            (r#"["CANARY"]"#, "not-a-text"),
        ] {
            let (done, value) = answer(line);
            assert!(!done);
            assert_eq!((&value["ok"], &value["error"]["code"]), (&json!(false), &json!(code)), "{line}");
            assert!(value["error"]["at"].as_str().unwrap().starts_with("line 7, column "), "{value}");
            assert!(!value.to_string().contains("CANARY"), "{value}");
        }
    }
}

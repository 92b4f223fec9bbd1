//! `inspect --jsonl`: a line of a text becomes one of what it holds.

use super::line::{Answering, Unanswered};
use crate::inspection::{self, Found};
use crate::job::Failure;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// More phrases than anybody looks for in one text.
const TARGETS: usize = 10_000;

/// What is done with each line.
#[derive(Debug)]
pub(in crate::cli) struct Inspect;

/// What comes in. Other members are not looked at and do not come out.
#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    targets: Option<Vec<String>>,
}

/// What goes out.
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    found: Found<'a>,
}

impl Answering for Inspect {
    const MUST_BE: (&'static str, &'static str) =
        ("not-a-text", "the line must be an object with an id, a text, and perhaps targets (a list of texts)");

    fn answer<'l>(&self, line: &'l [u8], id: &mut Option<&'l RawValue>, out: &mut Vec<u8>) -> Result<(), Unanswered> {
        let given: Given<'l> = serde_json::from_slice(line)?;
        *id = given.id;
        let targets = given.targets.unwrap_or_default();
        if targets.len() > TARGETS {
            let failure = Failure::new("too-many", "the line has more than 10,000 targets");
            return Err(Unanswered::Failed(failure));
        }
        let inspected = inspection::run(&given.text, &targets)?;
        Ok(serde_json::to_writer(out, &Answer { id: given.id, found: Found::of(&inspected) })?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::write;
    use super::*;
    use serde_json::{Value, json};

    fn answer(line: &str) -> (bool, Value) {
        let mut out = Vec::new();
        let done = write(&mut out, Ok(line.as_bytes()), 7, "-", &Inspect);
        assert_eq!(out.pop(), Some(b'\n'));
        assert!(!out.contains(&b'\n'));
        (done, serde_json::from_slice(&out).unwrap())
    }

    #[test]
    fn ids_come_back_as_they_stand_and_nothing_else_does() {
        let (done, value) = answer("\u{feff}{\"id\": [1, \"a\"], \"name\": \"CANARY\", \"text\": \"\"}");
        assert!(done);
        assert_eq!(value, json!({ "id": [1, "a"], "sections": [], "mentions": [] }));
    }

    #[test]
    fn with_targets_only_they_are_told() {
        let (done, value) = answer(r#"{"id":1,"text":"No señal, no fever. Asthma.","targets":["fever"]}"#);
        assert!(done);
        let mentions = value["mentions"].as_array().unwrap();
        assert_eq!(mentions.len(), 1, "{value}");
        let only = &mentions[0];
        assert_eq!((&only["start"], &only["end"], &only["text"]), (&json!(13), &json!(18), &json!("fever")));
        assert_eq!(only["assertion"], "absent");
        for member in ["kind", "experiencer", "temporality"] {
            assert!(only[member].is_string(), "{only}");
        }
    }

    #[test]
    fn a_bad_line_says_where_and_not_what() {
        let many = json!({ "id": 3, "text": "CANARY", "targets": vec!["CANARY"; TARGETS + 1] }).to_string();
        for (line, code) in [
            ("CANARY", "not-json"),
            (r#"{"text":"CANARY"#, "not-json"),
            (r#"{"id":"CANARY"}"#, "not-a-text"),
            (r#"{"text":"CANARY","targets":"CANARY"}"#, "not-a-text"),
            (r#"{"text":"CANARY","targets":[{"CANARY":1}]}"#, "not-a-text"),
            (many.as_str(), "too-many"),
        ] {
            let (done, value) = answer(line);
            assert!(!done);
            assert_eq!((&value["ok"], &value["error"]["code"]), (&json!(false), &json!(code)), "{line:.60}");
            assert!(value["error"]["at"].as_str().unwrap().starts_with("line 7"), "{value}");
            assert!(!value.to_string().contains("CANARY"), "{value}");
        }
    }
}

//! `inspect` from outside: what it prints, and how it ends.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "a test of a program that reads and writes files")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Output, Stdio};

/// About nobody.
const NOTE: &str = "HISTORY: Señora X has asthma. She denies fever.\n\nPLAN: Continue metformin 500 mg twice a day.\n";

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinical-notes"));
    command.arg("inspect").args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = program(arguments).spawn().unwrap();
    // A program that ends on its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    String::from_utf8(output.stdout.clone()).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every place leads to its text, counted in code points.
fn places_hold(text: &str, found: &Value) {
    let points: Vec<char> = text.chars().collect();
    for mention in found["mentions"].as_array().unwrap() {
        let at = |name: &str| usize::try_from(mention[name].as_u64().unwrap()).unwrap();
        assert_eq!(mention["text"], points[at("start")..at("end")].iter().collect::<String>(), "{mention}");
    }
    let sections = found["sections"].as_array().unwrap();
    for section in sections {
        let (start, end) = (section["start"].as_u64().unwrap(), section["end"].as_u64().unwrap());
        assert!(start <= end && end <= points.len() as u64 && section["kind"].is_string(), "{section}");
    }
}

fn assertion(found: &Value, text: &str) -> Value {
    let mentions = found["mentions"].as_array().unwrap();
    mentions.iter().find(|m| m["text"] == text).unwrap_or_else(|| panic!("{text}: {found}"))["assertion"].clone()
}

#[test]
fn a_note_is_told_piece_by_piece() {
    let output = run(&["--format", "json", "-"], NOTE);
    assert_eq!(output.status.code(), Some(0));
    let found = &lines(&output)[0];
    places_hold(NOTE, found);
    assert_eq!((assertion(found, "asthma"), assertion(found, "fever")), (json!("present"), json!("absent")));
    assert!(found["sections"].as_array().unwrap().len() >= 2, "{found}");
    let text = run(&[], NOTE);
    let shown = String::from_utf8(text.stdout).unwrap();
    assert!(shown.contains("asthma") && shown.contains("absent") && shown.contains("metformin"), "{shown}");
}

#[test]
fn lines_are_answered_in_their_order_and_bad_ones_are_lines_too() {
    let input = [
        json!({ "id": "a", "text": NOTE }).to_string(),
        "{\"id\": \"CANARY".to_owned(),
        json!({ "id": { "n": 2 }, "text": "No fever, no rash. Fever tomorrow?", "targets": ["FEVER"] }).to_string(),
        json!({ "id": 3, "text": 3 }).to_string(),
    ]
    .join("\n");
    let output = run(&["--jsonl"], &input);
    assert_eq!(output.status.code(), Some(2));
    let lines = lines(&output);
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["id"], "a");
    places_hold(NOTE, &lines[0]);
    assert_eq!((&lines[1]["ok"], &lines[3]["ok"]), (&json!(false), &json!(false)));
    assert_eq!((&lines[1]["error"]["code"], &lines[3]["error"]["code"]), (&json!("not-json"), &json!("not-a-text")));
    assert_eq!(lines[2]["id"], json!({ "n": 2 }));
    let texts: Vec<&str> =
        lines[2]["mentions"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["fever", "Fever"]);
    assert!(!String::from_utf8(output.stdout).unwrap().contains("CANARY"));
}

#[test]
fn a_line_is_answered_before_the_next_is_written() {
    let mut child = program(&["--jsonl"]).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    for id in 0..3 {
        writeln!(to, "{}", json!({ "id": id, "text": "No fever." })).unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], id);
    }
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_cannot_be_read_is_said_and_the_run_goes_on() {
    let folder = std::env::temp_dir().join(format!("clinical-inspect-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.txt"), NOTE).unwrap();
    fs::write(folder.join("b.txt"), b"\xff").unwrap();
    fs::write(folder.join("c.json"), "{}").unwrap();
    let at = folder.to_str().unwrap();
    let output = run(&["--format", "ndjson", at, "/nonexistent.txt"], "");
    let lines = lines(&output);
    let said: Vec<_> = lines.iter().map(|l| (l["ok"] == true, l["error"]["code"].as_str())).collect();
    assert_eq!(said, [(true, None), (false, Some("not-text")), (false, Some("unreadable"))]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(run(&["--jsonl", "--format", "text"], "").status.code(), Some(64));
    fs::remove_dir_all(folder).unwrap();
}

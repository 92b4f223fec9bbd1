//! `validate` from outside: what it prints, and how it ends.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "a test of a program that reads and writes files")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Documents of the tests, and what is said of them.
fn documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/validated")
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinical-notes"));
    command.arg("validate").args(arguments).current_dir(documents());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = program(arguments).spawn().unwrap();
    // A program that ends on its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The issues of severity error at a path, or below it.
fn errors<'a>(line: &'a Value, path: &str) -> Vec<&'a Value> {
    let is_there = |issue: &&Value| {
        let at = issue["expression"][0].as_str().unwrap_or("");
        issue["severity"] == "error"
            && at.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    line["issues"].as_array().unwrap().iter().filter(is_there).collect()
}

/// `NOTES_ACCEPT=1` writes it anew; the difference is what is reviewed.
#[test]
fn what_is_said_of_the_documents_is_what_was_reviewed() {
    let files = ["broken.json", "cut.json", "fine.json", "lines.ndjson"];
    for (format, name) in [("text", "said.txt"), ("ndjson", "said.ndjson"), ("outcome", "said.outcomes.json")] {
        let output = run(&[&["--format", format], &files[..]].concat(), b"");
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(1), ""), "{format}");
        let path = documents().join("said").join(name);
        if std::env::var_os("NOTES_ACCEPT").is_some() {
            fs::create_dir_all(documents().join("said")).unwrap();
            fs::write(&path, &output.stdout).unwrap();
        }
        let reviewed = fs::read_to_string(&path).unwrap();
        assert!(reviewed == text(&output.stdout), "{name} differs: NOTES_ACCEPT=1 accepts the change");
    }
}

#[test]
fn faults_of_structure_are_found_where_they_are() {
    let output = run(&["--format", "ndjson", "broken.json"], b"");
    assert_eq!(output.status.code(), Some(1));
    let found = &lines(&output)[0];
    assert_eq!((&found["ok"], &found["is_valid"]), (&json!(true), &json!(false)));
    assert_eq!(found["resource_type"], "MedicationRequest");
    for (path, line, what) in [
        ("MedicationRequest.member(3)", 5, "an element that FHIR does not have"),
        ("MedicationRequest.authoredOn", 8, "a day that no calendar has"),
        ("MedicationRequest.dosageInstruction", 9, "an object where a list must be"),
        ("MedicationRequest.note[0].text", 10, "a number where a text must be"),
    ] {
        let errors = errors(found, path);
        assert!(errors.iter().any(|issue| issue["line"] == line), "{what}: {found}");
    }
    let whole = errors(found, "MedicationRequest");
    assert!(whole.iter().any(|issue| issue["details"].as_str().unwrap().contains("status")), "no status: {found}");
    for value in ["blue", "colour", "2025-02-30", "lisinopril"] {
        assert!(!found.to_string().contains(value), "{value} is told");
    }
}

#[test]
fn what_is_valid_ends_with_0() {
    let output = run(&["fine.json"], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""), "{}", text(&output.stdout));
    assert!(text(&output.stdout).starts_with("fine.json: valid"), "{}", text(&output.stdout));
}

#[test]
fn json_that_breaks_is_an_issue_with_its_place() {
    let output = run(&["--format", "ndjson", "cut.json"], b"");
    assert_eq!(output.status.code(), Some(1));
    let found = &lines(&output)[0];
    assert_eq!(
        (&found["ok"], &found["is_valid"], &found["resource_type"]),
        (&json!(true), &json!(false), &Value::Null)
    );
    let issue = &found["issues"][0];
    assert_eq!((&issue["severity"], &issue["key"]), (&json!("fatal"), &json!("not-json")));
    assert_eq!((&issue["line"], &issue["column"], &issue["expression"]), (&json!(3), &json!(53), &json!([])));
    assert_eq!(found["issues"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_no_resource_is_not_valid() {
    for input in ["{}", "[]", "\"x\"", "null", "7", "{\"resourceType\":\"Nonsense\"}"] {
        let output = run(&["--format", "ndjson"], input.as_bytes());
        assert_eq!(output.status.code(), Some(1), "{input}: {}", text(&output.stdout));
        let found = &lines(&output)[0];
        assert_eq!((&found["file"], &found["is_valid"]), (&json!("-"), &json!(false)), "{input}");
        assert!(!found["issues"].as_array().unwrap().is_empty(), "{input}");
    }
}

#[test]
fn each_line_is_a_document_with_the_places_of_its_file() {
    let output = run(&["--format", "ndjson", "lines.ndjson"], b"");
    let found = lines(&output);
    let said: Vec<_> = found.iter().map(|l| (l["file"].as_str().unwrap(), l["resource_type"].as_str())).collect();
    assert_eq!(
        said,
        [("lines.ndjson:1", Some("Patient")), ("lines.ndjson:3", Some("Observation")), ("lines.ndjson:4", None)]
    );
    assert_eq!((&found[2]["issues"][0]["line"], &found[2]["issues"][0]["column"]), (&json!(4), &json!(39)));
    assert_eq!(output.status.code(), Some(1));
    // Standard input has no name that says so.
    let piped = run(&["--format", "ndjson"], &fs::read(documents().join("lines.ndjson")).unwrap());
    assert_eq!(lines(&piped).len(), 3);
}

#[test]
fn an_observation_without_a_status_is_not_valid() {
    let output = run(&["--format", "ndjson", "lines.ndjson"], b"");
    let found = lines(&output);
    assert_eq!(found.iter().map(|l| l["is_valid"] == true).collect::<Vec<_>>(), [true, false, false], "{found:?}");
    assert!(!errors(&found[1], "Observation").is_empty());
}

#[test]
fn what_cannot_be_read_is_a_line_and_the_run_goes_on() {
    let folder = std::env::temp_dir().join(format!("clinical-validate-{}", std::process::id()));
    fs::create_dir_all(folder.join("b")).unwrap();
    for (name, bytes) in [
        ("a.json", &fs::read(documents().join("fine.json")).unwrap()[..]),
        ("b/1.json", b"{\"resourceType\":\n\"CANARY"),
        ("b/2.json", b""),
        ("c.xml", b"<Patient xmlns=\"http://hl7.org/fhir\"/>"),
        ("note.txt", b"CANARY"),
    ] {
        fs::write(folder.join(name), bytes).unwrap();
    }
    let at = folder.to_str().unwrap();
    let xml = format!("{at}/c.xml");
    let output = run(&["--format", "ndjson", at, "/nonexistent.json", &xml], b"");
    assert_eq!(output.status.code(), Some(2));
    let found = lines(&output);
    let said: Vec<_> = found.iter().map(|l| (l["ok"] == true, l["error"]["code"].as_str())).collect();
    let failed = |code| (false, Some(code));
    // A folder gives what its names promise, in order.
    assert_eq!(said, [(true, None), (true, None), failed("empty"), failed("unreadable"), failed("xml-not-validated")]);
    assert!(!text(&output.stdout).contains("CANARY") && output.stderr.is_empty());
    let output = run(&[at, "/nonexistent.json"], b"");
    let shown = text(&output.stdout);
    assert!(shown.ends_with("4 documents: 1 valid, 1 not valid, 2 unreadable\n"), "{shown}");
    assert!(text(&output.stderr).contains("/nonexistent.json: there is no such file"));
    assert_eq!(output.status.code(), Some(2));
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn json_for_a_program_is_an_object_with_the_file() {
    let output = run(&["--format", "json", "--mode", "lenient", "cut.json"], b"");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&found["file"], &found["is_valid"]), (&json!("cut.json"), &json!(false)));
    let about = &found["validation_metadata"];
    assert_eq!(
        (&about["mode"], &about["fhir_version"], &about["errors"]),
        (&json!("lenient"), &json!("4.0.1"), &json!(1))
    );
    assert_eq!(about["format"], Value::Null, "it is not known what it is");
    assert_eq!(about["input_bytes"], fs::metadata(documents().join("cut.json")).unwrap().len());
}

#[test]
fn what_no_terminal_reads_has_no_colours() {
    let output = run(&["broken.json", "cut.json"], b"");
    assert!(!output.stdout.contains(&0x1b));
}

#[test]
fn lines_are_flushed_as_they_come() {
    // The second file does not end before the first line was read.
    let fifo = std::env::temp_dir().join(format!("clinical-validate-{}.fifo", std::process::id()));
    let made = Command::new("mkfifo").arg(&fifo).status();
    if !made.is_ok_and(|status| status.success()) {
        return;
    }
    let mut child = program(&["--format", "ndjson", "cut.json", fifo.to_str().unwrap()]).spawn().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["file"], "cut.json");
    fs::write(&fifo, "[").unwrap();
    line.clear();
    from.read_to_string(&mut line).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["issues"][0]["key"], "not-json");
    assert_eq!(child.wait().unwrap().code(), Some(1));
    fs::remove_file(fifo).unwrap();
}

#[test]
fn a_very_deep_document_ends_in_one_issue() {
    let output = run(&["--format", "ndjson"], &vec![b'['; 50 << 20]);
    let found = lines(&output);
    assert_eq!((found.len(), &found[0]["issues"][0]["key"]), (1, &json!("too-deep")));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn help_has_an_example_and_wrong_use_is_64() {
    let help = run(&["--help"], b"");
    assert!(text(&help.stdout).contains("clinical-notes validate samples/visit.json"));
    for wrong in [&["--format", "xml"][..], &["--mode", "loose"], &["-", "-"]] {
        let output = run(wrong, b"{}");
        assert_eq!(output.status.code(), Some(64), "{wrong:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{wrong:?}");
    }
}

//! `deidentify` from outside, on the command line: what goes where, and how it ends.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "a test of a program that reads and writes files")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const SECRET: &str = "a secret for nobody but this test";

/// An invented person.
const NOTE: &str = "Patient: Ana Marlowe\nMRN: 00482917\nPhone: (312) 555-0142\n\nMs. Marlowe has asthma. BP 120/80.\n";

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinical-notes"));
    command.arg("deidentify").env_remove("CLINICAL_DEIDENTIFY_SECRET").env_remove("CLINICAL_DEIDENTIFY_SECRET_FILE");
    command
}

fn finish(mut command: Command, input: &[u8]) -> Output {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A program that answers while it reads must be listened to while it is written to.
    let mut to = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A program that ends on its arguments does not read.
        let _ = to.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut command = program();
    command.args(arguments);
    finish(command, input.as_bytes())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    text(bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clinical-deidentify-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    fn put(&self, name: &str, content: &str) -> String {
        fs::write(self.0.join(name), content).unwrap();
        self.at(name)
    }
    fn at(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn without_identity(copy: &str) {
    for value in ["Marlowe", "Ana", "555-0142"] {
        assert!(!copy.contains(value), "{value} in {copy}");
    }
    assert!(copy.contains("asthma") && copy.contains("120/80"), "{copy}");
}

#[test]
fn a_note_comes_out_without_identity_and_the_counts_beside_it() {
    let output = run(&["-"], NOTE);
    assert_eq!(output.status.code(), Some(0));
    without_identity(text(&output.stdout));
    assert!(text(&output.stdout).contains("[NAME]"));
    let said = text(&output.stderr);
    assert!(said.starts_with("clinical-notes: -: removed NAME ") && said.contains("PHONE 1"), "{said}");
    // Nothing named is standard input, too.
    assert_eq!(run(&[], NOTE).stdout, output.stdout);
    let clean = run(&["-"], "Well today.\n");
    assert_eq!((text(&clean.stdout), text(&clean.stderr)), ("Well today.\n", "clinical-notes: -: removed nothing\n"));
}

#[test]
fn every_policy_removes() {
    let folder = Folder::new("policies");
    let secret = folder.put("secret.txt", SECRET);
    for policy in ["safe-harbor", "surrogate", "mask", "keep-dates"] {
        let output = run(&["-", "--policy", policy, "--secret-file", &secret, "--format", "json"], NOTE);
        assert_eq!(output.status.code(), Some(0), "{policy}: {}", text(&output.stderr));
        let reply = &lines(&output.stdout)[0];
        without_identity(reply["document"].as_str().unwrap());
        assert_eq!((&reply["policy"], &reply["format"]), (&json!(policy), &json!("note")));
        assert!(reply["counts"]["NAME"].as_u64().unwrap() >= 2, "{reply}");
        for removed in reply["removed"].as_array().unwrap() {
            assert!(removed["start"].as_u64().unwrap() < removed["end"].as_u64().unwrap());
            assert!(removed["kind"].is_string() && removed["reason"].is_string() && removed.get("path").is_none());
        }
    }
}

#[test]
fn surrogates_need_a_secret() {
    let folder = Folder::new("secret");
    for arguments in [
        &["--policy", "surrogate"][..],
        &["--policy", "surrogate", "--secret-file", &folder.put("short.txt", "short")],
        &["--secret-file", "/nonexistent"],
    ] {
        let output = run(arguments, NOTE);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}");
        assert!(output.stdout.is_empty() && text(&output.stderr).contains("secret"), "{}", text(&output.stderr));
    }
    let mut command = program();
    command.args(["--policy", "surrogate"]).env("CLINICAL_DEIDENTIFY_SECRET", SECRET);
    let by_variable = finish(command, NOTE.as_bytes());
    let by_file = run(&["--policy", "surrogate", "--secret-file", &folder.put("secret.txt", SECRET)], NOTE);
    assert_eq!(by_variable.status.code(), Some(0));
    without_identity(text(&by_variable.stdout));
    assert_eq!(by_variable.stdout, by_file.stdout, "the secret decides");
}

#[test]
fn lists_are_followed() {
    let folder = Folder::new("lists");
    let deny = folder.put("deny.txt", "\u{feff}asthma\r\n\r\n");
    let output = run(&["-", "--deny", &deny, "--format", "json"], NOTE);
    let reply = &lines(&output.stdout)[0];
    assert!(!reply["document"].as_str().unwrap().contains("asthma"), "{reply}");
    assert!(reply["removed"].as_array().unwrap().iter().any(|r| r["reason"] == "deny-list"), "{reply}");
    let missing = run(&["-", "--allow", "/nonexistent.txt"], NOTE);
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(text(&missing.stderr), "clinical-notes: /nonexistent.txt: there is no such file\n");
    assert!(missing.stdout.is_empty());
}

#[test]
fn a_folder_gives_a_folder_and_a_report() {
    let folder = Folder::new("folder");
    fs::create_dir_all(folder.0.join("in/inner")).unwrap();
    folder.put("in/a.txt", NOTE);
    let bundle = r#"{"resourceType":"Patient","name":[{"family":"Marlowe","given":["Ana"]}]}"#;
    folder.put("in/inner/b.json", bundle);
    folder.put("in/broken.json", "");
    let (input, out) = (folder.at("in"), folder.at("out"));
    let output = run(&[&input, "--output", &out, "--report", "-"], "");
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
    without_identity(&fs::read_to_string(folder.at("out/a.txt")).unwrap());
    let copy: Value = serde_json::from_str(&fs::read_to_string(folder.at("out/inner/b.json")).unwrap()).unwrap();
    assert!(copy["resourceType"] == "Patient" && !copy.to_string().contains("Marlowe"));
    let report = lines(&output.stdout);
    let files: Vec<&Value> = report.iter().map(|line| &line["file"]).collect();
    let expected = ["a.txt", "broken.json", "inner/b.json"].map(|name| json!(format!("{input}/{name}")));
    assert_eq!(files, expected.iter().collect::<Vec<_>>());
    assert_eq!((&report[1]["ok"], &report[1]["error"]["code"]), (&json!(false), &json!("empty")));
    assert!(report[2]["removed"][0]["path"].is_string() && report[2].get("document").is_none(), "{}", report[2]);
    assert!(!text(&output.stdout).contains("Marlowe") && !text(&output.stderr).contains("Marlowe"));
}

#[test]
fn many_documents_are_lines() {
    let folder = Folder::new("lines");
    let patient = "{\n\"resourceType\":\"Patient\",\n\"name\":[{\"family\":\"Marlowe\"}]}\n";
    let files = [folder.put("a.txt", NOTE), folder.put("b.json", patient), folder.at("missing.json")];
    let output = run(&[&files[0], &files[1], &files[2], "--format", "ndjson"], "");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), ""));
    let lines = lines(&output.stdout);
    assert_eq!(lines.iter().map(|l| l["file"].as_str().unwrap()).collect::<Vec<_>>(), files);
    assert_eq!(lines.iter().map(|l| l["ok"] == true).collect::<Vec<_>>(), [true, true, false]);
    assert!(lines[0]["document"].is_string() && lines[1]["document"]["resourceType"] == "Patient");
    assert_eq!(lines[2]["error"]["code"], "unreadable");
    assert!(!text(&output.stdout).contains("Marlowe"));
}

#[test]
fn wrong_use_is_64_and_nothing_is_lost() {
    let folder = Folder::new("wrong");
    let (a, b) = (folder.put("a.txt", NOTE), folder.put("b.txt", NOTE));
    let (a, b) = (a.as_str(), b.as_str());
    for arguments in [
        &[a, b][..],
        &["-", "-"],
        &[a, "--report", "-"],
        &[a, "--output", a],
        &[a, "--report", a],
        &[a, "--output", "x", "--report", "x"],
        &[a, "--policy", "none"],
        &[a, "--now", "today"],
        &["--jsonl", "--format", "json"],
        &["--jsonl", "--output", "x"],
        &["--format", "ndjson", a, "--output", folder.0.to_str().unwrap()],
    ] {
        let output = run(arguments, NOTE);
        assert_eq!(output.status.code(), Some(64), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(fs::read_to_string(a).unwrap(), NOTE);
}

#[test]
fn lines_with_ids_come_back_in_order_and_a_bad_one_is_a_line() {
    let mut input = String::new();
    for number in 0..3000 {
        match number {
            1000 => input += "not JSON, Marlowe\n",
            2000 => input += "{\"id\":2000}\n\n",
            _ => input += &format!("{}\n", json!({ "id": number, "text": NOTE })),
        }
    }
    let output = run(&["--jsonl"], &input);
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), ""));
    assert!(!text(&output.stdout).contains("Marlowe"));
    let lines = lines(&output.stdout);
    assert_eq!(lines.len(), 3000);
    for (number, line) in lines.iter().enumerate() {
        if matches!(number, 1000 | 2000) {
            assert_eq!((&line["ok"], line["error"]["code"].is_string()), (&json!(false), true));
            assert!(line["error"]["at"].as_str().unwrap().starts_with(&format!("line {}, ", number + 1)), "{line}");
            continue;
        }
        assert_eq!(line["id"], number);
    }
    let (first, spans) = (&lines[0], lines[0]["removed"].as_array().unwrap());
    without_identity(first["text"].as_str().unwrap());
    let points: Vec<char> = NOTE.chars().collect();
    let words: Vec<String> = spans
        .iter()
        .map(|s| points[s["start"].as_u64().unwrap() as usize..s["end"].as_u64().unwrap() as usize].iter().collect())
        .collect();
    assert!(words.iter().any(|word| word.contains("Marlowe")), "{words:?}");
}

#[test]
fn a_line_is_answered_while_the_next_is_not_yet_written() {
    let mut command = program();
    let mut child = command.arg("--jsonl").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut to = child.stdin.take().unwrap();
    let mut from = BufReader::new(child.stdout.take().unwrap());
    for id in 0..5 {
        writeln!(to, "{}", json!({ "id": id, "text": "Seen by Ms. Marlowe." })).unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["id"], id);
    }
    drop(to);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let mut command = program();
    let mut child =
        command.arg("--jsonl").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut to = child.stdin.take().unwrap();
    let line = format!("{}\n", json!({ "id": 1, "text": NOTE }));
    // It stops reading some time.
    while to.write_all(line.as_bytes()).is_ok() {}
    drop(to);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), ""));
}

/// The commands of `docs/DEIDENTIFY.md`, as they stand there.
#[test]
fn the_commands_of_the_document_work() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let document = fs::read_to_string(root.join("docs/DEIDENTIFY.md")).unwrap();
    let folder = Folder::new("document");
    fs::create_dir_all(folder.0.join("records")).unwrap();
    folder.put("records/a.txt", NOTE);
    folder.put("note.txt", NOTE);
    folder.put("secret.txt", SECRET);
    folder.put("allow.txt", "asthma\n");
    folder.put("deny.txt", "Oak Lane House\n");
    folder.put("notes.jsonl", &format!("{}\n", json!({ "id": 1, "text": NOTE })));
    let mut run = 0;
    let commands = document.split("```sh\n").skip(1).flat_map(|part| part.split("```").next().unwrap().lines());
    for command in commands.filter(|line| line.starts_with("clinical-notes deidentify ")) {
        let command = command.replace("clinical-notes", env!("CARGO_BIN_EXE_clinical-notes"));
        let done = Command::new("sh").args(["-c", &command]).current_dir(&folder.0).output().unwrap();
        assert_eq!(done.status.code(), Some(0), "{command}: {}", text(&done.stderr));
        run += 1;
    }
    assert!(run >= 5, "{run} commands");
}

//! The program from outside: what goes where, and how it ends.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "a test of a program that reads and writes files")]

use clinical_app::samples;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .args(arguments)
        .env_remove("CLINICAL_PORT")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that ends on its arguments does not read.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn lines(output: &Output) -> Vec<serde_json::Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A folder of its own for each test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("clinical-notes-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
    fn put(&self, name: &str, content: &[u8]) -> String {
        let path = self.0.join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    }
    fn visit(&self) -> String {
        self.put("visit.json", samples::find("visit").expect("samples/visit.json").bytes)
    }
    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn help_is_data_and_bad_usage_is_64() {
    let help = run(&["summarize", "--help"], "");
    assert_eq!(help.status.code(), Some(0));
    assert!(text(&help.stdout).contains("Examples:"));
    for bad in [
        &["--bogus"][..],
        &["summarize"],
        &["summarize", "-", "--format", "pdf"],
        &["summarize", "-", "-"],
        &["summarize", "-", "--now", "tomorrow"],
        &["serve", "--port", "http"],
        &["verify", "-", "-"],
        &["summarize", "a.json", "b.json", "--format", "html"],
    ] {
        let output = run(bad, "{}");
        assert_eq!(output.status.code(), Some(64), "{bad:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{bad:?}");
    }
}

#[test]
fn what_cannot_be_read_is_one_sentence_and_2() {
    let output = run(&["summarize", "/nonexistent/x.json"], "");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(text(&output.stderr), "clinical-notes: /nonexistent/x.json: there is no such file\n");
    assert!(output.stdout.is_empty());
}

#[test]
fn a_failed_document_is_a_line_and_the_run_goes_on() {
    let folder = Folder::new("lines");
    folder.put("a.json", b"{\"resourceType\":\n\"CANARY");
    folder.put("b.json", b"");
    let output = run(&["summarize", folder.path(), "/nonexistent.json", "--format", "ndjson"], "");
    assert_eq!(output.status.code(), Some(2));
    let lines = lines(&output);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["file"], format!("{}/a.json", folder.path()));
    assert!(lines.iter().all(|l| l["ok"] == false && l["error"]["code"].is_string()));
    assert_eq!(lines[2]["error"]["code"], "unreadable");
    assert!(!text(&output.stdout).contains("CANARY") && !text(&output.stderr).contains("CANARY"));
}

#[test]
fn bad_settings_are_all_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .arg("serve")
        .env("CLINICAL_PORT", "CANARY")
        .env("CLINICAL_MAX_REQUEST_SIZE_MB", "-1")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(64));
    let said = text(&output.stderr);
    assert!(
        said.contains("CLINICAL_PORT") && said.contains("CLINICAL_MAX_REQUEST_SIZE_MB") && !said.contains("CANARY")
    );
}

#[test]
fn a_record_is_never_overwritten() {
    let folder = Folder::new("overwrite");
    let visit = folder.visit();
    let before = fs::read(&visit).unwrap();
    for output in [visit.as_str(), folder.path()] {
        let ended = run(&["summarize", &visit, "--format", "json", "--output", output], "");
        assert_eq!(ended.status.code(), Some(64), "{output}: {}", text(&ended.stderr));
        assert_eq!(fs::read(&visit).unwrap(), before);
    }
}

// From here on the pipeline is at work.

#[test]
fn truncated_json_says_where() {
    let output = run(&["summarize", "-", "--format", "ndjson"], "{\"resourceType\":\n\"Bundle\",");
    assert_eq!(output.status.code(), Some(2));
    let line = &lines(&output)[0];
    assert_eq!((&line["file"], &line["error"]["code"]), (&"-".into(), &"not-json".into()));
    assert!(line["error"]["at"].as_str().unwrap().starts_with("line 2, column "), "{line}");
}

#[test]
fn every_sample_gives_every_format() {
    let folder = Folder::new("samples");
    for sample in samples::all() {
        folder.put(sample.file, sample.bytes);
    }
    let out = Folder::new("samples-out");
    for (format, ending) in [("text", "txt"), ("html", "html"), ("markdown", "md"), ("json", "json")] {
        let to = format!("{}/{format}", out.path());
        let output = run(&["summarize", folder.path(), "--format", format, "--output", &to], "");
        assert_eq!(output.status.code(), Some(0), "{format}: {}", text(&output.stderr));
        for sample in samples::all() {
            let file = Path::new(&to).join(format!("{}.{ending}", sample.name));
            assert!(fs::metadata(&file).is_ok_and(|m| m.len() > 100), "{}", file.display());
        }
    }
}

#[test]
fn a_fixed_time_gives_the_same_page_twice() {
    let folder = Folder::new("fixed");
    let visit = folder.visit();
    let page = || run(&["summarize", &visit, "--format", "html", "--now", "2025-03-01T09:00:00Z"], "").stdout;
    let first = page();
    assert!(text(&first).contains("<main"));
    assert_eq!(first, page());
}

#[test]
fn lines_of_bundles_are_documents_each() {
    let folder = Folder::new("bundles");
    let visit = folder.visit();
    let compact: serde_json::Value = serde_json::from_slice(&fs::read(&visit).unwrap()).unwrap();
    let file = folder.put("many.ndjson", format!("{compact}\n{{\"resourceType\":\"Bundle\",\n{compact}\n").as_bytes());
    let output = run(&["summarize", &file, "--format", "ndjson"], "");
    let lines = lines(&output);
    let files: Vec<_> = lines.iter().map(|l| l["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, [format!("{file}:1"), format!("{file}:2"), format!("{file}:3")]);
    assert_eq!(lines.iter().map(|l| l["ok"] == true).collect::<Vec<_>>(), [true, false, true]);
    assert!(lines[0]["processing_metadata"]["bundle_entries_processed"].as_u64().unwrap() > 5);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_summary_verifies_against_its_record_and_a_changed_one_does_not() {
    let folder = Folder::new("verify");
    let visit = folder.visit();
    let summary = run(&["summarize", &visit, "--format", "json"], "").stdout;
    let good = folder.put("summary.json", &summary);
    let verified = run(&["verify", &visit, &good], "");
    assert_eq!(verified.status.code(), Some(0), "{}{}", text(&verified.stdout), text(&verified.stderr));
    let mut changed: serde_json::Value = serde_json::from_slice(&summary).unwrap();
    changed["summary"]["medications"][0]["medication_name"] = "Somethingelsemab".into();
    let bad = folder.put("changed.json", changed.to_string().as_bytes());
    let verified = run(&["verify", &visit, &bad, "--format", "json"], "");
    assert_eq!(verified.status.code(), Some(1));
    assert!(!lines(&verified)[0]["faults"].as_array().unwrap().is_empty());
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    let folder = Folder::new("pipe");
    let visit = folder.visit();
    let many: Vec<&str> = std::iter::repeat_n(visit.as_str(), 50).collect();
    let mut child = Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .args([&["summarize", "--format", "ndjson"], many.as_slice()].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_folder_of_every_format_is_a_line_each() {
    let folder = Folder::new("mixed");
    for sample in samples::all() {
        folder.put(sample.file, sample.bytes);
    }
    folder.put("broken.xml", b"<ClinicalDocument><CANARY");
    folder.put("picture.png", b"\x89PNG");
    let output = run(&["summarize", folder.path(), "--format", "ndjson"], "");
    let lines = lines(&output);
    assert_eq!(lines.len(), samples::all().count() + 1);
    for line in &lines {
        let file = line["file"].as_str().unwrap();
        assert_eq!(line["ok"] == true, !file.ends_with("broken.xml"), "{line}");
    }
    let broken = lines.iter().find(|line| line["ok"] == false).unwrap();
    assert_eq!(broken["error"]["code"], "not-xml");
    assert!(!broken.to_string().contains("CANARY") && output.status.code() == Some(2));
}

#[test]
fn xml_and_notes_verify_and_come_from_standard_input_too() {
    let folder = Folder::new("verify-formats");
    for name in ["follow-up", "office-note", "discharge-note"] {
        let sample = samples::find(name).unwrap();
        let file = folder.put(sample.file, sample.bytes);
        let now = ["--now", "2025-03-08T09:00:00Z"];
        let from_file = run(&[&["summarize", &file, "--format", "json"], &now[..]].concat(), "");
        let whole: serde_json::Value = serde_json::from_slice(&from_file.stdout).unwrap();
        let summary = folder.put(&format!("{name}.summary.json"), &from_file.stdout);
        let verified = run(&["verify", &file, &summary], "");
        assert_eq!(verified.status.code(), Some(0), "{name}: {}{}", text(&verified.stdout), text(&verified.stderr));
        let piped = run(&[&["summarize", "-", "--format", "json"], &now[..]].concat(), text(sample.bytes));
        let piped: serde_json::Value = serde_json::from_slice(&piped.stdout).unwrap();
        assert_eq!(whole["summary"], piped["summary"], "{name}");
    }
}

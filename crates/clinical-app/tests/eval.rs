//! `eval narrator` from outside: what it prints, and how it ends. What it measures of servers that answer is seen by
//! `.ci/narrator`.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use serde_json::Value;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Notes with sentences that a model is asked about.
fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples")
}

fn run(notes: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinical-notes"));
    command.args(["eval", "narrator", "--notes"]).arg(notes).args(arguments);
    command.env_clear().envs(variables.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn without_the_folder_nothing_is_measured() {
    let done = run(&samples().join("no-such-folder"), &[], &[]);
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
    assert!(text(&done.stdout).starts_with("not run: ") && text(&done.stdout).lines().count() == 1);
}

#[test]
fn without_a_model_it_is_wrong_use() {
    let half = [("CLINICAL_ENABLE_AI_PROCESSING", "true"), ("CLINICAL_AI_MODEL", "CANARY")];
    for variables in [&[][..], &half] {
        let done = run(&samples(), &[], variables);
        assert_eq!((done.status.code(), text(&done.stdout)), (Some(64), ""));
        let said = text(&done.stderr);
        assert!(said.contains("CLINICAL_") && !said.contains("CANARY"), "{said}");
    }
}

#[test]
fn a_server_that_is_not_there_keeps_nothing_and_every_sentence_is_counted() {
    // Nobody listens on a port that was just given back.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}/v1");
    let settings = [
        ("CLINICAL_ENABLE_AI_PROCESSING", "true"),
        ("CLINICAL_AI_BASE_URL", url.as_str()),
        ("CLINICAL_AI_MODEL", "nobody"),
    ];
    let done = run(&samples(), &["--json"], &settings);
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), ""));
    let figures: Value = serde_json::from_slice(&done.stdout).unwrap();
    let asked = figures["sentences"]["asked"].as_u64().unwrap();
    assert!(asked > 0, "{figures}");
    assert_eq!(figures["sentences"]["kept"], 0);
    assert_eq!(figures["sentences"]["refused"], serde_json::json!({ "no-reply": asked }));
    assert_eq!((&figures["notes"], &figures["notes_without_kept"]), (&Value::from(2), &Value::from(2)));
    assert!(figures["reading_grade"].is_null() && figures["requests"]["outcomes"]["unreachable"].as_u64() > Some(0));

    let done = run(&samples(), &["--limit", "1"], &settings);
    let told = text(&done.stdout);
    assert!(told.contains("without a rewording     1 of 1") && told.contains("no-reply"), "{told}");
}

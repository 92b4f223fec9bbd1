//! `summarize --ai`: the same settings, and nothing without them.

use crate::common::sample;
use crate::stub::{Stub, status};
use std::io::Write as _;
use std::process::{Command, Output, Stdio};

fn summarize(arguments: &[&str], variables: &[(&str, &str)], note: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clinical-notes"))
        .args(["summarize", "-", "--now", "2026-03-01T09:00:00Z"])
        .args(arguments)
        .env_clear()
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // What refuses to start does not read.
    let _ = child.stdin.take().unwrap().write_all(note.as_bytes());
    child.wait_with_output().unwrap()
}

#[test]
fn without_settings_it_says_what_is_missing() {
    for (arguments, variables) in [
        (&["--ai"][..], &[][..]),
        (&["--ai"], &[("CLINICAL_ENABLE_AI_PROCESSING", "true"), ("CLINICAL_AI_MODEL", "CANARY")]),
        (&["--ai", "--audience", "clinician"], &[]),
    ] {
        let done = summarize(arguments, variables, sample("office-note"));
        assert_eq!((done.status.code(), done.stdout.as_slice()), (Some(64), &b""[..]));
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(said.lines().count() == 1 && !said.contains("CANARY"), "{said}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_fails_changes_no_word() {
    let stub = Stub::start(status("404 Not Found")).await;
    let url = stub.url("/v1");
    let settings =
        [("CLINICAL_ENABLE_AI_PROCESSING", "true"), ("CLINICAL_AI_BASE_URL", &url), ("CLINICAL_AI_MODEL", "stub")];
    for format in ["text", "html", "markdown"] {
        let note = sample("office-note");
        let on = summarize(&["--ai", "--format", format], &settings, note);
        let off = summarize(&["--format", format], &[], note);
        assert_eq!((on.status.code(), on.stdout == off.stdout), (off.status.code(), true), "{format}");
    }
    let before = stub.asked();
    summarize(&["--format", "text"], &settings, sample("office-note"));
    assert_eq!(stub.asked(), before, "nothing is asked without --ai");
}

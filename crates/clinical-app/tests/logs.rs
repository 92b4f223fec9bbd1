//! Nothing that a client sends is logged (rule 21), and nothing that no table lists. Alone in its file: what is logged
//! is caught for the whole process.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a helper that fails is a test that fails")]

mod common;

use axum::http::Method;
use clinical_app::log_fields::{EVENTS, FIELDS, Kind};
use clinical_app::logging::{self, AllowList};
use common::{CANARY, Service, request};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

#[derive(Clone, Default)]
struct Caught(Arc<Mutex<Vec<u8>>>);

impl io::Write for Caught {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One test at a time, and what the log says while it runs. Everything is let through that a subscriber can see.
fn alone() -> (MutexGuard<'static, ()>, impl Fn() -> String) {
    static LOG: OnceLock<Caught> = OnceLock::new();
    static TURN: Mutex<()> = Mutex::new(());
    let turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let log = LOG.get_or_init(|| {
        let caught = Caught::default();
        tracing_subscriber::registry().with(AllowList::new(caught.clone())).init();
        caught
    });
    log.0.lock().unwrap().clear();
    (turn, || String::from_utf8(log.0.lock().unwrap().clone()).unwrap())
}

#[tokio::test]
#[expect(clippy::await_holding_lock, reason = "the turn is held for the whole test, which has a thread of its own")]
async fn a_log_line_says_how_it_went_and_nothing_of_what_came() {
    let (_turn, log) = alone();
    let service = Service::default();
    let document = format!(r#"{{"resourceType":"Patient","name":[{{"text":"{CANARY}"}}],"birthDate":"{CANARY}"}}"#);
    for (method, path) in [
        ("POST", format!("/api/v1/summarize?{CANARY}={CANARY}")),
        ("POST", format!("/api/v1/summarize?format=html&x={CANARY}")),
        ("GET", format!("/samples/{CANARY}")),
        ("GET", format!("/{CANARY}")),
        (CANARY, "/".to_owned()),
    ] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = request(method, &path)
            .header("content-type", "application/json")
            .header("x-request-id", CANARY)
            .header("user-agent", CANARY)
            .header("authorization", CANARY)
            .header("x-forwarded-for", CANARY);
        service.send(request.body(document.clone().into()).unwrap()).await;
    }
    let log = log();
    let ours: Vec<&str> = log.lines().filter(|line| line.contains(" INFO request ")).collect();
    assert_eq!(ours.len(), 5, "{log}");
    assert!(log.contains(r#"method="POST" route="/api/v1/summarize" status="#), "{log}");
    assert!(log.contains(r#"route="/samples/{name}" status=404"#), "{log}");
    assert!(log.contains(r#"method="other""#), "{log}");
    assert!(!log.contains(CANARY) && !log.contains("dropped="), "{log}");
}

#[test]
fn a_planted_field_does_not_come_out() {
    let (_turn, log) = alone();
    let target = "clinical_app::http";
    let before = logging::dropped();
    // A field that no table knows, a listed one with a value it cannot have, and a free message.
    tracing::info!(target: "clinical_app::http", patient = CANARY, status = 200_u16, "request");
    tracing::info!(target: "clinical_app::http", route = CANARY, method = CANARY, id = CANARY, "request");
    tracing::info!(target: "clinical_app::http", status = CANARY, milliseconds = ?CANARY, id = %CANARY, "request");
    tracing::error!(target: "clinical_app::http", "cannot read {CANARY}");
    tracing::warn!(target: "clinical_app::http", error = ?io::Error::other(CANARY), "{}", CANARY.repeat(1000));
    let long = vec![CANARY; 10_000];
    tracing::info!(target: "clinical_app::http", status = ?long, "request");
    let span = tracing::info_span!(target: "clinical_app::http", "request", path = CANARY, status = CANARY);
    span.in_scope(|| tracing::info!(target: "clinical_app::http", method = "GET", "request"));
    let log = log();
    let lines: Vec<&str> = log.lines().map(|line| line.split_once(' ').unwrap().1.trim()).collect();
    let expected = [
        "INFO request status=200 dropped=1",
        "INFO request dropped=3",
        "INFO request dropped=3",
        "ERROR - dropped=1",
        "WARN - dropped=2",
        "INFO request dropped=1",
        r#"INFO request method="GET""#,
    ];
    assert_eq!(lines, expected, "{target}");
    assert_eq!(logging::dropped() - before, 11);
}

#[test]
fn of_other_crates_the_level_and_the_name_are_written() {
    let (_turn, log) = alone();
    tracing::debug!(target: "hyper::proto::h1::io", status = 200_u16, bytes = CANARY, "parsed {CANARY} headers");
    tracing::warn!(target: "Ada Lovelace", "x");
    tracing::warn!(target: "clinicalCANARY::x", "x");
    let log = log();
    let lines: Vec<&str> = log.lines().map(|line| line.split_once(' ').unwrap().1.trim()).collect();
    assert_eq!(lines, ["DEBUG from hyper", "WARN from another", "WARN from another"]);
}

/// The tables of `docs/LOGGING.md` are those of the program, and the tests that it names exist.
#[test]
fn the_document_says_what_the_tables_say() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join("docs/LOGGING.md")).unwrap();
    let rows = |heading: &str| -> Vec<String> {
        let part = text.split(&format!("## {heading}\n")).nth(1).unwrap().split("\n## ").next().unwrap();
        part.lines().filter(|line| line.starts_with("| `")).map(str::to_owned).collect()
    };
    let kind = |kind| match kind {
        Kind::Number => "a whole number".to_owned(),
        Kind::Id => "32 hexadecimal digits".to_owned(),
        Kind::Route => "a row of the route table, or `-`".to_owned(),
        Kind::OneOf(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" "),
    };
    let fields: Vec<String> = FIELDS
        .iter()
        .map(|f| format!("| `{}` | {} | {} | `{}` |", f.name, f.meaning, kind(f.kind), f.example))
        .collect();
    assert_eq!(rows("Fields"), fields);
    let events: Vec<String> = EVENTS.iter().map(|(name, meaning)| format!("| `{name}` | {meaning} |")).collect();
    assert_eq!(rows("Events"), events);
    let mut named = 0;
    for name in text.split('`').skip(1).step_by(2).filter(|name| name.contains(".rs::")) {
        let (file, test) = name.split_once("::").unwrap();
        let code = std::fs::read_to_string(root.join("crates").join(file)).unwrap_or_else(|_| panic!("no file {file}"));
        assert!(code.contains(&format!("fn {test}(")), "no test {name}");
        named += 1;
    }
    assert!(named > 10);
}

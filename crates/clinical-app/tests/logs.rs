//! Nothing that a client sends is logged (rule 21). Alone in its file: what is logged is caught for the whole process.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod common;

use axum::http::Method;
use common::{CANARY, Service, request};
use std::io;
use std::sync::{Arc, Mutex};

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

#[tokio::test]
async fn a_log_line_says_how_it_went_and_nothing_of_what_came() {
    let caught = Caught::default();
    let writer = caught.clone();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).init();
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
    let log = String::from_utf8(caught.0.lock().unwrap().clone()).unwrap();
    assert_eq!(log.lines().count(), 5, "{log}");
    assert!(log.contains(r#"method="POST" route="/api/v1/summarize" status="#), "{log}");
    assert!(log.contains(r#"route="/samples/{name}" status=404"#), "{log}");
    assert!(log.contains(r#"method="other""#), "{log}");
    assert!(!log.contains(CANARY), "{log}");
}

//! The files for Prometheus, held to what the program really says.
#![expect(clippy::disallowed_methods, reason = "the test reads the files and starts the real Prometheus")]
#![expect(clippy::unwrap_used, reason = "what cannot be unwrapped fails the test")]

use axum::Router;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use clinical_app::metrics::labels::{Format, Method};
use clinical_app::metrics::{Build, Exposition, Metrics, Readings, Vocabulary};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const PROMTOOL: &str = "/usr/bin/promtool";
const PROMETHEUS: &str = "/usr/bin/prometheus";

/// Whether a real program is there. Where all of them have to be, one that is not fails the test.
#[expect(clippy::print_stdout, reason = "who runs the tests should see what was not tested")]
fn is_there(program: &str) -> bool {
    let found = Path::new(program).exists();
    if !found {
        assert!(std::env::var_os("NOTES_REAL_COMPONENTS").is_none(), "{program} is not there");
        println!("not run: {program} is not there");
    }
    found
}

/// The folder of the files, at the root of the repository.
fn folder() -> PathBuf {
    let mut above = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("docker/monitoring"));
    above.find(|folder| folder.is_dir()).unwrap()
}

/// Every series there can be, with at least one value.
fn metrics() -> Metrics {
    let words = Vocabulary {
        routes: &["/api/v1/summarize"],
        gate_codes: &["fact-missing"],
        auth_reasons: &["expired"],
        identifier_kinds: &["NAME"],
    };
    let metrics = Metrics::new(Build { version: "0.1.0", lexicon: "1", commit: None }, &words);
    metrics.ask(Readings {
        desk_waiting: Box::new(|| 0),
        desk_working: Box::new(|| 0),
        audit_lines: Box::new(|| 0),
        audit_well: Box::new(|| Some(true)),
        phi_protection_enabled: Box::new(|| true),
        log_values_dropped: Box::new(|| 0),
        redis_shared: Box::new(|| Some(true)),
        jwks_age_seconds: Box::new(|| Some(1.0)),
        certificate_ends: Box::new(|| Some(1.8e9)),
    });
    let running = metrics.begin(metrics.route(Some("/api/v1/summarize")), Method::Post);
    running.end(200, Format::Json, Duration::from_millis(3));
    metrics
}

/// Names that begin like one of ours.
fn names(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':');
    words.filter(|word| word.starts_with("clinical_") || word.starts_with("process_")).collect()
}

#[test]
fn the_rules_ask_for_series_that_there_are() {
    let text = metrics().write(Exposition::Text);
    let said = names(&text);
    for file in ["rules.yml", "alerts.yml"] {
        let rules = std::fs::read_to_string(folder().join(file)).unwrap();
        let is_asked = |line: &&str| !line.trim_start().starts_with("- name:");
        for line in rules.lines().filter(is_asked) {
            for name in names(line) {
                assert!(said.contains(name), "{file} asks for {name}, which the program does not say");
            }
        }
    }
}

#[test]
fn every_alert_has_a_case() {
    let read = |file: &str| std::fs::read_to_string(folder().join(file)).unwrap();
    let cases = read("alerts_test.yml");
    let alerts = read("alerts.yml");
    let names: Vec<&str> = alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).collect();
    assert!(names.len() >= 10);
    for name in names {
        assert!(cases.contains(&format!("alertname: {name}\n")), "{name} has no case");
    }
}

#[test]
fn promtool_accepts_the_files_and_the_cases_hold() {
    if !is_there(PROMTOOL) {
        return;
    }
    for arguments in [
        ["check", "config", "prometheus.yml"].as_slice(),
        &["check", "rules", "rules.yml", "alerts.yml"],
        &["test", "rules", "alerts_test.yml"],
    ] {
        let output = Command::new(PROMTOOL).args(arguments).current_dir(folder()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&said));
    }
}

/// Ends the program that the test started, also when the test fails.
struct Started(Child, PathBuf);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
        let _ = std::fs::remove_dir_all(&self.1);
    }
}

async fn ask(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply).await.ok()?;
    Some(reply)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_prometheus_reads_it() {
    if !is_there(PROMETHEUS) {
        return;
    }
    let metrics = Arc::new(metrics());
    let sent = Arc::new(Mutex::new(BTreeSet::new()));
    let kept = Arc::clone(&sent);
    let scrape = move |headers: HeaderMap| async move {
        let exposition = Exposition::asked(&headers);
        kept.lock().unwrap().insert(exposition.content_type());
        ([(CONTENT_TYPE, exposition.content_type())], metrics.write(exposition))
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let service = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, Router::new().route("/metrics", get(scrape))).into_future());

    let data = std::env::temp_dir().join(format!("clinical-prometheus-{}", std::process::id()));
    std::fs::create_dir_all(&data).unwrap();
    // The real file, with this service in the place of the one in the compose file, asked every second.
    let config = std::fs::read_to_string(folder().join("prometheus.yml")).unwrap();
    let config = config.replace("clinical-api:8000", &service.to_string()).replace("_interval: 15s", "_interval: 1s");
    std::fs::write(data.join("prometheus.yml"), config.replace("scrape_timeout: 5s", "scrape_timeout: 1s")).unwrap();
    for rules in ["rules.yml", "alerts.yml"] {
        std::fs::copy(folder().join(rules), data.join(rules)).unwrap();
    }
    let port = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let child = Command::new(PROMETHEUS)
        .arg(format!("--config.file={}", data.join("prometheus.yml").display()))
        .arg(format!("--storage.tsdb.path={}", data.join("data").display()))
        .arg(format!("--web.listen-address=127.0.0.1:{port}"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let _started = Started(child, data);

    let query = "/api/v1/query?query=clinical_http_requests_total";
    let mut reply = String::new();
    for _ in 0..600 {
        reply = ask(port, query).await.unwrap_or_default();
        if reply.contains("\"route\":\"/api/v1/summarize\"") {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(reply.contains("\"route\":\"/api/v1/summarize\""), "{reply}");
    assert_eq!(*sent.lock().unwrap(), BTreeSet::from([Exposition::OpenMetrics.content_type()]));
    let kinds = ask(port, "/api/v1/metadata?metric=clinical_build").await.unwrap();
    assert!(kinds.contains("\"type\":\"info\""), "{kinds}");
}

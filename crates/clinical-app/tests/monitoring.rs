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
        narrator_outcomes: &["answered"],
        narrator_refusals: &["negation"],
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
        narrator_breaker: Box::new(|| Some(0)),
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

/// Each expression of the dashboard, and the words below its lines. Variables of Grafana have a value in the place of
/// theirs.
fn dashboard() -> (Vec<String>, Vec<String>) {
    fn collect(value: &serde_json::Value, key: &str, into: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(members) => {
                for (name, value) in members {
                    match value.as_str() {
                        Some(text) if name == key => into.push(text.to_owned()),
                        _ => collect(value, key, into),
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, key, into)),
            _ => {}
        }
    }
    let text = std::fs::read_to_string(folder().join("grafana/dashboards/clinical-notes.json")).unwrap();
    let page: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut asked, mut legends) = (Vec::new(), Vec::new());
    collect(&page, "expr", &mut asked);
    collect(&page, "legendFormat", &mut legends);
    let asked = asked.iter().map(|expr| expr.replace("$job", "clinical-api").replace("$instance", ".*")).collect();
    (asked, legends)
}

/// What stands between two marks, in every place.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(inside, _)| inside).collect()
}

#[test]
fn the_dashboard_asks_for_series_and_labels_that_there_are() {
    let text = metrics().write(Exposition::Text);
    let said = names(&text);
    let rules = std::fs::read_to_string(folder().join("rules.yml")).unwrap();
    let records: BTreeSet<&str> = rules.lines().filter_map(|line| line.trim().strip_prefix("- record: ")).collect();
    let sets = between(&text, "{", "}").into_iter().flat_map(|labels| labels.split("\",").collect::<Vec<_>>());
    let mut labels: BTreeSet<&str> = sets.filter_map(|pair| pair.split_once('=')).map(|(name, _)| name).collect();
    labels.extend(["job", "instance"]);
    let (asked, legends) = dashboard();
    assert!(asked.len() >= 20);
    for expr in &asked {
        let words = expr.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ':');
        let recorded: Vec<&str> = words.filter(|word| word.contains(':')).collect();
        for name in &recorded {
            assert!(records.contains(name), "no rule records {name}");
        }
        let own: Vec<&str> = names(expr).into_iter().filter(|name| !name.contains(':')).collect();
        for name in &own {
            assert!(said.contains(name), "the dashboard asks for {name}, which the program does not say");
        }
        let of_prometheus = expr.starts_with("ALERTS{") || expr.contains("up{");
        assert!(!recorded.is_empty() || !own.is_empty() || of_prometheus, "{expr} asks for nothing that is known");
        for list in between(expr, " by (", ")") {
            for label in list.split(',').map(str::trim) {
                assert!(labels.contains(label), "{expr}: there is no label {label}");
            }
        }
    }
    for label in legends.iter().flat_map(|legend| between(legend, "{{", "}}")) {
        assert!(labels.contains(label), "there is no label {label}");
    }
}

#[test]
fn promtool_reads_every_expression_of_the_dashboard() {
    if !is_there(PROMTOOL) {
        return;
    }
    let rules = dashboard()
        .0
        .into_iter()
        .enumerate()
        .map(|(at, expr)| serde_json::json!({ "record": format!("dashboard:expression:{at}"), "expr": expr }));
    // JSON is YAML, too.
    let file = serde_json::json!({ "groups": [{ "name": "dashboard", "rules": rules.collect::<Vec<_>>() }] });
    let path = std::env::temp_dir().join(format!("clinical-dashboard-{}.yml", std::process::id()));
    std::fs::write(&path, file.to_string()).unwrap();
    let output = Command::new(PROMTOOL).args(["check", "rules"]).arg(&path).output().unwrap();
    std::fs::remove_file(&path).unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
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

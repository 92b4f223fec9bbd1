//! The numbers as a scraper sees them.
#![expect(clippy::disallowed_methods, reason = "the test asks the environment whether real programs must be there")]

use clinical_app::metrics::labels::{Document, Format, Method, Outcome, Store, Validity};
use clinical_app::metrics::{Build, Exposition, Metrics, Readings, Vocabulary};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const PROMTOOL: &str = "/usr/bin/promtool";

fn metrics() -> Metrics {
    let words = Vocabulary {
        routes: &["/api/v1/summarize", "/", "/samples/{name}"],
        gate_codes: &["fact-missing", "words-altered"],
        auth_reasons: &["expired", "no-token"],
        identifier_kinds: &["NAME", "MRN"],
        narrator_outcomes: &["answered", "timeout"],
        narrator_refusals: &["negation", "number"],
    };
    Metrics::new(Build { version: "0.1.0", lexicon: "2026.1", commit: Some("0123abc") }, &words)
}

fn readings() -> Readings {
    Readings {
        desk_waiting: Box::new(|| 1),
        desk_working: Box::new(|| 2),
        audit_lines: Box::new(|| 3),
        audit_well: Box::new(|| Some(true)),
        phi_protection_enabled: Box::new(|| true),
        log_values_dropped: Box::new(|| 0),
        redis_shared: Box::new(|| None),
        jwks_age_seconds: Box::new(|| Some(12.5)),
        narrator_breaker: Box::new(|| Some(2)),
        certificate_ends: Box::new(|| Some(1.8e9)),
    }
}

fn used() -> Metrics {
    let metrics = metrics();
    metrics.ask(readings());
    for (route, method, status) in
        [(Some("/api/v1/summarize"), "POST", 200), (Some("/api/v1/summarize"), "POST", 503), (None, "BREW", 418)]
    {
        let running = metrics.begin(metrics.route(route), Method::of(method));
        running.end(status, Format::of(Some("application/json")), Duration::from_millis(7));
    }
    metrics.document(Document::Bundle, Outcome::Done);
    metrics.gate_refused("fact-missing");
    metrics.gate_refused("a code of tomorrow");
    metrics.readability(5.2);
    metrics.readability(f64::NAN);
    metrics.shed();
    metrics.throttled(Store::Redis);
    metrics.auth_refused("expired");
    metrics.phi_removed("NAME", 4);
    metrics.validated(Validity::Invalid);
    metrics.narrator_request("answered", Some(Duration::from_millis(300)));
    metrics.narrator_request("a word of a server", None);
    metrics.narrator_sentences(5, 3);
    metrics.narrator_refused("negation", 2);
    metrics
}

/// Series and their values.
fn series(text: &str) -> BTreeMap<&str, &str> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.rsplit_once(' ')).collect()
}

#[test]
fn what_happened_is_counted_under_words_of_ours() {
    let text = used().write(Exposition::OpenMetrics);
    let series = series(&text);
    let value = |name: &str| series.get(name).copied().unwrap_or_else(|| panic!("no {name} in\n{text}"));
    for (name, expected) in [
        (r#"clinical_build_info{version="0.1.0",lexicon="2026.1",commit="0123abc"}"#, "1"),
        (r#"clinical_http_requests_total{route="/api/v1/summarize",method="POST",status="200"}"#, "1"),
        (r#"clinical_http_requests_total{route="/api/v1/summarize",method="POST",status="503"}"#, "1"),
        (r#"clinical_http_requests_total{route="-",method="other",status="other"}"#, "1"),
        (r#"clinical_http_request_duration_seconds_count{route="/api/v1/summarize",method="POST",format="json"}"#, "2"),
        ("clinical_http_requests_in_flight", "0"),
        (r#"clinical_documents_total{kind="fhir-bundle",outcome="done"}"#, "1"),
        (r#"clinical_documents_total{kind="ccda",outcome="gate"}"#, "0"),
        (r#"clinical_gate_refusals_total{code="fact-missing"}"#, "1"),
        (r#"clinical_gate_refusals_total{code="words-altered"}"#, "0"),
        (r#"clinical_gate_refusals_total{code="other"}"#, "1"),
        ("clinical_readability_grade_count", "1"),
        ("clinical_shed_total", "1"),
        (r#"clinical_throttled_total{store="redis"}"#, "1"),
        ("clinical_desk_waiting", "1"),
        ("clinical_desk_working", "2"),
        (r#"clinical_auth_refused_total{reason="expired"}"#, "1"),
        ("clinical_audit_lines_total", "3"),
        ("clinical_audit_well", "1"),
        ("clinical_phi_protection_enabled", "1"),
        (r#"clinical_phi_removed_total{kind="NAME"}"#, "4"),
        (r#"clinical_fhir_validity_total{result="invalid"}"#, "1"),
        ("clinical_log_values_dropped_total", "0"),
        ("clinical_jwks_age_seconds", "12.5"),
        (r#"clinical_narrator_requests_total{outcome="answered"}"#, "1"),
        (r#"clinical_narrator_requests_total{outcome="timeout"}"#, "0"),
        (r#"clinical_narrator_requests_total{outcome="other"}"#, "1"),
        ("clinical_narrator_request_duration_seconds_count", "1"),
        ("clinical_narrator_sentences_asked_total", "5"),
        ("clinical_narrator_sentences_kept_total", "3"),
        (r#"clinical_narrator_sentences_refused_total{reason="negation"}"#, "2"),
        ("clinical_narrator_breaker", "2"),
    ] {
        assert_eq!(value(name), expected, "{name}");
    }
    assert!(text.ends_with("# EOF\n"));
    assert!(!text.contains("BREW") && !text.contains("tomorrow") && !text.contains("clinical_redis_shared"));
    #[cfg(target_os = "linux")]
    for name in
        ["process_resident_memory_bytes", "process_cpu_seconds_total", "process_start_time_seconds", "process_open_fds"]
    {
        assert!(value(name).parse::<f64>().is_ok_and(|number| number >= 0.0), "{name}");
    }
}

#[test]
fn a_request_is_in_flight_until_it_ends_and_abandoned_if_it_does_not() {
    let metrics = metrics();
    let first = metrics.begin(metrics.route(Some("/")), Method::Get);
    let second = metrics.begin(metrics.route(Some("/")), Method::Get);
    let text = metrics.write(Exposition::Text);
    assert_eq!(series(&text)["clinical_http_requests_in_flight"], "2");
    first.end(200, Format::Html, Duration::ZERO);
    drop(second);
    let text = metrics.write(Exposition::Text);
    let series = series(&text);
    assert_eq!(series["clinical_http_requests_in_flight"], "0");
    assert_eq!(series[r#"clinical_http_requests_total{route="/",method="GET",status="200"}"#], "1");
    assert_eq!(series[r#"clinical_http_requests_total{route="/",method="GET",status="abandoned"}"#], "1");
}

#[test]
fn whatever_clients_send_the_number_of_series_has_an_end() {
    let metrics = metrics();
    for n in 0..2000_u16 {
        let path = format!("/samples/ada-{n}");
        let running = metrics.begin(metrics.route(Some(&path)), Method::of(&format!("M{n}")));
        running.end(n, Format::of(Some(&format!("x/{n}"))), Duration::from_micros(n.into()));
    }
    let text = metrics.write(Exposition::OpenMetrics);
    assert!(text.lines().count() < 300, "{} lines", text.lines().count());
    assert!(!text.contains("ada-"));
}

#[test]
fn promtool_finds_nothing_to_say() {
    if !Path::new(PROMTOOL).exists() {
        assert!(std::env::var_os("NOTES_REAL_COMPONENTS").is_none(), "{PROMTOOL} is not there");
        println!("not run: {PROMTOOL} is not there");
        return;
    }
    let mut child = Command::new(PROMTOOL)
        .args(["check", "metrics"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(used().write(Exposition::Text).as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success() && said.is_empty(), "{}", String::from_utf8_lossy(&said));
}

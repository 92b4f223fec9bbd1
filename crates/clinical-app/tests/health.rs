//! The health routes, with answers that the test gives.
#![expect(clippy::unwrap_used, reason = "what cannot be unwrapped fails the test")]

use clinical_app::health::{About, Dependency, Detail, Health, Pace, Probes};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

fn yes() -> Box<dyn Fn() -> bool + Send + Sync> {
    Box::new(|| true)
}

fn well() -> Probes {
    Probes {
        phi_protection: yes(),
        fhir_r4: yes(),
        lexicon: yes(),
        audit_writable: Box::new(|| Some(true)),
        authentication: yes(),
        rate_limiting: yes(),
        request_size_limited: yes(),
        processing_time_limited: yes(),
        debug_off: yes(),
        request_logging_off: yes(),
        nothing_stored: yes(),
        redis: Box::new(|| Dependency::UP),
        key_server: Box::new(|| Dependency::UP),
        audit_sink: Box::new(|| Dependency::UP),
        model: Box::new(|| Dependency::NONE),
        telemetry: Box::new(|| Dependency::UNKNOWN),
    }
}

fn about(production: bool) -> About {
    About { version: "0.1.0", production, disk: PathBuf::from("/") }
}

fn measured(production: bool, probes: Probes) -> Health {
    let health = Health::new(about(production), probes);
    health.measure();
    health
}

fn json<T: Serialize>((status, body): (u16, T)) -> (u16, Value) {
    (status, serde_json::to_value(body).unwrap())
}

fn status(health: &Health) -> (u16, Value) {
    let (code, body) = json(health.overview());
    (code, body["status"].clone())
}

/// What a health without a fault of its own says on this machine, whose disk or memory may be nearly full (over 95 %).
fn without_fault(health: &Health) -> Value {
    let figures = &json(health.overview()).1["performance_metrics"];
    let is_full = |figure: &str| figures[figure]["used_percent"].as_f64().is_some_and(|used| used > 95.0);
    json!(if is_full("system_disk") || is_full("system_memory") { "degraded" } else { "healthy" })
}

#[test]
fn the_overview_has_the_shape_of_the_contract() {
    let health = measured(true, well());
    health.requests().record(Duration::from_millis(20), false);
    health.requests().record(Duration::from_millis(30), true);
    let (code, body) = json(health.overview());
    assert_eq!((code, &body["status"]), (200, &without_fault(&health)), "{body}");
    assert_eq!((&body["version"], &body["fhir_version"]), (&json!("0.1.0"), &json!("R4")));
    assert!(body["timestamp"].as_str().unwrap().ends_with('Z'));
    let part = json!({"status": "healthy"});
    let expected = json!({
        "pipeline": part, "lexicon": part, "phi_protection": part, "audit": part,
        "model": {"status": "not_configured"},
    });
    assert_eq!(body["components"], expected);
    let expected = json!({
        "phi_protection_enabled": true, "debug_disabled_in_prod": true, "request_logging_disabled": true,
        "rate_limiting_enabled": true, "processing_time_limited": true, "request_size_limited": true,
        "fhir_r4_support": true, "authentication_enabled": true, "audit_writable": true,
    });
    assert_eq!(body["safety_checks"], expected);
    let figures = &body["performance_metrics"];
    assert_eq!(figures["request_latency"]["requests"], 2);
    assert_eq!(figures["request_latency"]["window_seconds"], 300);
    assert!(
        figures["request_latency"]["p50_ms"].as_f64().unwrap() < figures["request_latency"]["p99_ms"].as_f64().unwrap()
    );
    assert_eq!(figures["error_rate"], 0.5);
    assert!(figures["uptime_seconds"].is_u64());
    // One measurement makes no interval: null, not a made-up figure.
    assert_eq!(figures["system_cpu"], Value::Null);
    #[cfg(target_os = "linux")]
    for (name, value) in
        [("system_memory", "available_bytes"), ("system_disk", "available_bytes"), ("process_memory", "resident_bytes")]
    {
        assert!(figures[name][value].as_u64().unwrap() > 0, "{name}");
    }
}

#[test]
fn live_depends_on_nothing() {
    assert_eq!(json(Health::live()), (200, json!({"status": "alive"})));
}

#[test]
fn before_everything_was_looked_at_once_it_is_starting() {
    let health = Health::new(about(false), well());
    assert_eq!(json(health.ready()), (503, json!({"status": "not_ready", "failed": ["starting"]})));
    let (code, body) = json(health.startup());
    assert_eq!((code, &body["status"]), (503, &json!("starting")));
    assert!(!health.phi_protection_enabled());
    health.measure();
    let (code, body) = json(health.startup());
    assert_eq!((code, &body["status"]), (200, &json!("startup_complete")));
    let expected = json!({"phi_protection": true, "audit_trail": true, "access_control": true, "nothing_stored": true});
    assert_eq!(body["healthcare_compliance"], expected);
    assert_eq!(json(health.ready()).0, 200);
    assert!(health.phi_protection_enabled());
}

#[test]
fn what_it_cannot_do_without_makes_it_not_ready() {
    let no = || -> Box<dyn Fn() -> bool + Send + Sync> { Box::new(|| false) };
    for (probes, part) in [
        (Probes { audit_writable: Box::new(|| Some(false)), ..well() }, "audit"),
        (Probes { lexicon: no(), ..well() }, "lexicon"),
        (Probes { phi_protection: no(), ..well() }, "phi_protection"),
        (Probes { phi_protection: Box::new(|| panic!("a planted sentence")), ..well() }, "phi_protection"),
        (Probes { fhir_r4: no(), ..well() }, "pipeline"),
    ] {
        let health = measured(false, probes);
        assert_eq!(json(health.ready()), (503, json!({"status": "not_ready", "failed": [part]})));
        assert_eq!(status(&health), (503, json!("unhealthy")), "{part}");
        assert_eq!(json(Health::live()).0, 200);
    }
}

#[test]
fn it_is_not_ready_before_it_ends_and_alive_until_then() {
    let health = measured(true, well());
    let (code, body) = json(health.ready());
    assert_eq!((code, &body["status"], &body["checks"]["audit"]["status"]), (200, &json!("ready"), &json!("healthy")));
    health.drain();
    assert_eq!(json(health.ready()), (503, json!({"status": "not_ready", "failed": ["draining"]})));
    assert_eq!(status(&health), (200, json!("degraded")));
    assert_eq!(json(Health::live()).0, 200);
}

#[test]
fn what_it_can_do_without_makes_it_degraded() {
    let alone = Dependency::degraded(Detail::Alone);
    let health = measured(false, Probes { redis: Box::new(move || alone), ..well() });
    assert_eq!(status(&health), (200, json!("degraded")));
    assert_eq!(json(health.ready()).0, 200);
    let (code, body) = json(health.dependencies());
    let expected = json!({
        "configured": true, "status": "degraded", "detail": "does not answer; each process works alone",
    });
    assert_eq!((code, &body["dependencies"]["redis"], &body["critical_failures"]), (200, &expected, &json!([])));
    let expected = json!({"configured": false, "status": "not_configured", "detail": "not configured"});
    assert_eq!(body["dependencies"]["model"], expected);

    let silent = Dependency::down(Detail::Silent);
    let health = measured(false, Probes { key_server: Box::new(move || silent), ..well() });
    assert_eq!(json(health.dependencies()).1["critical_failures"], json!(["key_server"]));
}

#[test]
fn a_model_that_is_away_keeps_nobody_waiting() {
    let ago = |seconds| Some(seconds);
    let resting = Dependency { seconds_since_failure: ago(3), ..Dependency::degraded(Detail::Resting) };
    for (model, part) in [(resting, "degraded"), (Dependency::UNKNOWN, "healthy"), (Dependency::UP, "healthy")] {
        let health = measured(true, Probes { model: Box::new(move || model), ..well() });
        let (code, body) = json(health.ready());
        assert_eq!((code, &body["checks"]["model"]["status"]), (200, &json!(part)));
        assert_eq!(json(health.dependencies()).1["critical_failures"], json!([]));
    }
    let health = measured(true, Probes { model: Box::new(move || resting), ..well() });
    assert_eq!(status(&health), (200, json!("degraded")));
    let expected = json!({
        "configured": true, "status": "degraded", "seconds_since_failure": 3,
        "detail": "failed several times in a row; it is left alone for a while",
    });
    assert_eq!(json(health.dependencies()).1["dependencies"]["model"], expected);
}

#[test]
fn every_safety_check_has_to_hold_in_production() {
    let open = || Probes { authentication: Box::new(|| false), debug_off: Box::new(|| false), ..well() };
    let health = measured(false, open());
    assert_eq!(status(&health), (200, without_fault(&health)));
    let checks = &json(health.overview()).1["safety_checks"];
    assert_eq!((&checks["authentication_enabled"], &checks["debug_disabled_in_prod"]), (&json!(false), &json!(true)));
    let health = measured(true, open());
    assert_eq!(status(&health), (200, json!("degraded")));
    assert_eq!(json(health.overview()).1["safety_checks"]["debug_disabled_in_prod"], false);
}

#[test]
fn without_an_audit_nothing_is_said_to_be_written() {
    let health = measured(false, Probes { audit_writable: Box::new(|| None), ..well() });
    let (_, body) = json(health.overview());
    assert_eq!(body["components"]["audit"]["status"], "not_configured");
    assert_eq!(body["safety_checks"]["audit_writable"], false);
    assert_eq!(json(health.ready()).0, 200);
}

#[test]
fn the_thread_measures_again_and_notices_a_change() {
    let (told, asked) = channel();
    let told = std::sync::Mutex::new(told);
    let finds = Arc::new(AtomicBool::new(true));
    let seen = Arc::clone(&finds);
    let phi_protection = Box::new(move || {
        let found = seen.load(Ordering::SeqCst);
        let _ = told.lock().unwrap().send(found);
        found
    });
    let health = Arc::new(Health::new(about(false), Probes { phi_protection, ..well() }));
    let pace = Pace { sample: Duration::from_millis(20), check: Duration::from_millis(20) };
    let keeper = health.keep_measuring(pace).unwrap();
    let within = Duration::from_secs(30);
    assert!(asked.recv_timeout(within).unwrap());
    finds.store(false, Ordering::SeqCst);
    while asked.recv_timeout(within).unwrap() {}
    // The answer before this one is written down by the time of the next question.
    asked.recv_timeout(within).unwrap();
    assert!(!health.phi_protection_enabled());
    drop(keeper);
    // The thread lets go of what it holds, with the sender in it.
    drop(health);
    let ended = std::iter::repeat_with(|| asked.recv_timeout(within)).find_map(Result::err);
    assert_eq!(ended, Some(RecvTimeoutError::Disconnected));
}

#[test]
fn a_check_that_hangs_is_vouched_for_no_longer_and_holds_no_route_up() {
    let (told, asked) = channel();
    let (go_on, wait) = channel::<()>();
    let (told, wait) = (std::sync::Mutex::new(told), std::sync::Mutex::new(wait));
    let phi_protection = Box::new(move || {
        let _ = told.lock().unwrap().send(());
        let _ = wait.lock().unwrap().recv();
        true
    });
    let health = Arc::new(Health::new(about(false), Probes { phi_protection, ..well() }));
    let pace = Pace { sample: Duration::from_millis(1), check: Duration::from_millis(1) };
    let _keeper = health.keep_measuring(pace).unwrap();
    let within = Duration::from_secs(30);
    asked.recv_timeout(within).unwrap();
    // It hangs in its first round: the routes answer all the same.
    assert_eq!(json(health.ready()), (503, json!({"status": "not_ready", "failed": ["starting"]})));
    go_on.send(()).unwrap();
    asked.recv_timeout(within).unwrap();
    // It hangs in its second round; what the first one said is stale before long.
    let stale = || json(health.ready()).0 == 503 && !health.phi_protection_enabled();
    let became_stale = (0..30_000).any(|_| {
        std::thread::sleep(Duration::from_millis(1));
        stale()
    });
    assert!(became_stale);
    let (_, body) = json(health.ready());
    assert_eq!(body["failed"], json!(["lexicon", "phi_protection", "pipeline"]));
}

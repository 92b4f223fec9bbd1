//! The description of the service holds what the service does: it is a snapshot, its examples run, and real replies
//! have the shapes that it promises.
#![expect(clippy::unwrap_used, clippy::disallowed_methods, reason = "a helper that fails is a test that fails")]

mod common;

use axum::http::Method;
use clinical_app::http::describe;
use clinical_app::http::router::ROUTES;
use clinical_app::samples;
use common::{Service, request};
use serde_json::{Value, json};
use std::path::Path;

/// The description with what a validator of JSON Schema needs to look up references in it.
fn shape(name: &str) -> jsonschema::Validator {
    let mut schema: Value = serde_json::from_str(describe::document(true)).unwrap();
    schema["$ref"] = json!(format!("#/components/schemas/{name}"));
    jsonschema::validator_for(&schema).unwrap()
}

fn holds(name: &str, value: &Value, what: &str) {
    let shape = shape(name);
    let faults: Vec<String> =
        shape.iter_errors(value).map(|e| format!("{} {}", e.instance_path(), e.schema_path())).collect();
    assert!(faults.is_empty(), "{what} is no {name}: {faults:?}");
}

/// `NOTES_ACCEPT=1` writes it anew; the difference is what is reviewed.
#[test]
fn the_description_is_the_one_that_was_reviewed() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if std::env::var_os("NOTES_ACCEPT").is_some() {
        std::fs::write(&path, describe::document(true)).unwrap();
    }
    let same = std::fs::read_to_string(&path).unwrap() == describe::document(true);
    assert!(same, "docs/openapi.json differs: NOTES_ACCEPT=1 accepts the change");
}

#[test]
fn every_route_is_described_or_says_that_it_is_not_served() {
    let parts = ["/assets/{name}", "/docs", "/docs/{name}", "/metrics"];
    let absent = ["/api/v1/summary/{id}", "/api/v1/summaries"];
    for route in ROUTES {
        let listed = parts.contains(&route.path) || absent.contains(&route.path);
        assert_eq!(describe::is_described(route.method, route.path), !listed, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn every_example_is_answered() {
    let service = Service::default();
    let mut count = 0;
    for (method, path, media, body) in describe::examples() {
        let path = path.replace("{kind}", "summary");
        let request = request(method.parse().unwrap(), &path).header("content-type", media);
        let reply = service.send(request.body(body.into()).unwrap()).await;
        assert_eq!(reply.status.as_u16(), 200, "{path} {media}: {}", reply.text());
        count += 1;
    }
    assert!(count >= 14, "{count}");
}

#[tokio::test]
async fn replies_have_the_shapes_that_are_promised() {
    let service = Service::default();
    for sample in samples::all() {
        let record = std::str::from_utf8(sample.bytes).unwrap();
        let post = async |path: &str| service.post_as(path, sample.media(), record).await.json();
        let sheet = post("/api/v1/summarize").await;
        holds("SummaryReply", &sheet, sample.name);
        holds("ExamineReply", &post("/api/v1/summarize/validate-only").await, sample.name);
        let whole = json!({ "source": record, "summary": sheet["summary"] }).to_string();
        let verified = service.post("/api/v1/verify", &whole).await.json();
        holds("VerifyReply", &verified, sample.name);
        assert_eq!(verified["verified"], true, "{}: {verified}", sample.name);
        holds("DeidentifyReply", &post("/api/v1/deidentify").await, sample.name);
        if sample.media() == "application/fhir+json" {
            holds("ValidateReply", &post("/api/v1/validate").await, sample.name);
        }
        if sample.media() == "application/xml" {
            holds("CcdaReply", &post("/api/v1/ccda/summarize").await, sample.name);
            holds("CcdaValidateReply", &post("/api/v1/ccda/validate").await, sample.name);
        }
    }
    for broken in ["<a", "<a/>", "A note."] {
        let reply = service.post_as("/api/v1/ccda/validate", "text/xml", broken).await.json();
        holds("CcdaValidateReply", &reply, broken);
    }
    let named = service.post("/api/inference", r#"{"clinical_text":"Señora with asthma."}"#).await.json();
    holds("InferenceReply", &named, "asthma");
    assert_eq!((&named["entities"][0]["entity"], &named["entities"][0]["start"]), (&json!("asthma"), &json!(12)));
    assert_eq!(named["entities"][0]["value"], "present");
    for (path, name) in [
        ("/", "ServiceDescription"),
        ("/samples", "SampleList"),
        ("/api/v1/translate/supported-languages", "LanguagesReply"),
        ("/api/v1/ccda/health", "CcdaHealth"),
        ("/health", "Overview"),
        ("/api/v1/health", "Overview"),
        ("/api/v1/health/live", "Live"),
        ("/api/v1/health/ready", "Readiness"),
        ("/api/v1/health/startup", "Startup"),
        ("/api/v1/health/dependencies", "DependencyReport"),
    ] {
        let reply = service.send(request(Method::GET, path).body("".into()).unwrap()).await;
        holds(name, &reply.json(), path);
    }
    for (path, body) in [
        ("/api/v1/summarize", "{}"),
        ("/api/v1/verify", "{}"),
        ("/api/inference", "{}"),
        ("/api/v1/validate", ""),
        ("/nowhere", "{}"),
        ("/api/v1/translate/text", "{}"),
    ] {
        holds("OperationOutcome", &service.post(path, body).await.json(), path);
    }
}

#[tokio::test]
async fn what_validation_says_has_the_shape_that_is_promised() {
    let service = Service::default();
    let path = "/api/v1/validate/bundle";
    for body in [common::visit(), include_str!("validated/broken.json"), "{\"resource\":7,\"x\":1}", "{", "{}"] {
        holds("ValidateReply", &service.post(path, body).await.json(), body);
        let request = request(Method::POST, path).header("accept", "application/fhir+json");
        let reply = service.send(request.body(body.into()).unwrap()).await;
        assert_eq!(reply.status.as_u16(), 200, "{body}");
        holds("OperationOutcome", &reply.json(), body);
    }
    holds("OperationOutcome", &service.post(path, "").await.json(), "nothing");
}

#[tokio::test]
async fn a_summary_that_was_changed_is_not_verified() {
    let service = Service::default();
    let record = common::visit();
    let sheet = service.post("/api/v1/summarize", record).await.json();
    let mut summary = sheet["summary"].clone();
    summary["medications"][0]["dosage"] = json!("60 tablets");
    let reply = service.post("/api/v1/verify", &format!("{{\"source\":{record},\"summary\":{summary}}}")).await.json();
    assert_eq!(reply["verified"], false);
    let faults = reply["faults"].to_string();
    assert!(faults.contains("summary.medications[0].dosage") && !faults.contains("60 tablets"), "{faults}");
}

#[tokio::test]
async fn a_record_that_is_sent_as_its_text_is_verified_to_the_byte() {
    let service = Service::default();
    let record = common::visit().replacen("\"value\": 11.6", "\"value\": 11.60", 1);
    assert_ne!(record, common::visit(), "the sample has the value");
    let whole = service.post("/api/v1/summarize", &record).await.json();
    let verified = async |source: Value, summary: &Value| {
        let body = json!({ "source": source, "summary": summary }).to_string();
        service.post("/api/v1/verify", &body).await.json()["verified"].clone()
    };
    assert_eq!(verified(json!(record), &whole["summary"]).await, true);
    assert_eq!(verified(json!(format!("{{\"bundle\":{record}}}")), &whole).await, true, "with both envelopes");
    let read_and_written: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(verified(read_and_written, &whole["summary"]).await, false, "11.60 became 11.6");
}

#[tokio::test]
async fn what_can_be_used_is_said_without_making_a_sheet() {
    let service = Service::default();
    let path = "/api/v1/summarize/validate-only";
    let whole = service.post(path, common::visit()).await.json();
    assert_eq!((&whole["bundle_valid"], &whole["processable"]), (&json!(true), &json!(true)));
    assert_eq!(whole["medication_requests_found"], 4);
    for broken in ["{}", "[]", "\"x\"", "{\"resourceType\":"] {
        let reply = service.post(path, broken).await;
        assert_eq!(reply.status.as_u16(), 200, "{broken}");
        assert_eq!(reply.json()["processable"], false, "{broken}");
    }
}

#[tokio::test]
async fn what_is_not_served_says_so() {
    let service = Service::default();
    for path in ["/api/v1/summary/1", "/api/v1/summaries"] {
        let reply = service.send(request(Method::GET, path).body("".into()).unwrap()).await;
        assert_eq!((reply.status.as_u16(), reply.issue(path)["code"].clone()), (501, json!("not-supported")), "{path}");
    }
}

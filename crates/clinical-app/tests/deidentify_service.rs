//! `POST /api/v1/deidentify` from outside: each format, policy and refusal.

#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod common;

use axum::http::{Method, StatusCode};
use clinical_app::settings::{Given, Settings, Surroundings};
use common::{CANARY, Reply, Service, request};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;

const ROUTE: &str = "/api/v1/deidentify";

/// Invented people.
const NOTE: &str = "Patient: Ana Marlowe\nPhone: (312) 555-0142\n\nMs. Marlowe has asthma. BP 120/80.\n";
const PATIENT: &str = r#"{ "resourceType": "Patient", "name": [{ "family": "Marlowe", "given": ["Ana"] }],
    "birthDate": "1971-02-03", "multipleBirthInteger": 2 }"#;
const CCDA: &str = r#"<ClinicalDocument xmlns="urn:hl7-org:v3"><recordTarget><patientRole><patient><name><given>Ana</given> <family>Marlowe</family></name></patient></patientRole></recordTarget><component><structuredBody><component><section><text>Ms. Marlowe has asthma.</text></section></component></structuredBody></component></ClinicalDocument>"#;

fn with_secret() -> Settings {
    let from = HashMap::from([("CLINICAL_DEIDENTIFY_SECRET".to_owned(), "a secret for this test".to_owned())]);
    Settings::read(&from, &Given::default(), &Surroundings::default()).unwrap()
}

async fn send(service: &Service, path: &str, media: &str, accept: &str, body: &str) -> Reply {
    let mut request = request(Method::POST, path);
    for (name, value) in [("content-type", media), ("accept", accept)] {
        if !value.is_empty() {
            request = request.header(name, value);
        }
    }
    service.send(request.body(body.to_owned().into()).unwrap()).await
}

fn without_identity(reply: &Reply) {
    for value in ["Marlowe", "Ana", "555-0142", "1971-02"] {
        assert!(!reply.all().contains(value), "{value} in {}", reply.all());
    }
}

#[tokio::test]
async fn every_format_comes_back_in_its_own() {
    let service = Service::default();
    for (media, body, format, bare) in [
        ("text/plain", NOTE, "note", "text/plain"),
        ("application/fhir+json", PATIENT, "fhir-json", "application/fhir+json"),
        ("application/x-ndjson", &format!("{}\n", PATIENT.replace('\n', " ")), "fhir-ndjson", "application/x-ndjson"),
        ("application/xml", CCDA, "ccda", "application/xml"),
        ("", CCDA, "ccda", "application/xml"),
    ] {
        let reply = send(&service, ROUTE, media, "", body).await;
        assert_eq!(reply.status, StatusCode::OK, "{format}: {}", reply.text());
        without_identity(&reply);
        let json = reply.json();
        assert_eq!((&json["format"], &json["policy"]), (&json!(format), &json!("safe-harbor")));
        assert_eq!(json["document"].is_object(), format == "fhir-json");
        assert!(json["counts"]["NAME"].as_u64().unwrap() > 0, "{json}");
        let place = if format == "note" { "start" } else { "path" };
        let removed = json["removed"].as_array().unwrap();
        assert!(
            removed.iter().all(|r| !r[place].is_null() && r["kind"].is_string() && r["reason"].is_string()),
            "{json}"
        );
        let id = &json["processing_metadata"]["request_id"];
        assert_eq!(id.as_str(), reply.headers["x-request-id"].to_str().ok());
        for (path, accept) in [(ROUTE, bare), (&format!("{ROUTE}?format=document"), "")] {
            let alone = send(&service, path, media, accept, body).await;
            assert_eq!(alone.status, StatusCode::OK, "{accept}: {}", alone.text());
            without_identity(&alone);
            assert_eq!(alone.headers["content-type"], format!("{bare}; charset=utf-8"));
            assert!(alone.headers["x-removed-counts"].to_str().unwrap().starts_with("NAME="), "{:?}", alone.headers);
            match &json["document"] {
                Value::String(text) => assert_eq!(alone.text(), text),
                object => assert_eq!(alone.json(), *object),
            }
        }
    }
}

#[tokio::test]
async fn a_policy_is_chosen_by_the_address_or_the_body() {
    let service = Service::new(with_secret());
    for policy in ["safe-harbor", "surrogate", "mask", "keep-dates"] {
        let by_query = send(&service, &format!("{ROUTE}?policy={policy}"), "text/plain", "", NOTE).await;
        without_identity(&by_query);
        assert_eq!(by_query.json()["policy"], policy);
        for around in [json!({ "text": NOTE, "policy": policy }), json!({ "document": NOTE, "policy": policy })] {
            let by_body = service.post(ROUTE, &around.to_string()).await;
            assert_eq!(by_body.json()["document"], by_query.json()["document"], "{policy}");
        }
        let patient: Value = serde_json::from_str(PATIENT).unwrap();
        let around = json!({ "bundle": patient, "policy": policy, "subject": "7" });
        let reply = service.post(&format!("{ROUTE}?format=document"), &around.to_string()).await;
        assert_eq!(reply.json()["resourceType"], "Patient");
        assert!(!reply.text().contains("Marlowe"));
    }
}

#[tokio::test]
async fn lists_are_followed() {
    let service = Service::default();
    let reply = service.post(ROUTE, &json!({ "text": NOTE, "deny": ["asthma"] }).to_string()).await;
    assert!(!reply.text().contains("asthma") && reply.text().contains("\"reason\":\"deny-list\""), "{}", reply.text());
}

#[tokio::test]
async fn every_refusal_is_an_operation_outcome_without_input() {
    let service = Service::new(Settings { max_request_bytes: 1 << 20, ..Settings::default() });
    let long = CANARY.repeat(1 << 17);
    let bad = |name: &str, value: Value| json!({ "text": CANARY, name: value }).to_string();
    for (status, query, media, accept, body) in [
        (400, "?policy=surrogate".to_owned(), "text/plain", "", CANARY),
        (400, format!("?policy={CANARY}"), "text/plain", "", CANARY),
        (400, format!("?subject={CANARY}"), "text/plain", "", CANARY),
        (406, format!("?format={CANARY}"), "text/plain", "", CANARY),
        (406, String::new(), "text/plain", "image/png", CANARY),
        (406, String::new(), "text/plain", "application/xml", CANARY),
        (415, String::new(), "image/png", "", CANARY),
        (415, String::new(), "multipart/form-data; boundary=x", "", CANARY),
        (413, String::new(), "text/plain", "", &long),
        (400, String::new(), "text/plain", "", ""),
        (400, String::new(), "application/json", "", &bad("policy", json!("surrogate"))),
        (400, String::new(), "application/json", "", &bad("policy", json!(CANARY))),
        (400, String::new(), "application/json", "", &bad("allow", json!(CANARY))),
        (400, String::new(), "application/json", "", &bad("bundle", json!({ "a": CANARY }))),
        (400, String::new(), "application/fhir+json", "", &format!("{{\"resourceType\":\"{CANARY}")),
        (400, String::new(), "application/xml", "", &format!("<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><{CANARY}>")),
    ] {
        let reply = send(&service, &format!("{ROUTE}{query}"), media, accept, body).await;
        let what = format!("{query} {media} {accept} {}", body.get(..60).unwrap_or(body));
        assert_eq!(reply.status.as_u16(), status, "{what}: {}", reply.text());
        reply.issue(&what);
        assert!(!reply.all().contains(CANARY), "{what}: {}", reply.all());
    }
}

#[tokio::test]
async fn work_that_takes_too_long_is_stopped() {
    let service = Service::new(Settings { max_time: Duration::from_millis(2), ..Settings::default() });
    let reply = send(&service, ROUTE, "text/plain", "", &NOTE.repeat(80_000)).await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{}", reply.text().get(..200).unwrap_or_default());
    assert_eq!(reply.issue("slow")["code"], "timeout");
}

#[tokio::test]
async fn what_is_said_to_be_fhir_is_not_worked_on_as_a_text() {
    let service = Service::default();
    for (kind, status) in [("application/fhir+json", 422), ("application/json", 200)] {
        let request = request(Method::POST, "/api/v1/deidentify").header("content-type", kind);
        let reply = service.send(request.body(r#"{"name":"Ada Lovelace"}"#.into()).unwrap()).await;
        assert_eq!(reply.status.as_u16(), status, "{kind}");
        assert!(!reply.text().contains("Lovelace"), "{kind}");
    }
}

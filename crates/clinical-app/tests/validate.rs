//! `/api/v1/validate…` from outside: what it takes, what it answers, and that it never says what it was given.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod common;

use axum::http::{Method, StatusCode};
use clinical_app::samples;
use clinical_app::settings::Settings;
use common::{CANARY, Reply, Service, request};
use serde_json::{Value, json};

const VALIDATE: &str = "/api/v1/validate";
const BUNDLE: &str = "/api/v1/validate/bundle";
const ORDER: &str = "/api/v1/validate/medication-request";

/// The resource that the tests of the command line use, too.
const BROKEN: &str = include_str!("validated/broken.json");

/// An order in which nothing is wrong.
const FINE: &str = include_str!("validated/fine.json");

async fn ask(service: &Service, path: &str, media: &str, accept: &str, body: &str) -> Reply {
    let mut request = request(Method::POST, path);
    for (name, value) in [("content-type", media), ("accept", accept)] {
        if !value.is_empty() {
            request = request.header(name, value);
        }
    }
    service.send(request.body(body.to_owned().into()).unwrap()).await
}

fn keys(reply: &Value) -> Vec<&str> {
    reply["issues"].as_array().unwrap().iter().map(|issue| issue["key"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_validation_that_ended_is_200_and_tells_about_itself() {
    let service = Service::default();
    let reply = service.post(VALIDATE, FINE).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!(reply.headers["vary"], "Accept");
    let said = reply.json();
    assert_eq!((&said["is_valid"], &said["resource_type"]), (&json!(true), &json!("MedicationRequest")), "{said}");
    let about = &said["validation_metadata"];
    assert_eq!(about["request_id"], reply.headers["x-request-id"].to_str().unwrap());
    for (name, value) in [
        ("validator", json!("clinical-validate")),
        ("fhir_version", json!("4.0.1")),
        ("mode", json!("strict")),
        ("format", json!("fhir-resource")),
        ("resources_checked", json!(1)),
        ("errors", json!(0)),
        ("issues_not_listed", json!(0)),
        ("input_bytes", json!(FINE.len())),
    ] {
        assert_eq!(about[name], value, "{name}");
    }
    assert!(about["validated_at"].is_string() && about["processing_time_seconds"].is_number());
}

#[tokio::test]
async fn what_is_broken_is_told_with_its_place_and_without_its_values() {
    let service = Service::default();
    let reply = service.post(VALIDATE, BROKEN).await;
    let said = reply.json();
    assert_eq!((reply.status, &said["is_valid"]), (StatusCode::OK, &json!(false)), "{said}");
    let issues = said["issues"].as_array().unwrap();
    let unknown = issues.iter().find(|issue| issue["line"] == 5).unwrap_or_else(|| panic!("{said}"));
    assert_eq!(unknown["expression"], json!(["MedicationRequest.member(3)"]));
    for name in ["severity", "code", "details", "diagnostics", "key"] {
        assert!(unknown[name].as_str().is_some_and(|text| !text.is_empty()), "{name}: {unknown}");
    }
    assert!(!reply.text().contains("blue") && !reply.text().contains("colour"), "{said}");
}

#[tokio::test]
async fn what_is_no_json_or_no_resource_is_an_answer_and_no_fault() {
    let service = Service::default();
    for (body, line, column) in [("{", 1, 2), ("{\"resourceType\":\n\"Patient\",}", 2, 11), (CANARY, 1, 1)] {
        let reply = service.post(VALIDATE, body).await;
        let said = reply.json();
        assert_eq!((reply.status, &said["is_valid"]), (StatusCode::OK, &json!(false)), "{body}");
        let issue = &said["issues"][0];
        assert_eq!((&issue["severity"], &issue["code"]), (&json!("fatal"), &json!("structure")), "{body}");
        assert_eq!((&issue["line"], &issue["column"]), (&json!(line), &json!(column)), "{body}");
        assert!(!reply.all().contains(CANARY));
    }
    let deep = service.post(VALIDATE, &"[".repeat(1 << 20)).await.json();
    assert_eq!(keys(&deep), ["too-deep"]);
    let blank = service.post(VALIDATE, " \n").await;
    assert_eq!((blank.status.as_u16(), &blank.issue("blank")["details"]["coding"][0]["code"]), (400, &json!("empty")));
}

#[tokio::test]
async fn json_that_is_no_resource_has_issues() {
    let service = Service::default();
    for body in ["{}", "[]", "\"x\"", "null", "{\"resourceType\":\"CANARYAdaLovelace\"}", "{\"resource\":[]}"] {
        let reply = service.post(VALIDATE, body).await;
        let said = reply.json();
        assert_eq!((reply.status, &said["is_valid"]), (StatusCode::OK, &json!(false)), "{body}");
        assert!(!keys(&said).is_empty() && said["resource_type"].is_null(), "{body}: {said}");
        assert!(!reply.all().contains(CANARY));
    }
}

#[tokio::test]
async fn a_request_around_a_resource_says_how_strict_to_be_and_the_address_goes_before() {
    let service = Service::default();
    let mode = async |path: &str, body: &str| {
        let reply = service.post(path, body).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        reply.json()["validation_metadata"]["mode"].clone()
    };
    let asked = |mode: &str| format!("{{\"resource\": {FINE}, \"validation_mode\": {mode}}}");
    assert_eq!(mode(VALIDATE, &asked("null")).await, "strict");
    assert_eq!(mode(VALIDATE, &asked("\"lenient\"")).await, "lenient");
    assert_eq!(mode("/api/v1/validate?validation_mode=strict", &asked("\"lenient\"")).await, "strict");
    assert_eq!(mode("/api/v1/validate?validation_mode=lenient", FINE).await, "lenient");
    let refused = [
        (VALIDATE, asked(&format!("\"{CANARY}\"")), "validation_mode"),
        (VALIDATE, "{\"validation_mode\":\"strict\"}".to_owned(), "resource"),
        (VALIDATE, format!("{{\"resource\":{{}},\"resource\":\"{CANARY}\"}}"), "resource"),
        ("/api/v1/validate?validation_mode=CANARYAdaLovelace", FINE.to_owned(), "validation_mode"),
    ];
    for (path, body, at) in refused {
        let reply = service.post(path, &body).await;
        assert_eq!((reply.status.as_u16(), &reply.issue(at)["expression"]), (400, &json!([at])), "{path}");
        assert!(!reply.all().contains(CANARY));
    }
}

#[tokio::test]
async fn places_inside_a_request_are_places_of_the_request() {
    let service = Service::default();
    let deep = "[".repeat(300);
    let before = "{\"x\": \"é\",\n  \"resource\": ";
    let said = service.post(VALIDATE, &format!("{before}{deep}{}}}", "]".repeat(300))).await.json();
    assert_eq!(keys(&said), ["members-not-used", "too-deep"]);
    let issue = &said["issues"][1];
    assert_eq!((&issue["line"], &issue["column"]), (&json!(2), &json!(14 + 201)), "{issue}");
}

#[tokio::test]
async fn a_resource_of_another_type_is_an_error_where_a_type_is_asked_for() {
    let service = Service::default();
    let visit = common::visit();
    for (path, good, bad) in [(BUNDLE, visit, FINE), (ORDER, FINE, visit)] {
        let said = service.post(path, good).await.json();
        assert!(!keys(&said).contains(&"wrong-resource-type"), "{path}: {said}");
        let said = service.post(path, bad).await.json();
        assert_eq!((&said["is_valid"], keys(&said)[0]), (&json!(false), "wrong-resource-type"), "{path}: {said}");
        assert_eq!(said["issues"][0]["severity"], "error");
        let wrapped = service.post(path, &format!("{{\"resource\":{bad}}}")).await.json();
        assert!(keys(&wrapped).contains(&"wrong-resource-type"));
    }
}

#[tokio::test]
async fn who_asks_for_fhir_gets_an_operation_outcome() {
    let service = Service::default();
    let fhir = "application/fhir+json";
    let reply = ask(&service, BUNDLE, fhir, fhir, FINE).await;
    assert_eq!(reply.status, StatusCode::OK);
    let issue = reply.issue("outcome");
    assert_eq!((&issue["severity"], &issue["code"]), (&json!("error"), &json!("invalid")));
    assert_eq!(issue["details"]["coding"][0]["code"], "wrong-resource-type");
    let base = "http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-";
    for (at, name) in [(0, "line"), (1, "col")] {
        assert_eq!(issue["extension"][at], json!({ "url": format!("{base}{name}"), "valueInteger": 1 }));
    }
    assert_eq!((&issue["location"], &issue["expression"]), (&json!(["Line[1] Col[1]"]), &json!(["MedicationRequest"])));
    let fine = ask(&service, VALIDATE, fhir, fhir, FINE).await;
    assert_eq!(fine.issue("fine")["severity"], "information");
    // What we say of others holds for ourselves.
    let own = service.post(VALIDATE, fine.text()).await.json();
    assert_eq!((&own["is_valid"], &own["resource_type"]), (&json!(true), &json!("OperationOutcome")), "{own}");
    let own = service.post(VALIDATE, reply.text()).await.json();
    assert_eq!(own["is_valid"], true, "{own}");
}

#[tokio::test]
async fn lines_are_answered_with_lines() {
    let service = Service::default();
    let order = FINE.replace('\n', " ");
    let body = format!("{order}\n\n{{\"resourceType\":\n{order}\n");
    let media = "application/x-ndjson";
    let reply = ask(&service, VALIDATE, media, "", &body).await;
    assert_eq!((reply.status, reply.headers["content-type"].to_str().unwrap()), (StatusCode::OK, media));
    let lines: Vec<Value> = reply.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let said: Vec<_> = lines.iter().map(|l| (l["line"].as_u64().unwrap(), l["is_valid"] == true)).collect();
    assert_eq!(said, [(1, true), (3, false), (4, true)], "{lines:?}");
    assert_eq!(lines[1]["issues"][0]["line"], 3);
    let joined = ask(&service, VALIDATE, media, "application/json", &body).await.json();
    assert_eq!((&joined["is_valid"], &joined["resource_type"]), (&json!(false), &Value::Null));
    let about = &joined["validation_metadata"];
    assert_eq!((&about["resources_checked"], &about["format"]), (&json!(2), &json!("fhir-ndjson")));
    let orders = ask(&service, BUNDLE, media, "", &body).await;
    assert_eq!(orders.text().matches("wrong-resource-type").count(), 2, "each line for itself");
    let many = ask(&service, VALIDATE, media, "", &"1\n".repeat(10_001)).await;
    assert_eq!((many.status.as_u16(), &many.issue("many")["code"]), (413, &json!("too-long")));
}

#[tokio::test]
async fn what_is_not_validated_here_is_refused_and_says_what_is() {
    let service = Service::new(Settings { max_request_bytes: 1 << 20, ..Settings::default() });
    let xml = format!("<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"{CANARY}\"/></Patient>");
    for path in [VALIDATE, BUNDLE, ORDER] {
        for media in ["application/fhir+xml", "application/xml", "text/xml", "text/plain", "multipart/form-data", ""] {
            let reply = ask(&service, path, media, "", &xml).await;
            assert_eq!((reply.status.as_u16(), &reply.issue(media)["code"]), (415, &json!("not-supported")), "{media}");
            assert!(reply.text().contains("JSON") && !reply.all().contains(CANARY), "{media}: {}", reply.text());
        }
        for accept in ["application/fhir+xml", "text/html"] {
            assert_eq!(ask(&service, path, "", accept, CANARY).await.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
        }
        let long = ask(&service, path, "", "", &" ".repeat((1 << 20) + 1)).await;
        assert_eq!(long.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

#[tokio::test]
async fn results_are_counted_as_valid_invalid_or_unread() {
    let service = Service::default();
    for body in [FINE, "{\"resourceType\":", FINE] {
        service.post(VALIDATE, body).await;
    }
    service.post(BUNDLE, FINE).await;
    let metrics = service.send(request(Method::GET, "/metrics").body("".into()).unwrap()).await;
    for (result, count) in [("valid", 2), ("invalid", 1), ("unread", 1)] {
        let line = format!("clinical_fhir_validity_total{{result=\"{result}\"}} {count}\n");
        assert!(metrics.text().contains(&line), "{line}{}", metrics.text());
    }
}

#[tokio::test]
async fn the_samples_are_valid_and_the_reader_says_so_too() {
    let service = Service::default();
    for sample in samples::all().filter(|sample| sample.media() == "application/fhir+json") {
        let record = std::str::from_utf8(sample.bytes).unwrap();
        let said = service.post(BUNDLE, record).await.json();
        assert_eq!(said["is_valid"], true, "{}: {}", sample.name, said["issues"]);
        let examined = service.post("/api/v1/summarize/validate-only", record).await.json();
        assert_eq!(examined["bundle_valid"], true, "{}: {}", sample.name, examined["validation_errors"]);
    }
}

#[tokio::test]
async fn what_is_not_valid_can_still_be_processable() {
    let service = Service::default();
    let path = "/api/v1/summarize/validate-only";
    let wrong = common::visit().replacen("\"entry\"", "\"CANARYAdaLovelace\": 1, \"entry\"", 1);
    let reply = service.post(path, &wrong).await;
    let said = reply.json();
    assert_eq!((&said["bundle_valid"], &said["processable"]), (&json!(false), &json!(true)), "{said}");
    let finding = &said["validation_errors"][0];
    assert!(finding["at"].as_str().unwrap().starts_with("Bundle.member("), "{finding}");
    assert!(!reply.all().contains(CANARY));
    let lines = "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Observation\",\"code\":{\"text\":\"x\"}}\n";
    let said = service.post_as(path, "application/x-ndjson", lines).await.json();
    assert!(said["validation_errors"][0]["at"].as_str().unwrap().starts_with("line[1].Observation"), "{said}");
}

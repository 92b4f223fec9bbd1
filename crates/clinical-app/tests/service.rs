//! The service from outside: what it refuses, how it says so, and that it never says what it was given.

mod common;

use axum::http::{Method, StatusCode};
use clinical_app::settings::Settings;
use common::{CANARY, SAMPLE, Service, request, visit};
use std::time::Duration;

#[tokio::test]
async fn every_refusal_is_an_operation_outcome_without_input() {
    let service = Service::new(Settings { max_request_bytes: 1 << 20, ..Settings::default() });
    let long = format!("{{\"resourceType\":\"{CANARY}{}\"}}", "x".repeat(1 << 20));
    let summarize = "/api/v1/summarize";
    let post = |path: &str, kind: &str, body: &str| {
        request(Method::POST, path).header("content-type", kind).body(body.to_owned().into()).unwrap()
    };
    let cases = [
        (404, "not-found", request(Method::GET, &format!("/{CANARY}")).body("".into()).unwrap()),
        (404, "not-found", request(Method::GET, &format!("/samples/{CANARY}")).body("".into()).unwrap()),
        (404, "not-found", request(Method::GET, "/samples/%ff").body("".into()).unwrap()),
        (404, "not-found", request(Method::GET, "/assets/..%2f..%2fCargo.toml").body("".into()).unwrap()),
        (405, "not-supported", request(Method::DELETE, summarize).body("".into()).unwrap()),
        (405, "not-supported", request(Method::from_bytes(CANARY.as_bytes()).unwrap(), "/").body("".into()).unwrap()),
        (406, "not-supported", post(&format!("{summarize}?format={CANARY}"), "application/json", CANARY)),
        (400, "invalid", post(&format!("{summarize}?large_print={CANARY}"), "application/json", CANARY)),
        (415, "not-supported", post(summarize, &format!("text/{CANARY}"), CANARY)),
        (400, "invalid", post(summarize, "multipart/form-data; boundary=x", CANARY)),
        (413, "too-long", post(summarize, "application/json", &long)),
        (400, "invalid", post(summarize, "application/json", &format!("{{\"bundle\":{{}},\"bundle\":\"{CANARY}\"}}"))),
        (
            400,
            "invalid",
            post(
                summarize,
                "application/json",
                &format!("{{\"bundle\":{{}},\"patient_preferences\":{{\"large_print\":\"{CANARY}\"}}}}"),
            ),
        ),
    ];
    for (status, code, request) in cases {
        let what = format!("{} {}", request.method(), request.uri());
        let reply = service.send(request).await;
        assert_eq!(reply.status.as_u16(), status, "{what}");
        let issue = reply.issue(&what);
        assert_eq!(issue["code"], code, "{what}");
        assert_eq!(issue["severity"], "error", "{what}");
        assert!(!reply.all().contains(CANARY), "{what}: {}", reply.all());
        assert_eq!(status == 405, reply.headers.contains_key("allow"), "{what}");
    }
}

#[tokio::test]
async fn what_is_not_acceptable_is_refused_before_the_body() {
    let service = Service::default();
    for accept in ["application/pdf", "application/fhir+json", "image/png"] {
        let request = request(Method::POST, "/api/v1/summarize").header("accept", accept).body(CANARY.into()).unwrap();
        assert_eq!(service.send(request).await.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
    }
}

#[tokio::test]
async fn an_announced_length_is_refused_unread() {
    let service = Service::default();
    let request = request(Method::POST, "/api/v1/summarize")
        .header("content-type", "application/json")
        .header("content-length", "209715200")
        .body(axum::body::Body::new(common::Never))
        .unwrap();
    let reply = tokio::time::timeout(Duration::from_secs(5), service.send(request)).await.unwrap();
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn every_reply_carries_the_careful_headers() {
    let service = Service::default();
    for path in ["/", "/assets/app.js", "/samples", "/api/v1/health/live", "/nowhere"] {
        let reply = service.send(request(Method::GET, path).body("".into()).unwrap()).await;
        let header = |name: &str| reply.headers.get(name).map_or("", |v| v.to_str().unwrap());
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert_eq!(header("x-fhir-version"), "R4", "{path}");
        assert!(header("content-security-policy").starts_with("default-src 'self';"), "{path}");
        assert_eq!(header("x-request-id").len(), 32, "{path}");
        assert!(!reply.headers.contains_key("access-control-allow-origin"), "{path}");
        assert!(!reply.headers.contains_key("x-hipaa-compliant"), "{path}");
    }
}

#[tokio::test]
async fn a_request_id_is_never_taken_from_a_client() {
    let service = Service::default();
    let reply = service.send(request(Method::GET, "/").header("x-request-id", CANARY).body("".into()).unwrap()).await;
    assert_ne!(reply.headers["x-request-id"], CANARY);
}

#[tokio::test]
async fn another_name_for_this_machine_is_refused() {
    let service = Service::default();
    for (host, status) in [("localhost:8000", 200), ("[::1]:8000", 200), ("evil.example", 400), ("", 400)] {
        let request = axum::http::Request::builder().uri("/").header("host", host).body("".into()).unwrap();
        assert_eq!(service.send(request).await.status.as_u16(), status, "{host}");
    }
    let nameless = axum::http::Request::builder().uri("/").body("".into()).unwrap();
    assert_eq!(service.send(nameless).await.status.as_u16(), 400);
}

#[tokio::test]
async fn the_root_is_a_page_for_a_browser_and_a_description_for_a_program() {
    let service = Service::default();
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    let page = service.send(request(Method::GET, "/").header("accept", browser).body("".into()).unwrap()).await;
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    // The policy forbids what is inline, so there must be none.
    assert!(!page.text().contains("<style") && !page.text().contains(" style=") && !page.text().contains(" onclick"));
    let program = service.send(request(Method::GET, "/").header("accept", "*/*").body("".into()).unwrap()).await;
    assert_eq!(program.json()["fhir_version"], "R4");
    let alive = service.send(request(Method::GET, "/api/v1/health/live").body("".into()).unwrap()).await;
    assert_eq!(alive.text(), r#"{"status":"alive"}"#);
}

#[tokio::test]
async fn every_sample_is_listed_and_served() {
    let service = Service::default();
    let list = service.send(request(Method::GET, "/samples").body("".into()).unwrap()).await.json();
    let list = list.as_array().unwrap();
    assert!(list.iter().any(|s| s["name"] == "visit"));
    for sample in list {
        let reply = service.send(request(Method::GET, sample["href"].as_str().unwrap()).body("".into()).unwrap()).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.headers["content-type"], sample["media"].as_str().unwrap());
        assert_eq!(reply.text().contains("resourceType"), sample["media"] == "application/fhir+json");
    }
}

// From here on the pipeline is at work.

#[tokio::test]
async fn truncated_json_is_told_by_line_and_column() {
    let service = Service::default();
    let body = format!("{{\"resourceType\": \"Bundle\",\n \"x\": \"{CANARY}\",\n \"entry\": [");
    let reply = service.post(SAMPLE, &body).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    let issue = reply.issue("truncated");
    assert!(issue["diagnostics"].as_str().unwrap().starts_with("line 3, column "), "{issue}");
    assert!(!reply.all().contains(CANARY));
}

#[tokio::test]
async fn bad_documents_are_refused_each_in_its_way() {
    let service = Service::default();
    for (body, status) in [("", 400), ("   ", 400), ("A note.", 400), ("<a", 400), ("<a/>", 422), ("[1, 2]", 422)] {
        let reply = service.post(SAMPLE, body).await;
        assert_eq!(reply.status.as_u16(), status, "{body}: {}", reply.text());
        reply.issue(body);
    }
    assert_eq!(service.post(SAMPLE, "{\"a\": 1}").await.status.as_u16(), 422);
    // What is none of the formats, whatever it is called.
    for media in ["", "text/plain"] {
        for other in ["%PDF-1.7\n", "MSH|^~\\&|A|B\r", "A\u{0}B"] {
            let reply = service.post_as(SAMPLE, media, other).await;
            assert_eq!((reply.status.as_u16(), reply.issue(other)["code"].as_str()), (415, Some("not-supported")));
        }
    }
    let deep = format!("{{\"resourceType\":\"Bundle\",\"x\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(service.post(SAMPLE, &deep).await.status.as_u16(), 400);
}

#[tokio::test]
async fn the_visit_comes_back_in_every_format() {
    let service = Service::default();
    for (format, kind, holds) in [
        ("html", "text/html; charset=utf-8", "<main"),
        ("text", "text/plain; charset=utf-8", "YOUR MEDICINES"),
        ("markdown", "text/markdown; charset=utf-8", "#"),
        ("json", "application/json", "\"processing_metadata\""),
    ] {
        let reply = service.post(&format!("/api/v1/summarize?format={format}"), visit()).await;
        assert_eq!(reply.status, StatusCode::OK, "{format}: {}", reply.text());
        assert_eq!(reply.headers["content-type"], kind);
        assert!(reply.text().to_uppercase().contains(&holds.to_uppercase()), "{format}");
    }
}

#[tokio::test]
async fn a_sheet_allows_its_own_style_and_nothing_else() {
    let service = Service::default();
    let reply = service.post("/api/v1/summarize?format=html", visit()).await;
    let policy = reply.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    let style = format!("<style>{}</style>", clinical_pipeline::SHEET_CSS);
    assert!(reply.text().contains(&style), "the hash is that of the style in the page");
}

#[tokio::test]
async fn a_reply_has_the_envelope_of_the_contract() {
    let service = Service::default();
    let reply = service.post(SAMPLE, visit()).await;
    let json = reply.json();
    let meta = &json["processing_metadata"];
    assert_eq!(meta["request_id"].as_str(), reply.headers["x-request-id"].to_str().ok());
    assert_eq!(meta["fhir_version"], "4.0.1");
    assert!(meta["bundle_entries_processed"].as_u64().unwrap() > 5);
    assert!(meta["findings"].is_array());
    assert!(json["summary"]["medications"].is_array());
}

#[tokio::test]
async fn a_request_around_the_bundle_gives_the_same_summary() {
    let service = Service::default();
    let path = "/api/v1/summarize?format=html";
    let wrapped = format!(r#"{{"patient_preferences":{{"large_print":true}},"bundle":{}}}"#, visit());
    let (bare, around) = (service.post(path, visit()).await, service.post(path, &wrapped).await);
    assert_eq!((bare.status, around.status), (StatusCode::OK, StatusCode::OK));
    let large = service.post("/api/v1/summarize?format=html&large_print=true", visit()).await;
    assert_eq!(around.places(), large.places());
    assert_eq!(bare.places(), around.places(), "places count from the start of the bundle");
}

#[tokio::test]
async fn work_that_takes_too_long_is_stopped() {
    let service = Service::new(Settings { max_time: Duration::from_millis(2), ..Settings::default() });
    let entry =
        r#"{"resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},"valueString":"y"}},"#;
    let body = format!(r#"{{"resourceType":"Bundle","type":"collection","entry":[{}{{}}]}}"#, entry.repeat(80_000));
    let reply = service.post(SAMPLE, &body).await;
    assert_eq!(reply.status, StatusCode::SERVICE_UNAVAILABLE, "{}", reply.text());
    assert!(reply.headers.contains_key("retry-after"));
    assert_eq!(reply.issue("slow")["code"], "timeout");
}

#[tokio::test]
async fn what_became_of_documents_is_counted() {
    let service = Service::default();
    service.post("/api/v1/summarize", visit()).await;
    service.post("/api/v1/summarize", "{").await;
    service.post("/api/v1/deidentify", r#"{"text":"Seen by Dr. Tobin Ashgrove."}"#).await;
    let reply = service.send(request(Method::GET, "/metrics").body("".into()).unwrap()).await;
    let text = reply.text();
    for line in [
        r#"clinical_documents_total{kind="fhir-bundle",outcome="done"} 1"#,
        r#"clinical_documents_total{kind="note",outcome="done"} 1"#,
        r#"clinical_documents_total{kind="unknown",outcome="refused"} 1"#,
        r#"clinical_phi_removed_total{kind="NAME"} 1"#,
        "clinical_readability_grade_count 1",
        r#"clinical_http_requests_total{route="/api/v1/summarize",method="POST",status="200"} 1"#,
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

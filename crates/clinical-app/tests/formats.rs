//! Every format over HTTP: by content type, without one, and as the file of a form.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod common;

use axum::http::StatusCode;
use clinical_app::settings::Settings;
use common::{CANARY, Reply, SAMPLE, Service, form, form_type, sample, visit};
use serde_json::{Value, json};

const EXAMINE: &str = "/api/v1/summarize/validate-only";
const VERIFY: &str = "/api/v1/verify";
const CCDA: &str = "/api/v1/ccda/summarize";

/// A sample of each format, what it is sent as, and the name of its format.
fn each() -> [(&'static str, &'static str, &'static str); 3] {
    [
        (visit(), "application/fhir+json", "fhir-bundle"),
        (sample("follow-up"), "application/xml", "c-cda"),
        (sample("office-note"), "text/plain", "note"),
    ]
}

/// The summary without what tells when and by which request it was made.
fn lasting(reply: &Reply) -> Value {
    let mut summary = reply.json()["summary"].take();
    for passing in ["generated_at", "safety_validation", "summary_id"] {
        summary.as_object_mut().unwrap().remove(passing);
    }
    summary
}

#[tokio::test]
async fn content_decides_and_a_form_gives_the_same_sheet() {
    let service = Service::default();
    for (record, media, format) in each() {
        let labelled = service.post_as(SAMPLE, media, record).await;
        assert_eq!(labelled.status, StatusCode::OK, "{format}: {}", labelled.text());
        assert_eq!(labelled.json()["fhir_metadata"]["format"], format);
        assert_eq!(labelled.json()["fhir_metadata"]["version"].is_null(), !format.starts_with("fhir"));
        let bare = service.post_as(SAMPLE, "", record).await;
        assert_eq!(lasting(&labelled), lasting(&bare), "{format} without a content type");
        for (name, more) in [
            ("ccda_file", "; filename=\"a.xml\"\r\nContent-Type: application/octet-stream"),
            ("file", ""),
            ("document", "; filename=\"x\"\r\nContent-Type: application/pdf"),
        ] {
            let sent = service.post_as(SAMPLE, &form_type(), &form(&[(name, more, record)])).await;
            assert_eq!(sent.status, StatusCode::OK, "{format} as {name}: {}", sent.text());
            assert_eq!(lasting(&labelled), lasting(&sent), "{format} as {name}");
        }
        let examined = service.post_as(EXAMINE, &form_type(), &form(&[("file", "", record)])).await.json();
        assert_eq!(examined["validation_metadata"]["format"], format);
        assert_eq!((&examined["processable"], &examined["bundle_valid"]), (&json!(true), &json!(true)), "{examined}");
    }
}

#[tokio::test]
async fn every_page_is_made_of_every_format() {
    let service = Service::default();
    for (record, media, format) in each() {
        for (page, kind) in [("html", "text/html"), ("text", "text/plain"), ("markdown", "text/markdown")] {
            let reply = service.post_as(&format!("{SAMPLE}?format={page}"), media, record).await;
            assert_eq!(reply.status, StatusCode::OK, "{format} {page}: {}", reply.text());
            assert!(reply.headers["content-type"].to_str().unwrap().starts_with(kind));
            assert!(reply.text().to_uppercase().contains("YOUR MEDICINES"), "{format} {page}");
        }
    }
}

#[tokio::test]
async fn places_lead_into_the_input() {
    let service = Service::default();
    let xml = service.post_as(SAMPLE, "text/xml", sample("follow-up")).await.json();
    let path = xml["summary"]["medications"][0]["source"][0]["path"].as_str().unwrap().to_owned();
    assert!(path.starts_with("/ClinicalDocument/component/structuredBody/component["), "{path}");
    let text = sample("office-note");
    let note = service.post_as(SAMPLE, "text/plain", text).await.json();
    let points: Vec<char> = text.chars().collect();
    let place = &note["summary"]["medications"][0]["source"][0];
    let at = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
    let there: String = points[at("start")..at("end")].iter().collect();
    assert_eq!(place["text"], there);
}

#[tokio::test]
async fn a_summary_is_verified_against_xml_and_notes() {
    let service = Service::default();
    for (record, media, format) in each() {
        let whole = service.post_as(SAMPLE, media, record).await.json();
        let check = async |summary: &Value| {
            let body = json!({ "source": record, "summary": summary }).to_string();
            let asked = service.post(VERIFY, &body).await.json();
            let files = [("document", "", record), ("summary", "", &summary.to_string())];
            let sent = service.post_as(VERIFY, &form_type(), &form(&files)).await.json();
            assert_eq!((&asked["verified"], &asked["faults"]), (&sent["verified"], &sent["faults"]), "{format}");
            asked
        };
        assert_eq!(check(&whole).await["verified"], true, "{format}");
        let mut changed = whole.clone();
        changed["summary"]["medications"][0]["medication_name"] = CANARY.into();
        let found = check(&changed).await;
        assert_eq!(found["verified"], false, "{format}");
        assert!(!found.to_string().contains(CANARY), "{found}");
    }
    let alone = service.post_as(VERIFY, &form_type(), &form(&[("document", "", visit())])).await;
    assert_eq!((alone.status.as_u16(), &alone.issue("no summary")["expression"][0]), (400, &json!("summary")));
    assert_eq!(service.post_as(VERIFY, "application/xml", "<a/>").await.status.as_u16(), 415);
}

#[tokio::test]
async fn a_route_for_ccda_tells_what_the_document_says_about_itself() {
    let service = Service::default();
    let record = sample("follow-up");
    let whole = service.post_as(CCDA, "application/cda+xml", record).await.json();
    assert_eq!(
        whole["summary"]["medications"],
        service.post_as(SAMPLE, "", record).await.json()["summary"]["medications"]
    );
    let about = &whole["document_metadata"];
    assert_eq!((&about["title"], &about["type_code"]), (&json!("Hospital follow-up summary"), &json!("34133-9")));
    assert_eq!(about["effective_time"], "20250306110000-0500");
    assert!(about["template"].as_str().unwrap().starts_with("2.16.840.1.113883.10.20.22.1.2"), "{about}");
    assert!(about["document_type"].is_string(), "{about}");
    let sections = about["sections"].as_array().unwrap();
    let medicines = sections.iter().find(|s| s["code"] == "10160-0").unwrap();
    assert_eq!((sections.len(), &medicines["title"], &medicines["entries"]), (12, &json!("Medicines"), &json!(5)));
    let (full, short) = (&whole["summary"]["accounting"], &about["accounting"]);
    assert_eq!((&full["entries_in"], &full["shown"]), (&short["entries_in"], &short["shown"]));
    assert_eq!(full["held_back"].as_array().unwrap().len() as u64, short["held_back"].as_u64().unwrap());

    let page = service.post_as(&format!("{CCDA}/html"), &form_type(), &form(&[("ccda_file", "", record)])).await;
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("style-src 'sha256-"));
    assert!(page.text().contains("<main"), "{}", page.text());
}

#[tokio::test]
async fn a_check_of_ccda_says_what_is_wrong_and_that_it_is_no_schema_validation() {
    let service = Service::default();
    let check = async |document: &str| {
        let reply = service.post_as("/api/v1/ccda/validate", "application/xml", document).await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
        let json = reply.json();
        assert!(json["limits"].to_string().contains("no schema validation"), "{json}");
        assert!(!json.to_string().contains(CANARY), "{json}");
        let said = ["well_formed", "is_ccda", "processable", "is_valid"].map(|name| json[name].as_bool().unwrap());
        (said, json)
    };
    let (said, good) = check(sample("follow-up")).await;
    assert_eq!(said, [true; 4], "{good}");
    assert_eq!(good["document_metadata"]["sections"].as_array().unwrap().len(), 12);
    let (said, other) = check(&format!("<x><y>{CANARY}</y></x>")).await;
    assert_eq!((said, &other["issues"][0]["code"]), ([true, false, false, false], &json!("not-ccda")));
    for broken in [format!("<ClinicalDocument>\n<{CANARY}"), format!("<!DOCTYPE {CANARY}><a/>"), CANARY.to_owned()] {
        let (said, json) = check(&broken).await;
        assert_eq!((said, &json["issues"][0]["code"]), ([false; 4], &json!("not-xml")), "{broken}");
        assert!(json["issues"][0]["at"].as_str().unwrap().starts_with("line "), "{json}");
    }
}

#[tokio::test]
async fn json_and_notes_are_no_ccda() {
    let service = Service::default();
    for path in [CCDA, "/api/v1/ccda/summarize/html", "/api/v1/ccda/validate"] {
        for media in ["application/json", "application/fhir+json", "text/plain", "application/xml", ""] {
            let reply = service.post_as(path, media, visit()).await;
            assert_eq!(reply.status.as_u16(), 415, "{path} {media}");
            assert!(reply.issue(path)["details"]["text"].as_str().unwrap().contains("C-CDA"));
        }
        let sent = service.post_as(path, &form_type(), &form(&[("ccda_file", "", visit())])).await;
        assert_eq!(sent.status.as_u16(), 415, "{path} in a form");
    }
}

#[tokio::test]
async fn a_form_is_bounded_and_its_names_are_not_repeated() {
    let service = Service::new(Settings { max_request_bytes: 1 << 20, ..Settings::default() });
    let name = format!("; filename=\"{CANARY}.xml\"");
    let long = format!("<a>{}</a>", "x".repeat(1 << 20));
    let twice = [("ccda_file", name.as_str(), CANARY), ("document", "", CANARY)];
    let many = vec![(CANARY, name.as_str(), CANARY); 40];
    for (status, body) in [
        (413, form(&[("ccda_file", &name, &long)])),
        (400, form(&[(CANARY, &name, CANARY)])),
        (400, form(&twice)),
        (400, form(&many)),
        (400, form(&[])),
        (400, form(&[("ccda_file", &name, CANARY)]).replace("--\r\n", "")),
        (422, form(&[("ccda_file", &name, &format!("<{CANARY}/>"))])),
        (415, form(&[("ccda_file", &name, &format!("%PDF-1.7 {CANARY}"))])),
    ] {
        let reply = service.post_as(SAMPLE, &form_type(), &body).await;
        assert_eq!(reply.status.as_u16(), status, "{body:.300}: {}", reply.text());
        reply.issue("a form");
        assert!(!reply.all().contains(CANARY), "{}", reply.all());
    }
    let more = form(&[("audience", "", "x"), ("file", "", visit())]);
    let reply = service.post_as(SAMPLE, &form_type(), &more).await.json();
    assert!(
        reply["processing_metadata"]["findings"].to_string().contains("options-not-used"),
        "what is not used is said"
    );
}

#[tokio::test]
async fn documents_of_each_format_are_counted_by_it() {
    let service = Service::default();
    for (record, media, _) in each() {
        service.post_as(SAMPLE, media, record).await;
    }
    service.post_as("/api/v1/ccda/validate", "text/xml", sample("follow-up")).await;
    let request = common::request(axum::http::Method::GET, "/metrics").body("".into()).unwrap();
    let reply = service.send(request).await;
    for line in [
        r#"clinical_documents_total{kind="fhir-bundle",outcome="done"} 1"#,
        r#"clinical_documents_total{kind="ccda",outcome="done"} 2"#,
        r#"clinical_documents_total{kind="note",outcome="done"} 1"#,
    ] {
        assert!(reply.text().contains(line), "{line}\n{}", reply.text());
    }
}

#[tokio::test]
async fn ccda_can_be_worked_on_and_says_so() {
    let service = Service::default();
    let request = common::request(axum::http::Method::GET, "/api/v1/ccda/health").body("".into()).unwrap();
    let said = service.send(request).await.json();
    assert_eq!(said, json!({ "status": "available", "summarize": true, "validate": true, "deidentify": true }));
}

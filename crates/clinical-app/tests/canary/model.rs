//! A language model: it is told nobody's identity, and nothing that it is asked or says is written anywhere.

use super::canaries::Canaries;
use super::commands::run_with;
use super::folders::World;
use super::listener::Listener;
use super::server::Request;
use super::watched::Watched;
use super::written::clean;
use clinical_pipeline::{Input, Label, Lexicon, Moment, Options, Page, Stop};
use serde_json::{Value, json};

/// A document about somebody, whose sentences name people and places again.
struct Document {
    media: &'static str,
    ending: &'static str,
    text: String,
}

/// What a note says, and what a record says in words: sentences that a model could be asked to put into plainer words,
/// with identifiers among them.
fn sentences(canaries: &Canaries, family: &str) -> Vec<String> {
    let (n, w) = (|| canaries.name(), || canaries.word());
    vec![
        "The patient presents with dyspnea on exertion and bilateral edema.".to_owned(),
        format!("Mr. {family} denies chest pain, and his wife {} reports that he snores.", n()),
        format!("Dr. {} at {} Hospital was called at {}.", n(), n(), canaries.phone()),
        format!("Return to clinic if dyspnea recurs, or write to {}.", canaries.mail()),
        format!("MRN: {}. SSN: {}. He was born on {}.", w(), canaries.ssn(), canaries.date()),
        "Elevate the legs and avoid added salt.".to_owned(),
    ]
}

fn note(canaries: &Canaries) -> Document {
    let (family, given) = (canaries.name(), canaries.name());
    let said = sentences(canaries, &family);
    let text = format!(
        "Patient: {given} {family}\nMRN: {}\nDOB: {}\nPhone: {}\n\nChief complaint: {}\n\nHPI: {} {} {}\n\nPhysical exam: \
         Bilateral pitting edema. {family} is in no acute distress.\n\nPlan: {} {}\n",
        canaries.word(),
        canaries.date(),
        canaries.phone(),
        said[0],
        said[1],
        said[2],
        said[4],
        said[3],
        said[5],
    );
    Document { media: "text/plain", ending: "txt", text }
}

fn bundle(canaries: &Canaries) -> Document {
    let (family, given, clinic) = (canaries.name(), canaries.name(), canaries.name());
    let said = sentences(canaries, &family);
    let subject = json!({ "reference": "Patient/p" });
    let entry = |resource: Value| json!({ "resource": resource });
    let bundle = json!({ "resourceType": "Bundle", "type": "collection", "entry": [
        entry(json!({
            "resourceType": "Patient", "id": "p", "name": [{ "family": family, "given": [given] }],
            "birthDate": canaries.date(), "telecom": [{ "system": "phone", "value": canaries.phone() }],
            "identifier": [{ "system": "http://hl7.org/fhir/sid/us-ssn", "value": canaries.ssn() }],
            "address": [{ "line": [canaries.name()], "city": canaries.name() }],
        })),
        entry(json!({
            "resourceType": "Encounter", "id": "e", "status": "finished", "class": { "code": "AMB" }, "subject": subject,
            "period": { "start": "2026-02-01T09:00:00Z" }, "reasonCode": [{ "text": said[0] }],
            "serviceProvider": { "display": clinic },
        })),
        entry(json!({
            "resourceType": "DiagnosticReport", "id": "d", "status": "final", "subject": subject,
            "code": { "text": "Chest X-ray" }, "effectiveDateTime": "2026-02-01",
            "conclusion": format!("{} {} {}", said[1], said[2], said[0]),
        })),
        entry(json!({
            "resourceType": "CarePlan", "id": "c", "status": "active", "intent": "plan", "subject": subject,
            "title": "After the visit", "description": format!("{} {} {}", said[3], said[5], said[4]),
        })),
    ] });
    Document { media: "application/fhir+json", ending: "json", text: bundle.to_string() }
}

/// Whether anything is asked about a document.
fn is_asked_about(document: &Document) -> bool {
    let now = Moment::parse("2026-03-01T09:00:00Z").unwrap();
    let options = Options { now, page: Page::Json, large_print: false, narrated: None, stop: Stop::never() };
    let input = Input::new(document.text.as_bytes(), Label::Unknown);
    let narration = clinical_pipeline::narration(&input, &options, Lexicon::english().unwrap());
    narration.is_ok_and(|narration| !narration.asks.is_empty())
}

/// What the model says: a completion with words that must not be written anywhere, or an error with such words.
fn servers(canaries: &Canaries) -> [Listener; 3] {
    let w = || canaries.word();
    let text = json!({ "sentences": [{ "id": 1, "text": format!("{} {}", w(), w()) }] }).to_string();
    let message = json!({ "role": "assistant", "content": text });
    let said = json!({ "model": w().to_lowercase() + " " + &w(),
        "choices": [{ "index": 0, "message": message, "finish_reason": "stop" }] });
    let headers = |media: &str| format!("Content-Type: {media}\r\n{}: {}\r\n", w(), w());
    [
        Listener::replying("200 OK", &headers("application/json"), &said.to_string()),
        Listener::replying(&format!("404 {}", w()), &headers("application/json"), &json!({ "error": w() }).to_string()),
        Listener::saying(format!("{} {}\r\n\r\n", w(), w())),
    ]
}

pub(crate) fn is_told_nothing(canaries: &Canaries) {
    for server in servers(canaries) {
        let (key, base) = (canaries.word(), server.url("/v1"));
        let more = [
            ("CLINICAL_ENABLE_AI_PROCESSING", "true"),
            ("CLINICAL_AI_BASE_URL", base.as_str()),
            ("CLINICAL_AI_MODEL", "a-model"),
            ("CLINICAL_AI_API_KEY", key.as_str()),
            ("CLINICAL_AI_CONTACT", "Call the clinic."),
            ("CLINICAL_AI_CONCURRENCY", "4"),
        ];
        let mut watched = Watched::start(canaries, "model", &more);
        let bearers = watched.issuer.good();
        watched.knows(&bearers, super::watched::HERE);
        let mut asked = false;
        for document in [note(canaries), bundle(canaries)] {
            asked |= is_asked_about(&document);
            for format in ["json", "html", "text", "markdown"] {
                let target = format!("/api/v1/summarize?format={format}");
                for bearer in &bearers {
                    let (media, body) = (document.media, document.text.as_bytes());
                    let request =
                        Request { method: "POST", target: &target, accept: "", media, more: &bearer.headers, body };
                    let reply = watched.server.ask(&request.bytes());
                    assert_eq!(reply.status, 200, "{target}: {}", reply.body);
                    clean(canaries, "the headers of a sheet", &reply.head);
                    if let Some(found) = canaries.strange_in(&reply.body, &document.text) {
                        panic!("{found} in {target}, which was not in the request:\n{}", reply.body);
                    }
                    if format == "json" {
                        let json: Value = serde_json::from_str(&reply.body).unwrap();
                        clean(canaries, "what is told about a sheet", &json["processing_metadata"].to_string());
                    }
                }
            }
            command(canaries, &document, &more);
        }
        watched.end();
        // Where there is something to ask, it was asked, and nothing of anybody stood in it.
        assert_eq!(!server.heard().is_empty(), asked);
        for heard in server.heard() {
            assert_eq!(heard.path, "/v1/chat/completions");
            assert!(heard.text.contains(&key), "the key is shown to its server");
            clean(canaries, "what a language model was told", &heard.text.replace(&key, ""));
        }
    }
}

/// The same on the command line.
fn command(canaries: &Canaries, document: &Document, settings: &[(&str, &str)]) {
    let world = World::new("model-command");
    let name = format!("record.{}", document.ending);
    let path = world.path("cwd").join(&name);
    std::fs::write(&path, &document.text).unwrap();
    let done = run_with(&world, &["summarize", "--ai", path.to_str().unwrap()], settings, b"");
    assert!([0, 1].contains(&done.code), "{}", done.err);
    clean(canaries, "standard error of summarize --ai", &done.err);
    if let Some(found) = canaries.strange_in(&done.out, &document.text) {
        panic!("{found} in a sheet of summarize --ai:\n{}", done.out);
    }
}

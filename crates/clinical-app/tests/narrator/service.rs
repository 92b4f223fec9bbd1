//! The sheet of a service with a model that does everything wrong is the sheet of a service without one, and in time.
//!
//! Whether anything is asked about a document is found out as the service does it. Where nothing is, the requests that
//! these tests count are none; where something is, they must have been made.

use crate::common::{Reply, Service, request, sample, visit};
use crate::stub::{Does, Stub, config, good};
use crate::wrong::{useless, ways};
use axum::http::Method;
use clinical_app::clock::Now;
use clinical_app::narrator::Config;
use clinical_app::settings::Settings;
use clinical_pipeline::{Ask, Input, Label, Lexicon, Options, Page, Stop};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The whole time of a document in these tests.
const LIMIT: Duration = Duration::from_secs(4);

/// A document, its type, and the route of it.
pub(crate) fn documents() -> [(&'static str, &'static str, &'static str); 4] {
    [
        ("/api/v1/summarize", "application/fhir+json", visit()),
        ("/api/v1/summarize", "text/plain", sample("office-note")),
        ("/api/v1/ccda/summarize", "application/xml", sample("follow-up")),
        ("/api/v1/translate/summary", "text/plain", sample("office-note")),
    ]
}

/// What the service asks about a document.
fn asks(document: &str) -> Vec<Ask> {
    // What is past and what is to come is the service's own clock's to say.
    let now = Now::read().unwrap().moment;
    let options = Options { now, page: Page::Json, large_print: false, narrated: None, stop: Stop::never() };
    let input = Input::new(document.as_bytes(), Label::Unknown);
    clinical_pipeline::narration(&input, &options, Lexicon::english().unwrap()).unwrap().asks
}

fn sentences(document: &str) -> u64 {
    asks(document).iter().map(|ask| ask.sentences as u64).sum()
}

/// A service that is asked often in a minute.
pub(crate) fn of(narrator: Option<Config>) -> Service {
    let mut settings = Settings { narrator, max_time: LIMIT, ..Settings::default() };
    settings.limits.per_minute = 10_000;
    Service::new(settings)
}

fn with(config: Config) -> Service {
    of(Some(config))
}

fn without() -> Service {
    of(None)
}

/// What a summary says but for its time, and for what was tried.
fn plain(reply: &Reply) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                for name in [
                    "generated_at",
                    "summary_id",
                    "validation_id",
                    "validated_at",
                    "ai_processing_flags",
                    "processing_metadata",
                    "fhir_metadata",
                ] {
                    members.remove(name);
                }
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut json = reply.json();
    strip(&mut json);
    json
}

async fn metric(service: &Service, name: &str) -> u64 {
    let reply = service.send(request(Method::GET, "/metrics").body("".into()).unwrap()).await;
    let text = reply.text();
    let values = text.lines().filter(|line| line.starts_with(name)).filter_map(|line| line.rsplit_once(' '));
    values.map(|(_, value)| value.parse::<u64>().unwrap()).sum()
}

/// The sheet of a document in every format, held to the one without a model.
async fn same_sheets(name: &str, service: &Service, off: &Service) -> u64 {
    let mut asked = 0;
    for (route, media, document) in documents() {
        for format in ["json", "html", "text", "markdown"] {
            let path = format!("{route}?format={format}");
            let what = format!("{name}: {path} {media}");
            asked += sentences(document);
            // The time stands on the page, and may have gone on: then once more.
            let mut tries = 0..5;
            let is_same = loop {
                let Some(_) = tries.next() else { break false };
                let before = off.post_as(&path, media, document).await;
                let watch = Instant::now();
                let reply = service.post_as(&path, media, document).await;
                assert!(watch.elapsed() < LIMIT + Duration::from_secs(1), "{what}: {:?}", watch.elapsed());
                assert_eq!(reply.status, 200, "{what}: {}", reply.text());
                assert!(!reply.all().contains("CANARY"), "{what}: {}", reply.all());
                if format == "json" {
                    assert_eq!(plain(&reply), plain(&before), "{what}");
                    told(&what, &reply, sentences(document));
                    break true;
                }
                if reply.text() == before.text() {
                    break true;
                }
            };
            assert!(is_same, "{what}: another page");
        }
    }
    asked
}

/// What the reply says of a model none of whose words was kept.
fn told(what: &str, reply: &Reply, sentences: u64) {
    let model = &reply.json()["processing_metadata"]["language_model"];
    // Nothing is tried where there is nothing to ask, or while the server is left alone.
    if model.is_null() {
        return;
    }
    assert!(sentences > 0, "{what}");
    assert_eq!(
        (&model["model"], &model["prompt_version"]),
        (&json!("stub"), &json!(clinical_pipeline::PROMPT_VERSION))
    );
    assert_eq!(model["parameters"], "temperature 0, seed 0, at most 700 tokens");
    assert_eq!((&model["sentences_asked"], &model["sentences_kept"]), (&json!(sentences), &json!(0)), "{what}");
    let refused = model["sentences_refused"].as_object().unwrap().values().map(|count| count.as_u64().unwrap());
    assert_eq!(refused.sum::<u64>(), sentences, "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_a_model_does_the_sheet_is_the_one_without_it_and_in_time() {
    let off = without();
    let all = ways().into_iter().map(|(name, does, _)| (name, does)).chain(useless());
    for (name, does) in all {
        let stub = Stub::start(does).await;
        let service = with(Config { timeout: Duration::from_millis(150), ..config(&stub.url("/v1")) });
        let asked = same_sheets(name, &service, &off).await;
        let (tried, counted) = (
            metric(&service, "clinical_narrator_requests_total").await,
            metric(&service, "clinical_narrator_sentences_asked_total").await,
        );
        let refused = metric(&service, "clinical_narrator_sentences_refused_total").await;
        assert_eq!(metric(&service, "clinical_narrator_sentences_kept_total").await, 0, "{name}");
        assert_eq!(counted, refused, "{name}");
        assert_eq!((asked > 0, asked > 0), (stub.asked() > 0, tried > 0 && counted > 0), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_seconds_of_silence_cost_no_sheet() {
    let stub = Stub::start(Does::Silence).await;
    // As patient with one try as the silence is long: the time of the whole is what ends it.
    let service = with(Config { timeout: Duration::from_secs(30), ..config(&stub.url("/v1")) });
    same_sheets("30 s of silence", &service, &without()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_does_not_want_a_model_has_none() {
    let stub = Stub::start(good()).await;
    let service = with(config(&stub.url("/v1")));
    for (route, media, document) in documents() {
        let reply = service.post_as(&format!("{route}?ai=false"), media, document).await;
        assert_eq!(reply.status, 200, "{route}");
        assert_eq!(reply.json()["processing_metadata"].get("language_model"), None);
        let extract = service.post_as("/api/v1/extract", "text/plain", sample("office-note")).await;
        assert_eq!(extract.status, 200);
    }
    assert_eq!(stub.asked(), 0);
    let reply = service.post("/api/v1/summarize?ai=CANARY", visit()).await;
    assert!(reply.status == 400 && !reply.all().contains("CANARY"));
    // Without a model the word changes nothing.
    assert_eq!(without().post("/api/v1/summarize?ai=true", visit()).await.status, 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_wrong_with_a_document_is_said_as_without_a_model() {
    let stub = Stub::start(good()).await;
    let (service, off) = (with(config(&stub.url("/v1"))), without());
    for body in ["", "{", "{}", "[]", r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"CANARY"}}]}"#] {
        let (with, without) =
            (service.post("/api/v1/summarize", body).await, off.post("/api/v1/summarize", body).await);
        assert_eq!(with.status, without.status, "{body}");
        if with.status != 200 {
            assert_eq!(with.text(), without.text(), "{body}");
            assert!(!with.all().contains("CANARY"), "{body}");
        }
    }
    assert_eq!(stub.asked(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn health_tells_of_the_model_and_does_without_it() {
    let dependency = async |service: &Service| {
        let request = request(Method::GET, "/api/v1/health/dependencies").body("".into()).unwrap();
        service.send(request).await.json()
    };
    let none = dependency(&without()).await;
    assert_eq!(none["dependencies"]["model"]["status"], "not_configured");
    let stub = Stub::start(Does::Raw(Vec::new())).await;
    let service = with(config(&stub.url("/v1")));
    assert_eq!(dependency(&service).await["dependencies"]["model"]["status"], "unknown");
    for _ in 0..10 {
        service.post_as("/api/v1/summarize", "text/plain", sample("office-note")).await;
    }
    let after = dependency(&service).await;
    assert_eq!(after["critical_failures"], json!([]));
    if asks(sample("office-note")).is_empty() {
        assert_eq!(after["dependencies"]["model"]["status"], "unknown");
    } else {
        assert_eq!(after["dependencies"]["model"]["status"], "degraded");
        assert!(after["dependencies"]["model"]["seconds_since_failure"].is_u64());
        assert_eq!(metric(&service, "clinical_narrator_breaker ").await, 2);
    }
}

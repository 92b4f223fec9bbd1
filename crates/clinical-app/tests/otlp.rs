//! What a collector receives, and what it never does.
#![cfg_attr(feature = "otlp", expect(clippy::unwrap_used, reason = "what cannot be unwrapped fails the test"))]
#![cfg(feature = "otlp")]

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use clinical_app::health::{Dependency, Detail};
use clinical_app::metrics::labels::{Document, Outcome};
use clinical_app::metrics::{Build, Metrics, Vocabulary};
use clinical_app::request_id::RequestId;
use clinical_app::telemetry::{Arrival, Config, Error, Level, Telemetry};
use clinical_pipeline::Phi;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message as _;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Handle;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";
const CANARY: &str = "Canary-Lovelace-555-0147";
const LONG: Duration = Duration::from_secs(30);

#[derive(Clone, Default)]
struct Received(Arc<Mutex<Vec<(String, HeaderMap, Bytes)>>>);

impl Received {
    fn bodies(&self, path: &str) -> Vec<Bytes> {
        let all = self.0.lock().unwrap();
        all.iter().filter(|(uri, ..)| uri == path).map(|(.., body)| body.clone()).collect()
    }
}

async fn collector(status: StatusCode) -> (String, Received) {
    let received = Received::default();
    let kept = received.clone();
    let take = move |uri: Uri, headers: HeaderMap, body: Bytes| async move {
        kept.0.lock().unwrap().push((uri.path().to_owned(), headers, body));
        status
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, Router::new().fallback(take)).into_future());
    (address, received)
}

fn config(endpoint: &str) -> Config {
    Config {
        endpoint: Some(endpoint.to_owned()),
        headers: Phi::new(vec![("authorization".to_owned(), "Bearer of-the-collector".to_owned())]),
        service_name: "clinical-notes-summarizer".to_owned(),
        environment: "staging",
    }
}

fn metrics() -> Arc<Metrics> {
    let words = Vocabulary {
        routes: &[],
        gate_codes: &["fact-missing"],
        auth_reasons: &[],
        identifier_kinds: &[],
        narrator_outcomes: &[],
        narrator_refusals: &[],
    };
    Arc::new(Metrics::new(Build { version: "0.1.0", lexicon: "1", commit: None }, &words))
}

fn start(endpoint: &str, metrics: &Arc<Metrics>) -> Telemetry {
    Telemetry::start(&config(endpoint), "0.1.0", &Handle::current(), metrics).unwrap()
}

fn arrival(id: RequestId) -> Arrival {
    Arrival { method: "POST", route: "/api/v1/summarize", secure: false, id }
}

fn headers(traceparent: &str) -> HeaderMap {
    let value = |text: &str| HeaderValue::from_str(text).unwrap();
    let mut headers = HeaderMap::new();
    headers.insert("traceparent", value(traceparent));
    headers.insert("tracestate", value(&format!("congo={CANARY},ot=th:8")));
    headers.insert("baggage", value(&format!("patient={CANARY}")));
    headers.insert("user-agent", value(CANARY));
    headers.insert("x-request-id", value(CANARY));
    headers.insert("x-forwarded-for", value(CANARY));
    headers
}

fn words(attributes: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |value: &Option<AnyValue>| match value.as_ref().and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    };
    attributes.iter().map(|attribute| (attribute.key.clone(), text(&attribute.value))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> BTreeMap<String, String> {
    expected.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn spans(received: &Received) -> Vec<Span> {
    let requests =
        received.bodies("/v1/traces").into_iter().map(|body| ExportTraceServiceRequest::decode(body).unwrap());
    requests.flat_map(|r| r.resource_spans).flat_map(|r| r.scope_spans).flat_map(|s| s.spans).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_continues_the_trace_and_says_nothing_that_a_client_wrote() {
    let (endpoint, received) = collector(StatusCode::OK).await;
    let metrics = metrics();
    let telemetry = start(&endpoint, &metrics);
    assert_eq!(telemetry.dependency(), Dependency::UNKNOWN);
    let id = RequestId::new();
    let name = id.to_string();

    let span = telemetry.begin(arrival(id), &headers(&format!("00-{TRACE}-{CALLER}-01")));
    let fields = [
        ("method", "POST"),
        ("route", "/api/v1/summarize"),
        ("status", "503"),
        ("milliseconds", "12"),
        ("id", &name),
        ("path", CANARY),
        ("patient", CANARY),
    ];
    telemetry.log(Level::Info, "request", &fields, span.place());
    telemetry.log(Level::Info, "request", &[("route", CANARY), ("method", CANARY), ("status", CANARY)], None);
    telemetry.log(Level::Info, CANARY, &[], None);
    span.end(503, Duration::from_millis(12));
    metrics.document(Document::Ccda, Outcome::Refused);
    telemetry.shutdown(LONG).await;

    let [span] = &spans(&received)[..] else { panic!("one span") };
    assert_eq!((hex(&span.trace_id), hex(&span.parent_span_id)), (TRACE.to_owned(), CALLER.to_owned()));
    assert_eq!((span.name.as_str(), span.trace_state.as_str()), ("POST /api/v1/summarize", "ot=th:8"));
    let expected = [
        ("clinical.request_id", name.as_str()),
        ("error.type", "503"),
        ("http.request.method", "POST"),
        ("http.response.status_code", "503"),
        ("http.route", "/api/v1/summarize"),
        ("url.scheme", "http"),
    ];
    assert_eq!(words(&span.attributes), pairs(&expected));

    let bodies = received.bodies("/v1/logs").into_iter().map(|body| ExportLogsServiceRequest::decode(body).unwrap());
    let resources: Vec<_> = bodies.flat_map(|request| request.resource_logs).collect();
    let mut about = words(&resources[0].resource.as_ref().unwrap().attributes);
    assert_eq!(about.remove("service.instance.id").unwrap().len(), 32);
    let expected = [
        ("deployment.environment.name", "staging"),
        ("service.name", "clinical-notes-summarizer"),
        ("service.version", "0.1.0"),
    ];
    assert_eq!(about, pairs(&expected));
    let records: Vec<_> = resources.into_iter().flat_map(|r| r.scope_logs).flat_map(|s| s.log_records).collect();
    let [first, second] = &records[..] else { panic!("two records: {}", records.len()) };
    assert_eq!((hex(&first.trace_id), &first.span_id), (TRACE.to_owned(), &span.span_id));
    assert_eq!((first.event_name.as_str(), first.severity_text.as_str()), ("request", "INFO"));
    let expected = [
        ("clinical.milliseconds", "12"),
        ("clinical.request_id", name.as_str()),
        ("http.request.method", "POST"),
        ("http.response.status_code", "503"),
        ("http.route", "/api/v1/summarize"),
    ];
    assert_eq!(words(&first.attributes), pairs(&expected));
    assert_eq!(words(&second.attributes), BTreeMap::new());

    let bodies = received.bodies("/v1/metrics").into_iter();
    let requests = bodies.map(|body| ExportMetricsServiceRequest::decode(body).unwrap());
    let metrics: BTreeMap<_, _> = requests
        .flat_map(|r| r.resource_metrics)
        .flat_map(|r| r.scope_metrics)
        .flat_map(|s| s.metrics)
        .map(|metric| (metric.name.clone(), metric))
        .collect();
    let duration = &metrics["http.server.request.duration"];
    let Some(Data::Histogram(histogram)) = &duration.data else { panic!("a histogram") };
    let [point] = &histogram.data_points[..] else { panic!("one point") };
    assert_eq!((point.count, duration.unit.as_str()), (1, "s"));
    assert_eq!(words(&point.attributes)["http.response.status_code"], "503");
    let Some(Data::Sum(sum)) = &metrics["clinical.documents"].data else { panic!("a sum") };
    let expected = pairs(&[("kind", "ccda"), ("outcome", "refused")]);
    assert!(sum.is_monotonic && sum.data_points.iter().any(|point| words(&point.attributes) == expected));
    assert!(metrics.contains_key("http.server.active_requests"));

    let all = received.0.lock().unwrap();
    for (path, headers, body) in all.iter() {
        assert_eq!(headers["authorization"], "Bearer of-the-collector");
        assert_eq!(headers["content-type"], "application/x-protobuf");
        let raw = [path.as_bytes(), format!("{headers:?}").as_bytes(), body].concat();
        for part in ["Canary", "Lovelace", "555-0147", "congo"] {
            assert!(!raw.windows(part.len()).any(|window| window == part.as_bytes()), "{part} in {path}");
        }
    }
    drop(all);
    assert_eq!(telemetry.dependency(), Dependency::UP);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trace_that_is_not_well_formed_is_not_continued() {
    let (endpoint, received) = collector(StatusCode::OK).await;
    let telemetry = start(&endpoint, &metrics());
    let long = format!("00-{TRACE}-{CALLER}-01-{}", "a".repeat(5000));
    for traceparent in [&format!("00-{TRACE}-{CALLER}"), &long, CANARY] {
        let span = telemetry.begin(arrival(RequestId::new()), &headers(traceparent));
        span.end(200, Duration::ZERO);
    }
    // The caller does not record this one, so that we do not, either.
    telemetry.begin(arrival(RequestId::new()), &headers(&format!("00-{TRACE}-{CALLER}-00"))).end(200, Duration::ZERO);
    // This one goes away before it is answered.
    drop(telemetry.begin(arrival(RequestId::new()), &HeaderMap::new()));
    telemetry.shutdown(LONG).await;

    let spans = spans(&received);
    assert_eq!(spans.len(), 4);
    for span in &spans {
        assert_ne!(hex(&span.trace_id), TRACE);
        assert!(span.parent_span_id.is_empty() && span.trace_state.is_empty());
    }
    assert_eq!(words(&spans[3].attributes)["error.type"], "abandoned");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_that_never_answers_holds_nobody_up() {
    // Connections are taken by the system and never looked at.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let telemetry = start(&format!("http://{}", listener.local_addr().unwrap()), &metrics());
    let all = async {
        for _ in 0..10_000 {
            let id = RequestId::new();
            let span = telemetry.begin(arrival(id), &HeaderMap::new());
            telemetry.log(Level::Info, "request", &[("id", &id.to_string())], span.place());
            span.end(200, Duration::ZERO);
        }
        telemetry.shutdown(Duration::from_millis(200)).await;
    };
    tokio::time::timeout(LONG, all).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_the_collector_is_can_be_asked() {
    for (status, expected) in [(StatusCode::UNAUTHORIZED, Detail::Refused), (StatusCode::NOT_FOUND, Detail::Unfit)] {
        let (endpoint, received) = collector(status).await;
        let telemetry = start(&endpoint, &metrics());
        telemetry.begin(arrival(RequestId::new()), &HeaderMap::new()).end(200, Duration::ZERO);
        telemetry.shutdown(LONG).await;
        assert_eq!(received.bodies("/v1/traces").len(), 1);
        assert_eq!(telemetry.dependency(), Dependency::degraded(expected));
    }
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let telemetry = start(&format!("http://{gone}"), &metrics());
    telemetry.shutdown(LONG).await;
    assert_eq!(telemetry.dependency(), Dependency::degraded(Detail::Silent));
    assert_eq!(Telemetry::off().dependency(), Dependency::NONE);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_collector_behind_tls_must_speak_it() {
    // It answers in plain text, which is no TLS.
    let (endpoint, received) = collector(StatusCode::OK).await;
    match Telemetry::start(&config(&endpoint.replace("http:", "https:")), "0.1.0", &Handle::current(), &metrics()) {
        Ok(telemetry) => {
            telemetry.begin(arrival(RequestId::new()), &HeaderMap::new()).end(200, Duration::ZERO);
            telemetry.shutdown(LONG).await;
            assert_eq!(telemetry.dependency(), Dependency::degraded(Detail::Silent));
        }
        // A machine without certificates trusts nobody, and says so at the start.
        Err(error) => assert_eq!(error, Error::Certificates),
    }
    assert!(received.0.lock().unwrap().is_empty());
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_refused_without_their_value() {
    let start = |config: &Config| Telemetry::start(config, "0.1.0", &Handle::current(), &metrics());
    for endpoint in ["", CANARY, "ftp://collector", "http://ada:secret@collector"] {
        let error = start(&config(endpoint)).unwrap_err();
        assert_eq!(error, Error::Endpoint, "{endpoint}");
        assert!(!error.to_string().contains(CANARY));
    }
    let headers = Phi::new(vec![(format!("{CANARY} x"), "y".to_owned())]);
    assert_eq!(start(&Config { headers, ..config("http://127.0.0.1:1") }).unwrap_err(), Error::Header);
    assert!(start(&Config { endpoint: None, ..config("") }).is_ok());
    assert!(!format!("{:?}", config("http://127.0.0.1:1")).contains("of-the-collector"));
}

//! What is counted and told of every request: one log line, the metrics, and a span for a collector.

use super::{known, listed, pattern};
use crate::access::{Need, need};
use crate::clock::Stopwatch;
use crate::http::app::App;
use crate::http::told::{Refusal, Told};
use crate::metrics::labels::{Document, Format, Method, Outcome, Validity};
use crate::request_id::RequestId;
use crate::telemetry::Arrival;
use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;

/// One line for each request: how it went, and nothing that a client wrote. The route is our own pattern, not the
/// path; a method that HTTP does not know is not repeated. The same is counted.
pub(in crate::http) async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let method = known(request.method());
    let route = listed(pattern(&request).as_ref());
    let id = request.extensions().get::<RequestId>().copied().unwrap_or_default();
    let running = app.metrics.begin(app.metrics.route(Some(route)), Method::of(method));
    let arrival = Arrival { method, route, secure: app.tls.is_some(), id };
    let span = app.telemetry.begin(arrival, request.headers());
    let response = next.run(request).await;
    let (took, status) = (watch.elapsed(), response.status());
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method, route, status = status.as_u16(), milliseconds, %id, "request");
    let media = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    running.end(status.as_u16(), Format::of(media), took);
    span.end(status.as_u16(), took);
    if !super::is_about_us(route) {
        app.health.requests().record(took, status.is_server_error());
    }
    count(&app, &response, matches!(need(method, route), Some(Need::Scope(_))));
    response
}

/// What the handler told of a document, or that it was refused, on a route that takes any.
fn count(app: &App, response: &Response, takes_documents: bool) {
    if let Some(refusal) = response.extensions().get::<Refusal>().filter(|_| takes_documents) {
        refused(app, response.status().as_u16(), *refusal);
    }
    let Some(told) = response.extensions().get::<Told>() else { return };
    app.metrics.document(document(told.kind), Outcome::Done);
    if let Some(grade) = told.grade {
        app.metrics.readability(grade);
    }
    if let Some(has_errors) = told.has_errors {
        app.metrics.validated(match (has_errors, told.kind) {
            (false, _) => Validity::Valid,
            (true, "") => Validity::Unread,
            (true, _) => Validity::Invalid,
        });
    }
    for (kind, count) in &told.removed {
        app.metrics.phi_removed(kind.as_str(), *count as u64);
    }
    if let Some(narrated) = &told.narrated {
        let counts = &narrated.counts;
        app.metrics.narrator_sentences(counts.asked as u64, counts.kept as u64);
        for (reason, count) in &counts.refused {
            app.metrics.narrator_refused(reason.as_str(), *count as u64);
        }
    }
    if app.settings.request_logging {
        let bytes = told.bytes;
        tracing::info!(
            document = if told.kind.is_empty() { "unknown" } else { told.kind },
            bytes,
            entries = told.entries,
            "request-shape"
        );
    }
}

/// A document that was not given out. What was refused before anything was read of it (no token, too many requests) is
/// none.
fn refused(app: &App, status: u16, refusal: Refusal) {
    let outcome = match (status, refusal.code) {
        (503, "throttled") => {
            app.metrics.shed();
            Outcome::Shed
        }
        (503, "timeout") => Outcome::Stopped,
        (500, _) if refusal.gate.is_some() => Outcome::Gate,
        (500, _) => Outcome::Fault,
        (400 | 413 | 415 | 422, _) => Outcome::Refused,
        _ => return,
    };
    if let Some(code) = refusal.gate {
        app.metrics.gate_refused(code);
    }
    app.metrics.document(Document::Unknown, outcome);
}

fn document(kind: &str) -> Document {
    match kind {
        "fhir-bundle" => Document::Bundle,
        "fhir-resource" | "fhir-json" => Document::Resource,
        "fhir-ndjson" => Document::Ndjson,
        "ccda" => Document::Ccda,
        "note" => Document::Note,
        _ => Document::Unknown,
    }
}

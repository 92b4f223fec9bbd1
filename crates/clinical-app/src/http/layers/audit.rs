//! One line in the audit log for each access to something that is about a patient, granted or denied.
//!
//! The line is written before the reply goes out: what could not be written down is not given out. A client that goes
//! away before its reply has its line, too.

use super::{known, listed, pattern};
use crate::access::{Caller, Need, need};
use crate::audit::{self, Audit, Operation, Outcome};
use crate::clock::{self, Stopwatch};
use crate::http::api_error::ApiError;
use crate::http::app::App;
use crate::http::told::{Asking, Narrated, Refusal, Told};
use crate::request_id::RequestId;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// Writes the line. Routes that are open to everybody hold nothing of a patient and are not written down.
pub(in crate::http) async fn audit(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let Some(log) = app.audit.clone() else { return next.run(request).await };
    let (method, route) = (known(request.method()), listed(pattern(&request).as_ref()));
    if !matches!(need(method, route), Some(Need::Scope(_))) {
        return next.run(request).await;
    }
    let id = request.extensions().get::<RequestId>().copied().unwrap_or_default();
    let (watch, asking, peer) = (Stopwatch::start(), Asking::default(), app.peer(&request));
    request.extensions_mut().insert(asking.clone());
    let mut open = Open { log, watch, id, asking, peer, method, route, is_open: true };
    if !open.log.is_well() {
        open.is_open = false;
        // A log that cannot take the line counts it, and says so when it goes on.
        let _ = open.write(Outcome::Failed("audit-unwell"), 503, None, None);
        return ApiError::audit_unwell().into_response();
    }
    let response = next.run(request).await;
    open.is_open = false;
    let told = response.extensions().get::<Told>();
    let document = told.map(|told| audit::Document {
        // FHIR knows no empty texts.
        kind: if told.kind.is_empty() { "unknown" } else { told.kind },
        bytes: told.bytes,
        entries: told.entries,
    });
    let outcome = outcome(response.status().as_u16(), response.extensions().get::<Refusal>().copied());
    let narrated = told.and_then(|told| told.narrated.as_deref());
    match open.write(outcome, response.status().as_u16(), document, narrated) {
        Ok(()) => response,
        Err(()) => ApiError::audit_unwell().into_response(),
    }
}

/// An access that has no line yet. Dropped so, its client went away.
struct Open {
    log: Arc<Audit>,
    watch: Stopwatch,
    id: RequestId,
    asking: Asking,
    peer: IpAddr,
    method: &'static str,
    route: &'static str,
    is_open: bool,
}

impl Open {
    fn write(
        &self,
        outcome: Outcome,
        status: u16,
        document: Option<audit::Document>,
        narrated: Option<&Narrated>,
    ) -> Result<(), ()> {
        let caller = self.asking.who();
        let roles: Vec<&'static str> =
            caller.map(|caller| caller.roles().iter().map(|role| role.as_str()).collect()).unwrap_or_default();
        let access = audit::Access {
            recorded: clock::unix_micros(),
            request_id: &self.id.to_string(),
            subject: caller.map(Caller::subject),
            roles: &roles,
            peer: Some(self.peer),
            method: self.method,
            route: self.route,
            operation: operation(self.route),
            outcome,
            status,
            document,
            model: narrated.map(|Narrated { said, counts }| audit::Model {
                name: &said.model,
                served: said.served.as_deref(),
                parameters: &said.parameters,
                prompt: clinical_pipeline::PROMPT_VERSION,
                asked: counts.asked as u64,
                kept: counts.kept as u64,
                refused: counts.refused.iter().map(|(_, count)| *count as u64).sum(),
            }),
            micros: u64::try_from(self.watch.elapsed().as_micros()).unwrap_or(u64::MAX),
        };
        self.log.record(&access).map(|_| ()).map_err(|_| ())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.is_open {
            // Nobody waits for an answer; a log that cannot be written is told by readiness.
            let _ = self.write(Outcome::Failed("abandoned"), 499, None, None);
        }
    }
}

/// What a route is for.
fn operation(route: &str) -> Operation {
    match route {
        "/api/v1/summarize" | "/api/v1/extract" | "/api/v1/ccda/summarize" | "/api/v1/ccda/summarize/html" => {
            Operation::Summarize
        }
        "/api/v1/deidentify" => Operation::Deidentify,
        "/api/v1/verify" => Operation::Verify,
        "/api/inference" => Operation::Infer,
        _ if route.starts_with("/api/v1/translate/") => Operation::Translate,
        _ if route.contains("/validate") => Operation::Validate,
        _ => Operation::Other,
    }
}

/// How an access ended, by the status of its reply and the reason beside it.
fn outcome(status: u16, refusal: Option<Refusal>) -> Outcome {
    let Some(refusal) = refusal else {
        return if status < 400 { Outcome::Granted } else { Outcome::Failed("internal") };
    };
    match (status, refusal.code) {
        (401, code) => Outcome::Refused(token(code)),
        (403, _) => Outcome::Refused("missing-scope"),
        (429, _) => Outcome::Refused("rate-limit"),
        (503, "timeout") => Outcome::Failed("time-limit"),
        (503, "throttled") => Outcome::Refused("overloaded"),
        (503, "audit") => Outcome::Failed("audit-unwell"),
        (503, _) => Outcome::Failed("unavailable"),
        (501, _) => Outcome::Refused("no-such-route"),
        (413, _) => Outcome::Refused("too-large"),
        (422 | 415, _) => Outcome::Refused("invalid-document"),
        _ if refusal.gate.is_some() => Outcome::Failed("gate"),
        (500.., _) => Outcome::Failed("internal"),
        _ => Outcome::Refused("invalid-request"),
    }
}

/// Why a token was refused, as the audit log names it.
fn token(code: &str) -> &'static str {
    match code {
        "missing" => "no-token",
        "expired" | "not-yet" => "expired-token",
        "audience" => "wrong-audience",
        _ => "bad-token",
    }
}

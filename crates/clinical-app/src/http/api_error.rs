//! Every error of the service, as a FHIR `OperationOutcome` (R4, 2.36). No error repeats anything of the input.

use super::desk::Unfinished;
use super::told::Refusal;
use crate::access::{Refused, Scope, insufficient_scope};
use crate::job::Ended;
use crate::peek::Fault;
use crate::request_id::RequestId;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use clinical_pipeline::Error;
use serde::Serialize;
use std::borrow::Cow;

/// An error on its way to the client. Its text is ours: sentences and places, never values.
#[derive(Debug)]
pub struct ApiError(Box<Said>);

/// What it says. It is boxed because every handler returns one, seldom.
#[derive(Debug)]
pub struct Said {
    status: StatusCode,
    code: &'static str,
    text: Cow<'static, str>,
    diagnostics: Option<String>,
    expression: Option<&'static str>,
    retry_after: Option<u64>,
    challenge: Option<HeaderValue>,
    /// A finer name for the log of refusals; the issue's code where there is none.
    reason: Option<&'static str>,
    /// A stable name of what is wrong with a document.
    named: Option<&'static str>,
    /// The check that a finished page failed.
    gate: Option<&'static str>,
}

#[derive(Serialize)]
struct OperationOutcome<'a> {
    #[serde(rename = "resourceType")]
    resource_type: &'static str,
    issue: [Issue<'a>; 1],
}

#[derive(Serialize)]
struct Issue<'a> {
    severity: &'static str,
    code: &'static str,
    details: Details<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnostics: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expression: Option<[&'static str; 1]>,
}

#[derive(Serialize)]
struct Details<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    coding: Option<[Coding; 1]>,
    text: &'a str,
}

/// A stable name for programs.
#[derive(Serialize)]
struct Coding {
    system: &'static str,
    code: &'static str,
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Said {
            status,
            code,
            text: text.into(),
            diagnostics: None,
            expression: None,
            retry_after: None,
            challenge: None,
            reason: None,
            named: None,
            gate: None,
        }))
    }

    /// 401, or 503 where nobody can say whether a token is good. Which check failed is not told.
    pub(crate) fn unauthorized(refused: Refused) -> Self {
        let mut error = match refused {
            Refused::Unavailable => {
                let text = "The keys that tokens are checked with cannot be had at the moment. Try again shortly.";
                let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "transient", text);
                error.retry_after = Some(10);
                error
            }
            _ => {
                let text = "A valid access token is needed: Authorization: Bearer.";
                Self::new(StatusCode::UNAUTHORIZED, "security", text)
            }
        };
        error.challenge = refused.challenge();
        error.reason = Some(refused.code());
        error
    }

    /// 403: which scope is missing, and nothing else.
    pub(crate) fn forbidden(missing: Option<Scope>) -> Self {
        let text = match missing {
            Some(scope) => format!("The token lacks the scope {}.", scope.as_str()),
            None => "This route is closed.".to_owned(),
        };
        let mut error = Self::new(StatusCode::FORBIDDEN, "forbidden", text);
        error.challenge = missing.map(insufficient_scope);
        error
    }

    /// 429
    pub(crate) fn throttled(seconds: u32) -> Self {
        let text = "Too many requests. Retry-After says in how many seconds the next one is taken.";
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, "throttled", text);
        error.retry_after = Some(u64::from(seconds));
        error
    }

    /// 503 while accesses cannot be written down.
    pub(crate) fn audit_unwell() -> Self {
        let text = "Accesses cannot be written down at the moment, so that nothing is worked on. Try again shortly.";
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "transient", text);
        error.retry_after = Some(10);
        error.reason = Some("audit");
        error
    }

    /// 404
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing at this address.")
    }

    /// 405; the router adds `Allow`.
    pub(crate) fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "not-supported", "This address does not take this method; see Allow.")
    }

    /// 400 for a request line or header.
    pub(crate) fn bad_host() -> Self {
        let text = "The Host header does not name this server. Set CLINICAL_HOST to the name that you use.";
        Self::new(StatusCode::BAD_REQUEST, "invalid", text)
    }

    /// 400 for a body that ended early.
    pub(crate) fn body_cut_off() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", "The request ended before its body was complete.")
    }

    /// 400 for an option with a value it cannot have.
    pub(crate) fn bad_option(expression: &'static str, text: &'static str) -> Self {
        let mut error = Self::new(StatusCode::BAD_REQUEST, "invalid", text);
        error.expression = Some(expression);
        error
    }

    /// 406
    pub(crate) fn not_acceptable() -> Self {
        let text = "The summary comes as application/json, text/html, text/plain or text/markdown \
            (?format=json, html, text, markdown); none of these was asked for.";
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-supported", text)
    }

    /// 406 for a document without identity.
    pub(crate) fn no_such_copy() -> Self {
        let text = "The copy comes as application/json with what was removed, or in the format of the document itself \
            (application/fhir+json, application/x-ndjson, application/xml, text/plain; ?format=json, document); none of \
            these was asked for.";
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-supported", text)
    }

    /// 406 for what validation found.
    pub(crate) fn no_such_report() -> Self {
        let text = "What was found comes as application/json, as an OperationOutcome (application/fhir+json), or as a \
            line for each resource (application/x-ndjson); none of these was asked for.";
        Self::new(StatusCode::NOT_ACCEPTABLE, "not-supported", text)
    }

    /// 408
    pub(crate) fn slow_body(seconds: u64) -> Self {
        let text = format!("The body did not arrive within {seconds} seconds.");
        Self::new(StatusCode::REQUEST_TIMEOUT, "timeout", text)
    }

    /// 422 for what is said to be FHIR and is not.
    pub(crate) fn not_fhir() -> Self {
        let text = "This is said to be FHIR and has no resourceType. Send other JSON as application/json.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", text)
    }

    /// 413
    pub(crate) fn too_long(limit: usize) -> Self {
        let text = format!("The document is larger than the {} MB that this server takes.", limit >> 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", text)
    }

    /// 413 for a document of too many lines.
    pub(crate) fn too_many_lines(most: usize) -> Self {
        let text = format!("There are more than {most} lines. Send them in parts.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-long", text)
    }

    /// 415
    pub(crate) fn unsupported_media() -> Self {
        let text = "This content type is not read here. Send FHIR R4 as application/json or application/fhir+json (one \
            resource a line: application/x-ndjson), C-CDA as application/xml, a note as text/plain, or one of them as \
            the file ccda_file of a form (multipart/form-data).";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", text)
    }

    /// 415 where only C-CDA is taken.
    pub(crate) fn unsupported_ccda() -> Self {
        let text = "This is not read here: this route takes C-CDA, as application/xml, text/xml or \
            application/cda+xml, or as the file ccda_file of a form (multipart/form-data). /api/v1/summarize takes \
            FHIR and notes, too.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", text)
    }

    /// 415 where FHIR is validated.
    pub(crate) fn unsupported_resource() -> Self {
        let text = "This content type is not validated here. Send FHIR R4 in JSON, as application/fhir+json or \
            application/json; one resource a line as application/x-ndjson. FHIR in XML is not validated. \
            /api/v1/ccda/validate takes C-CDA.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", text)
    }

    /// 415 where a record comes with its summary.
    pub(crate) fn unsupported_pair() -> Self {
        let text = "This content type is not read here. Send a JSON object with source and summary as \
            application/json, or a form (multipart/form-data) with the files document and summary.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", text)
    }

    /// 400 for a form that breaks, or does not have what it should.
    pub(crate) fn bad_form(expression: Option<&'static str>, text: &'static str) -> Self {
        let mut error = Self::new(StatusCode::BAD_REQUEST, "invalid", text);
        error.expression = expression;
        error
    }

    /// 415 where only a request in JSON is taken.
    pub(crate) fn unsupported_request() -> Self {
        let text = "This content type is not read here. Send a JSON object as application/json.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", text)
    }

    /// 501 for what other programs of this kind do and this one does not.
    pub(crate) fn not_implemented(text: &'static str) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, "not-supported", text)
    }

    /// 415 where identity is removed.
    pub(crate) fn unsupported_document() -> Self {
        let text = "This is not read here. Send FHIR R4 as application/json, application/fhir+json or \
            application/x-ndjson, C-CDA as application/xml, or a note as text/plain.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", text)
    }

    /// 500. Which request it was is all that is said.
    pub(crate) fn internal(id: Option<RequestId>) -> Self {
        let text = "The program has a fault; no page was given out.";
        let mut error = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "exception", text);
        error.diagnostics = id.map(|id| format!("request {id}"));
        error
    }

    /// 503 when all hands are busy.
    pub(crate) fn overloaded(seconds: u64) -> Self {
        let text = "The server is busy with other documents. Try again in a moment.";
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "throttled", text);
        error.retry_after = Some(seconds.max(1));
        error
    }

    /// 503 when a document takes too long.
    pub(crate) fn timeout() -> Self {
        let text = "The document took longer than this server allows; the work was stopped.";
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, "timeout", text);
        error.retry_after = Some(30);
        error
    }

    /// Work that did not come to an end, for this request.
    pub(super) fn unfinished(unfinished: Unfinished, id: RequestId) -> Self {
        match unfinished {
            Unfinished::Overloaded { retry_after } => Self::overloaded(retry_after),
            Unfinished::TimedOut => Self::timeout(),
            Unfinished::Panicked => Self::internal(Some(id)),
        }
    }

    /// What the pipeline said, for this request.
    pub(crate) fn from_job(ended: Ended, id: RequestId) -> Self {
        match ended {
            Ended::Panicked => Self::internal(Some(id)),
            Ended::Refused(error) => Self::from_pipeline(&error, id),
        }
    }

    /// The same where the pipeline was asked directly.
    pub(crate) fn from_pipeline(refused: &Error, id: RequestId) -> Self {
        let (status, code) = match refused.code() {
            "stopped" => return Self::timeout(),
            "empty" | "not-json" | "not-xml" | "not-text" | "not-a-summary" => (StatusCode::BAD_REQUEST, "invalid"),
            "unknown-format" | "xml-not-validated" => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported"),
            "gate" | "lexicon" => (StatusCode::INTERNAL_SERVER_ERROR, "exception"),
            // not-fhir, not-ccda, one-record-one-patient, and what later readers refuse: it was read and is not acceptable.
            _ => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        };
        let mut error = Self::new(status, code, sentence(refused));
        error.named = Some(refused.code());
        error.gate = match refused {
            Error::Gate { code } => Some(*code),
            _ => None,
        };
        error.diagnostics = match refused.position() {
            Some((line, column)) => Some(format!("line {line}, column {column}")),
            None if status.is_server_error() => Some(format!("request {id}")),
            None => None,
        };
        error
    }
}

/// What the pipeline says, as a sentence. A fault in our own words is ours to read, not the client's.
fn sentence(error: &Error) -> String {
    if matches!(error, Error::Lexicon(_)) {
        return "The program has a fault; no page was given out.".to_owned();
    }
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).chain(['.']).collect())
}

impl std::ops::Deref for ApiError {
    type Target = Said;
    fn deref(&self) -> &Said {
        &self.0
    }
}

impl std::ops::DerefMut for ApiError {
    fn deref_mut(&mut self) -> &mut Said {
        &mut self.0
    }
}

impl ApiError {
    /// The same, with a place in the request.
    pub(crate) fn at(mut self, line: usize, column: usize) -> Self {
        self.diagnostics = Some(format!("line {line}, column {column}"));
        self
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        Self::bad_option(fault.expression, fault.message)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let said = *self.0;
        let outcome = OperationOutcome {
            resource_type: "OperationOutcome",
            issue: [Issue {
                severity: if said.status.is_server_error() && said.code == "exception" { "fatal" } else { "error" },
                code: said.code,
                details: Details {
                    coding: said.named.map(|code| [Coding { system: "urn:x-clinical-notes:refusal", code }]),
                    text: &said.text,
                },
                diagnostics: said.diagnostics.as_deref(),
                expression: said.expression.map(|e| [e]),
            }],
        };
        // Strings of our own always serialise.
        let body = serde_json::to_vec(&outcome).unwrap_or_default();
        let kind = HeaderValue::from_static("application/fhir+json; charset=utf-8");
        let mut response = (said.status, [(CONTENT_TYPE, kind)], body).into_response();
        if let Some(seconds) = said.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(challenge) = said.challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response.extensions_mut().insert(Refusal { code: said.reason.unwrap_or(said.code), gate: said.gate });
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(error: Error) -> (u16, &'static str) {
        let api = ApiError::from_job(Ended::Refused(error), RequestId::new());
        (api.status.as_u16(), api.code)
    }

    #[test]
    fn each_refusal_has_its_status() {
        assert_eq!(status(Error::Empty), (400, "invalid"));
        assert_eq!(status(Error::UnknownFormat), (415, "not-supported"));
        assert_eq!(status(Error::NotValidated), (415, "not-supported"));
        assert_eq!(status(Error::Gate { code: "number-not-in-record" }), (500, "exception"));
        assert_eq!(status(Error::Lexicon("x".to_owned())), (500, "exception"));
        assert_eq!(status(Error::Stopped), (503, "timeout"));
    }

    #[test]
    fn a_gate_says_that_no_page_was_given_and_which_request() {
        let id = RequestId::new();
        let api = ApiError::from_job(Ended::Refused(Error::Gate { code: "fact-missing" }), id);
        assert!(api.text.contains("was not given out"), "{}", api.text);
        assert_eq!(api.diagnostics, Some(format!("request {id}")));
    }

    #[test]
    fn a_panic_says_nothing_but_the_request() {
        let api = ApiError::from_job(Ended::Panicked, RequestId::new());
        assert_eq!((api.status.as_u16(), api.code), (500, "exception"));
    }
}

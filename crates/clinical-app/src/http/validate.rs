//! `/api/v1/validate…`: is this correct FHIR R4?
//!
//! A validation that came to its end is answered with 200, whatever it found: the document was the question.

use super::accept::negotiate;
use super::api_error::ApiError;
use super::app::App;
use super::summarize::may_be_wrapped;
use super::told::Told;
use super::{body, json_reply, query};
use crate::clock::{Now, Stopwatch};
use crate::fault;
use crate::peek::{self, BAD_MODE, Question};
use crate::request_id::RequestId;
use crate::validation::{self, About, ValidateReply, write_line, write_outcome};
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse as _, Response};
use clinical_pipeline::{IssueCode, IssueSeverity, Label, Stop, Validated, ValidationIssue, ValidationMode};
use std::borrow::Cow;
use std::sync::Arc;

/// The most lines of one request: each is a line of the reply.
const LINES: usize = 10_000;

/// The most issues of one reply.
const ISSUES: usize = 10_000;

/// How what was found is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wanted {
    /// As our JSON.
    Report,
    /// As an `OperationOutcome`.
    Outcome,
    /// As a line for each resource.
    Lines,
}

/// `POST /api/v1/validate`
pub(super) async fn validate(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    check(&app, id, None, &uri, &headers, body).await
}

/// `POST /api/v1/validate/bundle`
pub(super) async fn bundle(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    check(&app, id, Some("Bundle"), &uri, &headers, body).await
}

/// `POST /api/v1/validate/medication-request`
pub(super) async fn medication_request(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    check(&app, id, Some("MedicationRequest"), &uri, &headers, body).await
}

/// From a request to the reply. What can be refused without the body is refused before it is read.
async fn check(
    app: &Arc<App>,
    id: RequestId,
    expected: Option<&'static str>,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let label = body::resource_label(headers)?;
    let wanted = wanted(headers, label).ok_or_else(ApiError::no_such_report)?;
    let mode = query::value(uri.query(), "validation_mode").map(named).transpose()?;
    let bytes = body::read(headers, body, app).await?;
    fault::in_the_handler(&bytes);
    let now = Now::read().ok_or_else(|| ApiError::internal(Some(id)))?;
    let work = move |stop: Stop<'_>| reply(&bytes, label, mode, expected, wanted, &now, stop, id);
    let mut response = app.desk.run(work).await.map_err(|unfinished| ApiError::unfinished(unfinished, id))??;
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
    Ok(response)
}

/// Who sends lines and takes anything gets lines.
fn wanted(headers: &HeaderMap, label: Label) -> Option<Wanted> {
    let (report, outcome) = (("application/json", Wanted::Report), ("application/fhir+json", Wanted::Outcome));
    let lines = ("application/x-ndjson", Wanted::Lines);
    let offers = if label == Label::NdJson { [lines, report, outcome] } else { [report, outcome, lines] };
    negotiate(headers, &offers)
}

fn named(name: &str) -> Result<ValidationMode, ApiError> {
    match name {
        "strict" => Ok(ValidationMode::Strict),
        "lenient" => Ok(ValidationMode::Lenient),
        _ => Err(BAD_MODE.into()),
    }
}

/// From the body to the reply: runs on the desk.
#[expect(clippy::too_many_arguments, reason = "all that a reply hangs on")]
fn reply(
    body: &[u8],
    label: Label,
    mode: Option<ValidationMode>,
    expected: Option<&str>,
    wanted: Wanted,
    now: &Now,
    stop: Stop<'_>,
    id: RequestId,
) -> Result<Response, ApiError> {
    let watch = Stopwatch::start();
    let question = if may_be_wrapped(label) { peek::question(body)? } else { None };
    // The address goes before the body.
    let said = question.map(|asked| asked.mode()).transpose()?.flatten();
    let mode = mode.or(said).unwrap_or_default();
    let reports = reports(body, label, question, mode, expected, stop, id)?;
    let documents = reports.len();
    let is_valid = reports.iter().all(|report| report.is_valid);
    let format = reports.first().map_or("", |first| validation::format(first, documents));
    let told = Told {
        kind: format,
        bytes: reports.iter().map(|report| report.bytes as u64).sum(),
        entries: reports.iter().map(|report| report.resources as u64).sum(),
        has_errors: Some(!is_valid),
        ..Told::default()
    };
    let broken = |_| ApiError::internal(Some(id));
    let response = match wanted {
        Wanted::Report => {
            let (request_id, seconds) = (id.to_string(), watch.elapsed().as_secs_f64());
            let about = About { request_id: &request_id, at: &now.text, seconds, mode, format };
            json_reply(&ValidateReply::of(&Validated::join(reports), about))
        }
        Wanted::Outcome => {
            let mut out = Vec::new();
            write_outcome(&mut out, &Validated::join(reports), false).map_err(broken)?;
            ([(CONTENT_TYPE, "application/fhir+json; charset=utf-8")], out).into_response()
        }
        Wanted::Lines => {
            let mut out = Vec::new();
            reports.iter().try_for_each(|report| write_line(&mut out, None, report)).map_err(broken)?;
            ([(CONTENT_TYPE, "application/x-ndjson")], out).into_response()
        }
    };
    Ok(told.beside(response))
}

/// The reports on the documents of a body, with the places of the body.
fn reports(
    body: &[u8],
    label: Label,
    question: Option<Question<'_>>,
    mode: ValidationMode,
    expected: Option<&str>,
    stop: Stop<'_>,
    id: RequestId,
) -> Result<Vec<Validated>, ApiError> {
    let refused = |ended| ApiError::from_job(ended, id);
    let (document, label) = question.map_or((body, label), |asked| (asked.resource, Label::Json));
    let (mut reports, mut left): (Vec<Validated>, usize) = (Vec::new(), ISSUES);
    for report in validation::documents(document, label, mode, stop).map_err(refused)? {
        let mut report = report.map_err(refused)?;
        if reports.len() == LINES {
            return Err(ApiError::too_many_lines(LINES));
        }
        if let Some(expected) = expected {
            report.expect(expected);
        }
        report.keep(left);
        left -= report.issues.len();
        reports.push(report);
    }
    if let (Some(asked), Some(only)) = (question, reports.first_mut()) {
        let (lines, characters) = place(body.get(..asked.before).unwrap_or_default());
        only.move_by(asked.before, lines, characters);
        if asked.has_more {
            only.issues.insert(0, not_used());
        }
    }
    Ok(reports)
}

/// How many lines end in a text, and how many characters follow the last of them.
fn place(before: &[u8]) -> (u32, u32) {
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    let tail = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    let characters = tail.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
    (u32::try_from(lines).unwrap_or(u32::MAX), u32::try_from(characters).unwrap_or(u32::MAX))
}

/// Saying nothing would look as if it had been followed.
const fn not_used() -> ValidationIssue {
    ValidationIssue {
        offset: 0,
        severity: IssueSeverity::Information,
        code: IssueCode::Informational,
        key: Cow::Borrowed("members-not-used"),
        expression: String::new(),
        line: 1,
        column: 1,
        text: Cow::Borrowed("The request has members beside resource and validation_mode; they were not used"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sends_lines_gets_lines_unless_something_else_is_asked_for() {
        let accept =
            |text: &'static str| HeaderMap::from_iter([(axum::http::header::ACCEPT, HeaderValue::from_static(text))]);
        assert_eq!(wanted(&HeaderMap::new(), Label::Json), Some(Wanted::Report));
        assert_eq!(wanted(&HeaderMap::new(), Label::NdJson), Some(Wanted::Lines));
        assert_eq!(wanted(&accept("*/*"), Label::NdJson), Some(Wanted::Lines));
        assert_eq!(wanted(&accept("application/json"), Label::NdJson), Some(Wanted::Report));
        assert_eq!(wanted(&accept("application/fhir+json"), Label::Json), Some(Wanted::Outcome));
        assert_eq!(wanted(&accept("application/fhir+xml"), Label::Json), None);
    }

    #[test]
    fn the_place_of_a_resource_is_counted_in_characters() {
        assert_eq!(place(b""), (0, 0));
        assert_eq!(place("{\"é\":1,\n \"resource\": ".as_bytes()), (1, 13));
        assert_eq!(place("{\"é\": ".as_bytes()), (0, 6));
    }
}

//! `POST /api/v1/summarize/validate-only`: can a sheet be made of this, and of how much of it?

use super::api_error::ApiError;
use super::app::App;
use super::form::{self, Given};
use super::summarize::may_be_wrapped;
use super::told::{self, Told};
use super::{body, json_reply};
use crate::clock::{Now, Stopwatch};
use crate::envelope;
use crate::fault;
use crate::job::Ended;
use crate::peek;
use crate::request_id::RequestId;
use crate::validation;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use clinical_pipeline::{
    Error, Examined, Input, IssueSeverity, Label, Lexicon, Notice, Stop, ValidationIssue, ValidationMode,
};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What can be made of a record. This says what this program can use of it, and of FHIR in JSON whether it is correct,
/// too: the reader is forgiving, so that what is not valid can still be processable.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamineReply {
    /// The reader found no error, and FHIR in JSON is valid (as /api/v1/validate says in its strict mode).
    pub bundle_valid: bool,
    /// Entries of the input; of a note its sentences.
    pub entries_processed: u64,
    /// Entries that say to be a MedicationRequest (FHIR).
    pub medication_requests_found: u64,
    /// Findings of the reader and of the validation of severity error, or why there is no record.
    pub validation_errors: Vec<ExamineFinding>,
    /// Findings of severity warning and information.
    pub validation_warnings: Vec<ExamineFinding>,
    /// A sheet can be made.
    pub processable: bool,
    /// About this answer.
    pub validation_metadata: ExamineMetadata,
}

/// One finding: what and where, never the value.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamineFinding {
    /// `error`, `warning`, `information`.
    pub severity: String,
    /// Stable name: of what the reader found, or the key of a rule of FHIR.
    pub code: String,
    /// Path into the input, code points of a note (`12-30`), or line and column.
    pub at: String,
}

impl ExamineFinding {
    /// Something that intake noticed.
    pub(super) fn of(notice: &Notice) -> Self {
        Self {
            severity: envelope::severity(notice.severity).to_owned(),
            code: notice.code.to_owned(),
            at: notice.at.clone(),
        }
    }

    /// Something that is not correct FHIR; of several lines it is that one, from zero.
    fn of_issue(issue: &ValidationIssue, line: Option<usize>) -> Self {
        let severity = if issue.severity == IssueSeverity::Fatal { "error" } else { issue.severity.as_str() };
        let at = match (line, issue.expression.as_str()) {
            (_, "") => format!("line {}, column {}", issue.line, issue.column),
            (None, path) => path.to_owned(),
            (Some(line), path) => format!("line[{line}].{path}"),
        };
        Self { severity: severity.to_owned(), code: issue.key.clone().into_owned(), at }
    }

    /// Why there is no record.
    pub(super) fn refusal(error: &Error) -> Self {
        let at = error.position().map_or_else(String::new, |(line, column)| format!("line {line}, column {column}"));
        Self { severity: "error".to_owned(), code: error.code().to_owned(), at }
    }
}

/// About an answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExamineMetadata {
    /// The reply has it as X-Request-ID, too.
    pub request_id: String,
    /// RFC 3339.
    pub validated_at: String,
    /// Seconds.
    pub processing_time_seconds: f64,
    /// What the input was (`fhir-bundle`, `fhir-resource`, `fhir-ndjson`, `c-cda`, `note`); null where that was not found
    /// out.
    pub format: Option<String>,
    /// Entries that could not be read.
    pub unreadable_entries: u64,
    /// The record holds something that has a place on a sheet.
    pub has_something_to_show: bool,
    /// Version of this program.
    pub processor_version: String,
}

impl ExamineMetadata {
    pub(super) fn of(examined: Option<&Examined>, now: &Now, watch: &Stopwatch, id: RequestId) -> Self {
        Self {
            request_id: id.to_string(),
            validated_at: now.text.clone(),
            processing_time_seconds: (watch.elapsed().as_secs_f64() * 1e6).round() / 1e6,
            format: examined.map(|e| e.format.to_owned()),
            unreadable_entries: examined.map_or(0, |e| e.unreadable as u64),
            has_something_to_show: examined.is_some_and(|e| e.has_something_to_show),
            processor_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

/// The handler.
pub(super) async fn examine(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let said = body::record_said(&headers)?;
    let bytes = body::read(&headers, body, &app).await?;
    fault::in_the_handler(&bytes);
    let now = Now::read().ok_or_else(|| ApiError::internal(Some(id)))?;
    let work = move |stop: Stop<'_>| reply(&form::open(said, bytes)?, &now, stop, id);
    app.desk.run(work).await.map_err(|unfinished| ApiError::unfinished(unfinished, id))?
}

fn reply(given: &Given, now: &Now, stop: Stop<'_>, id: RequestId) -> Result<Response, ApiError> {
    let watch = Stopwatch::start();
    let label = given.label;
    let wrapper = if may_be_wrapped(label) { peek::wrapper(&given.bytes)? } else { None };
    let bytes = wrapper.as_ref().map_or(&given.bytes[..], |wrapper| wrapper.bundle);
    if let Some(wrapper) = &wrapper {
        wrapper.large_print()?;
    }
    fault::in_the_work(bytes);
    let lexicon = Lexicon::english().map_err(|_| ApiError::internal(Some(id)))?;
    let examined = clinical_pipeline::examine(&Input::new(bytes, label), now.moment, lexicon, stop);
    let told = Told { bytes: bytes.len() as u64, ..Told::default() };
    let metadata = |examined| ExamineMetadata::of(examined, now, &watch, id);
    let examined = match examined {
        Ok(examined) => examined,
        // What is wrong with the document is the answer here. No document, a fault of ours, and what takes too long
        // are none.
        Err(error @ (Error::Empty | Error::Stopped | Error::Lexicon(_) | Error::Gate { .. })) => {
            return Err(ApiError::from_pipeline(&error, id));
        }
        Err(error) => {
            let finding = ExamineFinding::refusal(&error);
            let reply = ExamineReply {
                bundle_valid: false,
                entries_processed: 0,
                medication_requests_found: 0,
                validation_errors: vec![finding],
                validation_warnings: Vec::new(),
                processable: false,
                validation_metadata: metadata(None),
            };
            return Ok(Told { has_errors: Some(true), ..told }.beside(json_reply(&reply)));
        }
    };
    let mut findings: Vec<ExamineFinding> = examined.notices.iter().map(ExamineFinding::of).collect();
    findings.extend(issues(bytes, examined.format, stop).map_err(|ended| ApiError::from_job(ended, id))?);
    let (errors, warnings): (Vec<_>, Vec<_>) = findings.into_iter().partition(|finding| finding.severity == "error");
    let reply = ExamineReply {
        bundle_valid: errors.is_empty(),
        entries_processed: examined.entries as u64,
        medication_requests_found: examined.medication_requests as u64,
        validation_warnings: warnings,
        validation_metadata: metadata(Some(&examined)),
        processable: true,
        validation_errors: errors,
    };
    let told = Told {
        kind: told::kind(examined.format),
        entries: examined.entries as u64,
        has_errors: Some(!reply.bundle_valid),
        ..told
    };
    Ok(told.beside(json_reply(&reply)))
}

/// The most findings of validation.
const ISSUES: usize = 10_000;

/// What of a document is not correct FHIR. What is no FHIR cannot be.
fn issues(bytes: &[u8], format: &str, stop: Stop<'_>) -> Result<Vec<ExamineFinding>, Ended> {
    let is_lines = format == "fhir-ndjson";
    let mut found = Vec::new();
    if !format.starts_with("fhir-") {
        return Ok(found);
    }
    let label = if is_lines { Label::NdJson } else { Label::Json };
    for (line, report) in validation::documents(bytes, label, ValidationMode::Strict, stop)?.enumerate() {
        let line = is_lines.then_some(line);
        let more = ISSUES.saturating_sub(found.len());
        found.extend(report?.issues.iter().take(more).map(|issue| ExamineFinding::of_issue(issue, line)));
    }
    Ok(found)
}

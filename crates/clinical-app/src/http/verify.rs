//! `POST /api/v1/verify`: does every fact of a summary stand in its record?

use super::api_error::ApiError;
use super::app::App;
use super::body::{self, Said};
use super::form::{self, Given};
use super::json_reply;
use super::summarize::may_be_wrapped;
use super::told::Told;
use crate::fault;
use crate::peek::{self, Fault};
use crate::request_id::RequestId;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use clinical_pipeline::{Input, Label, Lexicon, Stop};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::sync::Arc;
use utoipa::ToSchema;

/// The members of the request, as they stand.
#[derive(Deserialize)]
struct Members<'a> {
    #[serde(borrow)]
    source: Option<&'a RawValue>,
    #[serde(borrow)]
    summary: Option<&'a RawValue>,
}

/// What verification found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyReply {
    /// Every value of the summary is the record's, or what the record gives, and nothing is missing.
    pub verified: bool,
    /// How many values were checked.
    pub checked: u64,
    /// What is wrong, sorted.
    pub faults: Vec<VerifyFault>,
    /// The reply has it as X-Request-ID, too.
    pub request_id: String,
}

/// One fault.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyFault {
    /// `altered`: it stands there and says something else. `invented`: the record gives nothing for it. `missing`: the
    /// record gives it and the summary does not have it. Lists are compared by position: one item too many at the front
    /// is a fault in each that follows.
    pub kind: String,
    /// Where in the summary, never the value. A member that no summary of ours has is counted and not named:
    /// `summary.member(3)` is the fourth of the summary.
    pub at: String,
}

/// The handler.
pub(super) async fn verify(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let said = body::pair_said(&headers)?;
    let bytes = body::read(&headers, body, &app).await?;
    fault::in_the_handler(&bytes);
    let work = move |stop: Stop<'_>| {
        if matches!(said, Said::Form(_)) {
            let Given { bytes, label, summary, .. } = form::open(said, bytes)?;
            let missing = "The form must have the JSON summary as a file: summary.";
            let summary = summary.ok_or_else(|| ApiError::bad_form(Some("summary"), missing))?;
            return reply(&bytes, label, &summary, stop, id);
        }
        let (source, label, summary) = members(&bytes)?;
        reply(&source, label, summary.get().as_bytes(), stop, id)
    };
    app.desk.run(work).await.map_err(|unfinished| ApiError::unfinished(unfinished, id))?
}

/// The record, what it is, and the summary, of a request in JSON.
fn members(body: &[u8]) -> Result<(Cow<'_, [u8]>, Label, &RawValue), ApiError> {
    let missing = |expression, message| ApiError::from(Fault { expression, message });
    let members: Members<'_> = serde_json::from_slice(body).map_err(|e| {
        missing("source", "the request must be a JSON object with source and summary").at(e.line(), e.column())
    })?;
    let source = members.source.ok_or_else(|| missing("source", "source must be the record"))?;
    let summary = members.summary.ok_or_else(|| missing("summary", "summary must be the JSON summary"))?;
    let (source, label) = document(source);
    Ok((source, label, summary))
}

fn reply(given: &[u8], label: Label, summary: &[u8], stop: Stop<'_>, id: RequestId) -> Result<Response, ApiError> {
    let wrapper = if may_be_wrapped(label) { peek::wrapper(given)? } else { None };
    let source = wrapper.map_or(given, |wrapper| wrapper.bundle);
    fault::in_the_work(source);
    let lexicon = Lexicon::english().map_err(|_| ApiError::internal(Some(id)))?;
    let found = clinical_pipeline::verify(&Input::new(source, label), summary, lexicon, stop)
        .map_err(|error| ApiError::from_pipeline(&error, id))?;
    let faults: Vec<VerifyFault> = found
        .faults
        .into_iter()
        .map(|fault| VerifyFault { kind: fault.kind.as_str().to_owned(), at: fault.at })
        .collect();
    let reply =
        VerifyReply { verified: faults.is_empty(), checked: found.checked as u64, faults, request_id: id.to_string() };
    let told = Told { bytes: source.len() as u64, ..Told::default() };
    Ok(told.beside(json_reply(&reply)))
}

/// The record as it stands, or as the text that a JSON string holds: then its content says what it is.
fn document(raw: &RawValue) -> (Cow<'_, [u8]>, Label) {
    match serde_json::from_str::<String>(raw.get()) {
        Ok(text) => (Cow::Owned(text.into_bytes()), Label::Unknown),
        Err(_) => (Cow::Borrowed(raw.get().as_bytes()), Label::Json),
    }
}

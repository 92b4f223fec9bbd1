//! `POST /api/v1/deidentify`: a document in, the same document without identity out.

use super::accept::negotiate;
use super::api_error::ApiError;
use super::app::App;
use super::asked::{self, Asked};
use super::told::Told;
use super::{body, query};
use crate::clock::Now;
use crate::copy;
use crate::fault;
use crate::job::Ended;
use crate::peek;
use crate::removal::{self, Copied, Removal};
use crate::request_id::RequestId;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use axum::response::{IntoResponse as _, Response};
use clinical_pipeline::{Error, Label, Phi, Policy, Stop};
use std::sync::Arc;

/// Whose document it is. A header and not a part of the address: addresses stand in the logs of proxies.
const SUBJECT: HeaderName = HeaderName::from_static("x-deidentify-subject");

/// How many of each kind were removed: `NAME=3,DATE=2`.
const COUNTS: HeaderName = HeaderName::from_static("x-removed-counts");

/// How the copy is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wanted {
    /// In a JSON object, with what was removed.
    Report,
    /// As it is, in its own format.
    Document,
}

/// The formats of documents, as clients name them.
const FORMATS: [(&str, &str); 4] = [
    ("fhir-json", "application/fhir+json"),
    ("fhir-ndjson", "application/x-ndjson"),
    ("ccda", "application/xml"),
    ("note", "text/plain"),
];

/// The handler. What can be refused without the body is refused before it is read.
pub(super) async fn deidentify(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let format = query::value(uri.query(), "format").map(str::to_owned);
    let is_possible = |(format_name, _): &(&str, &str)| wanted(format.as_deref(), &headers, format_name).is_some();
    if !FORMATS.iter().any(is_possible) {
        return Err(ApiError::no_such_copy());
    }
    let policy = query::value(uri.query(), "policy").map(asked::named).transpose()?;
    let has_secret = app.settings.deidentify_secret.is_some();
    if policy == Some(Policy::Surrogate) && !has_secret {
        return Err(no_secret());
    }
    if query::value(uri.query(), "subject").is_some() {
        let text = "Addresses stand in logs: say the subject in the header X-Deidentify-Subject, or in the body.";
        return Err(ApiError::bad_option("subject", text));
    }
    let subject = match headers.get(SUBJECT).map(HeaderValue::to_str) {
        None => String::new(),
        Some(Ok(text)) => text.to_owned(),
        Some(Err(_)) => return Err(ApiError::bad_option("subject", "X-Deidentify-Subject must be ASCII.")),
    };
    let label = body::document_label(&headers)?;
    let is_fhir = body::is_said_to_be_fhir(&headers);
    let bytes = body::read(&headers, body, &app).await?;
    fault::in_the_handler(&bytes);
    let now = Now::read().ok_or_else(|| ApiError::internal(Some(id)))?;
    let mut removal = Removal::of(policy.unwrap_or_default(), now);
    removal.secret = app.settings.deidentify_secret.clone().unwrap_or(Phi::new(Vec::new()));
    removal.subject = Phi::new(subject);
    let work = move |stop: Stop<'_>| {
        // JSON of any other kind is worked on as a text; what is said to be FHIR and is not would surprise.
        if is_fhir && label == Label::Json && peek::is_other_json(&bytes) {
            return Err(ApiError::not_fhir());
        }
        let want = |name: &str| wanted(format.as_deref(), &headers, name).ok_or_else(ApiError::no_such_copy);
        reply(&bytes, label, policy, removal, &want, stop, id)
    };
    app.desk.run(work).await.map_err(|unfinished| ApiError::unfinished(unfinished, id))?
}

/// How a document of this format is to be given: as the address says, else as `Accept` does.
fn wanted(asked: Option<&str>, headers: &HeaderMap, format: &str) -> Option<Wanted> {
    let media = media(format);
    match asked {
        Some("json") => Some(Wanted::Report),
        Some("document") => Some(Wanted::Document),
        Some(_) => None,
        None => negotiate(headers, &[("application/json", Wanted::Report), (media, Wanted::Document)]),
    }
}

fn media(format: &str) -> &'static str {
    FORMATS.iter().find(|(name, _)| *name == format).map_or("text/plain", |(_, media)| media)
}

fn no_secret() -> ApiError {
    ApiError::bad_option("policy", "This server has no secret for surrogates. Set CLINICAL_DEIDENTIFY_SECRET.")
}

/// From the body to the reply: runs on the desk.
fn reply(
    body: &[u8],
    label: Label,
    policy: Option<Policy>,
    mut removal: Removal,
    wanted: &dyn Fn(&str) -> Result<Wanted, ApiError>,
    stop: Stop<'_>,
    id: RequestId,
) -> Result<Response, ApiError> {
    let asked: Asked<'_> = asked::read(body, label)?;
    // The address goes before the body.
    removal.policy = policy.or(asked.policy).unwrap_or_default();
    if removal.policy == Policy::Surrogate && removal.secret.expose().is_empty() {
        return Err(no_secret());
    }
    if let Some(subject) = asked.subject {
        removal.subject = Phi::new(subject);
    }
    (removal.allow, removal.deny) = (Phi::new(asked.allow), Phi::new(asked.deny));
    let done = removal::run(&asked.bytes, asked.label, &removal, stop).map_err(|end| match end {
        Ended::Refused(Error::UnknownFormat) => ApiError::unsupported_document(),
        end => ApiError::from_job(end, id),
    })?;
    respond(done, wanted, id)
}

fn respond(
    done: Copied,
    wanted: &dyn Fn(&str) -> Result<Wanted, ApiError>,
    id: RequestId,
) -> Result<Response, ApiError> {
    let format = done.copy.format;
    let counts = removal::counts(&done.copy.counts, "=", ",");
    let told = Told {
        kind: format,
        bytes: done.input_bytes as u64,
        entries: 1,
        removed: done.copy.counts.clone(),
        ..Told::default()
    };
    let mut response = match wanted(format)? {
        Wanted::Report => {
            let mut out = Vec::with_capacity(done.copy.bytes.expose().len() + 1024);
            copy::write_reply(&mut out, &done, id).map_err(|_| ApiError::internal(Some(id)))?;
            ([(CONTENT_TYPE, "application/json")], out).into_response()
        }
        Wanted::Document => {
            let kind = format!("{}; charset=utf-8", media(format));
            ([(CONTENT_TYPE, kind)], done.copy.bytes.into_exposed()).into_response()
        }
    };
    // Kinds and numbers always are a header value.
    if let Ok(value) = HeaderValue::from_str(&counts) {
        response.headers_mut().insert(COUNTS, value);
    }
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
    Ok(told.beside(response))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_of_the_document_decides_which_copy_can_be_had() {
        let accept =
            |text: &'static str| HeaderMap::from_iter([(axum::http::header::ACCEPT, HeaderValue::from_static(text))]);
        assert_eq!(wanted(None, &HeaderMap::new(), "note"), Some(Wanted::Report));
        assert_eq!(wanted(None, &accept("*/*"), "ccda"), Some(Wanted::Report));
        let any = accept("application/fhir+json, application/xml, text/plain");
        for (format, _) in FORMATS.iter().filter(|(format, _)| *format != "fhir-ndjson") {
            assert_eq!(wanted(None, &any, format), Some(Wanted::Document), "{format}");
        }
        assert_eq!(wanted(None, &accept("application/xml"), "note"), None);
        assert_eq!(wanted(Some("document"), &accept("application/json"), "note"), Some(Wanted::Document));
        assert_eq!(wanted(Some("pdf"), &HeaderMap::new(), "note"), None);
    }
}

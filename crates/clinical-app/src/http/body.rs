//! A request body, bounded while it streams in.

use super::api_error::ApiError;
use super::app::App;
use crate::limits::Held;
use axum::body::Body;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use clinical_pipeline::Label;
use http_body_util::BodyExt as _;
use std::error::Error as _;
use std::io;
use std::time::Duration;

/// A body that has not arrived by then holds memory for nobody.
const SLOWEST: Duration = Duration::from_secs(30);

/// What the sender says the body is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Said {
    /// A document, by itself. Nothing said is fine: content decides.
    Document(Label),
    /// A form with the document as a file; the type with its boundary.
    Form(HeaderValue),
}

/// What the sender says the body is, of what a sheet is made from.
pub(super) fn record_said(headers: &HeaderMap) -> Result<Said, ApiError> {
    match (form(headers), label(headers)) {
        (Some(form), _) => Ok(Said::Form(form.clone())),
        (None, Some(label)) => Ok(Said::Document(label)),
        (None, None) => Err(ApiError::unsupported_media()),
    }
}

/// The same where only C-CDA is taken.
pub(super) fn ccda_said(headers: &HeaderMap) -> Result<Said, ApiError> {
    match (form(headers), label(headers)) {
        (Some(form), _) => Ok(Said::Form(form.clone())),
        (None, Some(label @ (Label::Unknown | Label::Xml))) => Ok(Said::Document(label)),
        _ => Err(ApiError::unsupported_ccda()),
    }
}

/// The same where a record comes with its summary: a request in JSON, or a form.
pub(super) fn pair_said(headers: &HeaderMap) -> Result<Said, ApiError> {
    match (form(headers), label(headers)) {
        (Some(form), _) => Ok(Said::Form(form.clone())),
        (None, Some(label @ (Label::Unknown | Label::Json))) => Ok(Said::Document(label)),
        _ => Err(ApiError::unsupported_pair()),
    }
}

/// That the body is said to be JSON, or nothing is said of it.
pub(super) fn json_label(headers: &HeaderMap) -> Result<(), ApiError> {
    match label(headers) {
        Some(Label::Unknown | Label::Json) => Ok(()),
        _ => Err(ApiError::unsupported_request()),
    }
}

/// The same of what identity is removed from.
pub(super) fn document_label(headers: &HeaderMap) -> Result<Label, ApiError> {
    label(headers).ok_or_else(ApiError::unsupported_document)
}

/// The same of what is validated: FHIR in JSON, one resource or one a line.
pub(super) fn resource_label(headers: &HeaderMap) -> Result<Label, ApiError> {
    label(headers)
        .filter(|label| matches!(label, Label::Unknown | Label::Json | Label::NdJson))
        .ok_or_else(ApiError::unsupported_resource)
}

/// Whether the body is said to be FHIR.
pub(super) fn is_said_to_be_fhir(headers: &HeaderMap) -> bool {
    let said = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("").trim_start();
    said.get(..16).is_some_and(|start| start.eq_ignore_ascii_case("application/fhir"))
}

fn label(headers: &HeaderMap) -> Option<Label> {
    headers.get(CONTENT_TYPE).map_or(Some(Label::Unknown), |value| media_label(value.to_str().ok()?))
}

/// What a media type promises, of those that are read somewhere.
pub(super) fn media_label(media: &str) -> Option<Label> {
    match essence(media).as_str() {
        "application/json" | "application/fhir+json" => Some(Label::Json),
        "application/x-ndjson" | "application/ndjson" | "application/fhir+ndjson" => Some(Label::NdJson),
        // `application/cda+xml` is registered by nobody and used by many.
        "application/xml" | "text/xml" | "application/cda+xml" => Some(Label::Xml),
        "text/plain" => Some(Label::Text),
        _ => None,
    }
}

fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

fn form(headers: &HeaderMap) -> Option<&HeaderValue> {
    headers.get(CONTENT_TYPE).filter(|value| value.to_str().is_ok_and(|text| essence(text) == "multipart/form-data"))
}

/// The most that is reserved by what a sender announces: announcing costs it nothing.
const BELIEVED: usize = 64 << 10;

/// Reads the body. A length that is announced too long is refused before a byte of it is read. All bodies together have
/// so much room; one that does not fit in is one too many for now.
pub(super) async fn read(headers: &HeaderMap, body: Body, app: &App) -> Result<Vec<u8>, ApiError> {
    let limit = app.settings.max_request_bytes;
    let announced = headers.get(CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|t| t.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(ApiError::too_long(limit));
    }
    match tokio::time::timeout(SLOWEST, collect(body, announced.unwrap_or(0).min(BELIEVED), limit, app.room.hold()))
        .await
    {
        Ok(read) => read,
        Err(_) => Err(ApiError::slow_body(SLOWEST.as_secs())),
    }
}

async fn collect(mut body: Body, announced: usize, limit: usize, mut held: Held) -> Result<Vec<u8>, ApiError> {
    let mut bytes = Vec::with_capacity(announced);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| broken(&error))?;
        if let Ok(data) = frame.into_data() {
            if data.len() > limit - bytes.len() {
                return Err(ApiError::too_long(limit));
            }
            if !held.grow(data.len()) {
                return Err(ApiError::overloaded(1));
            }
            bytes.extend_from_slice(&data);
        }
    }
    Ok(bytes)
}

/// Why a body ended early: the doors end one that comes too slowly ([`super::serve`]), the client the others.
fn broken(error: &axum::Error) -> ApiError {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<io::Error>());
    match cause.map(io::Error::kind) {
        Some(io::ErrorKind::TimedOut) => ApiError::slow_body(SLOWEST.as_secs()),
        _ => ApiError::body_cut_off(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(text))])
    }

    #[test]
    fn labels() {
        let label = |text: &'static str| match record_said(&headers(text)) {
            Ok(Said::Document(label)) => (Some(label), document_label(&headers(text)).ok()),
            _ => (None, document_label(&headers(text)).ok()),
        };
        assert_eq!(label("application/FHIR+json; charset=utf-8"), (Some(Label::Json), Some(Label::Json)));
        assert_eq!(label("application/x-ndjson"), (Some(Label::NdJson), Some(Label::NdJson)));
        assert_eq!(label("text/plain"), (Some(Label::Text), Some(Label::Text)));
        for xml in ["application/xml", "text/xml; charset=utf-8", "Application/CDA+XML"] {
            assert_eq!(label(xml), (Some(Label::Xml), Some(Label::Xml)), "{xml}");
        }
        assert_eq!(label("application/pdf"), (None, None));
        assert_eq!(label("multipart/form-data; boundary=x"), (None, None), "a form is no document");
        assert_eq!(record_said(&HeaderMap::new()).ok(), Some(Said::Document(Label::Unknown)));
    }

    #[test]
    fn a_form_is_taken_where_a_document_is_and_json_is_no_ccda() {
        let form = headers("Multipart/Form-Data; boundary=x");
        for said in [record_said(&form), ccda_said(&form), pair_said(&form)] {
            assert!(matches!(said, Ok(Said::Form(_))));
        }
        assert!(json_label(&form).is_err());
        for other in ["application/json", "application/x-ndjson", "text/plain", "application/pdf"] {
            assert!(ccda_said(&headers(other)).is_err(), "{other}");
        }
        for other in ["application/fhir+xml", "application/xml", "text/plain", "multipart/form-data; boundary=x"] {
            assert!(resource_label(&headers(other)).is_err(), "{other}");
        }
        assert_eq!(resource_label(&headers("application/fhir+json")).ok(), Some(Label::Json));
        assert_eq!(ccda_said(&headers("text/xml")).ok(), Some(Said::Document(Label::Xml)));
        assert!(pair_said(&headers("application/xml")).is_err());
    }
}

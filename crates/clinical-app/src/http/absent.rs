//! Routes that people know from elsewhere and that this program does not serve: each says so, and why.

use super::api_error::ApiError;
use super::json_reply;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

/// `/api/v1/summary/…` and `/api/v1/summaries`
pub(super) async fn stored() -> ApiError {
    ApiError::not_implemented("Nothing is stored here, by design: a summary is given to whoever asks for it, and gone.")
}

/// `POST /api/v1/validate` and its kin
pub(super) async fn validate() -> ApiError {
    ApiError::not_implemented(
        "This version does not validate against FHIR. /api/v1/summarize/validate-only says what can be used of a record.",
    )
}

/// `POST /api/v1/ccda/…`
pub(super) async fn ccda() -> ApiError {
    ApiError::not_implemented("This version makes no sheet of C-CDA. /api/v1/deidentify takes it.")
}

/// What can be done with C-CDA.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CcdaHealth {
    /// `unavailable`: no sheet is made of C-CDA.
    pub status: String,
    /// A sheet can be made.
    pub summarize: bool,
    /// Documents can be validated.
    pub validate: bool,
    /// Identity can be removed.
    pub deidentify: bool,
}

/// `GET /api/v1/ccda/health`
pub(super) async fn ccda_health() -> Response {
    json_reply(&CcdaHealth { status: "unavailable".to_owned(), summarize: false, validate: false, deidentify: true })
}

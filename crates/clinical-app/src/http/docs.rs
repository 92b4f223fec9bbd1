//! The description of the service: `/openapi.json`, and `/docs` for a person. All of it is in the binary.

use super::api_error::ApiError;
use super::app::App;
use super::describe;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

const HTML: &str = include_str!("../../web/docs.html");
const CSS: &str = include_str!("../../web/docs.css");
/// What removal of identity can and cannot do: who uses the route has to read it.
const DEIDENTIFY: &str = include_str!("../../../../docs/DEIDENTIFY.md");
const JS: &str = include_str!("../../web/docs.js");

/// `GET /openapi.json`
pub(super) async fn openapi(State(app): State<Arc<App>>) -> Response {
    ([(CONTENT_TYPE, "application/json")], describe::document(app.access.is_on())).into_response()
}

/// `GET /docs`
pub(super) async fn page() -> Response {
    ([(CONTENT_TYPE, "text/html; charset=utf-8")], HTML).into_response()
}

/// `GET /docs/{name}`
pub(super) async fn asset(name: Result<Path<String>, PathRejection>) -> Response {
    match name.as_ref().map(|Path(name)| name.as_str()) {
        Ok("docs.css") => ([(CONTENT_TYPE, "text/css; charset=utf-8")], CSS).into_response(),
        Ok("docs.js") => ([(CONTENT_TYPE, "text/javascript; charset=utf-8")], JS).into_response(),
        Ok("DEIDENTIFY.md") => ([(CONTENT_TYPE, "text/markdown; charset=utf-8")], DEIDENTIFY).into_response(),
        _ => ApiError::not_found().into_response(),
    }
}

//! `/health`, `/api/v1/health/…` and `/metrics`: how the service is, for those who look after it.

use super::app::App;
use super::{api_error::ApiError, json_reply};
use crate::health::Health;
use crate::metrics::Exposition;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use std::sync::Arc;

fn reply((status, body): (u16, impl Serialize)) -> Response {
    let mut response = json_reply(&body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// `GET /health` and `GET /api/v1/health`
pub(super) async fn overview(State(app): State<Arc<App>>) -> Response {
    reply(app.health.overview())
}

/// `GET /api/v1/health/live`: an answer is the measurement.
pub(super) async fn live() -> Response {
    reply(Health::live())
}

/// `GET /api/v1/health/ready`
pub(super) async fn ready(State(app): State<Arc<App>>) -> Response {
    reply(app.health.ready())
}

/// `GET /api/v1/health/startup`
pub(super) async fn startup(State(app): State<Arc<App>>) -> Response {
    reply(app.health.startup())
}

/// `GET /api/v1/health/dependencies`
pub(super) async fn dependencies(State(app): State<Arc<App>>) -> Response {
    reply(app.health.dependencies())
}

/// `GET /metrics`
pub(super) async fn metrics(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    if !app.settings.metrics {
        return ApiError::not_found().into_response();
    }
    let exposition = Exposition::asked(&headers);
    ([(CONTENT_TYPE, exposition.content_type())], app.metrics.write(exposition)).into_response()
}

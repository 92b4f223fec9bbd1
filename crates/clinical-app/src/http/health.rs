//! Is the process there? What the process can do is measured by other routes, later.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

/// `GET /api/v1/health/live`: an answer is the measurement.
pub(super) async fn live() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], r#"{"status":"alive"}"#)
}

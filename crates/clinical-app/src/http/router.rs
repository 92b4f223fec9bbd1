//! The table of contents of the service.

use super::api_error::ApiError;
use super::desk::Desk;
use super::{health, layers, page, summarize};
use crate::settings::Settings;
use axum::Router;
use axum::http::HeaderValue;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

/// What the handlers share.
#[derive(Debug)]
pub struct App {
    /// How the service runs.
    pub(super) settings: Settings,
    /// Where documents are worked on.
    pub(super) desk: Desk,
    /// The policy of a sheet: its own style sheet, known by its hash, and nothing else.
    pub(super) sheet_policy: HeaderValue,
}

/// The service. Each route stands here once.
pub fn router(settings: Settings) -> Router {
    let app = Arc::new(App { desk: Desk::new(settings.max_time), sheet_policy: sheet_policy(), settings });
    Router::new()
        .route("/", get(page::index))
        .route("/assets/{name}", get(page::asset))
        .route("/samples", get(page::sample_list))
        .route("/samples/{name}", get(page::sample))
        .route("/api/v1/summarize", post(summarize::summarize))
        .route("/api/v1/health/live", get(health::live))
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        // Innermost first. A body is bounded where it is read, and time where the work is done: only there can the
        // work itself be stopped.
        //
        // Host check: nothing of ours runs for a name that is not ours.
        .layer(from_fn_with_state(Arc::clone(&app), layers::known_host))
        // Panic: inside the log, so that the log has its status, and inside the headers, so that it has them.
        .layer(CatchPanicLayer::custom(layers::panicked))
        // Security headers: on every reply, refusals too.
        .layer(from_fn(layers::security_headers))
        // Log: outside all that can refuse, so that refusals are seen.
        .layer(from_fn(layers::log))
        // Request id: outermost, because everything else names it.
        .layer(from_fn(layers::request_id))
        .with_state(app)
}

fn sheet_policy() -> HeaderValue {
    let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(clinical_pipeline::SHEET_CSS));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src 'self' data:; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    // Base64 is always a header value; without one, nothing at all is allowed, which is safe.
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

//! The table of contents of the service.

use super::api_error::ApiError;
use super::desk::Desk;
use super::{deidentify, health, layers, page, summarize};
use crate::settings::Settings;
use axum::Router;
use axum::http::HeaderValue;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
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

/// One route: an address and the method that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The pattern of the address. It is what the log names, whatever was asked for.
    pub path: &'static str,
    /// The method; where it is GET, HEAD is taken, too.
    pub method: &'static str,
    service: fn() -> MethodRouter<Arc<App>>,
}

/// The routes, each once. The log and the canary test read the same table.
pub const ROUTES: &[Route] = &[
    Route { path: "/", method: "GET", service: || get(page::index) },
    Route { path: "/assets/{name}", method: "GET", service: || get(page::asset) },
    Route { path: "/samples", method: "GET", service: || get(page::sample_list) },
    Route { path: "/samples/{name}", method: "GET", service: || get(page::sample) },
    Route { path: "/api/v1/summarize", method: "POST", service: || post(summarize::summarize) },
    Route { path: "/api/v1/deidentify", method: "POST", service: || post(deidentify::deidentify) },
    Route { path: "/api/v1/health/live", method: "GET", service: || get(health::live) },
];

/// The service.
pub fn router(settings: Settings) -> Router {
    let app = Arc::new(App { desk: Desk::new(settings.max_time), sheet_policy: sheet_policy(), settings });
    let routes = ROUTES.iter().fold(Router::new(), |router, route| router.route(route.path, (route.service)()));
    routes
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

//! The table of contents of the service.

use super::api_error::ApiError;
use super::app::App;
use super::{
    absent, ccda, deidentify, docs, examine, health, inference, layers, page, summarize, translate, validate, verify,
};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use std::sync::Arc;
use tower_http::catch_panic::CatchPanicLayer;

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
    Route { path: "/api/v1/extract", method: "POST", service: || post(summarize::extract) },
    Route { path: "/api/v1/summarize/validate-only", method: "POST", service: || post(examine::examine) },
    Route { path: "/api/v1/verify", method: "POST", service: || post(verify::verify) },
    Route { path: "/api/v1/deidentify", method: "POST", service: || post(deidentify::deidentify) },
    Route { path: "/api/inference", method: "POST", service: || post(inference::infer) },
    Route { path: "/api/v1/translate/supported-languages", method: "GET", service: || get(translate::languages) },
    Route { path: "/api/v1/translate/{kind}", method: "POST", service: || post(translate::translate) },
    Route { path: "/api/v1/ccda/summarize", method: "POST", service: || post(ccda::summarize) },
    Route { path: "/api/v1/ccda/summarize/html", method: "POST", service: || post(ccda::html) },
    Route { path: "/api/v1/ccda/validate", method: "POST", service: || post(ccda::validate) },
    Route { path: "/api/v1/ccda/health", method: "GET", service: || get(ccda::health) },
    Route { path: "/api/v1/validate", method: "POST", service: || post(validate::validate) },
    Route { path: "/api/v1/validate/bundle", method: "POST", service: || post(validate::bundle) },
    Route {
        path: "/api/v1/validate/medication-request",
        method: "POST",
        service: || post(validate::medication_request),
    },
    // Known from elsewhere, and not served here: each says why.
    Route { path: "/api/v1/summary/{id}", method: "GET", service: || get(absent::stored) },
    Route { path: "/api/v1/summaries", method: "GET", service: || get(absent::stored) },
    Route { path: "/openapi.json", method: "GET", service: || get(docs::openapi) },
    Route { path: "/docs", method: "GET", service: || get(docs::page) },
    Route { path: "/docs/{name}", method: "GET", service: || get(docs::asset) },
    Route { path: "/health", method: "GET", service: || get(health::overview) },
    Route { path: "/api/v1/health", method: "GET", service: || get(health::overview) },
    Route { path: "/api/v1/health/live", method: "GET", service: || get(health::live) },
    Route { path: "/api/v1/health/ready", method: "GET", service: || get(health::ready) },
    Route { path: "/api/v1/health/startup", method: "GET", service: || get(health::startup) },
    Route { path: "/api/v1/health/dependencies", method: "GET", service: || get(health::dependencies) },
    Route { path: "/metrics", method: "GET", service: || get(health::metrics) },
];

/// The service.
pub fn router(app: Arc<App>) -> Router {
    let routes = ROUTES.iter().fold(Router::new(), |router, route| router.route(route.path, (route.service)()));
    let with = |app: &Arc<App>| Arc::clone(app);
    routes
        .fallback(|| async { ApiError::not_found() })
        .method_not_allowed_fallback(|| async { ApiError::method_not_allowed() })
        // Innermost first. A body is bounded where it is read, and time where the work is done: only there can the
        // work itself be stopped.
        //
        // Rate limit: within access, so that a caller is counted by its subject and not by the address of its proxy.
        .layer(from_fn_with_state(with(&app), layers::limit))
        // Access: before anything is read of a body.
        .layer(from_fn_with_state(with(&app), layers::access))
        // Cross-origin: outside access, because a browser asks first without a token.
        .layer(layers::cors(&app.settings))
        // Host check: nothing of ours runs for a name that is not ours.
        .layer(from_fn_with_state(with(&app), layers::known_host))
        // Panic: inside the audit and the log, so that they have its status, and inside the headers, so that it has
        // them.
        .layer(CatchPanicLayer::custom(layers::panicked))
        // Security headers: on every reply, refusals too.
        .layer(from_fn_with_state(with(&app), layers::security_headers))
        // Audit: outside all that can refuse, so that refusals are written down; what it cannot write is not given
        // out.
        .layer(from_fn_with_state(with(&app), layers::audit))
        // Log, metrics, trace: outside the audit, so that its refusals are counted and its time is measured.
        .layer(from_fn_with_state(with(&app), layers::observe))
        // Request id: outermost, because everything else names it.
        .layer(from_fn(layers::request_id))
        .with_state(app)
}

//! Headers of every reply.

use crate::http::app::App;
use crate::settings::Settings;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER,
    STRICT_TRANSPORT_SECURITY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use std::sync::Arc;
use std::time::Duration;
use tower_http::cors::{AllowOrigin, CorsLayer};

/// Headers that make a browser careful. A handler may set a stricter policy for its own page.
pub(in crate::http) async fn security_headers(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("x-fhir-version"), "R4"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert_with(|| app.page_policy.clone());
    if let Some(value) = &app.hsts {
        headers.insert(STRICT_TRANSPORT_SECURITY, value.clone());
    }
    response
}

/// Which pages of other origins may call the service from a browser: those of the settings, and none without them.
pub(in crate::http) fn cors(settings: &Settings) -> CorsLayer {
    let any = settings.allowed_origins.iter().any(|origin| origin == "*");
    let listed = settings.allowed_origins.iter().filter_map(|origin| HeaderValue::from_str(origin).ok());
    let names = |names: &[&'static str]| names.iter().map(|name| HeaderName::from_static(name)).collect::<Vec<_>>();
    let mut exposed = vec![RETRY_AFTER, WWW_AUTHENTICATE];
    exposed.extend(names(&[
        "x-request-id",
        "x-ratelimit-limit",
        "x-ratelimit-window",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-removed-counts",
        "x-fhir-version",
    ]));
    let mut taken = vec![ACCEPT, AUTHORIZATION, CONTENT_TYPE];
    taken.extend(names(&["x-deidentify-subject", "traceparent", "tracestate"]));
    CorsLayer::new()
        .allow_origin(if any { AllowOrigin::any() } else { AllowOrigin::list(listed) })
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(taken)
        .expose_headers(exposed)
        .max_age(Duration::from_secs(600))
}

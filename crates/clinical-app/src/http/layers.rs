//! What every request passes through. The order stands in [`super::router`].

use super::api_error::ApiError;
use super::router::App;
use crate::clock::Stopwatch;
use crate::request_id::RequestId;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::any::Any;
use std::sync::Arc;

/// Scripts, styles and requests from this server only; no frames, no forms that leave.
const POLICY: &str =
    "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

/// Gives the request its name, and the reply too.
pub(super) async fn request_id(mut request: Request, next: Next) -> Response {
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

/// One line for each request: how it went, and nothing that a client wrote. The route is our own pattern, not the
/// path; a method that HTTP does not know is not repeated.
pub(super) async fn log(request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let id = request.extensions().get::<RequestId>().copied().unwrap_or_default();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let milliseconds = u64::try_from(watch.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(method, route, status = response.status().as_u16(), milliseconds, %id, "request");
    response
}

fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

/// Headers that make a browser careful. A handler may set a stricter policy for its own page.
pub(super) async fn security_headers(request: Request, next: Next) -> Response {
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
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    response
}

/// Refuses requests for another name than ours: a page elsewhere could point its own name at this machine (DNS
/// rebinding) and read what is served here.
pub(super) async fn known_host(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let named = request.headers().get(HOST).map(|value| value.to_str().unwrap_or(""));
    let addressed = request.uri().authority().map(|authority| authority.as_str());
    let fits = |name: &str| is_ours(name, &app.settings.host);
    if named.or(addressed).is_none() || !named.is_none_or(fits) || !addressed.is_none_or(fits) {
        return ApiError::bad_host().into_response();
    }
    next.run(request).await
}

fn is_ours(name: &str, configured: &str) -> bool {
    let host = match name.rsplit_once(':') {
        Some((host, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => name,
    };
    let bare = |text: &str| text.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    ["localhost", "127.0.0.1", "[::1]", configured].iter().any(|ours| bare(ours) == bare(host))
}

/// A panic in a handler is an answer like any other; what it said is nobody's business.
pub(super) fn panicked(_said: Box<dyn Any + Send>) -> Response {
    ApiError::internal(None).into_response()
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_our_own_names_are_ours() {
        for ours in ["localhost", "LocalHost:8000", "127.0.0.1:1", "[::1]:8000", "[::1]", "clinic.example:80"] {
            assert!(is_ours(ours, "clinic.example"), "{ours}");
        }
        for foreign in ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "localhost:x", "::2"]
        {
            assert!(!is_ours(foreign, "clinic.example"), "{foreign}");
        }
    }
}

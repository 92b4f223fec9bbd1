//! What every request passes through, one file each. The order stands in [`super::router`].

mod access;
mod audit;
mod headers;
mod host;
mod limit;
mod observe;

pub(super) use access::access;
pub(super) use audit::audit;
pub(super) use headers::{cors, security_headers};
pub(super) use host::known_host;
pub(super) use limit::limit;
pub(super) use observe::observe;

use super::api_error::ApiError;
use crate::request_id::RequestId;
use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::any::Any;

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

/// A panic in a handler is an answer like any other; what it said is nobody's business.
pub(super) fn panicked(_said: Box<dyn Any + Send>) -> Response {
    ApiError::internal(None).into_response()
}

/// The method, if HTTP knows it. What a client made up is not repeated.
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

/// The pattern of the route, never the path that was asked for.
fn pattern(request: &Request) -> Option<MatchedPath> {
    request.extensions().get::<MatchedPath>().cloned()
}

/// The same text with the lifetime of the route table, where it is one of ours.
fn listed(pattern: Option<&MatchedPath>) -> &'static str {
    let pattern = pattern.map_or("-", MatchedPath::as_str);
    super::router::ROUTES.iter().map(|route| route.path).find(|path| *path == pattern).unwrap_or("-")
}

/// Whether a route is for those who look after the service: they ask often, must be answered when it is busy, and would
/// make the others look fast.
pub(super) fn is_about_us(route: &str) -> bool {
    route == "/health" || route == "/metrics" || route.starts_with("/api/v1/health")
}

//! Which names of this server are answered.

use crate::http::api_error::ApiError;
use crate::http::app::App;
use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// Refuses requests for another name than ours: a page elsewhere could point its own name at this machine (DNS
/// rebinding) and read what is served here.
pub(in crate::http) async fn known_host(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let named = request.headers().get(HOST).map(|value| value.to_str().unwrap_or(""));
    let addressed = request.uri().authority().map(|authority| authority.as_str());
    let fits = |name: &str| app.settings.is_allowed_host(name);
    if named.or(addressed).is_none() || !named.is_none_or(fits) || !addressed.is_none_or(fits) {
        return ApiError::bad_host().into_response();
    }
    next.run(request).await
}

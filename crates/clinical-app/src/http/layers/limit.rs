//! How often a client may ask.

use super::{is_about_us, pattern};
use crate::access::Caller;
use crate::http::api_error::ApiError;
use crate::http::app::App;
use crate::limits::{Key, State as Store, Verdict};
use crate::metrics::labels;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;

/// Counts the request: by the subject of its token, else by its address.
pub(in crate::http) async fn limit(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if pattern(&request).is_some_and(|route| is_about_us(route.as_str())) {
        return next.run(request).await;
    }
    let caller = request.extensions().get::<Caller>().filter(|_| app.access.is_on());
    let caller = caller.cloned();
    let peer = app.peer(&request);
    let key = caller.as_ref().map_or(Key::Peer(peer), |caller| Key::Subject(caller.subject()));
    let verdict = app.limits.take(key).await;
    let mut response = if verdict.allowed { next.run(request).await } else { refused(&app, &verdict) };
    verdict.write(response.headers_mut());
    response
}

/// The refusal of a request that is one too many.
pub(super) fn refused(app: &App, verdict: &Verdict) -> Response {
    app.metrics.throttled(match app.limits.state() {
        Store::Shared => labels::Store::Redis,
        Store::InProcess | Store::FallenBack => labels::Store::Process,
    });
    ApiError::throttled(verdict.retry_after.unwrap_or(1)).into_response()
}

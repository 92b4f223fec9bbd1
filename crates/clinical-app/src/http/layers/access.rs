//! Who is let in: the token of a request against the table of `access/table.rs`.

use super::{known, pattern};
use crate::access::{Need, Refused, need};
use crate::clock;
use crate::http::api_error::ApiError;
use crate::http::app::App;
use crate::http::router::ROUTES;
use crate::http::told::Asking;
use crate::limits::Key;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use std::net::IpAddr;
use std::sync::Arc;

/// Lets a request through that may do what it asks for. The caller stands beside the request for the layers within,
/// and is told to the audit around.
pub(in crate::http) async fn access(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let method = known(request.method());
    let route = pattern(&request);
    let scope = match route.as_ref().map(|route| need(method, route.as_str())) {
        // No route of ours, or not a method of it: what comes is a refusal of the router.
        None => return next.run(request).await,
        Some(None) if !is_served(method, route.as_ref()) => return next.run(request).await,
        Some(Some(Need::Open)) => return next.run(request).await,
        Some(Some(Need::Scope(scope))) => scope,
        // A route that the table forgot is closed.
        Some(None) => return ApiError::forbidden(None).into_response(),
    };
    let now = clock::unix_seconds();
    let peer = app.peer(&request);
    // A body can be given to one thread only, so that the request itself is not held while others are asked.
    let headers: HeaderMap = tokens(&request);
    match app.access.authenticate(&headers, now).await {
        Err(refused) => refuse(&app, peer, refused).await,
        Ok(caller) => {
            if let Some(asking) = request.extensions().get::<Asking>() {
                asking.is(&caller);
            }
            if !caller.may(scope) {
                app.metrics.auth_refused("insufficient_scope");
                return ApiError::forbidden(Some(scope)).into_response();
            }
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
    }
}

fn is_served(method: &str, route: Option<&MatchedPath>) -> bool {
    let method = if method == "HEAD" { "GET" } else { method };
    route.is_some_and(|route| ROUTES.iter().any(|known| known.path == route.as_str() && known.method == method))
}

/// The headers that a token can stand in, all of them: two tokens are one too many.
fn tokens(request: &Request) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in request.headers().get_all(AUTHORIZATION) {
        headers.append(AUTHORIZATION, value.clone());
    }
    headers
}

/// Guessing costs: who comes without a good token is counted by address.
async fn refuse(app: &App, peer: IpAddr, refused: Refused) -> Response {
    app.metrics.auth_refused(refused.code());
    let verdict = app.limits.take(Key::Peer(peer)).await;
    let mut response = if verdict.allowed {
        ApiError::unauthorized(refused).into_response()
    } else {
        super::limit::refused(app, &verdict)
    };
    verdict.write(response.headers_mut());
    response
}

//! A service in this process, and replies that are easy to ask about.
#![allow(dead_code, reason = "each test file uses its part")]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails is a test that fails")]

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{HeaderMap, Method, Request, StatusCode, request};
use clinical_app::http::app::App;
use clinical_app::http::router::router;
use clinical_app::samples;
use clinical_app::settings::Settings;
use http_body_util::BodyExt as _;
use hyper::body::Frame;
use serde_json::Value;
use std::pin::Pin;
use std::task::{Context, Poll};
use tower::ServiceExt as _;

pub(crate) mod tokens;

/// Stands for a patient's words: it must never come back.
pub(crate) const CANARY: &str = "CANARYAdaLovelace";

/// The main route.
pub(crate) const SAMPLE: &str = "/api/v1/summarize";

/// The ordinary visit.
pub(crate) fn visit() -> &'static str {
    std::str::from_utf8(samples::find("visit").expect("samples/visit.json").bytes).unwrap()
}

/// The text of a sample.
pub(crate) fn sample(name: &str) -> &'static str {
    std::str::from_utf8(samples::find(name).expect(name).bytes).unwrap()
}

/// A form with these fields: a name, more of its head (a file name, a type), and what it holds.
pub(crate) fn form(fields: &[(&str, &str, &str)]) -> String {
    let part = |(name, more, body): &(&str, &str, &str)| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{body}\r\n")
    };
    format!("{}--{BOUNDARY}--\r\n", fields.iter().map(part).collect::<String>())
}

const BOUNDARY: &str = "a-boundary-of-the-tests";

/// The type of a form.
pub(crate) fn form_type() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// A request for this machine.
pub(crate) fn request(method: Method, path: &str) -> request::Builder {
    Request::builder().method(method).uri(path).header("host", "127.0.0.1:8000")
}

pub(crate) struct Service(Router);

impl Default for Service {
    fn default() -> Self {
        Self::new(Settings::default())
    }
}

impl Service {
    /// Needs a tokio runtime.
    pub(crate) fn new(settings: Settings) -> Self {
        let (app, _) = App::start(settings).unwrap();
        Self(router(app))
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.0.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Reply {
        self.post_as(path, "application/json", body).await
    }

    /// The same with another content type; none where it is empty.
    pub(crate) async fn post_as(&self, path: &str, media: &str, body: &str) -> Reply {
        let request = request(Method::POST, path);
        let request = if media.is_empty() { request } else { request.header("content-type", media) };
        self.send(request.body(body.to_owned().into()).unwrap()).await
    }
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// Headers and body.
    pub(crate) fn all(&self) -> String {
        format!("{:?} {}", self.headers, self.text())
    }

    /// The one issue of an OperationOutcome.
    pub(crate) fn issue(&self, what: &str) -> Value {
        assert!(self.headers["content-type"].to_str().unwrap().starts_with("application/fhir+json"), "{what}");
        let outcome = self.json();
        assert_eq!(outcome["resourceType"], "OperationOutcome", "{what}");
        assert!(outcome["issue"][0]["details"]["text"].is_string(), "{what}");
        outcome["issue"][0].clone()
    }

    /// All places that facts of a page name.
    pub(crate) fn places(&self) -> Vec<&str> {
        self.text().split("data-at=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
    }
}

/// A body that never comes.
pub(crate) struct Never;

impl HttpBody for Never {
    type Data = Bytes;
    type Error = std::convert::Infallible;
    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Pending
    }
}

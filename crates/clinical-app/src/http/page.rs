//! The web page, its parts, and the samples. All of it is in the binary.

use super::accept::negotiate;
use super::api_error::ApiError;
use super::json_reply;
use crate::samples;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_TYPE, VARY};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

const INDEX: &str = include_str!("../../web/index.html");
const APP_CSS: &str = include_str!("../../web/app.css");
const APP_JS: &str = include_str!("../../web/app.js");
const RECORD_JS: &str = include_str!("../../web/record.js");
const SOURCE_JS: &str = include_str!("../../web/source.js");
const XML_JS: &str = include_str!("../../web/xml.js");
const ICON: &str = include_str!("../../web/icon.svg");

#[derive(Serialize)]
struct Description {
    name: &'static str,
    version: &'static str,
    fhir_version: &'static str,
    summarize: &'static str,
    deidentify: &'static str,
    validate: &'static str,
    health: &'static str,
    samples: &'static str,
    openapi: &'static str,
    docs: &'static str,
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    title: String,
    href: String,
    media: &'static str,
}

/// `GET /`: the page for a browser, a description for a program. Who takes anything is a program.
pub(super) async fn index(headers: HeaderMap) -> Response {
    let wants_page = negotiate(&headers, &[("application/json", false), ("text/html", true)]);
    let mut response = match wants_page {
        None => return ApiError::not_acceptable().into_response(),
        Some(true) => ([(CONTENT_TYPE, HTML)], INDEX).into_response(),
        Some(false) => json_reply(&Description {
            name: "clinical-notes-summarizer",
            version: env!("CARGO_PKG_VERSION"),
            fhir_version: "R4",
            summarize: "/api/v1/summarize",
            deidentify: "/api/v1/deidentify",
            validate: "/api/v1/validate",
            health: "/api/v1/health",
            samples: "/samples",
            openapi: "/openapi.json",
            docs: "/docs",
        }),
    };
    response.headers_mut().insert(VARY, axum::http::HeaderValue::from_static("Accept"));
    response
}

/// `GET /assets/{name}`
pub(super) async fn asset(name: Result<Path<String>, PathRejection>) -> Response {
    let Ok(Path(name)) = name else { return ApiError::not_found().into_response() };
    let (kind, text) = match name.as_str() {
        "app.css" => (CSS, APP_CSS),
        "sheet.css" => (CSS, clinical_pipeline::SHEET_CSS),
        "app.js" => (JS, APP_JS),
        "record.js" => (JS, RECORD_JS),
        "source.js" => (JS, SOURCE_JS),
        "xml.js" => (JS, XML_JS),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return ApiError::not_found().into_response(),
    };
    ([(CONTENT_TYPE, kind)], text).into_response()
}

/// `GET /samples`
pub(super) async fn sample_list() -> Response {
    let list: Vec<Listed> = samples::all()
        .map(|s| Listed { name: s.name, title: s.title(), href: format!("/samples/{}", s.name), media: s.media() })
        .collect();
    json_reply(&list)
}

/// `GET /samples/{name}`
pub(super) async fn sample(name: Result<Path<String>, PathRejection>) -> Response {
    match name.ok().and_then(|Path(name)| samples::find(&name)) {
        Some(sample) => ([(CONTENT_TYPE, sample.media())], sample.bytes).into_response(),
        None => ApiError::not_found().into_response(),
    }
}

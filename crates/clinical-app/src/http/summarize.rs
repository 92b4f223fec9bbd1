//! `POST /api/v1/summarize`: a record in, a sheet out; also behind `/api/v1/ccda/summarize`. And `/api/v1/extract`, the
//! clinician's extract of a note.

use super::accept::negotiate;
use super::api_error::ApiError;
use super::app::App;
use super::body::Said;
use super::ccda;
use super::form::{self, Given};
use super::narrate::narrate;
use super::told::{self, Narrated, Told};
use super::{body, query};
use crate::clock::{Now, Stopwatch};
use crate::envelope;
use crate::fault;
use crate::job::{self, Makes, Order};
use crate::peek;
use crate::request_id::RequestId;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse as _, Response};
use clinical_pipeline::{Ask, Input, Label, Notice, Page, Severity, Stop};
use std::sync::Arc;

const OFFERS: [(&str, Page); 4] = [
    ("application/json", Page::Json),
    ("text/html", Page::Html),
    ("text/plain", Page::Text),
    ("text/markdown", Page::Markdown),
];

/// Which documents a route takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Takes {
    /// All that a sheet is made of.
    Any,
    /// The same, and what is made is the clinician's extract.
    ToExtract,
    /// C-CDA; the reply tells what the document says about itself, too.
    Ccda,
}

/// The handler.
pub(super) async fn summarize(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let page = page(&uri, &headers)?;
    sheet(&app, id, Takes::Any, page, &uri, &headers, body).await
}

/// `POST /api/v1/extract`
pub(super) async fn extract(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let page = page(&uri, &headers)?;
    sheet(&app, id, Takes::ToExtract, page, &uri, &headers, body).await
}

/// From a request to the reply. What can be refused without the body is refused before it is read.
pub(super) async fn sheet(
    app: &Arc<App>,
    id: RequestId,
    takes: Takes,
    page: Page,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let large_print = query::flag(uri.query(), "large_print")?;
    let said = match takes {
        Takes::Any | Takes::ToExtract => body::record_said(headers)?,
        Takes::Ccda => body::ccda_said(headers)?,
    };
    let wants_model = query::flag_or(uri.query(), "ai", true)?;
    let bytes = body::read(headers, body, app).await?;
    fault::in_the_handler(&bytes);
    let now = Now::read().ok_or_else(|| ApiError::internal(Some(id)))?;
    let makes = if takes == Takes::ToExtract { Makes::Extract } else { Makes::Sheet };
    let order = Order { now, makes, page, large_print, said: None };
    let narrator = app.narrator.as_ref().filter(|_| wants_model && makes == Makes::Sheet);
    let (kind, text, told) = match narrator.filter(|narrator| !narrator.is_resting()) {
        None => {
            let work = move |stop: Stop<'_>| {
                let (given, label) = open(said, bytes, takes)?;
                reply(&given, label, takes, order, stop, id)
            };
            app.desk.run(work).await
        }
        Some(narrator) => {
            let (watch, mut asking) = (Stopwatch::start(), order.clone());
            let work = move |stop: Stop<'_>| {
                let (given, label) = open(said, bytes, takes)?;
                let asks = asks(&given, label, &mut asking, stop);
                Ok::<_, ApiError>((given, label, asks))
            };
            let first = app.desk.run(work).await.map_err(|unfinished| ApiError::unfinished(unfinished, id))?;
            let (given, label, asks) = first?;
            let said = narrate(app, narrator, &asks, given.bytes.len(), watch).await;
            let order = Order { said, ..order };
            let left = app.max_time().saturating_sub(watch.elapsed());
            let work = move |stop: Stop<'_>| reply(&given, label, takes, order, stop, id);
            app.desk.run_within(left, work).await
        }
    }
    .map_err(|unfinished| ApiError::unfinished(unfinished, id))??;
    let mut response = told.beside(([(CONTENT_TYPE, kind)], text).into_response());
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept"));
    if page == Page::Html {
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, app.sheet_policy.clone());
    }
    Ok(response)
}

/// Finds the document in a body, and says how it is to be read.
fn open(said: Said, bytes: Vec<u8>, takes: Takes) -> Result<(Given, Label), ApiError> {
    let given = form::open(said, bytes)?;
    let label = if takes == Takes::Ccda { ccda::label(&given.bytes)? } else { given.label };
    Ok((given, label))
}

/// What a language model is to be asked. What is wrong with a wrapper is said when the reply is made.
fn asks(given: &Given, label: Label, order: &mut Order, stop: Stop<'_>) -> Vec<Ask> {
    let wrapper = if may_be_wrapped(label) { peek::wrapper(&given.bytes) } else { Ok(None) };
    match wrapper {
        Ok(None) => job::asks(&given.bytes, label, order, stop),
        Ok(Some(wrapper)) => {
            order.large_print |= wrapper.large_print().unwrap_or_default();
            job::asks(wrapper.bundle, label, order, stop)
        }
        Err(_) => Vec::new(),
    }
}

/// The page that the address asks for, else the one that `Accept` does.
pub(super) fn page(uri: &Uri, headers: &HeaderMap) -> Result<Page, ApiError> {
    match query::value(uri.query(), "format") {
        Some("json") => Ok(Page::Json),
        Some("html") => Ok(Page::Html),
        Some("text") => Ok(Page::Text),
        Some("markdown") => Ok(Page::Markdown),
        Some(_) => Err(ApiError::not_acceptable()),
        None => negotiate(headers, &OFFERS).ok_or_else(ApiError::not_acceptable),
    }
}

/// From the document to the reply: runs on the desk, also the look for a wrapper, which may read the whole body.
fn reply(
    given: &Given,
    label: Label,
    takes: Takes,
    mut order: Order,
    stop: Stop<'_>,
    id: RequestId,
) -> Result<(&'static str, Vec<u8>, Told), ApiError> {
    let wrapper = if may_be_wrapped(label) { peek::wrapper(&given.bytes)? } else { None };
    let bytes = match &wrapper {
        None => &given.bytes[..],
        Some(wrapper) => {
            order.large_print |= wrapper.large_print()?;
            wrapper.bundle
        }
    };
    let mut done = job::run(bytes, label, &order, stop).map_err(|ended| ApiError::from_job(ended, id))?;
    // No option is known yet, in a request or in a form. Saying nothing would look as if it had been followed.
    let unused = [
        (wrapper.is_some_and(|wrapper| wrapper.has_options), "processing_options"),
        (given.has_more || given.summary.is_some(), "form"),
    ];
    for (_, at) in unused.iter().filter(|(is_there, _)| *is_there) {
        let at = (*at).to_owned();
        done.outcome.notices.push(Notice { severity: Severity::Warning, code: "options-not-used", at });
    }
    let told = Told {
        kind: told::kind(done.outcome.format),
        bytes: done.input_bytes as u64,
        entries: done.outcome.counts.entries as u64,
        grade: Some(done.outcome.reading.grade),
        has_errors: Some(done.has_errors()),
        removed: Vec::new(),
        narrated: done.said.as_ref().map(|said| {
            let counts = done.outcome.narrated.clone().unwrap_or_default();
            Box::new(Narrated { said: Arc::clone(said), counts })
        }),
    };
    let (kind, text) = match order.page {
        Page::Json if takes == Takes::ToExtract => ("application/json", done.outcome.page.into_exposed().into_bytes()),
        Page::Json => {
            let mut out = Vec::with_capacity(done.outcome.page.expose().len() + 1024);
            let about = (takes == Takes::Ccda).then(|| ccda::metadata(&Input::new(bytes, label), done.outcome.counts));
            envelope::write_reply(&mut out, &done, id, about.as_ref()).map_err(|_| ApiError::internal(Some(id)))?;
            ("application/json", out)
        }
        Page::Html => ("text/html; charset=utf-8", done.outcome.page.into_exposed().into_bytes()),
        Page::Text => ("text/plain; charset=utf-8", done.outcome.page.into_exposed().into_bytes()),
        Page::Markdown => ("text/markdown; charset=utf-8", done.outcome.page.into_exposed().into_bytes()),
    };
    Ok((kind, text, told))
}

/// Whether a document of that label can stand in a request around it: what is said to be lines, XML or a note is one as
/// it stands.
pub(super) const fn may_be_wrapped(label: Label) -> bool {
    matches!(label, Label::Unknown | Label::Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_goes_before_the_header() {
        let headers = HeaderMap::from_iter([(axum::http::header::ACCEPT, HeaderValue::from_static("text/html"))]);
        let asked = |path: &'static str| page(&Uri::from_static(path), &headers).ok();
        assert_eq!(asked("/?format=markdown"), Some(Page::Markdown));
        assert_eq!(asked("/?format=pdf"), None);
        assert_eq!(asked("/"), Some(Page::Html));
    }
}

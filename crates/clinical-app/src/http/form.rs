//! A form (`multipart/form-data`, RFC 7578) that holds a document as a file.
//!
//! It is taken apart in memory, from a body that was bounded while it came: nothing is put into a temporary file. Names
//! of files are not looked at, so that they cannot stand in a log.

use super::api_error::ApiError;
use super::body::{self, Said};
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, FromRequest as _, Multipart, Request};
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use clinical_pipeline::Label;
use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What the field of the document can be called.
const FILES: [&str; 3] = ["ccda_file", "file", "document"];

/// More fields than any form has.
const FIELDS: usize = 16;

/// A document as it came, and what came beside it. `Debug` shows nothing of it.
pub(super) struct Given {
    /// The document.
    pub(super) bytes: Bytes,
    /// What it is said to be.
    pub(super) label: Label,
    /// The field `summary` of a form.
    pub(super) summary: Option<Bytes>,
    /// A form had other fields; they are not looked at.
    pub(super) has_more: bool,
}

impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given").finish_non_exhaustive()
    }
}

/// Finds the document in a body: it is the body, or a file of the form that the body is. Works for as long as the body
/// is long; it belongs on the desk.
pub(super) fn open(said: Said, body: Vec<u8>) -> Result<Given, ApiError> {
    match said {
        Said::Document(label) => Ok(Given { bytes: body.into(), label, summary: None, has_more: false }),
        Said::Form(media) => read(media, body),
    }
}

const BROKEN: &str = "The form cannot be read: it must be multipart/form-data (RFC 7578), whole, with its boundary.";

fn read(media: HeaderValue, body: Vec<u8>) -> Result<Given, ApiError> {
    let mut request = Request::new(Body::from(body));
    request.headers_mut().insert(CONTENT_TYPE, media);
    // The body was bounded when it came; the usual bound of a form (2 MB) would be another one.
    DefaultBodyLimit::disable().apply(&mut request);
    at_once(parts(request)).unwrap_or_else(|| Err(ApiError::bad_form(None, BROKEN)))
}

async fn parts(request: Request) -> Result<Given, ApiError> {
    let broken = || ApiError::bad_form(None, BROKEN);
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let (mut file, mut summary, mut has_more) = (None, None, false);
    for _ in 0..FIELDS {
        let Some(field) = form.next_field().await.map_err(|_| broken())? else {
            let text = "The form must have the document as a file: ccda_file, file or document.";
            let (label, bytes) = file.ok_or_else(|| ApiError::bad_form(Some("ccda_file"), text))?;
            return Ok(Given { bytes, label, summary, has_more });
        };
        let is_file = field.name().is_some_and(|name| FILES.contains(&name));
        let is_summary = field.name() == Some("summary");
        if !is_file && !is_summary {
            has_more = true;
            continue;
        }
        // RFC 7578, 4.7: nobody may use it any more. Taken as it stands it would be a note in base64.
        let encoding = field.headers().get("content-transfer-encoding").map(HeaderValue::as_bytes);
        if encoding
            .is_some_and(|e| ![&b"binary"[..], b"8bit", b"7bit"].iter().any(|plain| plain.eq_ignore_ascii_case(e)))
        {
            let text = "A file of the form has a Content-Transfer-Encoding. Send it as it is.";
            return Err(ApiError::bad_form(Some("ccda_file"), text));
        }
        let label = field.content_type().and_then(body::media_label).unwrap_or(Label::Unknown);
        let bytes = field.bytes().await.map_err(|_| broken())?;
        let is_second = if is_file { file.replace((label, bytes)).is_some() } else { summary.replace(bytes).is_some() };
        if is_second {
            let at = if is_file { "ccda_file" } else { "summary" };
            return Err(ApiError::bad_form(Some(at), "The form has more than one of this file; send one."));
        }
    }
    Err(ApiError::bad_form(None, "The form has too many fields."))
}

/// What a future gives that has nothing to wait for: the whole form is in memory. `None` would mean that it waits.
fn at_once<T>(work: impl Future<Output = T>) -> Option<T> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(head: &str, body: &str) -> String {
        format!("--X\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    }

    fn form(parts: &[String]) -> Result<Given, ApiError> {
        let body = format!("{}--X--\r\n", parts.concat());
        open(Said::Form(HeaderValue::from_static("multipart/form-data; boundary=X")), body.into_bytes())
    }

    #[test]
    fn the_file_is_found_by_each_of_its_names() {
        for name in FILES {
            let head = format!("name=\"{name}\"; filename=\"Ada.xml\"\r\nContent-Type: text/xml");
            let given = form(&[part(&head, "<a/>\r\n--Y")]).unwrap();
            assert_eq!((&given.bytes[..], given.label, given.has_more), (&b"<a/>\r\n--Y"[..], Label::Xml, false));
        }
        let bare = form(&[part("name=file", "Fever.")]).unwrap();
        assert_eq!((&bare.bytes[..], bare.label), (&b"Fever."[..], Label::Unknown));
    }

    #[test]
    fn a_file_longer_than_the_usual_bound_of_a_form_is_taken() {
        let long = "x".repeat(3 << 20);
        assert_eq!(form(&[part("name=file", &long)]).unwrap().bytes.len(), 3 << 20);
    }

    #[test]
    fn other_fields_are_noticed_and_not_read() {
        let given = form(&[part("name=audience", "x"), part("name=ccda_file", "<a/>"), part("name=summary", "{}")]);
        let given = given.unwrap();
        assert!(given.has_more && given.summary.as_deref() == Some(b"{}"));
    }

    #[test]
    fn what_is_no_form_with_one_file_is_refused_without_its_words() {
        let file = || part("name=file; filename=CANARY", "CANARY");
        let encoded = part("name=file\r\nContent-Transfer-Encoding: base64", "Q0FOQVJZ");
        for (what, parts) in [
            ("no file", vec![part("name=CANARY", "CANARY")]),
            ("two files", vec![file(), part("name=ccda_file", "CANARY")]),
            ("too many fields", vec![part("name=CANARY", "CANARY"); 20]),
            ("encoded", vec![encoded]),
            ("nothing", Vec::new()),
        ] {
            let error = form(&parts).unwrap_err();
            assert!(!format!("{error:?}").contains("CANARY"), "{what}");
        }
        for (media, body) in [
            ("multipart/form-data", file()),
            ("multipart/form-data; boundary=Z", file()),
            ("multipart/form-data; boundary=X", file()),
            ("multipart/form-data; boundary=X", "CANARY".to_owned()),
        ] {
            let error = open(Said::Form(HeaderValue::from_static(media)), body.into_bytes()).unwrap_err();
            assert!(!format!("{error:?}").contains("CANARY"), "{media}");
        }
    }
}

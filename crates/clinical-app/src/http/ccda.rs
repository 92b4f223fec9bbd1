//! `/api/v1/ccda/…`: what the routes for JSON do, for C-CDA, with what the document says about itself.

use super::api_error::ApiError;
use super::app::App;
use super::examine::{ExamineFinding, ExamineMetadata};
use super::summarize::{self, Takes};
use super::told::{self, Told};
use super::{body, form, json_reply};
use crate::clock::{Now, Stopwatch};
use crate::fault;
use crate::request_id::RequestId;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use clinical_pipeline::{Counts, Error, Input, Label, Lexicon, Page, Severity, Stop};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What a C-CDA document says about itself, in its own words, and how much of it was read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentMetadata {
    /// The title.
    pub title: Option<String>,
    /// The kind of document (`Continuity of Care Document`), where its template or its code says which.
    pub document_type: Option<String>,
    /// The code of the document's type (LOINC, as a rule).
    pub type_code: Option<String>,
    /// The template of the document's type: root, and behind a colon its extension.
    pub template: Option<String>,
    /// When the document was written, as it stands there (`20250301093000-0500`).
    pub effective_time: Option<String>,
    /// The sections, in their order.
    pub sections: Vec<DocumentSection>,
    /// What became of the entries.
    pub accounting: DocumentAccounting,
}

/// A section of a document.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentSection {
    /// Its code (LOINC, as a rule).
    pub code: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// How many entries it has.
    pub entries: u64,
}

/// What became of the entries of a document, in numbers. Which ones, and why, stands in `summary.accounting`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentAccounting {
    /// Entries of the document, and texts of sections that count as one.
    pub entries_in: u64,
    /// Of which something stands on the sheet; not told where no sheet was made.
    #[schema(required = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<u64>,
    /// Held back with a reason; not told where no sheet was made.
    #[schema(required = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_back: Option<u64>,
    /// Could not be read.
    pub unreadable: u64,
}

/// What can be made of a C-CDA document. **This is no schema validation**: neither the schema of CDA nor the rules of
/// the templates (Schematron) are applied. It tells what this program can use.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CcdaValidateReply {
    /// Well-formed, C-CDA, about one person, and nothing of severity error in it. Not more than that.
    pub is_valid: bool,
    /// XML that is whole, without a document type, and not made to cost memory.
    pub well_formed: bool,
    /// The root element is that of a clinical document, or of a part of one.
    pub is_ccda: bool,
    /// A sheet can be made.
    pub processable: bool,
    /// What was noticed, and where. Never the value.
    pub issues: Vec<ExamineFinding>,
    /// What the document says about itself; null where there is no document.
    pub document_metadata: Option<DocumentMetadata>,
    /// What this answer does not tell.
    pub limits: Vec<String>,
    /// About this answer.
    pub validation_metadata: ExamineMetadata,
}

/// What can be done with C-CDA.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CcdaHealth {
    /// `available` when a small document was read just now; otherwise `unavailable`.
    pub status: String,
    /// A sheet can be made.
    pub summarize: bool,
    /// What can be used of a document can be told.
    pub validate: bool,
    /// Identity can be removed.
    pub deidentify: bool,
}

/// `POST /api/v1/ccda/summarize`
pub(super) async fn summarize(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let page = summarize::page(&uri, &headers)?;
    summarize::sheet(&app, id, Takes::Ccda, page, &uri, &headers, body).await
}

/// `POST /api/v1/ccda/summarize/html`: the address says the format, so neither `?format=` nor `Accept` is asked.
pub(super) async fn html(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    summarize::sheet(&app, id, Takes::Ccda, Page::Html, &uri, &headers, body).await
}

/// `POST /api/v1/ccda/validate`
pub(super) async fn validate(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    let said = body::ccda_said(&headers)?;
    let bytes = body::read(&headers, body, &app).await?;
    fault::in_the_handler(&bytes);
    let now = Now::read().ok_or_else(|| ApiError::internal(Some(id)))?;
    let work = move |stop: Stop<'_>| {
        let given = form::open(said, bytes)?;
        let label = label(&given.bytes)?;
        reply(&given.bytes, label, &now, stop, id)
    };
    app.desk.run(work).await.map_err(|unfinished| ApiError::unfinished(unfinished, id))?
}

/// A document small enough to be read at each question, and large enough that reading it takes every step.
const PROBE: &[u8] = br#"<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><code code="48765-2" codeSystem="2.16.840.1.113883.6.1"/><text>None known.</text></section></component></structuredBody></component></ClinicalDocument>"#;

/// `GET /api/v1/ccda/health`
pub(super) async fn health() -> Response {
    let is_read = Now::read().is_some_and(|now| {
        Lexicon::english().is_ok_and(|lexicon| {
            clinical_pipeline::examine(&Input::new(PROBE, Label::Xml), now.moment, lexicon, Stop::never()).is_ok()
        })
    });
    let status = if is_read { "available" } else { "unavailable" };
    json_reply(&CcdaHealth { status: status.to_owned(), summarize: is_read, validate: is_read, deidentify: true })
}

/// How a document is to be read that came to a route for C-CDA: as XML, so that the refusal says where the XML breaks.
/// JSON is refused here, whatever it is said to be.
pub(super) fn label(bytes: &[u8]) -> Result<Label, ApiError> {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match body.trim_ascii_start().first() {
        Some(b'{' | b'[') => Err(ApiError::unsupported_ccda()),
        _ => Ok(Label::Xml),
    }
}

/// What a document says about itself, beside what became of its entries.
pub(super) fn metadata(input: &Input<'_>, counts: Counts) -> DocumentMetadata {
    let accounting = DocumentAccounting {
        entries_in: counts.entries as u64,
        shown: Some(counts.shown as u64),
        held_back: Some(counts.held_back as u64),
        unreadable: counts.unreadable as u64,
    };
    about(input, accounting)
}

fn about(input: &Input<'_>, accounting: DocumentAccounting) -> DocumentMetadata {
    let found = clinical_pipeline::ccda_metadata(input);
    let text = |given: Option<clinical_pipeline::Phi<String>>| given.map(clinical_pipeline::Phi::into_exposed);
    DocumentMetadata {
        title: text(found.title),
        document_type: found.kind.map(str::to_owned),
        type_code: text(found.kind_code),
        template: text(found.template),
        effective_time: text(found.effective_time),
        sections: found
            .sections
            .into_iter()
            .map(|s| DocumentSection { code: text(s.code), title: text(s.title), entries: s.entries as u64 })
            .collect(),
        accounting,
    }
}

fn reply(bytes: &[u8], label: Label, now: &Now, stop: Stop<'_>, id: RequestId) -> Result<Response, ApiError> {
    let watch = Stopwatch::start();
    fault::in_the_work(bytes);
    let lexicon = Lexicon::english().map_err(|_| ApiError::internal(Some(id)))?;
    let input = Input::new(bytes, label);
    let told = Told { kind: "ccda", bytes: bytes.len() as u64, ..Told::default() };
    let limits = vec![
        "This is no schema validation: neither the schema of CDA nor the rules of its templates (Schematron) are applied."
            .to_owned(),
        "It tells what this program can use of the document.".to_owned(),
    ];
    let examined = match clinical_pipeline::examine(&input, now.moment, lexicon, stop) {
        Ok(examined) => examined,
        Err(error @ (Error::Empty | Error::Stopped | Error::Lexicon(_) | Error::Gate { .. })) => {
            return Err(ApiError::from_pipeline(&error, id));
        }
        // What is wrong with the document is the answer.
        Err(error) => {
            let (well_formed, is_ccda) = match error.code() {
                "not-ccda" => (true, false),
                "not-xml" | "not-text" | "unknown-format" => (false, false),
                // It was read as C-CDA and refused for what it says (two people in one document).
                _ => (true, true),
            };
            let reply = CcdaValidateReply {
                is_valid: false,
                well_formed,
                is_ccda,
                processable: false,
                issues: vec![ExamineFinding::refusal(&error)],
                document_metadata: None,
                limits,
                validation_metadata: ExamineMetadata::of(None, now, &watch, id),
            };
            let kind = if is_ccda { told.kind } else { "" };
            return Ok(Told { kind, has_errors: Some(true), ..told }.beside(json_reply(&reply)));
        }
    };
    let has_errors = examined.notices.iter().any(|notice| notice.severity == Severity::Error);
    let accounting = DocumentAccounting {
        entries_in: examined.entries as u64,
        shown: None,
        held_back: None,
        unreadable: examined.unreadable as u64,
    };
    let reply = CcdaValidateReply {
        is_valid: !has_errors,
        well_formed: true,
        is_ccda: true,
        processable: true,
        issues: examined.notices.iter().map(ExamineFinding::of).collect(),
        document_metadata: Some(about(&input, accounting)),
        limits,
        validation_metadata: ExamineMetadata::of(Some(&examined), now, &watch, id),
    };
    let kind = told::kind(examined.format);
    let told = Told { kind, entries: examined.entries as u64, has_errors: Some(has_errors), ..told };
    Ok(told.beside(json_reply(&reply)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_no_ccda_however_it_is_wrapped_in_blanks() {
        for json in ["{}", " \n[1]", "\u{feff}{"] {
            assert!(label(json.as_bytes()).is_err(), "{json}");
        }
        for other in ["<a/>", "\u{feff}<a/>", "", "A note."] {
            assert_eq!(label(other.as_bytes()).ok(), Some(Label::Xml), "{other}");
        }
    }
}

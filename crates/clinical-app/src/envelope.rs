//! The JSON around a summary: what was done, when, by which edition.

use crate::job::{Failure, Finished};
use crate::request_id::RequestId;
use clinical_pipeline::{Notice, Severity};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// `processing_metadata` of the contract.
#[derive(Debug, Serialize)]
struct Metadata<'a> {
    request_id: String,
    processed_at: &'a str,
    processing_time_seconds: f64,
    bundle_entries_processed: usize,
    api_version: &'static str,
    fhir_version: &'static str,
    processor_version: &'static str,
    lexicon_version: &'a str,
    findings: Vec<FindingLine<'a>>,
    safety_guarantees: Guarantees,
    performance_metrics: Performance,
    #[serde(skip_serializing_if = "Option::is_none")]
    language_model: Option<LanguageModel<'a>>,
}

/// What a language model that was asked had a part in. The summary says the same of its own words; here it also stands
/// where none of them was kept.
#[derive(Debug, Serialize)]
struct LanguageModel<'a> {
    model: &'a str,
    served_model: Option<&'a str>,
    parameters: &'a str,
    prompt_version: &'static str,
    sentences_asked: usize,
    sentences_kept: usize,
    sentences_refused: BTreeMap<&'static str, usize>,
}

/// One finding of intake.
#[derive(Debug, Serialize)]
struct FindingLine<'a> {
    severity: &'static str,
    code: &'a str,
    at: &'a str,
}

/// What holds for every page that is given out at all.
#[derive(Debug, Serialize)]
struct Guarantees {
    /// The pipeline gives no page that has not passed its gate.
    gate_passed: bool,
}

/// What was measured.
#[derive(Debug, Serialize)]
struct Performance {
    input_bytes: usize,
}

/// `fhir_metadata` of the contract: what the input was. What is no FHIR has neither a profile nor a version of it.
#[derive(Debug, Serialize)]
struct FhirMetadata<'a> {
    profile: Option<&'static str>,
    version: Option<&'static str>,
    format: &'static str,
    last_updated: &'a str,
}

/// FHIR's own spelling of a severity (`IssueSeverity`).
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "information",
    }
}

fn findings(notices: &[Notice]) -> Vec<FindingLine<'_>> {
    notices.iter().map(|n| FindingLine { severity: severity(n.severity), code: n.code, at: &n.at }).collect()
}

fn language_model(done: &Finished) -> Option<LanguageModel<'_>> {
    let said = done.said.as_deref()?;
    let counts = done.outcome.narrated.as_ref();
    let refused = counts.map(|counts| counts.refused.as_slice()).unwrap_or_default();
    Some(LanguageModel {
        model: &said.model,
        served_model: said.served.as_deref(),
        parameters: &said.parameters,
        prompt_version: clinical_pipeline::PROMPT_VERSION,
        sentences_asked: counts.map_or(0, |counts| counts.asked),
        sentences_kept: counts.map_or(0, |counts| counts.kept),
        sentences_refused: refused.iter().map(|(reason, count)| (reason.as_str(), *count)).collect(),
    })
}

fn metadata(done: &Finished, id: RequestId) -> Metadata<'_> {
    Metadata {
        request_id: id.to_string(),
        processed_at: &done.at,
        processing_time_seconds: (done.took.as_secs_f64() * 1e6).round() / 1e6,
        bundle_entries_processed: done.outcome.counts.entries,
        api_version: "v1",
        fhir_version: "4.0.1",
        processor_version: env!("CARGO_PKG_VERSION"),
        lexicon_version: &done.outcome.lexicon_version,
        findings: findings(&done.outcome.notices),
        safety_guarantees: Guarantees { gate_passed: true },
        performance_metrics: Performance { input_bytes: done.input_bytes },
        language_model: language_model(done),
    }
}

fn fhir_metadata(done: &Finished) -> FhirMetadata<'_> {
    let profile = match done.outcome.format {
        "fhir-bundle" => Some("http://hl7.org/fhir/StructureDefinition/Bundle"),
        format if format.starts_with("fhir-") => Some("http://hl7.org/fhir/StructureDefinition/Resource"),
        _ => None,
    };
    FhirMetadata { profile, version: profile.map(|_| "4.0.1"), format: done.outcome.format, last_updated: &done.at }
}

/// Writes `{"summary":…,"processing_metadata":…,"fhir_metadata":…}`, and `"document_metadata"` where there is `about`.
/// The page is JSON already and passed the gate as it is, so its bytes are copied, not read and written anew.
///
/// # Errors
/// As the writer.
pub fn write_reply(
    out: &mut impl Write,
    done: &Finished,
    id: RequestId,
    about: Option<&impl Serialize>,
) -> io::Result<()> {
    out.write_all(b"{\"summary\":")?;
    out.write_all(done.outcome.page.expose().trim_end().as_bytes())?;
    out.write_all(b",\"processing_metadata\":")?;
    serde_json::to_writer(&mut *out, &metadata(done, id))?;
    out.write_all(b",\"fhir_metadata\":")?;
    serde_json::to_writer(&mut *out, &fhir_metadata(done))?;
    if let Some(about) = about {
        out.write_all(b",\"document_metadata\":")?;
        serde_json::to_writer(&mut *out, about)?;
    }
    out.write_all(b"}")
}

/// Writes the line for machines of a document that has a summary.
///
/// # Errors
/// As the writer.
pub fn write_line(out: &mut impl Write, file: &str, done: &Finished, id: RequestId) -> io::Result<()> {
    out.write_all(b"{\"file\":")?;
    serde_json::to_writer(&mut *out, file)?;
    out.write_all(b",\"ok\":true,\"summary\":")?;
    // A line break in JSON can only be blank space between values; one document must stay one line.
    for part in done.outcome.page.expose().split(['\n', '\r']) {
        out.write_all(part.as_bytes())?;
    }
    out.write_all(b",\"processing_metadata\":")?;
    serde_json::to_writer(&mut *out, &metadata(done, id))?;
    out.write_all(b"}\n")
}

/// The line for machines of a document that failed.
#[derive(Debug, Serialize)]
struct FailedLine<'a> {
    file: &'a str,
    ok: bool,
    error: &'a Failure,
}

/// Writes the line for machines of a document that has none.
///
/// # Errors
/// As the writer.
pub fn write_failure(out: &mut impl Write, file: &str, failure: &Failure) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &FailedLine { file, ok: false, error: failure })?;
    out.write_all(b"\n")
}

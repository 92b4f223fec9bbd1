//! Documents through validation, with a panic caught on the way, and the JSON of what was found.

mod outcome;

pub use outcome::write_outcome;

use crate::fault;
use crate::job::Ended;
use clinical_pipeline::{
    Error, Input, IssueSeverity, Label, Stop, Validated, ValidationIssue, ValidationMode, Validations,
};
use serde::Serialize;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use utoipa::ToSchema;

/// The version of FHIR that documents are held against.
pub const FHIR_VERSION: &str = "4.0.1";

/// The name of what validates.
pub const VALIDATOR: &str = "clinical-validate";

/// The documents of an input, one after the other: one bad document must not end a run over thousands, nor a service.
#[derive(Debug)]
pub struct Documents<'a>(Validations<'a>);

/// Begins to validate an input: one document, or one a line.
///
/// # Errors
/// The pipeline's refusal, or its panic.
pub fn documents<'a>(
    bytes: &'a [u8],
    label: Label,
    mode: ValidationMode,
    stop: Stop<'a>,
) -> Result<Documents<'a>, Ended> {
    caught(|| {
        fault::in_the_work(bytes);
        clinical_pipeline::validations(&Input::new(bytes, label), mode, stop)
    })
    .map(Documents)
}

impl Iterator for Documents<'_> {
    type Item = Result<Validated, Ended>;

    fn next(&mut self) -> Option<Self::Item> {
        caught(|| self.0.next().transpose()).transpose()
    }
}

/// Nothing half-changed is left behind: the tables are read only, and what is to come was taken before it was looked at.
fn caught<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Ended> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Ended::Panicked)?.map_err(Ended::Refused)
}

/// The name of a mode.
#[must_use]
pub const fn mode_name(mode: ValidationMode) -> &'static str {
    match mode {
        ValidationMode::Strict => "strict",
        ValidationMode::Lenient => "lenient",
    }
}

/// Whether a document is correct FHIR R4, and what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateReply {
    /// No issue is of severity error or fatal.
    pub is_valid: bool,
    /// What was found, in the order of the document; 10000 at most.
    pub issues: Vec<ValidateIssue>,
    /// The type of the resource; null where it says none that R4 has, and for several resources.
    pub resource_type: Option<String>,
    /// About this answer.
    pub validation_metadata: ValidateMetadata,
}

/// One issue: what, where, and by which rule. Never a value of the document.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateIssue {
    /// `fatal`, `error`, `warning`, `information`.
    pub severity: String,
    /// FHIR's IssueType (`structure`, `required`, `value`, `invariant`, `code-invalid` …).
    pub code: String,
    /// The rule: an invariant of FHIR (`dom-3`), or a name of ours (`unknown-element`).
    pub key: String,
    /// What is wrong, in words.
    pub details: String,
    /// The place and the rule in one line.
    pub diagnostics: String,
    /// Where, as FHIRPath. A member that FHIR does not have is counted and not named (`Patient.member(2)` is the third).
    /// Empty where the JSON cannot be read.
    pub expression: Vec<String>,
    /// Line in what was sent, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
}

/// About an answer.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidateMetadata {
    /// The reply has it as X-Request-ID, too.
    pub request_id: String,
    /// RFC 3339.
    pub validated_at: String,
    /// Seconds.
    pub processing_time_seconds: f64,
    /// What validated.
    pub validator: String,
    /// Version of this program.
    pub processor_version: String,
    /// What it was held against.
    pub fhir_version: String,
    /// `strict`, `lenient`.
    pub mode: String,
    /// `fhir-bundle`, `fhir-resource`, `fhir-ndjson`; null where it is no resource.
    pub format: Option<String>,
    /// How many resources were looked at: those in entries and those contained, too.
    pub resources_checked: u64,
    /// Issues of severity fatal and error.
    pub errors: u64,
    /// Issues of severity warning.
    pub warnings: u64,
    /// Issues of severity information.
    pub information: u64,
    /// Issues that were found and are not listed.
    pub issues_not_listed: u64,
    /// Length of the document.
    pub input_bytes: u64,
}

impl ValidateIssue {
    /// The same for writing.
    #[must_use]
    pub fn of(issue: &ValidationIssue) -> Self {
        Self {
            severity: issue.severity.as_str().to_owned(),
            code: issue.code.as_str().to_owned(),
            key: issue.key.clone().into_owned(),
            details: issue.text.clone().into_owned(),
            diagnostics: diagnostics(issue),
            expression: expression(issue).map(str::to_owned).into_iter().collect(),
            line: issue.line,
            column: issue.column,
        }
    }
}

fn diagnostics(issue: &ValidationIssue) -> String {
    format!("line {}, column {}, rule {}", issue.line, issue.column, issue.key)
}

/// Where, unless it is nowhere.
fn expression(issue: &ValidationIssue) -> Option<&str> {
    Some(issue.expression.as_str()).filter(|path| !path.is_empty())
}

/// What a document was; several are lines.
#[must_use]
pub fn format(report: &Validated, documents: usize) -> &'static str {
    if documents > 1 || report.line.is_some() { "fhir-ndjson" } else { report.format() }
}

/// What is known of an answer beside the report.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Which request it was.
    pub request_id: &'a str,
    /// When.
    pub at: &'a str,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// How strict.
    pub mode: ValidationMode,
    /// What it was ([`format()`]).
    pub format: &'static str,
}

impl ValidateReply {
    /// The reply for a report.
    #[must_use]
    pub fn of(report: &Validated, about: About<'_>) -> Self {
        let count = |severity| report.count(severity) as u64;
        Self {
            is_valid: report.is_valid,
            issues: report.issues.iter().map(ValidateIssue::of).collect(),
            resource_type: report.resource_type.clone(),
            validation_metadata: ValidateMetadata {
                request_id: about.request_id.to_owned(),
                validated_at: about.at.to_owned(),
                processing_time_seconds: (about.seconds * 1e6).round() / 1e6,
                validator: VALIDATOR.to_owned(),
                processor_version: env!("CARGO_PKG_VERSION").to_owned(),
                fhir_version: FHIR_VERSION.to_owned(),
                mode: mode_name(about.mode).to_owned(),
                format: Some(about.format.to_owned()).filter(|format| !format.is_empty()),
                resources_checked: report.resources as u64,
                errors: count(IssueSeverity::Fatal) + count(IssueSeverity::Error),
                warnings: count(IssueSeverity::Warning),
                information: count(IssueSeverity::Information),
                issues_not_listed: report.dropped as u64,
                input_bytes: report.bytes as u64,
            },
        }
    }
}

/// The line for machines of one document.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    ok: bool,
    is_valid: bool,
    issues: Vec<LineIssue<'a>>,
    #[serde(skip_serializing_if = "is_nothing")]
    issues_not_listed: usize,
    resource_type: Option<&'a str>,
}

#[derive(Serialize)]
struct LineIssue<'a> {
    severity: &'static str,
    code: &'static str,
    key: &'a str,
    expression: Vec<&'a str>,
    line: u32,
    column: u32,
    details: &'a str,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_nothing(count: &usize) -> bool {
    *count == 0
}

/// Writes `{"file"|"line", "ok", "is_valid", "issues", "resource_type"}` and ends the line. A document has the name of its
/// file, or the line that it was.
///
/// # Errors
/// As the writer.
pub fn write_line(mut out: &mut dyn Write, file: Option<&str>, report: &Validated) -> io::Result<()> {
    let issues = report.issues.iter().map(|issue| LineIssue {
        severity: issue.severity.as_str(),
        code: issue.code.as_str(),
        key: &issue.key,
        expression: expression(issue).into_iter().collect(),
        line: issue.line,
        column: issue.column,
        details: &issue.text,
    });
    let line = Line {
        file,
        line: if file.is_some() { None } else { report.line },
        ok: true,
        is_valid: report.is_valid,
        issues: issues.collect(),
        issues_not_listed: report.dropped,
        resource_type: report.resource_type.as_deref(),
    };
    serde_json::to_writer(&mut out, &line)?;
    out.write_all(b"\n")
}

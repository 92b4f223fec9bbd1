//! Shapes of requests and replies that no type of the program has as a whole: documents that pass as they stand, and
//! replies that are written piece by piece.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Text(pub String);

/// FHIR R4 resources in JSON, one a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lines(pub String);

/// Any object.
#[derive(Debug, Serialize, ToSchema)]
#[schema(value_type = Object)]
pub struct AnyObject(pub Value);

/// A FHIR R4 resource in JSON, a Bundle as a rule. It is read forgivingly: what cannot be used is accounted for.
#[derive(Debug, Serialize, ToSchema)]
pub struct FhirResource {
    /// Its type.
    #[serde(rename = "resourceType")]
    #[schema(example = "Bundle", pattern = "^[A-Z][A-Za-z]{2,40}$")]
    pub resource_type: String,
    /// The entries of a Bundle.
    #[schema(required = false)]
    pub entry: Vec<BundleEntry>,
}

/// An entry of a Bundle.
#[derive(Debug, Serialize, ToSchema)]
pub struct BundleEntry {
    /// The resource.
    pub resource: Box<AnyObject>,
}

/// A record, bare or with how to work on it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum SummarizeRequest {
    /// A resource as it stands.
    Bare(FhirResource),
    /// A resource with options.
    Wrapped(WrappedRecord),
}

/// A record with how to work on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WrappedRecord {
    /// The record.
    pub bundle: FhirResource,
    /// None are known yet; a warning says so.
    #[schema(required = false)]
    pub processing_options: Option<AnyObject>,
    /// What the patient prefers.
    #[schema(required = false)]
    pub patient_preferences: Option<PatientPreferences>,
}

/// What a patient prefers.
#[derive(Debug, Serialize, ToSchema)]
pub struct PatientPreferences {
    /// Large print, for HTML.
    #[schema(required = false)]
    pub large_print: Option<bool>,
}

/// A record and the summary that was made of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifyRequest {
    /// The record.
    pub source: FhirResource,
    /// The JSON summary, bare or with its envelope.
    pub summary: GivenSummary,
}

/// A JSON summary. It must say when it was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenSummary {
    /// RFC 3339.
    #[schema(example = "2025-03-01T09:00:00Z", pattern = "^20[0-9]{2}-0[1-9]-0[1-9]T0[0-9]:[0-5][0-9]:[0-5][0-9]Z$")]
    pub generated_at: String,
}

/// A document with how to remove identity from it. Exactly one of `document`, `bundle` and `text`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum DeidentifyRequest {
    /// A note.
    Note(NoteToCopy),
    /// A Bundle.
    Bundle(BundleToCopy),
    /// A FHIR resource as it stands.
    Bare(FhirResource),
}

/// A note with how to remove identity from it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteToCopy {
    /// The note.
    #[schema(min_length = 1, pattern = "^[A-Za-z][A-Za-z ,.]*$")]
    pub text: String,
    /// What stands in the place of an identifier.
    #[schema(required = false)]
    pub policy: Option<PolicyName>,
    /// Texts that are no identifiers.
    #[schema(required = false)]
    pub allow: Vec<String>,
    /// Texts that are never to be seen.
    #[schema(required = false)]
    pub deny: Vec<String>,
}

/// A Bundle with how to remove identity from it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BundleToCopy {
    /// The Bundle.
    pub bundle: FhirResource,
    /// What stands in the place of an identifier.
    #[schema(required = false)]
    pub policy: Option<PolicyName>,
}

/// What stands in the place of an identifier.
#[derive(Debug, Serialize, ToSchema)]
pub enum PolicyName {
    /// A tag of its kind.
    #[serde(rename = "safe-harbor")]
    SafeHarbor,
    /// Signs of the same length.
    #[serde(rename = "mask")]
    Mask,
    /// As safe-harbor, but dates stay.
    #[serde(rename = "keep-dates")]
    KeepDates,
}

/// A copy without identity, and what was removed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeidentifyReply {
    /// The copy: an object for FHIR JSON, a text otherwise.
    pub document: Value,
    /// `fhir-json`, `fhir-ndjson`, `ccda`, `note`.
    pub format: String,
    /// The policy.
    pub policy: String,
    /// What was removed, where, and why it was taken for an identifier. Never its value.
    pub removed: Vec<RemovedItem>,
    /// How many of each kind.
    pub counts: std::collections::BTreeMap<String, u64>,
    /// About this answer.
    pub processing_metadata: CopyMetadata,
}

/// One identifier that was removed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemovedItem {
    /// Path into FHIR or C-CDA.
    #[schema(required = false)]
    pub path: Option<String>,
    /// First code point in a note.
    #[schema(required = false)]
    pub start: Option<u64>,
    /// The code point behind the last.
    #[schema(required = false)]
    pub end: Option<u64>,
    /// What it was.
    pub kind: String,
    /// Why it was taken for one.
    pub reason: String,
}

/// About a copy.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CopyMetadata {
    /// The reply has it as X-Request-ID, too.
    pub request_id: String,
    /// RFC 3339.
    pub processed_at: String,
    /// Seconds.
    pub processing_time_seconds: f64,
    /// `v1`.
    pub api_version: String,
    /// Version of this program.
    pub processor_version: String,
    /// What was measured.
    pub performance_metrics: super::summary::PerformanceMetrics,
}

/// What this service is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceDescription {
    /// `clinical-notes-summarizer`
    pub name: String,
    /// Version of this program.
    pub version: String,
    /// `R4`
    pub fhir_version: String,
    /// Where to send a record.
    pub summarize: String,
    /// Where to send a document whose identity is to be removed.
    pub deidentify: String,
    /// Where to ask how the service is.
    pub health: String,
    /// Where the samples are listed.
    pub samples: String,
    /// Where this description is.
    pub openapi: String,
    /// The same for a person.
    pub docs: String,
}

/// Records to try.
#[derive(Debug, Serialize, ToSchema)]
pub struct SampleList(pub Vec<ListedSample>);

/// A record to try.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ListedSample {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Where it is.
    pub href: String,
}

/// Every refusal (FHIR R4, 2.36). It says what is wrong and where, never what was sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OperationOutcome {
    /// `OperationOutcome`
    #[serde(rename = "resourceType")]
    #[schema(pattern = "^OperationOutcome$")]
    pub resource_type: String,
    /// One.
    #[schema(min_items = 1)]
    pub issue: Vec<OutcomeIssue>,
}

/// What is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeIssue {
    /// `error`; `fatal` where the program itself is at fault.
    pub severity: String,
    /// FHIR's IssueType.
    pub code: String,
    /// In words.
    pub details: OutcomeText,
    /// Line and column, or which request it was.
    #[schema(required = false)]
    pub diagnostics: Option<String>,
    /// The element of the request.
    #[schema(required = false)]
    pub expression: Vec<String>,
}

/// Words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeText {
    /// One sentence or two.
    pub text: String,
}

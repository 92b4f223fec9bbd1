//! Shapes of requests and replies that no type of the program has as a whole: documents that pass as they stand, and
//! replies that are written piece by piece.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::openapi::schema::{AnyOfBuilder, Schema};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// A text.
#[derive(Debug, Serialize, ToSchema)]
pub struct Text(pub String);

/// A note.
#[derive(Debug, Serialize, ToSchema)]
#[schema(min_length = 1)]
pub struct Note(pub String);

/// Any JSON.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnyJson(pub Value);

/// XML. What stands in it a schema of JSON cannot say.
#[derive(Debug, Serialize, ToSchema)]
pub struct Xml(pub String);

/// FHIR R4 resources in JSON, one a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct Lines(pub String);

/// A form with a document: one of the three files, not more.
#[derive(Debug, Serialize, ToSchema)]
pub struct DocumentForm {
    /// The document: FHIR R4 JSON, C-CDA, or a note.
    #[schema(required = false, format = Binary)]
    pub file: Option<String>,
    /// The same.
    #[schema(required = false, format = Binary)]
    pub document: Option<String>,
    /// The same.
    #[schema(required = false, format = Binary)]
    pub ccda_file: Option<String>,
}

/// A form with a C-CDA document. The file may be called `file` or `document`, too.
#[derive(Debug, Serialize, ToSchema)]
pub struct CcdaForm {
    /// The document.
    #[schema(format = Binary)]
    pub ccda_file: String,
}

/// A form with a record and its summary.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifyForm {
    /// The record, exactly as it was summarized. The file may be called `file` or `ccda_file`, too.
    #[schema(format = Binary)]
    pub document: String,
    /// The JSON summary, bare or with its envelope.
    #[schema(format = Binary)]
    pub summary: String,
}

/// Any object.
#[derive(Debug, Serialize, ToSchema)]
#[schema(value_type = Object)]
pub struct AnyObject(pub Value);

/// A FHIR R4 resource in JSON, a Bundle as a rule. It is read forgivingly: an entry that cannot be used is accounted
/// for as unreadable, and the rest is used. So nothing is demanded here but a type.
#[derive(Debug, Serialize, ToSchema)]
pub struct FhirResource {
    /// Its type. One that is not read is accounted for, not refused.
    #[serde(rename = "resourceType")]
    #[schema(example = "Bundle")]
    pub resource_type: String,
    /// All else that FHIR R4 has for it.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
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
    pub source: GivenRecord,
    /// The JSON summary.
    pub summary: GivenSummary,
}

/// A record, to be held against a summary. **Send the text of the record as a JSON string**, exactly the bytes that
/// were summarized: a program that reads JSON and writes it again turns 0.80 into 0.8, and then a value of the record
/// has changed. An object is taken, too.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum GivenRecord {
    /// The text of the record.
    Text(RecordText),
    /// The record itself.
    Object(FhirResource),
}

/// The text of a record: FHIR R4 JSON, C-CDA, or a note. Its content says which.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = "{\"resourceType\":\"Bundle\"}")]
pub struct RecordText(pub String);

/// A JSON summary, bare or with its envelope.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum GivenSummary {
    /// The member `summary` of a reply.
    Bare(BareSummary),
    /// The whole reply.
    Whole(WholeReply),
}

/// The member `summary` of a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct BareSummary {
    /// RFC 3339: when it was made.
    #[schema(format = DateTime)]
    pub generated_at: String,
    /// All else that it has.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// A whole reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct WholeReply {
    /// The sheet.
    pub summary: BareSummary,
    /// All else that the reply has.
    #[serde(flatten)]
    pub more: BTreeMap<String, Value>,
}

/// What identity can be removed from as JSON: a note or a Bundle with how to do it, a resource as it stands, or JSON of
/// any other kind, which is worked on as a text.
#[derive(Debug)]
pub struct DeidentifyRequest;

impl PartialSchema for DeidentifyRequest {
    fn schema() -> RefOr<Schema> {
        let any = AnyOfBuilder::new()
            .item(Ref::from_schema_name(NoteToCopy::name()))
            .item(Ref::from_schema_name(BundleToCopy::name()))
            .item(Ref::from_schema_name(FhirResource::name()))
            .item(Ref::from_schema_name(AnyJson::name()));
        Schema::AnyOf(any.build()).into()
    }
}

impl ToSchema for DeidentifyRequest {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((NoteToCopy::name().into_owned(), NoteToCopy::schema()));
        NoteToCopy::schemas(schemas);
        schemas.push((BundleToCopy::name().into_owned(), BundleToCopy::schema()));
        BundleToCopy::schemas(schemas);
        schemas.push((AnyJson::name().into_owned(), AnyJson::schema()));
    }
}

/// What can be validated: a resource as it stands, or with how strict to be. What is no resource is answered, too, so that
/// nothing is demanded here.
#[derive(Debug)]
pub struct ValidateRequest;

impl PartialSchema for ValidateRequest {
    fn schema() -> RefOr<Schema> {
        let any = AnyOfBuilder::new()
            .item(Ref::from_schema_name(ResourceToValidate::name()))
            .item(Ref::from_schema_name(FhirResource::name()))
            .item(Ref::from_schema_name(AnyJson::name()));
        Schema::AnyOf(any.build()).into()
    }
}

impl ToSchema for ValidateRequest {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((ResourceToValidate::name().into_owned(), ResourceToValidate::schema()));
        ResourceToValidate::schemas(schemas);
        schemas.push((AnyJson::name().into_owned(), AnyJson::schema()));
    }
}

/// A resource with how strict to be.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResourceToValidate {
    /// The resource. Lines and columns of issues are those of the whole request.
    pub resource: FhirResource,
    /// How strict to be; without it strict.
    #[schema(required = false)]
    pub validation_mode: Option<ModeName>,
}

/// How strict to be.
#[derive(Debug, Serialize, ToSchema)]
pub enum ModeName {
    /// Everything.
    #[serde(rename = "strict")]
    Strict,
    /// Structure, and what is dangerous.
    #[serde(rename = "lenient")]
    Lenient,
}

/// A note with how to remove identity from it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteToCopy {
    /// The note.
    #[schema(min_length = 1)]
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
    /// Something invented of the same kind. The server needs a secret for it.
    #[serde(rename = "surrogate")]
    Surrogate,
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
    pub counts: BTreeMap<String, u64>,
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
    /// Where to ask whether a document is correct FHIR.
    pub validate: String,
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
    /// What it is: `application/fhir+json`, `application/xml`, `text/plain`.
    pub media: String,
}

/// Every refusal, and what validation found where FHIR was asked for (FHIR R4, 2.36). It says what is wrong and where,
/// never what was sent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OperationOutcome {
    /// `OperationOutcome`
    #[serde(rename = "resourceType")]
    #[schema(pattern = "^OperationOutcome$")]
    pub resource_type: String,
    /// One for a refusal; for a validation one for each thing found, or one that says that nothing was.
    #[schema(min_items = 1)]
    pub issue: Vec<OutcomeIssue>,
}

/// What is wrong.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeIssue {
    /// Line and column, of validation.
    #[schema(required = false, min_items = 1)]
    pub extension: Vec<OutcomeExtension>,
    /// A refusal: `error`; `fatal` where the program itself is at fault. Validation: `fatal`, `error`, `warning`,
    /// `information`.
    pub severity: String,
    /// FHIR's IssueType.
    pub code: String,
    /// In words.
    pub details: OutcomeText,
    /// Line and column, or which request it was.
    #[schema(required = false)]
    pub diagnostics: Option<String>,
    /// Line and column, of validation: `Line[3] Col[7]`.
    #[schema(required = false, min_items = 1)]
    pub location: Vec<String>,
    /// The element of the request, or of the document that was validated.
    #[schema(required = false)]
    pub expression: Vec<String>,
}

/// A line or a column.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeExtension {
    /// `http://hl7.org/fhir/StructureDefinition/operationoutcome-issue-line`, `…-col`
    pub url: String,
    /// Its number, from one.
    #[serde(rename = "valueInteger")]
    pub value: u32,
}

/// Words, and a name for programs.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeText {
    /// Which refusal or which rule it is.
    #[schema(required = false)]
    pub coding: Vec<OutcomeCoding>,
    /// One sentence or two.
    pub text: String,
}

/// A stable name of a refusal, or of a rule.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeCoding {
    /// `urn:x-clinical-notes:refusal`, `urn:x-clinical-notes:rule`
    pub system: String,
    /// The name: `not-json`, `not-fhir`, `one-record-one-patient` …; an invariant (`dom-3`), `unknown-element` …
    pub code: String,
}

//! The shape of the JSON summary, for the description of the service. The page itself is written by
//! `clinical-summary`; a test holds its members to these.

use crate::http::ccda::DocumentMetadata;
use serde::Serialize;
use utoipa::ToSchema;

/// What `POST /api/v1/summarize` gives as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SummaryReply {
    /// The sheet.
    pub summary: Summary,
    /// What was done, when, by which edition.
    pub processing_metadata: ProcessingMetadata,
    /// What the input was.
    pub fhir_metadata: FhirMetadata,
}

/// What `POST /api/v1/ccda/summarize` gives as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CcdaReply {
    /// The sheet.
    pub summary: Summary,
    /// What was done, when, by which edition.
    pub processing_metadata: ProcessingMetadata,
    /// What the input was.
    pub fhir_metadata: FhirMetadata,
    /// What the document says about itself.
    pub document_metadata: DocumentMetadata,
}

/// The sheet. Every fact is copied from the record and has its place there in `source`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Summary {
    /// A digest of the content: the same content has the same id.
    pub summary_id: String,
    /// The technical id of the patient in the record.
    pub patient_id: Option<String>,
    /// RFC 3339.
    pub generated_at: String,
    /// Whom the words are for.
    pub audience: String,
    /// Language of our own words (BCP 47).
    pub language: String,
    /// What is said of the words that a language model wrote; only where there are any.
    #[schema(required = false)]
    pub ai_disclosure: Option<Vec<String>>,
    /// The person.
    pub patient: PatientLine,
    /// The visit that the sheet is about.
    pub visit: Option<Visit>,
    /// Medicines to take, also those for when they are needed.
    pub medications: Vec<Medication>,
    /// Medicines not to take any more, or at all.
    pub stopped_medications: Vec<Medication>,
    /// Medicines not to take for now.
    pub on_hold_medications: Vec<Medication>,
    /// Medicines of which the record does not say whether they are to be taken.
    pub ask_about_medications: Vec<Medication>,
    /// What the record says of medicines as a whole ("none").
    pub medication_statements: Vec<Statement>,
    /// Medicines that stand in a text of the record only.
    pub medications_in_words: Vec<Said>,
    /// How many entries of medicines could not be read.
    pub unreadable_medications: u64,
    /// Allergies.
    pub allergies: Vec<Allergy>,
    /// "None known", "not asked".
    pub allergy_statements: Vec<Statement>,
    /// Allergies that stand in a text of the record only.
    pub allergies_in_words: Vec<Said>,
    /// How many entries of allergies could not be read.
    pub unreadable_allergies: u64,
    /// The record lists an allergy and says that there is none.
    pub allergies_contradict: bool,
    /// Problems.
    pub conditions: Vec<Condition>,
    /// Results of the laboratory.
    pub lab_results: Vec<TestResult>,
    /// Other results: studies, scores.
    pub other_results: Vec<TestResult>,
    /// Vital signs.
    pub vital_signs: Vec<TestResult>,
    /// Vaccines.
    pub immunizations: Vec<Immunization>,
    /// What was done.
    pub procedures: Vec<Procedure>,
    /// Visits to come.
    pub appointments: Vec<Appointment>,
    /// Why the person came.
    pub chief_complaint: Option<String>,
    /// Why the person came, item by item.
    pub reasons: Vec<Said>,
    /// The current problems in plain words.
    pub diagnosis_explanation: Option<String>,
    /// What reports concluded.
    pub findings: Vec<Said>,
    /// What to do at home.
    pub care_instructions: Vec<Said>,
    /// Goals.
    pub goals: Vec<Said>,
    /// Tests and services that were ordered.
    pub ordered: Vec<Said>,
    /// The next visit in words.
    pub follow_up_guidance: Option<String>,
    /// When to get help.
    pub when_to_seek_help: Vec<String>,
    /// What the document itself says of the next visit, in its words (C-CDA and notes).
    pub follow_up_in_words: Vec<Said>,
    /// What the document itself says of when to get help, in its words (C-CDA and notes).
    pub help_in_words: Vec<Said>,
    /// What else of the document stands on the sheet, in its words (C-CDA and notes).
    pub more_from_the_document: Vec<Said>,
    /// What the reader must know about this sheet.
    pub disclaimers: Vec<String>,
    /// What was checked on the finished page.
    pub safety_validation: SafetyValidation,
    /// Every entry of the input: shown, held back with a reason, or unreadable.
    pub accounting: Accounting,
    /// How hard our own words are to read.
    pub readability: Readability,
}

/// Where a fact stands: a path into the input, or code points of a note; the text is exactly what stands there, also of a
/// number (0.80 and not 0.8). In a list of places the first is that of the name of the item.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SourcePlace {
    /// Path into the input. In JSON it is counted from 0: `Bundle.entry[3].resource.dosageInstruction[0].text`; a bare
    /// resource begins with its type, a line of NDJSON with `line[0]`. In XML it is counted from 1, by local names:
    /// `/ClinicalDocument/component/structuredBody/component[3]/section/entry[1]/act/code/@displayName`. A place in a
    /// note has `start` and `end` instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// First code point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// The code point behind the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
    /// The text that stands there.
    pub text: String,
}

/// The person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PatientLine {
    /// As the record writes it.
    pub name: Option<String>,
    /// As the record writes it.
    pub birth_date: Option<String>,
    /// The record says that the person has died.
    pub deceased: bool,
    /// When.
    pub deceased_on: Option<String>,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// A visit.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// `null` where the record does not say.
    pub took_place: Option<bool>,
    /// What kind of visit.
    pub kind: Option<String>,
    /// As the record writes it.
    pub start: Option<String>,
    /// As the record writes it.
    pub end: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// With whom.
    pub providers: Vec<String>,
    /// The kind of visit in plain words.
    pub plain_name: Option<String>,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// A medicine, exactly as ordered.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Medication {
    /// As the record writes it.
    pub medication_name: String,
    /// One dose, where there is one only.
    pub dosage: Option<String>,
    /// Always null: the record's timing is a structure. See `frequency_parts` and `plain_instructions`.
    pub frequency: Option<String>,
    /// The parts of the record's timing as they stand, in the order of FHIR's Timing.repeat: how often, in which period,
    /// its unit, days of the week, times of day, what with. For people there is `plain_instructions`.
    pub frequency_parts: Vec<String>,
    /// By mouth, on the skin …
    pub route: Option<String>,
    /// The record's own directions. Null for a medicine that is not to be taken: see `metadata.former_instructions`.
    pub instructions: Option<String>,
    /// The same in plain words, where structure and text were understood and agree.
    pub plain_instructions: Vec<String>,
    /// The four times of day.
    pub schedule: Option<Schedule>,
    /// Only when needed.
    pub as_needed: bool,
    /// What for.
    pub as_needed_for: Option<String>,
    /// The most in a time.
    pub maximum: Option<String>,
    /// What it is for.
    pub purpose: Option<String>,
    /// `record` or `lexicon` ("often used for").
    pub purpose_from: Option<String>,
    /// Cautions and remarks.
    pub important_notes: Vec<String>,
    /// As the record writes it.
    pub status: Option<String>,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
    /// More about the order.
    pub metadata: MedicationMetadata,
}

/// How much at each of the four times of day.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// In the morning.
    pub morning: Option<String>,
    /// At noon.
    pub noon: Option<String>,
    /// In the evening.
    pub evening: Option<String>,
    /// At bedtime.
    pub bedtime: Option<String>,
}

/// More about an order.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MedicationMetadata {
    /// `take`, `as-needed`, `stop`, `forbidden`, `hold`, `ask`.
    pub group: String,
    /// Why it is not active.
    pub status_reason: Option<String>,
    /// As the record writes it.
    pub ordered_on: Option<String>,
    /// Who ordered it.
    pub prescriber: Option<String>,
    /// The directions of a medicine that is not to be taken.
    pub former_instructions: Option<String>,
    /// Structure and text of the directions disagree.
    pub directions_disagree: bool,
    /// The rule that put it into its group, where the record does not say so itself.
    pub decided_by: Option<String>,
    /// A language model wrote words of it.
    pub ai_processed: bool,
}

/// What the record says of a list as a whole.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// `none-known`, `not-asked`.
    pub kind: String,
    /// The record's words.
    pub text: String,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// Something that the record says in words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// Its heading.
    pub title: Option<String>,
    /// The words.
    pub text: Vec<String>,
    /// As the record writes it.
    pub date: Option<String>,
    /// The status of something that is not final.
    pub unfinished: Option<String>,
    /// The record says not to do it.
    pub forbidden: bool,
    /// More lines.
    pub details: Vec<String>,
    /// The same in plainer words, by a language model: beside the record's own, never in their place.
    #[schema(required = false)]
    pub plain_words: Option<Vec<PlainWords>>,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// A sentence in plainer words, by a language model. It was checked against the sentence that it was made of.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlainWords {
    /// The words.
    pub text: String,
    /// True: a language model wrote them.
    pub ai_processed: bool,
    /// Which of the texts of the item the sentence stands in.
    pub text_index: u64,
    /// Its first code point there.
    pub start: u64,
    /// The code point behind its last.
    pub end: u64,
    /// The words piece by piece.
    pub parts: Vec<PlainPart>,
    /// Places of the sentence in the record.
    pub source: Vec<SourcePlace>,
}

/// A piece of plainer words: the model's own, or one that was copied from the sentence.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlainPart {
    /// The model's own words.
    #[schema(required = false)]
    pub words: Option<String>,
    /// The record's.
    #[schema(required = false)]
    pub copied: Option<String>,
    /// Where they stand in the text of the item: the first code point.
    #[schema(required = false)]
    pub start: Option<u64>,
    /// The code point behind the last.
    #[schema(required = false)]
    pub end: Option<u64>,
}

/// An allergy.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Allergy {
    /// What to; null where the record does not name it.
    pub allergen: Option<String>,
    /// What happens.
    pub reactions: Vec<String>,
    /// How bad a reaction was.
    pub severity: Option<String>,
    /// How dangerous another one could be.
    pub criticality: Option<String>,
    /// As the record writes it.
    pub status: Option<String>,
    /// Remarks.
    pub notes: Vec<String>,
    /// `present` or `possible`.
    pub assertion: String,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// A problem.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// As the record writes it.
    pub name: String,
    /// `present`, `possible`, `historical`.
    pub assertion: String,
    /// A short everyday name.
    pub plain_name: Option<String>,
    /// One sentence.
    pub explanation: Option<String>,
    /// As the record writes it.
    pub status: Option<String>,
    /// As the record writes it.
    pub verification: Option<String>,
    /// As the record writes it.
    pub since: Option<String>,
    /// As the record writes it.
    pub until: Option<String>,
    /// Stage, place …
    pub details: Vec<String>,
    /// Remarks.
    pub notes: Vec<String>,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// A result or vital sign.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestResult {
    /// As the record writes it.
    pub test_name: String,
    /// The value alone, as the record writes it.
    pub value: Option<String>,
    /// Its unit, as the record writes it.
    pub unit: Option<String>,
    /// Value and unit, as they are shown.
    pub text: String,
    /// The record's own range.
    pub reference_range: Option<String>,
    /// As the record writes it.
    pub status: Option<String>,
    /// `high`, `low`, `within`, `abnormal`, `critical-high`, `critical-low`: from the record's own reading or range only.
    pub level: Option<String>,
    /// As the record writes it.
    pub interpretation: Option<String>,
    /// As the record writes it.
    pub date: Option<String>,
    /// A short everyday name.
    pub plain_name: Option<String>,
    /// One sentence: what the test shows.
    pub explanation: Option<String>,
    /// Remarks.
    pub notes: Vec<String>,
    /// Where on the body.
    pub body_site: Option<String>,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
    /// More about the result.
    pub metadata: ResultMetadata,
}

/// More about a result.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultMetadata {
    /// It is not preliminary.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// Earlier values of the same test.
    pub earlier: Vec<EarlierResult>,
    /// A language model wrote words of it.
    pub ai_processed: bool,
}

/// An earlier value.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EarlierResult {
    /// The value alone.
    pub value: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Value and unit, as they are shown.
    pub text: String,
    /// As the record writes it.
    pub date: String,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// A vaccine.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Immunization {
    /// As the record writes it.
    pub vaccine: String,
    /// As the record writes it.
    pub date: Option<String>,
    /// As the record writes it.
    pub status: Option<String>,
    /// A short everyday name.
    pub plain_name: Option<String>,
    /// One sentence.
    pub explanation: Option<String>,
    /// Where on the body.
    pub body_sites: Vec<String>,
    /// It is still going on.
    pub going_on: bool,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// Something that was done.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// As the record writes it.
    pub procedure: String,
    /// As the record writes it.
    pub date: Option<String>,
    /// As the record writes it.
    pub status: Option<String>,
    /// A short everyday name.
    pub plain_name: Option<String>,
    /// One sentence.
    pub explanation: Option<String>,
    /// Where on the body.
    pub body_sites: Vec<String>,
    /// It is still going on.
    pub going_on: bool,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
}

/// A visit to come.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// As the record writes it.
    pub start: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Its time with the zone.
    pub time: Option<String>,
    /// With whom.
    pub provider: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// Whom to call.
    pub phone: Option<String>,
    /// What for.
    pub purpose: Option<String>,
    /// How to get ready.
    pub preparation: Option<String>,
    /// As the record writes it.
    pub status: Option<String>,
    /// From when to when it was asked for.
    pub requested_between: Vec<String>,
    /// Places in the record.
    pub source: Vec<SourcePlace>,
    /// More about the visit.
    pub metadata: AppointmentMetadata,
}

/// More about a visit to come.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppointmentMetadata {
    /// Its time is fixed.
    pub fixed: bool,
    /// A language model wrote words of it.
    pub ai_processed: bool,
}

/// What was checked on the finished page. A page that fails is never given out.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SafetyValidation {
    /// The summary's id.
    pub validation_id: String,
    /// RFC 3339.
    pub validated_at: String,
    /// What the record is: `fhir-r4`, `c-cda`, `note`.
    pub data_type: String,
    /// The page passed.
    pub passed: bool,
    /// None on a page that was given out.
    pub errors: Vec<Warning>,
    /// What intake noticed.
    pub warnings: Vec<Warning>,
    /// How many facts of each kind were checked.
    pub critical_fields_preserved: CriticalFields,
    /// Whether a language model wrote words.
    pub ai_processing_flags: AiFlags,
}

/// Something that intake noticed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// Stable name.
    pub code: String,
    /// Path into the input, or code points of a note (`12-30`).
    pub at: String,
}

/// How many facts were checked.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriticalFields {
    /// All of them. A sheet with 0 shows nothing of the record and says so.
    pub facts_checked: u64,
    /// Names of medicines.
    pub medication_names: u64,
    /// Steps of directions.
    pub directions: u64,
    /// Results and vital signs.
    pub results: u64,
    /// Allergies.
    pub allergies: u64,
    /// Visits to come.
    pub appointments: u64,
}

/// Whether a language model wrote words.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AiFlags {
    /// Any of the words.
    pub ai_processed: bool,
    /// The model, as the site names it; this and the rest only where one was asked.
    #[schema(required = false)]
    pub model: Option<String>,
    /// How it was asked.
    #[schema(required = false)]
    pub parameters: Option<String>,
    /// The edition of what it was told to do.
    #[schema(required = false)]
    pub prompt_version: Option<String>,
    /// Sentences that it was asked for.
    #[schema(required = false)]
    pub asked: Option<u64>,
    /// Sentences whose new words stand on the sheet.
    #[schema(required = false)]
    pub kept: Option<u64>,
    /// Sentences whose new words are not said, by reason.
    #[schema(required = false)]
    pub refused: Option<std::collections::BTreeMap<String, u64>>,
    /// A clinician reads every sheet before it is given out.
    #[schema(required = false)]
    pub reviewed: Option<bool>,
}

/// `entries_in` is the sum of the three others, always.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Accounting {
    /// Entries of the input.
    pub entries_in: u64,
    /// Entries of which something stands on the sheet.
    pub shown: u64,
    /// Entries held back.
    pub held_back: Vec<AccountRow>,
    /// Entries that could not be read.
    pub unreadable: Vec<AccountRow>,
    /// What the reasons mean.
    pub reasons: std::collections::BTreeMap<String, String>,
}

/// An entry that is not shown.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountRow {
    /// Path into the input.
    pub source: String,
    /// Its kind, as the record names it.
    pub kind: String,
    /// Stable name of the reason.
    pub reason: String,
}

/// How hard our own words are to read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Readability {
    /// Flesch-Kincaid grade of our own words on the page.
    pub flesch_kincaid_grade: f64,
    /// How many words that is measured on.
    pub words: u64,
}

/// What was done, when, by which edition.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcessingMetadata {
    /// The reply has it as X-Request-ID, too.
    pub request_id: String,
    /// RFC 3339.
    pub processed_at: String,
    /// Seconds.
    pub processing_time_seconds: f64,
    /// Entries of the input.
    pub bundle_entries_processed: u64,
    /// `v1`.
    pub api_version: String,
    /// `4.0.1`.
    pub fhir_version: String,
    /// Version of this program.
    pub processor_version: String,
    /// Edition of the words.
    pub lexicon_version: String,
    /// What intake noticed.
    pub findings: Vec<Finding>,
    /// What holds for every page that is given out.
    pub safety_guarantees: SafetyGuarantees,
    /// What was measured.
    pub performance_metrics: PerformanceMetrics,
    /// The language model, where one was asked.
    #[schema(required = false)]
    pub language_model: Option<LanguageModel>,
}

/// A language model that was asked to put sentences into plainer words, and what became of them. It is here also where
/// none of its words was kept.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguageModel {
    /// As the site names it.
    pub model: String,
    /// As its server names it, where it did.
    pub served_model: Option<String>,
    /// How it was asked.
    pub parameters: String,
    /// The edition of what it was told to do.
    pub prompt_version: String,
    /// Sentences that it was asked for.
    pub sentences_asked: u64,
    /// Sentences whose new words stand on the sheet, beside the record's own.
    pub sentences_kept: u64,
    /// Sentences whose new words are not said, by reason. With those kept they are all that were asked for.
    pub sentences_refused: std::collections::BTreeMap<String, u64>,
}

/// One finding of intake: what and where, never the value.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// `error`, `warning`, `information`.
    pub severity: String,
    /// Stable name.
    pub code: String,
    /// Path into the input, or code points of a note (`12-30`).
    pub at: String,
}

/// What holds for every page that is given out.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SafetyGuarantees {
    /// The finished page passed its check.
    pub gate_passed: bool,
}

/// What was measured.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PerformanceMetrics {
    /// Length of the input.
    pub input_bytes: u64,
}

/// What the input was.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FhirMetadata {
    /// The base definition; null for what is no FHIR.
    pub profile: Option<String>,
    /// `4.0.1`; null for what is no FHIR.
    pub version: Option<String>,
    /// `fhir-bundle`, `fhir-resource`, `fhir-ndjson`, `c-cda`, `note`.
    pub format: String,
    /// RFC 3339.
    pub last_updated: String,
}

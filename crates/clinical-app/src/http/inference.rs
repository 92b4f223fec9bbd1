//! `POST /api/inference`: what a text names, for clients of the former interface.
//!
//! The names come from the lexicon, and how the text speaks of them from rules that can be read; there is no model, no
//! diagnosis and no confidence in it.

use super::api_error::ApiError;
use super::app::App;
use super::told::Told;
use super::{body, json_reply};
use crate::fault;
use crate::peek::Fault;
use crate::request_id::RequestId;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use clinical_pipeline::{InspectedMention, InspectedSection, Lexicon, Phi, Stop};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// More symptoms than anybody lists.
const SYMPTOMS: usize = 1000;

/// A text to look through.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InferenceRequest {
    /// Whom it is about. Not used, not kept, not given back.
    #[serde(default)]
    pub patient_id: Option<String>,
    /// The text.
    #[schema(min_length = 1)]
    pub clinical_text: String,
    /// More texts, one symptom each; 1000 at most.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub symptoms: Option<Vec<String>>,
}

/// What the text names.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InferenceReply {
    /// In the order of the text, then of the symptoms.
    pub entities: Vec<Entity>,
    /// Sections of `clinical_text`, in order.
    pub sections: Vec<TextSection>,
    /// What found them.
    pub model: ModelIdentity,
    /// What this answer does not tell.
    pub limits: Vec<String>,
    /// The reply has it as X-Request-ID, too.
    pub request_id: String,
}

/// Something that a text names.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Entity {
    /// As it stands in the text.
    pub entity: String,
    /// `problem`, `procedure`, `medicine`, `test`.
    pub label: String,
    /// How the text speaks of it: `present`, `absent`, `possible`, `historical`, `hypothetical`, `family`.
    pub value: String,
    /// Of whom: `patient`, `family`, `other`.
    pub experiencer: String,
    /// Of when: `recent`, `historical`, `hypothetical`, `planned`.
    pub temporality: String,
    /// The lexicon's name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Which text: `clinical_text`, or `symptoms[0]` and so on.
    pub source: String,
    /// First code point in that text.
    pub start: u64,
    /// The code point behind the last.
    pub end: u64,
    /// A code for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<EntityCode>,
}

/// A code.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EntityCode {
    /// Its system, as FHIR names it.
    pub system: String,
    /// The code.
    pub code: String,
}

/// A section of a text.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextSection {
    /// First code point.
    pub start: u64,
    /// The code point behind the last.
    pub end: u64,
    /// What it is (`chief-complaint`, `medications` …).
    pub kind: String,
}

/// What found the entities.
#[derive(Debug, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelIdentity {
    /// Name.
    pub name: String,
    /// Version of this program.
    pub version: String,
    /// `rules`: no learned model is in it.
    pub kind: String,
    /// Edition of the words.
    pub lexicon_version: String,
}

impl Entity {
    fn of(mention: InspectedMention, source: &str) -> Self {
        Self {
            entity: mention.text.into_exposed(),
            label: mention.kind.to_owned(),
            value: mention.assertion.to_owned(),
            experiencer: mention.experiencer.to_owned(),
            temporality: mention.temporality.to_owned(),
            name: mention.name.map(str::to_owned),
            source: source.to_owned(),
            start: mention.start as u64,
            end: mention.end as u64,
            code: mention.code.map(|(system, code)| EntityCode { system: system.to_owned(), code: code.to_owned() }),
        }
    }
}

impl TextSection {
    fn of(section: &InspectedSection) -> Self {
        Self { start: section.start as u64, end: section.end as u64, kind: section.kind.to_owned() }
    }
}

/// The handler.
pub(super) async fn infer(
    State(app): State<Arc<App>>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ApiError> {
    body::json_label(&headers)?;
    let bytes = body::read(&headers, body, &app).await?;
    fault::in_the_handler(&bytes);
    let work = move |stop: Stop<'_>| reply(&bytes, stop, id);
    app.desk.run(work).await.map_err(|unfinished| ApiError::unfinished(unfinished, id))?
}

fn reply(body: &[u8], stop: Stop<'_>, id: RequestId) -> Result<Response, ApiError> {
    let wrong = |expression, message| ApiError::from(Fault { expression, message });
    let asked: InferenceRequest = serde_json::from_slice(body).map_err(|_| {
        wrong(
            "clinical_text",
            "the request must be a JSON object with clinical_text (a text), and may have patient_id (a text) and \
             symptoms (a list of texts)",
        )
    })?;
    if asked.clinical_text.is_empty() {
        return Err(wrong("clinical_text", "clinical_text must not be empty"));
    }
    let symptoms = Phi::new(asked.symptoms.unwrap_or_default());
    if symptoms.expose().len() > SYMPTOMS {
        return Err(wrong("symptoms", "symptoms must not be more than 1000"));
    }
    fault::in_the_work(asked.clinical_text.as_bytes());
    let lexicon = Lexicon::english().map_err(|_| ApiError::internal(Some(id)))?;
    let named = symptoms.expose().iter().enumerate().map(|(i, text)| (format!("symptoms[{i}]"), text));
    let texts = std::iter::once(("clinical_text".to_owned(), &asked.clinical_text)).chain(named);
    let (mut entities, mut sections) = (Vec::new(), Vec::new());
    for (at, (source, text)) in texts.enumerate() {
        let found =
            clinical_pipeline::inspect(text, &[], lexicon, stop).map_err(|e| ApiError::from_pipeline(&e, id))?;
        entities.extend(found.mentions.into_iter().map(|mention| Entity::of(mention, &source)));
        if at == 0 {
            sections.extend(found.sections.iter().map(TextSection::of));
        }
    }
    let reply = InferenceReply {
        entities,
        sections,
        model: ModelIdentity {
            name: "clinical-notes lexicon".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            kind: "rules".to_owned(),
            lexicon_version: lexicon.version().to_owned(),
        },
        limits: [
            "Only names that the lexicon knows are found.",
            "Negation, uncertainty, time and family are read by rules and can be read wrong: look at the text.",
            "An entity says what the text says of it, not that the patient has it.",
            "No diagnosis is made and no confidence is given.",
        ]
        .map(str::to_owned)
        .to_vec(),
        request_id: id.to_string(),
    };
    let told = Told { kind: "note", bytes: asked.clinical_text.len() as u64, entries: 1, ..Told::default() };
    Ok(told.beside(json_reply(&reply)))
}

//! What a model said of one document, with what a sheet must tell about it.

use super::{Answers, Config};
use clinical_pipeline::{Disclosure, Narrated, Phi};

/// What a model said of one document. `Debug` shows no word of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Said {
    replies: Vec<Option<Phi<String>>>,
    /// The model, as the settings name it.
    pub model: String,
    /// What the server says the model is.
    pub served: Option<String>,
    /// How it was asked.
    pub parameters: String,
    reviewed: bool,
    opening: Option<String>,
    contact: Option<String>,
}

impl Said {
    /// The answers of a model that was asked so.
    #[must_use]
    pub fn new(config: &Config, answers: Answers) -> Self {
        Self {
            replies: answers.replies,
            model: config.model.clone(),
            served: answers.served,
            parameters: config.parameters(),
            reviewed: config.reviewed,
            opening: config.disclosure.clone(),
            contact: config.contact.clone(),
        }
    }

    /// For the pipeline.
    #[must_use]
    pub fn narrated(&self) -> Narrated<'_> {
        let disclosure =
            Disclosure { opening: self.opening.as_deref(), reviewed: self.reviewed, contact: self.contact.as_deref() };
        Narrated { replies: &self.replies, model: &self.model, parameters: &self.parameters, disclosure }
    }
}

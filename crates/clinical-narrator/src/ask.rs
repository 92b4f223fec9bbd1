//! What is sent to a model: words without identity and without facts.

use clinical_model::Narrative;

/// The edition of the wording that models are given. It changes whenever a word of it does.
pub const PROMPT_VERSION: &str = "1";

/// The JSON schema of the answer (2020-12), for servers that constrain what a model writes.
pub const SCHEMA: &str = r#"{"type":"object","properties":{"sentences":{"type":"array","items":{"type":"object","properties":{"id":{"type":"integer"},"text":{"type":"string"}},"required":["id","text"],"additionalProperties":false}}},"required":["sentences"],"additionalProperties":false}"#;

/// One request to a model: what it is told to do, and sentences with placeholders. A fact cannot be put into it:
///
/// ```compile_fail
/// # use clinical_model::{Source, Verbatim};
/// # use clinical_narrator::Ask;
/// let dose = Verbatim::new("5 mg".into(), Source::new(0, 4));
/// Ask { system: dose.clone(), user: dose, sentences: 1 };
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ask {
    /// What it is told to do.
    pub system: Narrative,
    /// The sentences, as JSON.
    pub user: Narrative,
    /// How many sentences.
    pub sentences: usize,
}

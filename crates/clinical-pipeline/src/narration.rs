//! What a language model is asked about a document.

use crate::{Error, Input, Lexicon, Options};
use clinical_narrator::Ask;

/// The requests to a language model about one document. They hold no identity and no fact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Narration {
    /// The requests; each can be sent by itself.
    pub asks: Vec<Ask>,
}

/// Makes the requests about a document: the same document and options always give the same ones. What was answered goes
/// into [`Options::narrated`] of [`crate::summarize`].
///
/// # Errors
/// As [`crate::summarize`].
pub fn narration(_input: &Input<'_>, _options: &Options<'_>, _lexicon: &Lexicon) -> Result<Narration, Error> {
    Ok(Narration::default())
}

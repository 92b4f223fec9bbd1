//! What goes in.

use clinical_model::{Moment, Phi, Stop};

/// What the sender says the document is. Content decides; a wrong label is a finding.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Label {
    /// Nothing was said.
    Unknown,
    /// `application/json`, `application/fhir+json`, a `.json` file.
    Json,
    /// `application/x-ndjson`, `application/fhir+ndjson`, a `.ndjson` file.
    NdJson,
    /// `application/xml`.
    Xml,
    /// `text/plain`.
    Text,
}

/// A document. `Debug` prints none of it.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The bytes.
    pub bytes: Phi<&'a [u8]>,
    /// What the sender says they are.
    pub label: Label,
}

impl<'a> Input<'a> {
    /// A document with its label.
    #[must_use]
    pub const fn new(bytes: &'a [u8], label: Label) -> Self {
        Self { bytes: Phi::new(bytes), label }
    }
}

/// Which page to make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Page {
    /// The summary as JSON, with `source[]` on every item.
    Json,
    /// One HTML page that needs nothing else.
    Html,
    /// For a terminal.
    Text,
    /// For a portal.
    Markdown,
}

/// How to make it.
#[derive(Clone, Copy, Debug)]
pub struct Options<'s> {
    /// The time that "now" means: decides what is past and what is to come, and stands on the page as its date.
    pub now: Moment,
    /// Which page.
    pub page: Page,
    /// Large print (HTML only).
    pub large_print: bool,
    /// What a language model answered to the requests of [`crate::narration`], where one was asked.
    pub narrated: Option<Narrated<'s>>,
    /// Ends the work early when asked.
    pub stop: Stop<'s>,
}

/// What a language model answered, and what the sheet must say of it. `Debug` prints no answer.
#[derive(Clone, Copy, Debug)]
pub struct Narrated<'s> {
    /// For each request in order, the text that the model wrote, or none where no answer came.
    pub replies: &'s [Option<Phi<String>>],
    /// The model, as the site names it, with its version: letters, digits and `.-_:/@` only; anything else is left out.
    pub model: &'s str,
    /// How the model was asked, for the metadata: `temperature 0, at most 2000 tokens`.
    pub parameters: &'s str,
    /// What stands at the start of the sheet.
    pub disclosure: Disclosure<'s>,
}

/// What a site says of words that a program wrote (California AB 3030 and the like).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Disclosure<'s> {
    /// The site's own first sentence instead of ours.
    pub opening: Option<&'s str>,
    /// A clinician reads every sheet before it is given out.
    pub reviewed: bool,
    /// How to reach a person, in the site's words.
    pub contact: Option<&'s str>,
}

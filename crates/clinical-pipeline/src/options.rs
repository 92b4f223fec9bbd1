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
    /// Ends the work early when asked.
    pub stop: Stop<'s>,
}

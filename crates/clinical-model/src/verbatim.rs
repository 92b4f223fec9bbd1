//! Words of the record, and words of ours. They never mix.

use crate::Source;
use std::borrow::Cow;
use std::fmt;

/// Text taken from the document, with the place where it stands.
///
/// There is no way to change the text: whoever holds a `Verbatim` holds what the record says. `Debug` prints the
/// place only, because every byte of input is someone's secret.
///
/// ```compile_fail
/// # use clinical_model::{Verbatim, Source};
/// let mut dose = Verbatim::new("5 mg".into(), Source::new(0, 4));
/// dose.text().push_str("0"); // a fact cannot be written to
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Verbatim<'a> {
    text: Cow<'a, str>,
    source: Source,
}

impl<'a> Verbatim<'a> {
    /// Only readers of documents call this.
    #[must_use]
    pub const fn new(text: Cow<'a, str>, source: Source) -> Self {
        Self { text, source }
    }

    /// The text as it stands in the document (escapes of the wire format resolved, nothing else changed).
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where it stands.
    #[must_use]
    pub const fn source(&self) -> Source {
        self.source
    }
}

impl fmt::Debug for Verbatim<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verbatim(.. at {}..{})", self.source.start(), self.source.end())
    }
}

/// Words that this project wrote: explanations, headings, the glue of a sentence.
///
/// A rewriter (a translation, a language model) takes `Narrative` and can therefore not be handed a fact:
///
/// ```compile_fail
/// # use clinical_model::{Narrative, Source, Verbatim};
/// fn rewrite(words: &Narrative) {}
/// rewrite(&Verbatim::new("5 mg".into(), Source::new(0, 4)));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Narrative(Cow<'static, str>);

impl Narrative {
    /// Words from the lexicon or its messages.
    #[must_use]
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        Self(text.into())
    }

    /// The words.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

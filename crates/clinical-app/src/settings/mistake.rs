//! What is said of a setting that is wrong.

use std::borrow::Cow;

/// A setting with a value it cannot have. The value is not repeated: it may be a secret in the wrong place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{name} must be {must_be}")]
pub struct Mistake {
    /// The setting, as the user wrote it.
    pub name: String,
    /// What it must be.
    pub must_be: Cow<'static, str>,
}

impl Mistake {
    /// A mistake: `must_be` ends the sentence "NAME must be …" and holds nothing that was read.
    #[must_use]
    pub fn new(name: impl Into<String>, must_be: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), must_be: must_be.into() }
    }
}

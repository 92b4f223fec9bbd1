//! Names as records give them: in parts.

use crate::Verbatim;

/// The name of a person, a place or a team, in the parts that the record gives: prefix, given and family names, suffix,
/// each a fact of its own; or one part, where the record has the whole name as one text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name<'a>(pub Vec<Verbatim<'a>>);

impl<'a> Name<'a> {
    /// The parts, in the order in which they are read.
    #[must_use]
    pub fn parts(&self) -> &[Verbatim<'a>] {
        &self.0
    }

    /// Whether two names read the same, wherever they stand.
    #[must_use]
    pub fn reads_like(&self, other: &Name<'_>) -> bool {
        self.0.iter().map(Verbatim::text).eq(other.0.iter().map(Verbatim::text))
    }
}

impl<'a> From<Verbatim<'a>> for Name<'a> {
    fn from(whole: Verbatim<'a>) -> Self {
        Self(vec![whole])
    }
}

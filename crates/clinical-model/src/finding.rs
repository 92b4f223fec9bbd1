//! What intake could not read, carried with the record.

use crate::Source;

/// How much a finding matters to the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing.
    Information,
    /// Something of an entry could not be used; the rest of the entry stands.
    Warning,
    /// A whole entry could not be used.
    Error,
}

/// What is wrong. The value itself is never part of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum FindingCode {
    /// An entry of a Bundle has no resource to read.
    EntryWithoutResource,
    /// A resource has no `resourceType`.
    NoResourceType,
    /// A resource is not a JSON object.
    NotAnObject,
    /// An element has another JSON type than FHIR gives it.
    WrongType,
    /// A date or time is not in a form that FHIR allows.
    BadDate,
    /// A reference leads to nothing in this document.
    DanglingReference,
    /// An object has two members of one name; the first was read.
    DuplicateKey,
    /// A line of an NDJSON file is not JSON.
    UnreadableLine,
    /// A status has a value that FHIR does not know.
    UnknownStatus,
    /// The medicine of an order cannot be found.
    NoMedicineName,
    /// The content is not in the format its label promised.
    WrongLabel,
    /// A resource carries a `modifierExtension`: its meaning may be another than it seems (FHIR R4 2.4.2).
    UnknownModifier,
    /// The words of an entry say something else than its status; the words were followed.
    WordsDisagree,
    /// An entry and the text of its section that it refers to say different things; both are told.
    NarrativeDisagrees,
    /// A section has a code that its template does not have; the template was followed.
    WrongSectionCode,
    /// A reference into the text of a section leads to nothing.
    DanglingTextReference,
    /// A template is not one that this program knows; its elements were read by their names.
    UnknownTemplate,
    /// A value has a type that C-CDA does not allow there; its text was taken.
    UnknownValueType,
}

impl FindingCode {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EntryWithoutResource => "entry-without-resource",
            Self::NoResourceType => "no-resource-type",
            Self::NotAnObject => "not-an-object",
            Self::WrongType => "wrong-type",
            Self::BadDate => "bad-date",
            Self::DanglingReference => "dangling-reference",
            Self::DuplicateKey => "duplicate-key",
            Self::UnreadableLine => "unreadable-line",
            Self::UnknownStatus => "unknown-status",
            Self::NoMedicineName => "no-medicine-name",
            Self::WrongLabel => "wrong-label",
            Self::UnknownModifier => "unknown-modifier",
            Self::WordsDisagree => "words-disagree",
            Self::NarrativeDisagrees => "narrative-disagrees",
            Self::WrongSectionCode => "wrong-section-code",
            Self::DanglingTextReference => "dangling-text-reference",
            Self::UnknownTemplate => "unknown-template",
            Self::UnknownValueType => "unknown-value-type",
        }
    }
}

/// One thing that intake noticed, and where.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is.
    pub code: FindingCode,
    /// Where it stands; never what stands there.
    pub at: Source,
}

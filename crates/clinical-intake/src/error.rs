//! Why a document is refused as a whole.

use clinical_json::Error as JsonError;
use std::fmt;

/// A place in the input: line and column, both one-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Where {
    /// Line.
    pub line: u32,
    /// Column, in characters.
    pub column: u32,
}

impl fmt::Display for Where {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why there is no record. None of these repeats anything of the input.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The input is not JSON.
    #[error("not readable as JSON: {0}")]
    Json(#[from] JsonError),
    /// The input is JSON but not a FHIR resource.
    #[error("not a FHIR resource: the document must be an object with a resourceType ({at})")]
    NotFhir {
        /// Where it should stand.
        at: Where,
    },
    /// Two patients in one document (safety rule 17).
    #[error(
        "one record, one patient: entry {second} is about another patient than entry {first}; nothing was summarised"
    )]
    TwoPatients {
        /// The first entry that says which patient.
        first: usize,
        /// The first entry that says otherwise.
        second: usize,
    },
    /// An object outside of the entries has two members of one name: entries could be lost.
    #[error("two members of one name ({at}): which of them counts, nobody can say; nothing was summarised")]
    Repeated {
        /// The second one.
        at: Where,
    },
    /// The input is XML but not C-CDA.
    #[error("not a C-CDA document: the root element must be ClinicalDocument, or a section or entry of one")]
    NotCcda,
    /// Somebody asked to stop.
    #[error("stopped before the document was read")]
    Stopped,
}

impl Error {
    /// A stable name for machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json(_) => "not-json",
            Self::NotFhir { .. } => "not-fhir",
            Self::TwoPatients { .. } => "one-record-one-patient",
            Self::Repeated { .. } => "repeated-member",
            Self::NotCcda => "not-ccda",
            Self::Stopped => "stopped",
        }
    }
}

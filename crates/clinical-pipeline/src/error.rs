//! Why there is no page.

/// Why there is no page. The text says what and where, never a value of the input.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The document is empty.
    #[error("the document is empty")]
    Empty,
    /// The format is one that is not read.
    #[error(
        "this is not a format that can be read here: FHIR R4 JSON (a Bundle, a resource, or one resource a line), C-CDA XML, or a note in plain text"
    )]
    UnknownFormat,
    /// FHIR in XML, or another XML: only JSON is validated.
    #[error("this is XML, which is not validated here: send FHIR R4 in JSON, one resource or one a line")]
    NotValidated,
    /// The document was refused.
    #[error(transparent)]
    Intake(clinical_intake::Error),
    /// The finished page failed its check and was thrown away. A wrong page is worse than none.
    #[error("the finished page did not pass its check ({code}) and was not given out")]
    Gate {
        /// Which check (`number-not-in-record`, `fact-missing` …).
        code: &'static str,
    },
    /// The words could not be loaded.
    #[error("the lexicon is faulty: {0}")]
    Lexicon(String),
    /// The summary given for verification is not one.
    #[error("the summary to verify cannot be read: {0}")]
    NotASummary(String),
    /// The XML was refused.
    #[error("not readable as XML: {what} at line {line}, column {column}")]
    Xml {
        /// What is wrong with it.
        what: &'static str,
        /// Line, from one.
        line: u32,
        /// Column in characters, from one.
        column: u32,
    },
    /// A line of NDJSON is not JSON.
    #[error("a line is not readable as JSON: line {line}, column {column}; nothing was given out")]
    Line {
        /// Line, from one.
        line: u32,
        /// Column in characters, from one.
        column: u32,
    },
    /// The input is not UTF-8 text.
    #[error("the input is not UTF-8 text: it breaks at byte {at}")]
    NotText {
        /// The first byte that is not.
        at: usize,
    },
    /// The policy needs a secret, or a longer one.
    #[error("the policy needs a secret of at least 16 bytes")]
    NoSecret,
    /// Somebody asked to stop.
    #[error("stopped: the work took longer than allowed")]
    Stopped,
}

impl Error {
    /// A stable name for machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownFormat => "unknown-format",
            Self::NotValidated => "xml-not-validated",
            Self::Intake(e) => e.code(),
            Self::Gate { .. } => "gate",
            Self::Lexicon(_) => "lexicon",
            Self::NotASummary(_) => "not-a-summary",
            Self::Xml { .. } => "not-xml",
            Self::Line { .. } => "not-json",
            Self::NotText { .. } => "not-text",
            Self::NoSecret => "no-secret",
            Self::Stopped => "stopped",
        }
    }

    /// Where in the input, as line and column, where that is known.
    #[must_use]
    pub fn position(&self) -> Option<(u32, u32)> {
        match self {
            Self::Intake(clinical_intake::Error::Json(e)) => Some((e.line(), e.column())),
            Self::Intake(clinical_intake::Error::NotFhir { at } | clinical_intake::Error::Repeated { at }) => {
                Some((at.line, at.column))
            }
            Self::Xml { line, column, .. } | Self::Line { line, column } => Some((*line, *column)),
            _ => None,
        }
    }
}

impl From<clinical_xml::Error> for Error {
    fn from(e: clinical_xml::Error) -> Self {
        Self::Xml { what: e.what, line: e.line, column: e.column }
    }
}

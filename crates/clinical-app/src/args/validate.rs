//! `validate`

use clap::{Args, ValueEnum};
use clinical_pipeline::ValidationMode;

/// `validate`
#[derive(Debug, Args)]
#[command(
    after_help = "FHIR R4 (4.0.1) in JSON, one resource a file or one a line. What is wrong is told by place and rule, never \
    by its value. Of NDJSON each line is a document of its own.\n\n\
    With --format ndjson each document has a line {\"file\", \"ok\", \"is_valid\", \"issues\": [{\"severity\", \"code\", \"key\", \
    \"expression\", \"line\", \"column\", \"details\"}], \"resource_type\"}; one that cannot be read has {\"file\", \"ok\": false, \
    \"error\": {\"code\", \"at\"}}.\n\n\
    Exit codes: 0 all are valid, 1 some are not, 2 a document could not be read, 64 wrong use.\n\n\
    Examples:\n  clinical-notes validate samples/visit.json\n  \
    clinical-notes validate --format ndjson records/ > found.ndjson\n  \
    curl -s https://hospital.example/fhir/Patient/1 | clinical-notes validate --mode lenient"
)]
pub struct Validate {
    /// Resources (.json, .ndjson), folders of them, or - for standard input (also when nothing is named)
    #[arg(value_name = "FILE")]
    pub inputs: Vec<String>,
    /// How strict to be
    #[arg(long, value_enum, default_value_t = ModeName::Strict)]
    pub mode: ModeName,
    /// What to write
    #[arg(long, value_enum, default_value_t = ValidateFormat::Text)]
    pub format: ValidateFormat,
}

/// How strict to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModeName {
    /// Everything
    Strict,
    /// Structure, and what is dangerous
    Lenient,
}

impl ModeName {
    /// The mode of that name.
    #[must_use]
    pub const fn mode(self) -> ValidationMode {
        match self {
            Self::Strict => ValidationMode::Strict,
            Self::Lenient => ValidationMode::Lenient,
        }
    }
}

/// What `validate` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ValidateFormat {
    /// For a terminal
    Text,
    /// One JSON object for each document
    Json,
    /// One JSON line for each document, failed ones too
    Ndjson,
    /// An OperationOutcome of FHIR for each document
    Outcome,
}

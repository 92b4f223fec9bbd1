//! `deidentify`

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `deidentify`
#[derive(Debug, Args)]
#[command(
    after_help = "Nothing finds every identifier: docs/DEIDENTIFY.md says what is looked for and what is not.\n\n\
    Exit codes: 0 done, 2 a document could not be read, 64 wrong use.\n\n\
    Examples:\n  clinical-notes deidentify samples/visit.json > copy.json\n  \
    clinical-notes deidentify --policy surrogate --secret-file secret.txt --output copies/ records/\n  \
    clinical-notes deidentify --jsonl < notes.jsonl > copies.jsonl"
)]
pub struct Deidentify {
    /// Notes, FHIR R4 or C-CDA documents, folders of them, or - for standard input (also when nothing is named)
    #[arg(value_name = "FILE")]
    pub inputs: Vec<String>,
    /// What stands in the place of an identifier
    #[arg(long, value_enum, default_value_t = PolicyName::SafeHarbor)]
    pub policy: PolicyName,
    /// File with the secret that decides surrogates and moved dates, 16 bytes at least (variable
    /// CLINICAL_DEIDENTIFY_SECRET, or CLINICAL_DEIDENTIFY_SECRET_FILE)
    #[arg(long, value_name = "PATH")]
    pub secret_file: Option<PathBuf>,
    /// Whose documents they are: the dates of one subject move by the same days (surrogate)
    #[arg(long, value_name = "TEXT")]
    pub subject: Option<String>,
    /// File of texts that are no identifiers, one a line
    #[arg(long, value_name = "PATH")]
    pub allow: Option<PathBuf>,
    /// File of texts that are never to be seen, one a line
    #[arg(long, value_name = "PATH")]
    pub deny: Option<PathBuf>,
    /// File for what was removed, one JSON line a document, never the value; - for standard output (with --output)
    #[arg(long, value_name = "PATH")]
    pub report: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = CopyFormat::Document)]
    pub format: CopyFormat,
    /// File to write to, or folder for one file each
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Read lines {"id", "text"} and write lines {"id", "text", "removed"}
    #[arg(long, conflicts_with_all = ["report", "format", "output"])]
    pub jsonl: bool,
    /// Take this as the time now, for a repeatable result (RFC 3339 with a zone: 2025-03-01T09:00:00Z)
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

/// What stands in the place of an identifier: the policies of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PolicyName {
    /// A tag by kind; of dates the year stays (45 CFR 164.514(b)(2))
    SafeHarbor,
    /// Something invented, the same for the same value within a document; dates move. Needs a secret
    Surrogate,
    /// A * for every letter and digit
    Mask,
    /// As safe-harbor, but dates, cities and ZIP codes stay: a limited data set (45 CFR 164.514(e))
    KeepDates,
}

impl PolicyName {
    /// The policy.
    #[must_use]
    pub const fn policy(self) -> clinical_pipeline::Policy {
        match self {
            Self::SafeHarbor => clinical_pipeline::Policy::SafeHarbor,
            Self::Surrogate => clinical_pipeline::Policy::Surrogate,
            Self::Mask => clinical_pipeline::Policy::Mask,
            Self::KeepDates => clinical_pipeline::Policy::KeepDates,
        }
    }
}

/// What `deidentify` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CopyFormat {
    /// The document in its own format
    Document,
    /// The document in a JSON object, with what was removed
    Json,
    /// One JSON line for each document, failed ones too
    Ndjson,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_pipeline::Policy;

    #[test]
    fn every_policy_has_its_own_name_here() {
        let ours: Vec<_> = PolicyName::value_variants().iter().map(|name| name.policy()).collect();
        assert_eq!(ours, Policy::ALL);
        for name in PolicyName::value_variants() {
            assert_eq!(name.to_possible_value().unwrap().get_name(), name.policy().as_str());
        }
    }
}

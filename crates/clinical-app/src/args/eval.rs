//! `eval`

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `eval`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  clinical-notes eval narrator --notes notes/ --limit 20")]
pub struct Eval {
    /// What to measure.
    #[command(subcommand)]
    pub command: EvalCommand,
}

/// What can be measured.
#[derive(Debug, Subcommand)]
pub enum EvalCommand {
    /// Ask the configured language model about every note of a folder, and say what became of its answers.
    Narrator(EvalNarrator),
}

/// `eval narrator`
#[derive(Debug, Args)]
#[command(
    after_help = "The notes are sent as the service sends them: without identity, numbers, medicines and tests, to the \
    server that CLINICAL_AI_BASE_URL names. No word of a note or of an answer is printed. Where there is no such folder, \
    that is said and nothing is measured.\n\n\
    Exit codes: 0 measured or nothing to measure, 2 a note could not be read, 64 wrong use or no model configured.\n\n\
    Example:\n  clinical-notes eval narrator --notes notes/ --limit 20 --json"
)]
pub struct EvalNarrator {
    /// Folder of notes (.txt)
    #[arg(long, value_name = "FOLDER")]
    pub notes: PathBuf,
    /// No more notes than this, the first by name
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Write one JSON object
    #[arg(long)]
    pub json: bool,
}

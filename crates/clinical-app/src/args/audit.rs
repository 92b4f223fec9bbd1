//! `audit`

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `audit`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  clinical-notes audit verify /app/logs/audit /app/logs/security")]
pub struct AuditArgs {
    /// What to do with the log.
    #[command(subcommand)]
    pub command: AuditCommand,
}

/// The commands for the audit log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Check that no line was removed, changed, added or moved, and say where.
    Verify(AuditVerify),
}

/// `audit verify`
#[derive(Debug, Args)]
#[command(
    after_help = "A folder must hold a log from its beginning to its end; files that are named one by one may be a \
    part of it. Folders of both logs together are also held against each other.\n\n\
    Exit codes: 0 whole, 1 faults found, 2 something could not be read, 64 wrong use.\n\n\
    Example:\n  clinical-notes audit verify --public-key \"$(cat audit.pub)\" /app/logs/audit /app/logs/security"
)]
pub struct AuditVerify {
    /// Folders of a log, or files of one
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Every checkpoint must be signed with this key (base64, as the service prints it when it starts); may be given
    /// again for a key that came later
    #[arg(long, value_name = "KEY")]
    pub public_key: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = AuditReport::Text)]
    pub format: AuditReport,
}

/// What `audit verify` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AuditReport {
    /// For a terminal
    Text,
    /// One JSON object
    Json,
}

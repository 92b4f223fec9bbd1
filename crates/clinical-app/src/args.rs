//! The command line. Help texts carry an example each.

mod audit;
mod config;
mod deidentify;
mod eval;
mod inspect;
mod token;
mod validate;

pub use audit::{AuditArgs, AuditCommand, AuditReport, AuditVerify};
pub use config::{Config, ConfigFormat, Template};
pub use deidentify::{CopyFormat, Deidentify, PolicyName};
pub use eval::{Eval, EvalCommand, EvalNarrator};
pub use inspect::{Inspect, InspectFormat};
pub use token::Token;
pub use validate::{ModeName, Validate, ValidateFormat};

use clap::{Args, Parser, Subcommand, ValueEnum};
use clinical_pipeline::Page;
use std::path::PathBuf;

/// Turns a health record into a sheet that a patient can use.
///
/// Without a command it serves a web page on <http://127.0.0.1:8000> with samples to try.
#[derive(Debug, Parser)]
#[command(name = "clinical-notes", version, after_help = "Example:\n  clinical-notes summarize samples/visit.json")]
pub struct Cli {
    /// What to do; nothing means `serve`.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the web page and the HTTP service.
    Serve(Serve),
    /// Make a sheet from records (FHIR R4, C-CDA, notes): files, folders, or standard input.
    Summarize(Summarize),
    /// Make a copy without identity: names, dates, places, numbers and all else that tells who a person is.
    Deidentify(Deidentify),
    /// Say what notes hold, piece by piece: their sections, what they name, and how they speak of it.
    Inspect(Inspect),
    /// Say whether resources are correct FHIR R4, and what is wrong with them and where.
    Validate(Validate),
    /// Print the effective settings, secrets masked, and all that is wrong with them.
    Config(Config),
    /// Print the description of the HTTP service (OpenAPI 3.1).
    Openapi(Openapi),
    /// Ask a running service whether it is well: for HEALTHCHECK of a container.
    Healthcheck(Healthcheck),
    /// Make an access token, for development only.
    Token(Token),
    /// Check the audit log.
    Audit(AuditArgs),
    /// Measure what a configured language model does over a folder of notes.
    Eval(Eval),
    /// Check that every fact of a summary stands in the record, and that nothing is missing.
    Verify(Verify),
}

/// `serve`
#[derive(Debug, Default, Args)]
#[command(after_help = "An option goes before its variable.\n\n\
    Example:\n  clinical-notes serve --port 8080 --max-request-mb 50")]
pub struct Serve {
    /// Address to listen on (default 127.0.0.1; variable CLINICAL_HOST)
    #[arg(long)]
    pub host: Option<String>,
    /// Port to listen on (default 8000; variable CLINICAL_PORT)
    #[arg(long)]
    pub port: Option<String>,
    /// Largest document taken, in megabytes (default 10; variable CLINICAL_MAX_REQUEST_SIZE_MB)
    #[arg(long, value_name = "MB")]
    pub max_request_mb: Option<String>,
    /// Longest time for one document (default 5; variable CLINICAL_MAX_PROCESSING_TIME_SECONDS)
    #[arg(long, value_name = "SECONDS")]
    pub max_seconds: Option<String>,
}

/// `openapi`
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  clinical-notes openapi > openapi.json")]
pub struct Openapi {}

/// `healthcheck`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 well, 1 not well, 2 no answer, 64 wrong use.\n\n\
    Example:\n  clinical-notes healthcheck --what live")]
pub struct Healthcheck {
    /// What to ask for
    #[arg(long, value_enum, default_value_t = Question::Ready)]
    pub what: Question,
    /// Longest time to wait
    #[arg(long, value_name = "SECONDS", default_value_t = 3)]
    pub timeout: u64,
}

/// What `healthcheck` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Question {
    /// Is the process there?
    Live,
    /// May requests be sent?
    Ready,
    /// Has it started?
    Startup,
}

/// `summarize`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 done, 1 some entries could not be used, 2 a document could not be read, \
    64 wrong use.\n\n\
    Examples:\n  clinical-notes summarize samples/visit.json\n  \
    clinical-notes summarize samples/office-note.txt\n  \
    clinical-notes summarize --audience clinician samples/office-note.txt\n  \
    clinical-notes summarize --format html --output sheets/ records/\n  \
    clinical-notes summarize --ai samples/office-note.txt\n  \
    cat record.json | clinical-notes summarize - --format ndjson")]
pub struct Summarize {
    /// Records (FHIR: .json, .ndjson; C-CDA: .xml; notes: .txt), folders of them, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// File to write to, or folder for one file each
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
    /// Large print (html)
    #[arg(long)]
    pub large_print: bool,
    /// For whom: the patient's sheet, or the clinician's extract of a note
    #[arg(long, value_enum, default_value_t = Audience::Patient)]
    pub audience: Audience,
    /// Let the language model of the settings (CLINICAL_AI_BASE_URL and others) put sentences into plainer words, beside
    /// the record's own
    #[arg(long)]
    pub ai: bool,
    /// Take this as the time now, for a repeatable result (RFC 3339 with a zone: 2025-03-01T09:00:00Z)
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,
}

/// `verify`
#[derive(Debug, Args)]
#[command(after_help = "Exit codes: 0 no fault, 1 faults found, 2 something could not be read, 64 wrong use.\n\n\
    Example:\n  clinical-notes summarize --format json record.json > summary.json\n  \
    clinical-notes verify record.json summary.json")]
pub struct Verify {
    /// The record that the summary was made from, or - for standard input
    pub source: String,
    /// The JSON summary
    #[arg(value_name = "SUMMARY.json")]
    pub summary: String,
    /// What to write
    #[arg(long, value_enum, default_value_t = Report::Text)]
    pub format: Report,
}

/// For whom `summarize` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// The sheet
    Patient,
    /// Sentences of the note that carry its decisions, word for word
    Clinician,
}

/// What `summarize` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// One page that needs nothing else
    Html,
    /// For a portal
    Markdown,
    /// The summary as JSON, with where each fact stands
    Json,
    /// One JSON line for each document, failed ones too
    Ndjson,
}

impl Format {
    /// The page that the pipeline makes for it.
    #[must_use]
    pub const fn page(self) -> Page {
        match self {
            Self::Text => Page::Text,
            Self::Html => Page::Html,
            Self::Markdown => Page::Markdown,
            Self::Json | Self::Ndjson => Page::Json,
        }
    }

    /// How files of it end.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
        }
    }
}

/// What `verify` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Report {
    /// For a terminal
    Text,
    /// One JSON object
    Json,
    /// One JSON line, a failure too
    Ndjson,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn nothing_means_serve() {
        assert!(Cli::try_parse_from(["clinical-notes"]).unwrap().command.is_none());
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example"), "{}", command.get_name());
        }
    }

    #[test]
    fn standard_input_is_a_file() {
        let cli = Cli::try_parse_from(["clinical-notes", "summarize", "-", "--format", "ndjson"]).unwrap();
        let Some(Command::Summarize(args)) = cli.command else { panic!("not summarize") };
        assert_eq!((args.inputs, args.format), (vec!["-".to_owned()], Format::Ndjson));
    }
}

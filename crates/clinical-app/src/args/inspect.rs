//! `inspect`

use clap::{Args, ValueEnum};

/// `inspect`
#[derive(Debug, Args)]
#[command(
    after_help = "Places are Unicode code points, from 0, the end not included. What is found is what the rules know: a \
    note can say more.\n\n\
    With --jsonl each line has the answer {\"id\", \"sections\": [{\"start\", \"end\", \"kind\"}], \"mentions\": [{\"start\", \
    \"end\", \"text\", \"kind\", \"assertion\", \"experiencer\", \"temporality\", \"code\"?}]}. With targets, only the places \
    where one of these phrases stands are told.\n\n\
    Exit codes: 0 done, 2 a note or a line could not be read, 64 wrong use.\n\n\
    Examples:\n  clinical-notes inspect samples/office-note.txt\n  \
    clinical-notes inspect --format json samples/\n  \
    echo '{\"id\": 1, \"text\": \"No fever.\", \"targets\": [\"fever\"]}' | clinical-notes inspect --jsonl"
)]
pub struct Inspect {
    /// Notes (.txt), folders of them, or - for standard input (also when nothing is named)
    #[arg(value_name = "FILE")]
    pub inputs: Vec<String>,
    /// What to write
    #[arg(long, value_enum, default_value_t = InspectFormat::Text)]
    pub format: InspectFormat,
    /// Read lines {"id", "text", "targets"?} and write lines {"id", "sections", "mentions"}
    #[arg(long, conflicts_with = "format")]
    pub jsonl: bool,
}

/// What `inspect` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    /// For a terminal
    Text,
    /// One JSON object for each note
    Json,
    /// The same, and a line for each note that could not be read, too
    Ndjson,
}

//! `config`

use super::Serve;
use crate::settings::{Deployment, Given};
use clap::{Args, ValueEnum};

/// `config`
#[derive(Debug, Args)]
#[command(after_help = "Secrets are shown as ********. With a mistake nothing is shown but the mistakes.\n\n\
    Exit codes: 0 the service would start with these settings, 64 it would not.\n\n\
    Examples:\n  clinical-notes config\n  clinical-notes config --format json\n  \
    clinical-notes config --env production > .env")]
pub struct Config {
    /// The options of `serve`, so that what they change is shown.
    #[command(flatten)]
    pub serve: Serve,
    /// What to write
    #[arg(long, value_enum, default_value_t = ConfigFormat::Text)]
    pub format: ConfigFormat,
    /// Write a file with every setting and what it means, for one environment
    #[arg(long, value_enum, value_name = "ENVIRONMENT", conflicts_with_all = ["markdown", "format"])]
    pub env: Option<Template>,
    /// Write docs/CONFIGURATION.md
    #[arg(long, conflicts_with = "format")]
    pub markdown: bool,
}

/// What `config` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ConfigFormat {
    /// One NAME=value a line, and where it came from
    Text,
    /// One JSON object
    Json,
}

/// The environments that have a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Template {
    /// A hospital's network
    Production,
    /// A developer's machine
    Development,
}

impl Template {
    /// The environment that it is for.
    #[must_use]
    pub const fn deployment(self) -> Deployment {
        match self {
            Self::Production => Deployment::Production,
            Self::Development => Deployment::Development,
        }
    }
}

impl From<&Serve> for Given {
    fn from(args: &Serve) -> Self {
        Self {
            host: args.host.clone(),
            port: args.port.clone(),
            max_request_mb: args.max_request_mb.clone(),
            max_seconds: args.max_seconds.clone(),
        }
    }
}

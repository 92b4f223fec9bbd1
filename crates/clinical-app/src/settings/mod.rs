//! Settings: one table says what there is; they are read through a trait so that a test gives a map, and checked whole
//! so that all mistakes are named at once. A mistake ends the program with 64 before a port opens.

mod build;
mod choices;
mod dotenv;
mod effective;
mod file;
mod gather;
mod given;
mod hosts;
mod kind;
mod markdown;
mod mistake;
mod parse;
mod parse_net;
mod refusals;
pub mod secret;
mod setting;
mod strings;
mod surroundings;
mod table;
mod unknown;

pub use choices::{Deployment, LogLevel};
pub use dotenv::template;
pub use effective::{Effective, effective};
pub(crate) use file::ordinary as secret_file;
pub use gather::Origin;
pub use given::Given;
pub use kind::{Item, Kind, Secret};
pub use markdown::markdown;
pub use mistake::Mistake;
pub use refusals::{REFUSALS, Refusal};
pub use setting::{Group, Setting};
pub use strings::{Environment, Strings};
pub use surroundings::Surroundings;
pub use table::{GROUPS, settings};

use crate::{access, audit, limits, narrator, telemetry, tls};
use clinical_pipeline::Phi;
use gather::Gathered;
use std::path::PathBuf;
use std::time::Duration;

/// How the service runs. The default is what a newcomer gets: development, on this machine alone.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// The name of the service in its own descriptions.
    pub app_name: String,
    /// How strict start-up was.
    pub environment: Deployment,
    /// The log says more.
    pub debug: bool,
    /// Address to listen on.
    pub host: String,
    /// Port to listen on; 0 takes any free one.
    pub port: u16,
    /// Names by which clients may call the service, see [`Settings::is_allowed_host`].
    pub allowed_hosts: Vec<String>,
    /// Origins of pages that may call it from a browser; `*` is every one.
    pub allowed_origins: Vec<String>,
    /// Longest time given to one document.
    pub max_time: Duration,
    /// Longest body taken, in bytes.
    pub max_request_bytes: usize,
    /// Whether shapes and sizes of requests are logged.
    pub request_logging: bool,
    /// The least important events that are logged.
    pub log_level: LogLevel,
    /// The folder of `application.log`, if there is one.
    pub log_dir: Option<PathBuf>,
    /// Whether there is a route `/metrics`.
    pub metrics: bool,
    /// The Content-Security-Policy of replies: always the value of a header.
    pub csp_policy: String,
    /// Seconds for which browsers come by HTTPS only.
    pub hsts_max_age: u64,
    /// Whether that holds for names below ours.
    pub hsts_include_subdomains: bool,
    /// The folder of models.
    pub model_cache_dir: PathBuf,
    /// Decides surrogates (`/api/v1/deidentify`); without one there are none.
    pub deidentify_secret: Option<Phi<Vec<u8>>>,
    /// Who is let in.
    pub access: access::Config,
    /// Where accesses are written down; without one they are not, which production refuses.
    pub audit: Option<audit::Config>,
    /// How much is taken from whom.
    pub limits: limits::Config,
    /// Where traces and metrics go.
    pub telemetry: telemetry::Config,
    /// The language model, if one is asked.
    pub narrator: Option<narrator::Config>,
    /// The certificate, if the service speaks TLS itself.
    pub tls: Option<tls::Config>,
}

impl Default for Settings {
    fn default() -> Self {
        build::settings(&Gathered::nothing())
    }
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// Every mistake, not only the first. None holds anything that was read.
    pub fn read(from: &dyn Strings, given: &Given, around: &Surroundings) -> Result<Self, Vec<Mistake>> {
        examine(from, given, around).map(|(settings, _)| settings)
    }
}

/// The settings, and the texts that they were made of.
fn examine(from: &dyn Strings, given: &Given, around: &Surroundings) -> Result<(Settings, Gathered), Vec<Mistake>> {
    let (gathered, mut mistakes) = Gathered::read(from, given);
    let settings = build::settings(&gathered);
    mistakes.extend(unknown::mistakes(&from.names()));
    mistakes.extend(refusals::mistakes(&settings, &gathered, around));
    if mistakes.is_empty() { Ok((settings, gathered)) } else { Err(mistakes) }
}

#[cfg(test)]
mod tests;

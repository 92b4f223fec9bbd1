//! Settings: read through a trait so that a test gives a map, checked whole so that all mistakes are named at once.
#![expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]

use crate::secret;
use clinical_pipeline::Phi;
use std::collections::HashMap;
use std::str::FromStr;
use std::time::Duration;

/// Where settings come from.
pub trait Strings {
    /// The value under a name, if it is set.
    fn get(&self, name: &str) -> Option<String>;
}

impl<S: std::hash::BuildHasher> Strings for HashMap<String, String, S> {
    fn get(&self, name: &str) -> Option<String> {
        HashMap::get(self, name).cloned()
    }
}

/// The environment of the process. A value that is not Unicode reads as one that no setting accepts.
#[derive(Clone, Copy, Debug)]
pub struct Environment;

impl Strings for Environment {
    fn get(&self, name: &str) -> Option<String> {
        std::env::var_os(name).map(|value| value.into_string().unwrap_or_else(|_| "\u{fffd}".to_owned()))
    }
}

/// How the service runs.
#[derive(Clone, PartialEq, Debug)]
pub struct Settings {
    /// Address to listen on.
    pub host: String,
    /// Port to listen on; 0 takes any free one.
    pub port: u16,
    /// Longest body taken, in bytes.
    pub max_request_bytes: usize,
    /// Longest time given to one document.
    pub max_time: Duration,
    /// Decides surrogates (`/api/v1/deidentify`); without one there are none.
    pub deidentify_secret: Option<Phi<Vec<u8>>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port: 8000,
            max_request_bytes: 10 << 20,
            max_time: Duration::from_secs(5),
            deidentify_secret: None,
        }
    }
}

/// What the command line says; it goes before the environment.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Given {
    /// `--host`
    pub host: Option<String>,
    /// `--port`
    pub port: Option<String>,
    /// `--max-request-mb`
    pub max_request_mb: Option<String>,
    /// `--max-seconds`
    pub max_seconds: Option<String>,
}

/// A setting with a value it cannot have. The value is not repeated: it may be a secret in the wrong place.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{name} must be {must_be}")]
pub struct Mistake {
    /// The setting, as the user wrote it.
    pub name: String,
    /// What it must be.
    pub must_be: &'static str,
}

impl Settings {
    /// Reads the settings.
    ///
    /// # Errors
    /// Every mistake, not only the first.
    pub fn read(from: &dyn Strings, given: &Given) -> Result<Self, Vec<Mistake>> {
        let fallback = Self::default();
        let mut reader = Reader { from, mistakes: Vec::new() };
        let host =
            reader.value((&given.host, "--host", "CLINICAL_HOST"), "a host name or an address to listen on", |text| {
                (!text.is_empty() && text.chars().all(|c| c.is_ascii_graphic())).then(|| text.to_owned())
            });
        let port = reader.value((&given.port, "--port", "CLINICAL_PORT"), "a whole number from 0 to 65535", |text| {
            u16::from_str(text).ok()
        });
        let megabytes = reader.value(
            (&given.max_request_mb, "--max-request-mb", "CLINICAL_MAX_REQUEST_SIZE_MB"),
            "a whole number of megabytes from 1 to 2000",
            |text| usize::from_str(text).ok().filter(|n| (1..=2000).contains(n)),
        );
        let seconds = reader.value(
            (&given.max_seconds, "--max-seconds", "CLINICAL_MAX_PROCESSING_TIME_SECONDS"),
            "a number of seconds above 0, 3600 at most",
            |text| f64::from_str(text).ok().filter(|n| *n > 0.0 && *n <= 3600.0),
        );
        let mut mistakes = reader.mistakes;
        let deidentify_secret = secret::read(None, from).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            None
        });
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        Ok(Self {
            host: host.unwrap_or(fallback.host),
            port: port.unwrap_or(fallback.port),
            max_request_bytes: megabytes.map_or(fallback.max_request_bytes, |n| n << 20),
            max_time: seconds.map_or(fallback.max_time, Duration::from_secs_f64),
            deidentify_secret,
        })
    }
}

struct Reader<'s> {
    from: &'s dyn Strings,
    mistakes: Vec<Mistake>,
}

impl Reader<'_> {
    fn value<T>(
        &mut self,
        (given, flag, variable): (&Option<String>, &str, &str),
        must_be: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (text, name) = match given {
            Some(text) => (text.clone(), flag),
            None => (self.from.get(variable)?, variable),
        };
        let value = parse(text.trim());
        if value.is_none() {
            self.mistakes.push(Mistake { name: name.to_owned(), must_be });
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(pairs: &[(&str, &str)]) -> HashMap<String, String> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    #[test]
    fn nothing_set_is_the_default() {
        assert_eq!(Settings::read(&map(&[]), &Given::default()), Ok(Settings::default()));
    }

    #[test]
    fn the_command_line_goes_before_the_environment() {
        let given = Given { port: Some("9000".to_owned()), ..Given::default() };
        let settings =
            Settings::read(&map(&[("CLINICAL_PORT", "oops"), ("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "0.5")]), &given)
                .unwrap();
        assert_eq!((settings.port, settings.max_time), (9000, Duration::from_millis(500)));
    }

    #[test]
    fn all_mistakes_are_named_and_no_value_is() {
        let mistakes = Settings::read(
            &map(&[
                ("CLINICAL_HOST", ""),
                ("CLINICAL_PORT", "canary"),
                ("CLINICAL_MAX_REQUEST_SIZE_MB", "0"),
                ("CLINICAL_MAX_PROCESSING_TIME_SECONDS", "NaN"),
                ("CLINICAL_DEIDENTIFY_SECRET", "canary"),
            ]),
            &Given::default(),
        )
        .unwrap_err();
        let text: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        assert_eq!(mistakes.len(), 5);
        assert!(text[1].starts_with("CLINICAL_PORT must be"));
        assert!(!text.concat().contains("canary"));
    }
}

//! The twin of the real thing for a program without the feature `otlp`: the same calls, which do nothing.

use super::{Arrival, Config, Error, Level};
use crate::health::Dependency;
use crate::metrics::Metrics;
use axum::http::HeaderMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

/// Sends nothing.
#[derive(Clone, Debug)]
pub struct Telemetry;

/// A span that nobody hears of.
#[derive(Debug)]
pub struct Span;

/// A place in no trace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place;

impl Telemetry {
    /// Sends nothing.
    #[must_use]
    pub const fn off() -> Self {
        Self
    }

    /// Sends nothing.
    ///
    /// # Errors
    /// If the settings name a collector: it would wait in vain.
    pub fn start(
        config: &Config,
        _version: &'static str,
        _runtime: &Handle,
        _metrics: &Arc<Metrics>,
    ) -> Result<Self, Error> {
        if config.endpoint.is_some() { Err(Error::NotBuilt) } else { Ok(Self) }
    }

    /// How the collector is: there is none.
    #[must_use]
    pub const fn dependency(&self) -> Dependency {
        Dependency::NONE
    }

    /// A request came.
    #[must_use]
    pub const fn begin(&self, _arrival: Arrival, _headers: &HeaderMap) -> Span {
        Span
    }

    /// Something happened.
    pub const fn log(&self, _level: Level, _event: &str, _fields: &[(&str, &str)], _place: Option<Place>) {}

    /// There is nothing to wait for.
    pub async fn shutdown(&self, _within: Duration) {}
}

impl Span {
    /// Where a log record of this request belongs.
    #[must_use]
    pub const fn place(&self) -> Option<Place> {
        None
    }

    /// The request was answered.
    pub fn end(self, _status: u16, _time: Duration) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Build, Vocabulary};
    use clinical_pipeline::Phi;

    #[tokio::test]
    async fn a_collector_that_the_settings_name_is_refused() {
        let words = Vocabulary {
            routes: &[],
            gate_codes: &[],
            auth_reasons: &[],
            identifier_kinds: &[],
            narrator_outcomes: &[],
            narrator_refusals: &[],
        };
        let metrics = Arc::new(Metrics::new(Build { version: "0", lexicon: "0", commit: None }, &words));
        let mut config = Config {
            endpoint: Some("http://127.0.0.1:4318".to_owned()),
            headers: Phi::new(Vec::new()),
            service_name: String::new(),
            environment: "development",
        };
        let start = |config: &Config| Telemetry::start(config, "0", &Handle::current(), &metrics).map(|_| ());
        assert_eq!(start(&config), Err(Error::NotBuilt));
        config.endpoint = None;
        assert_eq!(start(&config), Ok(()));
    }
}

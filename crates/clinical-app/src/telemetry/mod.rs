//! Traces, metrics and logs for a collector, by OTLP over HTTP, where the settings name one.
//!
//! What is sent is an allow-list, as the log is: of a request its method, the pattern of its route, its status, its time
//! and the name that we gave it; never its path, its query, one of its headers or the address it came from. Log records
//! are made of the tables of [`crate::log_fields`] and of nothing else. Names are those of OpenTelemetry's semantic
//! conventions for HTTP, so that a collector, and Azure Monitor behind it, knows what they are.
//!
//! Sending is nobody's reason to wait: what happened goes into a queue of fixed length, and into nothing when that is
//! full. Without the feature `otlp` all of this is empty functions.

pub mod trace_context;

#[cfg(feature = "otlp")]
mod client;
#[cfg(feature = "otlp")]
mod providers;
#[cfg(feature = "otlp")]
mod records;
#[cfg(feature = "otlp")]
mod signals;

#[cfg(not(feature = "otlp"))]
#[path = "off.rs"]
mod signals;

pub use signals::{Place, Span, Telemetry};

use crate::request_id::RequestId;
use clinical_pipeline::Phi;
use std::time::Duration;

/// How long the end of the program waits for what is still to be sent.
pub const GRACE: Duration = Duration::from_secs(2);

/// What is sent where.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// The base address of the collector (`OTEL_EXPORTER_OTLP_ENDPOINT`), to which `/v1/traces` and so on are added.
    /// Without one nothing is sent.
    pub endpoint: Option<String>,
    /// Headers for the collector; a token, mostly.
    pub headers: Phi<Vec<(String, String)>>,
    /// `service.name`
    pub service_name: String,
    /// `deployment.environment.name`
    pub environment: &'static str,
}

/// Why nothing can be sent with these settings. The value is not repeated.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The endpoint.
    #[error("the endpoint of the collector must be an http or https address without user, query or fragment")]
    Endpoint,
    /// A header.
    #[error("a header for the collector has a name or a value that HTTP does not allow")]
    Header,
    /// The certificates of the system.
    #[error("the certificates of this system cannot be read, so that no collector can be trusted")]
    Certificates,
    /// Anything else.
    #[error("the exporter could not be made")]
    Exporter,
    /// It was left out.
    #[error("this program was built without the feature otlp")]
    NotBuilt,
}

/// How much something matters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Something broke.
    Error,
    /// Something is not as it should be.
    Warn,
    /// Something happened.
    Info,
}

/// What is told of a request when it comes.
#[derive(Clone, Copy, Debug)]
pub struct Arrival {
    /// The method, if HTTP knows it, else `other`.
    pub method: &'static str,
    /// The pattern of the route, never the path; `-` for none.
    pub route: &'static str,
    /// Whether it came over TLS.
    pub secure: bool,
    /// The name that we gave it.
    pub id: RequestId,
}

//! The command line, the HTTP service and the web page: the only crate that touches the world.
//!
//! Everything about documents is done by `clinical_pipeline`; here are its surroundings: arguments, settings, files,
//! the clock, the network.

pub mod access;
pub mod args;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod copy;
pub mod core_dumps;
pub mod envelope;
pub mod exit;
pub mod fault;
pub mod health;
pub mod http;
pub mod inspection;
pub mod job;
pub mod limits;
pub mod log_fields;
pub mod log_file;
pub mod logging;
pub mod memory;
pub mod metrics;
pub mod narrator;
pub mod panic_hook;
pub mod peek;
pub mod removal;
pub mod request_id;
pub mod samples;
pub mod settings;
pub mod telemetry;
pub mod tls;
pub mod validation;

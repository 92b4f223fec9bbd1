//! The command line, the HTTP service and the web page: the only crate that touches the world.
//!
//! Everything about documents is done by `clinical_pipeline`; here are its surroundings: arguments, settings, files,
//! the clock, the network.

pub mod args;
pub mod cli;
pub mod clock;
pub mod copy;
pub mod core_dumps;
pub mod envelope;
pub mod exit;
pub mod fault;
pub mod http;
pub mod job;
pub mod log_fields;
pub mod logging;
pub mod memory;
pub mod panic_hook;
pub mod peek;
pub mod removal;
pub mod request_id;
pub mod samples;
pub mod secret;
pub mod settings;

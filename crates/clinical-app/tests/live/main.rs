//! The real program as an operator runs it: a process of its own, settings in its environment, real components beside
//! it, and ends by signals. What can be seen from within stands in the other tests; here is what only the whole shows.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a helper that fails is a test that fails"
)]
#![expect(clippy::disallowed_methods, reason = "a test of a program with files, an environment and a clock")]

mod access;
mod audit;
mod broken;
mod client;
mod ending;
mod folder;
mod keys;
mod kill;
mod limits;
mod lines;
mod overload;
mod person;
mod prometheus;
mod redis;
mod refusals;
mod service;
mod sinks;
mod tls;
mod tokens;

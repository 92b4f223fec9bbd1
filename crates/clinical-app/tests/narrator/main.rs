//! The service and a language model: a server that does all that a server can do wrong.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "measures time, and writes the file of a token")]

mod cli;
#[path = "../common/mod.rs"]
mod common;
mod identity;
mod load;
mod off;
mod protocol;
mod service;
mod stub;
mod wrong;

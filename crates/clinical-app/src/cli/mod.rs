//! The commands: data on standard output, everything else on standard error.

pub mod audit;
pub mod config;
pub mod deidentify;
pub mod eval;
pub mod healthcheck;
pub mod inspect;
pub mod openapi;
pub mod serve;
pub mod summarize;
pub mod token;
pub mod usage;
pub mod validate;
pub mod verify;

mod inputs;
mod lines;
mod model;
mod progress;
mod say;
mod sink;
mod split;

//! The commands: data on standard output, everything else on standard error.

pub mod serve;
pub mod summarize;
pub mod verify;

mod inputs;
mod say;
mod sink;
mod split;

//! The audit log, written and checked as a whole.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests of files and processes")]

mod chain;
mod collector;
mod command;
mod full;
mod kill;
mod shape;
mod support;
mod tamper;
mod torn;

//! The canary test: identifiers are planted wherever somebody could put one, the real program is driven through
//! everything that it can do and that can go wrong, and nothing that it writes may hold one of them: its log, its
//! messages, the headers of its replies, the bodies of its refusals, and whatever files it may leave.
//!
//! Routes, methods, commands and formats come from the program's own tables: one that this test does not know fails it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "a test of a program that reads and writes files")]

mod commands;
mod documents;
mod folders;
mod removal;
mod server;
mod service;
mod tokens;

use tokens::Canaries;

#[test]
fn no_route_method_format_or_failure_writes_an_identifier() {
    service::routes_methods_formats(&Canaries::new(11));
}

#[test]
fn no_limit_writes_an_identifier() {
    service::limits(&Canaries::new(22));
}

#[test]
fn no_command_writes_an_identifier() {
    commands::every_command(&Canaries::new(33));
}

#[test]
fn no_copy_holds_an_identifier_that_can_be_found() {
    removal::every_policy(&Canaries::new(44));
}

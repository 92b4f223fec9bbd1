//! The canary test: identifiers are planted wherever somebody could put one, the real program is driven through
//! everything that it can do and that can go wrong, and nothing that it writes may hold one of them: its log, its audit
//! and security logs, its messages, its metrics, what it sends to a collector, the headers of its replies, the bodies of
//! its refusals, and whatever files it may leave.
//!
//! Routes, methods, commands, settings and formats come from the program's own tables: one that this test does not know
//! fails it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails is a test that fails")]
#![expect(clippy::disallowed_methods, reason = "a test of a program that reads and writes files")]

mod access;
mod audits;
mod bearers;
mod canaries;
mod commands;
mod documents;
mod failures;
mod folders;
mod limits;
mod listener;
mod model;
mod redis;
mod removal;
mod requests;
mod routes;
mod server;
mod service;
mod settings;
mod watched;
mod written;

use canaries::Canaries;

/// Both take as long as the service is patient, so that they wait together. Tests begin in the order of their names.
#[test]
fn a_slow_client_and_an_exchanged_secret_are_not_quoted() {
    std::thread::scope(|scope| {
        scope.spawn(|| limits::too_slow(&Canaries::new(26)));
        scope.spawn(|| settings::exchanged(&Canaries::new(27)));
    });
}

#[test]
fn no_route_method_format_or_failure_writes_an_identifier() {
    service::routes_methods_formats(&Canaries::new(11));
}

#[test]
fn no_limit_writes_an_identifier() {
    limits::too_large_and_too_late(&Canaries::new(22));
}

#[test]
fn no_refusal_of_too_many_requests_writes_an_identifier() {
    limits::too_often(&Canaries::new(23));
    limits::too_much_at_once(&Canaries::new(24));
}

#[test]
fn no_redis_is_told_who_asks() {
    if redis::is_there() {
        redis::is_told_nothing(&Canaries::new(24));
    } else {
        println!("not run: there is no redis-server");
    }
}

#[test]
fn no_failed_handshake_writes_an_identifier() {
    limits::no_handshake(&Canaries::new(25));
}

#[test]
fn no_command_writes_an_identifier() {
    commands::every_command(&Canaries::new(33));
}

#[test]
fn no_copy_holds_an_identifier_that_can_be_found() {
    removal::every_policy(&Canaries::new(44));
}

#[test]
fn no_token_writes_who_it_is_of() {
    access::every_token(&Canaries::new(55));
}

#[test]
fn no_key_server_or_collector_is_quoted() {
    access::no_keys(&Canaries::new(56));
}

#[test]
fn no_language_model_is_told_or_quoted() {
    model::is_told_nothing(&Canaries::new(77));
}

#[test]
fn no_setting_writes_its_value() {
    settings::every_setting(&Canaries::new(66));
    #[cfg(unix)]
    settings::no_unicode(&Canaries::new(67));
}

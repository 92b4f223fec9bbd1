//! `clinical-notes openapi`
#![expect(clippy::disallowed_methods, reason = "the description goes to standard output")]

use super::say::say;
use crate::exit::Exit;
use crate::http::describe;
use std::io::{self, Write as _};

/// Prints the description of the service, as `/openapi.json` of a service with access control
/// gives it.
#[must_use]
pub fn run() -> Exit {
    let mut out = io::stdout().lock();
    match out.write_all(describe::document(true).as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(_) => {
            say("the output could not be written");
            Exit::Unreadable
        }
    }
}

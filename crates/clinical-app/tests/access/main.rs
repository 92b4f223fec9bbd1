//! Who gets in and who does not, with a key server on this machine.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a helper that fails is a test that fails")]

mod accepted;
mod attacks;
mod issuer;
mod key_server;
mod secrets;
mod server;

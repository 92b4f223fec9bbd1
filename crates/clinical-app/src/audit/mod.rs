//! The audit log: one line for each access, granted or denied, that nobody can change unseen.
//!
//! A line is a FHIR R4 `AuditEvent` (`event.rs`) whose last member chains it to the line before (`seal.rs`).
//! Signed checkpoints stand at the start, at the end, where files meet, after a break and once a minute. Security
//! events are a second log of the same make. `docs/AUDIT.md` says what stands where and how to check it, also by hand.
//!
//! No async here: a line costs microseconds, and it is with the operating system before [`Audit::record`] returns.

mod access;
mod event;
mod facts;
mod folder;
mod json;
mod log;
mod reasons;
mod seal;
mod service;
mod signer;
mod stdout;
mod syslog;
mod tail;
mod time;
mod tls;
pub mod verify;

pub use access::{Access, Document, Model, Operation, Outcome, SecurityEvent, SecurityKind};
pub use folder::Unopened;
pub use reasons::{REASONS, Reason};
pub use service::Audit;
pub use signer::PublicKey;

use clinical_pipeline::Phi;
use std::path::PathBuf;

/// Where the log goes. With no place at all nothing is written.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Config {
    /// Folder of the accesses.
    pub file: Option<PathBuf>,
    /// Folder of the security events.
    pub security: Option<PathBuf>,
    /// Both, also to standard output.
    pub stdout: bool,
    /// Both, also to a collector.
    pub syslog: Option<Syslog>,
    /// The seed of the key that signs checkpoints, 32 bytes (RFC 8032). Without one a key is drawn for each start.
    pub signing_key: Option<Phi<Vec<u8>>>,
    /// A file that would become longer than so many bytes ends, and another one begins.
    pub rotate_bytes: u64,
}

/// A collector that speaks RFC 5425.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Syslog {
    /// Its name, which its certificate must have, or its address.
    pub host: String,
    /// Its port; 6514 by the RFC.
    pub port: u16,
    /// File of the certificates that vouch for it, PEM; without one those that the system trusts.
    pub ca: Option<PathBuf>,
}

/// Who writes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: String,
    /// The name of the machine or site; may be empty.
    pub site: String,
}

/// What the start found and made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Started {
    /// The key that checkpoints can be checked with, as `audit verify --public-key` takes it.
    pub public_key_base64: String,
    /// The log of accesses had no end: the last process was killed while it wrote, or something was cut off.
    pub recovered: Option<Recovered>,
    /// The same of the log of security events.
    pub recovered_security: Option<Recovered>,
}

/// A log that had no end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Recovered {
    /// `audit` or `security`.
    pub log: &'static str,
    /// Bytes of a torn line, with the space and the newline that now end it.
    pub torn_bytes: u64,
    /// The last whole line.
    pub after_sequence: u64,
}

/// Why the log cannot begin, and the service with it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A place cannot be written.
    #[error("the audit log cannot be written to {sink}: {why}")]
    Sink {
        /// `audit-folder`, `security-folder`, `stdout`, `syslog`.
        sink: &'static str,
        /// Why.
        why: Unopened,
    },
    /// The seed is no seed.
    #[error("the key that signs the audit log must have 32 bytes")]
    Key,
    /// No key could be drawn, or no thread started.
    #[error("the system gave no {0}")]
    System(&'static str),
}

/// A line was not written: what it would have told of must not happen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the audit log cannot be written to {sink}")]
pub struct Broken {
    /// `audit-folder`, `security-folder`, `stdout`, `syslog`; `stopped` after the end.
    pub sink: &'static str,
    /// Whether this was the line that broke it.
    is_new: bool,
}

/// A line was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// Its number in the log of accesses; 0 where none is kept.
    pub sequence: u64,
}

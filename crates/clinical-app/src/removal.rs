//! One document through de-identification, with a panic caught on the way.

use crate::clock::{Now, Stopwatch};
use crate::fault;
use crate::job::Ended;
use clinical_pipeline::{
    Deidentified, DeidentifyOptions, Input, Kind, Label, Phi, Policy, RemovedSpan, Stop, deidentify, deidentify_text,
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// How to remove identity. `Debug` shows neither the secret nor the lists.
#[derive(Clone, Debug)]
pub struct Removal {
    /// What stands in the place of an identifier.
    pub policy: Policy,
    /// Decides surrogates; empty where there is none.
    pub secret: Phi<Vec<u8>>,
    /// Whose document it is; empty where nobody said.
    pub subject: Phi<String>,
    /// Texts that are no identifiers.
    pub allow: Phi<Vec<String>>,
    /// Texts that are never to be seen.
    pub deny: Phi<Vec<String>>,
    /// The time now: it decides who is ninety, and stands in the reply.
    pub now: Now,
}

impl Removal {
    /// A policy, and nothing else said.
    #[must_use]
    pub const fn of(policy: Policy, now: Now) -> Self {
        Self {
            policy,
            secret: Phi::new(Vec::new()),
            subject: Phi::new(String::new()),
            allow: Phi::new(Vec::new()),
            deny: Phi::new(Vec::new()),
            now,
        }
    }

    fn options<'s>(&'s self, stop: Stop<'s>) -> DeidentifyOptions<'s> {
        DeidentifyOptions {
            policy: self.policy,
            secret: Phi::new(self.secret.expose()),
            subject: Phi::new(self.subject.expose()),
            allow: Phi::new(self.allow.expose()),
            deny: Phi::new(self.deny.expose()),
            now: Some(self.now.moment),
            stop,
        }
    }
}

/// A document without identity, how long it took, and for what.
#[derive(Debug)]
pub struct Copied {
    /// What came out.
    pub copy: Deidentified,
    /// What stands in the place of an identifier.
    pub policy: Policy,
    /// How long it took.
    pub took: Duration,
    /// When.
    pub at: String,
    /// Length of the input.
    pub input_bytes: usize,
}

/// Removes identity from a document.
///
/// # Errors
/// The pipeline's refusal, or its panic.
pub fn run(bytes: &[u8], label: Label, removal: &Removal, stop: Stop<'_>) -> Result<Copied, Ended> {
    let watch = Stopwatch::start();
    let work = || {
        fault::in_the_work(bytes);
        deidentify(&Input::new(bytes, label), &removal.options(stop))
    };
    // What it was given is read only and the rest is this call's own, so nothing half-changed is left behind.
    let copy = catch_unwind(AssertUnwindSafe(work)).map_err(|_| Ended::Panicked)?.map_err(Ended::Refused)?;
    let (took, at) = (watch.elapsed(), removal.now.text.clone());
    Ok(Copied { copy, policy: removal.policy, took, at, input_bytes: bytes.len() })
}

/// Removes identity from one of many texts, for which `subject` may say whose it is.
///
/// # Errors
/// As [`run`].
pub fn text(text: &str, subject: Option<&str>, removal: &Removal) -> Result<(Phi<String>, Vec<RemovedSpan>), Ended> {
    let work = || {
        fault::in_the_work(text.as_bytes());
        let mut options = removal.options(Stop::never());
        if let Some(subject) = subject {
            options.subject = Phi::new(subject);
        }
        deidentify_text(text, &options)
    };
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Ended::Panicked)?.map_err(Ended::Refused)
}

/// `NAME 3, DATE 2`, for a person; with other words between, for a header.
#[must_use]
pub fn counts(counts: &[(Kind, usize)], equals: &str, comma: &str) -> String {
    let parts: Vec<String> = counts.iter().map(|(kind, count)| format!("{kind}{equals}{count}")).collect();
    parts.join(comma)
}

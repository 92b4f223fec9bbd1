//! One document through the pipeline, with a panic caught on the way.

use crate::clock::{Now, Stopwatch};
use crate::fault;
use crate::narrator::Said;
use clinical_pipeline::{Ask, Error, Input, Label, Lexicon, Options, Outcome, Page, Severity, Stop};
use serde::Serialize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

/// Why there is no page, in the words of the command line and of the lines for machines.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    /// Stable name.
    pub code: &'static str,
    /// Where in the input, where that is known.
    pub at: Option<String>,
    /// One sentence, without anything of the input.
    pub message: String,
}

impl Failure {
    /// A failure without a place.
    #[must_use]
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, at: None, message: message.into() }
    }

    /// The machine does not know what time it is.
    #[must_use]
    pub fn no_clock() -> Self {
        Self::new("clock", "the clock of this machine shows no usable time; give --now")
    }

    /// A fault of ours.
    #[must_use]
    pub fn internal() -> Self {
        Self::new("internal", "the program has a fault; no page was given out")
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let at = error.position().map(|(line, column)| format!("line {line}, column {column}"));
        Self { code: error.code(), at, message: error.to_string() }
    }
}

/// What is made of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Makes {
    /// The patient's sheet.
    Sheet,
    /// The clinician's extract of a note.
    Extract,
}

/// What to do with a document.
#[derive(Clone, Debug)]
pub struct Order {
    /// The time that stands on the page.
    pub now: Now,
    /// What is made.
    pub makes: Makes,
    /// Which page.
    pub page: Page,
    /// Large print.
    pub large_print: bool,
    /// What a language model said, where one was asked.
    pub said: Option<Arc<Said>>,
}

impl Order {
    fn options<'s>(&self, said: Option<&'s Said>, stop: Stop<'s>) -> Options<'s> {
        let narrated = said.map(Said::narrated);
        Options { now: self.now.moment, page: self.page, large_print: self.large_print, narrated, stop }
    }
}

/// A finished page, how long it took, and for what.
#[derive(Debug)]
pub struct Finished {
    /// What came out.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
    /// The time that stands on the page.
    pub at: String,
    /// Length of the input.
    pub input_bytes: usize,
    /// What a language model said, where one was asked.
    pub said: Option<Arc<Said>>,
}

impl Finished {
    /// Whether intake found something of severity error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.outcome.notices.iter().any(|notice| matches!(notice.severity, Severity::Error))
    }
}

/// Why a job ended without a page.
#[derive(Clone, PartialEq, Debug)]
pub enum Ended {
    /// The pipeline refused.
    Refused(Error),
    /// The work panicked. What it said is not kept.
    Panicked,
}

impl From<Ended> for Failure {
    fn from(ended: Ended) -> Self {
        match ended {
            Ended::Refused(error) => error.into(),
            Ended::Panicked => Self::internal(),
        }
    }
}

/// What a language model is to be asked about a document. Where that cannot be found out it is asked nothing: what is
/// wrong with the document is said when its sheet is made.
#[must_use]
pub fn asks(bytes: &[u8], label: Label, order: &Order, stop: Stop<'_>) -> Vec<Ask> {
    let work = || {
        let lexicon = Lexicon::english().ok()?;
        let narration = clinical_pipeline::narration(&Input::new(bytes, label), &order.options(None, stop), lexicon);
        narration.ok().map(|narration| narration.asks)
    };
    catch_unwind(AssertUnwindSafe(work)).ok().flatten().unwrap_or_default()
}

/// Runs the pipeline. One bad document must not end a run over thousands, nor a service; and no answer of a language
/// model may cost a sheet.
///
/// # Errors
/// The pipeline's refusal, or its panic.
pub fn run(bytes: &[u8], label: Label, order: &Order, stop: Stop<'_>) -> Result<Finished, Ended> {
    match once(bytes, label, order, order.said.as_deref(), stop) {
        Err(Ended::Panicked | Ended::Refused(Error::Gate { .. })) if order.said.is_some() => {
            once(bytes, label, order, None, stop)
        }
        ended => ended,
    }
}

fn once(bytes: &[u8], label: Label, order: &Order, said: Option<&Said>, stop: Stop<'_>) -> Result<Finished, Ended> {
    let watch = Stopwatch::start();
    let work = || {
        fault::in_the_work(bytes);
        let lexicon = Lexicon::english().map_err(|fault| Error::Lexicon(fault.to_string()))?;
        let options = order.options(said, stop);
        let input = Input::new(bytes, label);
        match order.makes {
            Makes::Sheet => clinical_pipeline::summarize(&input, &options, lexicon),
            Makes::Extract => clinical_pipeline::extract(&input, &options, lexicon),
        }
    };
    // The lexicon is read only and the rest is this call's own, so nothing half-changed is left behind.
    let outcome = catch_unwind(AssertUnwindSafe(work)).map_err(|_| Ended::Panicked)?.map_err(Ended::Refused)?;
    let (took, at) = (watch.elapsed(), order.now.text.clone());
    Ok(Finished { outcome, took, at, input_bytes: bytes.len(), said: order.said.clone() })
}

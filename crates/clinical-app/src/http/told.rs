//! What a handler tells the layers around it: numbers and names of ours, for the audit line and the metrics.
//!
//! It travels beside the reply, as an extension. Nothing of a document can stand in it.

use crate::access::Caller;
use crate::narrator::Said;
use axum::response::Response;
use clinical_pipeline::{Kind, NarratedCounts};
use std::sync::{Arc, OnceLock};

/// About one document.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Told {
    /// What it was (`fhir-bundle`, `ccda`, `note` …); empty where that was not found out.
    pub(super) kind: &'static str,
    /// Its length.
    pub(super) bytes: u64,
    /// Its entries.
    pub(super) entries: u64,
    /// Reading grade of our own words on the page.
    pub(super) grade: Option<f64>,
    /// Whether the reader or the validation found errors; with no kind it could not be read at all.
    pub(super) has_errors: Option<bool>,
    /// How many identifiers of each kind were removed.
    pub(super) removed: Vec<(Kind, usize)>,
    /// What a language model was asked, and what became of it.
    pub(super) narrated: Option<Box<Narrated>>,
}

/// About a language model that was asked: who it is, and numbers.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Narrated {
    /// Who it is and how it was asked. Nothing of its answers is told.
    pub(super) said: Arc<Said>,
    /// What became of its answers.
    pub(super) counts: NarratedCounts,
}

/// The name of a format in the log, the metrics and the audit.
pub(super) fn kind(format: &'static str) -> &'static str {
    // The pipeline's two names for it are one document.
    if format == "c-cda" { "ccda" } else { format }
}

impl Told {
    /// Puts it beside a reply.
    pub(super) fn beside(self, mut response: Response) -> Response {
        response.extensions_mut().insert(self);
        response
    }
}

/// Who asks, once that is known: told from within to the audit around. It stands beside the request and not beside the
/// reply, because a client that leaves and a panic leave no reply of ours.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking(Arc<OnceLock<Caller>>);

impl Asking {
    /// It is this one.
    pub(super) fn is(&self, caller: &Caller) {
        // There is one access layer, so it is said once.
        let _ = self.0.set(caller.clone());
    }

    /// Who it is, if somebody had a token that is good.
    pub(super) fn who(&self) -> Option<&Caller> {
        self.0.get()
    }
}

/// Why a request was refused, by a name of ours: beside the reply of every [`super::api_error::ApiError`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Refusal {
    /// The code of the issue, or a finer one (`gate-fact-missing`).
    pub(super) code: &'static str,
    /// The check that the page failed, where it was refused by the gate.
    pub(super) gate: Option<&'static str>,
}

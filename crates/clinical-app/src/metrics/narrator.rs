//! What is counted of a language model: requests by how they ended, how long they took, and what became of sentences.

use super::Vocabulary;
use super::counts::Named;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::time::Duration;

/// Upper ends of the classes of time, in seconds: from a small model nearby to the longest time that settings usually
/// allow.
const SECONDS: [f64; 11] = [0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0];

#[derive(Debug)]
pub(super) struct Narrator {
    requests: Named,
    took: Histogram,
    asked: Counter,
    kept: Counter,
    refused: Named,
}

impl Narrator {
    pub(super) fn register(r: &mut Registry, words: &Vocabulary<'_>) -> Self {
        let requests = Named::register(
            r,
            "clinical_narrator_requests",
            "Tries of requests to the language model, by how they ended; some were not sent at all",
            "outcome",
            words.narrator_outcomes,
        );
        let took = Histogram::new(SECONDS);
        r.register_with_unit(
            "clinical_narrator_request_duration",
            "Time of one try of a request to the language model",
            Unit::Seconds,
            took.clone(),
        );
        let (asked, kept) = (Counter::default(), Counter::default());
        r.register(
            "clinical_narrator_sentences_asked",
            "Sentences that the language model was asked to put into plainer words",
            asked.clone(),
        );
        r.register("clinical_narrator_sentences_kept", "Sentences whose plainer words stand on a sheet", kept.clone());
        let refused = Named::register(
            r,
            "clinical_narrator_sentences_refused",
            "Sentences whose plainer words are not said, by reason",
            "reason",
            words.narrator_refusals,
        );
        Self { requests, took, asked, kept, refused }
    }

    pub(super) fn request(&self, outcome: &'static str, took: Option<Duration>) {
        self.requests.add(outcome, 1);
        if let Some(took) = took {
            self.took.observe(took.as_secs_f64());
        }
    }

    pub(super) fn sentences(&self, asked: u64, kept: u64) {
        self.asked.inc_by(asked);
        self.kept.inc_by(kept);
    }

    pub(super) fn refused(&self, reason: &'static str, count: u64) {
        self.refused.add(reason, count);
    }
}

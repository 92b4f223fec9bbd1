//! A language model is asked about a document, between the two times that the document is worked on.
//! The whole has the time of one document, from the moment its body is there.

use super::app::App;
use crate::clock::Stopwatch;
use crate::narrator::{Narrator, Said, time_for_it};
use clinical_pipeline::Ask;
use std::sync::Arc;

/// Asks a model and gives what it said; nothing where there was nothing to ask, no time or no room.
pub(super) async fn narrate(
    app: &App,
    narrator: &Arc<Narrator>,
    asks: &[Ask],
    document: usize,
    watch: Stopwatch,
) -> Option<Arc<Said>> {
    if asks.is_empty() {
        return None;
    }
    // A document that waits for a model is in memory as one that arrives, and there is an end to that.
    let mut held = app.waiting.hold();
    let has_room = held.grow(document);
    let within = time_for_it(app.settings.max_time, watch.elapsed()).filter(|_| has_room);
    let answers = narrator.ask(asks, within.unwrap_or_default()).await;
    for (outcome, took) in &answers.tries {
        app.metrics.narrator_request(outcome.as_str(), outcome.was_sent().then_some(*took));
    }
    Some(Arc::new(Said::new(narrator.config(), answers)))
}

//! The language model of a command: that of the settings, where it was asked for.

use super::say::say;
use crate::clock::Stopwatch;
use crate::job::{self, Ended, Finished, Order};
use crate::narrator::{Narrator, Said, time_for_it};
use crate::settings::{Environment, Given, Settings, Surroundings};
use clinical_pipeline::{Label, Stop};
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;

/// A language model, and what is needed to wait for it.
#[derive(Debug)]
pub(super) struct Model {
    narrator: Arc<Narrator>,
    runtime: Runtime,
    limit: Duration,
}

impl Model {
    /// Reads the settings. What is wrong with them is said.
    pub(super) fn of_settings() -> Result<Self, ()> {
        let tell = |mistakes: Vec<_>| mistakes.iter().for_each(say);
        let settings = Settings::read(&Environment, &Given::default(), &Surroundings::here()).map_err(tell)?;
        let limit = settings.max_time;
        let Some(config) = settings.narrator else {
            say("--ai needs CLINICAL_ENABLE_AI_PROCESSING=true, CLINICAL_AI_BASE_URL and CLINICAL_AI_MODEL");
            return Err(());
        };
        let narrator = Arc::new(Narrator::new(config).map_err(tell)?);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| say(format_args!("cannot start ({})", error.kind())))?;
        Ok(Self { narrator, runtime, limit })
    }

    /// Makes a sheet with it. The model has the time that it would have in the service; the sheet itself has as long as
    /// it takes, as without a model.
    pub(super) fn run(&self, bytes: &[u8], label: Label, mut order: Order) -> Result<Finished, Ended> {
        let watch = Stopwatch::start();
        if !self.narrator.is_resting() {
            let asks = job::asks(bytes, label, &order, Stop::never());
            let within = time_for_it(self.limit, watch.elapsed()).unwrap_or_default();
            if !asks.is_empty() {
                let answers = self.runtime.block_on(self.narrator.ask(&asks, within));
                order.said = Some(Arc::new(Said::new(self.narrator.config(), answers)));
            }
        }
        job::run(bytes, label, &order, Stop::never())
    }
}

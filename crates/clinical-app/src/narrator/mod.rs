//! Asking a language model to put sentences into plainer words.
//!
//! This part carries requests to a server and its answers back, and knows nothing of what stands in them: what a model
//! may see is decided by the pipeline, and whether an answer may be said, too. An answer that does not come is none; the
//! sheet then has the record's own words. Nothing of a request or an answer is in a log, an error, a metric or `Debug`.
//!
//! One request after the other: a place ([`Narrator`]), the breaker ([`breaker`]), at most three tries ([`retry`]), each
//! with a token where one is needed (`identity`), each bounded in time and length (`engine`, `reply`).

pub mod breaker;
mod config;
mod engine;
mod identity;
mod outcome;
mod reply;
pub mod retry;
mod said;
mod status;
mod time;
mod warm;

pub use config::{Auth, Config, IMDS, Managed, Workload};
pub use outcome::Outcome;
pub use said::Said;
pub use status::State;
pub use time::time_for_it;
pub use warm::warm;

use crate::clock::Stopwatch;
use crate::settings::Mistake;
use clinical_pipeline::{Ask, Phi};
use engine::{Attempt, Engine};
use status::{Pass, Status};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout, timeout_at};

/// A request is not begun that could not be answered in so short a time.
const LEAST: Duration = Duration::from_millis(200);

/// How patient it is with a server. The default is for use; tests have shorter times.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// How long a server that fails is left alone.
    pub rest: Duration,
    /// The wait before the second try; it doubles before the third.
    pub backoff: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { rest: breaker::REST, backoff: retry::BACKOFF }
    }
}

/// Asks a language model.
#[derive(Debug)]
pub struct Narrator {
    config: Config,
    pace: Pace,
    engine: Engine,
    /// Requests at once, of all documents together.
    places: Semaphore,
    status: Status,
}

/// What came back for the requests about one document.
#[derive(Debug, Default)]
pub struct Answers {
    /// For each request in order, what the model wrote, or none.
    pub replies: Vec<Option<Phi<String>>>,
    /// Every try, how it ended and how long it took; also requests that were not made.
    pub tries: Vec<(Outcome, Duration)>,
    /// What the server says the model is: letters, digits and `.-_:/@` only.
    pub served: Option<String>,
}

impl Narrator {
    /// Asks nobody yet.
    ///
    /// # Errors
    /// What is wrong with the settings, by name and without a value.
    pub fn new(config: Config) -> Result<Self, Vec<Mistake>> {
        Self::with_pace(config, Pace::default())
    }

    /// The same with other times.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_pace(config: Config, pace: Pace) -> Result<Self, Vec<Mistake>> {
        let engine = Engine::new(&config).map_err(|mistake| vec![mistake])?;
        let places = Semaphore::new(config.concurrency.max(1));
        Ok(Self { engine, places, status: Status::new(pace.rest), config, pace })
    }

    /// How it was set up.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Whether the server failed too often and is left alone for now.
    #[must_use]
    pub fn is_resting(&self) -> bool {
        self.status.is_resting()
    }

    /// How the server is, as the last requests told.
    #[must_use]
    pub fn state(&self) -> State {
        self.status.state()
    }

    /// Sends requests and gives what came back before `within` has passed. A request that is dropped is broken off.
    pub async fn ask(self: &Arc<Self>, asks: &[Ask], within: Duration) -> Answers {
        let deadline = Instant::now() + within;
        let mut answers = Answers { replies: asks.iter().map(|_| None).collect(), ..Answers::default() };
        let (mut waiting, mut sent) = (asks.iter().cloned().enumerate(), JoinSet::new());
        let send = |sent: &mut JoinSet<_>, (at, ask): (usize, Ask)| {
            let narrator = Arc::clone(self);
            sent.spawn(async move { (at, narrator.one(&ask, deadline).await) });
        };
        // Not all at once: a long document would stand in the way of all others.
        waiting.by_ref().take(self.config.concurrency.max(1)).for_each(|next| send(&mut sent, next));
        while let Some(ended) = sent.join_next().await {
            if let Some(next) = waiting.next() {
                send(&mut sent, next);
            }
            let Ok((at, one)) = ended else { continue };
            answers.tries.extend(one.tries);
            answers.served = answers.served.or(one.served);
            if let Some(place) = answers.replies.get_mut(at) {
                *place = one.text;
            }
        }
        answers
    }

    async fn one(&self, ask: &Ask, deadline: Instant) -> One {
        let mut one = One::default();
        let least = LEAST.min(self.config.timeout);
        let latest = deadline.checked_sub(least).unwrap_or(deadline);
        let Ok(Ok(_place)) = timeout_at(latest, self.places.acquire()).await else {
            return one.without(Outcome::Busy);
        };
        let Some(pass) = self.status.enter() else {
            return one.without(Outcome::Resting);
        };
        for number in 1.. {
            let left = deadline.saturating_duration_since(Instant::now());
            if left < least {
                one = one.without(Outcome::Late);
                break;
            }
            let watch = Stopwatch::start();
            let tried = timeout(left.min(self.config.timeout), self.engine.attempt(ask)).await;
            let Attempt { outcome, retry_after, text, served } = tried.unwrap_or(Attempt::ended(Outcome::Timeout));
            one.tries.push((outcome, watch.elapsed()));
            (one.text, one.served) = (text, served);
            let left = deadline.saturating_duration_since(Instant::now());
            match retry::wait(outcome, number, retry_after, self.pace.backoff) {
                Some(wait) if wait + least < left => sleep(wait).await,
                _ => break,
            }
        }
        end(pass, one.last());
        one
    }
}

/// What became of one request.
#[derive(Default)]
struct One {
    text: Option<Phi<String>>,
    served: Option<String>,
    tries: Vec<(Outcome, Duration)>,
}

impl One {
    /// It was not sent, or not once more.
    fn without(mut self, outcome: Outcome) -> Self {
        self.tries.push((outcome, Duration::ZERO));
        self
    }

    /// How the last request ended that was really sent.
    fn last(&self) -> Option<Outcome> {
        self.tries.iter().rev().map(|(outcome, _)| *outcome).find(|outcome| outcome.was_sent())
    }
}

fn end(pass: Pass<'_>, outcome: Option<Outcome>) {
    if let Some(outcome) = outcome {
        pass.ended(outcome);
    }
}

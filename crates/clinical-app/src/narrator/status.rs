//! How the server is, as requests tell it: the breaker, and when it answered and failed last.

use super::Outcome;
use super::breaker::{Breaker, Stands};
use crate::clock::Stopwatch;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How the server is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct State {
    /// The breaker.
    pub breaker: Stands,
    /// How long ago it answered last.
    pub success: Option<Duration>,
    /// How long ago it failed last, and how.
    pub failure: Option<(Duration, Outcome)>,
}

#[derive(Debug)]
pub(super) struct Status {
    clock: Stopwatch,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    breaker: Breaker,
    success: Option<Duration>,
    failure: Option<(Duration, Outcome)>,
}

impl Status {
    pub(super) fn new(rest: Duration) -> Self {
        let inner = Inner { breaker: Breaker::new(rest), success: None, failure: None };
        Self { clock: Stopwatch::start(), inner: Mutex::new(inner) }
    }

    /// Leave to send one request, unless the server is left alone.
    pub(super) fn enter(&self) -> Option<Pass<'_>> {
        let now = self.clock.elapsed();
        let may_enter = self.inner().breaker.enter(now);
        may_enter.then(|| Pass { status: self, is_open: true })
    }

    pub(super) fn is_resting(&self) -> bool {
        let now = self.clock.elapsed();
        self.inner().breaker.stands(now) == Stands::Open
    }

    pub(super) fn state(&self) -> State {
        let now = self.clock.elapsed();
        let inner = self.inner();
        State {
            breaker: inner.breaker.stands(now),
            success: inner.success.map(|at| now.saturating_sub(at)),
            failure: inner.failure.map(|(at, outcome)| (now.saturating_sub(at), outcome)),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Nothing in there can be half done.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request that may be sent. Dropped without an end, its client went away.
#[derive(Debug)]
pub(super) struct Pass<'s> {
    status: &'s Status,
    is_open: bool,
}

impl Pass<'_> {
    pub(super) fn ended(mut self, outcome: Outcome) {
        self.is_open = false;
        let now = self.status.clock.elapsed();
        let mut inner = self.status.inner();
        let before = inner.breaker.stands(now);
        if outcome.is_fault_of_server() {
            inner.breaker.failed(now);
            inner.failure = Some((now, outcome));
        } else {
            inner.breaker.succeeded();
            inner.success = Some(now);
        }
        let after = inner.breaker.stands(now);
        drop(inner);
        if before == Stands::Closed && after == Stands::Open {
            tracing::warn!("model-resting");
        } else if before != Stands::Closed && after == Stands::Closed {
            tracing::info!("model-back");
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.is_open {
            self.status.inner().breaker.told_nothing();
        }
    }
}

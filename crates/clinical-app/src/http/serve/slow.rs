//! Who is too slow to wait for.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, Sleep};

/// Slower than this, and nobody is there who means to have it: 1 kB a second.
const BYTES_A_SECOND: u64 = 1000;

/// Measures how much the other side moves in the time that we wait for it. Time in which we do not wait counts for
/// nothing: a client is not slow because the work on its document is.
#[derive(Debug)]
pub(super) struct Slowness {
    window: Duration,
    /// Since when we wait, if we do.
    waiting_since: Option<Instant>,
    waited: Duration,
    moved: u64,
    /// Made when first needed: most connections never wait.
    timer: Option<Pin<Box<Sleep>>>,
}

/// The other side moved too little.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct TooSlow;

impl Slowness {
    /// Judges after each `window` of waiting.
    pub(super) const fn over(window: Duration) -> Self {
        Self { window, waiting_since: None, waited: Duration::ZERO, moved: 0, timer: None }
    }

    /// So many bytes went through.
    pub(super) fn moved(&mut self, bytes: usize) -> Result<(), TooSlow> {
        if let Some(since) = self.waiting_since.take() {
            self.waited += since.elapsed();
        }
        self.moved += bytes as u64;
        if self.waited >= self.window { self.judge() } else { Ok(()) }
    }

    /// We have to wait. The task is woken when the time for judging has come.
    pub(super) fn waiting(&mut self, cx: &mut Context<'_>) -> Result<(), TooSlow> {
        if self.waiting_since.is_none() {
            self.start_waiting();
        }
        while self.timer.as_mut().is_some_and(|timer| timer.as_mut().poll(cx) == Poll::Ready(())) {
            self.judge()?;
            self.start_waiting();
        }
        Ok(())
    }

    fn start_waiting(&mut self) {
        let now = Instant::now();
        self.waiting_since = Some(now);
        let judgement = now + self.window.saturating_sub(self.waited);
        match &mut self.timer {
            Some(timer) => timer.as_mut().reset(judgement),
            None => self.timer = Some(Box::pin(tokio::time::sleep_until(judgement))),
        }
    }

    fn judge(&mut self) -> Result<(), TooSlow> {
        let enough = BYTES_A_SECOND.saturating_mul(self.window.as_secs());
        let moved = std::mem::take(&mut self.moved);
        self.waited = Duration::ZERO;
        if moved < enough { Err(TooSlow) } else { Ok(()) }
    }
}

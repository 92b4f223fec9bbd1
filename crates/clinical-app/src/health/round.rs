//! The thread that measures what takes time.

use super::Health;
use super::machine::{Sample, Sampler};
use super::probes::Probe;
use crate::clock::Stopwatch;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How often something is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// The machine.
    pub sample: Duration,
    /// The finder of identifiers, the pipeline, the lexicon.
    pub check: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { sample: Duration::from_secs(5), check: Duration::from_secs(60) }
    }
}

/// What checks said says nothing after this many of their intervals.
const STALE_AFTER: u32 = 3;

/// What the checks said.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Checks {
    pub(super) phi_protection: bool,
    pub(super) fhir_r4: bool,
    pub(super) lexicon: bool,
}

/// What was measured last.
pub(super) struct Rounds {
    sampler: Mutex<Sampler>,
    sample: Mutex<Option<(Sample, Stopwatch)>>,
    checks: Mutex<Option<(Checks, Stopwatch)>>,
    pace: Mutex<Pace>,
    begun: AtomicBool,
}

impl std::fmt::Debug for Rounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rounds")
    }
}

/// Nothing that holds one of these locks can leave it half written, so that a poisoned one is as good as any.
fn locked<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Rounds {
    pub(super) fn new(disk: PathBuf) -> Self {
        Self {
            sampler: Mutex::new(Sampler::new(disk)),
            sample: Mutex::new(None),
            checks: Mutex::new(None),
            pace: Mutex::new(Pace::default()),
            begun: AtomicBool::new(false),
        }
    }

    /// What the checks said, while it is fresh.
    pub(super) fn checks(&self) -> Option<Checks> {
        let most = locked(&self.pace).check.saturating_mul(STALE_AFTER);
        let (checks, since) = (*locked(&self.checks))?;
        (since.elapsed() <= most).then_some(checks)
    }

    /// Whether everything was looked at once.
    pub(super) fn has_begun(&self) -> bool {
        self.begun.load(Ordering::Acquire)
    }

    /// The figures of the machine, while they are fresh.
    pub(super) fn sample(&self) -> Sample {
        let most = locked(&self.pace).sample.saturating_mul(STALE_AFTER);
        let last = *locked(&self.sample);
        last.filter(|(_, since)| since.elapsed() <= most).map(|(sample, _)| sample).unwrap_or_default()
    }

    fn look_at_machine(&self) {
        // Measured before the lock that requests take: a disk that does not answer holds nobody up.
        let sample = locked(&self.sampler).sample();
        *locked(&self.sample) = Some((sample, Stopwatch::start()));
    }

    fn check(&self, health: &Health) {
        let probes = &health.probes;
        let checks = Checks {
            phi_protection: holds(&probes.phi_protection),
            fhir_r4: holds(&probes.fhir_r4),
            lexicon: holds(&probes.lexicon),
        };
        *locked(&self.checks) = Some((checks, Stopwatch::start()));
        self.begun.store(true, Ordering::Release);
    }
}

/// A check that panics does not hold.
fn holds(probe: &Probe<bool>) -> bool {
    catch_unwind(AssertUnwindSafe(probe)).unwrap_or(false)
}

impl Health {
    /// Measures everything once, and waits for it.
    pub fn measure(&self) {
        self.rounds.look_at_machine();
        self.rounds.check(self);
    }

    /// Measures at once and then from time to time, on a thread of its own, until the keeper is dropped.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn keep_measuring(self: &Arc<Self>, pace: Pace) -> std::io::Result<Keeper> {
        let (end, ended) = channel::<()>();
        let health = Arc::clone(self);
        *locked(&health.rounds.pace) = pace;
        std::thread::Builder::new().name("health".to_owned()).spawn(move || {
            let mut unchecked: Option<Stopwatch> = None;
            loop {
                health.rounds.look_at_machine();
                if unchecked.is_none_or(|since| since.elapsed() >= pace.check) {
                    unchecked = Some(Stopwatch::start());
                    health.rounds.check(&health);
                }
                if ended.recv_timeout(pace.sample.min(pace.check)) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
            }
        })?;
        Ok(Keeper { _end: end })
    }
}

/// Keeps the thread going. Dropping it ends the thread after what it is doing, without waiting.
#[derive(Debug)]
pub struct Keeper {
    _end: Sender<()>,
}

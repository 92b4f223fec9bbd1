//! How long requests took and how many failed, over the last five minutes. A fixed number of counters, added to without
//! a lock: a request costs two or three additions.

use crate::clock::Stopwatch;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// One part of the window, in seconds. The window moves on by one part at a time.
const PART: u64 = 30;
/// Parts of the window.
const PARTS: u64 = 10;
/// One part more than is read: the one that is being forgotten.
const RING: u64 = PARTS + 1;

/// Classes for each doubling of time, so that a quantile is off by a sixteenth at most.
const STEPS: u32 = 8;
/// Times from 16 microseconds to 4.7 minutes, and whatever is longer.
const DOUBLINGS: u32 = 24;
/// Below this many microseconds everything is one class.
const SHORTEST: u64 = 16;
const CLASSES: usize = (STEPS * DOUBLINGS) as usize + 1;

/// The window.
pub struct Window {
    started: Stopwatch,
    parts: Box<[Part]>,
}

struct Part {
    /// Which part since the start it holds, plus one; 0 holds none.
    of: AtomicU64,
    failed: AtomicU32,
    classes: Box<[AtomicU32]>,
}

/// What the window holds.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Latency {
    /// How many requests.
    pub requests: u64,
    /// How many of them failed.
    pub failed: u64,
    /// Half of the requests took no longer, in milliseconds; `None` without requests, like the next two.
    pub p50: Option<f64>,
    /// Of a hundred requests, 95 took no longer.
    pub p95: Option<f64>,
    /// Of a hundred requests, 99 took no longer.
    pub p99: Option<f64>,
}

impl std::fmt::Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Window")
    }
}

impl Default for Window {
    fn default() -> Self {
        Self::new()
    }
}

impl Window {
    /// How far it reaches back, in seconds.
    pub const SECONDS: u64 = PART * PARTS;

    /// An empty window that begins now.
    #[must_use]
    pub fn new() -> Self {
        let part = || Part {
            of: AtomicU64::new(0),
            failed: AtomicU32::new(0),
            classes: (0..CLASSES).map(|_| AtomicU32::new(0)).collect(),
        };
        Self { started: Stopwatch::start(), parts: (0..RING).map(|_| part()).collect() }
    }

    /// A request took `time`. It failed if the fault was ours: a status of 500 or above.
    pub fn record(&self, time: Duration, failed: bool) {
        self.record_at(self.started.elapsed(), time, failed);
    }

    /// What the last five minutes were like.
    #[must_use]
    pub fn read(&self) -> Latency {
        self.read_at(self.started.elapsed())
    }

    fn record_at(&self, now: Duration, time: Duration, failed: bool) {
        let number = now.as_secs() / PART + 1;
        let Some(part) = usize::try_from(number % RING).ok().and_then(|at| self.parts.get(at)) else { return };
        let held = part.of.load(Ordering::Acquire);
        // Whoever comes first in a new part empties it. Who adds at that very moment may be forgotten: one request at
        // a turn of thirty seconds, which no quantile shows.
        if held != number && part.of.compare_exchange(held, number, Ordering::AcqRel, Ordering::Relaxed).is_ok() {
            part.failed.store(0, Ordering::Relaxed);
            part.classes.iter().for_each(|class| class.store(0, Ordering::Relaxed));
        }
        if let Some(counter) = part.classes.get(class(time)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        if failed {
            part.failed.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn read_at(&self, now: Duration) -> Latency {
        let last = now.as_secs() / PART + 1;
        let mut counts = vec![0_u64; CLASSES];
        let mut failed = 0;
        for part in &self.parts {
            let of = part.of.load(Ordering::Acquire);
            if of == 0 || of > last || of + PARTS <= last {
                continue;
            }
            failed += u64::from(part.failed.load(Ordering::Relaxed));
            for (count, class) in counts.iter_mut().zip(&part.classes) {
                *count += u64::from(class.load(Ordering::Relaxed));
            }
        }
        let requests: u64 = counts.iter().sum();
        let quantile = |hundredth: u64| {
            let rank = (requests * hundredth).div_ceil(100).max(1);
            let mut seen = 0;
            let class = counts.iter().position(|count| {
                seen += count;
                seen >= rank
            })?;
            Some(milliseconds(class))
        };
        Latency { requests, failed: failed.min(requests), p50: quantile(50), p95: quantile(95), p99: quantile(99) }
    }
}

/// The class of a time: the doubling it lies in, and the eighth of that.
fn class(time: Duration) -> usize {
    let microseconds = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
    if microseconds < SHORTEST {
        return 0;
    }
    let doubling = microseconds.ilog2();
    let eighth = (microseconds >> (doubling - STEPS.ilog2())) & u64::from(STEPS - 1);
    let class = u64::from((doubling - SHORTEST.ilog2()) * STEPS) + eighth + 1;
    usize::try_from(class).unwrap_or(CLASSES).min(CLASSES - 1)
}

/// The middle of a class, in milliseconds, to a thousandth.
fn milliseconds(class: usize) -> f64 {
    let Some(class) = u32::try_from(class).ok().and_then(|class| class.checked_sub(1)) else {
        return SHORTEST as f64 / 2000.0;
    };
    let (doubling, eighth) = (class / STEPS, class % STEPS);
    let width = 2_f64.powi((doubling + SHORTEST.ilog2() - STEPS.ilog2()).cast_signed());
    let middle = width * (f64::from(STEPS + eighth) + 0.5);
    middle.round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_as_wide_as_an_eighth_of_its_doubling() {
        for microseconds in (1..200_000_u64).step_by(7).chain([1_000_000, 60_000_000, 260_000_000]) {
            let middle = milliseconds(class(Duration::from_micros(microseconds))) * 1000.0;
            let off = (middle - microseconds as f64).abs();
            assert!(microseconds < SHORTEST || off <= microseconds as f64 / 16.0 + 1.0, "{microseconds} {middle}");
        }
        assert_eq!(class(Duration::MAX), CLASSES - 1);
    }

    #[test]
    fn quantiles_are_those_of_what_was_recorded() {
        let window = Window::new();
        assert_eq!(window.read(), Latency::default());
        for n in 1..=100 {
            window.record_at(Duration::ZERO, Duration::from_millis(n), n > 98);
        }
        let read = window.read_at(Duration::from_secs(1));
        assert_eq!((read.requests, read.failed), (100, 2));
        let near = |value: Option<f64>, ms: f64| (value.unwrap() - ms).abs() <= ms / 15.0;
        assert!(near(read.p50, 50.0) && near(read.p95, 95.0) && near(read.p99, 99.0), "{read:?}");
    }

    #[test]
    fn what_is_older_than_the_window_is_forgotten() {
        let window = Window::new();
        let at = Duration::from_secs;
        window.record_at(at(5), at(1), true);
        window.record_at(at(100), at(1), false);
        assert_eq!(window.read_at(at(299)).requests, 2);
        assert_eq!((window.read_at(at(300)).requests, window.read_at(at(300)).failed), (1, 0));
        assert_eq!(window.read_at(at(400)).requests, 0);
        // The same place of the ring, one round later, starts from nothing: of three requests the first is gone.
        let later = at(5 + PART * RING);
        window.record_at(later, at(1), false);
        assert_eq!((window.read_at(later).requests, window.read_at(later).failed), (2, 0));
    }
}

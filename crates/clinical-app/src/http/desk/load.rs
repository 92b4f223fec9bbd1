//! How busy the desk is, and whether one more request can be served in time. Arithmetic and counters only.

use crate::clock::Stopwatch;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// A request may wait this long, if the desk has had time for everybody lately: it was a moment's crowd.
const IN_A_CROWD: Duration = Duration::from_millis(100);

/// The same while the desk is overloaded. A queue that never empties helps nobody: as many are served as without it,
/// each of them later.
const UNDER_PRESSURE: Duration = Duration::from_millis(2);

/// Overload is over when nobody was sent away for so long.
const CALM_AFTER: Duration = Duration::from_secs(1);

/// Requests that wait for one place, at most, however short the work. Each of them holds a document in memory.
const WAITING_FOR_A_PLACE: usize = 32;

/// The longest time that anybody is told to stay away.
const LONGEST_RETRY: u64 = 30;

/// Totals since the start, and what is the case now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(in crate::http) struct Counts {
    /// Works that the desk does at once.
    pub(in crate::http) places: usize,
    /// Requests that wait now.
    pub(in crate::http) waiting: usize,
    /// Works that are done now, those included whose client has been answered or has gone.
    pub(in crate::http) working: usize,
    /// Works that came to an end in time.
    pub(in crate::http) done: u64,
    /// Requests that were sent away because the desk was full.
    pub(in crate::http) shed: u64,
    /// Works that took too long and were stopped.
    pub(in crate::http) timed_out: u64,
    /// Works that panicked.
    pub(in crate::http) panicked: u64,
    /// Requests whose client went away before the answer.
    pub(in crate::http) abandoned: u64,
    /// How long one work takes, as a moving average, in microseconds.
    pub(in crate::http) work_micros: u64,
}

/// The counters behind [`Counts`].
#[derive(Debug)]
pub(super) struct Load {
    clock: Stopwatch,
    places: usize,
    limit: Duration,
    pub(super) working: AtomicUsize,
    pub(super) done: AtomicU64,
    pub(super) timed_out: AtomicU64,
    pub(super) panicked: AtomicU64,
    pub(super) abandoned: AtomicU64,
    shed: AtomicU64,
    /// When somebody was sent away last, in microseconds of the clock; 0 is never.
    shed_at: AtomicU64,
    /// The whole second that `shed_then` counts.
    shed_second: AtomicU64,
    /// Requests that were sent away in that second.
    shed_then: AtomicU64,
    work_micros: AtomicU64,
}

impl Load {
    pub(super) fn new(places: usize, limit: Duration) -> Self {
        Self {
            clock: Stopwatch::start(),
            places,
            limit,
            working: AtomicUsize::new(0),
            done: AtomicU64::new(0),
            timed_out: AtomicU64::new(0),
            panicked: AtomicU64::new(0),
            abandoned: AtomicU64::new(0),
            shed: AtomicU64::new(0),
            shed_at: AtomicU64::new(0),
            shed_second: AtomicU64::new(0),
            shed_then: AtomicU64::new(0),
            work_micros: AtomicU64::new(0),
        }
    }

    /// What is counted, while so many wait.
    pub(super) fn counts(&self, waiting: usize) -> Counts {
        Counts {
            places: self.places,
            waiting,
            working: self.working.load(Ordering::Relaxed),
            done: self.done.load(Ordering::Relaxed),
            shed: self.shed.load(Ordering::Relaxed),
            timed_out: self.timed_out.load(Ordering::Relaxed),
            panicked: self.panicked.load(Ordering::Relaxed),
            abandoned: self.abandoned.load(Ordering::Relaxed),
            work_micros: self.work_micros.load(Ordering::Relaxed),
        }
    }

    /// Whether one who comes when `ahead` others wait already can be expected to get a place soon enough.
    pub(super) fn has_room(&self, ahead: usize) -> bool {
        ahead < self.places * WAITING_FOR_A_PLACE && self.expected_wait(ahead) <= self.longest_wait()
    }

    /// The longest time that anybody really waits, whatever was expected: a few long works can stand in the way of many
    /// short ones, and after such a wait there must be time left for the work.
    pub(super) fn patience(&self) -> Duration {
        (self.limit / 4).max(IN_A_CROWD).min(self.limit)
    }

    /// Somebody is sent away. Gives the seconds after which it is worth coming back: what the desk would need for all
    /// that it has sent away in this second, so that the more there are, the longer they stay away.
    pub(super) fn shed(&self) -> u64 {
        let now = self.now();
        self.shed.fetch_add(1, Ordering::Relaxed);
        self.shed_at.store(now, Ordering::Relaxed);
        let second = now / 1_000_000;
        if self.shed_second.swap(second, Ordering::Relaxed) != second {
            self.shed_then.store(0, Ordering::Relaxed);
        }
        let then = self.shed_then.fetch_add(1, Ordering::Relaxed) + 1;
        let micros = then.saturating_mul(self.work_micros.load(Ordering::Relaxed)) / self.places as u64;
        (1 + micros / 1_000_000).min(LONGEST_RETRY)
    }

    /// One work has taken so long.
    pub(super) fn worked(&self, time: Duration) {
        let new = u64::try_from(time.as_micros()).unwrap_or(u64::MAX).max(1);
        let _ = self.work_micros.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |old| {
            // An eighth of the way, as TCP measures its round trips (RFC 6298).
            Some(if old == 0 { new } else { old - old / 8 + new / 8 })
        });
    }

    fn now(&self) -> u64 {
        // Never 0, which is never.
        u64::try_from(self.clock.elapsed().as_micros()).unwrap_or(u64::MAX).max(1)
    }

    fn expected_wait(&self, ahead: usize) -> Duration {
        let micros = self.work_micros.load(Ordering::Relaxed).saturating_mul(ahead as u64 + 1);
        Duration::from_micros(micros / self.places as u64)
    }

    fn longest_wait(&self) -> Duration {
        let shed_at = self.shed_at.load(Ordering::Relaxed);
        let is_calm = shed_at == 0 || Duration::from_micros(self.now().saturating_sub(shed_at)) >= CALM_AFTER;
        let moment = if is_calm { IN_A_CROWD } else { UNDER_PRESSURE };
        // As long as one work is always fair: one waits for each place, so that none stands empty.
        let work = Duration::from_micros(self.work_micros.load(Ordering::Relaxed));
        moment.max(work).min(self.patience())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(5);

    #[test]
    fn a_crowd_may_wait_and_a_queue_that_stands_may_not() {
        let load = Load::new(2, LIMIT);
        load.worked(Duration::from_millis(10));
        // 100 ms, at 10 ms for two.
        assert!(load.has_room(19));
        assert!(!load.has_room(20));
        load.shed();
        assert!(load.has_room(1), "one for each place");
        assert!(!load.has_room(2));
    }

    #[test]
    fn the_queue_has_an_end_however_short_the_work() {
        let load = Load::new(2, LIMIT);
        assert!(load.has_room(63));
        assert!(!load.has_room(64));
    }

    #[test]
    fn long_work_lets_nobody_wait_who_would_wait_in_vain() {
        let load = Load::new(1, LIMIT);
        load.worked(Duration::from_secs(3));
        assert!(!load.has_room(0));
        let load = Load::new(2, LIMIT);
        load.worked(Duration::from_secs(1));
        assert!(load.has_room(0) && load.has_room(1));
        assert_eq!(load.patience(), Duration::from_millis(1250));
        assert_eq!(Load::new(1, Duration::from_millis(30)).patience(), Duration::from_millis(30));
    }

    #[test]
    fn the_more_are_sent_away_the_longer_they_stay_away() {
        let load = Load::new(2, LIMIT);
        load.worked(Duration::from_millis(100));
        assert_eq!(load.shed(), 1);
        let last = (0..5000).map(|_| load.shed()).max();
        assert!(last > Some(1) && last <= Some(30), "{last:?}");
    }

    #[test]
    fn the_length_of_work_is_a_moving_average() {
        let load = Load::new(1, LIMIT);
        load.worked(Duration::from_millis(8));
        assert_eq!(load.counts(0).work_micros, 8000);
        load.worked(Duration::from_millis(16));
        assert_eq!(load.counts(0).work_micros, 9000);
    }
}

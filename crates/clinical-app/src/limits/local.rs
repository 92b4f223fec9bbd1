//! The count of one process: `governor` over a store that has an end.

use super::store::{CLIENTS, Store};
use governor::clock::Clock;
use governor::middleware::StateInformationMiddleware;
use governor::{Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// How often clients that have their whole limit again are forgotten.
const SWEEP_EVERY: Duration = Duration::from_secs(5);

/// One table of counts.
#[derive(Debug)]
pub(super) struct Local {
    limiter: RateLimiter<u128, Store, Ticks, StateInformationMiddleware>,
    /// When was swept last, in milliseconds of the clock.
    swept: AtomicU64,
}

/// Time since the table was made. It is tokio's, so that a test can move it.
#[derive(Clone, Copy, Debug)]
struct Ticks(Instant);

impl Clock for Ticks {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

impl Local {
    pub(super) fn new(per_minute: NonZeroU32) -> Self {
        Self::with_places(per_minute, CLIENTS)
    }

    fn with_places(per_minute: NonZeroU32, clients: usize) -> Self {
        let limiter = RateLimiter::new(Quota::per_minute(per_minute), Store::new(clients), Ticks(Instant::now()));
        Self { limiter, swept: AtomicU64::new(0) }
    }

    /// Counts one: how many are left, or how long until one is allowed.
    pub(super) fn take(&self, key: u128) -> Result<u32, Duration> {
        self.sweep();
        match self.limiter.check_key(&key) {
            Ok(state) => Ok(state.remaining_burst_capacity()),
            Err(not_until) => Err(not_until.wait_time_from(self.limiter.clock().now())),
        }
    }

    /// How many clients are remembered.
    pub(super) fn len(&self) -> usize {
        self.limiter.len()
    }

    /// Forgets, now and then, who has the whole limit again. It is done by whoever comes along: no thread is needed,
    /// and a service that nobody calls does nothing.
    fn sweep(&self) {
        let now = u64::try_from(self.limiter.clock().now().as_millis()).unwrap_or(u64::MAX);
        let last = self.swept.load(Ordering::Relaxed);
        let is_due = u128::from(now.saturating_sub(last)) >= SWEEP_EVERY.as_millis();
        if is_due && self.swept.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            self.limiter.retain_recent();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    fn key(number: u32) -> u128 {
        let digest: [u8; 32] = Sha256::digest(number.to_be_bytes()).into();
        u128::from_be_bytes(digest[..16].try_into().unwrap())
    }

    fn table(per_minute: u32, clients: usize) -> Local {
        Local::with_places(NonZeroU32::new(per_minute).unwrap(), clients)
    }

    #[tokio::test(start_paused = true)]
    async fn a_flood_of_clients_does_not_grow_the_table_and_resets_nobody() {
        let table = table(2, 1000);
        let known = key(u32::MAX);
        assert_eq!((table.take(known), table.take(known)), (Ok(1), Ok(0)));
        let allowed = (0..50_000).filter(|number| table.take(key(*number)).is_ok()).count();
        assert!(table.len() <= 1008, "{}", table.len());
        assert!(allowed < 1008 + 16 * 64 * 2, "strangers share what is left: {allowed}");
        assert!(table.take(known).is_err(), "the flood has not given anybody a new start");
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_the_whole_limit_again_is_forgotten() {
        let table = table(60, 1000);
        for number in 0..500 {
            assert!(table.take(key(number)).is_ok());
        }
        tokio::time::advance(Duration::from_secs(6)).await;
        assert!(table.take(key(1)).is_ok());
        assert_eq!(table.len(), 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_used_it_all_is_not_forgotten_before_the_minute_is_over() {
        let table = table(60, 1000);
        while table.take(key(1)).is_ok() {}
        for second in 1..60 {
            tokio::time::advance(Duration::from_secs(1)).await;
            assert!(table.take(key(1)).is_ok(), "{second}");
            assert!(table.take(key(1)).is_err(), "{second}");
        }
    }
}

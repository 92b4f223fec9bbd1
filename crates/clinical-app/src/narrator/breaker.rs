//! Leaves a server alone that fails: who would wait for it in vain is not kept waiting. The time is an argument.

use std::time::Duration;

/// Failures in a row after which it opens.
pub const FAILURES: u32 = 5;

/// How long it stays open before one request may try.
pub const REST: Duration = Duration::from_secs(30);

/// How it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// Requests go through.
    Closed,
    /// One request may try, or is trying.
    HalfOpen,
    /// None goes through.
    Open,
}

/// Counts failures. Times are measured from any one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Breaker {
    rest: Duration,
    failures: u32,
    opened: Option<Duration>,
    probing: bool,
}

impl Breaker {
    /// Closed.
    #[must_use]
    pub const fn new(rest: Duration) -> Self {
        Self { rest, failures: 0, opened: None, probing: false }
    }

    /// Whether a request may be sent. If so, one of the three below must be called when it has ended.
    #[must_use]
    pub fn enter(&mut self, now: Duration) -> bool {
        match self.stands(now) {
            Stands::Closed => true,
            Stands::HalfOpen if !self.probing => {
                self.probing = true;
                true
            }
            Stands::HalfOpen | Stands::Open => false,
        }
    }

    /// It was answered.
    pub const fn succeeded(&mut self) {
        self.failures = 0;
        self.opened = None;
        self.probing = false;
    }

    /// It failed. What was sent before it opened and fails later makes it no longer open.
    pub const fn failed(&mut self, now: Duration) {
        self.failures = self.failures.saturating_add(1);
        if self.probing || (self.opened.is_none() && self.failures >= FAILURES) {
            self.opened = Some(now);
            self.probing = false;
        }
    }

    /// It ended and told nothing: its client went away, or its answer was its own affair.
    pub const fn told_nothing(&mut self) {
        self.probing = false;
    }

    /// How it stands.
    #[must_use]
    pub fn stands(&self, now: Duration) -> Stands {
        match self.opened {
            None => Stands::Closed,
            Some(opened) if now.saturating_sub(opened) >= self.rest => Stands::HalfOpen,
            Some(_) => Stands::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn opened() -> Breaker {
        let mut breaker = Breaker::new(REST);
        for second in 0..u64::from(FAILURES) {
            assert!(breaker.enter(at(second)));
            breaker.failed(at(second));
        }
        breaker
    }

    #[test]
    fn it_opens_after_five_in_a_row_and_not_before() {
        let mut breaker = Breaker::new(REST);
        for _ in 0..3 {
            (1..FAILURES).for_each(|_| breaker.failed(at(0)));
            assert_eq!(breaker.stands(at(0)), Stands::Closed);
            breaker.succeeded();
        }
        (0..FAILURES).for_each(|_| breaker.failed(at(7)));
        assert_eq!(breaker.stands(at(7)), Stands::Open);
        assert!(!breaker.enter(at(7)));
    }

    #[test]
    fn after_a_rest_one_may_try_and_no_more() {
        let mut breaker = opened();
        assert!(!breaker.enter(at(33)));
        assert!(breaker.enter(at(34)));
        assert!(!breaker.enter(at(34)) && !breaker.enter(at(1000)));
        breaker.succeeded();
        assert!(breaker.enter(at(1000)) && breaker.enter(at(1000)));
    }

    #[test]
    fn a_try_that_fails_opens_it_anew() {
        let mut breaker = opened();
        assert!(breaker.enter(at(34)));
        breaker.failed(at(40));
        assert!(!breaker.enter(at(69)));
        assert!(breaker.enter(at(70)));
    }

    #[test]
    fn a_try_that_tells_nothing_leaves_its_place_to_the_next() {
        let mut breaker = opened();
        assert!(breaker.enter(at(34)));
        breaker.told_nothing();
        assert_eq!(breaker.stands(at(34)), Stands::HalfOpen);
        assert!(breaker.enter(at(34)));
    }

    #[test]
    fn what_fails_late_does_not_lengthen_the_rest() {
        let mut breaker = opened();
        breaker.failed(at(30));
        assert!(breaker.enter(at(34)));
    }
}

//! How long a model may take.
//!
//! All of it together has the time that one document has (`CLINICAL_MAX_PROCESSING_TIME_SECONDS`): the first work, which
//! finds out what to ask, the model, and the second work, for which enough is kept back. Whatever the model does, the
//! sheet comes in time; what did not come by then is none.

use std::time::Duration;

/// A model is not asked that would have less time than this.
const LEAST: Duration = Duration::from_millis(50);

/// How long a model may take, of `limit` for all, when the first work and its wait took `first`. The second work does
/// what the first one did, reads the answers, and makes and checks the page.
#[must_use]
pub fn time_for_it(limit: Duration, first: Duration) -> Option<Duration> {
    let kept_back = (limit / 4).max(first.saturating_mul(3));
    limit.checked_sub(first)?.checked_sub(kept_back).filter(|left| *left >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn enough_is_kept_back_for_the_sheet() {
        assert_eq!(time_for_it(ms(5000), ms(100)), Some(ms(3650)));
        assert_eq!(time_for_it(ms(5000), ms(1000)), Some(ms(1000)));
        assert_eq!(time_for_it(ms(5000), ms(1300)), None);
        assert_eq!(time_for_it(ms(5000), ms(9000)), None);
        assert_eq!(time_for_it(ms(60), ms(1)), None);
    }
}

//! What is tried again, and when.
//!
//! A completion changes nothing anywhere, so that trying again is always safe; it is not always kind. A try that ran out
//! of time is not repeated: the server may still be working at it, and a second one would double the load of a server
//! that is slow already. Neither is an answer that is of no use: the same question with temperature 0 and the same seed
//! gives the same answer. What is left are connections that were not made, and statuses by which a server says that it
//! has done nothing. The waits have no chance in them: there are few clients, each of them asks for few sentences, and a
//! result that can be repeated is worth more here.

use super::Outcome;
use std::time::Duration;

/// Tries of one request, the first among them.
pub const TRIES: u32 = 3;

/// The wait before the second try; it doubles before the third.
pub const BACKOFF: Duration = Duration::from_millis(200);

/// How long to wait before trying again after the try of this number, from one. `None`: not at all. The server's own
/// wish (`Retry-After`) holds where it is longer than ours; whether there is time for it is for the caller to know.
#[must_use]
pub fn wait(outcome: Outcome, number: u32, wished: Option<Duration>, backoff: Duration) -> Option<Duration> {
    let is_worth_it = matches!(outcome, Outcome::Unreachable | Outcome::Throttled | Outcome::ServerError);
    let ours = backoff.saturating_mul(1 << number.saturating_sub(1).min(16));
    (is_worth_it && number < TRIES).then(|| ours.max(wished.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: Duration = Duration::from_millis(1);

    #[test]
    fn the_wait_doubles_and_ends() {
        let after = |number| wait(Outcome::Unreachable, number, None, MS * 100);
        assert_eq!([after(1), after(2), after(3)], [Some(MS * 100), Some(MS * 200), None]);
    }

    #[test]
    fn the_wish_of_the_server_holds_where_it_is_longer() {
        let after = |wished| wait(Outcome::Throttled, 1, Some(MS * wished), MS * 100);
        assert_eq!([after(0), after(5000)], [Some(MS * 100), Some(MS * 5000)]);
    }

    #[test]
    fn only_what_did_nothing_is_tried_again() {
        for outcome in Outcome::ALL {
            let again = wait(outcome, 1, None, MS).is_some();
            let did_nothing = matches!(outcome, Outcome::Unreachable | Outcome::Throttled | Outcome::ServerError);
            assert_eq!(again, did_nothing, "{outcome:?}");
        }
    }
}

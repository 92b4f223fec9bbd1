//! What the limiter says of one request, and how the reply tells it.

use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::time::Duration;

/// The time that the limit is given for, in seconds.
pub const WINDOW_SECONDS: u32 = 60;

/// The answer for one request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Whether the request may go on.
    pub allowed: bool,
    /// Requests in a window.
    pub limit: u32,
    /// The window, in seconds: [`WINDOW_SECONDS`].
    pub window_seconds: u32,
    /// Requests that would be allowed at once now.
    pub remaining: u32,
    /// Seconds until the whole limit is there again; of a refused request, until the next is allowed. Rounded up.
    pub reset_seconds: u32,
    /// Of a refused request: seconds until the next is allowed, 1 or more.
    pub retry_after: Option<u32>,
}

impl Verdict {
    /// Allowed, with so many left.
    pub(super) fn allowed(limit: u32, remaining: u32) -> Self {
        let used = u64::from(limit.saturating_sub(remaining));
        let until_full = (used * u64::from(WINDOW_SECONDS)).div_ceil(u64::from(limit.max(1)));
        Self {
            allowed: true,
            limit,
            window_seconds: WINDOW_SECONDS,
            remaining,
            reset_seconds: u32::try_from(until_full).unwrap_or(WINDOW_SECONDS),
            retry_after: None,
        }
    }

    /// Refused; one is allowed after `wait`.
    pub(super) fn refused(limit: u32, wait: Duration) -> Self {
        let seconds = u32::try_from(wait.as_micros().div_ceil(1_000_000)).unwrap_or(WINDOW_SECONDS);
        let seconds = seconds.clamp(1, WINDOW_SECONDS);
        Self {
            allowed: false,
            limit,
            window_seconds: WINDOW_SECONDS,
            remaining: 0,
            reset_seconds: seconds,
            retry_after: Some(seconds),
        }
    }

    /// Writes `X-RateLimit-Limit`, `-Window`, `-Remaining` and `-Reset`, and `Retry-After` (RFC 9110, 10.2.3) on a
    /// refusal.
    pub fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("x-ratelimit-limit", self.limit),
            ("x-ratelimit-window", self.window_seconds),
            ("x-ratelimit-remaining", self.remaining),
            ("x-ratelimit-reset", self.reset_seconds),
        ] {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_say_what_the_verdict_says() {
        let mut headers = HeaderMap::new();
        Verdict::allowed(120, 119).write(&mut headers);
        assert_eq!(headers["x-ratelimit-remaining"], "119");
        assert_eq!(headers["x-ratelimit-reset"], "1");
        assert!(!headers.contains_key(RETRY_AFTER));
        Verdict::refused(120, Duration::from_millis(400)).write(&mut headers);
        assert_eq!(
            (&headers["x-ratelimit-window"], &headers["x-ratelimit-limit"]),
            (&"60".parse().unwrap(), &"120".parse().unwrap())
        );
        assert_eq!(headers[RETRY_AFTER], "1", "never 0: that would be an invitation");
    }
}

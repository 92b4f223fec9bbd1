//! The clock: the one place that knows what time it is. Everything below gets the time as an argument.
#![expect(clippy::disallowed_methods, reason = "this is the clock that every other crate is given")]

use clinical_pipeline::Moment;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Seconds from 1970 to the last second of the year 9999, which is as far as a FHIR date reaches.
const LAST: u64 = 253_402_300_799;

/// A point in time, to the second, with the text that stands in replies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Now {
    /// For the pipeline.
    pub moment: Moment,
    /// As RFC 3339.
    pub text: String,
}

impl Now {
    /// The time now, in UTC. `None` only if the clock shows no year that a record could name.
    #[must_use]
    pub fn read() -> Option<Self> {
        Self::from_unix(SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs())
    }

    /// The time given by a user, who must name the zone: `2025-03-01T09:00:00Z`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let moment = Moment::parse(text).filter(|m| m.zone.is_some())?;
        Some(Self { moment, text: text.to_owned() })
    }

    /// The time of a Unix clock.
    #[must_use]
    pub fn from_unix(seconds: u64) -> Option<Self> {
        if seconds > LAST {
            return None;
        }
        let (year, month, day) = civil(i64::try_from(seconds / 86_400).ok()?);
        let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
        Self::parse(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }
}

/// Year, month and day of a day counted from 1970-01-01 (Howard Hinnant's `civil_from_days`, for days not before it).
pub(crate) const fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + (month <= 2) as i64, month, day)
}

/// Seconds since 1970 in UTC; 0 where the clock shows less.
#[must_use]
pub fn unix_seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// Microseconds since 1970 in UTC; 0 where the clock shows less.
#[must_use]
pub fn unix_micros() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        for (seconds, text) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_164_800, "2024-02-29T00:00:00Z"),
            (1_735_689_599, "2024-12-31T23:59:59Z"),
            (LAST, "9999-12-31T23:59:59Z"),
        ] {
            let now = Now::from_unix(seconds).unwrap();
            assert_eq!(now.text, text);
            assert_eq!(now.moment.order(), i64::try_from(seconds).unwrap());
        }
        assert_eq!(Now::from_unix(LAST + 1), None);
    }

    #[test]
    fn a_time_of_a_user_names_its_zone() {
        assert!(Now::parse("2025-03-01T09:00:00-05:00").is_some());
        for bad in ["", "2025-03-01", "2025-03-01T09:00:00", "tomorrow"] {
            assert_eq!(Now::parse(bad), None, "{bad}");
        }
    }
}

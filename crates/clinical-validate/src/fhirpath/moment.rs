//! Dates, dateTimes, instants and times, each as precise as it is written.
//!
//! FHIRPath (section 6.2): where one side says the month and the other does not, and the years agree, the comparison
//! is empty. So a moment is the span of seconds that it may mean, and of two spans that overlap nothing is known.
//! A time of day without an offset may be any of the offsets in use, −12 to +14 hours, beside one that has it.

use std::cmp::Ordering;

/// `None` where either is no date, or nothing can be said.
pub(crate) fn compare(left: &str, right: &str) -> Option<Ordering> {
    let (mut left, mut right) = (Moment::read(left)?, Moment::read(right)?);
    if left.is_time != right.is_time {
        return None;
    }
    match (left.is_placed, right.is_placed) {
        (true, false) => right.widen(),
        (false, true) => left.widen(),
        _ => {}
    }
    if left.last < right.first {
        Some(Ordering::Less)
    } else if left.first > right.last {
        Some(Ordering::Greater)
    } else {
        let alike = left.precision == right.precision && left.is_placed == right.is_placed;
        let same = alike && left.first == right.first && left.last == right.last;
        same.then(|| fractions(left.fraction, right.fraction))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Precision {
    Year,
    Month,
    Day,
    Minute,
    Second,
}

struct Moment<'t> {
    /// Seconds since a day that does not matter, the last one included.
    first: i64,
    last: i64,
    fraction: &'t str,
    precision: Precision,
    /// It has an offset.
    is_placed: bool,
    /// It is a time of day without a date.
    is_time: bool,
}

impl<'t> Moment<'t> {
    fn read(text: &'t str) -> Option<Self> {
        if text.as_bytes().get(2) == Some(&b':') {
            let (first, fraction, precision, rest) = clock(text)?;
            let last = first + i64::from(precision == Precision::Minute) * 59;
            return rest.is_empty().then_some(Self {
                first,
                last,
                fraction,
                precision,
                is_placed: false,
                is_time: true,
            });
        }
        let year = digits(text, 4)?;
        let rest = text.get(4..)?;
        let Some(rest) = rest.strip_prefix('-') else {
            return rest
                .is_empty()
                .then(|| Self::days(day_number(year, 1, 1), day_number(year + 1, 1, 1), Precision::Year));
        };
        let month = digits(rest, 2).filter(|m| (1..=12).contains(m))?;
        let (next_year, next_month) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
        let (start, end) = (day_number(year, month, 1), day_number(next_year, next_month, 1));
        let rest = rest.get(2..)?;
        let Some(rest) = rest.strip_prefix('-') else {
            return rest.is_empty().then(|| Self::days(start, end, Precision::Month));
        };
        let day = start + digits(rest, 2)? - 1;
        if !(start..end).contains(&day) {
            return None;
        }
        let rest = rest.get(2..)?;
        let Some(rest) = rest.strip_prefix('T') else {
            return rest.is_empty().then(|| Self::days(day, day + 1, Precision::Day));
        };
        let (seconds, fraction, precision, rest) = clock(rest)?;
        let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
        let first = day * DAY + seconds - offset.unwrap_or(0);
        let last = first + i64::from(precision == Precision::Minute) * 59;
        Some(Self { first, last, fraction, precision, is_placed: offset.is_some(), is_time: false })
    }

    fn days(from: i64, until: i64, precision: Precision) -> Self {
        let (first, last) = (from * DAY, until * DAY - 1);
        Self { first, last, fraction: "", precision, is_placed: false, is_time: false }
    }

    fn widen(&mut self) {
        self.first -= 14 * 3600;
        self.last += 12 * 3600;
    }
}

const DAY: i64 = 24 * 3600;

/// Two runs of digits after the point.
fn fractions(left: &str, right: &str) -> Ordering {
    left.trim_end_matches('0').cmp(right.trim_end_matches('0'))
}

fn digits(text: &str, count: usize) -> Option<i64> {
    let part = text.get(..count)?;
    part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`: seconds, fraction, how precise, and what follows.
fn clock(text: &str) -> Option<(i64, &str, Precision, &str)> {
    let hours = digits(text, 2).filter(|h| *h < 24)?;
    let rest = text.get(2..)?.strip_prefix(':')?;
    let minutes = digits(rest, 2).filter(|m| *m < 60)?;
    let rest = rest.get(2..)?;
    let seconds = hours * 3600 + minutes * 60;
    let Some(rest) = rest.strip_prefix(':') else {
        return Some((seconds, "", Precision::Minute, rest));
    };
    let seconds = seconds + digits(rest, 2).filter(|s| *s <= 60)?;
    let rest = rest.get(2..)?;
    let Some(rest) = rest.strip_prefix('.') else {
        return Some((seconds, "", Precision::Second, rest));
    };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (fraction, rest) = rest.split_at_checked(end)?;
    (end > 0).then_some((seconds, fraction, Precision::Second, rest))
}

/// `Z` or `+hh:mm` in seconds.
fn offset(text: &str) -> Option<i64> {
    if text == "Z" {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = text.get(1..)?.split_once(':')?;
    (hours.len() == 2 && minutes.len() == 2)
        .then(|| Some(sign * (digits(hours, 2)? * 3600 + digits(minutes, 2)? * 60)))?
}

/// Days since a day long ago, in the Gregorian calendar; March is the first month, so a leap day is the last.
fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + (153 * month + 2) / 5 + day
}

#[cfg(test)]
mod tests {
    use super::compare;
    use std::cmp::Ordering::{Equal, Greater, Less};

    #[test]
    fn moments_compare_as_far_as_they_are_known() {
        for (left, right, order) in [
            ("2012", "2013", Some(Less)),
            ("2012", "2012", Some(Equal)),
            ("2012", "2012-01", None),
            ("2012-01", "2012-02-01", Some(Less)),
            ("2012-02-29", "2012-03-01", Some(Less)),
            ("2011-12-31", "2012-01-01", Some(Less)),
            ("2012-12-31", "2013", Some(Less)),
            ("2012-05-04", "2012-05-04T10:00:00Z", None),
            ("2012-05-04", "2012-05-06T10:00:00Z", Some(Less)),
            ("2012-05-04T10:00:00Z", "2012-05-04T12:00:00+02:00", Some(Equal)),
            ("2012-05-04T10:00:00Z", "2012-05-04T11:00:00+02:00", Some(Greater)),
            ("2012-05-04T10:00:00.5Z", "2012-05-04T10:00:00Z", Some(Greater)),
            ("2012-05-04T10:00:00.50Z", "2012-05-04T10:00:00.500Z", Some(Equal)),
            ("2012-05-04T10:00:00.5Z", "2012-05-04T10:00:00.45Z", Some(Greater)),
            ("2012-05-04T10:00Z", "2012-05-04T10:00:30Z", None),
            ("2012-05-04T10:00:00", "2012-05-04T10:00:00Z", None),
            ("10:00:00", "10:00:01", Some(Less)),
            ("10:00:00", "2012", None),
            ("2012-02-30", "2013", None),
            ("2012-13", "2013", None),
            ("12", "2013", None),
            ("2012-1", "2013", None),
            ("", "2013", None),
            ("2012-05-04T10:00:00.Z", "2013", None),
            ("2012-05-04T10:00:00é", "2013", None),
        ] {
            assert_eq!(compare(left, right), order, "{left} {right}");
            assert_eq!(compare(right, left), order.map(std::cmp::Ordering::reverse), "{right} {left}");
        }
    }
}

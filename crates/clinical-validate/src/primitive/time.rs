//! Dates and times that exist.

use super::{Fault, wrong};

const DATE: Option<Fault> = wrong("date-format", "A date is YYYY, YYYY-MM or YYYY-MM-DD");
const NO_DAY: Option<Fault> = wrong("date-day", "There is no such day");
const CLOCK: Option<Fault> = wrong("time-format", "A time is hh:mm:ss, with a fraction or without");
const ZONE: Option<Fault> = wrong("time-zone", "A date with a time must have a time zone (Z, +hh:mm or -hh:mm)");

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
pub(super) fn date(value: &str) -> Option<Fault> {
    match day(value.as_bytes()) {
        Ok([]) => None,
        Ok(_) => DATE,
        Err(fault) => fault,
    }
}

/// A date, or a day with a time and a zone.
pub(super) fn date_time(value: &str) -> Option<Fault> {
    match day(value.as_bytes()) {
        Ok([]) => None,
        // A time needs a whole day before it.
        Ok([b'T', rest @ ..]) if value.len() - rest.len() == 11 => clock_and_zone(rest),
        Ok(_) => DATE,
        Err(fault) => fault,
    }
}

/// A day with a time and a zone.
pub(super) fn instant(value: &str) -> Option<Fault> {
    match day(value.as_bytes()) {
        Ok([b'T', rest @ ..]) if value.len() - rest.len() == 11 => clock_and_zone(rest),
        Ok(_) => wrong("instant-format", "An instant is YYYY-MM-DDThh:mm:ss with a time zone"),
        Err(fault) => fault,
    }
}

/// A time without zone.
pub(super) fn time(value: &str) -> Option<Fault> {
    match clock(value.as_bytes()) {
        Some([]) => None,
        _ => CLOCK,
    }
}

fn clock_and_zone(bytes: &[u8]) -> Option<Fault> {
    match clock(bytes) {
        None => CLOCK,
        Some([b'Z']) => None,
        Some([b'+' | b'-', a, b, b':', c, d]) => {
            let zone = two(*a, *b).zip(two(*c, *d));
            if zone.is_some_and(|(h, m)| (h <= 13 && m <= 59) || (h == 14 && m == 0)) { None } else { ZONE }
        }
        Some(_) => ZONE,
    }
}

/// The date at the beginning, and what comes after it.
fn day(bytes: &[u8]) -> Result<&[u8], Option<Fault>> {
    let [a, b, c, d, rest @ ..] = bytes else { return Err(DATE) };
    let (Some(century), Some(rest_of_year)) = (two(*a, *b), two(*c, *d)) else { return Err(DATE) };
    let year = century * 100 + rest_of_year;
    if year == 0 {
        return Err(DATE);
    }
    let [b'-', a, b, rest @ ..] = rest else { return Ok(rest) };
    let month = two(*a, *b).ok_or(DATE)?;
    if !(1..=12).contains(&month) {
        return Err(NO_DAY);
    }
    let [b'-', a, b, rest @ ..] = rest else { return Ok(rest) };
    let day = two(*a, *b).ok_or(DATE)?;
    if day < 1 || day > days(year, month) {
        return Err(NO_DAY);
    }
    Ok(rest)
}

fn days(year: u16, month: u16) -> u16 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The time at the beginning, and what comes after it. The sixtieth second is allowed.
fn clock(bytes: &[u8]) -> Option<&[u8]> {
    let [a, b, b':', c, d, b':', e, f, rest @ ..] = bytes else { return None };
    if two(*a, *b)? > 23 || two(*c, *d)? > 59 || two(*e, *f)? > 60 {
        return None;
    }
    let [b'.', fraction @ ..] = rest else { return Some(rest) };
    let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 { None } else { fraction.get(digits..) }
}

fn two(a: u8, b: u8) -> Option<u16> {
    (a.is_ascii_digit() && b.is_ascii_digit()).then(|| u16::from(a - b'0') * 10 + u16::from(b - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_that_exist() {
        for good in ["2024", "2024-02", "2024-02-29", "2000-02-29", "0001"] {
            assert_eq!(date(good), None, "{good}");
        }
        for bad in [
            "",
            "24",
            "0000",
            "2024-13",
            "2024-00",
            "2023-02-29",
            "1900-02-29",
            "2024-04-31",
            "2024-1-1",
            "2024-01-01T",
            "not a date",
            "20240101",
            "2024-",
        ] {
            assert!(date(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn a_date_with_a_time_has_a_zone() {
        for good in ["2024", "2024-01-01T23:59:60Z", "2024-01-01T00:00:00.123+14:00", "2024-01-01T00:00:00-13:59"] {
            assert_eq!(date_time(good), None, "{good}");
        }
        for bad in [
            "2024-01-01T00:00:00",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:00Z",
            "2024-01T00:00:00Z",
            "2024T00:00:00Z",
            "2024-01-01T00:00:00+14:01",
            "2024-01-01T00:00:00.Z",
            "2024-01-01 00:00:00Z",
            "2024-01-01T00:00:00z",
        ] {
            assert!(date_time(bad).is_some(), "{bad}");
        }
        assert!(instant("2024-01-01").is_some());
        assert_eq!(instant("2024-01-01T10:00:00Z"), None);
    }

    #[test]
    fn a_time_has_seconds_and_no_zone() {
        for good in ["10:00:00", "23:59:59.5"] {
            assert_eq!(time(good), None, "{good}");
        }
        for bad in ["10:00", "24:00:00", "10:00:00Z", "1:00:00", "10:00:00."] {
            assert!(time(bad).is_some(), "{bad}");
        }
    }
}

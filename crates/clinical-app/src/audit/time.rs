//! Points in time as text.

use super::json::digits;
use crate::clock::civil;

/// The last microsecond of the year 9999, which is as far as a FHIR instant reaches.
const LAST: u64 = 253_402_300_799_999_999;

/// Length of the text.
pub(super) const LENGTH: usize = 27;

/// Appends microseconds since 1970 as RFC 3339 in UTC, which is also a FHIR `instant` and a timestamp of RFC 5424.
/// What lies behind the year 9999 is written as its last moment.
pub(super) fn write(out: &mut Vec<u8>, micros: u64) {
    let micros = micros.min(LAST);
    let seconds = micros / 1_000_000;
    let (year, month, day) = civil((seconds / 86_400).cast_signed());
    for (number, width, end) in [
        (year.cast_unsigned(), 4, b'-'),
        (month.cast_unsigned(), 2, b'-'),
        (day.cast_unsigned(), 2, b'T'),
        (seconds / 3600 % 24, 2, b':'),
        (seconds / 60 % 60, 2, b':'),
        (seconds % 60, 2, b'.'),
        (micros % 1_000_000, 6, b'Z'),
    ] {
        digits(out, number, width);
        out.push(end);
    }
}

/// The same without signs and fractions, for the name of a file: `20250301T090000Z`.
pub(super) fn compact(micros: u64) -> String {
    let mut text = Vec::with_capacity(27);
    write(&mut text, micros);
    let mut short: String = text.iter().take(19).filter(|b| !matches!(b, b'-' | b':')).map(|b| *b as char).collect();
    short.push('Z');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_to_the_microsecond() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00.000000Z"),
            (951_782_400_000_001, "2000-02-29T00:00:00.000001Z"),
            (1_740_819_600_123_456, "2025-03-01T09:00:00.123456Z"),
            (LAST, "9999-12-31T23:59:59.999999Z"),
            (u64::MAX, "9999-12-31T23:59:59.999999Z"),
        ] {
            let mut out = Vec::new();
            write(&mut out, micros);
            assert_eq!(String::from_utf8(out).unwrap(), text);
        }
        assert_eq!(compact(1_740_819_600_123_456), "20250301T090000Z");
    }
}

//! Points in time as records give them: a year, a month, a day, or an instant, with or without a zone.

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How much of a date the record gives.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Precision {
    /// `2024`
    Year,
    /// `2024-03`
    Month,
    /// `2024-03-05`
    Day,
    /// `2024-03-05T09:30` and finer
    Time,
}

/// A FHIR `date`, `dateTime` or `instant`, or an HL7 version 3 `TS`, read for comparing and for wording. The text on the page stays the record's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// Year, 0001 to 9999.
    pub year: u16,
    /// Month, 1 to 12; 1 where not given.
    pub month: u8,
    /// Day, 1 to 31; 1 where not given.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute.
    pub minute: u8,
    /// Second, 0 to 60.
    pub second: u8,
    /// Minutes east of UTC, where the record gives a zone.
    pub zone: Option<i16>,
    /// How much of it the record gives.
    pub precision: Precision,
}

const fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 => 28 + is_leap(year) as u8,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn digits(bytes: &[u8]) -> Option<u16> {
    bytes.iter().try_fold(0u16, |n, b| b.is_ascii_digit().then(|| n * 10 + u16::from(b - b'0')))
}

fn two(bytes: &[u8]) -> Option<u8> {
    (bytes.len() == 2).then(|| digits(bytes))?.and_then(|n| u8::try_from(n).ok())
}

impl Moment {
    /// Reads the forms that FHIR R4 (2.24.0.1) allows: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, and a time with or without
    /// seconds, fraction and zone; and those of HL7 version 3 (`TS`, data types R1 2.4): `YYYYMM`, `YYYYMMDD`,
    /// `YYYYMMDDhhmm` and finer, with `+ZZzz`. Real calendar dates only. Anything else is `None`; nothing is guessed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        if b.get(4).is_some_and(u8::is_ascii_digit) {
            return Self::parse_ts(b);
        }
        let mut m = Self {
            year: digits(b.get(..4)?)?,
            month: 1,
            day: 1,
            hour: 0,
            minute: 0,
            second: 0,
            zone: None,
            precision: Precision::Year,
        };
        if m.year == 0 {
            return None;
        }
        if b.len() == 4 {
            return Some(m);
        }
        (b[4] == b'-').then_some(())?;
        m.month = two(b.get(5..7)?)?;
        (1..=12).contains(&m.month).then_some(())?;
        m.precision = Precision::Month;
        if b.len() == 7 {
            return Some(m);
        }
        (b[7] == b'-').then_some(())?;
        m.day = two(b.get(8..10)?)?;
        (1..=days_in(m.year, m.month)).contains(&m.day).then_some(())?;
        m.precision = Precision::Day;
        if b.len() == 10 {
            return Some(m);
        }
        (b[10] == b'T').then_some(())?;
        m.hour = two(b.get(11..13)?)?;
        (b.get(13) == Some(&b':')).then_some(())?;
        m.minute = two(b.get(14..16)?)?;
        (m.hour < 24 && m.minute < 60).then_some(())?;
        m.precision = Precision::Time;
        let mut at = 16;
        if b.get(at) == Some(&b':') {
            m.second = two(b.get(17..19)?)?;
            (m.second <= 60).then_some(())?;
            at = 19;
            if b.get(at) == Some(&b'.') {
                let fraction = b[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
                (fraction > 0).then_some(())?;
                at += 1 + fraction;
            }
        }
        m.zone = match b.get(at..)? {
            [] => None,
            b"Z" => Some(0),
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
                let (hours, minutes) = (two(&[*h1, *h2])?, two(&[*m1, *m2])?);
                (hours <= 14 && minutes < 60).then_some(())?;
                let east = i16::from(hours) * 60 + i16::from(minutes);
                Some(if *sign == b'-' { -east } else { east })
            }
            _ => return None,
        };
        Some(m)
    }

    /// `TS` of HL7 version 3. Hours alone are read as the hour's first minute; a zone needs a time.
    fn parse_ts(b: &[u8]) -> Option<Self> {
        let length = b.iter().take_while(|c| c.is_ascii_digit()).count();
        let part = |from: usize| if from + 2 <= length { two(&b[from..from + 2]) } else { None };
        if !matches!(length, 6 | 8 | 10 | 12 | 14) {
            return None;
        }
        let mut m = Self {
            year: digits(&b[..4])?,
            month: part(4)?,
            day: part(6).unwrap_or(1),
            hour: part(8).unwrap_or(0),
            minute: part(10).unwrap_or(0),
            second: part(12).unwrap_or(0),
            zone: None,
            precision: match length {
                6 => Precision::Month,
                // An hour without minutes is no clock time that a page could write.
                8 | 10 => Precision::Day,
                _ => Precision::Time,
            },
        };
        let is_real = m.year > 0
            && (1..=12).contains(&m.month)
            && (1..=days_in(m.year, m.month)).contains(&m.day)
            && m.hour < 24
            && m.minute < 60
            && m.second <= 60;
        is_real.then_some(())?;
        let mut rest = &b[length..];
        if let [b'.', more @ ..] = rest {
            let fraction = more.iter().take_while(|c| c.is_ascii_digit()).count();
            (fraction > 0 && length == 14).then_some(())?;
            rest = &more[fraction..];
        }
        m.zone = match rest {
            [] => None,
            [sign @ (b'+' | b'-'), h1, h2, m1, m2] => {
                let (hours, minutes) = (two(&[*h1, *h2])?, two(&[*m1, *m2])?);
                (hours <= 14 && minutes < 60).then_some(())?;
                let east = i16::from(hours) * 60 + i16::from(minutes);
                Some(if *sign == b'-' { -east } else { east })
            }
            _ => return None,
        };
        // Midnight with a zone and no more is how many systems write a day ("20240305000000+0000"): it stays a time,
        // because the record says so. A day with a zone ("20240305-0500") is a day.
        Some(m)
    }

    /// Days since 1970-01-01 of the date as written (its zone not applied).
    #[must_use]
    pub const fn days(&self) -> i64 {
        let y = self.year as i64 - (self.month <= 2) as i64;
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let shifted = (self.month as i64 + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + self.day as i64 - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// Seconds since 1970-01-01T00:00:00Z, for ordering. A time without a zone is taken as UTC, a date as its first
    /// second; that orders entries and never reaches a page.
    #[must_use]
    pub fn order(&self) -> i64 {
        let clock = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        self.days() * 86_400 + clock - i64::from(self.zone.unwrap_or(0)) * 60
    }

    /// The last second this date could mean: a year lasts to its end, a day to midnight.
    #[must_use]
    pub fn latest(&self) -> i64 {
        let last = match self.precision {
            Precision::Year => Self { month: 12, day: 31, hour: 23, minute: 59, second: 59, ..*self },
            Precision::Month => Self { day: days_in(self.year, self.month), hour: 23, minute: 59, second: 59, ..*self },
            Precision::Day => Self { hour: 23, minute: 59, second: 59, ..*self },
            Precision::Time => *self,
        };
        last.order()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_stay_partial() {
        assert_eq!(Moment::parse("2024").map(|m| m.precision), Some(Precision::Year));
        assert_eq!(Moment::parse("2024-02").map(|m| m.precision), Some(Precision::Month));
        assert_eq!(Moment::parse("2024-02-29").map(|m| m.precision), Some(Precision::Day));
        let t = Moment::parse("2024-02-29T09:30:00.250-05:00").unwrap();
        assert_eq!((t.hour, t.minute, t.zone, t.precision), (9, 30, Some(-300), Precision::Time));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for bad in [
            "",
            "24",
            "2023-02-29",
            "2024-13",
            "2024-1-1",
            "2024-01-01T",
            "2024-01-01 10:00",
            "0000",
            "2024-01-01T25:00:00Z",
            "2024-01-01T10:00:00+15:00",
            "2024-01-01T10:00:00.Z",
            "2024010",
            "202400",
            "20240230",
            "2024010124",
            "20240101.5",
            "20240101101530.",
            "202401011015-5",
            "2024-é1",
        ] {
            assert_eq!(Moment::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn version_three_times_are_read() {
        let read = |t: &str| Moment::parse(t).map(|m| (m.precision, m.days(), m.hour, m.minute, m.zone)).unwrap();
        let day = |t: &str| Moment::parse(t).unwrap().days();
        assert_eq!(read("202402"), (Precision::Month, day("2024-02"), 0, 0, None));
        assert_eq!(read("20240229"), (Precision::Day, day("2024-02-29"), 0, 0, None));
        assert_eq!(read("20240229-0500"), (Precision::Day, day("2024-02-29"), 0, 0, Some(-300)));
        assert_eq!(read("2024022909"), (Precision::Day, day("2024-02-29"), 9, 0, None));
        assert_eq!(read("202402290930"), (Precision::Time, day("2024-02-29"), 9, 30, None));
        assert_eq!(read("20240229093015.250+0130"), (Precision::Time, day("2024-02-29"), 9, 30, Some(90)));
    }

    #[test]
    fn zones_order() {
        let order = |t: &str| Moment::parse(t).unwrap().order();
        assert_eq!(order("1970-01-01T00:00:00Z"), 0);
        assert_eq!(order("2000-03-01"), 951_868_800);
        assert!(order("2024-01-01T23:00:00-05:00") > order("2024-01-02T01:00:00Z"));
        assert_eq!(Moment::parse("2024").unwrap().latest(), order("2024-12-31T23:59:59Z"));
    }
}

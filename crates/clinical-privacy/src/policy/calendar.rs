//! Days as numbers, so that they can be moved.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Day {
    pub(crate) year: i64,
    pub(crate) month: u8,
    pub(crate) day: u8,
}

impl Day {
    /// The day, if the calendar has it.
    pub(crate) fn of(year: i64, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let longest = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => return None,
        };
        (day >= 1 && day <= longest).then_some(Self { year, month, day })
    }

    /// Days since 1 March of the year 0 (after H. Hinnant, "chrono-compatible low-level date algorithms").
    fn number(self) -> i64 {
        let (m, d) = (i64::from(self.month), i64::from(self.day));
        let y = if m <= 2 { self.year - 1 } else { self.year };
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
    }

    /// So many days later.
    pub(crate) fn plus(self, days: i64) -> Self {
        let z = self.number() + days;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let mp = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * mp + 2) / 5 + 1) as u8;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year, month: month as u8, day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_move_and_come_back() {
        for (y, m, d) in [(2020, 2, 29), (1999, 12, 31), (2000, 1, 1), (1900, 2, 28), (2024, 3, 1)] {
            let day = Day::of(y, m, d).unwrap();
            for shift in -400..400 {
                let moved = day.plus(shift);
                assert_eq!(moved.plus(-shift), day);
                assert!(Day::of(moved.year, moved.month, moved.day).is_some());
                assert_eq!(moved > day, shift > 0);
            }
        }
        assert_eq!(Day::of(2019, 12, 31).unwrap().plus(60), Day::of(2020, 2, 29).unwrap());
        assert_eq!(Day::of(2021, 2, 29), None);
    }
}

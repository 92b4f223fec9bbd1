//! Days and the ways in which notes write them.

use crate::marked::Marked;
use crate::rng::Rng;

/// A day, counted from 1 January 1970.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i64);

const MONTHS: [&str; 12] = [
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
const SPELLED: [&str; 31] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
];

impl Day {
    /// The day of a date (Hinnant's algorithm).
    pub(crate) fn of(year: i64, month: i64, day: i64) -> Day {
        let y = if month <= 2 { year - 1 } else { year };
        let era = y.div_euclid(400);
        let yoe = y - era * 400;
        let doy = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Day(era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719_468)
    }

    /// Year, month and day.
    pub(crate) fn parts(self) -> (i64, i64, i64) {
        let z = self.0 + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z - era * 146_097;
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1)
    }

    /// Eight digits.
    pub(crate) fn compact(self) -> String {
        let (y, m, d) = self.parts();
        format!("{y}{m:02}{d:02}")
    }

    /// Year first, with hyphens.
    pub(crate) fn iso(self) -> String {
        let (y, m, d) = self.parts();
        format!("{y}-{m:02}-{d:02}")
    }

    /// The name of the day of the week.
    pub(crate) fn weekday(self) -> &'static str {
        ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"][self.0.rem_euclid(7) as usize]
    }

    fn month(self) -> &'static str {
        MONTHS[(self.parts().1 - 1) as usize]
    }

    /// Month and year, one of the ways.
    pub(crate) fn month_year(self, rng: &mut Rng, out: &mut Marked) {
        let (y, m, _) = self.parts();
        let (name, short) = (self.month(), &self.month()[..3]);
        let text = match rng.below(10) {
            0 | 1 => format!("{name} {y}"),
            2 => format!("{short} {y}"),
            3 => format!("{m:02}/{y}"),
            4 => format!("{m:02}-{y}"),
            5 => format!("{name} of {y}"),
            6 => format!("{name} '{:02}", y % 100),
            7 => format!("{m}/{y}"),
            8 => format!("{short}-{:02}", y % 100),
            _ => name.to_owned(),
        };
        if rng.chance(10) {
            out.push(rng.of(&["early ", "mid-", "late ", "the end of "]));
            out.id("DATE", if text.contains('/') || text.contains('-') { name } else { &text });
        } else {
            out.id("DATE", &text);
        }
    }

    /// Day and month without the year, one of the ways.
    pub(crate) fn partial(self, rng: &mut Rng, out: &mut Marked) {
        let (_, m, d) = self.parts();
        let (name, short) = (self.month(), &self.month()[..3]);
        match rng.below(13) {
            0 | 1 => out.id("DATE", &format!("{m}/{d}")),
            2 => out.id("DATE", &format!("{m:02}/{d:02}")),
            3 | 4 => out.id("DATE", &format!("{name} {d}")),
            5 => out.id("DATE", &format!("{name} {}", ordinal(d))),
            6 => out.id("DATE", &format!("{short} {d}")),
            7 => {
                out.either("DATE", "the ");
                out.id("DATE", &format!("{} of {name}", ordinal(d)));
            }
            8 => out.id("DATE", &format!("{d} {name}")),
            9 => out.id("DATE", &format!("{m}-{d}")),
            10 => out.id("DATE", &format!("{d}-{short}")),
            _ => self.spelled(rng, out),
        }
    }

    /// In words.
    pub(crate) fn spelled(self, rng: &mut Rng, out: &mut Marked) {
        let (y, _, d) = self.parts();
        let (name, word) = (self.month(), SPELLED[(d - 1) as usize]);
        match rng.below(6) {
            0 | 1 => out.id("DATE", &format!("{name} {word}")),
            2 => {
                out.either("DATE", "the ");
                out.id("DATE", &format!("{word} of {name}"));
            }
            3 => out.id("DATE", &format!("{name} {word}, {y}")),
            4 => out.id("DATE", &format!("{name} the {word}")),
            _ => out.id("DATE", &format!("{name} {word} of {y}")),
        }
    }

    /// In figures, with the year.
    pub(crate) fn numeric(self, rng: &mut Rng, out: &mut Marked) {
        let (y, m, d) = self.parts();
        let yy = y % 100;
        let text = match rng.below(14) {
            0..=2 => format!("{m:02}/{d:02}/{y}"),
            3 | 4 => format!("{m}/{d}/{y}"),
            5 => format!("{m}/{d}/{yy:02}"),
            6 => format!("{m:02}/{d:02}/{yy:02}"),
            7 => self.iso(),
            8 => format!("{m:02}-{d:02}-{y}"),
            9 => format!("{m}-{d}-{yy:02}"),
            10 => format!("{m:02}.{d:02}.{y}"),
            11 => format!("{y}/{m:02}/{d:02}"),
            12 => format!("{d:02}-{}-{y}", &self.month()[..3]),
            _ => format!("{d:02}-{}-{yy:02}", self.month()[..3].to_uppercase()),
        };
        out.id("DATE", &text);
    }

    /// Written, with the year.
    pub(crate) fn long(self, rng: &mut Rng, out: &mut Marked) {
        let (y, _, d) = self.parts();
        let (name, short) = (self.month(), &self.month()[..3]);
        match rng.below(15) {
            0..=2 => out.id("DATE", &format!("{name} {d}, {y}")),
            3 => out.id("DATE", &format!("{short} {d}, {y}")),
            4 => out.id("DATE", &format!("{name} {}, {y}", ordinal(d))),
            5 => out.id("DATE", &format!("{d} {name} {y}")),
            6 => out.id("DATE", &format!("{d} {short} {y}")),
            7 => {
                out.either("DATE", "the ");
                out.id("DATE", &format!("{} of {name}, {y}", ordinal(d)));
            }
            // May has no short form, so no full stop either.
            8 if name.len() > 3 => out.id("DATE", &format!("{short}. {d}, {y}")),
            9 => out.id("DATE", &format!("{name} {d} {y}")),
            10 => {
                out.either("WEEKDAY", self.weekday());
                out.push(", ");
                out.id("DATE", &format!("{name} {d}, {y}"));
            }
            11 => out.id("DATE", &format!("{} {name} {y}", ordinal(d))),
            12 => out.id("DATE", &format!("{d}{short}{y}")),
            13 => out.id("DATE", &format!("{} {d} {y}", short.to_uppercase())),
            _ => self.spelled(rng, out),
        }
    }

    /// With a clock time, which is not part of the label.
    pub(crate) fn timed(self, rng: &mut Rng, out: &mut Marked) {
        let (h, min) = (rng.range(0, 23), rng.range(0, 59));
        let (y, m, d) = self.parts();
        match rng.below(6) {
            0 => {
                out.id("DATE", &self.iso());
                out.either("TIME", &format!("T{h:02}:{min:02}:00Z"));
            }
            1 => {
                out.id("DATE", &format!("{m:02}/{d:02}/{y}"));
                out.either("TIME", &format!(" {h:02}:{min:02}"));
            }
            2 => {
                out.id("DATE", &format!("{m}/{d}/{:02}", y % 100));
                out.either("TIME", &format!(" @ {h:02}{min:02}"));
            }
            3 => {
                out.id("DATE", &self.iso());
                out.either("TIME", &format!(" {h:02}:{min:02}"));
            }
            4 => {
                out.id("DATE", &format!("{m:02}/{d:02}/{y}"));
                out.either("TIME", &format!(" at {}:{min:02} {}", h % 12 + 1, rng.of(&["AM", "PM", "p.m.", "am"])));
            }
            _ => {
                self.long(rng, out);
                out.either("TIME", &format!(" {h:02}:{min:02} hrs"));
            }
        }
    }

    /// From this day to a later one.
    pub(crate) fn range(self, rng: &mut Rng, out: &mut Marked) {
        let end = Day(self.0 + rng.range(1, 9));
        let ((y, m, d), (ey, em, ed)) = (self.parts(), end.parts());
        match rng.below(8) {
            0 => out.id("DATE", &format!("{m}/{d}-{em}/{ed}")),
            1 => out.id("DATE", &format!("{m}/{d}/{:02} - {em}/{ed}/{:02}", y % 100, ey % 100)),
            2 if m == em => out.id("DATE", &format!("{} {d}-{ed}", self.month())),
            3 => {
                out.id("DATE", &format!("{} {d}", self.month()));
                out.either("DATE", " to ");
                out.id("DATE", &format!("{} {ed}, {ey}", end.month()));
            }
            4 => {
                out.id("DATE", &format!("{m}/{d}"));
                out.either("DATE", " through ");
                out.id("DATE", &format!("{em}/{ed}"));
            }
            5 if m == em => {
                out.id("DATE", &format!("{} {}", self.month(), ordinal(d)));
                out.either("DATE", " to the ");
                out.id("DATE", &ordinal(ed));
            }
            6 if m == em => out.id("DATE", &format!("{} {d}–{ed}, {y}", self.month())),
            _ => {
                out.id("DATE", &format!("{m:02}/{d:02}/{y}"));
                out.either("DATE", rng.of(&[" to ", " - ", "–"]));
                out.id("DATE", &format!("{em:02}/{ed:02}/{ey}"));
            }
        }
    }

    /// One of all full forms.
    pub(crate) fn any(self, rng: &mut Rng, out: &mut Marked) {
        if rng.chance(55) { self.numeric(rng, out) } else { self.long(rng, out) }
    }
}

/// The number of a day with its ending.
pub(crate) fn ordinal(day: i64) -> String {
    let end = match (day % 10, day / 10) {
        (1, 0 | 2 | 3) => "st",
        (2, 0 | 2) => "nd",
        (3, 0 | 2) => "rd",
        _ => "th",
    };
    format!("{day}{end}")
}

//! Dates as people write them in notes.

use crate::moment::{MONTHS, Moment, Precision};

impl Moment {
    /// Reads any form: those of [`Moment::parse`], else those of [`Moment::parse_written`].
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::parse(text).or_else(|| Self::parse_written(text))
    }

    /// Reads a date in words ("March 3, 2026", "3 March 2026", "Mar 2026") or in numbers with strokes ("03/2026",
    /// "3/14/2026"), a time of day behind it ("at 2:30 pm") or not. Years have four digits; a day without a year is
    /// none of these.
    ///
    /// "3/4/2026" is in March for some and in April for others. It is a moment of which only the year is sure: the
    /// precision is the year, so that [`Moment::latest`] holds for both, and `month` and `day` follow the American
    /// order, so that [`Moment::order`] puts it among others where most of its readers would. On a page stands what the
    /// note says.
    #[must_use]
    pub fn parse_written(text: &str) -> Option<Self> {
        let parts = parts(text)?;
        let (date, rest) = match parts.as_slice() {
            [Part::Word(month), Part::Number(day, _), Part::Number(year, 4), rest @ ..] => {
                (Self::day(*year, named(month)?, *day, Precision::Day)?, rest)
            }
            [Part::Number(day, _), Part::Word(month), Part::Number(year, 4), rest @ ..] => {
                (Self::day(*year, named(month)?, *day, Precision::Day)?, rest)
            }
            [Part::Word(month), Part::Number(year, 4), rest @ ..] => {
                (Self::day(*year, named(month)?, 1, Precision::Month)?, rest)
            }
            [
                Part::Number(a, 1 | 2),
                Part::Stroke,
                Part::Number(b, 1 | 2),
                Part::Stroke,
                Part::Number(year, 4),
                rest @ ..,
            ] => {
                let american = Self::day(*year, *a, *b, Precision::Day);
                let other = Self::day(*year, *b, *a, Precision::Day);
                let date = match (american, other) {
                    (Some(american), Some(_)) if a != b => Self { precision: Precision::Year, ..american },
                    (american, other) => american.or(other)?,
                };
                (date, rest)
            }
            [Part::Number(month, 1 | 2), Part::Stroke, Part::Number(year, 4), rest @ ..] => {
                (Self::day(*year, *month, 1, Precision::Month)?, rest)
            }
            _ => return None,
        };
        date.at_clock(rest)
    }

    fn day(year: u16, month: u16, day: u16, precision: Precision) -> Option<Self> {
        // The calendar is kept in one place.
        let date = Self::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
        Some(Self { precision, ..date })
    }

    /// A time of day behind a date; only a sure day has one.
    fn at_clock(self, rest: &[Part<'_>]) -> Option<Self> {
        let (hour, minute, half) = match rest {
            [] => return Some(self),
            [Part::Number(h, 1 | 2), Part::Colon, Part::Number(m, 2), half @ ..] => (*h, *m, half),
            [Part::Number(h, 1 | 2), half @ ..] => (*h, 0, half),
            _ => return None,
        };
        let hour = match half {
            [] if rest.len() > 1 => hour,
            [Part::Word(w)] if (1..=12).contains(&hour) => match w.to_ascii_lowercase().as_str() {
                "am" => hour % 12,
                "pm" => hour % 12 + 12,
                _ => return None,
            },
            _ => return None,
        };
        let (hour, minute) = (u8::try_from(hour).ok()?, u8::try_from(minute).ok()?);
        (hour < 24 && minute < 60).then_some(())?;
        let precision = if self.precision == Precision::Day { Precision::Time } else { self.precision };
        Some(if precision == Precision::Time { Self { hour, minute, precision, ..self } } else { self })
    }
}

/// A part of a written date.
enum Part<'t> {
    Word(&'t str),
    /// A number and how many digits it has.
    Number(u16, usize),
    Stroke,
    Colon,
}

/// The parts of a short text: small words, points and commas left out, "a.m." put together.
fn parts(text: &str) -> Option<Vec<Part<'_>>> {
    (text.len() <= 48).then_some(())?;
    let mut out = Vec::new();
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
        } else if c.is_alphabetic() {
            rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())
        } else {
            c.len_utf8()
        };
        let (part, after) = rest.split_at_checked(length)?;
        rest = after;
        if c.is_ascii_digit() {
            out.push(Part::Number(part.parse().ok()?, part.len()));
        } else if c.is_alphabetic() {
            let is_small = ["at", "st", "nd", "rd", "th", "of"].iter().any(|w| part.eq_ignore_ascii_case(w));
            if part.eq_ignore_ascii_case("m") && rest.len() <= 1 {
                // The second letter of "p.m."
            } else if part.eq_ignore_ascii_case("p") && after.starts_with(".m") {
                out.push(Part::Word("pm"));
            } else if part.eq_ignore_ascii_case("a") && after.starts_with(".m") {
                out.push(Part::Word("am"));
            } else if !is_small {
                out.push(Part::Word(part));
            }
        } else if c == '/' {
            out.push(Part::Stroke);
        } else if c == ':' {
            out.push(Part::Colon);
        } else if !matches!(c, ' ' | ',' | '.' | '\n' | '\r' | '\t') {
            return None;
        }
    }
    Some(out)
}

/// The month of a name or of its first three letters.
fn named(word: &str) -> Option<u16> {
    let same = |name: &str| {
        word.eq_ignore_ascii_case(name)
            || word.len() == 3 && name.get(..3).is_some_and(|n| n.eq_ignore_ascii_case(word))
            || word.eq_ignore_ascii_case("sept") && name == "September"
    };
    (1..).zip(MONTHS).find(|(_, name)| same(name)).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(u16, u8, u8, Precision)> {
        Moment::read(text).map(|m| (m.year, m.month, m.day, m.precision))
    }

    #[test]
    fn dates_in_words_are_read() {
        for text in
            ["March 3, 2026", "Mar 3 2026", "Mar. 3, 2026", "3 March 2026", "3rd of March 2026", "March 3rd, 2026"]
        {
            assert_eq!(read(text), Some((2026, 3, 3, Precision::Day)), "{text}");
        }
        assert_eq!(read("March 2026"), Some((2026, 3, 1, Precision::Month)));
        assert_eq!(read("03/2026"), Some((2026, 3, 1, Precision::Month)));
        assert_eq!(read("2026-03-03"), Some((2026, 3, 3, Precision::Day)));
    }

    #[test]
    fn day_and_month_are_not_guessed() {
        assert_eq!(read("3/14/2026"), Some((2026, 3, 14, Precision::Day)));
        assert_eq!(read("14/3/2026"), Some((2026, 3, 14, Precision::Day)));
        assert_eq!(read("4/4/2026"), Some((2026, 4, 4, Precision::Day)));
        let unsure = Moment::read("3/4/2026").unwrap();
        assert_eq!(unsure.precision, Precision::Year);
        assert!(unsure.latest() >= Moment::read("2026-04-03").unwrap().order());
        assert!(unsure.order() < Moment::read("2026-03-05").unwrap().order());
    }

    #[test]
    fn a_time_of_day_belongs_to_a_sure_day() {
        let clock = |text: &str| Moment::read(text).map(|m| (m.hour, m.minute, m.precision));
        assert_eq!(clock("March 3, 2026 at 2 pm"), Some((14, 0, Precision::Time)));
        assert_eq!(clock("March 3, 2026, 2:30 p.m."), Some((14, 30, Precision::Time)));
        assert_eq!(clock("3/14/2026 at 12:05 am"), Some((0, 5, Precision::Time)));
        assert_eq!(clock("March 3, 2026 14:00"), Some((14, 0, Precision::Time)));
        assert_eq!(clock("3/4/2026 at 2 pm").map(|c| c.2), Some(Precision::Year));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "March 3",
            "3/4/26",
            "3/4",
            "13/13/2026",
            "February 30, 2026",
            "Marching 3, 2026",
            "May",
            "3 of 2026",
            "March 3, 2026 at 25:00",
            "March 3, 2026 and 2",
            "é/é/2026",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}

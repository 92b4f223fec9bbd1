//! Dates in a prescriber's text, held against the first and the last day of a step.

use super::timing::When;

/// A day as a text gives it: "November 20", "Jan 16, 2015".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Day {
    pub(super) year: Option<u16>,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// What a date in a text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Date {
    /// The first day.
    First(Day),
    /// The last day.
    Last(Day),
}

/// How a date of the text stands to the structure.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Same,
    Different,
    /// The structure has no such date.
    Unsaid,
}

/// Holds a date against the bounds.
pub(super) fn hold(date: Date, when: &When<'_>) -> Held {
    let (theirs, mine) = match date {
        Date::First(day) => (day, when.first_day),
        Date::Last(day) => (day, when.last_day),
    };
    match mine {
        None => Held::Unsaid,
        Some(m) => {
            let same = (m.month, m.day) == (theirs.month, theirs.day) && theirs.year.is_none_or(|y| y == m.year);
            if same { Held::Same } else { Held::Different }
        }
    }
}

//! Days that are named by a feast, alone or by their distance from it.

use crate::marked::Marked;
use crate::rng::Rng;

const HOLIDAYS: [&str; 34] = [
    "Thanksgiving",
    "Christmas",
    "Christmas Eve",
    "Christmas Day",
    "New Year's Eve",
    "New Year's Day",
    "Labor Day",
    "Memorial Day",
    "Easter Sunday",
    "Easter",
    "the Fourth of July",
    "July 4th weekend",
    "Halloween",
    "Mother's Day",
    "Father's Day",
    "Valentine's Day",
    "Labor Day weekend",
    "the day after Thanksgiving",
    "the week before Christmas",
    "the Monday after Easter",
    "two days after Christmas",
    "the weekend of Memorial Day",
    "Veterans Day",
    "Columbus Day",
    "Presidents' Day",
    "St. Patrick's Day",
    "the first day of Ramadan",
    "Yom Kippur",
    "the second night of Hanukkah",
    "Good Friday",
    "Diwali",
    "MLK Day",
    "Ash Wednesday",
    "Juneteenth",
];

/// A holiday, sometimes with its year.
pub(crate) fn holiday(rng: &mut Rng, year: i64, out: &mut Marked) {
    let name = rng.of(&HOLIDAYS);
    let (the, rest) = name.strip_prefix("the ").map_or(("", name), |rest| ("the ", rest));
    if !the.is_empty() {
        out.either("DATE", the);
    }
    match rng.below(8) {
        0 => out.id("DATE", &format!("{rest} {year}")),
        1 => out.id("DATE", &format!("{rest} of {year}")),
        _ => out.id("DATE", rest),
    }
}

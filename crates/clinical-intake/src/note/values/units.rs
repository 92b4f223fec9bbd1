//! Units as laboratories and wards write them (UCUM and its everyday spellings), and which measure each is of.

/// What a unit measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Measure {
    /// An amount in a volume, a count, a share: what only results have.
    Result,
    /// Pressure, beats and breaths.
    Vital,
    /// Temperature.
    Heat,
    /// Weight.
    Weight,
    /// Length.
    Length,
    /// Volume.
    Volume,
    /// Seconds, as of clotting.
    Seconds,
    /// How much of a medicine, or how often: never a result.
    Dose,
    /// Days, years, ages: never a result.
    Time,
}

/// Spellings, each with its measure. Matching is by the longest, whatever its case.
const UNITS: &[(Measure, &[&str])] = &[
    (
        Measure::Result,
        &[
            "%",
            "percent",
            "g/dl",
            "gm/dl",
            "g/l",
            "mg/dl",
            "mg/l",
            "mg/g",
            "mcg/g",
            "mcg/dl",
            "ug/dl",
            "µg/dl",
            "μg/dl",
            "mcg/l",
            "ug/l",
            "µg/l",
            "μg/l",
            "mcg/ml",
            "ug/ml",
            "ng/dl",
            "ng/ml",
            "ng/l",
            "pg/ml",
            "pg/dl",
            "pg",
            "fl",
            "mmol/l",
            "mmol/mol",
            "umol/l",
            "µmol/l",
            "μmol/l",
            "nmol/l",
            "pmol/l",
            "meq/l",
            "mosm/kg",
            "mosm/l",
            "u/l",
            "u/ml",
            "iu/l",
            "iu/ml",
            "miu/l",
            "miu/ml",
            "uiu/ml",
            "µiu/ml",
            "μiu/ml",
            "mu/l",
            "units/l",
            "k/ul",
            "k/µl",
            "k/μl",
            "k/mcl",
            "k/mm3",
            "k/cumm",
            "m/ul",
            "m/µl",
            "m/mcl",
            "x10^9/l",
            "x 10^9/l",
            "x10e9/l",
            "x10*9/l",
            "10^9/l",
            "10*9/l",
            "10e9/l",
            "10^3/ul",
            "10*3/ul",
            "10e3/ul",
            "x10^3/ul",
            "x 10^3/ul",
            "x10^3/µl",
            "x10^3/mcl",
            "x10(3)/mcl",
            "x10e3/ul",
            "x10*3/ul",
            "10^6/ul",
            "10*6/ul",
            "x10^6/ul",
            "x10e6/ul",
            "x10^12/l",
            "x10e12/l",
            "10^12/l",
            "thou/ul",
            "thou/mm3",
            "thousand/ul",
            "cells/ul",
            "cells/mcl",
            "cells/mm3",
            "/ul",
            "/µl",
            "/mcl",
            "/mm3",
            "/hpf",
            "/lpf",
            "per hpf",
            "mm/hr",
            "mm/h",
            "ml/min",
            "ml/min/1.73m2",
            "ml/min/1.73 m2",
            "ml/min/1.73m^2",
            "ml/min/1.73 m^2",
            "ml/min/1.73m²",
            "ml/min/1.73 m²",
            "copies/ml",
            "kg/m2",
            "kg/m^2",
            "kg/m²",
            "kg/m*2",
            "mmol",
            "mg/24h",
            "mg/24hr",
            "mg/mmol",
        ],
    ),
    (
        Measure::Vital,
        &[
            "mmhg",
            "mm hg",
            "mm of mercury",
            "cm h2o",
            "cmh2o",
            "kpa",
            "bpm",
            "beats per minute",
            "beats/min",
            "beats/minute",
            "beats per min",
            "breaths per minute",
            "breaths/min",
            "breaths/minute",
            "breaths per min",
            "/min",
            "/minute",
            "per minute",
            "per min",
            "l/min",
            "lpm",
        ],
    ),
    (
        Measure::Heat,
        &[
            "°f",
            "° f",
            "°c",
            "° c",
            "ºf",
            "º f",
            "ºc",
            "º c",
            "degrees f",
            "degrees c",
            "degrees fahrenheit",
            "degrees celsius",
            "deg f",
            "deg c",
            "degree f",
            "f",
            "c",
            "fahrenheit",
            "celsius",
            "degrees",
            "°",
        ],
    ),
    (
        Measure::Weight,
        &[
            "kg",
            "kgs",
            "kilogram",
            "kilograms",
            "lb",
            "lbs",
            "pound",
            "pounds",
            "lb.",
            "lbs.",
            "oz",
            "ounce",
            "ounces",
            "g",
            "gm",
            "gram",
            "grams",
        ],
    ),
    (
        Measure::Length,
        &[
            "cm",
            "centimeters",
            "centimeter",
            "m",
            "meters",
            "in",
            "in.",
            "inch",
            "inches",
            "ft",
            "ft.",
            "feet",
            "foot",
            "'",
            "\"",
            "\u{2019}",
            "\u{201d}",
            "\u{2032}",
            "\u{2033}",
            "mm",
        ],
    ),
    (Measure::Volume, &["l", "liter", "liters", "litres", "ml", "cc"]),
    (Measure::Seconds, &["s", "sec", "secs", "second", "seconds", "ms", "msec"]),
    (
        Measure::Dose,
        &[
            "mg",
            "mcg",
            "ug",
            "µg",
            "μg",
            "milligram",
            "milligrams",
            "microgram",
            "micrograms",
            "iu",
            "unit",
            "units",
            "u",
            "meq",
            "tab",
            "tabs",
            "tablet",
            "tablets",
            "cap",
            "caps",
            "capsule",
            "capsules",
            "pill",
            "pills",
            "puff",
            "puffs",
            "drop",
            "drops",
            "dose",
            "doses",
            "times",
            "time",
            "x",
            "spray",
            "sprays",
            "patch",
            "patches",
            "mg/kg",
            "mcg/hr",
            "mg/day",
            "units/kg",
            "mg/ml",
        ],
    ),
    (
        Measure::Time,
        &[
            "day", "days", "week", "weeks", "wk", "wks", "month", "months", "mo", "mos", "year", "years", "yr", "yrs",
            "hour", "hours", "hr", "hrs", "h", "minute", "minutes", "min", "mins", "year-old", "y/o", "yo", "y.o.",
            "am", "pm", "a.m.", "p.m.",
        ],
    ),
];

/// The unit that a text begins with, blanks before it allowed: where it begins and ends, and its measure.
pub(super) fn unit_at(text: &str) -> Option<(usize, usize, Measure)> {
    let start = text.len() - text.trim_start_matches([' ', '\t', '\u{a0}', '\n', '\r']).len();
    // A dash that joins ("180-pound") belongs to neither.
    let rest = text.get(start..)?;
    let bytes = rest.as_bytes();
    let mut best: Option<(usize, Measure)> = None;
    for (measure, spellings) in UNITS {
        for spelling in *spellings {
            let length = spelling.len();
            let fits = best.is_none_or(|(b, _)| length > b)
                && bytes.get(..length).is_some_and(|b| b.eq_ignore_ascii_case(spelling.as_bytes()))
                && ends_here(spelling, rest.get(length..));
            if fits {
                best = Some((length, *measure));
            }
        }
    }
    best.map(|(length, measure)| (start, start + length, measure))
}

fn ends_here(spelling: &str, rest: Option<&str>) -> bool {
    let ends_in_letter = spelling.ends_with(char::is_alphanumeric);
    let next = rest.and_then(|r| r.chars().next());
    rest.is_some() && !(ends_in_letter && next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '^')))
}

#[cfg(test)]
mod tests {
    use super::{Measure, unit_at};

    #[test]
    fn the_longest_unit_counts_and_only_whole_ones() {
        let at = |text: &'static str| unit_at(text).map(|(start, end, m)| (&text[start..end], m));
        assert_eq!(at(" mg/dL."), Some(("mg/dL", Measure::Result)));
        assert_eq!(at(" mg daily"), Some(("mg", Measure::Dose)));
        assert_eq!(at("%"), Some(("%", Measure::Result)));
        assert_eq!(at(" mm Hg,"), Some(("mm Hg", Measure::Vital)));
        assert_eq!(at("°F"), Some(("°F", Measure::Heat)));
        assert_eq!(at(" x10^9/L"), Some(("x10^9/L", Measure::Result)));
        assert_eq!(at(" mL/min/1.73 m2)"), Some(("mL/min/1.73 m2", Measure::Result)));
        assert_eq!(at(" mg/furlong"), None);
        assert_eq!(at(" men"), None);
        assert_eq!(at("é"), None);
    }
}

//! Dates as FHIR writes them.

use clinical_model::{Moment, Precision};

use crate::policy::{Day, Policy, Scribe};

/// What becomes of a date.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Change {
    Stays,
    Becomes(String),
    /// Its year alone tells an age of ninety or more.
    Removed,
}

/// Is the text a FHIR date with more than a year?
pub(super) fn is_date(text: &str) -> bool {
    text.len() >= 7 && Moment::parse(text).is_some()
}

pub(super) fn year(text: &str) -> Option<u16> {
    Moment::parse(text).map(|m| m.year)
}

/// What becomes of a `date` or `dateTime`.
pub(super) fn date(text: &str, scribe: &mut Scribe) -> Change {
    let Some(moment) = Moment::parse(text) else {
        return scribe.replace(text, crate::Kind::Date).map_or(Change::Stays, Change::Becomes);
    };
    match scribe.policy() {
        Policy::KeepDates => Change::Stays,
        _ if scribe.is_old(moment.year) => Change::Removed,
        Policy::Surrogate => match moved(text, moment, scribe.days()) {
            Some(moved) => Change::Becomes(moved),
            None if moment.precision == Precision::Year => Change::Stays,
            None => Change::Becomes(text[..4].to_owned()),
        },
        _ if moment.precision == Precision::Year => Change::Stays,
        _ => Change::Becomes(text[..4].to_owned()),
    }
}

/// What becomes of an `instant`, which FHIR wants to the second: the first moment of its year.
pub(super) fn instant(text: &str, scribe: &mut Scribe) -> Change {
    let change = date(text, scribe);
    let year = match &change {
        Change::Becomes(year) if year.len() == 4 => year.as_str(),
        Change::Removed => text.get(..4).unwrap_or("1900"),
        _ => return change,
    };
    let first = format!("{year}-01-01T00:00:00Z");
    if first == text { Change::Stays } else { Change::Becomes(first) }
}

fn moved(text: &str, moment: Moment, days: i64) -> Option<String> {
    if moment.precision < Precision::Day {
        return None;
    }
    let to = Day::of(i64::from(moment.year), moment.month, moment.day)?.plus(days);
    (1..=9999).contains(&to.year).then(|| format!("{:04}-{:02}-{:02}{}", to.year, to.month, to.day, &text[10..]))
}

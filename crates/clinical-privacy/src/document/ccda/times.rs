//! Points in time as HL7 version 3 writes them: `YYYY[MM[DD[HH[MM[SS[.f]]]]]][+ZZZZ]`.

use crate::policy::{Day, Policy, Scribe};

/// What becomes of a point in time.
pub(super) enum Change {
    Stays,
    Becomes(String),
    /// Its year alone tells an age of ninety or more, or it is not one that can be read.
    Removed,
}

/// Year of a point in time; `None` where it is not one.
pub(super) fn year(text: &str) -> Option<u16> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4 || digits >= 6).then(|| text[..4].parse().ok())?.filter(|y| (1800..=2200).contains(y))
}

/// What becomes of a point in time.
pub(super) fn change(text: &str, scribe: &Scribe) -> Change {
    if scribe.policy() == Policy::KeepDates || text.trim().is_empty() {
        return Change::Stays;
    }
    let Some(year) = year(text) else { return Change::Removed };
    if scribe.is_old(year) {
        return Change::Removed;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if scribe.policy() == Policy::Surrogate && digits >= 8 {
        let part = |range: std::ops::Range<usize>| text[range].parse::<u8>().ok();
        let day = part(4..6).zip(part(6..8)).and_then(|(m, d)| Day::of(i64::from(year), m, d));
        return day.map_or(Change::Removed, |day| {
            let to = day.plus(scribe.days());
            Change::Becomes(format!("{:04}{:02}{:02}{}", to.year, to.month, to.day, &text[8..]))
        });
    }
    if digits == 4 && text.len() == 4 { Change::Stays } else { Change::Becomes(text[..4].to_owned()) }
}

//! High or low: only from the record's own reading or its own range, never from a threshold of ours.

use crate::decimal;
use crate::sheet::Level;
use clinical_model::{Component, Concept, Quantity, ReferenceRange, Value};
use std::cmp::Ordering;

/// The one plain reference range, where there is exactly one that is not for certain people or meanings only.
pub(super) fn plain_range<'r, 'a>(ranges: &'r [ReferenceRange<'a>]) -> Option<&'r ReferenceRange<'a>> {
    let mut plain = ranges.iter().filter(|r| !r.qualified);
    plain.next().filter(|_| plain.next().is_none())
}

/// The level that a coded reading of the record stands for (HL7 v3 ObservationInterpretation).
fn level_of(concept: &Concept<'_>) -> Option<Level> {
    let any = |codes: &[&str]| codes.iter().any(|c| concept.has_code(c));
    if any(&["HH", "HU"]) {
        Some(Level::CriticalHigh)
    } else if any(&["LL", "LU"]) {
        Some(Level::CriticalLow)
    } else if any(&["H", ">"]) {
        Some(Level::High)
    } else if any(&["L", "<"]) {
        Some(Level::Low)
    } else if any(&["A", "AA"]) {
        Some(Level::Abnormal)
    } else if any(&["N"]) {
        Some(Level::Within)
    } else {
        None
    }
}

/// High or low, only from the record's own reading or its own range (safety rule 10).
pub(super) fn level(part: &Component<'_>, range: Option<&ReferenceRange<'_>>) -> Option<Level> {
    if !part.interpretations.is_empty() {
        // Readings that do not agree give no level; the record's words stand instead.
        let mut found = part.interpretations.iter().map(level_of);
        let first = found.next().flatten();
        return first.filter(|_| found.all(|l| l == first));
    }
    let Some(Value::Quantity(q)) = &part.value else { return None };
    let (range, value) = (range?, q.value.as_ref()?.text());
    let side = |end: &Option<Quantity<'_>>| -> Option<Option<Ordering>> {
        let Some(end) = end else { return Some(None) };
        let unit = |q: &Quantity<'_>| q.shown_unit().map(|u| u.text().to_owned());
        let comparable = end.comparator.is_none() && (unit(end).is_none() || unit(end) == unit(q));
        let limit = end.value.as_ref().filter(|_| comparable)?;
        decimal::compare(value, limit.text()).map(Some)
    };
    // A range that cannot be compared as a whole says nothing, and one whose ends are the wrong way round neither.
    if is_reversed(range) {
        return None;
    }
    let (low, high) = (side(&range.low)?, side(&range.high)?);
    let comparator = q.comparator.as_ref().map(|c| c.text());
    match (comparator, low, high) {
        (_, None, None) => None,
        (None, Some(Ordering::Less), _) => Some(Level::Low),
        (None, _, Some(Ordering::Greater)) => Some(Level::High),
        (None, _, _) => Some(Level::Within),
        // "<7" is low where 7 is already at or below the lower end; "more than" likewise above.
        (Some("<"), Some(Ordering::Less | Ordering::Equal), _) => Some(Level::Low),
        (Some("<="), Some(Ordering::Less), _) => Some(Level::Low),
        (Some(">"), _, Some(Ordering::Greater | Ordering::Equal)) => Some(Level::High),
        (Some(">="), _, Some(Ordering::Greater)) => Some(Level::High),
        _ => None,
    }
}

/// Whether the lower end of a range is above its upper end: somebody mixed them up.
pub(super) fn is_reversed(range: &ReferenceRange<'_>) -> bool {
    let text = |q: &Option<Quantity<'_>>| q.as_ref().and_then(|q| q.value.as_ref()).map(|v| v.text().to_owned());
    match (text(&range.low), text(&range.high)) {
        (Some(low), Some(high)) => decimal::compare(&low, &high) == Some(Ordering::Greater),
        _ => false,
    }
}

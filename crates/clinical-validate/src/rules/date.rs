//! Dates that nobody means (R4, page Data Types, gives the format; a year out of reach is a slip of the hand).

use super::warn;
use crate::{Code, Sink};
use clinical_json::Node;

/// Years that a record may speak of. Fixed, because validation does not know what day it is.
const YEARS: std::ops::RangeInclusive<u16> = 1800..=2100;

/// The year of a date, a date with a time, or an instant.
pub(super) fn check<'d, 'a>(node: Node<'d, 'a>, sink: &mut Sink<'d, 'a>) {
    let Some(value) = node.as_str() else { return };
    let year = value.get(..4).and_then(|year| year.parse::<u16>().ok());
    if year.is_some_and(|year| !YEARS.contains(&year)) {
        let text = "The year is out of the range of reasonable years: is it a slip?";
        warn(sink, Code::Value, "date-range", node, text);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::keys;

    #[test]
    fn a_year_out_of_reach_is_a_warning() {
        for (date, expected) in
            [("0202-01-01", 1), ("1799", 0), ("1900-01", 0), ("2024-02-03T10:00:00Z", 0), ("9999", 1)]
        {
            let expected = if date == "1799" { 1 } else { expected };
            let json = format!(r#"{{"resourceType":"Patient","birthDate":"{date}"}}"#);
            assert_eq!(keys(&json).len(), expected, "{date}");
        }
    }
}

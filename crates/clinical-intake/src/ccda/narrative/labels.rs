//! Words that only head what stands below them.

use super::cover::text_parts;
use super::units::Unit;
use super::words::split;
use clinical_xml::Node;

/// Words that name nobody's problem, medicine or result. In small letters, sorted.
const LABELS: &[&str] = &[
    "active",
    "allergies",
    "allergy",
    "and",
    "completed",
    "concern",
    "concerns",
    "condition",
    "conditions",
    "current",
    "date",
    "details",
    "diagnoses",
    "diagnosis",
    "encounter",
    "encounters",
    "entries",
    "entry",
    "following",
    "goal",
    "goals",
    "group",
    "history",
    "id",
    "immunization",
    "immunizations",
    "inactive",
    "item",
    "known",
    "list",
    "medication",
    "medications",
    "no",
    "number",
    "of",
    "other",
    "past",
    "planned",
    "problem",
    "problems",
    "procedure",
    "procedures",
    "record",
    "resolved",
    "result",
    "results",
    "section",
    "signs",
    "summary",
    "test",
    "tests",
    "the",
    "vital",
    "vitals",
];

/// Whether a line has no other words than these and numbers. "No known allergies" is none: it says something.
pub(super) fn is_label(unit: Unit<'_, '_>) -> bool {
    let Unit::Line { .. } = unit else { return false };
    let mut words = unit.nodes().flat_map(text_parts).flat_map(split);
    let mut says_no = false;
    let is_label = words.all(|word| {
        says_no |= word == "no";
        word.bytes().all(|b| b.is_ascii_digit()) || LABELS.binary_search(&&*word).is_ok()
    });
    is_label && !says_no
}

/// Where the list or table ends that a label heads: the next element behind it, or behind what holds it.
pub(super) fn reach(unit: Unit<'_, '_>) -> Option<usize> {
    let last = match unit {
        Unit::Line { parent, is_whole: true, .. } => parent,
        Unit::Line { last, .. } => last,
        Unit::Row(row) => row.node,
    };
    let next = last.next_siblings().skip(1).find(Node::is_element)?;
    matches!(next.tag_name().name(), "list" | "table").then(|| next.range().end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ccda::narrative::units::Units;
    use clinical_xml::Safe;

    #[test]
    fn labels_are_sorted_in_small_letters() {
        assert!(LABELS.is_sorted_by(|a, b| a < b) && LABELS.iter().all(|w| *w == w.to_lowercase()));
    }

    #[test]
    fn a_label_says_nothing_of_anybody() {
        let xml = "<text><paragraph>Active Problems</paragraph><list><item>Problem #2<list><item>Gout</item></list></item>\
            </list><paragraph>No known problems</paragraph><paragraph>Past gout</paragraph></text>";
        let safe = Safe::of(xml).unwrap();
        let document = safe.parse().unwrap();
        let units = Units::of(document.root_element());
        let found: Vec<(bool, bool)> = units.all.iter().map(|u| (is_label(*u), reach(*u).is_some())).collect();
        assert_eq!(found, [(true, true), (true, true), (false, false), (false, false), (false, false)]);
    }
}

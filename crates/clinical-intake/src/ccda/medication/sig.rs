//! The prescriber's own words: where an entry has them, and whether words are directions at all.
//!
//! `substanceAdministration/text` is the whole entry in words, a row of the table, the name, or the directions; only
//! Medication Free Text Sig (2.16.840.1.113883.10.20.22.4.147) is surely the directions.

use crate::ccda::context::Context;
use crate::ccda::dosage::of_words;
use crate::ccda::types::{cells, child, code_of, has_template, within, words};
use crate::cues;
use clinical_model::{Concept, Dosage, Verbatim};
use clinical_xml::Node;

const FREE_TEXT_SIG: &str = "2.16.840.1.113883.10.20.22.4.147";

/// Whether a nested `substanceAdministration` only holds the directions.
pub(super) fn is_sig_holder(node: Node<'_, '_>) -> bool {
    has_template(node, FREE_TEXT_SIG) || code_of(node) == Some("76662-6")
}

/// Puts the directions in words into the step. Cells of its row that hold or stop the medicine are given back: they are
/// remarks, not directions.
pub(super) fn read<'d, 'a>(
    context: &Context<'d, 'a>,
    node: Node<'d, 'a>,
    medicine: &Concept<'_>,
    out: &mut Dosage<'a>,
) -> Vec<Verbatim<'a>> {
    let name = medicine.name().map_or("", Verbatim::text);
    let text = child(node, "text");
    let row = text.map(|t| cells(context, t)).unwrap_or_default();
    let (halts, row): (Vec<_>, Vec<_>) = row.into_iter().partition(|c| cues::halt_in_text(c.text(), name).is_some());
    let holder = within(node, "entryRelationship").map(|(_, n)| n).find(|n| is_sig_holder(*n));
    let sig =
        holder.and_then(|h| child(h, "text")).and_then(|t| words(context, t).or_else(|| own(context, t, medicine)));
    // What a reference leads to may be the name; the element's own words beside it may be the directions.
    let is_said = |t: &Verbatim<'_>| is_directions(t.text(), medicine) || cues::halt_in_text(t.text(), name).is_some();
    let sig = sig.or_else(|| text.and_then(|t| words(context, t)).filter(is_said));
    let sig = sig.or_else(|| text.and_then(clinical_xml::text).filter(is_said));
    if sig.is_some() {
        out.text = sig;
        return halts;
    }
    let mut parts = row.into_iter().filter(|c| is_directions(c.text(), medicine));
    out.text = parts.next();
    // "1 tablet" in one column, "twice a day" in the next: each in its own words.
    out.additional.extend(parts.take(2).map(of_words));
    halts
}

/// Directions that point at a whole row: its cell of directions.
fn own<'d, 'a>(context: &Context<'d, 'a>, text: Node<'d, 'a>, medicine: &Concept<'_>) -> Option<Verbatim<'a>> {
    cells(context, text).into_iter().find(|c| is_directions(c.text(), medicine))
}

/// Words that stand in directions and in no name of a medicine.
const DIRECTIONS: &[&str] = &[
    "take",
    "takes",
    "taking",
    "inject",
    "inhale",
    "apply",
    "give",
    "instill",
    "instil",
    "insert",
    "chew",
    "dissolve",
    "swallow",
    "administer",
    "infuse",
    "rinse",
    "gargle",
    "daily",
    "twice",
    "once",
    "thrice",
    "nightly",
    "weekly",
    "monthly",
    "hourly",
    "every",
    "bid",
    "tid",
    "qid",
    "qd",
    "qod",
    "qhs",
    "qam",
    "qpm",
    "qday",
    "qwk",
    "prn",
    "po",
    "hs",
    "times",
    "needed",
    "directed",
    "bedtime",
    "morning",
    "evening",
    "night",
    "meals",
    "food",
    "breakfast",
    "dinner",
    "lunch",
    "mouth",
    "affected",
    "puffs",
    "drops",
    "tablets",
    "tabs",
    "capsules",
    "caps",
];

/// Whether words say how to take the medicine and are more than its name.
pub(super) fn is_directions(text: &str, medicine: &Concept<'_>) -> bool {
    let text = text.to_lowercase();
    let mut rest = text.as_str();
    for name in medicine.wordings().map(|w| w.text().to_lowercase()).filter(|n| !n.is_empty()) {
        if let Some(behind) = rest.strip_prefix(name.as_str()) {
            rest = behind;
        }
    }
    if rest.trim().is_empty() || medicine.wordings().any(|w| w.text().to_lowercase().contains(rest.trim())) {
        return false;
    }
    let undotted: String = rest.chars().filter(|c| *c != '.').collect();
    undotted.split(|c: char| !c.is_alphanumeric()).any(|w| DIRECTIONS.contains(&w) || is_hourly(w))
}

/// "q6h", "q12hrs".
fn is_hourly(word: &str) -> bool {
    let Some(rest) = word.strip_prefix('q') else { return false };
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < rest.len() && matches!(unit, "h" | "hr" | "hrs" | "hours" | "d" | "days" | "wk" | "weeks")
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_model::Source;

    #[test]
    fn directions_are_told_from_names() {
        let name = of_words(Verbatim::new("Exemplan 5 MG Oral Tablet".into(), Source::new(0, 1)));
        for text in [
            "Take 1 tablet by mouth",
            "1 tab PO b.i.d.",
            "Exemplan 5 MG Oral Tablet, 1 every 12 hours",
            "2 puffs q4-6h",
            "1 q8h",
            "apply to the affected area",
            "1 at bedtime",
        ] {
            assert!(is_directions(text, &name), "{text}");
        }
        for text in [
            "Exemplan 5 MG Oral Tablet",
            "exemplan 5 mg oral tablet",
            "Exemplan",
            "5 MG",
            "Active",
            "2015-06-22",
            "Other medicine 10 MG Nasal Spray",
            "",
        ] {
            assert!(!is_directions(text, &name), "{text}");
        }
    }
}

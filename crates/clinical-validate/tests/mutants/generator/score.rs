//! How many mutants the validator finds, and whether at the right place.

use super::{Example, Mutant};
use clinical_json::Document;
use clinical_validate::{Mode, Report, Severity, validate};
use std::collections::BTreeMap;

/// Of one kind, or of all.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Tally {
    pub(crate) made: usize,
    pub(crate) found: usize,
    pub(crate) right_place: usize,
}

/// What came of one mutant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// An error at a right place.
    Right,
    /// Errors only elsewhere: there.
    Elsewhere(Vec<String>),
    Missed,
}

/// The errors of a document, or nothing where it is no JSON.
pub(crate) fn report(text: &[u8]) -> Option<Report> {
    Document::parse(text).ok().map(|document| validate(&document, Mode::Strict, &|| false))
}

/// Where the errors of a report are.
pub(crate) fn places(report: &Report) -> Vec<String> {
    let errors = report.issues.iter().filter(|issue| issue.severity <= Severity::Error);
    errors.map(|issue| plain(&issue.expression)).collect()
}

/// Looks at a mutant.
pub(crate) fn outcome(mutant: &Mutant) -> Outcome {
    let Some(report) = report(mutant.text.as_bytes()) else {
        return if mutant.places.is_empty() { Outcome::Right } else { Outcome::Elsewhere(Vec::new()) };
    };
    let places = places(&report);
    if places.iter().any(|place| mutant.places.contains(place)) {
        Outcome::Right
    } else if report.is_valid {
        Outcome::Missed
    } else {
        Outcome::Elsewhere(places)
    }
}

/// Looks at all; by kind.
pub(crate) fn tally(outcomes: &[(&Mutant, Outcome)]) -> BTreeMap<&'static str, Tally> {
    let mut kinds: BTreeMap<&'static str, Tally> = BTreeMap::new();
    for (mutant, outcome) in outcomes {
        let tally = kinds.entry(mutant.kind).or_default();
        tally.made += 1;
        tally.found += usize::from(*outcome != Outcome::Missed);
        tally.right_place += usize::from(*outcome == Outcome::Right);
    }
    kinds
}

/// Where a document is called wrong, and by which rule; nothing where it is valid.
pub(crate) fn complaints(text: &[u8]) -> Vec<String> {
    let Some(report) = report(text) else { return vec!["it is no JSON".to_owned()] };
    let errors = report.issues.iter().filter(|issue| issue.severity <= Severity::Error);
    errors.map(|e| format!("{} ({})", plain(&e.expression), e.key)).collect()
}

/// The valid examples that are called wrong.
pub(crate) fn false_alarms(examples: &[Example]) -> Vec<(String, Vec<String>)> {
    let all = examples.iter().map(|example| (example.name.clone(), complaints(&example.text)));
    all.filter(|(_, complaints)| !complaints.is_empty()).collect()
}

/// An expression without the types of its choices, and with the number of an unknown member left out.
pub(crate) fn plain(expression: &str) -> String {
    let mut out = String::with_capacity(expression.len());
    let mut rest = expression;
    while let Some(start) = rest.find(".ofType(") {
        out.push_str(&rest[..start]);
        rest = rest[start..].split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    while let Some(start) = out.find(".member(") {
        let end = out[start..].find(')').map_or(out.len(), |e| start + e + 1);
        out.replace_range(start + ".member".len()..end, "");
    }
    out
}

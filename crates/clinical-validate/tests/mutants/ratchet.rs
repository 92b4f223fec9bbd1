//! What the validator does not find yet, kind by kind. The list may neither grow nor be too long.

use crate::generator::harmless::variants;
use crate::generator::score::{complaints, false_alarms, outcome, report, tally};
use crate::{AMOUNT, FACTS, MADE, OWN};
use clinical_validate::Severity;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Kinds of which something is missed or told at another place: kind, how many made, found, at a right place, why.
const NOT_YET: &str = include_str!("not_yet.txt");

#[test]
fn our_own_valid_examples_are_valid() {
    assert_eq!(false_alarms(&OWN), Vec::new());
}

#[test]
fn harmless_changes_are_no_errors() {
    let mut wrong = Vec::new();
    for variant in variants(&OWN, &FACTS, AMOUNT) {
        let complaints = complaints(variant.text.as_bytes());
        if !complaints.is_empty() {
            wrong.push(format!("{} of {} at {}: {complaints:?}", variant.kind, variant.from, variant.at));
        }
    }
    assert!(wrong.is_empty(), "{} are called wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_not_found_is_what_the_list_says() {
    let outcomes: Vec<_> = MADE.iter().map(|mutant| (mutant, outcome(mutant))).collect();
    let mut now = String::new();
    for (kind, tally) in tally(&outcomes) {
        if tally.right_place < tally.made {
            let _ = writeln!(
                now,
                "{kind}: {} made, {} found, {} at a right place",
                tally.made, tally.found, tally.right_place
            );
        }
    }
    let listed: String = NOT_YET.lines().filter(|line| !line.starts_with('#')).flat_map(|line| [line, "\n"]).collect();
    assert_eq!(now, listed, "correct not_yet.txt if this is meant");
}

#[test]
fn a_broken_invariant_is_told_by_its_key() {
    let mut untold = BTreeSet::new();
    for mutant in &*MADE {
        let Some(key) = mutant.kind.strip_prefix("invariant ").and_then(|k| k.split(' ').next()) else { continue };
        let report = report(mutant.text.as_bytes()).expect("a broken invariant is still JSON");
        if !report.issues.iter().any(|issue| issue.key == key && issue.severity == Severity::Error) {
            let keys: BTreeSet<_> =
                report.issues.iter().filter(|i| i.severity <= Severity::Error).map(|i| &i.key).collect();
            untold.insert(format!("{key}: told as {keys:?}"));
        }
    }
    assert_eq!(untold, BTreeSet::new());
}

#[test]
fn the_goals_are_reached() {
    let outcomes: Vec<_> = MADE.iter().map(|mutant| (mutant, outcome(mutant))).collect();
    let tallies = tally(&outcomes);
    let sum = |of: fn(&crate::generator::score::Tally) -> usize| tallies.values().map(of).sum::<usize>();
    let (made, found, right) = (sum(|t| t.made), sum(|t| t.found), sum(|t| t.right_place));
    assert!(found * 1000 >= made * 995, "found {found} of {made}");
    assert!(right * 100 >= made * 95, "at a right place {right} of {made}");
}

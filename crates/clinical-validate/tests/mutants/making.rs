//! The generator itself.

use crate::generator::damage::kinds;
use crate::generator::json::Json;
use crate::generator::spots::{Shape, spots};
use crate::generator::wrap::forms;
use crate::{AMOUNT, Amount, FACTS, MADE, Mutant, OWN, mutants};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_same_seed_makes_the_same_mutants() {
    let texts = |list: &[Mutant]| list.iter().map(|m| (m.kind, m.text.clone())).collect::<Vec<_>>();
    let again = mutants(&OWN, &FACTS, AMOUNT);
    assert!(texts(&MADE) == texts(&again));
    let other = mutants(&OWN, &FACTS, Amount { seed: 8, ..AMOUNT });
    assert!(texts(&MADE) != texts(&other));
}

#[test]
fn every_kind_is_made_and_some_of_each_where_it_can_stand() {
    let made = &*MADE;
    let names: BTreeSet<&str> = kinds().iter().map(|kind| kind.name).collect();
    let seen: BTreeSet<&str> = made.iter().map(|mutant| mutant.kind).collect();
    assert_eq!(names.difference(&seen).collect::<Vec<_>>(), Vec::<&&str>::new());
    assert!(names.len() >= 100, "{} kinds", names.len());
    for ending in [" in a Bundle", " contained"] {
        assert!(made.iter().filter(|m| m.from.ends_with(ending)).count() > made.len() / 6, "{ending}");
    }
}

#[test]
fn every_mutant_differs_from_its_example_at_the_place_it_names() {
    let originals: BTreeMap<String, Json> = OWN
        .iter()
        .flat_map(|example| forms(&example.name, Json::read(&example.text).expect("an example is JSON"), &FACTS))
        .collect();
    let mut wrong = Vec::new();
    for mutant in &*MADE {
        let original = &originals[&mutant.from];
        let Some(json) = Json::read(mutant.text.as_bytes()) else {
            assert!(mutant.places.is_empty(), "{} is no JSON and names a place", mutant.kind);
            continue;
        };
        assert!(!mutant.places.is_empty(), "{} is JSON and names no place", mutant.kind);
        let mut differences = Vec::new();
        let root = original.str_at("resourceType").unwrap_or_default();
        differ(original, &json, root.to_owned(), &mut differences);
        let is_near =
            |place: &String| differences.iter().any(|at| lie_on_one_way(at, place.trim_end_matches(".member")));
        if !mutant.places.iter().any(is_near) {
            wrong.push(format!("{} of {}: {:?} but {differences:?}", mutant.kind, mutant.from, mutant.places));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// One is inside the other. A place leaves out the type of a choice, a member's name has it.
fn lie_on_one_way(at: &str, place: &str) -> bool {
    let is_same = |(at, place): (&str, &str)| {
        let (at_name, at_index) = at.split_once('[').unwrap_or((at, ""));
        let (name, index) = place.split_once('[').unwrap_or((place, ""));
        at_name.starts_with(name) && (at_index == index || at_index.is_empty() || index.is_empty())
    };
    at.split('.').zip(place.split('.')).all(is_same)
}

/// Where two trees differ, by the names of the members.
fn differ(a: &Json, b: &Json, at: String, out: &mut Vec<String>) {
    match (a, b) {
        (Json::Object(left), Json::Object(right)) => {
            let names: BTreeSet<&String> = left.iter().chain(right).map(|(n, _)| n).collect();
            for name in names {
                let values = |of: &'_ [(String, Json)]| {
                    of.iter().filter(|(n, _)| n == name).map(|m| m.1.clone()).collect::<Vec<_>>()
                };
                let path = format!("{at}.{}", name.trim_start_matches('_'));
                match (values(left).as_slice(), values(right).as_slice()) {
                    ([x], [y]) => differ(x, y, path, out),
                    _ => out.push(path),
                }
            }
        }
        (Json::List(left), Json::List(right)) => {
            for i in 0..left.len().max(right.len()) {
                match (left.get(i), right.get(i)) {
                    (Some(x), Some(y)) => differ(x, y, format!("{at}[{i}]"), out),
                    _ => out.push(format!("{at}[{i}]")),
                }
            }
        }
        _ if a == b => {}
        _ => out.push(at),
    }
}

#[test]
fn the_valid_examples_are_made_of_what_r4_has() {
    let mut wrong = Vec::new();
    for example in &*OWN {
        let json = Json::read(&example.text).expect("an example is JSON");
        let places = spots(&json, &FACTS);
        assert!(!places.is_empty(), "{}", example.name);
        for spot in places.iter().filter(|spot| spot.is_value()) {
            let value = json.at(&spot.at).expect("a place is in its document");
            let mut members = value.members().iter().map(|(member, _)| member.trim_start_matches('_'));
            if let Some(member) = members.find(|m| *m != "resourceType" && FACTS.member(&spot.of, m).is_none()) {
                wrong.push(format!("{}: {} has no {member}", example.name, spot.path));
            }
            for element in FACTS.elements(&spot.of).iter().filter(|e| e.is_required) {
                let is_it = |member: &str| FACTS.member(&spot.of, member).is_some_and(|(e, _)| e.name == element.name);
                if !value.members().iter().any(|(member, _)| is_it(member)) {
                    wrong.push(format!("{}: {} lacks {}", example.name, spot.path, element.name));
                }
            }
            if spot.element.as_ref().is_some_and(|e| e.repeats) != (spot.shape == Shape::Item) {
                wrong.push(format!("{}: {} is repeated or not", example.name, spot.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! The recorded outcomes of the reference validator.

use crate::json::Json;
use crate::{errors, listed, shared};
use std::collections::BTreeSet;

/// A case that can be decided offline.
struct Case {
    file: String,
    text: Vec<u8>,
    is_valid: bool,
    /// The places of the errors that need no terminology server, no other package and no network.
    places: Vec<Vec<String>>,
}

fn cases() -> Option<Vec<Case>> {
    let folder = shared("data/fhir/validator")?;
    let expected = Json::read(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let mut cases = Vec::new();
    for case in expected.items() {
        let is_valid = case.get("valid") == Some(&Json::Bool(true));
        let is_offline = |error: &&Json| error.get("offline") == Some(&Json::Bool(true));
        let offline: Vec<&Json> = case.get("errors").unwrap().items().iter().filter(is_offline).collect();
        if !is_valid && offline.is_empty() {
            continue;
        }
        let file = case.str_at("case").unwrap().to_owned();
        let text = std::fs::read(folder.join(&file)).unwrap();
        let places = offline.iter().map(|error| {
            let places = error.get("expression").map_or(&[][..], Json::items);
            places.iter().filter_map(Json::as_str).map(bare).collect()
        });
        cases.push(Case { file, text, is_valid, places: places.collect() });
    }
    Some(cases)
}

/// A place without its numbers, types and remarks, as the scorer compares them.
fn bare(place: &str) -> String {
    let mut out = String::new();
    let mut rest = place;
    while let Some(at) = rest.find(['[', '/', '.']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        let end = match tail {
            _ if tail.starts_with('[') => tail.find(']').map(|e| e + 1),
            _ if tail.starts_with("/*") => tail.find("*/").map(|e| e + 2),
            _ if tail.starts_with(".ofType(") || tail.starts_with(".where(") => tail.find(')').map(|e| e + 1),
            _ => None,
        };
        match end {
            Some(end) => rest = &tail[end..],
            None => {
                out.push_str(&tail[..1]);
                rest = &tail[1..];
            }
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

fn is_near(a: &str, b: &str) -> bool {
    let is_inside = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
    a == b || is_inside(a, b) || is_inside(b, a)
}

#[test]
fn valid_and_invalid_are_told_apart_as_the_reference_does() {
    let Some(cases) = cases() else { return };
    let mut found = BTreeSet::new();
    for case in &cases {
        let is_valid = errors(&case.text).is_some_and(|errors| errors.is_empty());
        if is_valid != case.is_valid {
            found.insert(format!("{}: {}", case.file, if is_valid { "missed" } else { "false alarm" }));
        }
    }
    println!("{} of {} cases agree", cases.len() - found.len(), cases.len());
    listed::same("case", &found, |entry| format!("{}: {}", entry.file, entry.what));
    assert!(found.len() * 10 <= cases.len(), "90 % have to agree");
}

#[test]
fn errors_are_found_where_the_reference_finds_them() {
    let Some(cases) = cases() else { return };
    let (mut found, mut all) = (BTreeSet::new(), 0);
    for case in &cases {
        let ours: Vec<String> = errors(&case.text).unwrap_or_default().iter().map(|(place, _)| bare(place)).collect();
        for places in case.places.iter().filter(|places| !places.is_empty()) {
            all += 1;
            if !places.iter().any(|place| ours.iter().any(|our| is_near(place, our))) {
                found.insert(format!("{}: {}", case.file, places.join(", ")));
            }
        }
    }
    println!("{} of {all} places found, each place of a case once", all - found.len());
    listed::same("place", &found, |entry| format!("{}: {}", entry.file, entry.what));
    assert!(found.len() * 100 <= all * 15, "85 % of the places have to be found");
}

#[test]
fn places_are_compared_without_their_numbers() {
    assert_eq!(bare("Bundle.entry[0].resource/*Patient/null*/.name[1].given"), "Bundle.entry.resource.name.given");
    assert_eq!(bare("Observation.value.ofType(Quantity).code"), "Observation.value.code");
    assert!(is_near("Patient.name", "Patient.name.given") && is_near("Patient.name", "Patient"));
    assert!(!is_near("Patient.name", "Patient.names"));
}

//! Each constraint on instances made for it, and the quick forms against the expressions.

use super::table::{corrected, published};
use super::{Invariant, Outermost, Scope, holds, interpreted, numbered, scope};
use crate::fhirpath::{Program, Surroundings, compile};
use clinical_json::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};

/// Key, where the element is, whether it holds there, and the resource. `expression`: how it begins, where several
/// constraints have the same key.
const INSTANCES: &str = include_str!("../../tests/invariants.jsonl");

/// Constraints that nothing can break. eld-11 asks whether `type.select(...)` gives anything, and `false` is something
/// too, so any type that has a code will do.
const UNBREAKABLE: [&str; 1] = ["eld-11"];

/// Knows types by the names of elements.
struct ByName;

impl<'d, 'a> Surroundings<'d, 'a> for ByName {
    fn type_of(&self, node: Node<'d, 'a>) -> Option<&'static str> {
        Some(match &*node.key().unwrap_or_default() {
            "url" | "valueUri" => "uri",
            "valueUrl" => "url",
            "valueCanonical" | "instantiatesCanonical" | "" => "canonical",
            _ => "string",
        })
    }

    fn resolve(&self, _: &str) -> Option<Node<'d, 'a>> {
        None
    }

    fn is_safe_narrative(&self, div: &str) -> bool {
        !div.contains("<script")
    }
}

fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static Invariant)> {
    published().zip(0..).filter_map(|((key, expression), number)| Some((key, expression, numbered(number)?)))
}

/// The element at a path of names and places, and the contained resource that it is in.
fn find<'d, 'a>(root: Node<'d, 'a>, path: &str) -> Option<(Node<'d, 'a>, Node<'d, 'a>)> {
    let (mut node, mut resource) = (root, root);
    for step in path.split('.').filter(|step| !step.is_empty()) {
        node = match step.parse() {
            Ok(index) => node.at(index)?,
            Err(_) => node.get(step)?,
        };
        if node.get("resourceType").is_some() {
            resource = node;
        }
    }
    Some((node, resource))
}

#[test]
fn every_constraint_and_every_correction_is_understood() {
    let mut program = Program::new();
    let mut count = 0;
    for (key, expression) in published() {
        count += 1;
        for text in [Some(expression), corrected(key)].into_iter().flatten() {
            assert!(compile(&mut program, text).is_ok(), "{key}: {:?}", compile(&mut program, text));
        }
    }
    assert_eq!(count, 241);
}

#[test]
fn corrections_are_for_constraints_that_exist_and_change_them() {
    let text = include_str!("../../data/invariants-corrected.txt");
    let mut before = "";
    for record in text.split("\n\n") {
        let lines: Vec<&str> = record.trim_end().lines().collect();
        assert_eq!(lines.len(), 3, "{record}");
        assert!(before < lines[0], "not sorted: {}", lines[0]);
        before = lines[0];
        let is_of = |key: &str| key == lines[0] || lines[0] == "*-0" && key.ends_with("-0");
        let of: Vec<_> = published().filter(|(key, _)| is_of(key)).collect();
        assert!(!of.is_empty(), "{}", lines[0]);
        assert!(of.iter().all(|(_, expression)| *expression != lines[1]), "{}", lines[0]);
    }
}

#[test]
fn every_constraint_holds_where_it_should_and_only_there() {
    let mut seen: BTreeMap<(&str, &str), BTreeSet<bool>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (line, text) in INSTANCES.lines().enumerate() {
        let document = Document::parse(text.as_bytes()).unwrap();
        let row = document.root();
        let member = |name| row.get(name).and_then(|n| n.as_str()).unwrap_or_default();
        let (key, path, start) = (member("key"), member("at"), member("expression"));
        let expected = row.get("holds").and_then(Node::as_bool).unwrap();
        let (_, expression, invariant) =
            all().find(|(k, e, _)| *k == key && e.trim_start_matches('(').starts_with(&*start)).expect("a constraint");
        let root = row.get("instance").unwrap();
        let (at, resource) = find(root, &path).unwrap_or_else(|| panic!("line {}: {path}", line + 1));
        let outermost = Outermost::new(root);
        let scope = Scope::new(resource, &outermost, &ByName);
        for answer in [holds(invariant, at, &scope), interpreted(invariant, at, &scope)] {
            if answer != Some(expected) {
                wrong.push(format!("line {}: {key} {answer:?}", line + 1));
            }
        }
        seen.entry((invariant.key, expression)).or_default().insert(expected);
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (key, expression, _) in all() {
        let both = seen.get(&(key, expression)).map_or(0, BTreeSet::len);
        assert!(both == 2 || UNBREAKABLE.contains(&key), "{key} needs an instance where it holds and one where not");
    }
}

#[test]
fn what_cannot_be_decided_breaks_nothing() {
    for (key, json) in [
        ("per-1", r#"{"start":"2012-05","end":"2012"}"#),
        ("per-1", r#"{"start":"2012-05-01","end":"2012-05-01T10:00:00Z"}"#),
        ("per-1", r#"{"start":"soon","end":"2012"}"#),
        ("rng-2", r#"{"low":{"value":2,"unit":"mg"},"high":{"value":1,"unit":"g"}}"#),
        ("rng-2", r#"{"low":{"unit":"mg"},"high":{"value":1,"unit":"mg"}}"#),
        ("mdd-1", r#"{"whenPrepared":"2012-05","whenHandedOver":"2012"}"#),
        ("tim-4", r#"{"duration":"1"}"#),
    ] {
        let (_, _, invariant) = all().find(|(k, ..)| *k == key).unwrap();
        let document = Document::parse(json.as_bytes()).unwrap();
        let outermost = Outermost::new(document.root());
        let scope = Scope::new(document.root(), &outermost, &ByName);
        assert_eq!(holds(invariant, document.root(), &scope), None, "{key} {json}");
        assert_eq!(interpreted(invariant, document.root(), &scope), None, "{key} {json}");
    }
}

/// A small generator with a seed (xorshift), so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'t>(&mut self, of: &[&'t str]) -> &'t str {
        of[self.below(of.len())]
    }

    fn object(&mut self, depth: usize) -> String {
        const NAMES: [&str; 34] = [
            "id",
            "_id",
            "extension",
            "value",
            "valueString",
            "_valueString",
            "valueCode",
            "valueSet",
            "code",
            "_code",
            "system",
            "_system",
            "data",
            "contentType",
            "comparator",
            "start",
            "end",
            "_start",
            "reference",
            "contained",
            "meta",
            "versionId",
            "lastUpdated",
            "security",
            "_versionId",
            "text",
            "div",
            "_div",
            "url",
            "fullUrl",
            "resourceType",
            "other",
            "_other",
            "valueCanonical",
        ];
        let mut names: Vec<&str> = Vec::new();
        for _ in 0..self.below(6) {
            let name = self.pick(&NAMES);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let members: Vec<String> = names.iter().map(|name| format!("\"{name}\":{}", self.value(name, depth))).collect();
        format!("{{{}}}", members.join(","))
    }

    fn value(&mut self, name: &str, depth: usize) -> String {
        const TEXTS: [&str; 12] = [
            "\"a\"",
            "\"#a\"",
            "\"#\"",
            "\"\\u0023a\"",
            "\"http://a/_history/1\"",
            "\"2012\"",
            "\"2012-05\"",
            "\"2013-01-01T10:00:00Z\"",
            "\"2012-05-04\"",
            "\"#b\"",
            "\"b\"",
            "\"\"",
        ];
        // Whatever else is wrong with a document: text stands where text belongs. Other rules see to that.
        if matches!(name, "id" | "reference" | "fullUrl" | "start" | "end" | "url" | "resourceType") {
            return self.pick(&TEXTS).to_owned();
        }
        let deeper = depth < 4;
        match name {
            "contained" | "meta" | "text" if deeper && self.below(4) > 0 => {
                let (a, b) = (self.object(depth + 1), self.object(depth + 1));
                if name == "contained" { format!("[{a},{b}]") } else { a }
            }
            _ => match self.below(if deeper { 9 } else { 5 }) {
                0 => "null".to_owned(),
                1 => "[]".to_owned(),
                2 => "true".to_owned(),
                3 | 4 => self.pick(&TEXTS).to_owned(),
                5 => format!("[null,{}]", self.object(depth + 1)),
                6 => format!("[{},null]", self.pick(&TEXTS)),
                _ => self.object(depth + 1),
            },
        }
    }
}

#[test]
fn quick_forms_agree_with_their_expressions() {
    let quick: Vec<_> = all().filter(|(.., invariant)| invariant.native.is_some()).collect();
    assert!(quick.len() >= 14);
    let mut dice = Dice(20_240_607);
    let mut answers: BTreeMap<&str, BTreeSet<Option<bool>>> = BTreeMap::new();
    for _ in 0..40_000 {
        let text = dice.object(0);
        let document = Document::parse(text.as_bytes()).unwrap();
        let root = document.root();
        let outermost = Outermost::new(root);
        let inner = root.get("contained").and_then(|c| c.at(0)).filter(|n| !n.is_empty()).unwrap_or(root);
        for resource in [root, inner] {
            let scope = Scope::new(resource, &outermost, &ByName);
            // No resource has a text called `reference` itself, and the value of a ContactPoint has one type.
            let has = |n: Node<'_, '_>, name: &str| n.get(name).is_some();
            let refers = has(resource, "reference") || scope::contained(resource).any(|c| has(c, "reference"));
            let has_choice =
                ["valueString", "_valueString", "valueCode", "valueCanonical"].iter().any(|n| has(resource, n));
            for (key, _, invariant) in &quick {
                // Of a contained resource the quick form says nothing about what it contains.
                let is_contained = resource.id() != root.id();
                if *key == "cpt-2" && has_choice || *key == "dom-3" && (refers || is_contained) {
                    continue;
                }
                let (quick, slow) = (holds(invariant, resource, &scope), interpreted(invariant, resource, &scope));
                assert_eq!(quick, slow, "{key} on {text}");
                answers.entry(key).or_default().insert(quick);
            }
        }
    }
    for (key, answers) in answers {
        assert!(answers.contains(&Some(true)) && answers.contains(&Some(false)), "{key}: {answers:?}");
    }
}

#[test]
fn many_contained_resources_are_no_square_of_work() {
    let contained: Vec<String> = (0..20_000)
        .map(|i| format!(r##"{{"resourceType":"Basic","id":"c{i}","subject":{{"reference":"#c{i}"}}}}"##))
        .collect();
    let text = format!(r#"{{"resourceType":"Patient","contained":[{}]}}"#, contained.join(","));
    let document = Document::parse(text.as_bytes()).unwrap();
    let root = document.root();
    let outermost = Outermost::new(root);
    let by_key = |key: &str| all().find(|(k, ..)| *k == key).unwrap().2;
    assert_eq!(holds(by_key("dom-3"), root, &Scope::new(root, &outermost, &ByName)), Some(true));
    for resource in root.get("contained").unwrap().items() {
        let scope = Scope::new(resource, &outermost, &ByName);
        assert_eq!(holds(by_key("ref-1"), resource.get("subject").unwrap(), &scope), Some(true));
    }
}

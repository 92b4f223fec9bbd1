//! Seeded damage to records: their structure and their bytes.

use super::exact::pointers;
use super::random::Random;
use serde_json::{Value, json};

/// One random change of structure: delete, duplicate, retype, truncate, swap, replace.
pub fn structure(root: &mut Value, random: &mut Random) {
    let all = pointers(root, &|_| true);
    let target = random.pick(&all).clone();
    let other = random.pick(&all).clone();
    match random.below(8) {
        0 => delete(root, &target),
        1 => duplicate(root, &target),
        2 | 3 => put(root, &target, strange(random)),
        4 => truncate(root, &target, random),
        5 => swap(root, &target, &other),
        6 => {
            let copy = root.pointer(&other).cloned().unwrap_or_default();
            put(root, &target, copy);
        }
        _ => {
            let lone = root.pointer(&target).cloned().unwrap_or_default();
            put(root, &target, if random.chance(2) { json!([lone]) } else { json!({ "value": lone, "text": "x" }) });
        }
    }
}

fn put(root: &mut Value, pointer: &str, value: Value) {
    if let Some(node) = root.pointer_mut(pointer) {
        *node = value;
    }
}

fn strange(random: &mut Random) -> Value {
    let values = [
        Value::Null,
        json!(true),
        json!(-1),
        json!(1e300),
        json!(""),
        json!("  "),
        json!("9999-99-99"),
        json!("\u{0}\u{202e}<b>&amp;\u{1b}[31m"),
        json!([]),
        json!({}),
        json!([[[]]]),
        json!([null]),
        json!({ "resourceType": "Bundle" }),
        json!({ "reference": "#" }),
        json!("0001-01-01T23:59:60+14:00"),
        json!("é".repeat(300)),
    ];
    random.pick(&values).clone()
}

pub fn delete(root: &mut Value, pointer: &str) {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return };
    match root.pointer_mut(parent) {
        Some(Value::Array(items)) => drop(items.remove(last.parse().unwrap())),
        Some(Value::Object(members)) => drop(members.remove(&last.replace("~1", "/").replace("~0", "~"))),
        _ => {}
    }
}

pub fn duplicate(root: &mut Value, pointer: &str) {
    let Some((parent, last)) = pointer.rsplit_once('/') else { return };
    if let Some(Value::Array(items)) = root.pointer_mut(parent) {
        let i: usize = last.parse().unwrap();
        items.insert(i, items[i].clone());
    }
}

pub fn swap(root: &mut Value, one: &str, other: &str) {
    // One inside the other cannot be swapped.
    if one.starts_with(other) || other.starts_with(one) {
        return;
    }
    let (Some(a), Some(b)) = (root.pointer(one).cloned(), root.pointer(other).cloned()) else { return };
    put(root, one, b);
    put(root, other, a);
}

fn truncate(root: &mut Value, pointer: &str, random: &mut Random) {
    match root.pointer_mut(pointer) {
        Some(Value::String(text)) => {
            let keep = random.below(text.chars().count() + 1);
            *text = text.chars().take(keep).collect();
        }
        Some(Value::Array(items)) => {
            let keep = random.below(items.len() + 1);
            items.truncate(keep);
        }
        _ => {}
    }
}

/// One random change of bytes.
pub fn bytes(text: &mut Vec<u8>, random: &mut Random) {
    if text.is_empty() {
        return;
    }
    let at = random.below(text.len());
    let len = 1 + random.below(40).min(text.len() - at - 1);
    match random.below(6) {
        0 => text[at] = u8::try_from(random.below(256)).unwrap(),
        1 => text.truncate(at),
        2 => drop(text.drain(at..at + len)),
        3 => {
            let part = text[at..at + len].to_vec();
            text.splice(at..at, part);
        }
        4 => text.insert(at, *random.pick(b"{}[]\",:0\\-.eE \x00\xff")),
        _ => {
            let to = random.below(text.len());
            text.swap(at, to);
        }
    }
}

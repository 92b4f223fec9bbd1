//! Changes to a JSON summary, each of one kind and in one place.

use super::exact;
use super::mutate;
use super::random::Random;
use serde_json::Value;

/// Kinds of change to a summary. Each gives false where it finds nothing to change.
pub type Change = fn(&mut Value, &mut Random) -> bool;

pub const CHANGES: [(&str, Change); 14] = [
    ("digit", digit),
    ("unit", |v, r| word_of(v, r, &["unit"])),
    ("medicine name", |v, r| letters(v, r, &["medication_name"])),
    ("negation", negation),
    ("date", date),
    ("item deleted", |v, r| item(v, r, mutate::delete)),
    ("item duplicated", |v, r| item(v, r, mutate::duplicate)),
    ("items moved", moved),
    ("values swapped", swapped),
    ("source path", |v, r| letters(v, r, &["path"])),
    ("source text", |v, r| letters(v, r, &["text"])),
    ("boolean", boolean),
    ("our words", |v, r| letters(v, r, &["explanation", "plain_name", "purpose", "plain_instructions", "disclaimers"])),
    ("generated_at or count", stamp),
];

/// A random string under one of these keys (or any, where none is named), to be changed in place.
fn text_at(value: &Value, random: &mut Random, keys: &[&str], wanted: &dyn Fn(&str) -> bool) -> Option<String> {
    let at = exact::pointers(value, &|n| n.as_str().is_some_and(wanted));
    let under = |p: &&String| {
        keys.is_empty() || p.rsplit('/').find(|k| k.parse::<usize>().is_err()).is_some_and(|k| keys.contains(&k))
    };
    let at: Vec<&String> = at.iter().filter(under).collect();
    (!at.is_empty()).then(|| (*random.pick(&at)).clone())
}

fn edit(value: &mut Value, pointer: &str, change: impl FnOnce(&str) -> String) -> bool {
    let Some(Value::String(text)) = value.pointer_mut(pointer) else { return false };
    *text = change(text);
    true
}

fn digit(value: &mut Value, random: &mut Random) -> bool {
    let has_digit = |t: &str| t.bytes().any(|b| b.is_ascii_digit());
    let Some(at) = text_at(value, random, &[], &|t| has_digit(t.trim_start_matches('\u{1}'))) else { return false };
    edit(value, &at, |text| {
        let places: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(i, _)| i).collect();
        other_digit(text, *random.pick(&places), random)
    })
}

pub fn other_digit(text: &str, at: usize, random: &mut Random) -> String {
    let old = text.as_bytes()[at];
    let new = b'0' + (old - b'0' + 1 + u8::try_from(random.below(9)).unwrap()) % 10;
    format!("{}{}{}", &text[..at], char::from(new), &text[at + 1..])
}

/// Changes, drops or adds one letter of a text under one of these keys.
fn letters(value: &mut Value, random: &mut Random, keys: &[&str]) -> bool {
    let Some(at) = text_at(value, random, keys, &|t| !t.is_empty()) else { return false };
    edit(value, &at, |text| other_letter(text, random))
}

pub fn other_letter(text: &str, random: &mut Random) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let at = random.below(chars.len());
    match random.below(3) {
        0 => drop(chars.remove(at)),
        1 => chars.insert(at, 'x'),
        _ => chars[at] = if chars[at] == 'q' { 'z' } else { 'q' },
    }
    chars.into_iter().collect()
}

/// Puts another word in the place of a text.
fn word_of(value: &mut Value, random: &mut Random, keys: &[&str]) -> bool {
    let Some(at) = text_at(value, random, keys, &|t| !t.is_empty()) else { return false };
    let other = *random.pick(&["g", "mg", "mcg", "mmol/L", "units", ""]);
    edit(value, &at, |_| other.to_owned())
}

fn negation(value: &mut Value, random: &mut Random) -> bool {
    const WORDS: [&str; 6] = ["not ", "no ", "No ", "Do not ", " without", "never "];
    let has_word = |t: &str| WORDS.iter().any(|w| t.contains(w));
    let Some(at) = text_at(value, random, &[], &has_word) else { return false };
    edit(value, &at, |text| {
        let word = WORDS.iter().find(|w| text.contains(**w)).unwrap();
        if random.chance(2) { text.replacen(word, "", 1) } else { text.replacen(word, &format!("{word}{word}"), 1) }
    })
}

fn date(value: &mut Value, random: &mut Random) -> bool {
    let is_date = |t: &str| clinical_pipeline::Moment::parse(t).is_some();
    let Some(at) = text_at(value, random, &[], &is_date) else { return false };
    let other = *random.pick(&["2026-05-30", "2025", "1999-12-31T23:59:59Z", "2026-06"]);
    edit(value, &at, |_| other.to_owned())
}

fn item(value: &mut Value, random: &mut Random, change: fn(&mut Value, &str)) -> bool {
    let all = exact::pointers(value, &|_| true);
    let items: Vec<&String> =
        all.iter().filter(|p| p.rsplit('/').next().is_some_and(|k| k.parse::<usize>().is_ok())).collect();
    if items.is_empty() {
        return false;
    }
    change(value, random.pick(&items).as_str());
    true
}

/// An item goes to another list: a stopped medicine among those to take.
fn moved(value: &mut Value, random: &mut Random) -> bool {
    const LISTS: [&str; 6] =
        ["stopped_medications", "on_hold_medications", "medications", "conditions", "allergies", "lab_results"];
    let (from, to) = (*random.pick(&LISTS), *random.pick(&LISTS));
    let Some(list) = value[from].as_array_mut().filter(|l| from != to && !l.is_empty()) else { return false };
    let item = list.remove(random.below(list.len()));
    value[to].as_array_mut().is_some_and(|l| {
        l.push(item);
        true
    })
}

/// Two items of one list exchange one of their values.
fn swapped(value: &mut Value, random: &mut Random) -> bool {
    let lists = exact::pointers(value, &|n| n.as_array().is_some_and(|l| l.len() > 1 && l[0].is_object()));
    let list = random.pick(&lists).clone();
    let length = value.pointer(&list).and_then(Value::as_array).map_or(0, Vec::len);
    let (a, b) = (random.below(length), random.below(length));
    let keys: Vec<String> =
        value.pointer(&format!("{list}/{a}")).unwrap().as_object().unwrap().keys().cloned().collect();
    let key = random.pick(&keys);
    mutate::swap(value, &format!("{list}/{a}/{key}"), &format!("{list}/{b}/{key}"));
    true
}

fn boolean(value: &mut Value, random: &mut Random) -> bool {
    let all = exact::pointers(value, &Value::is_boolean);
    if let Some(Value::Bool(b)) = value.pointer_mut(random.pick(&all).as_str()) {
        *b = !*b;
    }
    true
}

fn stamp(value: &mut Value, random: &mut Random) -> bool {
    if random.chance(3) {
        return edit(value, "/generated_at", |t| other_digit(t, *random.pick(&[3, 6, 9, 12, 15, 18]), random));
    }
    let counts = exact::pointers(value, &exact::is_number);
    let at = random.pick(&counts).clone();
    edit(value, &at, |_| format!("\u{1}{}", random.below(5000)))
}

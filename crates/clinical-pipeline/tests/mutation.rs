//! A summary or a page that was changed in one place must not pass.
//!
//! `verify` is given 10,000 seeded mutations of the samples' JSON summaries; the gate is given mutated pages. Every
//! mutation really changes something; what each kind caught is printed.
#![allow(clippy::disallowed_methods, reason = "tests read their samples")]

mod support;

use clinical_intake::fhir;
use clinical_json::Document;
use clinical_pipeline::{Input, Label, Page, Stop, verify};
use clinical_summary::{PageKind, compose, gate, outline, readability};
use serde_json::Value;
use std::collections::BTreeMap;
use support::exact;
use support::random::Random;
use support::{lexicon, make, mutate, now, samples};

/// How many mutations of summaries.
const MUTATIONS: u64 = 10_000;

/// Kinds of change to a summary. Each gives false where it finds nothing to change.
type Change = fn(&mut Value, &mut Random) -> bool;

const CHANGES: [(&str, Change); 14] = [
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

#[test]
fn verify_sees_every_change_of_a_summary() {
    let summaries: Vec<(Vec<u8>, Value)> = samples()
        .into_iter()
        .map(|(name, bytes)| {
            let text = make(&bytes, Page::Json).unwrap().page.into_exposed();
            assert_eq!(faults(&bytes, &text), 0, "{name}: the summary as it was made");
            let value = exact::parse(&text);
            assert_eq!(faults(&bytes, &exact::write(&value)), 0, "{name}: the summary written again");
            (bytes, value)
        })
        .collect();
    let mut caught: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    let mut missed = Vec::new();
    let mut seed = 0;
    let mut done = 0;
    while done < MUTATIONS {
        seed += 1;
        let mut random = Random::new(seed);
        let (source, whole) = random.pick(&summaries);
        let (kind, change) = *random.pick(&CHANGES);
        let mut changed = whole.clone();
        if !change(&mut changed, &mut random) || changed == *whole {
            continue;
        }
        done += 1;
        let is_caught = faults(source, &exact::write(&changed)) > 0;
        let counts = caught.entry(kind).or_default();
        counts.1 += 1;
        counts.0 += u32::from(is_caught);
        if !is_caught {
            missed.push((seed, kind));
        }
    }
    for (kind, (caught, all)) in &caught {
        println!("verify: {kind}: {caught} of {all}");
    }
    assert!(missed.is_empty(), "{} of {MUTATIONS} not seen: {:?}", missed.len(), &missed[..missed.len().min(20)]);
    assert_eq!(caught.len(), CHANGES.len(), "every kind of change was tried");
}

/// How many faults `verify` finds; a summary that cannot be read at all counts as one.
fn faults(source: &[u8], summary: &str) -> usize {
    let input = Input::new(source, Label::Unknown);
    verify(&input, summary.as_bytes(), lexicon(), Stop::never()).map_or(1, |v| v.faults.len())
}

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

fn other_digit(text: &str, at: usize, random: &mut Random) -> String {
    let old = text.as_bytes()[at];
    let new = b'0' + (old - b'0' + 1 + u8::try_from(random.below(9)).unwrap()) % 10;
    format!("{}{}{}", &text[..at], char::from(new), &text[at + 1..])
}

/// Changes, drops or adds one letter of a text under one of these keys.
fn letters(value: &mut Value, random: &mut Random, keys: &[&str]) -> bool {
    let Some(at) = text_at(value, random, keys, &|t| !t.is_empty()) else { return false };
    edit(value, &at, |text| other_letter(text, random))
}

fn other_letter(text: &str, random: &mut Random) -> String {
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
    let keys: Vec<String> = value.pointer(&format!("{list}/{a}")).unwrap().as_object().unwrap().keys().cloned().collect();
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

/// Kinds of change to a page: what they are called, and the change of `text` (tags and marks apart).
const PAGE_CHANGES: [&str; 6] =
    ["digit", "letter of a fact", "letter of a medicine name", "line deleted", "line doubled", "stopped moved to take"];

#[test]
fn the_gate_refuses_changed_pages() {
    let mut table: BTreeMap<(&str, &str), (u32, u32)> = BTreeMap::new();
    let mut missed: Vec<String> = Vec::new();
    for (name, bytes) in samples() {
        let document = Document::parse(&bytes).unwrap();
        let (record, _) = fhir::read(&document, false, Stop::never()).unwrap();
        let sheet = compose(&record, now(), lexicon());
        let blocks = outline(&sheet, lexicon());
        let reading = readability(&blocks);
        let names: Vec<String> = sheet.medicines.all().map(|m| m.name.shown().into_owned()).collect();
        let off: Vec<String> = sheet.medicines.stopped.iter().map(|m| m.name.shown().into_owned()).collect();
        let mut facts: Vec<String> = Vec::new();
        sheet.facts(&mut |fact| facts.push(fact.shown().into_owned()));
        for (page, kind) in [(Page::Html, PageKind::Html), (Page::Text, PageKind::Text), (Page::Markdown, PageKind::Markdown)] {
            let whole = make(&bytes, page).unwrap().page.into_exposed();
            let passes = |page: &str| gate(page, kind, &blocks, &sheet, lexicon(), reading).is_ok();
            assert!(passes(&whole), "{name} {page:?} as it was made");
            for seed in 0..600 {
                let mut random = Random::new(seed);
                let change = *random.pick(&PAGE_CHANGES);
                let changed = match change {
                    "digit" => page_digit(&whole, kind, &mut random),
                    "letter of a fact" => page_letter(&whole, kind, &facts, &mut random),
                    "letter of a medicine name" => page_letter(&whole, kind, &names, &mut random),
                    "line deleted" => page_line(&whole, kind, &names, &mut random, false),
                    "line doubled" => page_line(&whole, kind, &names, &mut random, true),
                    _ => page_moved(&whole, kind, &off, &mut random),
                };
                let Some(changed) = changed.filter(|c| *c != whole) else { continue };
                let counts = table.entry((change, if page == Page::Html { "HTML" } else { "text and Markdown" })).or_default();
                counts.1 += 1;
                let is_refused = !passes(&changed);
                counts.0 += u32::from(is_refused);
                if !is_refused {
                    missed.push(format!("{name} {page:?} {change} seed {seed}: {}", difference(&whole, &changed)));
                }
            }
        }
    }
    for ((change, page), (refused, all)) in &table {
        println!("gate: {change} ({page}): {refused} of {all}");
    }
    assert!(missed.is_empty(), "{} not refused: {:#?}", missed.len(), &missed[..missed.len().min(20)]);
}

/// Where two pages begin to differ. The samples are nobody's, so a test may print them.
fn difference(a: &str, b: &str) -> String {
    let at = a.char_indices().zip(b.chars()).find(|((_, x), y)| x != y).map_or(a.len(), |((i, _), _)| i);
    a[at.saturating_sub(40)..].chars().take(80).collect()
}

/// The parts of a page that a reader sees.
fn visible(page: &str, kind: PageKind) -> Vec<(usize, usize)> {
    if kind != PageKind::Html {
        return vec![(0, page.len())];
    }
    let body = page.find("<body").unwrap();
    let mut out = Vec::new();
    let mut at = body;
    while let Some(close) = page[at..].find('>') {
        let start = at + close + 1;
        let end = page[start..].find('<').map_or(page.len(), |n| start + n);
        out.push((start, end));
        at = end;
    }
    out
}

fn page_digit(page: &str, kind: PageKind, random: &mut Random) -> Option<String> {
    let digits: Vec<usize> = visible(page, kind)
        .into_iter()
        // "&#39;" is an apostrophe and holds no digit for a reader.
        .flat_map(|(s, e)| (s..e).filter(move |i| page.as_bytes()[*i].is_ascii_digit() && !page[..*i].ends_with("&#") && !page[..*i].ends_with("&#3")))
        .collect();
    (!digits.is_empty()).then(|| other_digit(page, *random.pick(&digits), random))
}

/// One letter of a fact that stands on the page.
fn page_letter(page: &str, kind: PageKind, facts: &[String], random: &mut Random) -> Option<String> {
    if facts.is_empty() {
        return None;
    }
    let fact = random.pick(facts);
    let seen = visible(page, kind);
    let hits: Vec<usize> = page
        .match_indices(fact.as_str())
        .map(|(at, _)| at)
        .filter(|at| seen.iter().any(|(s, e)| (kind != PageKind::Html || s == at) && s <= at && at + fact.len() <= *e))
        .collect();
    if fact.len() < 3 || hits.is_empty() {
        return None;
    }
    let at = *random.pick(&hits);
    Some(format!("{}{}{}", &page[..at], other_letter(fact, random), &page[at + fact.len()..]))
}

/// The item of a medicine, whole.
fn item_of(page: &str, kind: PageKind, name: &str) -> Option<(usize, usize)> {
    let (open, ends): (&str, &[&str]) = match kind {
        PageKind::Html => ("<li>", &["</li>\n"]),
        PageKind::Text => ("\n  * ", &["\n  * ", "\n\n"]),
        PageKind::Markdown => ("\n- ", &["\n- ", "\n\n"]),
    };
    let at = page.find(&(if kind == PageKind::Html { format!(">{name}<") } else { format!("{open}{name}") }))?;
    let start = page[..=at].rfind(open).unwrap_or(at);
    let rest = &page[start + open.len()..];
    let end = ends.iter().filter_map(|e| rest.find(e).map(|n| n + if kind == PageKind::Html { e.len() } else { 0 })).min()?;
    Some((start, start + open.len() + end))
}

fn page_line(page: &str, kind: PageKind, names: &[String], random: &mut Random, double: bool) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let (start, end) = item_of(page, kind, random.pick(names).as_str())?;
    let item = if double { page[start..end].repeat(2) } else { String::new() };
    Some(format!("{}{item}{}", &page[..start], &page[end..]))
}

/// A medicine not to be taken goes behind the heading of those to take.
fn page_moved(page: &str, kind: PageKind, off: &[String], random: &mut Random) -> Option<String> {
    if off.is_empty() {
        return None;
    }
    let (start, end) = item_of(page, kind, random.pick(off).as_str())?;
    let item = page[start..end].to_owned();
    let rest = format!("{}{}", &page[..start], &page[end..]);
    let heading = match kind {
        PageKind::Html => "Take these</h3>",
        PageKind::Text => "Take these:",
        PageKind::Markdown => "### Take these\n",
    };
    let at = rest.find(heading)? + heading.len();
    Some(format!("{}{item}{}", &rest[..at], &rest[at..]))
}

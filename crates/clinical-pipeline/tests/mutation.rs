//! A summary or a page that was changed in one place must not pass.
//!
//! `verify` is given 10,000 seeded mutations of the samples' JSON summaries; the gate is given mutated pages. Every
//! mutation really changes something; what each kind caught is printed.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read their samples, and fail by panic"
)]

mod support;

use clinical_intake::fhir;
use clinical_json::Document;
use clinical_pipeline::{Input, Label, Page, Stop, verify};
use clinical_summary::{PageKind, compose, gate, outline, readability};
use serde_json::Value;
use std::collections::BTreeMap;
use support::exact;
use support::page_changes::{page_digit, page_letter, page_line, page_moved};
use support::random::Random;
use support::summary_changes::CHANGES;
use support::{lexicon, make, now, samples};

/// How many mutations of summaries.
const MUTATIONS: u64 = 10_000;

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
        for (page, kind) in
            [(Page::Html, PageKind::Html), (Page::Text, PageKind::Text), (Page::Markdown, PageKind::Markdown)]
        {
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
                let counts =
                    table.entry((change, if page == Page::Html { "HTML" } else { "text and Markdown" })).or_default();
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

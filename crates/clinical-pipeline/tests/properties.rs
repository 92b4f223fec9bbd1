//! The standing properties, over the samples, generated records and damaged ones.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests read their samples, and fail by panic"
)]

mod support;

use clinical_pipeline::{Error, Outcome, Page};
use serde_json::Value;
use std::collections::HashSet;
use support::exact;
use support::random::Random;
use support::{PAGES, make, mutate, records, samples};

/// Generated records of growing size, each with its seed.
fn generated(count: usize) -> impl Iterator<Item = (usize, Value)> {
    (0..count).map(|seed| (seed, records::bundle(&mut Random::new(seed as u64), 2 + seed % 60)))
}

fn documents() -> Vec<(String, Vec<u8>)> {
    let made = generated(80).map(|(seed, record)| (format!("seed {seed}"), record.to_string().into_bytes()));
    samples().into_iter().chain(made).collect()
}

/// The outcome; a page that its gate refused is a fault of ours, whatever the input.
fn checked(name: &str, bytes: &[u8], page: Page) -> Option<Outcome> {
    match make(bytes, page) {
        Ok(outcome) => {
            let c = outcome.counts;
            assert_eq!(c.entries, c.shown + c.held_back + c.unreadable, "{name}: the books do not balance");
            Some(outcome)
        }
        Err(Error::Gate { code }) => panic!("{name}: the gate refused a {page:?} page: {code}"),
        Err(_) => None,
    }
}

fn summary(bytes: &[u8]) -> Value {
    exact::parse(make(bytes, Page::Json).unwrap().page.expose())
}

// verbatim

#[test]
fn every_source_leads_to_its_text() {
    let mut followed = 0;
    for (name, bytes) in documents() {
        let source = exact::parse(std::str::from_utf8(&bytes).unwrap());
        let summary = summary(&bytes);
        for at in exact::pointers(&summary, &|n| n.get("path").is_some() && n.get("text").is_some()) {
            let pointer = summary.pointer(&at).unwrap();
            let stands = exact::follow(&source, pointer["path"].as_str().unwrap()).and_then(exact::scalar);
            assert_eq!(stands.as_deref(), pointer["text"].as_str(), "{name}{at}");
            followed += 1;
        }
    }
    assert!(followed > 2000, "{followed}");
}

#[test]
fn every_marked_fact_of_a_page_stands_in_the_record() {
    let mut seen = 0;
    for (name, bytes) in documents() {
        let page = checked(&name, &bytes, Page::Html).unwrap().page.into_exposed();
        for mark in page.split("data-at=\"").skip(1) {
            let (at, rest) = mark.split_once("\">").unwrap();
            let (start, end) = at.split_once('-').unwrap();
            let raw = std::str::from_utf8(&bytes[start.parse().unwrap()..end.parse().unwrap()]).unwrap();
            let stands = exact::scalar(&exact::parse(raw)).unwrap();
            let said = plain(rest.split_once("</span>").unwrap().0);
            assert!(is_view(&said, &stands), "{name} {at}: {said:?} of {stands:?}");
            seen += 1;
        }
    }
    assert!(seen > 1500, "{seen}");
}

/// HTML text as a reader sees it.
fn plain(html: &str) -> String {
    let text = html.replace("<br>", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    folded(&text.replace("&#39;", "'").replace("&amp;", "&"))
}

fn folded(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control() || c == '\u{fffd}')
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a page may say `stands` as `said`: the same words, a number without needless zeros, a date in words, the
/// clock time of a date, or the words of a narrative.
fn is_view(said: &str, stands: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if said == folded(stands) {
        return true;
    }
    let number = |t: &str| t.parse::<f64>().ok();
    if let (Some(a), Some(b)) = (number(said), number(stands)) {
        return (a - b).abs() < f64::EPSILON && said.trim_start_matches("0.").len() <= stands.len();
    }
    let (date, clock) = stands.split_once('T').unwrap_or((stands, ""));
    let parts: Vec<&str> = date.split('-').collect();
    let month = |m: &str| m.parse::<usize>().ok().and_then(|m| MONTHS.get(m.checked_sub(1)?));
    let words = match parts.as_slice() {
        [year, m] => month(m).map(|m| format!("{m} {year}")),
        [year, m, day] => month(m).map(|m| format!("{m} {}, {year}", day.trim_start_matches('0'))),
        _ => None,
    };
    if words.as_deref() == Some(said) {
        return true;
    }
    if let (Some((hour, rest)), Some((shown, minutes))) = (clock.split_once(':'), said.split_once(':')) {
        let (hour, shown) = (hour.parse::<u32>().unwrap(), shown.parse::<u32>().unwrap());
        return hour % 12 == shown % 12 && minutes[..2] == rest[..2] && minutes[3..].starts_with(['A', 'P']);
    }
    let bare: String = stands.chars().filter(|c| !c.is_whitespace()).collect();
    stands.contains('<') && said.split(' ').all(|w| bare.contains(&w.replace('&', "&amp;")) || bare.contains(w))
}

// total and accounted

#[test]
fn damaged_structures_panic_nowhere_and_lose_no_entry() {
    for (name, bytes) in samples() {
        let whole: Value = serde_json::from_slice(&bytes).unwrap();
        for seed in 0..250 {
            let mut random = Random::new(seed);
            let mut record = whole.clone();
            for _ in 0..=random.below(4) {
                mutate::structure(&mut record, &mut random);
            }
            let text = record.to_string();
            let page = *random.pick(&PAGES);
            let outcome = checked(&format!("{name} seed {seed}"), text.as_bytes(), page);
            if let Some(outcome) = outcome {
                assert_eq!(outcome.counts.entries, entries(&record), "{name} seed {seed}: entries in");
            }
        }
    }
}

#[test]
fn damaged_bytes_panic_nowhere() {
    for (name, bytes) in samples() {
        for seed in 0..400 {
            let mut random = Random::new(seed);
            let mut text = bytes.clone();
            for _ in 0..=random.below(3) {
                mutate::bytes(&mut text, &mut random);
            }
            checked(&format!("{name} seed {seed}"), &text, *random.pick(&PAGES));
        }
    }
    for seed in 0..2000 {
        let mut random = Random::new(seed);
        let noise: Vec<u8> =
            (0..random.below(200)).map(|_| *random.pick(b"{}[]\",:0123\\ \n\xff\x00aeE.-tfn")).collect();
        checked("noise", &noise, *random.pick(&PAGES));
    }
}

/// The entries of a document as anybody would count them.
fn entries(resource: &Value) -> usize {
    if resource["resourceType"] != "Bundle" {
        return 1;
    }
    let lone = |v: &Value| (!v.is_array() && !v.is_null()).then(|| v.clone());
    let list: Vec<Value> = resource["entry"].as_array().cloned().unwrap_or_default();
    let list = list.into_iter().chain(lone(&resource["entry"])).filter(|e| !e.is_null());
    list.map(|e| e.get("resource").map_or(1, entries)).sum()
}

#[test]
fn every_entry_is_accounted_for_once() {
    for (name, bytes) in documents() {
        let count = entries(&serde_json::from_slice(&bytes).unwrap());
        let summary = summary(&bytes);
        let books = &summary["accounting"];
        let number = |v: &Value| exact::scalar(v).unwrap().parse::<usize>().unwrap();
        let rows = ["held_back", "unreadable"].map(|k| books[k].as_array().unwrap());
        assert_eq!(number(&books["entries_in"]), count, "{name}");
        assert_eq!(number(&books["shown"]) + rows[0].len() + rows[1].len(), count, "{name}");
        let places: HashSet<&str> = rows.into_iter().flatten().map(|r| r["source"].as_str().unwrap()).collect();
        assert_eq!(places.len(), rows[0].len() + rows[1].len(), "{name}: an entry is listed twice");
        for page in PAGES {
            let outcome = checked(&name, &bytes, page).unwrap();
            assert_eq!(outcome.counts.entries, count, "{name} {page:?}");
        }
    }
}

// deterministic

/// A page that is written from blocks is measured block by block with all its words; the others are measured without the
/// rows of what is not shown, and phrases that every sheet says were counted before.
#[test]
fn the_reading_grade_is_the_same_of_every_page() {
    let mut held_back = 0;
    for (name, bytes) in documents() {
        let of = |page| checked(&name, &bytes, page).map(|outcome| outcome.reading);
        assert!(of(Page::Text).is_some_and(|reading| reading.words > 20), "{name}");
        assert!(PAGES.into_iter().all(|page| of(page) == of(Page::Text)), "{name}");
        held_back += checked(&name, &bytes, Page::Text).map_or(0, |outcome| outcome.counts.held_back);
    }
    assert!(held_back > 100, "{held_back}");
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for (name, bytes) in documents() {
        for page in PAGES {
            let again = std::thread::scope(|s| s.spawn(|| make(&bytes, page)).join().unwrap());
            assert_eq!(make(&bytes, page), again, "{name} {page:?}");
        }
    }
}

// escaped

/// Text that is markup, a control sequence or a turn of writing direction wherever it is not escaped.
const HOSTILE: &str = "<script>alert(1)</script>\"><img src=x onerror=x>&lt;b&gt; '*_`[x](javascript:y)# \u{0}\u{1b}[31m\u{85}\u{202e}\u{2066}|";

/// Puts `text` behind every string that `wanted` names by its key.
fn plant(record: &mut Value, text: &str, wanted: &dyn Fn(&str) -> bool) {
    for at in exact::pointers(record, &|n| n.is_string()) {
        let key = at.rsplit('/').find(|k| k.parse::<usize>().is_err()).unwrap_or_default().to_owned();
        if let Some(Value::String(node)) = record.pointer_mut(&at).filter(|_| wanted(&key)) {
            node.push_str(text);
        }
    }
}

#[test]
fn no_input_becomes_markup() {
    let worded = [
        "text",
        "display",
        "family",
        "given",
        "title",
        "description",
        "conclusion",
        "unit",
        "value",
        "patientInstruction",
        "name",
        "comment",
        "valueString",
    ];
    for (name, bytes) in samples() {
        let whole: Value = serde_json::from_slice(&bytes).unwrap();
        let everywhere: &dyn Fn(&str) -> bool = &|_| true;
        let in_words: &dyn Fn(&str) -> bool = &|key| worded.contains(&key);
        let but_types: &dyn Fn(&str) -> bool = &|key| !matches!(key, "resourceType" | "reference" | "fullUrl" | "id");
        for wanted in [everywhere, in_words, but_types] {
            let mut record = whole.clone();
            plant(&mut record, HOSTILE, wanted);
            let text = record.to_string();
            for page in PAGES {
                let Some(outcome) = checked(&name, text.as_bytes(), page) else { continue };
                let page_text = outcome.page.into_exposed();
                match page {
                    Page::Html => harmless_html(&name, &page_text),
                    Page::Json => drop(exact::parse(&page_text)),
                    Page::Text => harmless_text(&name, &page_text),
                    Page::Markdown => {
                        harmless_text(&name, &page_text);
                        for mark in ["<script", "<img", "](javascript", "`["] {
                            let bare = page_text.match_indices(mark).find(|(at, _)| !page_text[..*at].ends_with('\\'));
                            assert!(bare.is_none(), "{name}: {mark} is not escaped");
                        }
                    }
                }
            }
        }
    }
}

fn harmless_html(name: &str, page: &str) {
    for tag in page.split('<').skip(1) {
        let name_of_tag: String =
            tag.trim_start_matches(['/', '!']).chars().take_while(char::is_ascii_alphanumeric).collect();
        assert!(!matches!(&*name_of_tag, "script" | "img" | "b" | "" | "iframe" | "a"), "{name}: <{name_of_tag}");
        let inside = tag.split('>').next().unwrap();
        assert!(!inside.contains("onerror"), "{name}: <{inside}>");
    }
    harmless_text(name, page);
}

fn harmless_text(name: &str, page: &str) {
    let is_bad =
        |c: &char| (c.is_control() && *c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert_eq!(page.chars().find(is_bad), None, "{name}");
}

// private

#[test]
fn no_error_or_notice_repeats_the_input() {
    let canary = "QZCANARY";
    let silent = |name: &str, bytes: &[u8]| {
        for page in PAGES {
            let said = match make(bytes, page) {
                Ok(outcome) => format!("{outcome:?} {:?}", outcome.notices),
                Err(e) => format!("{e} {e:?} {}", e.code()),
            };
            assert!(!said.contains("CANARY"), "{name}: {said}");
        }
    };
    for (name, bytes) in samples() {
        let whole: Value = serde_json::from_slice(&bytes).unwrap();
        let mut everywhere = whole.clone();
        plant(&mut everywhere, canary, &|_| true);
        silent(&name, everywhere.to_string().as_bytes());
        let mut most = whole.clone();
        plant(&mut most, canary, &|key| key != "resourceType");
        silent(&name, most.to_string().as_bytes());
        for seed in 0..40 {
            let mut random = Random::new(seed);
            let mut record = most.clone();
            mutate::structure(&mut record, &mut random);
            let mut text = record.to_string().into_bytes();
            silent(&name, &text);
            mutate::bytes(&mut text, &mut random);
            silent(&name, &text);
        }
    }
}

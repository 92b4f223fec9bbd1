//! Scores the finder on labelled notes: `score FILE.jsonl… [--show misses|false|traps [TYPE]] [--count N]`.
//! A line is `{id, text, spans: [{start, end, type}], traps: [{start, end, type}]}`, offsets in code points.
//! Of a miss it is shown what was left of it. Characters count where they are letters or digits, as in the outside scorer.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measuring tool that reads the files it is given and prints made-up notes"
)]

use std::collections::BTreeMap;
use std::time::Instant;

use clinical_model::Stop;
use clinical_privacy::{Known, find};

#[derive(serde::Deserialize)]
struct Note {
    id: String,
    text: String,
    spans: Vec<Span>,
    #[serde(default)]
    traps: Vec<Span>,
    /// What may go or stay (titles, credentials, weekdays, clock times, states): counts neither way.
    #[serde(default, alias = "optional")]
    either: Vec<Span>,
}

#[derive(serde::Deserialize)]
struct Span {
    start: usize,
    end: usize,
    #[serde(rename = "type", default)]
    kind: String,
}

/// Of one type: how many there are, how many were found whole or touched.
#[derive(Default)]
struct Row {
    all: usize,
    whole: usize,
    chars: usize,
    found: usize,
}

fn main() {
    let mut files = Vec::new();
    let (mut show, mut only, mut count) = (String::new(), String::new(), 40);
    let mut arguments = std::env::args().skip(1).peekable();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--show" => {
                show = arguments.next().unwrap_or_default();
                if arguments.peek().is_some_and(|a| a.chars().all(|c| c.is_ascii_uppercase() || c == '_')) {
                    only = arguments.next().unwrap_or_default();
                }
            }
            "--count" => count = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(40),
            _ => files.push(argument),
        }
    }
    let (mut kinds, mut traps): (BTreeMap<String, Row>, BTreeMap<String, Row>) = Default::default();
    let (mut tp, mut missed, mut wrong, mut notes, mut clean, mut bytes) = (0, 0, 0, 0, 0, 0);
    let mut seconds = 0.0;
    let mut shown = Vec::new();
    for file in files {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let note: Note = serde_json::from_str(line).unwrap();
            let begin = Instant::now();
            let found = find(&note.text, &Known::new(), Stop::never()).unwrap();
            seconds += begin.elapsed().as_secs_f64();
            bytes += note.text.len();
            notes += 1;
            let chars: Vec<char> = note.text.chars().collect();
            let mut place = vec![0; note.text.len() + 1];
            for (nth, (at, c)) in note.text.char_indices().enumerate() {
                place[at..at + c.len_utf8()].fill(nth);
            }
            place[note.text.len()] = chars.len();
            let (mut gold, mut hit) = (vec![false; chars.len()], vec![false; chars.len()]);
            note.spans.iter().for_each(|s| gold[s.start..s.end].fill(true));
            found.iter().for_each(|i| hit[place[i.start]..place[i.end]].fill(true));
            let mut ignored = vec![false; chars.len()];
            note.either.iter().for_each(|s| ignored[s.start..s.end].fill(true));
            let counts = |i: usize| chars[i].is_alphanumeric() && (gold[i] || !ignored[i]);
            let around = |start: usize, end: usize| {
                let text = |a: usize, b: usize| chars[a..b].iter().collect::<String>().replace(['\n', '\r'], "⏎");
                format!(
                    "{}⟦{}⟧{}",
                    text(start.saturating_sub(45), start),
                    text(start, end),
                    text(end, (end + 35).min(chars.len()))
                )
            };
            let mut leak = false;
            for span in &note.spans {
                let row = kinds.entry(span.kind.clone()).or_default();
                let all = (span.start..span.end).filter(|i| counts(*i)).count();
                let got = (span.start..span.end).filter(|i| counts(*i) && hit[*i]).count();
                row.all += 1;
                row.chars += all;
                row.found += got;
                row.whole += usize::from(got == all);
                leak |= got < all;
                if got < all && show == "misses" && (only.is_empty() || only == span.kind) {
                    let left = (span.start..span.end).map(|i| if hit[i] { '·' } else { chars[i] }).collect::<String>();
                    let left = left.replace(['\n', '\r'], "⏎");
                    shown.push(format!("{} {:9} {} left: {left}", note.id, span.kind, around(span.start, span.end)));
                }
            }
            for trap in &note.traps {
                let row = traps.entry(trap.kind.clone()).or_default();
                row.all += 1;
                let touched = (trap.start..trap.end).any(|i| counts(i) && hit[i] && !gold[i]);
                row.whole += usize::from(touched);
                if touched && show == "traps" && (only.is_empty() || only == trap.kind) {
                    shown.push(format!("{} {:9} {}", note.id, trap.kind, around(trap.start, trap.end)));
                }
            }
            for one in &found {
                let (start, end) = (place[one.start], place[one.end]);
                if show == "false"
                    && (only.is_empty() || only == one.kind.as_str())
                    && (start..end).any(|i| counts(i) && !gold[i])
                {
                    shown.push(format!("{} {:9} {:8} {}", note.id, one.kind, one.reason.as_str(), around(start, end)));
                }
            }
            for i in (0..chars.len()).filter(|i| counts(*i)) {
                tp += usize::from(gold[i] && hit[i]);
                missed += usize::from(gold[i] && !hit[i]);
                wrong += usize::from(!gold[i] && hit[i]);
            }
            clean += usize::from(!leak);
        }
    }
    let step = (shown.len() / count.max(1)).max(1);
    shown.iter().step_by(step).take(count).for_each(|line| println!("{line}"));
    let percent = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
    for (name, row) in &kinds {
        println!(
            "  {name:10} whole {:5}/{:<5} {:6.2} %  characters {:6.2} %",
            row.whole,
            row.all,
            percent(row.whole, row.all),
            percent(row.found, row.chars)
        );
    }
    let sum = |rows: &BTreeMap<String, Row>, of: fn(&Row) -> usize| rows.values().map(of).sum::<usize>();
    let touched: Vec<String> =
        traps.iter().filter(|(_, r)| r.whole > 0).map(|(n, r)| format!("{n} {}/{}", r.whole, r.all)).collect();
    println!("  traps touched: {}", touched.join(", "));
    println!(
        "notes {notes}: character recall {:.2} % precision {:.2} %; identifiers whole {:.2} % of {}; traps touched {:.2} % of {}; notes without a leak {:.1} %; {:.1} MB/s",
        percent(tp, tp + missed),
        percent(tp, tp + wrong),
        percent(sum(&kinds, |r| r.whole), sum(&kinds, |r| r.all)),
        sum(&kinds, |r| r.all),
        percent(sum(&traps, |r| r.whole), sum(&traps, |r| r.all)),
        sum(&traps, |r| r.all),
        percent(clean, notes),
        bytes as f64 / 1e6 / seconds
    );
}

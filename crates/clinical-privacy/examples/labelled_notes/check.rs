//! Counts and samples for the eye, and the rules that every label keeps.

use crate::banks::{Banks, Part};
use crate::compose::Note;
use crate::marked::Span;
use crate::rng::Rng;
use std::collections::BTreeMap;

/// What is wrong with a note, if anything.
fn fault(note: &Note) -> Option<String> {
    let chars: Vec<char> = note.text.chars().collect();
    let mut all: Vec<&Span> = note.spans.iter().chain(&note.traps).chain(&note.either).collect();
    all.sort_by_key(|s| s.start);
    for (at, span) in all.iter().enumerate() {
        if span.start >= span.end || span.end > chars.len() {
            return Some(format!("{}: {}..{} is outside of the text", note.id, span.start, span.end));
        }
        if chars[span.start].is_whitespace() || chars[span.end - 1].is_whitespace() {
            return Some(format!("{}: {}..{} is not trimmed", note.id, span.start, span.end));
        }
        if all.get(at + 1).is_some_and(|next| next.start < span.end) {
            return Some(format!("{}: {}..{} overlaps the next", note.id, span.start, span.end));
        }
    }
    let slot = note.text.find("{").and_then(|at| note.text[at..].split_once('}')).filter(|(inner, _)| {
        let inner = &inner[1..];
        !inner.is_empty() && inner.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
    });
    slot.map(|(inner, _)| format!("{}: a slot was not filled: {}", note.id, inner))
}

/// Prints the counts and samples; `Err` names the first broken rule.
pub(crate) fn report(notes: &[Note], banks: &Banks, seed: u64, out: &mut String) -> Result<(), String> {
    use std::fmt::Write;
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut samples = Vec::new();
    for note in notes {
        if let Some(fault) = fault(note) {
            return Err(fault);
        }
        for (class, spans) in [("identifier", &note.spans), ("trap", &note.traps), ("either", &note.either)] {
            for span in spans {
                *counts.entry((class, &span.kind)).or_default() += 1;
                if class != "either" {
                    samples.push((note, span));
                }
            }
        }
    }
    let characters: usize = notes.iter().map(|n| n.text.chars().count()).sum();
    let per_note: Vec<usize> = notes.iter().map(|n| n.spans.len()).collect();
    let write = |out: &mut String, text: String| out.write_fmt(format_args!("{text}\n")).map_err(|e| e.to_string());
    for (name, size) in banks.sizes().filter(|(_, size)| *size < 4) {
        write(out, format!("small list: {name} {size}"))?;
    }
    write(out, format!("{} notes, {characters} characters, {} layouts", notes.len(), banks.layouts.len()))?;
    let (least, most) = (per_note.iter().min().copied().unwrap_or(0), per_note.iter().max().copied().unwrap_or(0));
    write(out, format!("identifiers per note: {least} to {most}, sum {}", per_note.iter().sum::<usize>()))?;
    write(out, format!("traps: {}", notes.iter().map(|n| n.traps.len()).sum::<usize>()))?;
    for ((class, kind), count) in &counts {
        write(out, format!("{class:10} {kind:18} {count:6}"))?;
    }
    // Who has seen the notes of a whole part can no longer measure with it.
    let shown = if banks.part.whole() && banks.part != Part::Open { 0 } else { 40 };
    let mut rng = Rng::new(seed);
    for _ in 0..shown {
        let Some((note, span)) = samples.get(rng.below(samples.len())) else { continue };
        let chars: Vec<char> = note.text.chars().collect();
        let piece = |from: usize, to: usize| chars[from..to].iter().collect::<String>().replace(['\n', '\r'], "⏎");
        let (before, after) = (span.start.saturating_sub(40), (span.end + 30).min(chars.len()));
        let shown = format!("{}⟦{}⟧{}", piece(before, span.start), piece(span.start, span.end), piece(span.end, after));
        write(out, format!("{:16} {shown}", span.kind))?;
    }
    Ok(())
}

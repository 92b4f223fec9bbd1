//! Notes: any text that is no structured document.

use clinical_model::Stop;

use super::edits::{Edit, apply};
use super::pen::Removal;
use crate::find::{Known, Writing, find, find_written};
use crate::kind::Identifier;
use crate::policy::{Policy, Rules, Scribe, tags_in, year_of};

/// The text without identity, and what was removed. `None`: asked to stop.
pub fn remove_from_text(text: &str, rules: &Rules<'_>) -> Option<(String, Vec<Removal>)> {
    let found = find_in(text, rules.known, rules.stop)?;
    let mut scribe = Scribe::new(rules, text.as_bytes());
    scribe.set_year(newest_year(text, &found));
    let found = settled(text, found, &mut scribe, (rules.known, Writing::Prose), rules.stop)?;
    found.iter().for_each(|one| scribe.meet(&text[one.start..one.end], one.kind));
    let mut removed = Vec::with_capacity(found.len());
    let mut edits = Vec::with_capacity(found.len());
    for one in &found {
        if let Some(new) = scribe.replace(&text[one.start..one.end], one.kind) {
            edits.push(Edit::new(one.start, one.end, new));
            removed.push(Removal { start: one.start, end: one.end, kind: one.kind, reason: one.reason, path: None });
        }
    }
    Some((apply(text, edits), removed))
}

/// The newest year among the dates of a text.
pub(super) fn newest_year(text: &str, found: &[Identifier]) -> Option<u16> {
    let dates = found.iter().filter(|one| one.kind == crate::Kind::Date);
    dates.filter_map(|one| year_of(&text[one.start..one.end])).filter(|y| *y <= 2100).max()
}

/// The identifiers of one text, without the tags of an earlier removal.
pub(crate) fn find_in(text: &str, known: &Known, stop: Stop<'_>) -> Option<Vec<Identifier>> {
    Some(without_tags(text, find(text, known, stop)?))
}

/// The most often that a text is looked at again.
const ROUNDS: usize = 4;

/// What is found besides once `found` is gone, by places in the text as it came. A tag can make a neighbour look like
/// what it did not look like before; with this a second removal finds nothing.
pub(super) fn settled(
    text: &str,
    mut found: Vec<Identifier>,
    scribe: &mut Scribe,
    (known, writing): (&Known, Writing),
    stop: Stop<'_>,
) -> Option<Vec<Identifier>> {
    if scribe.policy() == Policy::Surrogate {
        return Some(found);
    }
    // What the policy lets stay is as if it had not been found.
    found.retain(|one| !scribe.keeps(one.kind));
    for _ in 0..ROUNDS {
        if found.is_empty() {
            break;
        }
        // The text after the removal, and for each stretch of it that stayed where it stood.
        let mut after = String::with_capacity(text.len());
        let mut stayed: Vec<(usize, usize)> = Vec::with_capacity(found.len() + 1);
        let mut done = 0;
        for one in &found {
            stayed.push((after.len(), done));
            after.push_str(&text[done..one.start]);
            let value = &text[one.start..one.end];
            match scribe.replace(value, one.kind) {
                Some(new) => after.push_str(&new),
                None => after.push_str(value),
            }
            done = one.end;
        }
        stayed.push((after.len(), done));
        after.push_str(&text[done..]);
        let mut more = Vec::new();
        for one in without_tags(&after, find_written(&after, known, writing, stop)?) {
            if scribe.keeps(one.kind) {
                continue;
            }
            // Each part of it that stands in a stretch that stayed.
            let first = stayed.partition_point(|s| s.0 <= one.start).saturating_sub(1);
            for (nth, (at, from)) in stayed.iter().enumerate().skip(first).take_while(|(_, s)| s.0 < one.end) {
                let length = found.get(nth).map_or(text.len(), |f| f.start) - from;
                let (start, end) = (one.start.max(*at) - at + from, one.end.min(at + length).max(*at) - at + from);
                push(text, Identifier { start, end: end.max(start), ..one }, &mut more);
            }
        }
        if more.is_empty() {
            break;
        }
        found.extend(more);
        found.sort_by_key(|one| (one.start, one.end));
        let mut last = 0;
        found.retain(|one| {
            let apart = one.start >= last;
            last = last.max(one.end);
            apart
        });
    }
    Some(found)
}

/// Cuts tags out of what was found, and drops what holds no letter or digit (what a mask left).
pub(super) fn without_tags(text: &str, found: Vec<Identifier>) -> Vec<Identifier> {
    let tags = if text.contains('[') { tags_in(text) } else { Vec::new() };
    let mut left = Vec::with_capacity(found.len());
    for one in found {
        let mut start = one.start;
        let first = tags.partition_point(|t| t.1 <= one.start);
        for (open, close) in tags[first..].iter().take_while(|t| t.0 < one.end) {
            push(text, Identifier { start, end: *open, ..one }, &mut left);
            start = *close;
        }
        push(text, Identifier { start, ..one }, &mut left);
    }
    left
}

fn push(text: &str, one: Identifier, left: &mut Vec<Identifier>) {
    let inside = text.get(one.start..one.end).unwrap_or_default();
    let trimmed = inside.trim_start();
    let start = one.start + inside.len() - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if inside.contains(char::is_alphanumeric) {
        left.push(Identifier { start, end, ..one });
    }
}

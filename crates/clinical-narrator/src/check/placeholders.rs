//! Placeholders: each once, those of one kind in their order, and none between "from" and "to" exchanged.

use super::reading::{Item, Kind, Reading};
use crate::mask::Hole;
use crate::refusal::Refusal;

pub(super) fn check(of: &Reading, said: &Reading, holes: &[Hole]) -> Result<(), Refusal> {
    let order = places(said);
    for hole in 0..holes.len() {
        match order.iter().filter(|place| **place == hole).count() {
            0 => return Err(Refusal::PlaceholderMissing),
            1 => {}
            _ => return Err(Refusal::PlaceholderRepeated),
        }
    }
    let mut last: Vec<(&'static str, usize)> = Vec::new();
    for place in order {
        let Some(kind) = holes.get(place).map(|hole| hole.kind.word()) else { return Err(Refusal::PlaceholderUnknown) };
        match last.iter_mut().find(|(other, _)| *other == kind) {
            Some((_, before)) if *before > place => return Err(Refusal::PlaceholderMoved),
            Some((_, before)) => *before = place,
            None => last.push((kind, place)),
        }
    }
    for hole in 0..holes.len() {
        let (before, after) = (lead(&of.items, hole), lead(&said.items, hole));
        if before != after && (before.is_some() && after.is_some() || holes.len() > 1 && before.is_some()) {
            return Err(Refusal::PlaceholderMoved);
        }
    }
    Ok(())
}

fn places(reading: &Reading) -> Vec<usize> {
    let hole = |item: &Item| match item.kind {
        Kind::Hole(index) => Some(index),
        _ => None,
    };
    reading.items.iter().filter_map(hole).collect()
}

/// "from" or "to" directly in front of a placeholder, where the text has both.
fn lead(items: &[Item], hole: usize) -> Option<String> {
    let has = |word: &str| items.iter().any(|item| item.first() == word);
    let at = items.iter().position(|item| item.kind == Kind::Hole(hole))?;
    let word = items.get(at.checked_sub(1)?)?.words.last()?.text.as_str();
    (has("from") && has("to") && matches!(word, "from" | "to")).then(|| word.to_owned())
}

//! Which of several problems a word of doubt speaks of.

use super::class::Class;
use super::company::is_same;
use super::reading::{Item, Reading};
use crate::refusal::Refusal;

/// Whether a text leaves something open.
pub(super) fn is_open(reading: &Reading) -> bool {
    reading.content().any(|item| item.class == Class::Doubt)
}

/// Where several things are named, what is in doubt on one side is in doubt on the other.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    for (one, other) in [(of, said), (said, of)] {
        for (at, item) in doubts(one) {
            let Some(thing) = thing(one, at) else { continue };
            let things: Vec<&Item> = doubts(other)
                .filter(|(_, i)| i.senses.iter().any(|sense| item.senses.contains(sense)))
                .filter_map(|(place, _)| self::thing(other, place))
                .collect();
            let is_named = other.content().any(|i| is_same(thing, i));
            let others_named = things.iter().any(|t| one.content().any(|i| is_same(t, i)));
            if is_named && others_named && !things.iter().any(|t| is_same(t, thing)) {
                return Err(Refusal::Certainty);
            }
        }
    }
    Ok(())
}

fn doubts(reading: &Reading) -> impl Iterator<Item = (usize, &Item)> {
    reading.items.iter().enumerate().filter(|(_, item)| item.class == Class::Doubt && item.is_content())
}

/// What stands behind it in its stretch, or else in front of it there, or else behind it in its sentence.
fn thing(reading: &Reading, at: usize) -> Option<&Item> {
    let doubt = reading.items.get(at)?;
    let is_thing = |item: &&Item| item.class == Class::Problem && item.is_content() && item.sentence == doubt.sentence;
    let (before, behind) = reading.items.split_at(at);
    let here = |item: &&Item| is_thing(item) && item.chunk == doubt.chunk;
    let near = behind.iter().find(here).or_else(|| before.iter().rev().find(here));
    near.or_else(|| behind.iter().find(is_thing)).or_else(|| before.iter().rev().find(is_thing))
}

//! Who has it, by the subject of its verb: "her mother is worried and has dementia" is not "you have dementia".

use super::class::Class;
use super::company::is_same;
use super::reading::{Item, Kind, Reading, has_role};
use super::vocabulary::same;
use crate::refusal::Refusal;

/// Relatives who may be the reader: a note about a child says "the baby has a fever".
const OPEN: [&str; 9] = ["adolescent", "babies", "baby", "child", "children", "infant", "newborn", "toddler", "twin"];

/// The subject of a verb, where it is plain.
#[derive(Clone, Copy)]
enum Owner<'r> {
    Reader,
    Relative(&'r Item),
}

/// Holds the subjects of both sides against each other: of having a problem, and of being worried and the like.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let (ours, theirs) = (owned(of), owned(said));
    for (thing, owner) in &theirs {
        let mut alike = ours.iter().filter(|(other, _)| same(thing, other)).peekable();
        if alike.peek().is_some() && !alike.any(|(_, other)| is_met(*owner, *other)) {
            return Err(Refusal::Whose);
        }
    }
    // "In the baby's womb": of a sentence that names no child and no relative.
    let whose = |i: &Item| {
        i.class == Class::Relative && i.is_content() && i.words.last().is_some_and(|w| w.text.ends_with("'s"))
    };
    if said.items.iter().any(whose) && !of.items.iter().any(|i| i.class == Class::Relative) {
        return Err(Refusal::Whose);
    }
    // "His parents came about their rash": theirs, and not the reader's.
    let is_several =
        of.items.iter().any(|i| i.class == Class::Relative && i.is_content() && has_role("several", i.first()));
    if is_several && has(of, &["their", "theirs"]) && !has(said, &["their", "theirs"]) {
        return Err(Refusal::Whose);
    }
    if other_gender(of).is_some_and(|words| has(of, words) && !has(said, words)) {
        return Err(Refusal::Whose);
    }
    Ok(())
}

/// "His wife is worried about her memory": the words that speak of her and never of him, where the first relative tells which.
fn other_gender(of: &Reading) -> Option<&'static [&'static str]> {
    let whose = |near: &[Item]| match near {
        [whose, who] if who.class == Class::Relative && whose.words.len() == 1 => match whose.first() {
            "his" if has_role("woman", who.first()) => Some(["her", "hers", "she"].as_slice()),
            "her" if has_role("man", who.first()) => Some(["he", "him", "his"].as_slice()),
            _ => None,
        },
        _ => None,
    };
    let first = of.items.iter().position(|i| i.class == Class::Relative)?;
    of.items.get(first.checked_sub(1)?..=first).and_then(whose)
}

fn has(reading: &Reading, words: &[&str]) -> bool {
    reading.items.iter().any(|i| i.words.iter().any(|w| words.contains(&w.text.as_str())))
}

fn is_met(one: Owner<'_>, other: Owner<'_>) -> bool {
    match (one, other) {
        (Owner::Reader, Owner::Reader) => true,
        (Owner::Relative(one), Owner::Relative(other)) => is_same(one, other),
        _ => false,
    }
}

/// Each problem behind "has", and each word of worry or of telling, whose subject is plain.
fn owned(reading: &Reading) -> Vec<(&Item, Owner<'_>)> {
    let items = &reading.items;
    let is_verb = |i: &Item| matches!(i.first(), "had" | "has" | "have") && i.is_quiet;
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate().filter(|(_, i)| i.kind == Kind::Words) {
        let worries = item.words.iter().any(|w| has_role("worries", &w.text)) && item.is_content();
        let is_had = item.class == Class::Problem && item.is_content();
        let verb = items.get(..at).unwrap_or_default().iter().rposition(|i| {
            i.kind != Kind::Words || is_verb(i) || i.is_content() && i.class != Class::Degree && i.class != Class::Side
        });
        let verb = verb.filter(|place| is_had && items.get(*place).is_some_and(is_verb));
        let place = if worries { Some(at) } else { verb };
        if let Some(owner) = place.and_then(|place| subject(items, place)) {
            all.push((item, owner));
        }
    }
    all
}

/// The nearest subject in front of a place in its sentence. None where somebody says something in between.
fn subject(items: &[Item], at: usize) -> Option<Owner<'_>> {
    let before = items.get(..at)?.iter().rev().take_while(|i| i.kind != Kind::End);
    for item in before.filter(|i| i.kind == Kind::Words) {
        let word = item.words.last().map_or("", |w| w.text.as_str());
        if item.class == Class::Relative && item.is_content() {
            let is_plain = item.words.len() == 1 && !word.ends_with("'s") && !OPEN.contains(&word);
            return is_plain.then_some(Owner::Relative(item));
        }
        if has_role("reader", word) && item.is_quiet && !matches!(word, "child" | "who") {
            return Some(Owner::Reader);
        }
        let is_open = has_role("speech", word)
            || matches!(word, "about" | "by" | "for" | "from" | "of" | "that" | "to" | "who" | "whose" | "with")
            || item.class == Class::Person
            || item.class.tag() != 0;
        if is_open {
            return None;
        }
    }
    None
}

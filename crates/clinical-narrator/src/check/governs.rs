//! What is to be done under a condition: "call if it bleeds, use the cream" is not "call; if it bleeds, use the cream".

use super::class::Class;
use super::reading::{Item, Kind, Reading, has_role};
use super::vocabulary::same;
use crate::refusal::Refusal;

/// Holds what each condition governs on one side against what it governs on the other.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let (ours, theirs) = (conceded(of), conceded(said));
    if ours.iter().any(|fact| !theirs.contains(fact)) || theirs.iter().any(|fact| !ours.contains(fact)) {
        return Err(Refusal::Condition);
    }
    let (ours, theirs) = (conditions(of), conditions(said));
    if ours.len() != theirs.len() {
        return Ok(());
    }
    for (one, other) in ours.iter().zip(&theirs) {
        let (one, other) = (governed(of, *one), governed(said, *other));
        let only = |these: &[&Item], those: &[&Item], there: &Reading| {
            let is_gone = |i: &&&Item| !those.iter().any(|o| meets(i, o));
            these.iter().filter(is_gone).any(|i| there.items.iter().any(|o| meets(i, o)))
        };
        if only(&one, &other, said) && only(&other, &one, of) {
            return Err(Refusal::Condition);
        }
    }
    Ok(())
}

/// "Even if you feel better [TIME 1]": the facts behind "even", up to the next mark.
fn conceded(reading: &Reading) -> Vec<Kind> {
    let evens = reading.items.iter().enumerate().filter(|(_, i)| i.class == Class::But && i.first() == "even");
    let behind = |at: usize| reading.items.get(at + 1..).unwrap_or_default().iter();
    let stretch = evens.flat_map(|(at, _)| behind(at).take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_))));
    stretch.filter(|i| matches!(i.kind, Kind::Hole(_))).map(|i| i.kind).collect()
}

fn conditions(reading: &Reading) -> Vec<usize> {
    let goes_on = |at: usize| {
        let joint = at.checked_sub(1).and_then(|at| reading.items.get(at));
        joint.is_some_and(|i| i.class == Class::Conjunction && i.first() == "or")
    };
    let all = reading.items.iter().enumerate().filter(|(_, i)| matches!(i.class, Class::If | Class::Unless));
    all.map(|(at, _)| at).filter(|at| !goes_on(*at)).collect()
}

fn meets(one: &Item, other: &Item) -> bool {
    match (one.kind, other.kind) {
        (Kind::Words, Kind::Words) => same(one, other),
        (one, other) => one == other,
    }
}

/// Says what is to be done, or to what.
fn is_thing(item: &Item) -> bool {
    let is_order = item.class == Class::Advice || has_role("sure-order", item.first());
    (item.is_content() || is_order) && item.class != Class::Negation && item.class.tag() == 0
}

/// What a condition governs: the stretch in front of it or, where it leads, all that is behind what may happen. Nothing where
/// that is not known.
fn governed(reading: &Reading, at: usize) -> Vec<&Item> {
    let Some(condition) = reading.items.get(at) else { return Vec::new() };
    let tag = condition.class.tag();
    let is_mark = |i: &&Item| matches!(i.kind, Kind::Comma | Kind::End);
    let joins = |i: &&Item| matches!(i.class, Class::Conjunction | Class::But);
    let (front, behind) = reading.items.split_at(at);
    let before = front.last();
    let is_second = front.iter().rev().take_while(|i| i.kind != Kind::End).any(|i| i.class == condition.class);
    if is_second && before.is_some_and(|i| joins(&i)) || before.is_some_and(|i| i.kind == Kind::Comma) {
        return Vec::new();
    }
    // A condition without its word governs the call behind it ([`super::headless`]).
    if condition.span == (0, 0) {
        return Vec::new();
    }
    if before.is_some_and(|i| i.kind != Kind::End && !joins(&i)) {
        return front.iter().rev().take_while(|i| !is_mark(i)).filter(|i| is_thing(i)).collect();
    }
    let sentence = behind.iter().skip(1).take_while(|i| i.kind != Kind::End);
    sentence.skip_while(|i| !(is_thing(i) && i.tags & tag == 0)).filter(|i| is_thing(i) && i.tags & tag == 0).collect()
}

//! What belongs together on one side belongs together on the other.

use super::class::Class;
use super::reading::{Item, Kind, Reading, has_role};
use crate::refusal::Refusal;
use std::cmp::Ordering;

/// Classes whose words speak of others.
const SPEAKING: [Class; 10] = [
    Class::Side,
    Class::Degree,
    Class::Time,
    Class::Number,
    Class::Doubt,
    Class::Relative,
    Class::Person,
    Class::Action,
    Class::When,
    Class::Body,
];

/// Checks that words of side, degree, time and the like, and placeholders, kept their company and their order. Where both
/// sides go in step ([`super::steps`]) they did.
pub(super) fn check(of: &Reading, said: &Reading, in_step: bool) -> Result<(), Refusal> {
    let heads_apart = |reading: &Reading| {
        let mut chunks: Vec<usize> = reading.content().filter(|i| !is_operator(i.class)).map(|i| i.chunk).collect();
        chunks.dedup();
        chunks.len() > 1
    };
    if !in_step && (heads_apart(of) || heads_apart(said)) {
        for item in said.content().filter(|item| SPEAKING.contains(&item.class)) {
            if has_role("arrival", item.first()) {
                continue;
            }
            let whole = |other: &&Item| item.kind == other.kind && item.senses.iter().any(|s| other.senses.contains(s));
            let found = of.content().find(whole);
            let alike = |class: Option<Class>| {
                of.content().find(|other| class.is_none_or(|class| other.class == class) && is_same(item, other))
            };
            let found = found.or_else(|| alike(Some(item.class))).or_else(|| alike(None));
            let Some(other) = found else { continue };
            let several = of.content().filter(|o| o.class == item.class).count() > 1;
            if item.class == Class::Body && !several {
                continue;
            }
            // "For a week you had a cough and a fever": what stands first speaks of all, as what stands last does.
            let speaks_of_all = matches!(item.kind, Kind::Hole(_)) || item.class == Class::Time;
            if speaks_of_all && (leads(item, said) && trails(other, of) || leads(other, of) && trails(item, said)) {
                continue;
            }
            // What is named twice may be either; `bind` tells them apart.
            let here = company(item, said);
            // A part of the body belongs to what it has, and not to the side that it is of.
            let names = |list: &[&Item]| -> Vec<Item> {
                let is_name =
                    |i: &&&Item| item.class == Class::Body && matches!(i.class, Class::Problem | Class::Plain);
                list.iter().filter(is_name).map(|i| (*i).clone()).collect()
            };
            let (ours, theirs) = (names(&here), names(&company(other, of)));
            let is_met =
                ours.is_empty() || theirs.is_empty() || ours.iter().any(|i| theirs.iter().any(|o| is_same(i, o)));
            if !is_met {
                return Err(refusal(item));
            }
            // "Always take it. Carry your card." of "always carry your card": alone here, and what it spoke of is elsewhere.
            let is_apart = |o: &&Item| {
                let mut there = said.content().filter(|i| is_same(i, o)).peekable();
                there.peek().is_some() && there.all(|i| i.sentence != item.sentence)
            };
            let beside: Vec<&Item> = company(other, of).into_iter().filter(|o| o.chunk == other.chunk).collect();
            let is_of_order = || {
                said.items
                    .iter()
                    .skip_while(|i| !std::ptr::eq(*i, item))
                    .nth(1)
                    .is_some_and(|i| has_role("imperative", i.first()))
            };
            if item.class == Class::Degree && here.is_empty() && is_of_order() && beside.iter().any(is_apart) {
                return Err(refusal(item));
            }
            let any = || of.content().filter(|o| whole(o)).any(|o| shares(&here, &company(o, of)));
            let near = || shares_next(item, said, other, of);
            if !shares(&here, &company(other, of)) && !any() && !is_beside_same(item, said, other, of) && !near() {
                return Err(refusal(item));
            }
        }
    }
    purpose(of, said)?;
    twice_named(of, said, if in_step { super::steps::marked() } else { 0 })?;
    conditions(of, said)?;
    order(of, said)
}

/// A medicine is for a problem only where the sentence says "for", or names them in one breath.
fn purpose(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let is_for = |item: &Item| item.words.iter().any(|w| matches!(w.text.as_str(), "for" | "treat" | "treated"));
    if of.items.iter().any(is_for) {
        return Ok(());
    }
    let stretch =
        |reading: &Reading, chunk: usize, class: Class| reading.content().any(|i| i.chunk == chunk && i.class == class);
    let beside =
        |reading: &Reading, chunk| stretch(reading, chunk, Class::Medicine) && stretch(reading, chunk, Class::Problem);
    let invented = said.items.iter().any(|i| is_for(i) && beside(said, i.chunk));
    if invented && !of.items.iter().any(|i| beside(of, i.chunk)) {
        return Err(Refusal::Treatment);
    }
    Ok(())
}

const fn is_operator(class: Class) -> bool {
    matches!(class, Class::Negation | Class::NegationBehind | Class::Must) || class.tag() != 0
}

fn refusal(item: &Item) -> Refusal {
    match item.kind {
        Kind::Hole(_) => Refusal::PlaceholderMoved,
        _ => item.class.refusal(),
    }
}

pub(super) fn is_same(one: &Item, other: &Item) -> bool {
    match (one.kind, other.kind) {
        (Kind::Words, Kind::Words) => {
            one.senses.iter().any(|s| other.senses.contains(s))
                || one.words.iter().any(|w| {
                    !w.is_quiet
                        && other.words.iter().any(|o| o.stem == w.stem || w.senses.iter().any(|s| o.senses.contains(s)))
                })
        }
        (one, other) => one == other,
    }
}

/// What an item speaks of: what stands in its stretch, or else in the next one that has something.
fn company<'r>(item: &Item, reading: &'r Reading) -> Vec<&'r Item> {
    let heads = |chunk: usize| -> Vec<&'r Item> {
        let speaks = |i: &Item| i.class.is_head() || item.class == Class::Body && !is_operator(i.class);
        let other = |i: &&Item| i.chunk == chunk && speaks(i) && i.class != item.class;
        reading.content().filter(other).collect()
    };
    let in_sentence =
        |chunk: usize| reading.items.iter().any(|i| i.chunk == chunk && i.sentence == item.sentence && i.is_content());
    let here = heads(item.chunk);
    if !here.is_empty() {
        return here;
    }
    // "Bladder or bowel trouble": what stands behind the last of a list is said of each.
    let joins = |i: &&Item| i.chunk == item.chunk && i.sentence == item.sentence && i.class == Class::Conjunction;
    let is_listed = reading.items.iter().skip_while(|i| !std::ptr::eq(*i, item)).any(|i| joins(&i));
    let last = heads(item.chunk + 1);
    let is_place = matches!(item.class, Class::Body | Class::Side);
    let is_alike = is_place && reading.content().any(|i| i.chunk == item.chunk + 1 && i.class == item.class);
    if is_listed && is_alike && !last.is_empty() {
        return last;
    }
    let before = (0..item.chunk).rev().filter(|c| in_sentence(*c)).map(heads).find(|heads| !heads.is_empty());
    let last = reading.items.last().map_or(0, |i| i.chunk);
    let after = || (item.chunk..=last).filter(|c| in_sentence(*c)).map(heads).find(|heads| !heads.is_empty());
    before.or_else(after).unwrap_or_default()
}

/// Whether all that stands beside it in its stretch stands beside the other, too. "Now limiting your walking" speaks of
/// walking, whatever comes before and behind.
fn is_beside_same(item: &Item, said: &Reading, other: &Item, of: &Reading) -> bool {
    let beside = |item: &Item, reading: &'_ Reading| -> Vec<Item> {
        let near = reading.content().filter(|i| i.chunk == item.chunk && !std::ptr::eq(*i, item));
        near.filter(|i| !is_operator(i.class)).cloned().collect()
    };
    let (here, there) = (beside(item, said), beside(other, of));
    let is_in = |i: &Item, list: &[Item]| list.iter().any(|o| is_same(i, o));
    let is_name = |i: &Item| matches!(i.class, Class::Action | Class::Body | Class::Problem | Class::Plain);
    // "Get urgent advice" of "seek urgent advice": the verb says nothing here.
    let is_quiet_here = |i: &Item| {
        let near = said.items.iter().filter(|q| q.chunk == item.chunk && q.is_quiet && q.kind == Kind::Words);
        near.flat_map(|q| &q.senses).any(|sense| i.senses.contains(sense))
    };
    here.iter().any(is_name)
        && here.iter().all(|i| is_in(i, &there))
        && there.iter().all(|i| is_in(i, &here) || is_quiet_here(i))
}

/// Nothing that it could speak of stands in the stretch of either, and the next ones of both name the same: "and should not
/// be started until your [TEST 1] is back".
fn shares_next(item: &Item, said: &Reading, other: &Item, of: &Reading) -> bool {
    let heads = |item: &Item, reading: &'_ Reading, chunk: usize| -> Vec<Item> {
        let in_place = |i: &&Item| i.chunk == chunk && i.sentence == item.sentence && i.class != item.class;
        reading.content().filter(in_place).filter(|i| i.class.is_head()).cloned().collect()
    };
    let alone = heads(item, said, item.chunk).is_empty() && heads(other, of, other.chunk).is_empty();
    let (next, ours) = (heads(item, said, item.chunk + 1), heads(other, of, other.chunk + 1));
    alone && next.iter().any(|i| ours.iter().any(|o| is_same(i, o)))
}

/// Nothing stands before it in its sentence.
pub(super) fn leads(item: &Item, reading: &Reading) -> bool {
    let first = reading.content().find(|i| i.sentence == item.sentence && !is_operator(i.class));
    first.is_some_and(|first| std::ptr::eq(first, item))
}

/// It stands in the last stretch of its sentence, behind what it speaks of.
fn trails(item: &Item, reading: &Reading) -> bool {
    let last = reading.content().filter(|i| i.sentence == item.sentence).map(|i| i.chunk).max();
    last == Some(item.chunk) && !leads(item, reading)
}

fn shares(one: &[&Item], other: &[&Item]) -> bool {
    one.is_empty() || other.is_empty() || one.iter().any(|a| other.iter().any(|b| is_same(a, b)))
}

/// Where two kinds of words stand at least twice each, either all of them keep their order or all are turned round.
fn order(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let mut first: Option<(Class, Ordering)> = None;
    let mut turned: Option<Class> = None;
    let mut count = 0;
    let classes = [
        Class::Side,
        Class::Degree,
        Class::Body,
        Class::Medicine,
        Class::Test,
        Class::Number,
        Class::Time,
        Class::Relative,
        Class::Person,
        Class::Action,
        Class::Problem,
    ];
    for class in classes {
        let Some(turn) = turn(class, of, said) else { continue };
        turned = turned.or((turn == Ordering::Greater).then_some(class));
        count += 1;
        match first {
            Some((_, before)) if before != turn || turn == Ordering::Equal => {
                return Err(match class {
                    Class::Medicine | Class::Test | Class::Number | Class::Time => Refusal::PlaceholderMoved,
                    class => class.refusal(),
                });
            }
            Some(_) => {}
            None => first = Some((class, turn)),
        }
    }
    // Turned round with nothing beside it that says which belongs to which.
    match turned {
        Some(class) if count == 1 && matches!(class, Class::Side | Class::Body | Class::Action) => Err(class.refusal()),
        // "Call if pain, see the nurse if fever": each condition is of its own order.
        Some(Class::Problem) if conditional(of) > 1 && conditional(said) > 1 => Err(Refusal::Condition),
        _ => Ok(()),
    }
}

/// How many conditions there are.
fn conditional(reading: &Reading) -> usize {
    reading.items.iter().filter(|i| i.class == Class::If).count()
}

/// What is named twice, once so and once otherwise ("no pain at rest, pain when walking"), keeps its order.
fn twice_named(of: &Reading, said: &Reading, ignored: u16) -> Result<(), Refusal> {
    let tags = |reading: &Reading, item: &Item| -> Vec<u16> {
        // "Seek advice if your sight gets worse": to seek and to see have a meaning in common, and are told apart.
        let is_call = |i: &Item| i.class == Class::Advice && i.first() == "seek";
        reading
            .content()
            .filter(|other| is_same(item, other) && is_call(item) == is_call(other))
            .map(|other| other.tags & !ignored)
            .collect()
    };
    for item in of.content().filter(|item| matches!(item.kind, Kind::Words) && !is_operator(item.class)) {
        let ours = tags(of, item);
        if ours.iter().any(|tag| ours.first() != Some(tag)) && tags(said, item) != ours {
            return Err(Refusal::Condition);
        }
    }
    Ok(())
}

/// Different conditions keep their order.
fn conditions(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let list = |reading: &Reading| -> Vec<Class> {
        let mut list: Vec<Class> = reading.items.iter().map(|i| i.class).filter(|class| class.tag() != 0).collect();
        list.dedup();
        list
    };
    let (ours, theirs) = (list(of), list(said));
    let several = ours.iter().any(|class| ours.first() != Some(class));
    if several && ours != theirs { Err(Refusal::Condition) } else { Ok(()) }
}

/// Less: in order. Greater: turned round. Equal: neither. None: there are no two.
fn turn(class: Class, of: &Reading, said: &Reading) -> Option<Ordering> {
    // Of words of time and number only placeholders: "it comes and goes" may stand anywhere.
    let only_holes = matches!(class, Class::Time | Class::Number | Class::Person);
    let by_place = matches!(class, Class::Side | Class::Body | Class::Action);
    let is_it = |i: &&Item| {
        let told_apart = class == Class::Action && i.tags != 0;
        i.class == class && (!only_holes || i.kind != Kind::Words) && !told_apart
    };
    let list: Vec<&Item> = of.content().filter(is_it).collect();
    let mut places: Vec<usize> = Vec::new();
    let mut met = vec![false; list.len()];
    for item in said.content().filter(is_it) {
        // What is named twice ("the right eye, the left, the right disc") is met in its turn.
        let same = |at: &usize| list.get(*at).is_some_and(|other| is_same(item, other));
        let is_new = |at: &usize| met.get(*at) == Some(&false);
        let found = (0..list.len()).filter(is_new).find(same).or_else(|| (0..list.len()).find(same));
        // Most by stretches: within one, words change places freely.
        if let Some((at, other)) = found.and_then(|at| Some((at, list.get(at)?))) {
            places.push(if by_place { at } else { other.chunk });
            met.iter_mut().skip(at).take(1).for_each(|met| *met = true);
        }
    }
    places.dedup();
    if places.len() < 2 {
        return None;
    }
    Some(if places.is_sorted() {
        Ordering::Less
    } else if places.iter().rev().is_sorted() {
        Ordering::Greater
    } else {
        Ordering::Equal
    })
}

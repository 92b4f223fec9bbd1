//! Which of two things of one kind stands beside what: sides, states, times, parts of the body and findings must not
//! be exchanged, though every word is there.

use super::class::Class;
use super::company::{is_same, leads};
use super::reading::{Item, Kind, Reading, Word, has_role};
use super::vocabulary::{arrives, is_operator, same};
use crate::refusal::Refusal;

/// More things of one class are not compared pair by pair.
const MOST: usize = 24;

/// Classes of which a sentence may name two.
const BOUND: [Class; 10] = [
    Class::Side,
    Class::Degree,
    Class::Body,
    Class::Time,
    Class::Number,
    Class::Test,
    Class::Medicine,
    Class::Problem,
    Class::Action,
    Class::Relative,
];

/// Whether a text has more things of one class than are compared.
pub(super) fn is_long(reading: &Reading) -> bool {
    BOUND.into_iter().any(|class| reading.content().filter(|i| i.class == class).count() > MOST)
}

/// Checks that no two things have changed their company, and that what is before and after something is the same. Where
/// both sides go in step ([`super::steps`]), nothing was exchanged.
pub(super) fn check(of: &Reading, said: &Reading, in_step: bool) -> Result<(), Refusal> {
    if !in_step {
        for (one, other) in [(of, said), (said, of)] {
            for class in BOUND {
                exchanged(class, one, other)?;
            }
        }
        nearest(of, said)?;
    }
    towards(of, said)?;
    ordered(of, said)
}

/// "Spreads from the hand to the arm": where something goes to is not where it comes from.
fn towards(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let aims = |reading: &Reading, at: usize| {
        let before = reading.items.get(..at).unwrap_or_default().iter().rev();
        let mut before = before
            .skip_while(|i| matches!(i.class, Class::Side | Class::Degree) || i.words.iter().all(is_article_word));
        before.next().and_then(|i| i.words.last()).is_some_and(|w| matches!(w.text.as_str(), "into" | "to"))
    };
    // "A sore to the heel" goes nowhere, and neither does "no rash, sores to the heels".
    let moves = |i: &Item| i.words.iter().any(|w| has_role("moves", &w.stem));
    let is_place = |i: &Item| i.class == Class::Body && i.is_content();
    let goes = |reading: &Reading, at: usize| {
        let before = reading.items.get(..at).unwrap_or_default().iter().rev();
        let mut stretch = before.take_while(|i| !matches!(i.kind, Kind::Comma | Kind::End));
        stretch.any(|i| is_place(i) || moves(i))
    };
    let bodies = |reading: &Reading| -> Vec<(Item, bool, bool)> {
        let all = reading.items.iter().enumerate().filter(|(_, i)| is_place(i));
        all.map(|(at, i)| (i.clone(), aims(reading, at), goes(reading, at))).collect()
    };
    let (ours, theirs) = (bodies(of), bodies(said));
    let moved = of.items.iter().any(|i| moves(i) && i.first() != "from");
    for (item, aim, _) in theirs.iter().filter(|_| ours.iter().any(|(_, aim, goes)| *aim && (*goes || moved))) {
        let mut alike = ours.iter().filter(|(other, ..)| is_same(item, other)).peekable();
        let differs = |(_, other, goes): &(Item, bool, bool)| other != aim && (!other || *goes || moved);
        if alike.peek().is_some() && alike.all(differs) {
            return Err(Refusal::BodyPart);
        }
    }
    Ok(())
}

fn is_article_word(word: &Word) -> bool {
    matches!(word.text.as_str(), "a" | "an" | "her" | "his" | "the" | "your")
}

/// "Back pain that spreads to the left leg": a side or degree in front of one thing does not go in front of another.
fn nearest(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let speaks = |i: &Item| i.kind == Kind::Words && matches!(i.class, Class::Side | Class::Degree | Class::Time);
    let ahead = |reading: &Reading, at: usize| -> Vec<Item> {
        let chunk = reading.items.get(at).map_or(0, |i| i.chunk);
        let behind = reading.items.get(at + 1..).unwrap_or_default().iter();
        let next = behind.take_while(|i| i.chunk == chunk).filter(|i| i.is_content() && !speaks(i));
        next.take_while(|i| matches!(i.class, Class::Body | Class::Problem | Class::Plain)).cloned().collect()
    };
    for (at, item) in said.items.iter().enumerate().filter(|(_, i)| i.is_content() && speaks(i)) {
        let Some(thing) = ahead(said, at).into_iter().next() else { continue };
        let alike = || of.items.iter().enumerate().filter(|(_, o)| o.is_content() && is_same(item, o));
        let things: Vec<Vec<Item>> = alike().map(|(place, _)| ahead(of, place)).collect();
        if things.iter().any(Vec::is_empty) || things.iter().flatten().any(|t| is_same(t, &thing)) {
            continue;
        }
        // It stands before something else that the sentence names, though what it stood before is named, too.
        let named = of.content().any(|o| is_same(o, &thing));
        if named && things.iter().flatten().any(|t| said.content().any(|i| is_same(t, i))) {
            return Err(item.class.refusal());
        }
    }
    Ok(())
}

/// For each two of a class: what stands beside only one of them stands beside that one on the other side, too.
fn exchanged<'r>(class: Class, one: &'r Reading, other: &Reading) -> Result<(), Refusal> {
    let items: Vec<&Item> = one.content().filter(|i| i.class == class).collect();
    for (at, a) in items.iter().enumerate() {
        for b in items.iter().skip(at + 1).filter(|b| !is_it(a, b)) {
            let (beside_a, beside_b) = (beside(a, one), beside(b, one));
            // What leads a sentence, or ends it, speaks of all ("for a week you had a cough and a fever").
            let bound = |i: &&Item| {
                let leads_there = other.content().any(|o| is_same(i, o) && leads(o, other));
                i.class != Class::Time || !leads(i, one) && !leads_there
            };
            let only = |these: &[&'r Item], those: &[&Item]| -> Vec<&'r Item> {
                without(these, those).into_iter().filter(bound).collect()
            };
            let (only_a, only_b) = (only(&beside_a, &beside_b), only(&beside_b, &beside_a));
            let at = |item: &Item| {
                // A part of the body may stand in a longer name ("ankle pain").
                let fits = |i: &&Item| {
                    i.class == class || class == Class::Body && i.class == Class::Problem && i.words.len() > 1
                };
                let mut alike = other.content().filter(fits).filter(|i| is_same(item, i));
                other.content().find(|i| is_it(item, i)).or_else(|| alike.next())
            };
            let (Some(there_a), Some(there_b)) = (at(a), at(b)) else { continue };
            if std::ptr::eq(there_a, there_b) {
                continue;
            }
            let near = |item: &'_ Item| {
                let mut near = beside(item, other);
                near.extend(other.content().filter(|i| i.class != class && std::ptr::eq(*i, item)));
                near
            };
            let (there_a, there_b) = (near(there_a), near(there_b));
            let a_here = |there: &[&Item]| leans(there, &only_a, &only_b);
            let b_here = |there: &[&Item]| leans(there, &only_b, &only_a);
            let a_turned = b_here(&there_a) && !a_here(&there_a) && !b_here(&there_b);
            let b_turned = a_here(&there_b) && !b_here(&there_b) && !a_here(&there_a);
            if a_turned || b_turned {
                return Err(match a.kind {
                    Kind::Hole(_) => Refusal::PlaceholderMoved,
                    _ => class.refusal(),
                });
            }
        }
    }
    Ok(())
}

/// What stands in the stretch of an item.
fn beside<'r>(item: &Item, reading: &'r Reading) -> Vec<&'r Item> {
    let other = |i: &&Item| i.chunk == item.chunk && i.class != item.class && !is_operator(i.class);
    reading.content().filter(other).collect()
}

fn without<'r>(items: &[&'r Item], others: &[&Item]) -> Vec<&'r Item> {
    items.iter().filter(|i| !others.iter().any(|o| is_it(i, o))).copied().collect()
}

/// The same thing by its whole name: pain in the back is not pain in the neck.
fn is_it(one: &Item, other: &Item) -> bool {
    match (one.kind, other.kind) {
        (Kind::Words, Kind::Words) => same(one, other),
        (one, other) => one == other,
    }
}

/// Whether one of these is one of those, or more like those than like the others.
fn leans(items: &[&Item], those: &[&Item], others: &[&Item]) -> bool {
    let alike = |i: &Item, list: &[&Item]| list.iter().any(|o| is_same(i, o));
    items.iter().any(|i| those.iter().any(|o| is_it(i, o)) || alike(i, those) && !alike(i, others))
}

fn meets(items: &[&Item], others: &[&Item]) -> bool {
    items.iter().any(|i| others.iter().any(|o| is_same(i, o)))
}

/// What is to be done before something, after it, until then: the same on both sides.
fn ordered(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    for (at, item) in said.items.iter().enumerate() {
        let class = item.class;
        if !matches!(class, Class::Before | Class::After | Class::Until | Class::Instead | Class::If | Class::Unless) {
            continue;
        }
        // "If you have a fever, or if": one more of what came before.
        let joined = said.items.get(at.wrapping_sub(1)).is_some_and(|i| i.class == Class::Conjunction);
        if joined && said.items.get(..at).unwrap_or_default().iter().any(|i| i.class == class) {
            continue;
        }
        let same = || of.items.iter().enumerate().filter(|(_, i)| i.class == class);
        let governs = main(&said.items, at);
        let fits = |place: usize| {
            let main = main(&of.items, place);
            main.is_empty() || governs.is_empty() || meets(&governs, &main)
        };
        if same().next().is_some() && !same().any(|(place, _)| fits(place)) {
            return Err(class.refusal());
        }
    }
    Ok(())
}

/// What a word like "before" speaks of: what stands in front of it or, where it leads its sentence, behind the comma.
fn main(items: &[Item], at: usize) -> Vec<&Item> {
    let Some(operator) = items.get(at) else { return Vec::new() };
    // "Call right away if": how soon is told of the call.
    let is_time =
        |i: &Item| operator.class == Class::If && i.class == Class::Time && !has_role("imperative", i.first());
    let plain = |i: &&Item| i.is_content() && !is_operator(i.class) && !is_time(i) && i.sentence == operator.sentence;
    // "We will see you, and if it is high we will talk": of what comes behind.
    let is_anew = matches!(at.checked_sub(2).and_then(|from| items.get(from..at)), Some([mark, and])
        if mark.kind == Kind::Comma && and.first() == "and");
    let front = items.get(..at).unwrap_or_default();
    let is_anew = is_anew && !front.iter().any(|i| i.class == operator.class && i.sentence == operator.sentence);
    let before: Vec<&Item> = front.iter().filter(|_| !is_anew).filter(plain).collect();
    // "Physio, if no better ?injection": what is asked is for then.
    let rest = items.get(at + 1..).unwrap_or_default();
    let is_mark = |i: &Item| matches!(i.kind, Kind::Comma | Kind::End);
    let query = rest.iter().take_while(|i| !is_mark(i)).position(|i| i.class == Class::Doubt && i.first() == "query");
    let is_behind_mark = at.checked_sub(1).and_then(|at| items.get(at)).is_some_and(is_mark);
    if let Some(query) = query.filter(|query| *query > 0 && is_behind_mark && operator.class == Class::If) {
        return rest.get(query + 1..).unwrap_or_default().iter().take_while(|i| !is_mark(i)).filter(plain).collect();
    }
    // "Presents following a fall, no pain": he came, in words that the other side may have as quiet ones.
    let (front, last) = (items.get(..at).unwrap_or_default(), before.last());
    if last.is_none_or(|i| arrives(i)) && front.iter().any(|i| arrives(i) && i.sentence == operator.sentence) {
        return Vec::new();
    }
    if let Some(last) = last {
        return before.iter().filter(|i| i.chunk == last.chunk).copied().collect();
    }
    let behind = items.get(at..).unwrap_or_default();
    // "If it swells, or you bleed, call": the condition goes on behind its first mark.
    let is_or = |at: usize| behind.get(at + 1).is_some_and(|i| i.class == Class::Conjunction && i.first() == "or");
    let ends = |at: &usize| behind.get(*at).is_some_and(|i| i.kind == Kind::Comma) && !is_or(*at);
    // "After it was removed he passed urine": the clause may end without a mark.
    let is_free = |i: &Item| i.is_content() && !is_operator(i.class) && i.tags & operator.class.tag() == 0;
    let comma = (0..behind.len()).find(ends).unwrap_or(behind.len());
    let free = behind.iter().skip(1).take_while(|i| i.kind != Kind::End).position(is_free).map(|at| at + 1);
    let comma = free.map_or(comma, |free| comma.min(free));
    let rest: Vec<&Item> = behind.get(comma..).unwrap_or_default().iter().filter(plain).collect();
    rest.iter().filter(|i| rest.first().is_some_and(|f| f.chunk == i.chunk)).copied().collect()
}

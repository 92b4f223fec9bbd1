//! Whether a rewording says what its sentence says in the same order, thing by thing.
//!
//! Who keeps the order cannot have exchanged anything: each word speaks of the same neighbours. The other checks judge
//! company by marks and conjunctions, which a rewording may set elsewhere ("pain after a meal, nausea", "You have pain
//! after a meal. You have nausea."); where both sides go in step, only what a mark can change is left to judge.

use super::class::Class;
use super::reading::{Item, Kind, Reading};
use super::vocabulary::{is_operator, same, word_in};

/// The most things that stand for one.
const MOST: usize = 4;

/// Whether each thing of the rewording stands for the next of the sentence, and none is left.
pub(super) fn are_same(of: &Reading, said: &Reading) -> bool {
    let things =
        |reading: &'_ Reading| -> Vec<Item> { reading.content().filter(|i| i.class != Class::Must).cloned().collect() };
    let (of, said) = (things(of), things(said));
    let (mut ours, mut theirs) = (of.as_slice(), said.as_slice());
    while let Some((one, other)) = ours.first().zip(theirs.first()) {
        let (from, to) = if is_same(one, other) {
            (1, 1)
        } else if let Some(n) = (2..=MOST).find(|n| theirs.get(..*n).is_some_and(|pieces| is_made_of(one, pieces))) {
            (1, n)
        } else if let Some(n) = (2..=MOST).find(|n| ours.get(..*n).is_some_and(|pieces| is_made_of(other, pieces))) {
            (n, 1)
        } else if let Some(n) = (2..=MOST).find(|n| theirs.get(..*n).is_some_and(|near| is_turned(ours, near))) {
            (2, n)
        } else {
            return false;
        };
        ours = ours.get(from..).unwrap_or_default();
        theirs = theirs.get(to..).unwrap_or_default();
    }
    ours.is_empty() && theirs.is_empty()
}

fn is_same(one: &Item, other: &Item) -> bool {
    match (one.kind, other.kind) {
        (Kind::Words, Kind::Words) if is_operator(one.class) || is_operator(other.class) => one.class == other.class,
        (Kind::Words, Kind::Words) => same(one, other) || is_part(one, other) && is_part(other, one),
        (one, other) => one == other,
    }
}

/// Every word of weight of the one stands in the other.
fn is_part(one: &Item, other: &Item) -> bool {
    let mut heavy = one.words.iter().filter(|w| !w.is_quiet).peekable();
    heavy.peek().is_some() && heavy.all(|word| word_in(word, other))
}

/// A name in pieces, each of which stands in it.
fn is_made_of(name: &Item, pieces: &[Item]) -> bool {
    let is_plain = |i: &Item| i.kind == Kind::Words && !is_operator(i.class);
    let mut heavy = name.words.iter().filter(|w| !w.is_quiet);
    is_plain(name)
        && name.words.len() > 1
        && pieces.iter().all(|piece| is_plain(piece) && is_part(piece, name))
        && heavy.all(|word| pieces.iter().any(|piece| word_in(word, piece)))
}

/// "Left ankle pain" as "pain in your left ankle": the side has the place between the pieces of the name.
fn is_turned(ours: &[Item], near: &[Item]) -> bool {
    let [first, name, ..] = ours else { return false };
    let Some(at) = near.iter().position(|i| is_same(first, i)).filter(|at| *at > 0 && *at + 1 < near.len()) else {
        return false;
    };
    let pieces: Vec<Item> = near.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, i)| i.clone()).collect();
    matches!(first.class, Class::Side | Class::Degree) && is_made_of(name, &pieces)
}

/// What a mark may begin or end without changing anything, where both sides go in step.
pub(super) const fn marked() -> u16 {
    Class::After.tag() | Class::Before.tag() | Class::Because.tag() | Class::Than.tag() | Class::Until.tag()
}

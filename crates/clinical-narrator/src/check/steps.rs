//! Whether a rewording says what its sentence says in the same order, thing by thing.
//!
//! Who keeps the order cannot have exchanged anything: each word speaks of the same neighbours. The other checks judge
//! company by marks and conjunctions, which a rewording may set elsewhere ("pain after a meal, nausea", "You have pain
//! after a meal. You have nausea."); where both sides go in step, only what a mark can change is left to judge.

use super::class::Class;
use super::reading::{Item, Kind, Reading, Word, has_role};
use super::vocabulary::{arrives, is_operator, same, word_in};

/// The most things that stand for one.
const MOST: usize = 4;

/// Whether each thing of the rewording stands for the next of the sentence, and none is left.
pub(super) fn are_same(of: &Reading, said: &Reading) -> bool {
    let (of, said) = (things(of, said), things(said, of));
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

/// What a text tells of, without what only calls for something, that somebody came, and what the other side says with a
/// word that says nothing ("develop", "get").
fn things(of: &Reading, other: &Reading) -> Vec<Item> {
    let is_quiet_there = |item: &Item| {
        let alike = || other.items.iter().filter(|o| o.kind == Kind::Words && same(o, item));
        item.class == Class::Action && alike().any(|o| o.is_quiet) && !alike().any(Item::is_content)
    };
    let is_passed = |i: &Item| {
        // "Contact dermatitis" is no message.
        let is_message = has_role("message", i.first()) && i.class != Class::Problem;
        i.class == Class::Must || is_message || arrives(i) || is_quiet_there(i) || says_nothing(i)
    };
    // "History of", said as "have had": that something was has its place, too.
    let tells_of = |i: &Item| has_role("story", i.first());
    let is_story = |i: &Item| i.kind == Kind::Words && other.items.iter().any(|o| tells_of(o) && same(o, i));
    let counts = |i: &&Item| is_story(i) || i.is_content() && !is_passed(i);
    of.items.iter().filter(counts).cloned().collect()
}

/// "Saw you": an act in words of which none says anything by itself.
fn says_nothing(item: &Item) -> bool {
    item.class == Class::Action && item.words.iter().all(|w| w.is_quiet)
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
    heavy.peek().is_some() && heavy.all(|word| is_in(word, other))
}

/// A word of the name, or of what the name is made of ("emergency room" in "nearest emergency room").
fn is_in(word: &Word, name: &Item) -> bool {
    let is_phrase = |phrase: &Word| !phrase.is_quiet && phrase.senses.iter().any(|sense| word.senses.contains(sense));
    word_in(word, name) || name.phrases.iter().any(is_phrase)
}

/// A name in pieces, each of which stands in it.
fn is_made_of(name: &Item, pieces: &[Item]) -> bool {
    let is_plain = |i: &Item| i.kind == Kind::Words && !is_operator(i.class);
    let mut heavy = name.words.iter().filter(|w| !w.is_quiet);
    let is_one = pieces.iter().all(|piece| pieces.first().is_some_and(|first| first.sentence == piece.sentence));
    is_plain(name)
        && is_one
        && name.words.len() > 1
        && pieces.iter().all(|piece| is_plain(piece) && is_part(piece, name))
        && heavy.all(|word| {
            let is_of_phrase = |phrase: &&Word| phrase.text.split(' ').any(|part| part == word.text);
            let phrase = name.phrases.iter().find(is_of_phrase);
            pieces.iter().any(|piece| word_in(word, piece) || phrase.is_some_and(|phrase| word_in(phrase, piece)))
        })
}

/// "Left ankle pain" as "pain in your left ankle": the side has the place between the pieces of the name.
fn is_turned(ours: &[Item], near: &[Item]) -> bool {
    let [first, name, ..] = ours else { return false };
    let Some(at) = near.iter().position(|i| is_same(first, i)).filter(|at| *at > 0 && *at + 1 < near.len()) else {
        return false;
    };
    let pieces: Vec<Item> = near.iter().enumerate().filter(|(place, _)| *place != at).map(|(_, i)| i.clone()).collect();
    // "L ankle pain": a short form is a word of its own.
    let is_side = matches!(first.class, Class::Side | Class::Degree) || matches!(first.first(), "l" | "r");
    is_side && is_made_of(name, &pieces)
}

/// What a mark may begin or end without changing anything, where both sides go in step.
pub(super) const fn marked() -> u16 {
    Class::After.tag() | Class::Before.tag() | Class::Because.tag() | Class::Than.tag() | Class::Until.tag()
}

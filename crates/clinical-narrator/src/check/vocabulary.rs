//! The closed world: nothing is said that the sentence does not say, and nothing of weight is lost.

use super::care;
use super::class::Class;
use super::reading::{Item, Kind, Reading, Word, has_role};
use super::scope::{DENIED, TWICE};
use super::steps;
use crate::refusal::Refusal;

/// Within so many words somebody is named.
const MOST_OF_WHO: usize = 6;

/// Holds the words of both sides against each other, which may go in step ([`super::steps`]).
pub(super) fn check(of: &Reading, said: &Reading, in_step: bool) -> Result<(), Refusal> {
    for item in weighty(said) {
        if !(is_covered(item, &of.items) || arrives(item) && (of.items.iter().any(arrives) || is_here_for(of))) {
            return Err(reason(item));
        }
    }
    for class in [
        Class::Negation,
        Class::If,
        Class::Unless,
        Class::Until,
        Class::After,
        Class::Before,
        Class::Because,
        Class::Instead,
        Class::Than,
    ] {
        if has(of, class) != has(said, class) && !(class == Class::Because && care::is_same_reason(of, said)) {
            return Err(class.refusal());
        }
    }
    if free_conditions(said) < free_conditions(of) && free_conditions(of) > 1 {
        return Err(Refusal::Certainty);
    }
    joined(of, said)?;
    sides_behind(of, said)?;
    for item in weighty(of).filter(|item| !is_spared(item) && !is_reader(item, of)) {
        if !(is_covered(item, &said.items) || arrives(item) && said.items.iter().any(arrives)) {
            return Err(reason(item));
        }
    }
    let ignored = if care::is_same_reason(of, said) { Class::Because.tag() } else { 0 };
    let ignored = if in_step { ignored | steps::marked() } else { ignored };
    for (one, other) in [(said, of), (of, said)] {
        for item in one.content().filter(|item| !is_operator(item.class)) {
            tags(item, &other.items, ignored)?;
        }
    }
    Ok(())
}

/// How often a condition begins; "if you have a fever or if" goes on with one.
fn free_conditions(reading: &Reading) -> usize {
    let goes_on = |at: usize| {
        at.checked_sub(1).and_then(|at| reading.items.get(at)).is_some_and(|i| i.class == Class::Conjunction)
    };
    reading.items.iter().enumerate().filter(|(at, i)| i.class == Class::If && !goes_on(*at)).count()
}

/// "Pleural effusion on the left", read as one name: its side is still told.
fn sides_behind(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let is_side = |word: &Word| matches!(word.text.as_str(), "left" | "right");
    let behind = |item: &&Item| item.words.len() > 1 && item.class != Class::Side && item.is_content();
    for side in of.items.iter().filter(behind).filter_map(|item| item.words.last()).filter(|word| is_side(word)) {
        if !said.items.iter().any(|item| item.words.iter().any(|word| word.text == side.text)) {
            return Err(Refusal::Side);
        }
    }
    Ok(())
}

/// That somebody came is said in many ways: "presents with", "you are here because of", "brought to the clinic".
pub(super) fn arrives(item: &Item) -> bool {
    let comes = |w: &Word| has_role("arrives", &w.text);
    item.kind == Kind::Words && (item.is_quiet || item.class == Class::Action) && item.words.iter().any(comes)
}

/// "His father says that the boy pulled a mug": the patient, where nothing tells which boy.
fn is_reader(item: &Item, of: &Reading) -> bool {
    let goes_on =
        |next: &Item| !matches!(next.first(), "from" | "in" | "next" | "of" | "s" | "that" | "who" | "whose" | "with");
    let is_the = |the: &Item| matches!(the.first(), "the" | "this");
    let is_it_or_little = |near: &[Item]| match near {
        [the, who, next, ..] if std::ptr::eq(who, item) => is_the(the) && goes_on(next),
        [the, little, who, next] if std::ptr::eq(who, item) => {
            is_the(the) && matches!(little.first(), "little" | "young") && goes_on(next)
        }
        _ => false,
    };
    // "The little boy".
    let is_little = |near: &[Item]| {
        matches!(near, [the, little, who] if std::ptr::eq(little, item) && matches!(the.first(), "the" | "this")
            && matches!(little.first(), "little" | "young") && has_role("who", who.first()))
    };
    item.words.len() == 1
        && (has_role("who", item.first()) && of.items.windows(4).any(is_it_or_little)
            || of.items.windows(3).any(is_little))
}

/// "[NUMBER 1] baby for [NUMBER 2] jabs": who somebody is, and what they came for, without the verb.
fn is_here_for(of: &Reading) -> bool {
    let who = of.items.iter().take_while(|i| i.kind != Kind::Comma && i.first() != "for");
    let who: Vec<&Item> = who.filter(|i| i.is_content()).collect();
    let is_who = |i: &&Item| match i.kind {
        Kind::Hole(_) => matches!(i.class, Class::Number | Class::Person | Class::Time),
        _ => has_role("who", i.first()),
    };
    let is_for = of.items.iter().take(MOST_OF_WHO).any(|i| i.first() == "for" && i.is_quiet);
    !of.is_plan && is_for && !who.is_empty() && who.iter().all(is_who)
}

/// "The biopsy confirmed cancer" says no less without the word, if nothing is denied.
fn is_spared(item: &Item) -> bool {
    item.class == Class::Firm && item.tags == 0 && matches!(item.first(), "confirmed" | "confirms" | "diagnosed")
}

/// "And" where the sentence has "or", and the other way round, are the same only in a list that is denied.
fn joined(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let is = |item: &Item, word: &str| item.class == Class::Conjunction && item.first() == word;
    let inside = |item: &Item| item.kind == Kind::Words;
    let any = |reading: &Reading, word: &str| reading.items.iter().filter(|i| inside(i)).any(|i| is(i, word));
    let only = |reading: &Reading, one: &str, other: &str| any(reading, one) && !any(reading, other);
    let turned = only(of, "or", "and") && only(said, "and", "or") || only(of, "and", "or") && only(said, "or", "and");
    let is_denied_list = has(of, Class::Negation) && !has(of, Class::If);
    if turned && !is_denied_list {
        return Err(Refusal::Condition);
    }
    Ok(())
}

/// Words whose counterpart must stand on the other side.
fn weighty(reading: &Reading) -> impl Iterator<Item = &Item> {
    reading.content().filter(|item| item.kind == Kind::Words && !is_operator(item.class))
}

/// What reaches over other words is compared by what it reaches.
pub(super) const fn is_operator(class: Class) -> bool {
    matches!(class, Class::Negation | Class::NegationBehind | Class::Must) || class.tag() != 0
}

fn has(reading: &Reading, class: Class) -> bool {
    let is = |item: &Item| {
        item.class == class || class as u8 == Class::Negation as u8 && item.class == Class::NegationBehind
    };
    reading.items.iter().any(is)
}

/// Why a word is refused that the other side does not have. A phrase of the lexicon that is none of its kinds is a word.
fn reason(item: &Item) -> Refusal {
    item.class.refusal()
}

fn meets(a: &[u32], b: &[u32]) -> bool {
    a.iter().any(|sense| b.contains(sense))
}

/// The same wording, or a wording of the same group.
pub(super) fn same(one: &Item, other: &Item) -> bool {
    let stems = |item: &Item| item.words.iter().map(|w| w.stem.clone()).collect::<Vec<_>>();
    meets(&one.senses, &other.senses)
        || !one.words.is_empty() && one.words.len() == other.words.len() && stems(one) == stems(other)
}

fn same_word(one: &Word, other: &Word) -> bool {
    one.stem == other.stem || meets(&one.senses, &other.senses)
}

/// Whether a word stands somewhere in an item, or is it.
pub(super) fn word_in(word: &Word, item: &Item) -> bool {
    if denies(item) {
        return meets(&word.senses, &item.senses);
    }
    meets(&word.senses, &item.senses) || item.words.iter().any(|other| same_word(word, other))
}

/// The same, but for the words of a name that say nothing by themselves: "develop" is not in "get help", though it may be
/// said as "get".
fn heavy_in(word: &Word, item: &Item) -> bool {
    let heavy = || item.words.iter().filter(|other| item.words.len() == 1 || !other.is_quiet);
    meets(&word.senses, &item.senses) || !denies(item) && heavy().any(|other| same_word(word, other))
}

/// A name with a denial in it ("not normal", "without surgery") means what it means as a whole.
pub(super) fn denies(item: &Item) -> bool {
    let is_denial = |w: &Word| matches!(w.text.as_str(), "never" | "no" | "non" | "not" | "nothing" | "without");
    item.words.len() > 1 && item.words.iter().any(is_denial)
}

/// A word of the item, and not only a word that says nothing.
fn is_covered(item: &Item, others: &[Item]) -> bool {
    let words = || others.iter().filter(|other| other.kind == Kind::Words);
    let part = |other: &Item| {
        !denies(other) && other.words.len() > 1 && other.words.iter().any(|w| meets(&item.senses, &w.senses))
    };
    if words().any(|other| same(item, other) || part(other)) {
        return true;
    }
    if let [word] = item.words.as_slice() {
        let inside = |other: &Item| other.phrases.iter().any(|phrase| !phrase.is_quiet && same_word(word, phrase));
        return words().any(|other| other.words.len() > 1 && (word_in(word, other) || !denies(other) && inside(other)));
    }
    // "Saw you" of "saw this lady": words that say nothing, and the verb is the sentence's.
    let is_verb_there = |w: &Word| {
        matches!(w.text.as_str(), "you" | "your")
            || others.iter().any(|o| o.words.iter().any(|word| word.stem == w.stem))
    };
    if item.class == Class::Action && item.words.iter().all(|w| w.is_quiet && is_verb_there(w)) {
        return true;
    }
    // "Your father's father" is somebody else.
    if item.class == Class::Relative {
        return false;
    }
    // A phrase in pieces. The pieces must stand together, so that no new name is made of words from here and there.
    let pieces: Vec<&Word> = item.words.iter().filter(|w| !w.is_quiet).collect();
    let phrases: Vec<&Word> = item.phrases.iter().filter(|w| !w.is_quiet).collect();
    !denies(item) && (stand_together(item, &pieces, others) || stand_together(item, &phrases, others))
}

/// Whether these pieces of a phrase stand together somewhere.
fn stand_together(item: &Item, pieces: &[&Word], others: &[Item]) -> bool {
    let words = || others.iter().filter(|other| other.kind == Kind::Words);
    if pieces.is_empty() {
        return false;
    }
    let mut chunks: Vec<usize> = words().map(|other| other.chunk).collect();
    chunks.dedup();
    let is_polar = |word: &&Word| ["down", "state", "up"].iter().any(|role| has_role(role, &word.text));
    let is_bound = matches!(item.class, Class::Problem | Class::Test | Class::Degree)
        && pieces.len() > 1
        && pieces.iter().any(&is_polar);
    let near = |other: &Item, chunk: usize| other.chunk == chunk || !is_bound && other.chunk == chunk + 1;
    // "Low sodium with high potassium": each degree belongs to the name in which it stands.
    let several = |other: &Item| pieces.iter().filter(|word| word_in(word, other)).count() > 1;
    let free = |other: &Item| !is_bound || other.words.len() == 1 || several(other);
    let in_chunk = |word: &Word, chunk: usize| {
        words().filter(|o| near(o, chunk)).any(|other| (!is_polar(&word) || free(other)) && word_in(word, other))
    };
    chunks.iter().any(|chunk| pieces.iter().all(|word| in_chunk(word, *chunk)))
}

fn is_urgent(item: &Item) -> bool {
    item.class == Class::Time && matches!(item.first(), "immediate" | "immediately" | "promptly" | "right" | "straight")
}

/// What is said of an item must be said of its counterpart.
fn tags(item: &Item, others: &[Item], ignored: u16) -> Result<(), Refusal> {
    let related = |other: &&Item| match (item.kind, other.kind) {
        (Kind::Words, Kind::Words) => {
            same(item, other)
                || item.words.iter().any(|w| !w.is_quiet && heavy_in(w, other))
                || other.words.iter().any(|w| !w.is_quiet && heavy_in(w, item))
        }
        (one, other) => one == other,
    };
    let denial = if item.class.is_denied_itself() { DENIED | TWICE } else { 0 };
    let mut worst = None;
    for other in others.iter().filter(|other| other.is_content()).filter(related) {
        let differ = (item.tags ^ other.tags) & !ignored;
        // How soon is told of the call, and not of what it is for; what comes before or after is not what is denied.
        let differ = if is_urgent(item) && is_urgent(other) { differ & !Class::If.tag() } else { differ };
        let around = Class::After.tag() | Class::Before.tag() | Class::Until.tag();
        let differ = if item.tags & other.tags & around == 0 { differ } else { differ & !DENIED };
        let differ = if denial == 0 || !other.class.is_denied_itself() { differ & !(DENIED | TWICE) } else { differ };
        if differ == 0 {
            return Ok(());
        }
        worst = Some(differ);
    }
    match worst {
        None => Ok(()),
        Some(differ) if differ & (DENIED | TWICE) != 0 => Err(Refusal::Negation),
        Some(_) => Err(Refusal::Condition),
    }
}

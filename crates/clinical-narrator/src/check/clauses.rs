//! Every clause of a rewording says something of its sentence that no other of its clauses says.
//!
//! A clause of words that say nothing by themselves can be a lie ("You did this to yourself."), and so can one that
//! says again what was said of something else ("This is cancer." where the mother had it).

use super::class::Class;
use super::reading::{Item, Kind, Reading, Word, has_role};
use super::scope::opens_clause;
use super::vocabulary::{is_operator, same, word_in};
use crate::refusal::Refusal;

/// Classes whose meanings are said no more often than the sentence says them.
const COUNTED: [Class; 6] = [Class::Problem, Class::Relative, Class::Degree, Class::Side, Class::Doubt, Class::Body];

/// So many words of the sentence in its order are no accident.
const RUN: usize = 4;

/// A word of the patient as a word of the reader.
fn of_reader(word: &str) -> &str {
    match word {
        "he" | "she" => "you",
        "his" | "her" => "your",
        "herself" | "himself" => "yourself",
        word => word,
    }
}

/// Checks that no clause is empty or only repeats. Where both sides go in step ([`super::steps`]), none repeats.
pub(super) fn check(of: &Reading, said: &Reading, in_step: bool) -> Result<(), Refusal> {
    let clauses = clauses(&said.items);
    // For each meaning of the sentence, the only clause that says it.
    let mut own = vec![false; clauses.len()];
    for source in of.content().filter(|item| !is_operator(item.class)) {
        for unit in units(source) {
            let mut holds =
                clauses.iter().enumerate().filter(|(_, clause)| clause.iter().any(|i| covers(i, source, unit)));
            if let (Some((only, _)), None) = (holds.next(), holds.next())
                && let Some(own) = own.get_mut(only)
            {
                *own = true;
            }
        }
    }
    // "Call and make an appointment": to call is quiet, and is said by the sentence.
    for (own, clause) in own.iter_mut().zip(&clauses) {
        let is_act = |i: &&Item| i.is_quiet && i.words.len() == 1 && matches!(i.first(), "bring" | "call");
        *own |= clause.iter().copied().filter(is_act).any(|i| of.items.iter().any(|o| o.is_quiet && same(i, o)));
    }
    // "Impression: you have": what the sentence begins with, said again.
    let begins = |clause: &[&Item]| clause.iter().zip(&of.items).all(|(i, o)| o.kind == Kind::Words && same(i, o));
    // "I saw you, a retired teacher" of "I saw this retired teacher".
    let is_there = |w: &Word| of.items.iter().any(|o| o.words.iter().any(|word| word.stem == w.stem));
    let is_of_sentence = |clause: &[&Item]| {
        let mut words = clause.iter().flat_map(|i| &i.words).filter(|w| w.text != "you").peekable();
        words.peek().is_some() && words.all(is_there)
    };
    if let Some((own, clause)) = own.first_mut().zip(clauses.first()) {
        // "CC: you have pain" begins as the sentence does.
        let is_label = clause.iter().all(|i| i.kind == Kind::Words && !i.is_content()) && clause.len() == 1;
        let is_label = is_label && !clause.iter().any(|i| has_role("subject", i.first()));
        *own |= begins(clause) && (in_step || is_label) || in_step && is_of_sentence(clause);
    }
    // "Until that is reported, we are holding it": the words of the sentence in their order.
    let is_run = |clause: &[&Item]| {
        let words: Vec<&str> = clause.iter().flat_map(|i| &i.words).map(|w| w.text.as_str()).collect();
        let ours: Vec<&str> = of.items.iter().flat_map(|i| &i.words).map(|w| w.text.as_str()).collect();
        words.len() > 1
            && clause.iter().all(|i| i.kind == Kind::Words)
            && clause.first().is_some_and(|i| i.class.tag() != 0)
            && ours.windows(words.len()).any(|near| near == words)
    };
    for (own, clause) in own.iter_mut().zip(&clauses) {
        *own |= in_step && is_run(clause);
    }
    // "Although you yourself had felt nothing" of "although he himself had felt nothing": word for word.
    let theirs: Vec<&str> = of.items.iter().flat_map(|i| &i.words).map(|w| of_reader(&w.text)).collect();
    for (own, clause) in own.iter_mut().zip(&clauses).filter(|_| in_step) {
        let words: Vec<&str> = clause.iter().flat_map(|i| &i.words).map(|w| of_reader(&w.text)).collect();
        let is_all = clause.iter().all(|i| i.kind == Kind::Words) && clause.iter().any(|i| i.class == Class::Negation);
        *own |= is_all && words.len() >= RUN && theirs.windows(words.len()).any(|near| near == words);
    }
    for (own, clause) in own.iter_mut().zip(&clauses) {
        *own |= in_step && clause.iter().any(|i| i.is_content() && !is_operator(i.class) && !speaks(i.class));
    }
    // ", please".
    for (own, clause) in own.iter_mut().zip(&clauses) {
        *own |= matches!(clause.as_slice(), [word] if word.is_quiet && word.first() == "please");
    }
    if own.contains(&false) {
        return Err(Refusal::Same);
    }
    for item in said.content().filter(|item| COUNTED.contains(&item.class) && !item.senses.is_empty()) {
        let times = said.content().filter(|other| other.senses == item.senses).count();
        let may = of.content().filter(|other| related(item, other)).count();
        // "The baby's baby", though the second is part of a longer name.
        let twice = |other: &Item| {
            let is_it = |w: &Word| item.words.iter().any(|word| word.stem == w.stem);
            other.chunk == item.chunk && !std::ptr::eq(item, other) && other.words.iter().any(is_it)
        };
        if times > may.max(1) || item.class == Class::Relative && said.items.iter().any(twice) {
            return Err(Refusal::Same);
        }
    }
    Ok(())
}

/// A class whose words say nothing alone: "you are fine" says well of nothing.
const fn speaks(class: Class) -> bool {
    matches!(class, Class::Degree | Class::Doubt | Class::Firm | Class::Must | Class::Side)
}

/// The clauses that have any word.
fn clauses(items: &[Item]) -> Vec<Vec<&Item>> {
    let mut out: Vec<Vec<&Item>> = vec![Vec::new()];
    for (at, item) in items.iter().enumerate() {
        let parts = item.kind == Kind::Comma || matches!(item.class, Class::Conjunction | Class::But);
        let behind = items.get(at + 1..).unwrap_or_default();
        // "As you and your husband are trying": two subjects of one verb.
        let is_subject = out.last().is_some_and(|clause| is_only_subject(clause)) && item.first() == "and";
        // "You, her mother, have": who that is.
        let is_named = matches!(behind, [whose, who, mark, ..] if has_role("possessive", whose.first())
            && who.class == Class::Relative && mark.kind == Kind::Comma);
        // "You, Mrs. [NAME 1], were", up to the second mark.
        let is_called = super::named::called(items, at).is_some()
            || at.checked_sub(3).is_some_and(|from| super::named::called(items, from).is_some());
        // "You were told: do not drive".
        let is_told = item.kind == Kind::Comma
            && at
                .checked_sub(1)
                .and_then(|at| items.get(at))
                .is_some_and(|i| i.is_quiet && has_role("tells-so", i.first()));
        let is_one = is_subject || is_named || is_called || is_told || is_aside(items, at);
        if item.kind == Kind::End || parts && opens_clause(behind) && !is_one {
            out.push(Vec::new());
        }
        let joins = item.class == Class::Conjunction || item.class == Class::But;
        if matches!(item.kind, Kind::Words | Kind::Hole(_))
            && !joins
            && let Some(last) = out.last_mut()
        {
            last.push(item);
        }
    }
    out.retain(|clause| !clause.is_empty());
    out
}

/// "You, the [NUMBER 1] boy, were": a mark on either side of who the reader is.
fn is_aside(items: &[Item], at: usize) -> bool {
    const MOST: usize = 5;
    let is_mark = |i: &Item| i.kind == Kind::Comma;
    let from = (at.saturating_sub(MOST)..=at).find(|from| {
        let before = from.checked_sub(1).and_then(|at| items.get(at)).and_then(|i| i.words.last());
        before.is_some_and(|w| w.text == "you") && items.get(*from).is_some_and(is_mark)
    });
    let Some(from) = from else { return false };
    let inside = items.get(from + 1..).unwrap_or_default().split(is_mark).next().unwrap_or_default();
    let ends = from + 1 + inside.len();
    let is_verb = |i: &Item| has_role("past", i.first()) || has_role("present", i.first());
    inside.len() < MOST
        && (at == from || at == ends)
        && items.get(ends).is_some_and(is_mark)
        && inside.iter().any(|i| has_role("who", i.first()))
        && !inside.iter().any(is_verb)
}

/// "As you", "you": a clause that has nothing yet but who is told of.
fn is_only_subject(clause: &[&Item]) -> bool {
    let is_word = |i: &Item| i.kind == Kind::Words && i.is_quiet && i.words.len() == 1;
    let [before @ .., last] = clause else { return false };
    before.len() < 2 && before.iter().all(|i| is_word(i)) && is_word(last) && has_role("reader", last.first())
}

/// A name of several words may be said in pieces: each of its words is a meaning, then.
fn units(source: &Item) -> Vec<Option<&Word>> {
    let words: Vec<Option<&Word>> = source.words.iter().filter(|w| !w.is_quiet).map(Some).collect();
    if words.is_empty() { vec![None] } else { words }
}

fn covers(item: &Item, source: &Item, unit: Option<&Word>) -> bool {
    if !item.is_content() {
        return false;
    }
    match (item.kind, source.kind) {
        (Kind::Words, Kind::Words) => {
            same(item, source)
                || unit.is_some_and(|word| word_in(word, item))
                || source.words.len() == 1 && item.words.iter().any(|w| !w.is_quiet && word_in(w, source))
        }
        (one, other) => one == other,
    }
}

/// The same, or a word of the same.
pub(super) fn related(item: &Item, other: &Item) -> bool {
    if item.kind != Kind::Words || other.kind != Kind::Words {
        return item.kind == other.kind;
    }
    same(item, other)
        || item.words.iter().any(|w| !w.is_quiet && word_in(w, other))
        || other.words.iter().any(|w| !w.is_quiet && word_in(w, item))
}

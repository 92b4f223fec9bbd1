//! Every denial denies the same thing on the other side, whatever kind of word that is.
//!
//! `vocabulary` compares what is denied for problems, medicines and acts. Here each denial is followed to the head of
//! what it denies, which may be an adjective ("not soft"), a verb or a placeholder ("was not [NUMBER 2]").

use super::class::Class;
use super::clauses::related;
use super::reach::is_must;
use super::reading::{Item, Kind, Reading, has_role};
use super::scope::{DENIED, TWICE};
use super::vocabulary;
use crate::refusal::Refusal;

/// Holds the denials of both sides against each other.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    for (one, other) in [(of, said), (said, of)] {
        for (at, _) in denials(&one.items) {
            let targets = targets(&one.items, at);
            let is_where = |i: &&Item| matches!(i.class, Class::Side | Class::Time);
            let only_beside = |targets: &[&Item]| !targets.is_empty() && targets.iter().all(is_where);
            let alike = || denials(&other.items).any(|(at, _)| only_beside(&self::targets(&other.items, at)));
            if !is_met(&targets, other) || only_beside(&targets) && !alike() {
                return Err(Refusal::Negation);
            }
        }
    }
    // "Do not lift or have no bath" denies what was denied.
    let denies_again = |pair: &[Item]| matches!(pair, [or, have, no] if or.first() == "or" && have.first() == "have" && no.class == Class::Negation);
    // "Do not lift and no bath" does.
    let denies_on = |at: usize| {
        let is = |back: usize, words: &[&str]| {
            at.checked_sub(back).and_then(|at| said.items.get(at)).is_some_and(|i| words.contains(&i.first()))
        };
        let joins = is(0, &["no", "without"]) && is(1, &["and", "or"]);
        let clause = said.items.get(..at).unwrap_or_default().iter().rev().take_while(|i| i.kind != Kind::End);
        joins && clause.filter(|i| i.class == Class::Negation).any(|i| i.first() == "not")
    };
    let adds = denials(&said.items).count() > denials(&of.items).count();
    if said.items.windows(3).any(denies_again) || adds && (0..said.items.len()).any(denies_on) {
        return Err(Refusal::Negation);
    }
    let nested = |reading: &Reading| denials(&reading.items).filter(|(_, i)| i.tags & TWICE != 0).count();
    // One denial may be said of each thing of a list, and not more often.
    let count = |reading: &Reading| denials(&reading.items).count();
    let named = |item: &Item| 1 + item.words.iter().filter(|w| matches!(w.text.as_str(), "and" | "or")).count();
    let heads = direct(&of.items).into_iter().filter(|i| !is_beside(i)).map(named).sum();
    let (ours, theirs) = (count(of), count(said));
    let may = theirs <= ours || theirs == heads || theirs < heads && are_apart(said);
    if nested(of) != nested(said) || most(said) > most(of).max(1) || !may {
        return Err(Refusal::Negation);
    }
    Ok(())
}

/// "You should not be seen" of "that is not normal and means you should be seen": of what must be, nothing was denied.
pub(super) fn of_must(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let is_not = |i: &Item| i.class == Class::Negation && i.first() == "not";
    let denies_must = said.items.windows(2).any(|near| matches!(near, [must, not] if is_must(must) && is_not(not)));
    let is_denied = |at: usize| {
        let near = of.items.get(at.saturating_sub(2)..at + 2).unwrap_or_default();
        near.iter().any(|i| matches!(i.class, Class::Negation | Class::NegationBehind))
    };
    let mut musts = of.items.iter().enumerate().filter(|(_, i)| is_must(i)).peekable();
    let bids_not = of.items.windows(2).any(|near| matches!(near, [is_do, not] if is_do.first() == "do" && is_not(not)));
    let only_bids = musts.peek().is_some() && !musts.any(|(at, _)| is_denied(at)) && !bids_not;
    if denies_must && only_bids { Err(Refusal::Negation) } else { Ok(()) }
}

/// "Was not found to be divided, and was repaired without trouble" of "was found to be divided": one denial more, where
/// none of the sentence was said in another way.
pub(super) fn are_as_many(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let ahead = |reading: &Reading| denials(&reading.items).count();
    let behind = |reading: &Reading| reading.items.iter().filter(|i| i.class == Class::NegationBehind).count();
    let more_behind = behind(said) > behind(of) && ahead(said) >= ahead(of);
    let more_ahead = ahead(said) > ahead(of) && ahead(of) == 0 && behind(said) >= behind(of);
    let denies = |reading: &Reading| reading.items.iter().any(vocabulary::denies);
    // "No oil on no skin".
    let is_twice = most(said) > most(of).max(1);
    // "On your stoma no skin" of "on stoma skin".
    let stray = |reading: &Reading| {
        reading.items.windows(2).any(|near| {
            matches!(near, [thing, not] if not.class == Class::Negation && thing.kind == Kind::Words && thing.is_content()
                && matches!(thing.class, Class::Body | Class::Medicine | Class::Plain | Class::Problem | Class::Test))
        })
    };
    // "No nodes and spots were seen" of "no nodes, no spots seen": whether the second is denied cannot be told.
    let joins = |reading: &Reading| {
        reading.items.windows(2).any(|near| {
            matches!(near, [and, next] if and.class == Class::Conjunction && and.first() == "and" && next.is_content()
                && next.tags & DENIED != 0)
        })
    };
    let is_stray = ahead(said) > ahead(of) && stray(said) && !stray(of);
    let is_joined = ahead(said) < ahead(of) && joins(said) && !joins(of);
    if is_twice || is_stray || is_joined || !denies(of) && (more_behind || more_ahead) {
        Err(Refusal::Negation)
    } else {
        Ok(())
    }
}

/// "You were not seen": a denial behind nothing that says anything denies that it happened, which the sentence must do.
pub(super) fn behind_nothing(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let ends = |i: &&Item| i.kind != Kind::Words || is_joint(i) || i.class.tag() != 0;
    let is_bare = |at: usize| {
        let before = said.items.get(..at).unwrap_or_default().iter().rev();
        !before.take_while(|i| matches!(i.kind, Kind::Hole(_)) || !ends(i)).any(Item::is_content)
    };
    let is_behind = |i: &Item| i.class == Class::NegationBehind;
    let is_bare = said.items.iter().enumerate().any(|(at, i)| is_behind(i) && is_bare(at));
    if is_bare && !of.items.iter().any(is_behind) { Err(Refusal::Negation) } else { Ok(()) }
}

const fn is_joint(item: &Item) -> bool {
    matches!(item.class, Class::But | Class::Conjunction)
}

/// Each denial has a clause of its own, with its own subject.
fn are_apart(reading: &Reading) -> bool {
    let places: Vec<usize> = denials(&reading.items).map(|(at, _)| at).collect();
    places.windows(2).all(|pair| {
        let between = pair.first().zip(pair.get(1)).and_then(|(from, to)| reading.items.get(*from..*to));
        between.unwrap_or_default().iter().any(|i| has_role("subject", i.first()) || i.kind == Kind::End)
    })
}

fn denials(items: &[Item]) -> impl Iterator<Item = (usize, &Item)> {
    items.iter().enumerate().filter(|(_, item)| item.class == Class::Negation)
}

/// The most denials in one stretch.
fn most(reading: &Reading) -> usize {
    let chunks = denials(&reading.items).map(|(_, item)| item.chunk);
    chunks.map(|chunk| denials(&reading.items).filter(|(_, i)| i.chunk == chunk).count()).max().unwrap_or(0)
}

/// What stands behind a denial in its stretch.
fn targets(items: &[Item], at: usize) -> Vec<&Item> {
    let chunk = items.get(at).map_or(0, |denial| denial.chunk);
    let behind = items.get(at + 1..).unwrap_or_default().iter();
    let stretch = behind.take_while(|i| i.chunk == chunk && matches!(i.kind, Kind::Words | Kind::Hole(_)));
    // "Not controlled with [MEDICINE 1]": what it was tried with is not denied.
    let mut seen = false;
    let goes_on = |i: &&Item| {
        let ends = seen && has_role("affirm", i.first());
        seen |= i.is_content();
        i.class != Class::Negation && i.class.tag() == 0 && !ends
    };
    stretch.take_while(goes_on).filter(|i| i.is_content()).collect()
}

/// What is denied by itself, alone or in a list, and not only told of while something is denied ("do not drive while
/// you take it").
fn direct(items: &[Item]) -> Vec<&Item> {
    let mut out: Vec<&Item> = items.iter().filter(|i| i.tags & DENIED != 0 && is_behind(items)).collect();
    for (at, _) in denials(items) {
        let ends = |i: &Item| {
            i.kind == Kind::End
                || i.class == Class::But
                || i.class.tag() != 0
                || matches!(i.first(), "during" | "when" | "while")
        };
        let reach = items.get(at + 1..).unwrap_or_default().iter().take_while(|i| !ends(i));
        out.extend(reach.filter(|i| i.is_content() && i.tags & (DENIED | TWICE) != 0));
    }
    out
}

fn is_behind(items: &[Item]) -> bool {
    items.iter().any(|i| i.class == Class::NegationBehind)
}

/// Where a thing is, when and how much stand beside what is denied.
const fn is_beside(item: &Item) -> bool {
    matches!(item.class, Class::Side | Class::Body | Class::Time | Class::Degree)
}

/// Whether the head of what is denied is denied there, too.
fn is_met(targets: &[&Item], other: &Reading) -> bool {
    let Some(head) = targets.iter().find(|i| !is_beside(i)).or(targets.first()) else {
        // A denial of what went before ("but the cough is not"), or of one more denial.
        return other.content().any(|i| i.tags & TWICE != 0);
    };
    let direct = direct(&other.items);
    let is_named = |item: &Item| other.content().any(|i| i.class != Class::Negation && related(item, i));
    let is_denied = |item: &Item| direct.iter().any(|i| related(item, i));
    if is_named(head) { is_denied(head) } else { targets.iter().any(|item| is_denied(item)) }
}

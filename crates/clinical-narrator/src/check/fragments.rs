//! Parts of a plan that have no verb ("regular [MEDICINE 1]", "no rubbing", "[TEST 1] [TIME 2] if unwell"), each by itself.
//!
//! A plan is often a list in which one part tells what was done ("leaflet given") and the next what is to be done. `plan`
//! judges the sentence as a whole; here each order of a rewording is led back to the part that it gives a verb.

use super::class::Class;
use super::company::is_same;
use super::headless::is_room;
use super::nouns::is_noun;
use super::reach::is_as_needed;
use super::reading::{Item, Kind, Reading, has_role};
use super::time::is_done;
use super::vocabulary;

/// Whether each order of the rewording is a part of the plan that calls for it.
pub(super) fn order_all(of: &Reading, said: &Reading) -> bool {
    let must = |reading: &Reading| {
        let is_must = |at: usize, i: &Item| i.class == Class::Must && !i.is_quiet && !is_task(of, reading, at);
        reading.items.iter().enumerate().any(|(at, i)| is_must(at, i))
    };
    let orders: Vec<usize> = (0..said.items.len()).filter(|at| is_order(said, *at)).collect();
    // "[MEDICINE 1] [TIME 2], not needed any more", "[MEDICINE 1] [TIME 2]; it was stopped".
    let takes_back = |i: &Item| {
        i.class == Class::NegationBehind
            || i.class == Class::Negation && i.first() == "not"
            || matches!(i.first(), "it" | "these" | "they" | "this" | "those" | "which")
    };
    of.is_plan
        && !orders.is_empty()
        && !of.items.iter().any(takes_back)
        && (must(of) || !must(said))
        && orders.iter().all(|at| is_own_verb(of, said, *at) || calls_for(of, said, *at))
}

/// Whether the rewording tells the reader to do something.
pub(super) fn has_order(said: &Reading) -> bool {
    (0..said.items.len()).any(|at| is_order(said, at))
}

/// A verb that tells somebody to do something: the first of a clause.
fn is_order(said: &Reading, at: usize) -> bool {
    let Some(item) = said.items.get(at) else { return false };
    let before = said.items.get(..at).unwrap_or_default();
    let mut before = before.iter().rev().skip_while(|i| i.kind == Kind::Words && has_role("opening", i.first()));
    let begins = before.next().is_none_or(|i| {
        matches!(i.kind, Kind::Comma | Kind::End) || matches!(i.class, Class::Conjunction | Class::But)
    });
    begins
        && item.kind == Kind::Words
        && has_role("imperative", item.first())
        && !is_noun(&said.items, at)
        && !has_role("opening", item.first())
}

/// "The district nurse is to take blood" of "district nurse to take blood": somebody else does it.
fn is_task(of: &Reading, reading: &Reading, at: usize) -> bool {
    let is_to = |i: &Item| i.words.last().is_some_and(|w| w.text == "to");
    let who = reading.items.get(..at).and_then(|before| before.last());
    let begins = |place: usize| {
        let before = place.checked_sub(1).and_then(|at| of.items.get(at));
        before.is_none_or(|i| ends(i) || has_role("article", i.first()))
    };
    let is_so = |(place, near): (usize, &[Item])| matches!(near, [one, to] if who.is_some_and(|who| is_same(who, one)) && to.first() == "to" && begins(place));
    reading.items.get(at).is_some_and(is_to)
        && who.is_some_and(|i| !has_role("reader", i.first()))
        && of.items.windows(2).enumerate().any(is_so)
}

/// The verb stands in the plan, too, and there is nobody's deed.
fn is_own_verb(of: &Reading, said: &Reading, at: usize) -> bool {
    let Some(verb) = said.items.get(at).filter(|i| i.is_content()) else { return false };
    let is_it = |(place, item): (usize, &Item)| {
        let part = part(of, place);
        // "Back [TIME 1]", and not "exercises for the back" or "suture removal".
        let leads = part.first().is_some_and(|first| std::ptr::eq(first, item) && item.class == Class::Body);
        let is_verb = has_role("imperative", item.first()) && !is_noun(&of.items, place);
        let denies = part.iter().any(|i| i.class == Class::Negation);
        is_same(verb, item) && (leads || is_verb) && !denies && is_bare(part)
    };
    of.items.iter().enumerate().any(is_it)
}

/// The part of a plan calls for what the order says: all that is named behind the verb stands in it.
fn calls_for(of: &Reading, said: &Reading, at: usize) -> bool {
    let behind = said.items.get(at + 1..).unwrap_or_default();
    let named = |i: &&Item| i.is_content() && i.class != Class::Negation;
    let Some(thing) = behind.iter().take_while(|i| !ends(i)).find(named) else { return false };
    let verb = said.items.get(at).map_or("", Item::first);
    let fits = |(place, item): (usize, &Item)| {
        let part = part(of, place);
        let is_there = |at: usize| {
            let before = of.items.get(..at).unwrap_or_default().iter().rev().take_while(|i| i.kind != Kind::End);
            matches!(verb, "go" | "use") && before.into_iter().any(|i| i.class == Class::If) && part.iter().any(is_room)
        };
        is_same(thing, item) && is_bare(part) && (takes(verb, part) || is_there(place))
    };
    of.items.iter().enumerate().filter(|(_, i)| i.is_content()).any(fits)
}

/// The stretch between two marks in which a place stands.
fn part(of: &Reading, place: usize) -> &[Item] {
    let from = of.items.get(..place).unwrap_or_default().iter().rposition(ends).map_or(0, |at| at + 1);
    let length = of.items.get(place..).unwrap_or_default().iter().position(ends);
    of.items.get(from..length.map_or(of.items.len(), |length| place + length)).unwrap_or_default()
}

fn ends(item: &Item) -> bool {
    matches!(item.kind, Kind::Comma | Kind::End) || item.class == Class::But
}

/// No verb, nobody who does something, no doubt, no finding: what is left calls for something. What stands behind "if" and
/// the like says when.
fn is_bare(part: &[Item]) -> bool {
    // "Back to school".
    let goes_back = part.first().is_some_and(|i| i.first() == "back");
    let is_verb = |i: &Item| {
        ["act-done", "done", "done-in", "past", "present", "subject"].iter().any(|role| has_role(role, i.first()))
            && !has_role("article", i.first())
            // Whose task it is.
            || i.first() == "to" && i.words.len() == 1 && !goes_back
            || i.is_done
            || i.class == Class::Action && is_done(i)
    };
    // "No smoking", "oral fluids": nothing that is found.
    let is_finding =
        |i: &Item| !(i.words.iter().any(|w| has_role("aid", &w.text)) || vocabulary::denies(i) && i.first() == "no");
    let is_open = |i: &Item| {
        matches!(i.class, Class::Doubt | Class::Must | Class::NegationBehind | Class::Relative)
            || i.class == Class::Problem && is_finding(i)
    };
    // "A&E immediately ?stroke": what is thought of is no part of it.
    let is_thought = |i: &Item| i.class == Class::Doubt && i.first() == "query";
    let goes_on = |i: &&Item| i.class.tag() == 0 && !is_as_needed(i) && !is_thought(i);
    let mut main = part.iter().take_while(goes_on).peekable();
    main.peek().is_some() && !main.any(|i| is_verb(i) || is_open(i) && i.is_content())
}

/// Whether such a verb goes with such a part.
fn takes(verb: &str, part: &[Item]) -> bool {
    let first = part.iter().find(|i| !i.is_quiet && i.class != Class::Conjunction);
    let has = |class: Class| part.iter().any(|i| i.class == class);
    let is_hole = |i: &Item, class: Class| i.class == class && matches!(i.kind, Kind::Hole(_));
    // "No rubbing": nothing to be done, eaten, used.
    if first.is_some_and(|i| i.class == Class::Negation || vocabulary::denies(i) && i.first() == "no") {
        return matches!(verb, "do" | "drink" | "eat" | "have" | "take" | "use" | "wear");
    }
    let denies = has(Class::Negation);
    let leads = part.iter().filter(|i| i.is_content()).take(2).any(|i| is_hole(i, Class::Medicine));
    let has_time = part.iter().any(|i| i.class == Class::Time);
    let has_amount = part.iter().any(|i| is_hole(i, Class::Number) || is_hole(i, Class::Time));
    match verb {
        // "Regular [MEDICINE 1]", "MST [NUMBER 1] [TIME 2]".
        "take" | "use" => {
            let is_how = first.is_some_and(|i| has_role("how-often", i.first()));
            // "MST [NUMBER 1] [TIME 2]": a name in no list, how much and how often.
            let content: Vec<&Item> = part.iter().filter(|i| i.is_content()).take(3).collect();
            let is_dose = matches!(content.as_slice(), [name, much, often] if name.senses.is_empty() && name.kind == Kind::Words
                && is_hole(much, Class::Number) && is_hole(often, Class::Time));
            // "CHX m/w [TIME 2]", "Celluvisc PRN": names in no list, and how often.
            let is_unknown = |i: &Item| i.senses.is_empty() && i.kind == Kind::Words;
            let is_often = |i: &Item| is_hole(i, Class::Time) || is_as_needed(i);
            let all: Vec<&Item> = part.iter().filter(|i| i.is_content()).collect();
            let is_named = matches!(all.as_slice(), [names @ .., often] if !names.is_empty() && names.len() < 3
                && names.iter().all(|i| is_unknown(i)) && is_often(often));
            // "Hip precautions", "oral fluids".
            let is_careful =
                verb == "take" && part.iter().any(|i| i.words.iter().any(|w| has_role("precautions", &w.text)));
            let is_swallowed = part.first().is_some_and(|i| has_role("route", i.first()));
            let leads = leads || is_dose || is_named;
            let named = |i: &Item| i.words.iter().any(|w| has_role("aid", &w.text));
            // "Inhaler [TIME 1]", "A&E if any", "own towel".
            let is_when = has_time || part.iter().any(|i| i.class == Class::If);
            let is_own = part.first().is_some_and(|i| i.first() == "own") && part.len() == 2;
            // "Soft brush".
            let is_kind = matches!(part, [kind, thing] if has_role("kind-of-aid", kind.first()) && named(thing));
            let is_aid = || is_own || is_kind || is_when && part.iter().any(named);
            let is_drunk = part.first().is_some_and(|i| has_role("drunk", i.first()));
            let is_fluid = verb == "take" && (is_swallowed && part.iter().any(named) || is_drunk);
            !denies
                && (leads && (is_how || has_amount || has_time || is_named)
                    || verb == "use" && is_aid()
                    || is_careful
                    || is_fluid)
        }
        // "[TEST 1] [TIME 2]", "port flush if": what is to be done to the reader, and no value of it.
        "get" | "have" => {
            let is_act = has(Class::Test) || part.iter().any(|i| i.class == Class::Action && i.is_content());
            let is_value = |near: &[Item]| matches!(near, [test, value] if test.class == Class::Test && is_hole(value, Class::Number));
            let has_value = part.windows(2).any(is_value);
            !denies
                && is_act
                && !has_value
                && (has_time || part.iter().any(|i| i.class.tag() != 0))
                && !has(Class::Medicine)
        }
        // "ED if you faint".
        "go" => {
            let is_room = first.is_some_and(|i| i.class == Class::Advice && has_role("emergency", i.first()));
            !denies && is_room && has(Class::If)
        }
        // "Soft diet".
        "drink" | "eat" => {
            let role = if verb == "eat" { "eaten" } else { "drunk" };
            !denies && part.iter().any(|i| i.words.last().is_some_and(|w| has_role(role, &w.text)))
        }
        "do" => !denies && part.iter().any(|i| i.words.last().is_some_and(|w| has_role("own-act", &w.text))),
        _ => false,
    }
}

//! Nouns of a plan that stand for what is to be done ("no driving", "low-salt diet", "[MEDICINE 1] [TIME 2]"), and the
//! verbs that a rewording may give them.

use super::class::Class;
use super::company::is_same;
use super::nouns::is_noun;
use super::reach::is_as_needed;
use super::reading::{Item, Kind, Reading, has_role};
use super::time::is_done;
use super::vocabulary;

/// "Leaflet given, to avoid alcohol", "parents to bring him": behind a mark, or somebody, an infinitive is an order.
pub(super) fn is_infinitive(of: &Reading) -> bool {
    begins_with_to(of) || of.items.windows(3).any(|near| whose_infinitive(near).is_some())
}

/// "To wear the splint at night".
pub(super) fn begins_with_to(of: &Reading) -> bool {
    matches!(of.items.as_slice(), [to, verb, ..] if to.kind == Kind::Words && to.first() == "to"
        && to.words.len() == 1 && has_role("imperative", verb.first()))
}

/// "Nurse to ring": all that is to be done is a task of somebody who works here.
pub(super) fn is_only_task(of: &Reading) -> bool {
    let mut whose = of.items.windows(3).filter_map(whose_infinitive).peekable();
    whose.peek().is_some() && whose.all(|class| class == Class::Person)
}

/// Who is to do what an infinitive names.
fn whose_infinitive(near: &[Item]) -> Option<Class> {
    let [mark, to, verb] = near else { return None };
    let is_verb = has_role("imperative", verb.first())
        || verb.class == Class::Negation
        || to.words.get(1).is_some_and(|w| has_role("imperative", &w.text))
        || verb.is_quiet && verb.first() == "kindly";
    // "Backslab to stay on": a thing, and what is to become of it.
    let is_thing = mark.class == Class::Plain && mark.is_content() && to.words.len() == 1;
    let stays = is_thing && matches!(verb.first(), "remain" | "stay") && to.first() == "to";
    // "Parents to bring him back".
    let is_who = matches!(mark.class, Class::Person | Class::Relative) && mark.is_content();
    let is_verb = is_verb || is_who && verb.class == Class::Action;
    let is_order = (matches!(mark.kind, Kind::Comma | Kind::End) || is_who)
        && to.kind == Kind::Words
        && to.first() == "to"
        && is_verb;
    (is_order || stays).then_some(mark.class)
}

/// Nouns that stand for what is to be done: "no driving", "low-salt diet". A finding first, a verb of somebody, or what is
/// done already is none.
pub(super) fn is_plan(of: &Reading) -> bool {
    if is_direction(of) {
        return of.is_plan;
    }
    let first = of.items.first().is_some_and(|i| i.is_content() || has_role("opening", i.first()));
    let thing = of.content().find(|i| {
        !matches!(i.class, Class::Negation | Class::Side | Class::Degree | Class::Time)
            && !matches!(i.kind, Kind::Hole(_))
    });
    let is_act = thing
        .is_some_and(|i| matches!(i.class, Class::Action | Class::Advice | Class::Person | Class::Plain | Class::Test));
    // "[TEST 1] [TIME 2], sooner if": a test and when it is to be.
    let is_due = matches!(of.items.as_slice(), [test, time, ..] if test.class == Class::Test && time.class == Class::Time
        && matches!((test.kind, time.kind), (Kind::Hole(_), Kind::Hole(_))));
    let is_named = matches!(of.items.as_slice(), [test, next, ..] if test.class == Class::Test
        && matches!(test.kind, Kind::Hole(_)) && next.kind == Kind::Comma);
    let is_act = is_act || is_named || thing.is_none_or(|i| i.class == Class::Problem) && is_due && of.is_ahead;
    // "Referral placed": the act is done.
    let is_done_in = |i: &Item| i.words.len() > 1 && i.words.iter().any(|w| has_role("done-in", &w.text));
    let is_subject = |at: usize, i: &Item| has_role("reader", i.first()) || is_subject(of, at, i);
    let is_told = |i: &Item| i.is_done || is_done_in(i) || has_role("done-in", i.first());
    // "Until the incision has healed" has a verb of its own.
    let main = || of.items.iter().take_while(|i| i.class.tag() == 0);
    let is_verb = |at: usize, i: &Item| {
        has_role("past", i.first()) || has_role("present", i.first()) && !(i.first() == "do" && is_denied(of, at))
    };
    // "No lifting, walking encouraged": where the denial ends is not known, unless "or" goes on with it.
    let has = |is: &dyn Fn(&Item) -> bool| main().any(is);
    let parts: Vec<&Item> = main().skip_while(|i| i.kind != Kind::Comma).collect();
    // "No tampons, no lifting": each is denied for itself.
    let is_denied_each = parts
        .windows(2)
        .all(|pair| matches!(pair, [mark, next] if mark.kind != Kind::Comma || next.class == Class::Negation));
    let is_list =
        parts.iter().any(|i| i.kind == Kind::Words) && has(&|i| i.class == Class::Negation) && !is_denied_each;
    let is_open = is_list && !has(&|i| i.class == Class::Conjunction && i.first() == "or");
    // "[MEDICINE 1] increased to [NUMBER 2]" tells what was changed.
    let is_changed = of.items.windows(2).any(|near| {
        matches!(near, [medicine, what] if medicine.class == Class::Medicine && what.kind == Kind::Words
            && is_done(what))
    });
    of.is_plan
        && first
        && is_act
        && !is_open
        && !is_changed
        && !main().any(is_told)
        && !main().enumerate().any(|(at, i)| is_verb(at, i) || is_subject(at, i))
}

/// "To check the lump": an article is a subject only where a clause begins.
fn is_subject(of: &Reading, at: usize, item: &Item) -> bool {
    let before = at.checked_sub(1).and_then(|at| of.items.get(at));
    let begins = before.is_none_or(|i| i.kind != Kind::Words || i.class == Class::Conjunction);
    has_role("subject", item.first()) && (begins || !has_role("article", item.first()))
}

/// A medicine, and behind it how much or how often: "[MEDICINE 1] [TIME 2] as needed for pain" is to be taken.
fn is_direction(of: &Reading) -> bool {
    let hole = |at: usize, classes: &[Class]| {
        of.items.get(at).is_some_and(|i| matches!(i.kind, Kind::Hole(_)) && classes.contains(&i.class))
    };
    let is_verb = |i: &Item| i.is_done || has_role("past", i.first());
    // Behind the first sentence it may be told what the medicine does ("it may take [TIME 3] to work").
    let is_told = |at: usize, i: &Item| has_role("present", i.first()) || is_subject(of, at, i);
    // So may it be behind a comma what not to do ("do not skip doses").
    let orders = |at: usize| matches!(of.items.get(at + 1..), Some([is_do, not, ..]) if is_do.first() == "do" && not.class == Class::Negation);
    // Or what it may do ("may cause nausea").
    let allows = |at: usize| {
        of.items.get(at + 1).is_some_and(|i| i.class == Class::Doubt && matches!(i.first(), "can" | "may" | "might"))
    };
    let goes_on = |at: usize| of.items.get(at + 1).is_some_and(|i| i.first() == "then");
    let ends =
        |at: usize, i: &Item| i.kind == Kind::End || i.kind == Kind::Comma && (orders(at) || allows(at) || goes_on(at));
    let main = || of.items.iter().enumerate().take_while(|(at, i)| !ends(*at, i));
    let is_order = |at: usize| at.checked_sub(2).is_some_and(orders);
    let denies = |i: &Item| matches!(i.class, Class::Negation | Class::NegationBehind | Class::Doubt);
    let has_denial = |i: &Item| i.class == Class::Negation || i.words.iter().any(|w| has_role("denies", &w.text));
    // "Tab. [MEDICINE 1] [TIME 2]".
    let form = usize::from(of.items.first().is_some_and(|i| has_role("dose-form", i.first())));
    let is_manner = |word: &str| word.len() > 4 && word.ends_with("ly");
    let is_route = of
        .items
        .get(form + 1)
        .is_some_and(|i| i.words.len() == 1 && (has_role("route", i.first()) || is_manner(i.first())));
    hole(form, &[Class::Medicine])
        && hole(form + 1 + usize::from(is_route), &[Class::Time, Class::Number])
        && !main().any(|(at, i)| is_told(at, i) || denies(i) || i.class == Class::Action)
        && !of.items.iter().any(|i| is_verb(i) || i.class == Class::NegationBehind)
        && !of.items.iter().enumerate().any(|(at, i)| has_denial(i) && !is_order(at))
        && !of.items.iter().any(|i| i.class == Class::Action && !i.is_quiet && is_done(i))
}

/// What others do to the reader ("suture removal") is no order to do it; what is denied is, and what is eaten.
pub(super) fn orders_fit(of: &Reading, said: &Reading) -> bool {
    let denies = of.items.first().is_some_and(|i| i.class == Class::Negation);
    let is_polite = |i: &Item| i.is_quiet && i.first() == "please";
    let fits = |(at, item): (usize, &Item)| {
        let before = said.items.get(..at).unwrap_or_default().iter().rev();
        let begins = before.into_iter().find(|i| !is_polite(i)).is_none_or(|i| {
            matches!(i.kind, Kind::Comma | Kind::End) || matches!(i.class, Class::Conjunction | Class::But)
        });
        // "Off [TIME 1]" of stockings: "take them off".
        let begins_so = |place: usize, i: &Item| {
            let before = place.checked_sub(1).and_then(|at| of.items.get(at));
            is_same(item, i)
                && matches!(i.first(), "off" | "on")
                && i.words.len() == 1
                && before.is_none_or(|i| matches!(i.kind, Kind::Comma | Kind::End))
        };
        let is_named = item.class == Class::Action && item.words.len() > 1 && !item.is_quiet;
        let takes_off = is_named && of.items.iter().enumerate().any(|(place, i)| begins_so(place, i));
        // "NPO": a short form of an order, and the same order in words.
        let orders_itself =
            vocabulary::denies(item) && of.content().any(|i| i.senses.iter().any(|sense| item.senses.contains(sense)));
        let takes = matches!(item.first(), "take" | "use") && is_direction(of)
            || matches!(item.first(), "get" | "take" | "use" | "wear") && is_aid(said, at)
            || matches!(item.first(), "take" | "use") && is_listed(of, said, at);
        let verb = item.first();
        !begins
            || is_polite(item)
            || !has_role("imperative", verb)
            || has_role("plan", verb)
            || takes
            || takes_off
            || orders_itself
            || matches!(verb, "do" | "drink" | "eat" | "have" | "take" | "use" | "wear") && is_nothing(said, at)
            || verb == "do" && is_own_act(said.items.get(at + 1..).unwrap_or_default())
            || verb == "do" && is_denied(said, at) && is_denied_order(of)
            || is_noun(&said.items, at)
    };
    let only_must = said.items.iter().any(|i| i.class == Class::Must && !is_polite(i));
    denies || !only_must && said.items.iter().enumerate().all(fits)
}

/// "[MEDICINE 1] after each meal" behind a mark of a plan: to be taken so.
fn is_listed(of: &Reading, said: &Reading, at: usize) -> bool {
    let mut behind = said.items.get(at + 1..).unwrap_or_default().iter();
    let Some(hole) = behind.find(|i| !has_role("article", i.first())).filter(|i| i.class == Class::Medicine) else {
        return false;
    };
    let Some(place) = of.items.iter().position(|i| i.kind == hole.kind && matches!(i.kind, Kind::Hole(_))) else {
        return false;
    };
    let begins =
        place.checked_sub(1).and_then(|at| of.items.get(at)).is_none_or(|i| matches!(i.kind, Kind::Comma | Kind::End));
    let rest = of.items.get(place + 1..).unwrap_or_default().iter();
    let chunk: Vec<&Item> = rest.take_while(|i| !matches!(i.kind, Kind::Comma | Kind::End)).collect();
    let how = chunk.first().is_some_and(|i| {
        is_as_needed(i)
            || i.first().len() > 4 && i.first().ends_with("ly")
            || matches!(i.class, Class::After | Class::Before | Class::If)
            || matches!(i.kind, Kind::Hole(_)) && i.class != Class::Medicine
    });
    let is_told = |i: &&Item| {
        matches!(i.class, Class::Negation | Class::NegationBehind | Class::Doubt)
            || ["past", "present"].iter().any(|role| has_role(role, i.first()))
            || is_done(i)
    };
    begins && how && !chunk.iter().any(is_told)
}

/// "Use a sling", "get blood tests", "use the [MEDICINE 1] rinse [TIME 2]": what nobody has as an illness.
fn is_aid(said: &Reading, at: usize) -> bool {
    let behind = said.items.get(at + 1..).unwrap_or_default().iter();
    // "Small, frequent sips".
    let goes_on =
        |i: &&Item| i.kind == Kind::Comma || matches!(i.kind, Kind::Words | Kind::Hole(_)) && i.class.tag() == 0;
    let stretch = behind.take_while(goes_on).take(5);
    let named: Vec<&Item> = stretch
        .take_while(|i| !matches!(i.class, Class::Conjunction | Class::But))
        .filter(|i| i.is_content())
        .collect();
    let is_named = |i: &Item| i.words.iter().any(|w| has_role("aid", &w.text));
    let gets = said.items.get(at).is_some_and(|i| i.first() == "get");
    let is_test = gets && named.iter().take(3).any(|i| i.class == Class::Test);
    (is_test || named.iter().take(4).any(|i| is_named(i)))
        && !named.iter().any(|i| matches!(i.class, Class::Negation | Class::Doubt))
}

/// "Use no tampons" of "no tampons".
fn is_nothing(said: &Reading, at: usize) -> bool {
    said.items.get(at + 1).is_some_and(|i| i.class == Class::Negation && matches!(i.first(), "no" | "nothing"))
}

fn is_denied(reading: &Reading, at: usize) -> bool {
    reading.items.get(at + 1).is_some_and(|i| i.class == Class::Negation)
}

/// The sentence itself says what not to do.
fn is_denied_order(of: &Reading) -> bool {
    of.items.iter().enumerate().any(|(at, i)| i.first() == "do" && is_denied(of, at))
}

/// "Do exercises": what the reader does, and nobody to the reader.
fn is_own_act(behind: &[Item]) -> bool {
    let stretch = behind.iter().take_while(|i| i.kind == Kind::Words && i.class.tag() == 0);
    let mut stretch = stretch.take_while(|i| !matches!(i.class, Class::Conjunction | Class::But | Class::Must));
    stretch.any(|i| i.words.last().is_some_and(|w| has_role("own-act", &w.text)))
}

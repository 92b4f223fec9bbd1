//! Whether a text tells of what was, what is, or what is to be done.

use super::class::Class;
use super::company::is_same;
use super::reading::{Item, Kind, Reading, has_role};
use crate::refusal::Refusal;

/// Reads the verbs.
pub(super) fn read(reading: &mut Reading) {
    let (mut begins, mut starts) = (true, true);
    let (mut leads, mut is_first) = (false, true);
    // How many words ago something was said to be still to come.
    let mut coming = usize::MAX;
    let mut subject = 0;
    let mut before = String::new();
    // "Change of cast", "check of the wound": a noun, and no order.
    let is_noun: Vec<bool> = (0..reading.items.len()).map(|at| is_noun(&reading.items, at)).collect();
    // "Exercises [TIME 1], and avoid alcohol": read as "do not", and an order where nobody was named who avoids it.
    let is_avoid: Vec<bool> = (0..reading.items.len()).map(|at| is_one_word(&reading.items, at)).collect();
    // "Lower your [MEDICINE 1]", and not "lower back".
    let is_lower: Vec<bool> = (0..reading.items.len()).map(|at| is_lower(&reading.items, at)).collect();
    let mut has_subject = false;
    for (at, item) in reading.items.iter_mut().enumerate() {
        let here = |list: &[bool]| list.get(at).copied().unwrap_or_default();
        let (is_noun, is_avoid, is_lower) = (here(&is_noun), here(&is_avoid), here(&is_lower));
        has_subject &= item.kind != Kind::End;
        has_subject |= has_role("subject", item.first());
        match item.kind {
            Kind::End | Kind::Comma => {
                begins = true;
                // "After the procedure, do not": what leads a sentence is not its verb.
                starts = item.kind == Kind::End || leads;
                leads = false;
                is_first = item.kind == Kind::End;
                coming = usize::MAX;
                subject = 0;
                continue;
            }
            Kind::Hole(_) => {
                leads |= is_first && item.class == Class::Time;
                is_first = false;
                begins = false;
                continue;
            }
            Kind::Words => {}
        }
        leads |= is_first && item.class.tag() != 0;
        is_first = false;
        coming = coming.saturating_add(1);
        // "And have", "and do not" go on with what was said; only a sentence can begin so and tell.
        let goes_on = !starts && has_role("going-on", item.first()) && (has_subject || !is_avoid);
        let is_told = begins && !goes_on && !is_noun && (is_lower || has_role("imperative", item.first()));
        let will = item.class == Class::Must && has_role("will", item.first());
        // "Not needed any more" is no order.
        let is_needless = before == "not" && has_role("needed", item.first());
        reading.tells |= is_told || item.class == Class::Must && !will && !is_needless;
        reading.is_coming |= will || says_will(item);
        reading.allows |= item.words.iter().any(|w| matches!(w.text.as_str(), "can" | "may"));
        reading.is_visit |= has_role("visit", item.first());
        let told = matches!(before.as_str(), "he" | "patient" | "pt" | "she" | "you")
            && (item.words.len() == 1 || item.first() == "went");
        reading.is_past |= told && item.class != Class::Must && item.class != Class::Degree && is_done(item);
        item.words.last().map_or("", |w| w.text.as_str()).clone_into(&mut before);
        if item.words.len() == 1 || item.words.iter().any(|w| matches!(w.text.as_str(), "done" | "performed")) {
            reading.is_past |= has_role("past", item.first());
            reading.is_present |= has_role("present", item.first());
        }
        // "Your sodium was low", read as one name.
        if item.class == Class::Problem {
            reading.is_past |= item.words.iter().any(|w| has_role("past", &w.text));
            reading.is_present |= item.words.iter().any(|w| has_role("present", &w.text));
        }
        reading.is_past |= item.is_quiet && has_role("past", item.first());
        if item.class == Class::Must || has_role("coming", item.first()) {
            coming = 0;
        } else if matches!(item.class, Class::Action | Class::Advice) {
            item.is_todo = is_told || coming <= 3;
            item.is_done = !item.is_todo && is_done(item);
        }
        if has_role("agent-we", item.first()) {
            subject = 1;
        } else if matches!(item.first(), "you" | "patient" | "pt") || is_told {
            subject = 2;
        }
        if has_role("message", item.first()) {
            item.agent = subject;
        }
        // "Please", "then" and a condition leave the beginning open.
        starts = starts && begins && has_role("opening", item.first());
        begins = (begins && has_role("opening", item.first()))
            || item.class == Class::Conjunction
            || item.class == Class::But;
    }
}

/// What "of" stands behind is a noun, but for a few verbs ("dispose of").
fn is_noun(items: &[Item], at: usize) -> bool {
    let is_of = items.get(at + 1).is_some_and(|i| i.kind == Kind::Words && i.words.len() == 1 && i.first() == "of");
    // "Repeat [NUMBER 2]": what the test showed when it was done again.
    let is_value = items.get(at + 1).is_some_and(|i| matches!(i.kind, Kind::Hole(_)) && i.class == Class::Number);
    if is_value && items.get(at).is_some_and(|i| i.words.len() == 1 && i.first() == "repeat") {
        return true;
    }
    is_of && items.get(at).is_some_and(|i| i.words.len() == 1 && has_role("noun-too", i.first()))
}

fn is_lower(items: &[Item], at: usize) -> bool {
    let next = items.get(at + 1);
    let is_thing = next.is_some_and(|i| i.class == Class::Medicine || has_role("article", i.first()));
    is_thing && items.get(at).is_some_and(|i| i.words.len() == 1 && i.first() == "lower")
}

/// Two words that are read for one that stands in the text ("avoid" is "do not").
fn is_one_word(items: &[Item], at: usize) -> bool {
    let span = |at: usize| items.get(at).filter(|i| i.kind == Kind::Words).map(|i| i.span);
    let is_whole =
        |i: &Item| matches!(i.words.as_slice(), [do_it, not, _, ..] if do_it.text == "do" && not.text == "not");
    items.get(at).is_some_and(is_whole) || span(at).is_some_and(|here| here.1 > here.0 && span(at + 1) == Some(here))
}

/// "Will" in a phrase that says more, and not as "to be" is read.
fn says_will(item: &Item) -> bool {
    let length: usize = item.words.iter().map(|w| w.text.len() + 1).sum();
    let is_written = length <= item.span.1.saturating_sub(item.span.0) + 1;
    item.words.len() > 1 && is_written && item.words.iter().any(|w| w.text == "will")
}

fn is_done(item: &Item) -> bool {
    let word = item.first();
    has_role("done", word) || word.len() > 4 && word.ends_with("ed") && word != "need"
}

/// What was, what is and what is to be done must be told apart on both sides alike.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let is_bare = !of.is_past && !of.is_present;
    let is_plan = !of.tells && !of.is_coming && is_plan(of);
    let may_tell = of.tells || of.is_coming || is_bare && of.is_visit || is_plan && orders_fit(of, said);
    if said.tells && !may_tell {
        return Err(Refusal::Advice);
    }
    // "No driving" told of what is to be done is no report.
    if is_plan && said.is_past && !said.tells && !said.is_coming {
        return Err(Refusal::When);
    }
    let is_open = of.content().any(|item| item.class == Class::Doubt);
    // "Cervix closed" of what was found tells of nothing that will be; "Sutures out in a week" does.
    let may_come = is_bare && (of.is_plan || of.is_visit || of.is_ahead);
    if said.is_coming && !of.is_coming && !of.tells && !may_come && (!is_open || of.is_past) {
        return Err(Refusal::When);
    }
    if !of.is_coming && !of.tells && promises(said, may_come) {
        return Err(Refusal::When);
    }
    if of.is_ahead && said.is_past && !of.is_past && !said.is_coming && !said.tells {
        return Err(Refusal::When);
    }
    let must = said.items.iter().any(|i| i.class == Class::Must && i.words.iter().any(|w| w.text == "must"));
    if must && !of.items.iter().any(|i| matches!(i.class, Class::Must | Class::Negation)) {
        return Err(Refusal::Advice);
    }
    // "Follow-up appointment in two weeks" is one that the reader has.
    let is_visit =
        |i: &Item| i.words.len() > 1 && i.words.iter().any(|w| matches!(w.text.as_str(), "appointment" | "visit"));
    let begins = of.items.first().is_some_and(is_visit);
    let has_visit = begins && said.is_visit && said.is_present && said.items.iter().any(is_visit);
    if (of.tells || of.is_coming) && !said.tells && !said.is_coming && !said.allows && !has_visit {
        return Err(if of.tells { Refusal::Advice } else { Refusal::When });
    }
    // "Will think about" is not "may think about".
    let thinks = |i: &Item| i.words.iter().any(|w| matches!(w.text.as_str(), "consider" | "think"));
    if of.is_coming && !of.allows && said.allows && !said.is_coming && said.items.iter().any(thinks) {
        return Err(Refusal::Certainty);
    }
    if of.is_coming && !said.is_coming && !said.tells && said.is_past {
        return Err(Refusal::When);
    }
    let only = |one: bool, other: bool| one && !other;
    // "Is negative for" is what a test "did not show".
    let shows_not = said.items.windows(3).any(|near| {
        matches!(near, [did, not, see] if did.first() == "did" && not.class == Class::Negation && has_role("shows", see.first()))
    });
    let is_test = of.content().any(|i| i.class == Class::Test) && shows_not && of.is_present;
    let turned = !is_test && only(of.is_past, of.is_present) && only(said.is_present, said.is_past)
        || !is_test && only(of.is_present, of.is_past) && only(said.is_past, said.is_present);
    if turned {
        return Err(Refusal::When);
    }
    let agents = |reading: &Reading| reading.items.iter().map(|i| i.agent).find(|agent| *agent > 0);
    if let (Some(one), Some(other)) = (agents(of), agents(said))
        && one != other
    {
        return Err(Refusal::Person);
    }
    for action in said.content().filter(|item| item.class == Class::Action) {
        let mut same = of.content().filter(|other| is_same(action, other)).peekable();
        let turned = |other: &Item| action.is_done && other.is_todo || action.is_todo && other.is_done;
        if same.peek().is_some() && same.all(turned) {
            return Err(Refusal::When);
        }
    }
    Ok(())
}

/// Nouns that stand for what is to be done: "no driving", "low-salt diet". A finding first, a verb of somebody, or what is
/// done already is none.
fn is_plan(of: &Reading) -> bool {
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
    // "Referral placed": the act is done.
    let is_done_in = |i: &Item| i.words.len() > 1 && i.words.iter().any(|w| has_role("done-in", &w.text));
    // "To check the lump": an article is a subject only where a clause begins.
    let is_subject = |at: usize, i: &Item| {
        let before = at.checked_sub(1).and_then(|at| of.items.get(at));
        let begins = before.is_none_or(|i| i.kind != Kind::Words || i.class == Class::Conjunction);
        has_role("reader", i.first()) || has_role("subject", i.first()) && (begins || !has_role("article", i.first()))
    };
    let is_told = |i: &Item| i.is_done || is_done_in(i) || has_role("done-in", i.first());
    // "Until the incision has healed" has a verb of its own.
    let main = || of.items.iter().take_while(|i| i.class.tag() == 0);
    let is_verb = |at: usize, i: &Item| {
        has_role("past", i.first()) || has_role("present", i.first()) && !(i.first() == "do" && is_denied(of, at))
    };
    // "No lifting, walking encouraged": where the denial ends is not known, unless "or" goes on with it.
    let has = |is: &dyn Fn(&Item) -> bool| main().any(is);
    let parts: Vec<&Item> = main().skip_while(|i| i.kind != Kind::Comma).collect();
    let is_list = parts.iter().any(|i| i.kind == Kind::Words) && has(&|i| i.class == Class::Negation);
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

/// A medicine, and behind it how much or how often: "[MEDICINE 1] [TIME 2] as needed for pain" is to be taken.
fn is_direction(of: &Reading) -> bool {
    let hole = |at: usize, classes: &[Class]| {
        of.items.get(at).is_some_and(|i| matches!(i.kind, Kind::Hole(_)) && classes.contains(&i.class))
    };
    let is_verb = |i: &Item| i.is_done || has_role("past", i.first());
    // Behind the first sentence it may be told what the medicine does ("it may take [TIME 3] to work").
    let is_told = |i: &Item| ["present", "subject"].iter().any(|role| has_role(role, i.first()));
    // So may it be behind a comma what not to do ("do not skip doses").
    let orders = |at: usize| matches!(of.items.get(at + 1..), Some([is_do, not, ..]) if is_do.first() == "do" && not.class == Class::Negation);
    let ends = |at: usize, i: &Item| i.kind == Kind::End || i.kind == Kind::Comma && orders(at);
    let main = || of.items.iter().enumerate().take_while(|(at, i)| !ends(*at, i)).map(|(_, i)| i);
    let is_order = |at: usize| at.checked_sub(2).is_some_and(orders);
    let denies = |i: &Item| matches!(i.class, Class::Negation | Class::NegationBehind | Class::Doubt);
    let has_denial = |i: &Item| i.class == Class::Negation || i.words.iter().any(|w| has_role("denies", &w.text));
    let is_route = of.items.get(1).is_some_and(|i| i.words.len() == 1 && has_role("route", i.first()));
    hole(0, &[Class::Medicine])
        && hole(1 + usize::from(is_route), &[Class::Time, Class::Number])
        && !main().any(|i| is_told(i) || denies(i) || i.class == Class::Action)
        && !of.items.iter().any(|i| is_verb(i) || i.class == Class::NegationBehind)
        && !of.items.iter().enumerate().any(|(at, i)| has_denial(i) && !is_order(at))
        && !of.items.iter().any(|i| i.class == Class::Action && !i.is_quiet && is_done(i))
}

/// What others do to the reader ("suture removal") is no order to do it; what is denied is, and what is eaten.
fn orders_fit(of: &Reading, said: &Reading) -> bool {
    let denies = of.items.first().is_some_and(|i| i.class == Class::Negation);
    let is_polite = |i: &Item| i.is_quiet && i.first() == "please";
    let fits = |(at, item): (usize, &Item)| {
        let before = said.items.get(..at).unwrap_or_default().iter().rev();
        let begins = before
            .into_iter()
            .find(|i| !is_polite(i))
            .is_none_or(|i| i.kind != Kind::Words || matches!(i.class, Class::Conjunction | Class::But));
        let takes = is_direction(of) && matches!(item.first(), "take" | "use");
        let verb = item.first();
        !begins
            || is_polite(item)
            || !has_role("imperative", verb)
            || has_role("plan", verb)
            || takes
            || verb == "do" && is_own_act(said.items.get(at + 1..).unwrap_or_default())
            || verb == "do" && is_denied(said, at) && is_denied_order(of)
            || is_noun(&said.items, at)
    };
    let only_must = said.items.iter().any(|i| i.class == Class::Must && !is_polite(i));
    denies || !only_must && said.items.iter().enumerate().all(fits)
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

/// "Will be" before a finding, an amount or a denial: what is to come is an act, a visit or a test.
fn promises(said: &Reading, may_come: bool) -> bool {
    let will = |item: &Item| item.class == Class::Must && has_role("will", item.words.first().map_or("", |w| &w.text));
    said.items.iter().enumerate().filter(|(_, item)| will(item)).any(|(at, _)| {
        let behind = said.items.get(at + 1..).unwrap_or_default();
        let next = behind.iter().find(|i| i.is_content());
        next.is_some_and(|i| match i.class {
            Class::Negation | Class::Number | Class::Problem | Class::Degree => true,
            Class::Doubt => i.words.len() > 1,
            Class::Plain => i.kind == Kind::Words && (!may_come || has_role("result", i.first())),
            _ => false,
        })
    })
}

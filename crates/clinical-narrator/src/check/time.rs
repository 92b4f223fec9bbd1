//! Whether a text tells of what was, what is, or what is to be done.

use super::class::Class;
use super::company::is_same;
use super::fragments::{has_order, order_all};
use super::named::called;
use super::nouns::{is_lower, is_noun, is_second};
use super::orders::{is_bare_order, is_our_act};
use super::plan::{begins_with_to, is_infinitive, is_only_task, is_plan, orders_fit};
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
    // "You cannot eat and drink".
    let is_second: Vec<bool> = (0..reading.items.len()).map(|at| is_second(&reading.items, at)).collect();
    let is_listed: Vec<bool> = (0..reading.items.len()).map(|at| is_listed(&reading.items, at)).collect();
    // "If no rise refer him".
    let is_bare: Vec<bool> = (0..reading.items.len())
        .map(|at| {
            let (before, rest) = reading.items.split_at(at);
            let sentence = || before.iter().rev().take_while(|i| i.kind != Kind::End);
            let is_open = sentence().any(|i| i.class == Class::If) && !sentence().any(|i| i.kind == Kind::Comma);
            is_open && is_bare_order(before.last(), rest)
        })
        .collect();
    let is_or: Vec<bool> = (1..=reading.items.len())
        .map(|at| reading.items.get(at).is_some_and(|i| i.class == Class::Conjunction && i.first() == "or"))
        .collect();
    // "You were told: do not drive".
    let is_told_so: Vec<bool> = (0..reading.items.len())
        .map(|at| {
            let before = at.checked_sub(1).and_then(|at| reading.items.get(at));
            before.and_then(|i| i.words.last()).is_some_and(|w| matches!(w.text.as_str(), "advised" | "told"))
        })
        .collect();
    let is_called: Vec<bool> = (0..reading.items.len())
        .map(|at| at.checked_sub(3).is_some_and(|from| called(&reading.items, from).is_some()))
        .collect();
    let mut has_subject = false;
    for (at, item) in reading.items.iter_mut().enumerate() {
        let here = |list: &[bool]| list.get(at).copied().unwrap_or_default();
        let (is_noun, is_avoid, is_lower) = (here(&is_noun), here(&is_avoid), here(&is_lower));
        let (is_second, is_called) = (here(&is_second), here(&is_called));
        let (is_or, is_told_so) = (here(&is_or), here(&is_told_so));
        has_subject &= item.kind != Kind::End;
        has_subject |= has_role("subject", item.first());
        match item.kind {
            Kind::End | Kind::Comma => {
                // "You, Mrs. [NAME 1], stay on soft food": what you do, and no order.
                begins = !is_called;
                // "After the procedure, do not": what leads a sentence is not its verb.
                starts = (item.kind == Kind::End || leads || is_told_so) && begins;
                // "If it swells, or you bleed, do not wait".
                leads &= is_or;
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
        let is_told = here(&is_bare)
            || begins && !goes_on && !is_noun && !is_second && (is_lower || has_role("imperative", item.first()));
        // "No features or plans to", "no plans to": what somebody has not, and nothing to come.
        // "Denies thoughts/plan": neither.
        let is_denied = here(&is_listed);
        let is_had = is_denied
            || item.first() == "plans" && matches!(before.as_str(), "active" | "any" | "no" | "or" | "without");
        let will = item.class == Class::Must && has_role("will", item.first()) && !is_had;
        // "Not needed any more" is no order.
        let is_needless = before == "not" && has_role("needed", item.first());
        let is_set_up = is_set_up(item);
        reading.is_set_up |= is_set_up;
        reading.tells |= is_told || item.class == Class::Must && !will && !is_needless && !is_set_up && !is_had;
        reading.is_coming |= will || says_will(item);
        reading.allows |= item.words.iter().any(|w| matches!(w.text.as_str(), "can" | "may"));
        reading.is_visit |= has_role("visit", item.first());
        let is_past_verb = has_role("past-verb", item.first());
        let told = matches!(before.as_str(), "he" | "patient" | "pt" | "she" | "you")
            && (item.words.len() == 1 || item.first() == "went" || is_past_verb);
        reading.is_past |=
            told && item.class != Class::Must && (item.class != Class::Degree && is_done(item) || is_past_verb);
        item.words.last().map_or("", |w| w.text.as_str()).clone_into(&mut before);
        // "Were in the hospital", read as one act.
        let is_act = item.class == Class::Action
            && matches!(item.first(), "are" | "is" | "was" | "were")
            && item.words.get(1).is_some_and(|w| w.text == "in");
        if item.words.len() == 1 || is_act || item.words.iter().any(|w| matches!(w.text.as_str(), "done" | "performed"))
        {
            reading.is_past |= has_role("past", item.first());
            reading.is_present |= has_role("present", item.first());
        }
        // "Your sodium was low", read as one name.
        if item.class == Class::Problem {
            reading.is_past |= item.words.iter().any(|w| has_role("past", &w.text));
            reading.is_present |= item.words.iter().any(|w| has_role("present", &w.text));
        }
        let verb = usize::from(matches!(item.first(), "it" | "there" | "this" | "which" | "who"));
        reading.is_past |= item.is_quiet && item.words.get(verb).is_some_and(|w| has_role("past", &w.text));
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
        if has_role("message", item.first()) && item.class != Class::Problem {
            item.agent = subject;
        }
        // "Please", "then" and a condition leave the beginning open.
        // "So you can" opens nothing.
        let opens = has_role("opening", item.first()) && (item.words.len() == 1 || item.first() != "so");
        starts = starts && begins && opens;
        begins = (begins && opens) || item.class == Class::Conjunction || item.class == Class::But;
    }
}

/// "Denies thoughts/plan/intent": a word of a list behind a denial of the same sentence.
fn is_listed(items: &[Item], at: usize) -> bool {
    let is_plan = items.get(at).is_some_and(|i| matches!(i.first(), "plan" | "plans") && i.words.len() == 1);
    let ends = items.get(at + 1).is_none_or(|i| matches!(i.kind, Kind::Comma | Kind::End));
    let ends = ends && at.checked_sub(1).and_then(|at| items.get(at)).is_some_and(|i| i.kind == Kind::Comma);
    let before = items.get(..at).unwrap_or_default().iter().rev().take_while(|i| i.kind != Kind::End);
    is_plan && ends && before.into_iter().any(|i| i.class == Class::Negation)
}

/// "Has been set up": arranged, and no order.
fn is_set_up(item: &Item) -> bool {
    let is = |word: &str| word == "up" || has_role("participle", word);
    let ends = item.words.last().is_some_and(|w| is(&w.text));
    item.class == Class::Must && item.words.len() > 2 && matches!(item.first(), "has" | "have") && ends
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

pub(super) fn is_done(item: &Item) -> bool {
    let word = item.first();
    has_role("done", word) || word.len() > 4 && word.ends_with("ed") && word != "need"
}

/// What was, what is and what is to be done must be told apart on both sides alike.
pub(super) fn check(of: &Reading, said: &Reading) -> Result<(), Refusal> {
    let is_bare = !of.is_past && !of.is_present;
    let is_plan = !of.tells && !of.is_coming && is_plan(of);
    let may_tell = of.tells
        || of.is_plan && is_infinitive(of) && !(is_only_task(of) && has_order(said))
        || of.is_coming
        || is_bare && of.is_visit
        || is_plan && orders_fit(of, said)
        || order_all(of, said);
    if said.tells && !may_tell {
        return Err(Refusal::Advice);
    }
    // "No driving" told of what is to be done is no report.
    if (is_plan || of.is_plan && begins_with_to(of))
        && said.is_past
        && !said.tells
        && !said.is_coming
        && !is_only_if(said)
    {
        return Err(Refusal::When);
    }
    // "ED if chest pain" does not tell of anybody who was there.
    let is_room = matches!(of.items.as_slice(), [room, when, ..] if has_role("emergency", room.first()) && when.class == Class::If);
    if is_room && is_bare && said.is_past && !said.tells {
        return Err(Refusal::When);
    }
    let is_open = of.content().any(|item| item.class == Class::Doubt);
    // "Cervix closed" of what was found tells of nothing that will be; "Sutures out in a week" does.
    let may_come = (is_bare || of.is_plan && is_infinitive(of)) && (of.is_plan || of.is_visit || of.is_ahead);
    if said.is_coming
        && !of.is_coming
        && !of.tells
        && !may_come
        && (!is_open || of.is_past || !of.is_plan && says_firmly(said))
    {
        return Err(Refusal::When);
    }
    if !of.is_coming && promises(said, may_come || of.tells) {
        return Err(Refusal::When);
    }
    // "Resolved in an hour" was.
    let is_over = of.items.iter().any(|i| i.kind == Kind::Words && i.first().len() > 4 && i.first().ends_with("ed"));
    // So was what was not completed.
    let is_undone = of.items.windows(2).any(|near| {
        matches!(near, [not, what] if not.class == Class::Negation && what.first().len() > 4 && what.first().ends_with("ed"))
    });
    if of.is_ahead
        && said.is_past
        && !is_undone
        && (!is_over || of.is_plan)
        && !of.is_past
        && !said.is_coming
        && !said.tells
    {
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
    // "F/u for headaches" is why somebody came, and no order.
    let comes_for = !of.is_plan && of.items.first().is_some_and(|i| has_role("visit", i.first()));
    let has_visit = comes_for && said.is_present && said.items.iter().any(|i| i.first() == "visit")
        || begins && said.is_visit && said.is_present && said.items.iter().any(is_visit);
    // "Refer to physiotherapy" is what the care team does.
    let is_ours = of.tells && !of.is_coming && is_our_act(of, said);
    if (of.tells || of.is_coming)
        && !is_ours
        && !said.tells
        && !said.is_coming
        && !said.allows
        && !has_visit
        && !said.is_set_up
        && !(requests(of) && requests(said))
    {
        return Err(if of.tells { Refusal::Advice } else { Refusal::When });
    }
    // "Needs a guard" of what was found is not what will be.
    if !of.is_plan && said.is_coming && !of.is_coming && of.tells && !of.is_visit && !may_come {
        return Err(Refusal::When);
    }
    // "Will think about" is not "may think about".
    // "They may have it tested" of "may be at risk, and are advised to have it tested".
    let bids = |reading: &Reading| reading.items.iter().any(|i| i.class == Class::Must && !i.is_quiet);
    if (of.tells || of.is_coming)
        && of.allows
        && bids(of)
        && !said.tells
        && !said.is_coming
        && !bids(said)
        && !said.is_set_up
        && !is_ours
    {
        return Err(Refusal::Advice);
    }
    let thinks = |i: &Item| i.words.iter().any(|w| matches!(w.text.as_str(), "consider" | "think"));
    if of.is_coming && !of.allows && said.allows && !said.is_coming && said.items.iter().any(thinks) {
        return Err(Refusal::Certainty);
    }
    if of.is_coming && !said.is_coming && !said.tells && said.is_past {
        return Err(Refusal::When);
    }
    if is_arranged_late(of, said) || bids_past(of, said) {
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
        let turned = |other: &Item| action.is_done && other.is_todo || action.is_todo && other.is_done;
        let same: Vec<&Item> = of.content().filter(|other| is_same(action, other)).collect();
        // "D/C on one, the other stopped": where both sides have as many, each is held against its own.
        let own: Vec<&Item> = said.content().filter(|i| i.class == Class::Action && is_same(i, action)).collect();
        let its = own.iter().position(|i| i.span == action.span).filter(|_| own.len() == same.len());
        let mate = its.and_then(|at| same.get(at));
        if mate.is_some_and(|other| turned(other)) || !same.is_empty() && same.iter().all(|other| turned(other)) {
            return Err(Refusal::When);
        }
    }
    Ok(())
}

/// "We would be grateful if it could be repeated": a request, whoever is asked.
fn requests(reading: &Reading) -> bool {
    reading
        .items
        .windows(2)
        .any(|near| matches!(near, [asks, when] if has_role("requests", asks.first()) && when.class == Class::If))
}

/// "If your inhaler was started": all that was stands behind a condition of its sentence.
fn is_only_if(said: &Reading) -> bool {
    let is_past = |i: &Item| has_role("past", i.first()) && i.kind == Kind::Words;
    let is_open = |at: usize| {
        let before = said.items.get(..at).unwrap_or_default().iter().rev();
        before.take_while(|i| i.kind != Kind::End).any(|i| i.class == Class::If)
    };
    let mut past = said.items.iter().enumerate().filter(|(_, i)| is_past(i)).peekable();
    past.peek().is_some() && past.all(|(at, _)| is_open(at))
}

/// "Will be", and not "will likely".
fn says_firmly(said: &Reading) -> bool {
    said.items.iter().enumerate().any(|(at, item)| {
        let next = said.items.get(at + 1);
        let is_likely = next.is_some_and(|i| matches!(i.first(), "likely" | "may" | "possibly" | "probably"));
        item.words.iter().any(|w| w.text == "will") && !is_likely
    })
}

/// "We suggested that you started it" of what the sentence suggests to start.
fn bids_past(of: &Reading, said: &Reading) -> bool {
    said.items.windows(3).any(|near| {
        let [must, who, act] = near else { return false };
        must.class == Class::Must
            && has_role("reader", who.first())
            && act.kind == Kind::Words
            && is_done(act)
            && of.content().any(|i| is_same(act, i))
            && !of.content().any(|i| is_same(act, i) && is_done(i))
    })
}

/// "Will be set up" of what the sentence tells as arranged.
fn is_arranged_late(of: &Reading, said: &Reading) -> bool {
    let is_open = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| of.items.get(at));
        before.is_some_and(|i| {
            i.class == Class::Must || matches!(i.words.last().map(|w| w.text.as_str()), Some("be" | "to"))
        })
    };
    let was_done = |what: &Item| {
        // "Council informed", and "will be told".
        let informs = |i: &Item| matches!(i.first(), "informed" | "notified");
        let was_told = what.first() == "told" && of.items.iter().any(informs);
        let is_it = |i: &Item| if was_told { informs(i) } else { is_same(what, i) };
        let mut same = of.items.iter().enumerate().filter(|(_, i)| i.kind == Kind::Words && is_it(i)).peekable();
        // "Mother advised to", where nothing is to come.
        // "Download in 4 weeks; council informed": the time to come stands elsewhere.
        let has_time = |i: &Item| {
            of.items.iter().any(|o| o.class == Class::Time && matches!(o.kind, Kind::Hole(_)) && o.chunk == i.chunk)
        };
        let is_told = |i: &Item| is_done(i) && (!of.is_ahead || !has_time(i));
        same.peek().is_some() && same.all(|(at, i)| (has_role("done-in", i.first()) || is_told(i)) && !is_open(at))
    };
    said.items.windows(2).any(|near| {
        let [will, what] = near else { return false };
        let is_will = will.class == Class::Must && will.words.iter().any(|w| w.text == "be");
        is_will && what.kind == Kind::Words && was_done(what)
    })
}

/// "Will be" before a finding, an amount or a denial: what is to come is an act, a visit or a test.
fn promises(said: &Reading, may_come: bool) -> bool {
    let will = |item: &Item| item.class == Class::Must && has_role("will", item.words.first().map_or("", |w| &w.text));
    let comes = |(at, item): &(usize, &Item)| will(item) && !is_listed(&said.items, *at);
    said.items.iter().enumerate().filter(comes).any(|(at, _)| {
        let behind = said.items.get(at + 1..).unwrap_or_default();
        // "Your mother is to give you [NUMBER 1]".
        // "You are to keep the wound dry".
        let is_to =
            said.items.get(at).is_some_and(|i| i.words.len() > 1 && i.words.last().is_some_and(|w| w.text == "to"));
        let gives = behind.first().is_some_and(|i| {
            matches!(i.first(), "bring" | "give" | "take" | "use")
                || is_to && i.first() != "be" && has_role("imperative", i.first())
                || i.is_quiet && has_role("message", i.first())
        });
        // "Will be subjectively low".
        let is_how = |i: &&Item| i.class == Class::Plain && i.words.len() == 1 && i.first().ends_with("ly");
        let next = behind.iter().filter(|i| i.is_content()).find(|i| !is_how(i)).filter(|_| !gives);
        // "Are to wear": an act, though it is a finding, too.
        let is_act = |i: &&Item| i.class == Class::Problem && i.words.len() == 1 && has_role("imperative", i.first());
        next.filter(|i| !is_act(i)).is_some_and(|i| match i.class {
            Class::Negation | Class::Number | Class::Problem | Class::Degree => true,
            Class::Doubt => i.words.len() > 1,
            Class::Plain => i.kind == Kind::Words && (!may_come || has_role("result", i.first())),
            _ => false,
        })
    })
}

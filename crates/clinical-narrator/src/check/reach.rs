//! What stands behind a mark or a conjunction, and whether a denial, a condition or a cause reaches over it.

use super::class::Class;
use super::reading::{Item, Kind, has_role};
use super::time::is_done;

/// "On the prior study", behind what was not seen: another look than that which the sentence tells of.
pub(super) fn is_elsewhere(behind: &[Item]) -> bool {
    let near: Vec<&Item> =
        behind.iter().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_))).take(5).collect();
    let looks = |i: &Item| matches!(i.class, Class::Test | Class::Action) && i.is_content();
    near.windows(2).any(|pair| {
        matches!(pair, [when, what] if has_role("earlier", when.first()) && when.words.len() == 1 && looks(what))
    })
}

/// "As needed", "if you need it".
pub(super) fn is_as_needed(item: &Item) -> bool {
    let is = |text: &str| matches!(text, "necessary" | "need" | "needed" | "p.r.n" | "prn");
    matches!(item.class, Class::If | Class::Time) && item.words.iter().any(|w| is(&w.text))
}

/// "If any", "except when brushing": no further than to the next mark, unless a list goes on behind it.
pub(super) fn ends_with_mark(item: &Item, behind: &[Item]) -> bool {
    let mut stretches = behind.split(|i| matches!(i.kind, Kind::Comma | Kind::End));
    let (here, next) = (stretches.next().unwrap_or_default(), stretches.next().unwrap_or_default());
    if item.class == Class::If {
        // "Waking her if you have to, and count".
        // "Walk if you can, and bend".
        let is_able = |i: &Item| i.class == Class::Doubt && matches!(i.first(), "can" | "could");
        let is_open = !here.is_empty() && here.iter().all(|i| i.kind == Kind::Words && (i.is_quiet || is_able(i)));
        return is_open || matches!(here, [any] if any.first() == "any");
    }
    let goes_on = |i: &Item| i.class == Class::Conjunction || i.first().ends_with("ing");
    item.class == Class::Unless
        && item.first() == "except"
        && matches!(here, [act] if act.class == Class::Action && act.first().ends_with("ing"))
        && !next.iter().any(goes_on)
}

/// "And always carry", "and only start", "and never push": an order of its own.
pub(super) fn is_anew(behind: &[Item]) -> bool {
    let is_never = |near: &[Item]| matches!(near, [not, ever, ..] if not.first() == "not" && ever.first() == "ever");
    let is_order = |i: &Item| i.kind == Kind::Words && (i.class == Class::Action || has_role("imperative", i.first()));
    let is_opened = behind.first().is_some_and(|i| i.words.len() == 1 && has_role("anew", i.first()));
    is_opened && behind.get(1).is_some_and(is_order) || is_never(behind) && behind.get(2).is_some_and(is_order)
}

/// "Responded to", "treated with": a verb of the past and what it speaks of.
pub(super) fn is_act_past(behind: &[Item]) -> bool {
    matches!(behind, [act, to, ..] if act.words.len() == 1 && act.first().len() > 4 && act.first().ends_with("ed")
        && matches!(to.first(), "by" | "to" | "with") && to.words.len() == 1)
}

/// "No smoking, [MEDICINE 1] [TIME 2]": a medicine, and how it is taken.
pub(super) fn is_taken(behind: &[Item]) -> bool {
    matches!(behind, [medicine, how, ..] if medicine.class == Class::Medicine && how.class == Class::Time
        && matches!((medicine.kind, how.kind), (Kind::Hole(_), Kind::Hole(_))))
}

/// "Avoid [MEDICINE 1] (asthma)": why. Two marks side by side close a bracket.
pub(super) fn is_in_brackets(behind: &[Item]) -> bool {
    matches!(behind, [why, close, end, ..] if why.class == Class::Problem && why.is_content()
        && close.kind == Kind::Comma && matches!(end.kind, Kind::Comma | Kind::End))
}

/// "Must", "should".
pub(super) fn is_must(item: &Item) -> bool {
    item.class == Class::Must && matches!(item.first(), "must" | "need" | "needs" | "should")
}

/// "Walking encouraged": an act, and behind it that it is advised.
pub(super) fn is_advised(behind: &[Item]) -> bool {
    let mut stretch = behind.iter().take_while(|i| i.kind == Kind::Words && i.class != Class::Conjunction);
    let begins = stretch.next().is_some_and(|i| i.is_content() && matches!(i.class, Class::Action | Class::Plain));
    begins && stretch.find(|i| i.is_content()).is_some_and(|i| i.class == Class::Must)
}

/// "No fever, [TEST 1] [NUMBER 2]", "no fever, able to walk": what a test showed, and what somebody can do, is not denied
/// with what stands before.
pub(super) fn is_value(behind: &[Item]) -> bool {
    let is_able =
        |i: &Item| i.first() == "able" && (i.words.len() > 1 || behind.get(1).is_some_and(|i| i.first() == "to"));
    // "No guarding, bowel sounds present", "no rash, [NUMBER 1] of weight": what is said of a thing behind it.
    let stretch: Vec<&Item> = behind
        .iter()
        .take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)) && i.class != Class::Conjunction)
        .collect();
    let is_said = |i: &Item| i.words.len() == 1 && has_role("said-behind", i.first());
    let is_thing = |i: &Item| {
        i.kind == Kind::Words
            && i.is_content()
            && !matches!(i.class, Class::Negation | Class::Degree | Class::Time)
            && i.class.tag() == 0
    };
    let is_test = |i: &Item| i.class == Class::Test && matches!(i.kind, Kind::Hole(_));
    let predicate = stretch.len() > 1
        && stretch.len() < 5
        && stretch.first().is_some_and(|i| is_thing(i) || is_test(i))
        && stretch.last().is_some_and(|i| is_said(i) || i.class == Class::Number && matches!(i.kind, Kind::Hole(_)))
        && !stretch.iter().any(|i| i.class == Class::Negation || i.class.tag() != 0);
    // "No redness, mild swelling": nobody denies what is mild.
    let is_some = behind
        .first()
        .is_some_and(|i| has_role("some", i.first()) && (i.words.len() == 1 || matches!(i.first(), "lots" | "plenty")))
        && !stretch_of_list(behind).any(|i| i.class == Class::Conjunction && i.first() == "or");
    let in_place = stretch
        .windows(2)
        .any(|near| matches!(near, [inside, place] if inside.first() == "in" && place.first() == "place"))
        || stretch.iter().any(|i| i.words.last().is_some_and(|w| w.text == "place") && i.words.len() > 1);
    // "No fever, ex-smoker": what somebody was or is.
    let is_status = behind.first().is_some_and(|i| i.words.len() > 1 && has_role("status", i.first()))
        && !stretch_of_list(behind).any(|i| i.class == Class::Conjunction && i.first() == "or");
    is_some
        || is_status
        || is_striving(behind)
        || is_not_seen(&stretch)
        || in_place && stretch.first().is_some_and(|i| is_thing(i))
        || predicate
        || behind.first().is_some_and(is_able)
        || matches!(behind, [test, value, ..] if test.class == Class::Test && value.class == Class::Number
        && matches!((test.kind, value.kind), (Kind::Hole(_) | Kind::Words, Kind::Hole(_))))
        // "No bleeding, [TEST 1] [TIME 2]": when it was.
        || matches!(behind, [test, time, end, ..] if test.class == Class::Test && time.class == Class::Time
        && matches!((test.kind, time.kind), (Kind::Hole(_), Kind::Hole(_))) && matches!(end.kind, Kind::Comma | Kind::End))
}

/// "No delirium, glasses at home", "no swelling, bloods sent", "no fever, [TEST 1] [TIME 2] ago": a thing that is no finding,
/// and behind it how it is. Only next to what is denied: in a longer list the last may be denied with the others.
pub(super) fn is_state(before: &[Item], behind: &[Item]) -> bool {
    let mut near = before.iter().rev().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)));
    let is_denied = near.any(|i| i.class == Class::Negation);
    let ends = |i: &Item| !matches!(i.kind, Kind::Words | Kind::Hole(_)) || i.class == Class::But;
    let stretch: Vec<&Item> = behind.iter().take_while(|i| !ends(i)).collect();
    let [thing, .., last] = stretch.as_slice() else { return false };
    let is_thing = thing.is_content()
        && !matches!(
            thing.class,
            Class::Problem | Class::Negation | Class::NegationBehind | Class::Degree | Class::Doubt | Class::Time
        )
        && thing.class.tag() == 0;
    let is_said = last.words.last().is_some_and(|w| has_role("said-after", &w.text));
    let is_one = |i: &&Item| {
        !matches!(i.class, Class::Conjunction | Class::Negation | Class::NegationBehind | Class::Problem)
            && i.class.tag() == 0
    };
    is_denied
        && is_thing
        && is_said
        && stretch.len() < 6
        && stretch.iter().all(is_one)
        && !stretch_of_list(behind).any(|i| i.class == Class::Conjunction && i.first() == "or")
}

/// "No injury, struggling to dress": what somebody tries is no finding of a list.
fn is_striving(behind: &[Item]) -> bool {
    matches!(behind, [act, to, ..] if act.words.len() == 1 && has_role("striving", act.first()) && to.first() == "to")
}

/// "Antigen positive, parasite not seen": a thing with a denial of its own behind it.
fn is_not_seen(stretch: &[&Item]) -> bool {
    let denies = |i: &&Item| i.class == Class::NegationBehind || i.class == Class::Negation && i.first() == "not";
    let not = stretch.iter().position(denies);
    let Some((things, [not, behind @ ..])) = not.and_then(|at| stretch.split_at_checked(at)) else { return false };
    let is_thing = |i: &&Item| i.is_content() && i.class.tag() == 0 && !matches!(i.class, Class::Doubt | Class::Must);
    let seen = behind.first().is_some_and(|seen| seen.words.len() == 1 && has_role("seen", seen.first()));
    (seen || not.class == Class::NegationBehind) && !things.is_empty() && things.iter().all(is_thing)
}

/// ", and comfort measures were commenced": a thing and its own verb of the past.
pub(super) fn is_begun(behind: &[Item]) -> bool {
    let mut stretch = behind.iter().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)));
    let mut thing = false;
    let is_be = |i: &Item| i.words.len() == 1 && matches!(i.first(), "was" | "were");
    let verb = stretch.find(|i| {
        thing |= i.is_content();
        is_be(i) || i.class == Class::Negation || i.class.tag() != 0 || i.class == Class::Conjunction
    });
    thing && verb.is_some_and(is_be) && stretch.next().is_some_and(|i| i.words.len() == 1 && is_done(i))
}

/// "A cough alone is nothing to fear": a thing and a verb of its own, and no condition before it.
pub(super) fn is_clause(behind: &[Item]) -> bool {
    let stretch = behind.iter().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)) && i.class.tag() == 0);
    let mut stretch = stretch.take_while(|i| i.class != Class::Negation);
    let mut thing = false;
    stretch.any(|i| {
        let is_verb = thing && matches!(i.first(), "are" | "is");
        thing |= i.is_content();
        is_verb
    })
}

/// "After that", "then": what comes next.
pub(super) fn is_then(behind: &[Item]) -> bool {
    behind.first().is_some_and(|i| {
        let words: Vec<&str> = i.words.iter().map(|w| w.text.as_str()).collect();
        matches!(words.as_slice(), ["then"] | ["after", "that"])
    })
}

/// What stands up to the end of the sentence or the next denial.
fn stretch_of_list(behind: &[Item]) -> impl Iterator<Item = &Item> {
    behind.iter().take_while(|i| i.kind != Kind::End && !matches!(i.class, Class::But | Class::Negation))
}

/// Behind a mark: an order to call or to come, or what has a condition of its own ("x-ray if it does not settle"), or
/// somebody else who has or does something ("and his sister has the number").
pub(super) fn is_apart(behind: &[Item]) -> bool {
    let joined = behind.first().is_some_and(|i| i.class == Class::Conjunction && i.first() == "and");
    let behind = behind.get(usize::from(joined)..).unwrap_or_default();
    let chunk = || behind.iter().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)) && i.class != Class::But);
    let Some(first) = chunk().next() else { return false };
    let is_call = has_role("seek", first.first())
        && first.words.len() == 1
        && matches!(first.first(), "call" | "phone" | "ring" | "see");
    let has_own = is_condition_of_chunk(behind) && first.class.tag() == 0 && first.class != Class::Conjunction;
    let mut who = chunk().skip_while(|i| has_role("possessive", i.first()));
    let is_who = who.next().is_some_and(|i| i.class == Class::Relative && !matches!(i.first(), "baby" | "child"));
    let next = who.next();
    let does = next.is_some_and(|i| i.words.len() == 1 && matches!(i.first(), "has" | "is" | "knows" | "will"));
    // "No alcohol, wife to keep the medicines".
    let is_to = next.is_some_and(|i| i.first() == "to" || i.class == Class::Must && i.first() == "is");
    // "And the carer should write it down".
    let mut who = chunk().skip_while(|i| has_role("article", i.first()) || has_role("possessive", i.first()));
    let is_carer =
        who.next().is_some_and(|i| matches!(i.class, Class::Person | Class::Relative) && i.kind == Kind::Words);
    let bids = is_carer && who.next().is_some_and(is_must);
    is_call || has_own || joined && bids || joined && is_who && does || !joined && is_who && is_to
}

/// A condition stands in the middle of the next stretch.
fn is_condition_of_chunk(behind: &[Item]) -> bool {
    let mut chunk =
        behind.iter().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)) && i.class != Class::But);
    chunk.next().is_some_and(|i| i.is_content() || has_role("imperative", i.first()))
        && chunk.any(|i| matches!(i.class, Class::If | Class::Unless) && !is_as_needed(i))
}

pub(super) fn is_act_done(item: &Item) -> bool {
    let word = item.first();
    let is_act = item.class == Class::Action && (word.len() > 4 && word.ends_with("ed") || has_role("done", word));
    item.kind == Kind::Words && item.words.len() == 1 && (is_act || has_role("act-done", word))
}

/// "No visit is needed": the clause begins with the denial, which goes on over its verb to what is said of the visit.
pub(super) fn is_predicate(items: &[Item], clause: usize, at: usize) -> bool {
    let is_be = items.get(at).is_some_and(|i| matches!(i.first(), "are" | "is" | "was" | "were") && i.words.len() == 1);
    let front = items.get(clause..at).unwrap_or_default();
    let mut front = front.iter().filter(|i| i.kind == Kind::Words);
    let is_first = front.next().is_some_and(|i| i.class == Class::Negation && i.first() == "no");
    let is_said = items.get(at + 1).is_some_and(|i| has_role("needed", i.first()));
    is_be && is_first && is_said && !front.any(|i| i.class == Class::Negation || has_role("affirm", i.first()))
}

/// "Knee effusion with ankle pain": a finding on each side, and a part of the body behind.
pub(super) fn is_between(items: &[Item], at: usize, chunk: usize) -> bool {
    let is = |item: &Item, class: Class| item.class == class && item.is_content();
    let mut before = items.get(..at).unwrap_or_default().iter().rev().take_while(|i| i.chunk == chunk);
    let behind = items.get(at + 1..).unwrap_or_default();
    let behind =
        behind.iter().take_while(|i| i.kind == Kind::Words && i.class != Class::Conjunction && i.class.tag() == 0);
    let named: Vec<&Item> = behind.filter(|i| i.is_content()).collect();
    let names_place = named.iter().any(|i| i.class == Class::Body || i.class == Class::Problem && i.words.len() > 1);
    before.any(|i| is(i, Class::Problem)) && named.iter().any(|i| is(i, Class::Problem)) && names_place
}

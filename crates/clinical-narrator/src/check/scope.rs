//! How far a denial, a condition or a cause reaches.
//!
//! Both sides are read by the same rules, so a rule that is too coarse refuses a good rewording and passes no bad one
//! that keeps its words in the same company.

use super::class::Class;
use super::reading::{Item, Kind, has_role};

/// Denied.
pub(super) const DENIED: u16 = 1;
/// Denied twice.
pub(super) const TWICE: u16 = 2;

/// Of what was not seen where one looked before: "a spot, not seen on the prior scan" is there.
const ELSEWHERE: u16 = 1 << 10;

/// A denial that reaches to here.
#[derive(Clone, Copy)]
struct Denial {
    tag: u16,
    /// Something was denied.
    seen: bool,
}

/// A condition, a cause and the like that reaches to here.
#[derive(Clone, Copy)]
struct Under {
    class: Class,
    /// It stands first in its sentence, and a comma before a new clause ends it.
    leads: bool,
    seen: bool,
    /// "As needed for pain": no further than to the next mark.
    is_short: bool,
}

/// Says of each item in which stretch it stands and what reaches it.
pub(super) fn mark(items: &mut [Item]) {
    let mut denial: Option<Denial> = None;
    let mut under: Vec<Under> = Vec::new();
    let (mut chunk, mut sentence, mut has_content) = (0, 0, false);
    let mut elsewhere = 0;
    // First item of the clause, for what is denied behind.
    let mut clause = 0;
    for at in 0..items.len() {
        let behind = items.get(at + 1..).unwrap_or_default();
        let conditional = under.iter().any(|u| is_condition(u.class));
        let opens = opens_clause(behind) || is_advised(behind) || !conditional && is_value(behind);
        // "Started after lunch, tried [MEDICINE 1]": what was done next has a clause of its own.
        let is_told = behind.first().is_some_and(|i| has_role("speech", i.first()) || is_act_done(i));
        let opens = opens || is_told && !conditional;
        let is_apart = is_apart(behind);
        // "Denied any injury, and said that light hurt".
        let says_that = behind.first().is_some_and(|i| matches!(i.first(), "said" | "says" | "stated"));
        let is_predicate = is_predicate(items, clause, at);
        let is_person = items.get(at + 1..).and_then(|next| next.iter().find(|i| i.is_content()));
        let is_person = is_person.is_some_and(|i| i.class == Class::Person);
        let parts = is_between(items, at, chunk);
        let before = at.checked_sub(1).and_then(|at| items.get(at));
        // "Do not lift or have a bath": both are denied.
        let denied_list = before.is_some_and(|i| i.first() == "or");
        let is_told_him = before.is_some_and(|i| has_role("reader", i.first()) && i.words.len() == 1);
        let is_behind_mark = before.is_some_and(|i| i.kind == Kind::Comma);
        // "Come back if no better, would then scan".
        let before_must = behind.first().is_some_and(|i| is_must(i) || i.first() == "would" && i.words.len() == 1);
        // "A lump is not, press hard": of what was told before. "Not settled, earlier if": the rest is another matter.
        let is_elliptic = before.is_some_and(|i| i.class == Class::Negation);
        let is_otherwise = behind.first().is_some_and(|i| matches!(i.first(), "earlier" | "otherwise" | "sooner"));
        let ends_denial = is_elliptic || is_otherwise;
        let is_elsewhere = is_elsewhere(behind);
        let is_short = items.get(at).is_some_and(is_as_needed) || before.is_some_and(is_as_needed);
        let Some(item) = items.get_mut(at) else { break };
        (item.chunk, item.sentence) = (chunk, sentence);
        let class = item.class;
        match item.kind {
            Kind::End => {
                (denial, has_content, clause, elsewhere) = (None, false, at, 0);
                under.clear();
                chunk += 1;
                sentence += 1;
                continue;
            }
            Kind::Comma => {
                chunk += 1;
                elsewhere = 0;
                under.retain(|u| !u.is_short);
                if ends_denial {
                    denial = None;
                }
                // "If it hurts again, must be seen".
                if before_must {
                    under.retain(|u| !u.seen);
                    denial = denial.filter(|d| !d.seen);
                }
                // "Call if it swells, x-ray if it does not settle": each has its own.
                if is_apart {
                    denial = denial.filter(|d| !d.seen);
                    under.retain(|u| !u.seen);
                    clause = at;
                }
                if opens {
                    denial = denial.filter(|d| !d.seen);
                    under.retain(|u| !(u.leads && u.seen) && (u.leads || is_condition(u.class)));
                    clause = at;
                }
                continue;
            }
            _ => {}
        }
        // "If you see flashes you should come": what is to be done then.
        if is_must(item) && is_told_him {
            under.retain(|u| !(u.leads && u.seen));
        }
        match class {
            Class::But => {
                chunk += 1;
                (denial, clause) = (None, at);
                under.retain(|u| !u.leads && is_condition(u.class));
            }
            Class::Conjunction => {
                chunk += 1;
                // "If no wet nappy, or any worry": the worry is not denied.
                if item.first() == "or" && is_behind_mark && under.iter().any(|u| is_condition(u.class)) {
                    denial = denial.filter(|d| !d.seen);
                }
                // "Not to drive and must inform": what must be done is not denied.
                if (before_must || says_that) && item.first() != "or" {
                    denial = denial.filter(|d| !d.seen);
                }
                if opens && item.first() != "or" {
                    denial = denial.filter(|d| !d.seen);
                    under.retain(|u| u.leads || is_condition(u.class));
                    clause = at;
                }
            }
            Class::Negation => {
                if matches!(item.first(), "without" | "w/o") {
                    under.retain(|u| u.leads || is_condition(u.class));
                }
                let nested = denial.is_some_and(|d| !d.seen);
                denial = Some(Denial { tag: if nested { TWICE } else { DENIED }, seen: false });
                item.tags = u16::from(nested) * TWICE;
            }
            Class::NegationBehind if is_elsewhere => elsewhere = ELSEWHERE,
            Class::NegationBehind => {
                let before = items.get_mut(clause..at).unwrap_or_default();
                before.iter_mut().for_each(|i| i.tags ^= DENIED);
            }
            _ if class.tag() != 0 => {
                chunk += 1;
                // "No need to come unless it bleeds": when it bleeds is not denied.
                if is_condition(class) {
                    denial = denial.filter(|d| !d.seen);
                }
                under.push(Under { class, leads: !has_content, seen: false, is_short });
                item.tags = all(&under) & !class.tag();
            }
            _ => {
                if parts && item.first() == "with" && item.words.len() == 1 {
                    chunk += 1;
                    item.chunk = chunk;
                }
                // "Report any bleeding to your doctor": to whom is no part of the condition.
                if item.first() == "to" && item.is_quiet && is_person {
                    under.retain(|u| !(u.class == Class::If && u.seen));
                }
                // "Do not drive while you take it": what is done meanwhile is not denied.
                if matches!(item.first(), "while") {
                    denial = denial.filter(|d| !d.seen);
                }
                // "A painless lump": only the pain is denied. "And no change": denied by itself.
                if has_role("ends-denial", item.first()) || item.words.len() > 1 && item.first() == "no" {
                    denial = None;
                }
                let goes_on = denied_list && item.first() == "have";
                if has_role("affirm", item.first()) && !goes_on && !is_predicate {
                    denial = denial.filter(|d| !d.seen);
                }
                let content = item.is_content();
                if content {
                    item.tags = all(&under) | denial.map_or(0, |d| d.tag) | elsewhere;
                    // What is asked whether denied: the thing itself, and not its place or side.
                    if let Some(d) = denial.as_mut() {
                        d.seen = true;
                    }
                    under.iter_mut().for_each(|u| u.seen = true);
                    has_content = true;
                }
            }
        }
    }
}

/// "On the prior study", behind what was not seen: another look than that which the sentence tells of.
fn is_elsewhere(behind: &[Item]) -> bool {
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

/// "Must", "should".
fn is_must(item: &Item) -> bool {
    item.class == Class::Must && matches!(item.first(), "must" | "need" | "needs" | "should")
}

/// "Walking encouraged": an act, and behind it that it is advised.
fn is_advised(behind: &[Item]) -> bool {
    let mut stretch = behind.iter().take_while(|i| i.kind == Kind::Words && i.class != Class::Conjunction);
    let begins = stretch.next().is_some_and(|i| i.is_content() && matches!(i.class, Class::Action | Class::Plain));
    begins && stretch.find(|i| i.is_content()).is_some_and(|i| i.class == Class::Must)
}

/// "No fever, [TEST 1] [NUMBER 2]", "no fever, able to walk": what a test showed, and what somebody can do, is not denied
/// with what stands before.
fn is_value(behind: &[Item]) -> bool {
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
    let predicate = stretch.len() > 1
        && stretch.len() < 5
        && stretch.first().is_some_and(|i| is_thing(i))
        && stretch.last().is_some_and(|i| is_said(i) || i.class == Class::Number && matches!(i.kind, Kind::Hole(_)))
        && !stretch.iter().any(|i| i.class == Class::Negation || i.class.tag() != 0);
    // "No redness, mild swelling": nobody denies what is mild.
    let is_some = behind.first().is_some_and(|i| i.words.len() == 1 && has_role("some", i.first()))
        && !stretch_of_list(behind).any(|i| i.class == Class::Conjunction && i.first() == "or");
    let in_place = stretch
        .windows(2)
        .any(|near| matches!(near, [inside, place] if inside.first() == "in" && place.first() == "place"))
        || stretch.iter().any(|i| i.words.last().is_some_and(|w| w.text == "place") && i.words.len() > 1);
    is_some
        || in_place && stretch.first().is_some_and(|i| is_thing(i))
        || predicate
        || behind.first().is_some_and(is_able)
        || matches!(behind, [test, value, ..] if test.class == Class::Test && value.class == Class::Number
        && matches!((test.kind, value.kind), (Kind::Hole(_) | Kind::Words, Kind::Hole(_))))
}

/// What stands up to the end of the sentence or the next denial.
fn stretch_of_list(behind: &[Item]) -> impl Iterator<Item = &Item> {
    behind.iter().take_while(|i| i.kind != Kind::End && !matches!(i.class, Class::But | Class::Negation))
}

/// Behind a mark: an order to call or to come, or what has a condition of its own ("x-ray if it does not settle"), or
/// somebody else who has or does something ("and his sister has the number").
fn is_apart(behind: &[Item]) -> bool {
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
    let does = who.next().is_some_and(|i| i.words.len() == 1 && matches!(i.first(), "has" | "is" | "knows" | "will"));
    is_call || has_own || joined && is_who && does
}

/// A condition stands in the middle of the next stretch.
fn is_condition_of_chunk(behind: &[Item]) -> bool {
    let mut chunk =
        behind.iter().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)) && i.class != Class::But);
    chunk.next().is_some_and(|i| i.is_content() || has_role("imperative", i.first()))
        && chunk.any(|i| matches!(i.class, Class::If | Class::Unless) && !is_as_needed(i))
}

fn is_act_done(item: &Item) -> bool {
    let word = item.first();
    let is_act = item.class == Class::Action && (word.len() > 4 && word.ends_with("ed") || has_role("done", word));
    item.kind == Kind::Words && item.words.len() == 1 && (is_act || has_role("act-done", word))
}

/// "No visit is needed": the clause begins with the denial, which goes on over its verb to what is said of the visit.
fn is_predicate(items: &[Item], clause: usize, at: usize) -> bool {
    let is_be = items.get(at).is_some_and(|i| matches!(i.first(), "are" | "is" | "was" | "were") && i.words.len() == 1);
    let front = items.get(clause..at).unwrap_or_default();
    let mut front = front.iter().filter(|i| i.kind == Kind::Words);
    let is_first = front.next().is_some_and(|i| i.class == Class::Negation && i.first() == "no");
    let is_said = items.get(at + 1).is_some_and(|i| has_role("needed", i.first()));
    is_be && is_first && is_said && !front.any(|i| i.class == Class::Negation || has_role("affirm", i.first()))
}

/// "Knee effusion with ankle pain": a finding on each side, and a part of the body behind.
fn is_between(items: &[Item], at: usize, chunk: usize) -> bool {
    let is = |item: &Item, class: Class| item.class == class && item.is_content();
    let mut before = items.get(..at).unwrap_or_default().iter().rev().take_while(|i| i.chunk == chunk);
    let behind = items.get(at + 1..).unwrap_or_default();
    let behind =
        behind.iter().take_while(|i| i.kind == Kind::Words && i.class != Class::Conjunction && i.class.tag() == 0);
    let named: Vec<&Item> = behind.filter(|i| i.is_content()).collect();
    let names_place = named.iter().any(|i| i.class == Class::Body || i.class == Class::Problem && i.words.len() > 1);
    before.any(|i| is(i, Class::Problem)) && named.iter().any(|i| is(i, Class::Problem)) && names_place
}

fn all(under: &[Under]) -> u16 {
    under.iter().fold(0, |tags, u| tags | u.class.tag())
}

const fn is_condition(class: Class) -> bool {
    matches!(class, Class::If | Class::Unless | Class::Until)
}

/// Whether a new clause begins here: a subject, or somebody is told to do something.
pub(super) fn opens_clause(next: &[Item]) -> bool {
    let mut words = next.iter().filter(|i| !matches!(i.kind, Kind::Comma)).take(2);
    let Some(first) = words.next() else { return false };
    let word = first.first();
    // "Do not take it, as your [TEST 1] was high": why.
    let why = words.next().filter(|_| word == "as" && first.words.len() == 1);
    if why.is_some_and(|i| {
        matches!(i.kind, Kind::Hole(_)) || ["possessive", "subject"].iter().any(|role| has_role(role, i.first()))
    }) {
        return true;
    }
    // "If it swells, to come back".
    let told = next.iter().filter(|i| !matches!(i.kind, Kind::Comma)).nth(1);
    let is_told = word == "to" && first.words.len() == 1 && told.is_some_and(|i| has_role("seek", i.first()));
    // "Her [TEST 1] will be checked", "and walking will help": a verb of its own.
    let behind = next.iter().skip_while(|i| matches!(i.kind, Kind::Comma));
    let joined = first.class == Class::Conjunction && word == "and";
    let clause = behind.skip(usize::from(joined)).take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)));
    let will = |i: &Item| {
        i.class == Class::Must
            && has_role("will", i.first())
            && matches!(i.words.last().map(|w| w.text.as_str()), Some("be" | "will"))
    };
    let mut clause = clause.take_while(|i| i.class != Class::But && i.class.tag() == 0);
    let has_verb = (has_role("possessive", word) || joined) && clause.any(will);
    has_role("subject", word) || has_role("imperative", word) || is_told || has_verb
}

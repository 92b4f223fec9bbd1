//! How far a denial, a condition or a cause reaches.
//!
//! Both sides are read by the same rules, so a rule that is too coarse refuses a good rewording and passes no bad one
//! that keeps its words in the same company.

use super::class::Class;
use super::headless::is_room;
use super::orders::{is_bare_order, is_listed, is_next, is_sure_order};
use super::reach::{
    ends_with_mark, is_act_done, is_act_past, is_advised, is_anew, is_apart, is_as_needed, is_begun, is_between,
    is_clause, is_elsewhere, is_in_brackets, is_must, is_predicate, is_state, is_taken, is_then, is_value,
};
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
    /// A medicine was denied.
    medicine: bool,
    /// "Do not": an order.
    is_order: bool,
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
    /// "Whenever you sit": no further than to what is to be done besides.
    is_each: bool,
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
        let is_state = !conditional && is_state(items.get(..at).unwrap_or_default(), behind);
        let opens = opens || is_state || is_told && !conditional;
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
        let before_must = behind.first().is_some_and(|i| {
            is_must(i) || matches!(i.first(), "will" | "would") && i.words.len() == 1 || i.first() == "may"
        });
        // "A lump is not, press hard": of what was told before. "Not settled, earlier if": the rest is another matter.
        let is_elliptic = before.is_some_and(|i| i.class == Class::Negation);
        let is_otherwise = behind.first().is_some_and(|i| matches!(i.first(), "earlier" | "otherwise" | "sooner"));
        // "Grew nothing, so it was stopped": what follows of it.
        let is_so =
            matches!(behind, [so, next, ..] if so.first() == "so" && so.words.len() == 1 && next.first() != "far");
        let ends_denial = is_elliptic || is_otherwise || is_so;
        let is_otherwise_not = behind.first().is_some_and(|i| i.first() == "otherwise");
        let is_sure = is_sure_order(behind);
        let is_listed = conditional && is_listed(behind);
        let is_elsewhere = is_elsewhere(behind);
        let is_short = items.get(at).is_some_and(is_as_needed) || before.is_some_and(is_as_needed);
        let is_short = is_short || items.get(at).is_some_and(|item| ends_with_mark(item, behind));
        let is_first = before.is_none_or(|i| i.kind == Kind::End || i.first() == "please");
        // "Avoid" is read as "do not", too, and reaches no second order.
        let here = items.get(at).map(|i| i.span);
        let is_behind_do = before.is_some_and(|i| i.first() == "do" && Some(i.span) != here);
        let is_after_but = before.is_some_and(|i| i.class == Class::But);
        let has_order = behind.first().is_some_and(|i| i.kind == Kind::Words && has_role("imperative", i.first()));
        let has_call = behind.first().is_some_and(|i| i.class == Class::Advice && has_role("message", i.first()));
        let is_anew = is_anew(behind);
        let is_next = is_next(behind);
        // "We will see you, and if it is high we will talk": the condition begins a clause.
        let is_after_and = before.is_some_and(|i| i.first() == "and" && i.class == Class::Conjunction)
            && at.checked_sub(2).and_then(|at| items.get(at)).is_some_and(|i| i.kind == Kind::Comma)
            && !conditional;
        // "If it persists call us".
        let is_bare_order = is_bare_order(before, items.get(at..).unwrap_or_default());
        let has_will =
            behind.first().is_some_and(|i| i.class == Class::Must && i.words.first().is_some_and(|w| w.text == "will"));
        let is_act_past = is_act_past(behind);
        // "To eat nothing at night and to cut down".
        let is_to_act = matches!(behind, [to, act, ..] if to.first() == "to" && to.words.len() == 1
            && act.kind == Kind::Words && !has_role("possessive", act.first()) && !has_role("article", act.first()));
        let is_who = items.get(at).is_some_and(|i| i.is_quiet && i.words.len() == 1 && has_role("who-acts", i.first()));
        let is_subject_anew = is_who && before.is_some_and(|i| i.is_content() && i.kind == Kind::Words);
        // "No seizures, settled with [MEDICINE 1]".
        let went_on = is_act_past && behind.first().is_some_and(|i| has_role("went-on", i.first()));
        let is_taken = is_taken(behind);
        let is_begun = is_begun(behind);
        // "If it shows a squeezed nerve we shall refer him".
        let is_we_shall = before.is_some_and(|i| has_role("agent-we", i.first()));
        // "If he breathes hard, but a cough alone is nothing to fear", "denied any wish to die and could name reasons".
        let is_clause = is_clause(behind);
        let is_able = behind.first().is_some_and(|i| matches!(i.first(), "can" | "could") && i.words.len() == 1);
        // "Do not drive for a week, and after that only if".
        let is_then = is_then(behind);
        // "If it bleeds: A&E".
        let has_room = behind.iter().find(|i| i.first() != "to").is_some_and(is_room);
        let is_reason = before.is_some_and(|i| i.class == Class::Medicine) && is_in_brackets(behind);
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
                under.retain(|u| !(u.is_short || u.is_each && u.seen && !u.leads && has_order));
                if has_room {
                    under.retain(|u| !(u.leads && u.seen));
                }
                // "Call if it bleeds, otherwise nothing is needed", "come if it swells, take the tablets".
                if is_otherwise_not || is_sure {
                    under.retain(|u| !(u.seen && (is_otherwise_not || !u.leads)));
                    denial = denial.filter(|d| !d.seen || is_sure && d.is_order);
                }
                if went_on {
                    denial = denial.filter(|d| !d.seen);
                }
                if ends_denial || is_reason || is_taken && denial.is_some_and(|d| d.seen && !d.medicine) {
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
                if opens && !is_listed {
                    denial = denial.filter(|d| !d.seen);
                    under.retain(|u| !(u.leads && u.seen) && (u.leads || is_condition(u.class)));
                    clause = at;
                }
                continue;
            }
            _ => {}
        }
        // "If you see flashes you should come", "if it bleeds please phone", "if it leaks he can ring": what is to be done then.
        let is_call = matches!(item.first(), "can" | "may") && item.words.len() == 1 && has_call;
        let is_will = item.class == Class::Must && matches!(item.first(), "shall" | "will" | "would");
        let is_ours = is_we_shall && is_will && item.words.len() == 1;
        if (is_must(item) || is_call) && is_told_him
            || is_ours
            || is_bare_order
            || item.first() == "please" && has_order
        {
            under.retain(|u| !(u.leads && u.seen));
        }
        // "If no rise refer him".
        if is_bare_order {
            denial = denial.filter(|d| !d.seen);
        }
        // "After the tube was removed he passed urine": what came then has a subject of its own.
        if is_subject_anew {
            under.retain(|u| !(u.leads && u.seen && matches!(u.class, Class::After | Class::Because | Class::Before)));
        }
        match class {
            Class::But => {
                chunk += 1;
                (denial, clause) = (None, at);
                under.retain(|u| !u.leads && is_condition(u.class) && !(is_clause && is_behind_mark));
            }
            Class::Conjunction => {
                chunk += 1;
                // "If no wet nappy, or any worry": the worry is not denied.
                if item.first() == "or" && is_behind_mark && under.iter().any(|u| is_condition(u.class)) {
                    denial = denial.filter(|d| !d.seen);
                }
                // "Not to drive and must inform": what must be done is not denied.
                // "Soaking a pad is not, and means": what it is not was told before.
                let is_another = before_must || says_that || is_able || is_then && is_behind_mark;
                let is_another = is_another || (ends_denial || is_to_act) && item.first() == "and";
                if is_another && item.first() != "or" {
                    denial = denial.filter(|d| !d.seen);
                }
                // "Stopped because of a fall and should not be started": only the first is because of it. "Because of the
                // [MEDICINE 1], and responded to [MEDICINE 2]".
                if before_must && item.first() == "and" || is_act_past && is_behind_mark {
                    under.retain(|u| u.leads || is_condition(u.class));
                }
                // "If you are ill, and always carry your card", "do not drive, and only start when", "if the scan is clear,
                // and will be seen": behind the mark another matter begins.
                // "Until the stone appears, and bring it".
                if item.first() == "and" && is_behind_mark && has_order {
                    under.retain(|u| u.leads || u.class != Class::Until && !u.is_each);
                }
                if item.first() == "and" && is_behind_mark && (is_anew || has_will || is_next) {
                    denial = denial.filter(|d| !d.seen);
                    under.retain(|u| u.leads);
                    clause = at;
                }
                // "Surgery would not be tried, and comfort measures were begun".
                if item.first() == "and" && is_behind_mark && is_begun {
                    denial = denial.filter(|d| !d.seen);
                    clause = at;
                }
                if opens && item.first() != "or" {
                    // "Do not drive and start work": neither.
                    let goes_on = has_order && !is_behind_mark && item.first() == "and";
                    denial = denial.filter(|d| !d.seen || goes_on && d.is_order);
                    under.retain(|u| u.leads || is_condition(u.class));
                    clause = at;
                }
            }
            Class::Negation => {
                if matches!(item.first(), "without" | "w/o") {
                    under.retain(|u| u.leads || is_condition(u.class));
                }
                let nested = denial.is_some_and(|d| !d.seen);
                denial = Some(Denial {
                    tag: if nested { TWICE } else { DENIED },
                    seen: false,
                    medicine: false,
                    is_order: is_behind_do,
                });
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
                // "Was drained, and because it was low, infection": a clause of its own.
                if is_after_and {
                    clause = at;
                }
                let is_each = class == Class::If && matches!(item.first(), "each" | "every" | "time" | "whenever");
                under.push(Under {
                    class,
                    leads: !has_content || is_after_but || is_after_and,
                    seen: false,
                    is_short,
                    is_each,
                });
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
                        d.medicine |= item.class == Class::Medicine;
                    }
                    under.iter_mut().for_each(|u| u.seen = true);
                    has_content = true;
                }
                // "Call if it is red, you have pain", "take it if": what is to be done is said first, and the condition does
                // not lead.
                let is_order = has_role("imperative", item.first()) && !has_role("opening", item.first());
                has_content |= is_order && is_first || item.class == Class::Advice && has_role("message", item.first());
            }
        }
    }
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

//! Orders that end a condition, as no finding is said with their verbs; and what only the care team does.

use super::class::Class;
use super::reading::{Item, Kind, Reading, has_role};

/// "Come if it swells, take the tablets": an order of its own behind a mark. Where an "or" comes behind it, the list of what
/// may happen goes on ("if you fall, take too many, or").
pub(super) fn is_sure_order(behind: &[Item]) -> bool {
    let is_order = behind.first().is_some_and(|i| i.kind == Kind::Words && has_role("sure-order", i.first()));
    is_order && !goes_on(behind)
}

/// Whether an "or" comes behind the first word.
fn goes_on(behind: &[Item]) -> bool {
    let mut rest = behind.iter().skip(1).take_while(|i| i.kind != Kind::End);
    rest.any(|i| i.class == Class::Conjunction && i.first() == "or")
}

/// "And after that ring your doctor", "and do not wait": what is to be done next.
pub(super) fn is_next(behind: &[Item]) -> bool {
    let is_order = |at: usize| is_sure_order(behind.get(at..).unwrap_or_default());
    let is_then = behind.first().is_some_and(|i| i.class.tag() == 0 && has_role("next", i.first()));
    let is_not = matches!(behind, [is_do, not, ..] if is_do.first() == "do" && not.class == Class::Negation);
    // "And take no more tablets".
    let is_none = matches!(behind, [take, no, ..] if take.first() == "take" && no.class == Class::Negation);
    is_then && is_order(1) || is_not && is_order(2) || is_none
}

/// "If it persists call us": an order right behind what may happen, and nobody in front who does it.
pub(super) fn is_bare_order(before: Option<&Item>, here: &[Item]) -> bool {
    let calls = here.first().is_some_and(|i| i.kind == Kind::Words && has_role("bare-order", i.first()));
    let is_free = before.is_some_and(|i| {
        i.is_content() && i.class.tag() == 0 && !matches!(i.class, Class::Must | Class::Negation | Class::Person)
    });
    calls && is_free && !goes_on(here)
}

/// "If you have pains, your waters are gone, or you bleed, call": one more of what may happen, as the list goes on behind it.
pub(super) fn is_listed(behind: &[Item]) -> bool {
    let end = behind.iter().position(|i| matches!(i.kind, Kind::Comma | Kind::End)).unwrap_or(behind.len());
    let (stretch, rest) = behind.split_at(end);
    let begins = stretch.first().is_some_and(|i| has_role("possessive", i.first()));
    let is_act = |i: &Item| {
        matches!(i.class, Class::Advice | Class::Doubt | Class::Medicine | Class::Must | Class::Person | Class::Test)
            || matches!(i.class, Class::Conjunction | Class::Negation)
    };
    let goes_on = matches!(rest, [mark, or, ..] if mark.kind == Kind::Comma && or.first() == "or");
    begins && goes_on && !stretch.iter().any(is_act)
}

/// All that is to be done is what only the care team does, and "we" do it: "refer to", "we refer you to".
pub(super) fn is_our_act(of: &Reading, said: &Reading) -> bool {
    let ours = |i: &Item| i.words.iter().any(|w| has_role("our-act", &w.stem));
    let is_order = |i: &Item| i.kind == Kind::Words && has_role("imperative", i.first());
    let is_over = |i: &Item| i.words.iter().any(|w| w.text.ends_with("ed"));
    let mut orders = of.items.iter().filter(|i| is_order(i)).peekable();
    let done = |i: &Item| i.words.iter().any(|w| w.text == "we") && ours(i) && !is_over(i);
    orders.peek().is_some()
        && orders.all(ours)
        && said.items.windows(2).any(|near| {
            matches!(near, [we, act] if we.first() == "we" && ours(act) && !is_over(act)) || near.iter().any(done)
        })
}

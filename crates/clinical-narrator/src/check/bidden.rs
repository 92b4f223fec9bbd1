//! Who is to do something, and under what condition, where a word says it only by where it stands: "is to come back",
//! "should pain return", "provided the wound is dry", "we suggested she start".

use super::class::Class;
use super::reading::{Item, Kind, has_role};

/// "To come back", "is to ring", "should attend": somebody is to do what stands behind.
pub(super) fn is_bidden(before: &[Item]) -> bool {
    let mut back = before.iter().rev();
    let Some(last) = back.next() else { return false };
    if last.class == Class::Must {
        let is_told = |word: &str| has_role("bids", word);
        let is_to = matches!(last.words.as_slice(), [be, to] if has_role("passive", &be.text) && to.text == "to");
        return is_to || last.words.iter().any(|w| is_told(&w.text));
    }
    // "Leaflet given, to come back", "mother to ring".
    let is_who = |i: &Item| {
        matches!(i.kind, Kind::Comma | Kind::End) || matches!(i.class, Class::Must | Class::Person | Class::Relative)
    };
    last.first() == "to" && last.words.len() == 1 && back.next().is_none_or(is_who)
}

/// "Provided [TEST 1] are normal", "return should pain worsen": a clause with a verb of its own, and nobody in front whose
/// verb the word could be.
pub(super) fn is_condition(before: &[Item], item: &Item, next: &[Item]) -> bool {
    let Some(first) = next.first() else { return false };
    let ahead = before.last();
    if item.first() == "should" {
        // "Should her symptoms return": whose they are stands in between.
        let whose = usize::from(first.is_quiet && has_role("possessive", first.first()));
        let Some(first) = next.get(whose) else { return false };
        let is_thing = first.class == Class::Problem || has_role("complaint", first.first());
        let is_free = ahead.is_none_or(|i| {
            i.kind != Kind::Words
                || matches!(i.class, Class::Advice | Class::Action | Class::Time)
                || has_role("before-should", i.first())
        });
        return is_thing && is_free;
    }
    let is_done_to = ahead.is_some_and(|i| {
        i.words.last().is_some_and(|w| has_role("passive", &w.text) || has_role("reader", &w.text) || w.text == "have")
    });
    let begins = matches!(first.kind, Kind::Hole(_))
        || has_role("subject", first.first())
        || has_role("possessive", first.first())
        || first.is_content() && first.kind == Kind::Words && first.class != Class::Conjunction;
    let clause = next.iter().take_while(|i| matches!(i.kind, Kind::Words | Kind::Hole(_)));
    let is_verb = |i: &Item| i.words.len() == 1 && has_role("present", i.first());
    let has_verb = first.first() == "that" || clause.skip(1).any(is_verb);
    item.words.len() == 1 && !is_done_to && begins && has_verb
}

/// "I have suggested she start [MEDICINE 1]": somebody of the care team does, and to the patient.
pub(super) fn is_suggested(before: &[Item], item: &Item, next: &[Item]) -> bool {
    let is_suggest = item.words.first().is_some_and(|w| w.stem == "suggest") && item.words.len() == 1;
    let speaks = |i: &Item| i.words.last().is_some_and(|w| w.text == "i" || has_role("agent-we", &w.text));
    let mut back = before.iter().rev().skip_while(|i| i.is_quiet && has_role("helper", i.first()));
    let acts = next.iter().skip_while(|i| i.first() == "that" || has_role("article", i.first()));
    let mut acts = acts.skip_while(|i| i.words.len() == 1 && has_role("reader", i.first()));
    let is_had = acts.next().is_none_or(|i| has_role("present", i.first()) || has_role("past", i.first()));
    let is_him = next.iter().take(2).any(|i| i.words.len() == 1 && has_role("reader", i.first()));
    is_suggest && back.next().is_some_and(speaks) && is_him && !is_had
}

/// "Speak to the pharmacist about it, and go to the clinic when": behind the mark a second order of a sentence of orders.
pub(super) fn bids_on(before: &[Item]) -> bool {
    let [front @ .., mark, and] = before else { return false };
    let begins = front.iter().rposition(|i| i.kind == Kind::End).map_or(0, |end| end + 1);
    let is_order =
        |i: &Item| i.class == Class::Advice || has_role("imperative", i.first()) || has_role("seek", i.first());
    mark.kind == Kind::Comma && and.first() == "and" && front.get(begins).is_some_and(is_order)
}

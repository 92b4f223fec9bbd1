//! Words that could be orders and are none: "telephone review", "change of cast", "lower back".

use super::class::Class;
use super::reading::{Item, Kind, has_role};

/// What "of" stands behind is a noun, but for a few verbs ("dispose of").
pub(super) fn is_noun(items: &[Item], at: usize) -> bool {
    let is_of = items.get(at + 1).is_some_and(|i| i.kind == Kind::Words && i.words.len() == 1 && i.first() == "of");
    // "Repeat [NUMBER 2]": what the test showed when it was done again.
    let is_value = items.get(at + 1).is_some_and(|i| matches!(i.kind, Kind::Hole(_)) && i.class == Class::Number);
    if is_value && items.get(at).is_some_and(|i| i.words.len() == 1 && i.first() == "repeat") {
        return true;
    }
    // "A clean base": what an ulcer has.
    let is_edge = items.get(at + 1).is_some_and(|i| i.words.len() == 1 && has_role("wound-part", i.first()));
    if is_edge && items.get(at).is_some_and(|i| i.words.len() == 1 && i.first() == "clean") {
        return true;
    }
    // "Measuring [NUMBER 1], clean, with no odour": how something is.
    let is_last = items.get(at + 1).is_none_or(|i| {
        matches!(i.kind, Kind::Comma | Kind::End) || i.class == Class::Conjunction || i.first() == "with"
    });
    if is_last && items.get(at).is_some_and(|i| i.words.len() == 1 && has_role("state-too", i.first())) {
        return true;
    }
    // "Sleep study", "telephone review".
    let is_head = items.get(at + 1).is_some_and(|i| i.kind == Kind::Words && has_role("noun-head", i.first()));
    let is_test = |i: &Item| i.class == Class::Test && i.words.len() > 1;
    if is_head && items.get(at).is_some_and(|i| i.words.len() == 1) || items.get(at).is_some_and(is_test) {
        return true;
    }
    // "Telephone advice given".
    let is_called = items.get(at + 1).is_some_and(|i| {
        matches!(i.kind, Kind::Hole(_)) || has_role("article", i.first()) || matches!(i.first(), "our" | "us" | "your")
    });
    if !is_called && items.get(at).is_some_and(|i| i.words.len() == 1 && i.first() == "telephone") {
        return true;
    }
    // "Return precautions", "contact dermatitis": names.
    let is_precaution = |i: &Item| i.words.last().is_some_and(|w| w.text == "precautions");
    let is_contact = |i: &Item| i.class == Class::Problem && i.words.len() > 1 && i.first() == "contact";
    if items.get(at).is_some_and(|i| is_precaution(i) || is_contact(i)) {
        return true;
    }
    // "Contact lenses".
    let is_lens = items.get(at + 1).is_some_and(|i| has_role("after-contact", i.first()));
    if is_lens && items.get(at).is_some_and(|i| i.words.len() == 1 && i.first() == "contact") {
        return true;
    }
    is_of && items.get(at).is_some_and(|i| i.words.len() == 1 && has_role("noun-too", i.first()))
}

/// The second of two verbs of one helper: "cannot eat and drink" orders nobody to drink.
pub(super) fn is_second(items: &[Item], at: usize) -> bool {
    let Some([helper, verb, joint]) = at.checked_sub(3).and_then(|from| items.get(from..at)) else { return false };
    let is_helper = helper.words.iter().any(|w| matches!(w.text.as_str(), "can" | "could"));
    is_helper && verb.class == Class::Action && verb.kind == Kind::Words && joint.class == Class::Conjunction
}

pub(super) fn is_lower(items: &[Item], at: usize) -> bool {
    let next = items.get(at + 1);
    let is_thing = next.is_some_and(|i| i.class == Class::Medicine || has_role("article", i.first()));
    is_thing && items.get(at).is_some_and(|i| i.words.len() == 1 && i.first() == "lower")
}

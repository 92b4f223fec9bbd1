//! Care that somebody has for something: "admitted for pneumonia" is "admitted because of pneumonia".

use super::class::Class;
use super::company::is_same;
use super::reading::{Item, Kind, Reading, has_role};

/// Whether the sentence says what care was for, and the rewording gives just that as its reason.
pub(super) fn is_same_reason(of: &Reading, said: &Reading) -> bool {
    let is_because = |item: &Item| item.class == Class::Because;
    if of.items.iter().any(is_because) {
        return false;
    }
    let reasons: Vec<usize> = places(said, is_because);
    let purposes: Vec<usize> = places(of, |item| item.first() == "for" && item.is_quiet);
    let named = |reading: &Reading, at: usize| -> Option<Item> {
        let behind = reading.items.get(at + 1..).unwrap_or_default();
        let stretch = behind.iter().take_while(|i| i.kind == Kind::Words);
        stretch.filter(|i| i.is_content()).find(|i| i.class == Class::Problem).cloned()
    };
    let is_met = |at: &usize| {
        let Some(reason) = named(said, *at).filter(|_| is_care(said, *at)) else { return false };
        let fits = |place: &usize| is_care(of, *place) && named(of, *place).is_some_and(|i| is_same(&i, &reason));
        purposes.iter().any(fits)
    };
    !reasons.is_empty() && reasons.iter().all(is_met)
}

fn places(reading: &Reading, is_it: impl Fn(&Item) -> bool) -> Vec<usize> {
    reading.items.iter().enumerate().filter(|(_, item)| is_it(item)).map(|(at, _)| at).collect()
}

/// Whether the clause in front of a place begins with an act of care, and names no finding.
fn is_care(reading: &Reading, at: usize) -> bool {
    let before = reading.items.get(..at).unwrap_or_default().iter().rev();
    let clause: Vec<&Item> = before
        .take_while(|i| {
            !matches!(i.kind, Kind::Comma | Kind::End) && i.class != Class::Conjunction && i.class != Class::But
        })
        .collect();
    let is_act = |i: &&Item| i.words.iter().any(|w| has_role("care", &w.text));
    clause.iter().any(is_act) && !clause.iter().any(|i| i.class == Class::Problem || i.class == Class::Negation)
}

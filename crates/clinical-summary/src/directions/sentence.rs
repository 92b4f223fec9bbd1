//! The sentence of one step.

use super::amount::{Amount, Unit};
use super::number::Decimal;
use super::structure::Structure;
use crate::{Fact, Line};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::{Concept, Dosage};

/// Adds words after a space.
fn add<'a>(line: &mut Line<'a>, part: Line<'a>) {
    if !part.is_empty() {
        line.push_words(" ");
        line.append(part);
    }
}

/// "Take 2 tablets by mouth": what to do, without when. And whether its number has no unit.
fn action<'a>(structure: &Structure<'a>, lexicon: &Lexicon) -> (Line<'a>, bool) {
    let verbs = &lexicon.dosing().verbs;
    let way = &structure.way;
    let alone = if structure.is_swallowed(lexicon) && way.own.is_none() { &verbs.swallowed } else { &verbs.other };
    let mut line = Line::words(way.before.as_ref().unwrap_or(alone).clone());
    // "Put it on the skin" where the record says "1" of nothing.
    let one = |a: &Amount<'_>| a.unit == Unit::None && (a.low, a.high) == (Decimal::ONE, Decimal::ONE);
    let amount = structure.amount.as_ref().filter(|a| !(way.amount_may_be_unsaid && one(a)));
    match amount {
        Some(amount) => add(&mut line, amount.line.clone()),
        None => add(&mut line, Line::say(lexicon, Message::DoseIt, &[])),
    }
    if !way.after.is_empty() {
        add(&mut line, Line::words(way.after.clone()));
    }
    if amount.is_some_and(|a| a.unit == Unit::None) {
        add(&mut line, Line::say(lexicon, Message::DoseEachTime, &[]));
    }
    if let Some(own) = &way.own {
        add(&mut line, Line::say(lexicon, Message::DoseWay, &[("way", Line::fact(own.clone()))]));
    }
    for part in [&structure.when.over_line, &structure.rate].into_iter().flatten() {
        add(&mut line, part.clone());
    }
    (line, amount.is_some_and(|a| a.unit == Unit::None))
}

/// When, how many times in all, and for how long, with commas.
fn due<'a>(structure: &Structure<'a>) -> Line<'a> {
    let when = &structure.when;
    let mut line = when.often_line.clone();
    for part in [&when.count_line, &when.bounds_line].into_iter().flatten() {
        if !line.is_empty() {
            line.push_words(", ");
        }
        line.append(part.clone());
    }
    line
}

/// The whole of a structure in plain words. `ends_open`: another step follows and nothing says when this one ends.
pub(super) fn say<'a>(structure: &Structure<'a>, as_needed: bool, ends_open: bool, lexicon: &Lexicon) -> Line<'a> {
    let when = &structure.when;
    let (mut line, bare) = action(structure, lexicon);
    let due = due(structure);
    if as_needed {
        add(
            &mut line,
            match &structure.reason {
                Some(r) => Line::say(lexicon, Message::DoseAsNeededFor, &[("reason", Line::fact(r.clone()))]),
                None => Line::say(lexicon, Message::DoseAsNeeded, &[]),
            },
        );
        line.push_words(".");
        if !due.is_empty() {
            add(&mut line, Line::say(lexicon, Message::DoseCanUse, &[("often", due)]));
        }
    } else {
        if !due.is_empty() {
            line.push_words(if bare { ", " } else { " " });
            line.append(due);
        }
        line.push_words(".");
    }
    for maximum in &structure.maxima {
        add(&mut line, maximum.clone());
    }
    if let Some(site) = &structure.site {
        let mut place = Line::fact(site.clone());
        if let Some(words) = clinical_lexicon::expansion(site.of.text()) {
            place.push_words(format!(" ({words})"));
        }
        add(&mut line, Line::say(lexicon, Message::DoseSite, &[("site", place)]));
    }
    if structure.amount.is_none() && structure.rate.is_none() && !structure.way.amount_may_be_unsaid {
        add(&mut line, Line::say(lexicon, Message::DoseAmountUnsaid, &[]));
    }
    if !when.is_said() && !as_needed && structure.rate.is_none() {
        add(&mut line, Line::say(lexicon, Message::DoseOftenUnsaid, &[]));
    }
    if ends_open && when.bounds_line.is_none() && when.count_line.is_none() {
        add(&mut line, Line::say(lexicon, Message::DoseLongUnsaid, &[]));
    }
    line
}

/// What could be read of a step that was not understood and has no text: its doses and ways as they stand, and whom
/// to ask.
pub(super) fn unread<'a>(dosage: &Dosage<'a>, dose: &[Fact<'a>], lexicon: &Lexicon) -> Line<'a> {
    let mut line = Line::default();
    let mut sentence = |message, slot, fact: Line<'a>| {
        if !fact.is_empty() {
            if !line.is_empty() {
                line.push_words(" ");
            }
            line.append(Line::say(lexicon, message, &[(slot, fact)]));
        }
    };
    let mut amount = Line::default();
    for fact in dose {
        if !amount.is_empty() {
            amount.push_words(" ");
        }
        amount.push_fact(fact.clone());
    }
    sentence(Message::DoseReadAmount, "amount", amount);
    let named = |c: &Option<Concept<'a>>| {
        c.as_ref().and_then(|c| c.name()).map_or_else(Line::default, |n| Line::fact(Fact::exact(n)))
    };
    sentence(Message::DoseReadWay, "way", named(&dosage.route));
    let code = dosage.timing.as_ref().map_or_else(Line::default, |t| named(&t.code));
    sentence(Message::DoseReadOften, "often", code);
    if !line.is_empty() {
        line.push_words(" ");
    }
    line.append(Line::say(lexicon, Message::DoseUnread, &[]));
    line
}

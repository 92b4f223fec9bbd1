//! Coded schedules (BID, TID, Q6H), read only where the record gives no structured repeat.

use super::number::Decimal;
use super::often::Often;
use super::schedule;
use super::timing::When;
use crate::{Fact, Line};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::Concept;

/// Reads a coded schedule. `None` where the lexicon does not know it, or where its codes say different things.
pub(super) fn read<'a>(code: &Concept<'a>, when: &mut When<'a>, lexicon: &Lexicon) -> Option<()> {
    let dosing = lexicon.dosing();
    let named = code.codings.iter().filter_map(|c| c.code.as_ref()).chain(code.wordings());
    let mut found = named.filter_map(|name| {
        let key = name.text().trim().to_uppercase();
        dosing.codes.get(&key).map(|words| (words, name))
    });
    let (words, name) = found.next()?;
    if found.any(|(other, _)| other != words) {
        return None;
    }
    let unit = dosing.periods.get(&words.unit)?;
    when.often = Some(Often::each(Decimal::whole(words.times), Decimal::whole(words.period), &words.unit));
    when.events.extend(words.event.clone());
    let slots = [("words", Line::words(words.words.clone())), ("code", Line::fact(Fact::exact(name)))];
    let line = Line::say(lexicon, Message::DoseCoded, &slots);
    // A code that is rarer than daily says so as loudly as a structure does.
    let longer = unit.seconds.is_none_or(|s| s.saturating_mul(u64::from(words.period)) > 86_400);
    when.not_daily = longer;
    when.often_line = if longer { Line::say(lexicon, Message::DoseNotDaily, &[("often", line)]) } else { line };
    if words.unit == "d" && words.period == 1 {
        when.a_day = usize::try_from(words.times).ok().filter(|_| words.event.is_none());
        when.columns = match &words.event {
            Some(_) => schedule::columns(when, None, lexicon),
            None => schedule::of_count(usize::try_from(words.times).ok()?),
        };
    }
    Some(())
}

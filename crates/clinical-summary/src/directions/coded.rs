//! Coded schedules (BID, TID, Q6H), read only where the record gives no structured repeat.

use super::number::Decimal;
use super::often::Often;
use super::schedule;
use super::timing::When;
use super::written;
use crate::{Fact, Line};
use clinical_lexicon::{CodeWords, DosingWords, Lexicon, Message};
use clinical_model::{Concept, Verbatim};

/// The words of a coded schedule, and the name it has in the record: a code, or a phrase of a text ("every other day").
/// `None` where the lexicon does not know it, or where its names say different things.
fn named<'v, 'a, 'l>(code: &'v Concept<'a>, dosing: &'l DosingWords) -> Option<(&'l CodeWords, &'v Verbatim<'a>)> {
    let names = code.codings.iter().filter_map(|c| c.code.as_ref()).chain(code.wordings());
    let mut found = names.filter_map(|name| {
        let key = written::plain(name.text()).to_uppercase();
        let phrase = || dosing.codes.get(dosing.text.schedules.get(&written::plain(name.text()))?);
        dosing.codes.get(&key).or_else(phrase).map(|words| (words, name))
    });
    let (words, name) = found.next()?;
    let agree = found.all(|(other, _)| other == words);
    agree.then_some((words, name))
}

/// "twice a day (bid)"; what is a phrase already needs no brackets.
fn line<'a>(words: &CodeWords, name: &Verbatim<'a>, lexicon: &Lexicon) -> Line<'a> {
    let plain = Line::words(words.words.clone());
    if name.text().trim().contains(char::is_whitespace) {
        return plain;
    }
    Line::say(lexicon, Message::DoseCoded, &[("words", plain), ("code", Line::fact(Fact::exact(name)))])
}

/// A coded schedule that says how often and names no event, for standing beside events or days.
pub(super) fn frequency<'a>(code: &Concept<'a>, lexicon: &Lexicon) -> Option<(Line<'a>, Often)> {
    let (words, name) = named(code, lexicon.dosing()).filter(|(words, _)| words.event.is_none())?;
    let often = Often::each(Decimal::whole(words.times), Decimal::whole(words.period), &words.unit);
    Some((line(words, name, lexicon), often))
}

/// Reads a coded schedule.
pub(super) fn read<'a>(code: &Concept<'a>, when: &mut When<'a>, lexicon: &Lexicon) -> Option<()> {
    let dosing = lexicon.dosing();
    let (words, name) = named(code, dosing)?;
    let unit = dosing.periods.get(&words.unit)?;
    when.often = Some(Often::each(Decimal::whole(words.times), Decimal::whole(words.period), &words.unit));
    when.events.extend(words.event.clone());
    let line = line(words, name, lexicon);
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

//! How often: the frequency and the period of a timing.

use super::amount::{period_code, periods};
use super::number::Decimal;
use super::written;
use crate::{Fact, Line, View};
use clinical_lexicon::{DosingWords, Lexicon, Message};
use clinical_model::{Timing, Verbatim};

/// How often, in numbers: from `low` to `high` times each `period_low` to `period_high` units.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Often {
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) period_low: Decimal,
    pub(super) period_high: Decimal,
    /// UCUM code of the period.
    pub(super) unit: String,
}

impl Often {
    /// So many times each so many units.
    pub(super) fn each(times: Decimal, period: Decimal, unit: &str) -> Self {
        Self { low: times, high: times, period_low: period, period_high: period, unit: unit.to_owned() }
    }

    /// So many times a day.
    pub(super) fn a_day(times: usize) -> Self {
        Self::each(Decimal::whole(u32::try_from(times).unwrap_or(u32::MAX)), Decimal::ONE, "d")
    }

    /// "Every 24 hours", which is how C-CDA writes once a day.
    pub(super) fn is_each_24_hours(&self) -> bool {
        let day = Decimal::whole(24);
        let once = (self.low, self.high) == (Decimal::ONE, Decimal::ONE);
        once && self.unit == "h" && (self.period_low, self.period_high) == (day, day)
    }

    /// Seconds of one unit; months and years as they are on average, which is only good for telling them from days.
    pub(super) fn seconds(&self, lexicon: &Lexicon) -> u128 {
        let known = lexicon.dosing().periods.get(&self.unit).and_then(|p| p.seconds);
        u128::from(known.unwrap_or(if self.unit == "mo" { 2_629_746 } else { 31_556_952 }))
    }
}

/// The number as it stands in a sentence.
pub(super) fn shown<'a>(value: &Verbatim<'a>) -> Line<'a> {
    Line::fact(Fact::viewed(View::Number, value))
}

/// A number above nothing, in digits or in words.
pub(super) fn positive(value: Option<&Verbatim<'_>>, dosing: &DosingWords) -> Option<Option<Decimal>> {
    let read = |text: &str| written::number(text, dosing).or_else(|| written::count(text, dosing));
    match value {
        None => Some(None),
        Some(v) => read(v.text()).filter(|n| !n.is_zero()).map(Some),
    }
}

/// A whole number above nothing.
pub(super) fn whole(value: Option<&Verbatim<'_>>, dosing: &DosingWords) -> Option<Option<Decimal>> {
    positive(value, dosing).filter(|n| n.is_none_or(Decimal::is_whole))
}

/// The numbers of a value that may have a maximum: "1" or "1 to 2". The maximum without the value is not read.
pub(super) fn numbers<'a>(
    low: Option<&Verbatim<'a>>,
    high: Option<&Verbatim<'a>>,
    lexicon: &Lexicon,
) -> Option<Option<(Line<'a>, Decimal, Decimal)>> {
    let dosing = lexicon.dosing();
    match (low, high, positive(low, dosing)?, positive(high, dosing)?) {
        (None, None, ..) => Some(None),
        (Some(v), None, Some(n), _) => Some(Some((shown(v), n, n))),
        (Some(v), Some(_), Some(n), Some(m)) if n == m => Some(Some((shown(v), n, n))),
        (Some(v), Some(w), Some(n), Some(m)) if n < m => {
            Some(Some((Line::say(lexicon, Message::DoseRange, &[("low", shown(v)), ("high", shown(w))]), n, m)))
        }
        _ => None,
    }
}

/// "2 times a day", "every 4 to 6 hours", with its numbers.
pub(super) fn frequency<'a>(timing: &Timing<'a>, lexicon: &Lexicon) -> Option<Option<(Line<'a>, Often)>> {
    let dosing = lexicon.dosing();
    whole(timing.frequency.as_ref(), dosing)?;
    whole(timing.frequency_max.as_ref(), dosing)?;
    let times = numbers(timing.frequency.as_ref(), timing.frequency_max.as_ref(), lexicon)?;
    let period = numbers(timing.period.as_ref(), timing.period_max.as_ref(), lexicon)?;
    let written = timing.period_unit.as_ref().map(|u| (u, dosing.periods.contains_key(u.text())));
    let (length, low, high) = match (period, written) {
        (None, None) => return Some(None),
        (Some(p), Some(_)) => p,
        // "a day", "daily": a unit in words is one of it. A bare code of a unit is a structure with a hole.
        (None, Some((_, false))) => (Line::default(), Decimal::ONE, Decimal::ONE),
        _ => return None,
    };
    let unit = timing.period_unit.as_ref()?.text();
    let code = period_code(unit, dosing).or_else(|| written::adverb(unit, dosing))?;
    let (code, words) = dosing.periods.get_key_value(code)?;
    let one_period = (low, high) == (Decimal::ONE, Decimal::ONE);
    let period = if one_period { Line::words(words.one.clone()) } else { periods(length, high, code, dosing)? };
    // FHIR R4 Timing.repeat.frequency: "if no frequency is stated, the event occurs once per period".
    let (count, from, to) = times.map_or((None, Decimal::ONE, Decimal::ONE), |(l, a, b)| (Some(l), a, b));
    let often = Often { low: from, high: to, period_low: low, period_high: high, unit: code.clone() };
    let once = (from, to) == (Decimal::ONE, Decimal::ONE);
    let interval = matches!(code.as_str(), "s" | "min" | "h");
    // "twice" holds the word "times" already; "one time a day" is every day.
    let counted =
        timing.frequency.as_ref().map(|v| written::plain(v.text())).filter(|w| dosing.text.counts.contains_key(w));
    let one = once && counted.is_none() && timing.frequency.as_ref().is_some_and(|v| v.text() == "one");
    let line = match count.filter(|_| !one && (!once || (one_period && !interval))) {
        None => Line::say(lexicon, Message::DoseEvery, &[("period", period)]),
        Some(count) => {
            let times = match counted {
                Some(word) => Line::words(word),
                None => Line::say(lexicon, Message::DoseTimes, &[("times", count)]),
            };
            if one_period {
                let each = Line::words(words.each.clone());
                Line::say(lexicon, Message::DoseTimesIn, &[("times", times), ("each", each)])
            } else {
                Line::say(lexicon, Message::DoseTimesEvery, &[("times", times), ("period", period)])
            }
        }
    };
    Some(Some((line, often)))
}

/// Whether a schedule is rarer than daily. `None` where it has more doses than days in a longer period: nobody can
/// tell what is meant by ten times a week.
pub(super) fn rare(often: &Often, lexicon: &Lexicon) -> Option<bool> {
    const DAY: u128 = 86_400;
    let length = often.period_low.millionths() * often.seconds(lexicon);
    let days = length / (DAY * Decimal::ONE.millionths());
    if days < 2 {
        return Some(false);
    }
    (often.high.millionths() < days * Decimal::ONE.millionths()).then_some(true)
}

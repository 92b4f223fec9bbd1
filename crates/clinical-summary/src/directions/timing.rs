//! When a dose is due: how often, at which events, on which days, for how long. All of it is understood, or none.

use super::amount::{period_code, periods, time, time_range};
use super::coded;
use super::number::Decimal;
use super::often::{Often, frequency, numbers, positive, rare, shown, whole};
use super::schedule::{self, Columns};
use super::written;
use crate::{Fact, Line, View};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::{Bounds, Moment, Period, Precision, Timing, Verbatim};

/// A timing that was understood.
#[derive(Clone, Debug, Default)]
pub(super) struct When<'a> {
    /// How often and when, for a sentence. Empty where the record does not say.
    pub(super) often_line: Line<'a>,
    /// How many times in all.
    pub(super) count_line: Option<Line<'a>>,
    /// How long the step lasts.
    pub(super) bounds_line: Option<Line<'a>>,
    /// How long one dose takes.
    pub(super) over_line: Option<Line<'a>>,
    /// How often, for comparing.
    pub(super) often: Option<Often>,
    /// Event codes.
    pub(super) events: Vec<String>,
    /// Minutes before or after the event.
    pub(super) offset: Option<Decimal>,
    /// Days of the week.
    pub(super) days: Vec<String>,
    /// Columns of the clock times.
    pub(super) clock: Vec<Option<usize>>,
    /// One dose and no more.
    pub(super) single: bool,
    /// The step's length, for comparing.
    pub(super) lasts: Option<(Decimal, String)>,
    /// The length of one dose, for comparing.
    pub(super) takes: Option<(Decimal, String)>,
    /// The first and the last day of the step.
    pub(super) first_day: Option<Moment>,
    /// See `first_day`.
    pub(super) last_day: Option<Moment>,
    /// So many doses each day, where the timing says that and nothing of when.
    pub(super) a_day: Option<usize>,
    /// Rarer than daily, and the sentence says so.
    pub(super) not_daily: bool,
    /// The columns of the four times of day, where they follow.
    pub(super) columns: Option<Columns>,
}

impl When<'_> {
    /// Whether it says anything of when or how often.
    pub(super) fn is_said(&self) -> bool {
        !self.often_line.is_empty() || self.count_line.is_some()
    }
}

/// A list with commas and "and".
pub(super) fn list<'a>(items: Vec<Line<'a>>, lexicon: &Lexicon) -> Line<'a> {
    let mut items = items.into_iter();
    let Some(mut last) = items.next_back() else {
        return Line::default();
    };
    let mut first = Line::default();
    for item in items {
        if !first.is_empty() {
            first.push_words(", ");
        }
        first.append(item);
    }
    if !first.is_empty() {
        last = Line::say(lexicon, Message::DoseAnd, &[("first", first), ("last", last)]);
    }
    last
}

/// How long the step lasts.
fn bounds<'a>(bounds: &Bounds<'a>, when: &mut When<'a>, lexicon: &Lexicon) -> Option<()> {
    when.bounds_line = match bounds {
        Bounds::Duration(q) => {
            let (line, value, unit) = time(q, lexicon)?;
            when.lasts = Some((value, unit));
            Some(Line::say(lexicon, Message::DoseFor, &[("time", line)]))
        }
        Bounds::Range(r) => Some(Line::say(lexicon, Message::DoseFor, &[("time", time_range(r, lexicon)?)])),
        Bounds::Period(Period { start, end }) => {
            let date = |v: &Verbatim<'a>| Moment::parse(v.text()).map(|_| Line::fact(Fact::viewed(View::Date, v)));
            let day =
                |v: &Option<Verbatim<'a>>| Moment::parse(v.as_ref()?.text()).filter(|m| m.precision >= Precision::Day);
            (when.first_day, when.last_day) = (day(start), day(end));
            match (start, end) {
                (None, None) => None,
                (Some(s), None) => Some(Line::say(lexicon, Message::DoseFrom, &[("start", date(s)?)])),
                (None, Some(e)) => Some(Line::say(lexicon, Message::DoseUntil, &[("end", date(e)?)])),
                (Some(s), Some(e)) => {
                    Some(Line::say(lexicon, Message::DoseFromTo, &[("start", date(s)?), ("end", date(e)?)]))
                }
            }
        }
    };
    Some(())
}

/// "in the morning and in the evening", "30 minutes before breakfast".
fn events<'a>(timing: &Timing<'a>, when: &mut When<'a>, lexicon: &Lexicon) -> Option<Vec<Line<'a>>> {
    let dosing = lexicon.dosing();
    when.offset = whole(timing.offset.as_ref(), dosing)?;
    if when.offset.is_some() && timing.when.is_empty() {
        return None;
    }
    let mut lines = Vec::new();
    for code in &timing.when {
        let code = written::event(code.text(), dosing)?;
        let words = dosing.events.get(code)?;
        if when.events.iter().any(|e| e == code) {
            return None;
        }
        when.events.push(code.to_owned());
        lines.push(match &timing.offset {
            None => Line::words(words.words.clone()),
            Some(minutes) => {
                let event = Line::words(words.minutes.clone()?);
                Line::say(lexicon, Message::DoseMinutes, &[("minutes", shown(minutes)), ("event", event)])
            }
        });
    }
    // Two events in one column ("in the morning", "with breakfast") may be one dose or two.
    let columns: Vec<_> = when.events.iter().filter_map(|c| dosing.events.get(c)?.column).collect();
    let twice = columns.iter().enumerate().any(|(i, c)| columns.iter().skip(i + 1).any(|d| d == c));
    let repeating = when.events.iter().filter(|c| dosing.events.get(*c).is_some_and(|e| e.repeats)).count();
    // "before meals and at bedtime": one that repeats, and one that no meal is.
    let apart = when
        .events
        .iter()
        .all(|c| matches!(c.as_str(), "HS" | "NIGHT") || dosing.events.get(c).is_some_and(|e| e.repeats));
    (!twice && (repeating == 0 || when.events.len() == 1 || repeating == 1 && apart)).then_some(lines)
}

/// One moment: "on March 1, 2026 at 10:00 PM".
fn moment<'a>(event: &Verbatim<'a>, lexicon: &Lexicon) -> Option<Line<'a>> {
    let date = Line::fact(Fact::viewed(View::Date, event));
    match Moment::parse(event.text())?.precision {
        Precision::Time => {
            let time = Line::fact(Fact::viewed(View::Clock, event));
            Some(Line::say(lexicon, Message::DoseAtMoment, &[("date", date), ("time", time)]))
        }
        Precision::Day => Some(Line::say(lexicon, Message::DoseOn, &[("days", date)])),
        Precision::Year | Precision::Month => None,
    }
}

/// Reads a timing. `None` where any part of it is not understood.
pub(super) fn read<'a>(timing: &Timing<'a>, lexicon: &Lexicon) -> Option<When<'a>> {
    let dosing = lexicon.dosing();
    if timing.not_understood {
        return None;
    }
    let mut when = When::default();
    if let Some(b) = &timing.bounds {
        bounds(b, &mut when, lexicon)?;
    }
    match (&timing.duration, &timing.duration_unit) {
        (None, None) => {}
        (Some(value), Some(unit)) => {
            let (number, code) = (positive(Some(value), dosing)??, period_code(unit.text(), dosing)?);
            let time = periods(shown(value), number, code, dosing)?;
            when.over_line = Some(Line::say(lexicon, Message::DoseOver, &[("time", time)]));
            when.takes = Some((number, code.to_owned()));
        }
        _ => return None,
    }
    whole(timing.count.as_ref(), dosing)?;
    whole(timing.count_max.as_ref(), dosing)?;
    if let Some((line, low, high)) = numbers(timing.count.as_ref(), timing.count_max.as_ref(), lexicon)? {
        when.single = (low, high) == (Decimal::ONE, Decimal::ONE);
        let message = if when.single { Message::DoseOnce } else { Message::DoseCount };
        when.count_line = Some(Line::say(lexicon, message, &[("times", line)]));
    }
    let frequency = frequency(timing, lexicon)?;
    let event_lines = events(timing, &mut when, lexicon)?;
    for day in &timing.day_of_week {
        let day = written::day(day.text(), dosing)?;
        if !when.days.iter().any(|d| d == day) {
            when.days.push(day.to_owned());
        }
    }
    when.clock = timing.time_of_day.iter().map(|t| schedule::clock_column(t.text())).collect::<Option<_>>()?;
    let structured = frequency.is_some()
        || timing.frequency.is_some()
        || !(when.events.is_empty() && when.days.is_empty() && when.clock.is_empty());
    if !timing.events.is_empty() {
        // Exact moments beside a repeat, or a long list of them, are not a sentence.
        if structured || timing.events.len() > 6 {
            return None;
        }
        let moments = timing.events.iter().map(|e| moment(e, lexicon)).collect::<Option<Vec<_>>>()?;
        when.often_line = list(moments, lexicon);
    } else if structured {
        // A code beside events or days ("bid, with meals") says how often, where nothing else does.
        let coded = timing.code.as_ref().filter(|_| frequency.is_none() && timing.frequency.is_none());
        let coded = coded.and_then(|code| coded::frequency(code, lexicon));
        let mut whole = when.clone();
        let fits = coded.is_some_and(|c| repeat(timing, Some(c), event_lines.clone(), &mut whole, lexicon).is_some());
        if fits {
            when = whole;
        } else {
            repeat(timing, frequency, event_lines, &mut when, lexicon)?;
        }
    } else if let Some(code) = &timing.code {
        coded::read(code, &mut when, lexicon)?;
    }
    if when.count_line.is_some() {
        // A grid knows no "ten times in all".
        when.columns = None;
    }
    Some(when)
}

/// Puts frequency, events, clock times and days together.
fn repeat<'a>(
    timing: &Timing<'a>,
    frequency: Option<(Line<'a>, Often)>,
    events: Vec<Line<'a>>,
    when: &mut When<'a>,
    lexicon: &Lexicon,
) -> Option<()> {
    let dosing = lexicon.dosing();
    let clock =
        timing.time_of_day.iter().map(|t| Line::say(lexicon, Message::DoseAt, &[("time", Line::fact(Fact::exact(t)))]));
    // FHIR R4 Timing, tim-10: clock times and events do not stand together.
    let points: Vec<Line<'a>> = match (events.is_empty(), when.clock.is_empty()) {
        (false, false) => return None,
        (false, true) => events,
        _ => clock.collect(),
    };
    let repeats = when.events.iter().any(|c| dosing.events.get(c).is_some_and(|e| e.repeats));
    let daily = frequency.as_ref().is_none_or(|(_, o)| {
        *o == Often { low: o.low, high: o.high, ..Often::a_day(1) } || when.days.is_empty() && o.is_each_24_hours()
    });
    let bare_times = if frequency.is_none() { positive(timing.frequency.as_ref(), dosing)? } else { None };
    let per_day = frequency.as_ref().filter(|_| daily).map(|(_, o)| (o.low, o.high));
    let stated = per_day.or(bare_times.map(|n| (n, n)));
    if bare_times.is_some() && timing.frequency_max.is_some() {
        return None;
    }
    if !points.is_empty() && !repeats {
        // As many events as doses, else nobody can tell which dose is when. A weekly dose has one event.
        let n = Decimal::whole(u32::try_from(points.len()).ok()?);
        let fits = match (&frequency, stated) {
            (_, Some((low, high))) => low == n && high == n,
            (Some((_, o)), None) => {
                points.len() == 1 && rare(o, lexicon)? && (!when.days.is_empty() || o.high == Decimal::ONE)
            }
            (None, None) => true,
        };
        if !fits {
            return None;
        }
    } else if bare_times.is_some() {
        // So many times, of no period.
        return None;
    }
    let mut not_daily = false;
    if let Some((_, often)) = &frequency {
        not_daily = rare(often, lexicon)?;
    }
    if !when.days.is_empty() {
        days_fit(frequency.as_ref().map(|(_, o)| o), daily, when)?;
        not_daily = when.days.len() < 7;
    }
    when.columns =
        if not_daily || !when.days.is_empty() || !daily { None } else { schedule::columns(when, stated, lexicon) };
    when.not_daily = not_daily;
    let untimed = points.is_empty() && when.days.is_empty() && daily;
    when.a_day = stated.filter(|(low, high)| untimed && low == high).and_then(|(n, _)| n.as_whole());
    when.often = implied(frequency.as_ref().map(|(_, o)| o), points.len(), repeats, when);
    let days = when.days.iter().filter_map(|d| dosing.days.get(d)).map(|d| Line::words(d.clone())).collect();
    let days = Some(list(days, lexicon))
        .filter(|d| !d.is_empty())
        .map(|d| Line::say(lexicon, Message::DoseOn, &[("days", d)]));
    // "in the morning and in the evening" already says twice a day; "with meals" does not say how often; "on Monday"
    // needs no "1 time a day".
    let on_days = !when.days.is_empty() && stated == Some((Decimal::ONE, Decimal::ONE));
    let frequency = frequency.filter(|_| points.len() < 2 && !on_days && !(when.single && daily)).map(|(line, _)| line);
    let points = Some(list(points, lexicon)).filter(|p| !p.is_empty());
    let mut line = Line::default();
    for part in [frequency, points, days].into_iter().flatten() {
        if !line.is_empty() {
            line.push_words(", ");
        }
        line.append(part);
    }
    when.often_line = if not_daily && !line.is_empty() {
        Line::say(lexicon, Message::DoseNotDaily, &[("often", line)])
    } else {
        line
    };
    Some(())
}

/// Days of the week go with a daily schedule (on these days) or with one dose a day of a week, never with others.
fn days_fit(often: Option<&Often>, daily: bool, when: &When<'_>) -> Option<()> {
    let Some(often) = often else { return Some(()) };
    let weekly = often.unit == "wk" && often.period_low == often.period_high;
    let n = Decimal::whole(u32::try_from(when.days.len()).ok()?);
    (daily || (weekly && (often.low, often.high) == (n, n))).then_some(())
}

/// How often a timing means, for comparing with a text.
fn implied(often: Option<&Often>, points: usize, repeats: bool, when: &When<'_>) -> Option<Often> {
    let a_day = match often {
        Some(o) if o.unit != "d" || when.days.is_empty() => return Some(o.clone()),
        Some(o) => o.low.as_whole()?,
        None if points > 0 && !repeats => points,
        None if !when.days.is_empty() => 1,
        None => return None,
    };
    if when.days.is_empty() {
        return Some(Often::a_day(a_day));
    }
    let times = u32::try_from(a_day.checked_mul(when.days.len())?).ok()?;
    Some(Often::each(Decimal::whole(times), Decimal::ONE, "wk"))
}

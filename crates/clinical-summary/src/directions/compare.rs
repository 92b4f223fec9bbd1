//! Whether a text and the structure say the same.

use super::amount::Amount;
use super::dates::{Date, Held, hold};
use super::doses::{dose, maximum};
use super::number::Decimal;
use super::often::Often;
use super::reading::Reading;
use super::structure::Limit;
use super::timing::When;
use clinical_lexicon::Lexicon;

/// The structure, as far as it is compared.
pub(super) struct Compared<'s, 'a> {
    pub(super) amount: Option<&'s Amount<'a>>,
    pub(super) when: &'s When<'a>,
    /// The way of taking, by its place in the lexicon. For a tablet without a route: the one by mouth.
    pub(super) way: Option<usize>,
    /// The structure names no way at all.
    pub(super) way_unsaid: bool,
    /// Its maxima.
    pub(super) maxima: &'s [Limit<'a>],
    /// The structure says that it is not as-needed.
    pub(super) not_as_needed: bool,
}

/// Whose words a text is, which decides how much of it must be understood.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The prescriber's: every word.
    Prescriber,
    /// For the patient: every number.
    Patient,
    /// A label or a coded schedule: what it says of amounts and times.
    Label,
}

/// What came of it.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Verdict {
    /// They say different things.
    pub(super) disagrees: bool,
    /// The text says something that the structure does not.
    pub(super) says_more: bool,
    /// The text alone says on which day to start; our sentence sends the reader there.
    pub(super) starts: bool,
    /// The text says another reason than the structure; our sentence says none.
    pub(super) other_reason: bool,
    /// The text alone says at which time of day; our sentence sends the reader there.
    pub(super) timed: bool,
}

/// How one statement of the text stands to the structure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    Same,
    /// Not the same, and not clearly different.
    Other,
    Different,
}

impl Verdict {
    /// Several statements of one kind ("two tablets, then one"): where one of them is the structure's, the others are
    /// more than it says; where none is and one is different, they disagree.
    fn add(&mut self, matches: impl Iterator<Item = Match>) {
        let (mut same, mut different, mut other) = (false, false, false);
        for m in matches {
            same |= m == Match::Same;
            different |= m == Match::Different;
            other |= m == Match::Other;
        }
        self.disagrees |= different && !same;
        self.says_more |= different || other;
    }
}

/// Compares. Whatever the verdict, the text stands on the page as it is.
pub(super) fn compare(structure: &Compared<'_, '_>, text: &Reading, whose: Whose, lexicon: &Lexicon) -> Verdict {
    let own_words = whose == Whose::Prescriber;
    let mut verdict = Verdict::default();
    let when = structure.when;
    verdict.add(text.doses.iter().map(|d| structure.amount.map_or(Match::Other, |a| dose(a, d, lexicon))));
    let counted = Often::a_day(moments(text, lexicon));
    let implied = (text.daily_events && text.often.is_empty()).then_some(&counted);
    // "daily on Monday and Friday" is not every day; the days are compared by themselves.
    let on_days = |o: &Often| {
        let each = when.often.as_ref().is_some_and(|m| m.unit == "wk" && m.low.as_whole() == Some(when.days.len()));
        each && !when.days.is_empty() && !text.days.is_empty() && *o == Often::a_day(1)
    };
    verdict.add(text.often.iter().chain(implied).map(|o| {
        if on_days(o) {
            return Match::Same;
        }
        when.often.as_ref().map_or(Match::Other, |mine| often(mine, o, lexicon))
    }));
    events(when, text, own_words, &mut verdict, lexicon);
    days(when, text, &mut verdict, lexicon);
    ways(structure, text, own_words, &mut verdict, lexicon);
    verdict.other_reason = own_words && text.other_reason;
    verdict.add(text.lasting.iter().map(|t| lasting(when, t, lexicon)));
    for date in &text.dates {
        let held = hold(*date, when);
        verdict.disagrees |= held == Held::Different;
        // Without an end the course would seem to go on.
        let unsaid = held == Held::Unsaid;
        verdict.starts |= unsaid && matches!(date, Date::First(_));
        verdict.says_more |= unsaid && matches!(date, Date::Last(_));
    }
    verdict.says_more |= own_words && text.ends && when.bounds_line.is_none() && when.count_line.is_none();
    verdict.disagrees |= text.not_daily && when.often.is_some() && !when.not_daily;
    verdict.says_more |= text.not_daily && !when.not_daily;
    let only = when.not_daily || text.as_needed || !text.lasting.is_empty();
    verdict.says_more |= own_words && text.only && !only;
    verdict.add(text.over.iter().map(|t| length(when.takes.as_ref(), t, lexicon)));
    for said in &text.maxima {
        // Each maximum of the text must be one of the structure's.
        match structure.maxima.iter().map(|limit| maximum(limit, said, lexicon)).min() {
            Some(Match::Same) => {}
            Some(Match::Other) | None => verdict.says_more = true,
            Some(Match::Different) => verdict.disagrees = true,
        }
    }
    verdict.disagrees |= text.as_needed && structure.not_as_needed;
    verdict.says_more |= text.single && !when.single;
    verdict.says_more |= (text.loose && whose != Whose::Label) || (own_words && (text.changing || text.unknown));
    verdict
}

fn often(mine: &Often, theirs: &Often, lexicon: &Lexicon) -> Match {
    let (a, b) = (mine.seconds(lexicon), theirs.seconds(lexicon));
    let length = |n: Decimal, seconds: u128| n.millionths() * seconds;
    let periods = length(mine.period_low, a) == length(theirs.period_low, b)
        && length(mine.period_high, a) == length(theirs.period_high, b);
    if periods && (mine.low, mine.high) == (theirs.low, theirs.high) {
        return Match::Same;
    }
    // "every 6 hours" is as often as "4 times a day", yet not the same direction. Months are no fixed number of days.
    let x = mine.high.millionths().saturating_mul(length(theirs.period_low, b));
    let y = theirs.high.millionths().saturating_mul(length(mine.period_low, a));
    let single = mine.low == mine.high && theirs.low == theirs.high;
    let months = matches!(mine.unit.as_str(), "mo" | "a") != matches!(theirs.unit.as_str(), "mo" | "a");
    let near = if months { x.abs_diff(y) <= x.min(y) / 5 } else { x == y };
    if single && near { Match::Other } else { Match::Different }
}

fn events(when: &When<'_>, text: &Reading, own_words: bool, verdict: &mut Verdict, lexicon: &Lexicon) {
    let known = &lexicon.dosing().events;
    let mut seen = Vec::new();
    let mut untimed = false;
    for (code, minutes) in &text.events {
        let Some(theirs) = known.get(code) else { continue };
        let column = theirs.column.map(|c| c as usize);
        seen.push(column);
        let mine: Vec<_> = when.events.iter().filter_map(|c| known.get(c).map(|e| (c, e))).collect();
        if theirs.repeats && mine.iter().all(|(_, e)| !e.repeats) {
            // "with food" stands in the quote. Alone it may say how often ("with meals"); with minutes it says when.
            let paced =
                !text.often.is_empty() || text.events.iter().any(|(c, _)| known.get(c).is_some_and(|e| !e.repeats));
            verdict.says_more |= minutes.is_some() || (own_words && !paced);
            let at_meals = mine.iter().filter(|(c, e)| e.side.is_some() && !matches!(c.as_str(), "HS" | "WAKE"));
            if at_meals.into_iter().any(|(_, e)| e.side != theirs.side) {
                // In a label "after food" may be half of what it says.
                verdict.disagrees |= own_words || !text.loose;
                verdict.says_more = true;
            }
            continue;
        }
        if mine.is_empty() && when.clock.is_empty() {
            verdict.says_more |= minutes.is_some();
            untimed = true;
            continue;
        }
        if *minutes != when.offset && minutes.is_some() {
            verdict.disagrees |= when.offset.is_some() && mine.iter().any(|(c, _)| *c == code);
            verdict.says_more = true;
        }
        if mine.iter().any(|(c, _)| *c == code) {
            continue;
        }
        let at_clock = theirs.column.is_some() && theirs.side.is_none() && when.clock.contains(&column);
        match mine.iter().find(|(_, e)| e.column == theirs.column && e.repeats == theirs.repeats) {
            Some(_) if theirs.side.is_none() && column.is_some() => {}
            Some((_, e)) => {
                let against = theirs.side.is_some() && e.side.is_some() && theirs.side != e.side;
                verdict.disagrees |= against && code != "HS" && code != "WAKE";
                verdict.says_more = true;
            }
            None if at_clock => {}
            None => {
                let timed = column.is_some() && (when.clock.iter().all(Option::is_some) || !mine.is_empty());
                let specific = mine.iter().all(|(_, e)| !e.repeats);
                verdict.disagrees |= timed && specific;
                verdict.says_more = true;
            }
        }
    }
    if untimed {
        times(when, text, verdict, lexicon);
        // "May make you sleepy at night" is no time to take it.
        verdict.says_more |= text.warned || text.unknown || text.changing;
        return;
    }
    // The text names some times of day, and the structure names others besides.
    let named: Vec<Option<usize>> =
        when.events.iter().filter_map(|c| known.get(c)).map(|e| e.column.map(|c| c as usize)).collect();
    let extra = named.iter().any(|c| c.is_some() && !seen.contains(c));
    verdict.disagrees |= extra && seen.iter().any(Option::is_some);
}

/// How many times of day a text names: "in the morning before breakfast" is one, "with meals" none.
fn moments(text: &Reading, lexicon: &Lexicon) -> usize {
    let known = &lexicon.dosing().events;
    let named: Vec<_> = text.events.iter().filter_map(|(c, _)| known.get(c)).filter(|e| !e.repeats).collect();
    let again = |i: usize| named.iter().take(i).any(|e| e.column.is_some() && e.column == named[i].column);
    (0..named.len()).filter(|i| !again(*i)).count()
}

/// The text names times of day, the structure only so many a day. As many times as doses are a good reading of it: the
/// same as our columns, or else no columns and a word that sends the reader to the text.
fn times(when: &When<'_>, text: &Reading, verdict: &mut Verdict, lexicon: &Lexicon) {
    let known = &lexicon.dosing().events;
    let named: Vec<_> = text.events.iter().filter_map(|(c, _)| known.get(c)).filter(|e| !e.repeats).collect();
    let mut columns = [false; 4];
    let mut distinct = true;
    for event in &named {
        match event.column.and_then(|c| columns.get_mut(c as usize)) {
            Some(cell) => distinct &= !std::mem::replace(cell, true),
            None => distinct &= named.len() == 1,
        }
    }
    let meals = text.events.iter().any(|(c, _)| known.get(c).is_some_and(|e| e.repeats));
    if meals && columns == [false, false, false, true] && when.a_day == Some(4) && text.doses.len() <= 1 {
        // Four a day, with meals and at bedtime: the four columns.
        return;
    }
    let doses = text.doses.len() <= 1 || text.doses.len() == named.len();
    verdict.says_more |= !(distinct && doses && when.a_day == Some(named.len()));
    verdict.timed |= when.columns != Some(columns);
}

/// The ways that a text names. A mere place ("ear") counts in the prescriber's own words only.
fn ways(structure: &Compared<'_, '_>, text: &Reading, own_words: bool, verdict: &mut Verdict, lexicon: &Lexicon) {
    let all = &lexicon.dosing().ways;
    let words = structure.way.and_then(|i| all.get(i));
    let counted = text.ways.iter().filter(|(_, place, _)| own_words || !place);
    verdict.add(counted.map(|(way, place, phrase)| match structure.way {
        Some(mine) if mine == *way => Match::Same,
        Some(_) if words.is_some_and(|w| w.loosely.contains(phrase)) => Match::Same,
        Some(_) if !place => Match::Different,
        // A verb, or the way by mouth, stands well enough in the quote.
        None if structure.way_unsaid
            && all.get(*way).is_some_and(|w| w.methods.contains(phrase) || w.routes.contains("by mouth")) =>
        {
            Match::Same
        }
        _ => Match::Other,
    }));
}

fn days(when: &When<'_>, text: &Reading, verdict: &mut Verdict, lexicon: &Lexicon) {
    if text.days.is_empty() {
        return;
    }
    if when.days.is_empty() {
        // A daily structure beside "on Monday" is the weekly medicine taken every day.
        let daily = when
            .often
            .as_ref()
            .is_some_and(|o| o.period_high.millionths() * o.seconds(lexicon) <= 2 * 86_400 * Decimal::ONE.millionths());
        verdict.disagrees |= daily && text.days.len() < 7;
        verdict.says_more = true;
    } else {
        let same = when.days.len() == text.days.len() && when.days.iter().all(|d| text.days.contains(d));
        verdict.disagrees |= !same;
    }
}

/// How long the text says, against a length or against the days from first to last.
fn lasting(when: &When<'_>, theirs: &(Decimal, String), lexicon: &Lexicon) -> Match {
    let (Some(first), Some(last), None) = (&when.first_day, &when.last_day, &when.lasts) else {
        return length(when.lasts.as_ref(), theirs, lexicon);
    };
    let days = |more: i64| {
        let n = u32::try_from(last.days() - first.days() + more).ok()?;
        Some((Decimal::whole(n), "d".to_owned()))
    };
    // Both days count; a writer who did not count the last one is no contradiction.
    let both = length(days(1).as_ref(), theirs, lexicon);
    if both == Match::Different && length(days(0).as_ref(), theirs, lexicon) == Match::Same {
        Match::Other
    } else {
        both
    }
}

fn length(mine: Option<&(Decimal, String)>, theirs: &(Decimal, String), lexicon: &Lexicon) -> Match {
    let Some(mine) = mine else { return Match::Other };
    let periods = &lexicon.dosing().periods;
    let size = |(n, unit): &(Decimal, String)| {
        periods.get(unit).and_then(|p| p.seconds).map(|s| n.millionths() * u128::from(s))
    };
    if mine == theirs {
        return Match::Same;
    }
    match (size(mine), size(theirs)) {
        (Some(a), Some(b)) => {
            if a == b {
                Match::Same
            } else {
                Match::Different
            }
        }
        _ => Match::Other,
    }
}

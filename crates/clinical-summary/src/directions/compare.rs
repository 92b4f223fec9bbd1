//! Whether a text and the structure say the same.

use super::amount::{Amount, Unit};
use super::number::Decimal;
use super::reading::{Dose, Reading};
use super::often::Often;
use super::timing::When;
use clinical_lexicon::Lexicon;

/// The structure, as far as it is compared.
pub(super) struct Compared<'s, 'a> {
    pub(super) amount: Option<&'s Amount<'a>>,
    pub(super) when: &'s When<'a>,
    /// The way of taking, by its place in the lexicon. For a tablet without a route: the one by mouth.
    pub(super) way: Option<usize>,
    /// The numbers of its maxima.
    pub(super) maxima: &'s [Decimal],
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
}

/// How one statement of the text stands to the structure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Match {
    Same,
    Different,
    /// Not the same, and not clearly different.
    Other,
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
    let counted = Often::a_day(text.events.len());
    let implied = (text.daily_events && text.often.is_empty()).then_some(&counted);
    verdict.add(text.often.iter().chain(implied).map(|o| {
        when.often.as_ref().map_or(Match::Other, |mine| often(mine, o, lexicon))
    }));
    events(when, text, own_words, &mut verdict, lexicon);
    days(when, text, &mut verdict, lexicon);
    verdict.add(text.ways.iter().map(|(way, place)| match structure.way {
        Some(mine) if mine == *way => Match::Same,
        Some(_) if !place => Match::Different,
        _ => Match::Other,
    }));
    verdict.add(text.lasting.iter().map(|t| length(when.lasts.as_ref(), t, lexicon)));
    verdict.add(text.over.iter().map(|t| length(when.takes.as_ref(), t, lexicon)));
    verdict.add(text.maxima.iter().map(|m| {
        if structure.maxima.is_empty() {
            Match::Other
        } else if structure.maxima.contains(&m.low) {
            Match::Same
        } else {
            Match::Different
        }
    }));
    verdict.disagrees |= text.as_needed && structure.not_as_needed;
    verdict.says_more |= text.single && !when.single;
    verdict.says_more |= (text.loose && whose != Whose::Label) || (own_words && (text.changing || text.unknown));
    verdict
}

fn dose(mine: &Amount<'_>, theirs: &Dose, lexicon: &Lexicon) -> Match {
    let measures = &lexicon.dosing().measures;
    let same_numbers = (mine.low, mine.high) == (theirs.low, theirs.high);
    let numbers = if same_numbers { Match::Same } else { Match::Different };
    match (&mine.unit, &theirs.unit) {
        (a, b) if a == b => numbers,
        // A bare number in a text may be anything; the same number is at least no contradiction.
        (_, Unit::None) => if same_numbers { Match::Same } else { Match::Other },
        (Unit::None, Unit::Known(u)) => if measures.contains_key(u) { Match::Other } else { numbers },
        (Unit::Known(a), Unit::Known(b)) => match (measures.get(a), measures.get(b)) {
            (Some(x), Some(y)) if x.of == y.of => {
                let size = |n: Decimal, m: u64| n.millionths() * u128::from(m);
                let low = size(mine.low, x.size) == size(theirs.low, y.size);
                let high = size(mine.high, x.size) == size(theirs.high, y.size);
                if low && high { Match::Same } else { Match::Different }
            }
            (Some(_), Some(_)) | (None, None) => Match::Different,
            // "500 mg" and "1 tablet" may be the same dose.
            _ => Match::Other,
        },
        _ => Match::Other,
    }
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
    for (code, minutes) in &text.events {
        let Some(theirs) = known.get(code) else { continue };
        let column = theirs.column.map(|c| c as usize);
        seen.push(column);
        if theirs.repeats && when.events.is_empty() {
            // "with food" beside the sentence is said well enough; in the prescriber's own text it is more.
            verdict.says_more |= own_words || minutes.is_some();
            continue;
        }
        let mine: Vec<_> = when.events.iter().filter_map(|c| known.get(c).map(|e| (c, e))).collect();
        if mine.is_empty() && when.clock.is_empty() {
            verdict.says_more = true;
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
    // The text names some times of day, and the structure names others besides.
    let named: Vec<Option<usize>> =
        when.events.iter().filter_map(|c| known.get(c)).map(|e| e.column.map(|c| c as usize)).collect();
    let extra = named.iter().any(|c| c.is_some() && !seen.contains(c));
    verdict.disagrees |= extra && seen.iter().any(Option::is_some);
}

fn days(when: &When<'_>, text: &Reading, verdict: &mut Verdict, lexicon: &Lexicon) {
    if text.days.is_empty() {
        return;
    }
    if when.days.is_empty() {
        // A daily structure beside "on Monday" is the weekly medicine taken every day.
        let daily = when.often.as_ref().is_some_and(|o| {
            o.period_high.millionths() * o.seconds(lexicon) <= 2 * 86_400 * Decimal::ONE.millionths()
        });
        verdict.disagrees |= daily && text.days.len() < 7;
        verdict.says_more = true;
    } else {
        let same = when.days.len() == text.days.len() && when.days.iter().all(|d| text.days.contains(d));
        verdict.disagrees |= !same;
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
        (Some(a), Some(b)) => if a == b { Match::Same } else { Match::Different },
        _ => Match::Other,
    }
}

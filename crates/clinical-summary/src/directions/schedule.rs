//! The four times of day of the Universal Medication Schedule (morning, noon, evening, bedtime).

use super::Schedule;
use super::number::Decimal;
use super::timing::When;
use crate::Line;
use clinical_lexicon::Lexicon;

/// Which of the four times of day have a dose.
pub(super) type Columns = [bool; 4];

/// The columns of so many doses a day that name no time (Wolf et al., the schedule's own convention). One dose a day
/// without a time has no column: the record does not say when.
pub(super) const fn of_count(times: usize) -> Option<Columns> {
    match times {
        2 => Some([true, false, true, false]),
        3 => Some([true, true, true, false]),
        4 => Some([true, true, true, true]),
        _ => None,
    }
}

/// The column of a clock time (`hh:mm` or `hh:mm:ss`). The outer `None`: not a clock time; the inner: outside the
/// windows in which everybody would say morning, noon, evening or bedtime.
pub(super) fn clock_column(time: &str) -> Option<Option<usize>> {
    let mut parts = time.split(':');
    let mut two = || {
        let part = parts.next()?;
        (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u8>().ok())?
    };
    let (hour, minute) = (two()?, two()?);
    (hour < 24 && minute < 60).then_some(match hour {
        5..=10 => Some(0),
        11..=13 => Some(1),
        16..=19 => Some(2),
        20..=23 => Some(3),
        _ => None,
    })
}

/// The columns of a daily timing: those of its events or clock times, each once and each with a column; else those of
/// its count. A dose that has no column leaves no columns at all, so that none is lost from the grid.
pub(super) fn columns(when: &When<'_>, stated: Option<(Decimal, Decimal)>, lexicon: &Lexicon) -> Option<Columns> {
    let events = &lexicon.dosing().events;
    let count = stated.filter(|(low, high)| low == high).and_then(|(n, _)| n.as_whole());
    let repeats = when.events.iter().any(|c| events.get(c).is_some_and(|e| e.repeats));
    if when.clock.is_empty() && (when.events.is_empty() || repeats) {
        // Nobody eats a fourth meal at bedtime.
        return count.filter(|n| !(repeats && *n > 3)).and_then(of_count);
    }
    let named = when.events.iter().map(|c| events.get(c).and_then(|e| e.column).map(|c| c as usize));
    let mut columns: Columns = [false; 4];
    for column in named.chain(when.clock.iter().copied()) {
        let cell = columns.get_mut(column?)?;
        if std::mem::replace(cell, true) {
            return None;
        }
    }
    Some(columns)
}

/// The grid with this amount in its columns.
pub(super) fn grid<'a>([morning, noon, evening, bedtime]: Columns, amount: &Line<'a>) -> Schedule<'a> {
    let cell = |due: bool| due.then(|| amount.clone());
    Schedule { morning: cell(morning), noon: cell(noon), evening: cell(evening), bedtime: cell(bedtime) }
}

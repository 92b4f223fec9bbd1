//! How often, at which events, on which days, for how long.

use super::atoms::ONE;
use super::draft::{Draft, Numbers, Often};
use super::reader::Reader;
use clinical_lexicon::SigList;

impl Reader<'_> {
    /// "a day", "per week", "/day", "daily" behind a count: the bytes of the unit of time, and the length.
    fn per(&self, at: usize) -> Option<(super::draft::Bytes, usize)> {
        if self.is_mark(at, '/') || self.is_word(at, &["a", "an", "per", "each", "every", "in"]) {
            let article = usize::from(self.is_word(at, &["in"]) && self.is_word(at + 1, &["a"]));
            let (unit, code, used) = self.time_unit(at + 1 + article)?;
            return matches!(code, "h" | "d" | "wk" | "mo" | "a").then_some((unit, 1 + article + used));
        }
        self.is_adverb(at).then(|| (self.span(at, 1), 1))
    }

    /// "twice daily", "3 times a week", "2x/day".
    fn counted(&self, at: usize) -> Option<(Often, usize)> {
        let (numbers, used) = match self.of_codes(at, SigList::Counts) {
            Some((n, used)) => {
                let value = super::atoms::millionths(n)?;
                (Numbers { low: self.span(at, used), high: None, values: (value, value) }, used)
            }
            None => {
                let (numbers, used) = self.numbers(at)?;
                (numbers, used + self.of_set(at + used, SigList::Times)?)
            }
        };
        let whole = numbers.values.0.is_multiple_of(ONE) && numbers.values.1.is_multiple_of(ONE);
        let (unit, more) = self.per(at + used).filter(|_| whole)?;
        Some((Often::Count(numbers, unit), used + more))
    }

    /// "every 6 hours", "q4-6h", "every day".
    fn every(&self, at: usize) -> Option<(Often, usize)> {
        if !self.is_word(at, &["every", "q", "each"]) {
            return None;
        }
        let (numbers, used) = match self.numbers(at + 1) {
            Some((numbers, used)) => (Some(numbers), used),
            None => (None, 0),
        };
        let (unit, _, more) = self.time_unit(at + 1 + used)?;
        Some((Often::Every(numbers, unit), 1 + used + more))
    }

    /// "once" before a time of day: it says no more than the time does.
    fn once(&self, at: usize) -> Option<usize> {
        let mut probe = Draft::default();
        let timed = self.is_nightly(at + 1) || self.events(at + 1, &mut probe).is_some() && !probe.when.is_empty();
        (timed && self.is_word(at, &["once"])).then_some(1)
    }

    fn is_nightly(&self, at: usize) -> bool {
        let code = self.of_codes(at, SigList::Schedules).and_then(|(code, _)| self.dosing.codes.get(code));
        code.is_some_and(|words| words.event.is_some())
    }

    /// How often, at a place.
    pub(super) fn often(&self, at: usize, into: &mut Draft) -> Option<usize> {
        if let Some(used) = self.once(at) {
            return Some(used);
        }
        let (often, used) = match self.counted(at).or_else(|| self.every(at)) {
            Some(found) => found,
            None => {
                let (code, used) = self.of_codes(at, SigList::Schedules)?;
                let words = self.dosing.codes.get(code)?;
                if words.event.is_some() {
                    into.when.push(self.span(at, used));
                    return Some(used);
                }
                // "daily", "a day": the word that names the time says all of it.
                let plain = (words.times, words.period) == (1, 1);
                let last = at + used - 1;
                match self.per(last).or_else(|| self.time_unit(last).map(|(unit, _, n)| (unit, n))).filter(|_| plain) {
                    Some((unit, _)) if self.word(last).is_some_and(|w| w.len() > 2) => (Often::Every(None, unit), used),
                    _ => (Often::Code(self.span(at, used)), used),
                }
            }
        };
        into.often.push(often);
        Some(used)
    }

    /// "at bedtime", "30 minutes before breakfast", "on Mondays and Thursdays".
    pub(super) fn events(&self, at: usize, into: &mut Draft) -> Option<usize> {
        if let Some((minutes, _, used)) = self.single(at)
            && let Some((_, "min", unit)) = self.time_unit(at + used)
            && let Some((_, more)) = self.of_codes(at + used + unit, SigList::Events)
        {
            into.is_doubtful |= into.offset.is_some() || !into.when.is_empty();
            into.offset = Some(minutes);
            into.when.push(self.span(at + used + unit, more));
            return Some(used + unit + more);
        }
        if let Some((_, used)) = self.of_codes(at, SigList::Days) {
            into.days.push(self.span(at, used));
            return Some(used);
        }
        if self.is_word(at, &["on", "every", "each"]) && self.of_codes(at + 1, SigList::Days).is_some() {
            return Some(1);
        }
        if self.is_ambiguous(at) {
            return None;
        }
        let (code, used) = self.of_codes(at, SigList::Events)?;
        // Food is advice: it may be a snack, and it says neither when nor how often.
        let food = used > 1 && self.is_word(at + used - 1, &["food", "stomach"]);
        if food && matches!(code.as_str(), "C" | "AC" | "PC") {
            into.additional.push(self.span(at, used));
        } else {
            into.is_doubtful |= into.offset.is_some();
            into.when.push(self.span(at, used));
        }
        Some(used)
    }

    /// "for 7 days", "x 10 days", "x3d", "for the next 4 days", "10-day course", "over 30 minutes", "x 1".
    pub(super) fn lasting(&self, at: usize, into: &mut Draft) -> Option<usize> {
        if self.is_word(at, &["over"])
            && let Some((value, _, used)) = self.single(at + 1)
            && let Some((unit, code, more)) = self.time_unit(at + 1 + used)
            && matches!(code, "min" | "h")
        {
            into.is_doubtful |= into.over.replace((value, unit)).is_some();
            return Some(1 + used + more);
        }
        if !(self.is_word(at, &["for", "x", "times"]) || self.is_mark(at, '×')) {
            let (numbers, used) = self.numbers(at)?;
            let (unit, code, more) = self.time_unit(at + used)?;
            let is_course = self.is_word(at + used + more, &["course"]) && matches!(code, "d" | "wk" | "mo");
            into.lasts.extend(is_course.then_some((numbers, unit)));
            return is_course.then_some(used + more + 1);
        }
        let mut start = at + 1;
        start += usize::from(
            self.is_word(start, &["the", "a"]) && self.is_word(start + 1, &["next", "full", "total", "following"]),
        );
        start += usize::from(self.is_word(start, &["next", "full", "total", "another"]));
        let (numbers, used) = match self.numbers(start) {
            Some(found) => found,
            None => {
                // "for a week", "for a full week"
                let article = (at + 1..=start).find(|i| self.is_word(*i, &["a"]))?;
                (Numbers { low: self.span(article, 1), high: None, values: (ONE, ONE) }, usize::from(article == start))
            }
        };
        if let Some((unit, code, more)) = self.time_unit(start + used) {
            if !matches!(code, "h" | "d" | "wk" | "mo") {
                return None;
            }
            let course = usize::from(self.is_word(start + used + more, &["course"]));
            into.lasts.push((numbers, unit));
            return Some(start - at + used + more + course);
        }
        // So many doses in all.
        let doses = self.is_word(start + used, &["dose", "doses"]);
        let single = numbers.values == (ONE, ONE) && !self.is_word(at, &["for"]);
        if (doses || single) && start == at + 1 && numbers.high.is_none() && !self.is_word(at, &["for", "times"]) {
            into.is_doubtful |= into.count.replace(numbers.low).is_some();
            return Some(1 + used + usize::from(doses));
        }
        None
    }
}

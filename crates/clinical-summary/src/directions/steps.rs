//! Reading a text place by place: each step takes the longest thing that it knows there.

use super::amount::Unit;
use super::dates::Date;
use super::number::Decimal;
use super::often::Often;
use super::parts::Reader;
use super::reading::{Again, Dose, Maximum, Reading};
use super::tokens::Kind;
use std::collections::BTreeSet;

/// The longest reason behind "as needed for", in words.
const LONGEST_REASON: usize = 6;

impl Reader<'_> {
    /// "twice daily", "3 times a week", "2 x /day", "once". `None` where there is no count.
    fn counted(&self, at: usize, into: &mut Reading) -> Option<usize> {
        let text = &self.dosing.text;
        let (low, high, used, word) = match self.of_map(at, &text.counts) {
            Some((n, used)) => {
                let n = Decimal::parse(n)?;
                (n, n, used, true)
            }
            None => {
                let (low, high, used) = self.number(at)?;
                (low, high, used + self.of_set(at + used, &text.times)?, false)
            }
        };
        match self.schedule(at + used) {
            Some((often, None, more)) if often.low == Decimal::ONE => {
                into.often.push(Often { low, high, ..often });
                Some(used + more)
            }
            _ if word && high == Decimal::ONE && self.event(at + used).is_some() => {
                into.often.push(Often::a_day(1));
                Some(used)
            }
            _ => {
                into.single |= high == Decimal::ONE;
                into.loose |= high != Decimal::ONE;
                Some(used)
            }
        }
    }

    /// A number that is no count: minutes before an event, a dose, or loose.
    fn amount(&self, at: usize, into: &mut Reading) -> Option<usize> {
        let (low, high, used) = self.number(at)?;
        if let Some(unit) = self.time_unit(at + used) {
            if unit == "min"
                && let Some((event, more)) = self.event(at + used + 1)
            {
                into.events.push((event, Some(low)));
                return Some(used + 1 + more);
            }
            into.loose = true;
            return Some(used + 1);
        }
        // "half a tablet", "one half of a tablet"
        let of = usize::from(self.word(at + used) == Some("of"));
        let article = of + usize::from(matches!(self.word(at + used + of), Some("a" | "an")));
        let gap = if low < Decimal::ONE { article } else { 0 };
        let Some((unit, more)) = self.unit(at + used + gap) else {
            into.loose |= matches!(self.kind(at + used), Some(Kind::Mark(_)));
            into.doses.push(Dose { low, high, unit: Unit::None, again: Again::Nothing });
            return Some(used);
        };
        let end = used + gap + more;
        if self.is_mark(at + end, '/') {
            // An amount per time is not a plain dose, and an amount per weight is none at all.
            if self.time_unit(at + end + 1).is_some() {
                into.doses.push(Dose { low, high, unit, again: Again::Nothing });
            }
            into.loose = true;
            let pairs = (0..).take_while(|n| self.is_mark(at + end + 2 * n, '/')).count();
            return Some(end + 2 * pairs);
        }
        let (again, brackets) = self.again(at + end);
        into.doses.push(Dose { low, high, unit, again });
        Some(end + brackets)
    }

    /// "starting January 16, 2015", "(November 20 to November 22)", "until March 1".
    fn dates(&self, at: usize, into: &mut Reading) -> Option<usize> {
        let text = &self.dosing.text;
        let listed = |i: usize, set: &BTreeSet<String>| self.word(i).is_some_and(|w| set.contains(w));
        let on = |i: usize| usize::from(matches!(self.word(i), Some("on" | "of")));
        let last = |i: usize| {
            let joined = listed(i, &text.ending) || self.is_mark(i, '-');
            let (day, used) = self.day(i + 1 + on(i + 1)).filter(|_| joined)?;
            Some((day, 1 + on(i + 1) + used))
        };
        if listed(at, &text.starting) {
            // "starting in the evening of November 19"
            let mut start = at + 1;
            start += self.event(start).map_or(0, |(_, n)| n);
            start += on(start);
            let (day, used) = self.day(start)?;
            into.dates.push(Date::First(day));
            return Some(start + used - at);
        }
        if let Some((day, used)) = last(at) {
            into.dates.push(Date::Last(day));
            return Some(used);
        }
        let (first, used) = self.day(at)?;
        let (day, more) = last(at + used)?;
        into.dates.extend([Date::First(first), Date::Last(day)]);
        Some(used + more)
    }

    /// "for knee pain" behind "as needed": words up to the next mark or the next thing that is read.
    fn reason(&self, at: usize) -> usize {
        if self.word(at) != Some("for") {
            return 0;
        }
        let text = &self.dosing.text;
        let mut end = at + 1;
        while let Some(word) = self.word(end) {
            let joins = matches!(word, "or" | "and" | "of");
            let other = (text.changing.contains(word) && !joins)
                || matches!(word, "for" | "every" | "q" | "take" | "use" | "give")
                || self.number(end).is_some()
                || self.schedule(end).is_some()
                || self.event(end).is_some()
                || self.of_set(end, &text.as_needed).is_some()
                || self.of_set(end, &text.maximum).is_some()
                || self.of_map(end, &text.counts).is_some();
            if other {
                break;
            }
            end += 1;
            if self.tokens.get(end - 1).is_some_and(|t| t.stop) {
                break;
            }
        }
        while end > at + 1 && matches!(self.word(end - 1), Some("or" | "and" | "of" | "the" | "a")) {
            end -= 1;
        }
        if (2..=LONGEST_REASON + 1).contains(&(end - at)) { end - at } else { 0 }
    }

    /// Reads what stands at a place; how many tokens it took.
    pub(super) fn step(&self, at: usize, into: &mut Reading) -> usize {
        let text = &self.dosing.text;
        let said = |p: &&Vec<Kind>| p.iter().enumerate().all(|(i, k)| self.kind(at + i) == Some(k));
        if let Some(phrase) = self.known.phrases.iter().filter(said).max_by_key(|p| p.len()) {
            return phrase.len();
        }
        if let Some(n) = self.of_set(at, &text.advice) {
            into.warned |= self.word(at) == Some("may");
            return n;
        }
        if let Some(n) = self.of_set(at, &text.ends) {
            into.ends = true;
            return n;
        }
        if let Some(n) = self.of_set(at, &text.not_daily) {
            into.not_daily = true;
            return n;
        }
        if let Some(n) = self.of_set(at, &text.as_needed) {
            into.as_needed = true;
            let reason = self.reason(at + n);
            let small = |w: &str| matches!(w, "for" | "or" | "and" | "of" | "the" | "your" | "a");
            let mut words = (at + n..at + n + reason).filter_map(|i| self.word(i));
            into.other_reason |= words.any(|w| !small(w) && !self.known.words.contains(w));
            return n + reason;
        }
        if let Some(n) = self.dates(at, into) {
            return n;
        }
        if let Some(n) = self.of_set(at, &text.maximum) {
            return n + self.maximum(at + n, into);
        }
        if let Some(n) = self.of_set(at, &text.single) {
            into.single = true;
            return n;
        }
        let all = usize::from(matches!(self.word(at + 1), Some("all" | "the")));
        if matches!(self.word(at), Some("for" | "x" | "over"))
            && let Some((low, high, unit, n)) = self.time(at + 1 + all)
        {
            let list = if self.word(at) == Some("over") { &mut into.over } else { &mut into.lasting };
            into.loose |= low != high;
            list.push((low, unit));
            return n + 1 + all;
        }
        if let Some(n) = self.counted(at, into) {
            return n;
        }
        if let Some((often, event, n)) = self.schedule(at) {
            match event {
                Some(event) => {
                    into.daily_events = true;
                    into.events.push((event, None));
                }
                None => into.often.push(often),
            }
            return n;
        }
        if let Some(n) = self.amount(at, into) {
            return n;
        }
        if matches!(self.word(at), Some("a" | "an"))
            && let Some((unit, n)) = self.unit(at + 1)
            && !self.word(at + 1 + n).is_some_and(|w| text.tools.contains(w))
        {
            let (again, brackets) = self.again(at + 1 + n);
            into.doses.push(Dose { low: Decimal::ONE, high: Decimal::ONE, unit, again });
            return n + 1 + brackets;
        }
        if let Some((event, n)) = self.event(at) {
            into.events.push((event, None));
            return n;
        }
        if let Some((day, n)) = self.of_map(at, &text.days) {
            into.days.insert(day.clone());
            return n;
        }
        if let Some((way, n)) = self.phrase(at, |p| {
            let way = self.dosing.ways.iter().position(|w| w.routes.contains(p) || w.methods.contains(p))?;
            let place = text.harmless.contains(p) && !self.dosing.ways.get(way)?.methods.contains(p);
            Some((way, place, p.to_owned()))
        }) {
            into.ways.push(way);
            return n;
        }
        self.rest(at, into)
    }

    /// "no more than 4 tablets a day": the amount, and the time where it is a day.
    fn maximum(&self, at: usize, into: &mut Reading) -> usize {
        let of = usize::from(self.word(at) == Some("of"));
        let Some((low, high, used)) = self.number(at + of) else {
            into.changing = true;
            return of;
        };
        let (unit, more) = self.unit(at + of + used).unwrap_or((Unit::None, 0));
        let (again, brackets) = self.again(at + of + used + more);
        let mut end = of + used + more + brackets;
        let time = self.schedule(at + end).filter(|(o, event, _)| o.low == Decimal::ONE && event.is_none());
        into.loose |= low != high;
        end += time.as_ref().map_or(0, |(.., n)| *n);
        into.maxima.push(Maximum { dose: Dose { low, high, unit, again }, time: time.map(|(often, ..)| often) });
        end
    }

    /// A single word or mark that is none of the above.
    fn rest(&self, at: usize, into: &mut Reading) -> usize {
        let text = &self.dosing.text;
        match self.kind(at) {
            Some(Kind::Word(w)) if w == "only" => into.only = true,
            Some(Kind::Word(w)) if text.changing.contains(w) => into.changing = true,
            Some(Kind::Word(w)) => {
                let unit = self.dosing.units.contains_key(w) && w.len() > 1;
                into.unknown |= !(unit || w == "every" || text.harmless.contains(w) || self.known.words.contains(w));
            }
            Some(Kind::Mark('(' | ')' | '-' | '/' | '*' | '[' | ']')) | None => {}
            Some(_) => into.loose = true,
        }
        1
    }
}

//! The parts of a text: phrases of the lexicon, numbers, units, times, brackets and days at a place.

use super::amount::{Unit, period_code, spelling};
use super::dates::Day;
use super::number::Decimal;
use super::often::Often;
use super::reading::{Again, Known};
use super::tokens::{Kind, Token};
use clinical_lexicon::DosingWords;
use std::collections::{BTreeMap, BTreeSet};

/// The longest phrase of the lexicon, in words.
const LONGEST: usize = 8;

/// A text cut into tokens, with what is needed to read it.
pub(super) struct Reader<'t> {
    pub(super) tokens: Vec<Token>,
    pub(super) text: String,
    pub(super) known: &'t Known,
    pub(super) dosing: &'t DosingWords,
    pub(super) own_unit: Option<&'t str>,
}

impl Reader<'_> {
    pub(super) fn kind(&self, at: usize) -> Option<&Kind> {
        self.tokens.get(at).map(|t| &t.kind)
    }

    pub(super) fn word(&self, at: usize) -> Option<&str> {
        if let Some(Kind::Word(w)) = self.kind(at) { Some(w) } else { None }
    }

    pub(super) fn is_mark(&self, at: usize, mark: char) -> bool {
        self.kind(at) == Some(&Kind::Mark(mark))
    }

    /// The longest phrase at a place for which `find` has something, and its length in words.
    pub(super) fn phrase<T>(&self, at: usize, find: impl Fn(&str) -> Option<T>) -> Option<(T, usize)> {
        let words: Vec<&str> = (at..at + LONGEST).map_while(|i| self.word(i)).collect();
        (1..=words.len()).rev().find_map(|n| Some((find(&words.get(..n)?.join(" "))?, n)))
    }

    pub(super) fn of_map<'m, V>(&self, at: usize, map: &'m BTreeMap<String, V>) -> Option<(&'m V, usize)> {
        self.phrase(at, |p| map.get(p))
    }

    pub(super) fn of_set(&self, at: usize, set: &BTreeSet<String>) -> Option<usize> {
        self.phrase(at, |p| set.contains(p).then_some(())).map(|((), n)| n)
    }

    /// One token that is a number, in digits or as a word.
    pub(super) fn simple(&self, at: usize) -> Option<Decimal> {
        match self.kind(at)? {
            Kind::Number(n, _) => Some(*n),
            Kind::Word(w) => self.dosing.text.numbers.get(w).and_then(|n| Decimal::parse(n)),
            Kind::Mark(_) => None,
        }
    }

    /// One number: digits, a fraction, a word, "1 1/2", "one and a half", "two (2)".
    pub(super) fn single(&self, at: usize) -> Option<(Decimal, usize)> {
        let small = |i: usize| {
            match self.kind(i)? {
                Kind::Number(n, true) => Some(*n),
                Kind::Word(w) if w == "half" => self.dosing.text.numbers.get(w).and_then(|n| Decimal::parse(n)),
                _ => None,
            }
            .filter(|n| *n < Decimal::ONE)
        };
        let (mut value, mut used) = (self.simple(at)?, 1);
        if value.is_whole() {
            let is_word = self.word(at).is_some();
            let joined = self.word(at + used) == Some("and");
            let article = joined && matches!(self.word(at + used + 1), Some("a" | "one"));
            if let Some(half) = small(at + used) {
                // "one half" is a half; "1 1/2" is one and a half.
                value = if is_word && value == Decimal::ONE { half } else { value.plus(half) };
                used += 1;
            } else if joined && let Some(half) = small(at + used + 1 + usize::from(article)) {
                value = value.plus(half);
                used += 2 + usize::from(article);
            }
        }
        if self.is_mark(at + used, '(') && self.is_mark(at + used + 2, ')') && self.simple(at + used + 1) == Some(value)
        {
            used += 3;
        }
        Some((value, used))
    }

    /// A number or a range of numbers.
    pub(super) fn number(&self, at: usize) -> Option<(Decimal, Decimal, usize)> {
        let (low, used) = self.single(at)?;
        let joined = self.is_mark(at + used, '-') || matches!(self.word(at + used), Some("to" | "or"));
        match self.single(at + used + 1).filter(|(high, _)| joined && *high > low) {
            Some((high, more)) => Some((low, high, used + 1 + more)),
            None => Some((low, low, used)),
        }
    }

    /// The code of a unit of time. One-letter years and seconds are too much like other words.
    pub(super) fn time_unit(&self, at: usize) -> Option<&str> {
        let word = self.word(at).filter(|w| !matches!(*w, "a" | "s" | "mo"))?;
        period_code(word, self.dosing)
    }

    /// "30 minutes", "1 week", "a week".
    pub(super) fn time(&self, at: usize) -> Option<(Decimal, Decimal, String, usize)> {
        let (low, high, used) =
            self.number(at).or_else(|| (self.word(at) == Some("a")).then_some((Decimal::ONE, Decimal::ONE, 1)))?;
        let unit = self.time_unit(at + used)?;
        Some((low, high, unit.to_owned(), used + 1))
    }

    /// The unit of a dose at a place.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, usize)> {
        let known = self.phrase(at, |p| self.dosing.units.get(&spelling(p)).map(|[_, many]| many.clone()));
        // The structure's own unit may hold marks ("mg/m²"), so it is looked for in the text itself.
        let start = at.checked_sub(1).and_then(|i| self.tokens.get(i)).map_or(0, |t| t.end);
        let rest = self.text.get(start..).unwrap_or("").trim_start();
        if let Some(own) = self.own_unit.filter(|own| !own.is_empty() && rest.starts_with(*own)) {
            let whole = !rest[own.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
            let end = self.text.len() - rest.len() + own.len();
            if whole {
                let used = self.tokens.iter().skip(at).take_while(|t| t.end <= end).count();
                return Some((Unit::Other(own.to_owned()), used));
            }
        }
        known.map(|(many, n)| (Unit::Known(many), n))
    }

    /// How often: a phrase ("daily"), "/day", "every 6 hours", "in 24 hours". With the event that it names.
    pub(super) fn schedule(&self, at: usize) -> Option<(Often, Option<String>, usize)> {
        if matches!(self.word(at), Some("every" | "q" | "in" | "per" | "each"))
            && let Some((low, high, used)) = self.number(at + 1)
            && let Some(unit) = self.time_unit(at + 1 + used)
        {
            let period = Often { period_low: low, period_high: high, ..Often::each(Decimal::ONE, low, unit) };
            return Some((period, None, used + 2));
        }
        if (self.is_mark(at, '/') || matches!(self.word(at), Some("q" | "per" | "every" | "each")))
            && let Some(unit) = self.time_unit(at + 1)
        {
            return Some((Often::each(Decimal::ONE, Decimal::ONE, unit), None, 2));
        }
        let (code, used) = self.of_map(at, &self.dosing.text.schedules)?;
        let words = self.dosing.codes.get(code)?;
        let often = Often::each(Decimal::whole(words.times), Decimal::whole(words.period), &words.unit);
        Some((often, words.event.clone(), used))
    }

    pub(super) fn event(&self, at: usize) -> Option<(String, usize)> {
        self.of_map(at, &self.dosing.text.events).map(|(code, n)| (code.clone(), n))
    }

    /// Brackets behind an amount that say it again ("(25 mg)", "(=2 tablets)", "(25 mg total)"), or how strong it is.
    pub(super) fn again(&self, at: usize) -> (Again, usize) {
        self.bracketed(at).unwrap_or((Again::Nothing, 0))
    }

    pub(super) fn bracketed(&self, at: usize) -> Option<(Again, usize)> {
        let close = |mark: char| if mark == '(' { ')' } else { ']' };
        let open = ['(', '['].into_iter().find(|m| self.is_mark(at, *m))?;
        let start = at + 1 + usize::from(self.is_mark(at + 1, '='));
        let (low, high, used) = self.number(start)?;
        let (unit, more) = self.unit(start + used)?;
        let mut end = start + used + more;
        let again = if self.is_mark(end, '/') {
            let (_, _, below) = self.number(end + 1).unwrap_or((Decimal::ONE, Decimal::ONE, 0));
            let (_, unit) = self.unit(end + 1 + below)?;
            end += 1 + below + unit;
            Again::Strength
        } else if self.word(end) == Some("each") {
            end += 1;
            Again::Strength
        } else {
            end += usize::from(self.word(end) == Some("total"));
            end += usize::from(self.word(end) == Some("dose"));
            Again::Amount(low, high, unit)
        };
        self.is_mark(end, close(open)).then_some((again, end + 1 - at))
    }

    /// A day: "November 20", "Jan 16th, 2015".
    pub(super) fn day(&self, at: usize) -> Option<(Day, usize)> {
        let month = *self.dosing.text.months.get(self.word(at)?)?;
        let number = |i: usize| if let Kind::Number(n, false) = self.kind(i)? { n.as_whole() } else { None };
        let day = number(at + 1).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=31).contains(n))?;
        let mut used = 2;
        used += usize::from(matches!(self.word(at + used), Some("st" | "nd" | "rd" | "th")));
        let year = number(at + used).and_then(|n| u16::try_from(n).ok()).filter(|n| (1900..2200).contains(n));
        used += usize::from(year.is_some());
        Some((Day { year, month, day }, used))
    }
}

//! How much: numbers in digits and words, with what belongs to them.

use super::line::Line;
use super::words::Words;

/// What a number counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Measure {
    /// Nothing that is said.
    Bare,
    /// Milligrams, tablets, degrees.
    Unit,
    /// Days, hours.
    Time,
    /// Years of life.
    Age,
}

/// An amount: the token behind it, and what it counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Amount {
    pub(super) end: usize,
    pub(super) measure: Measure,
}

/// Reads amounts of one sentence.
#[derive(Clone, Copy)]
pub(super) struct Amounts<'l, 't> {
    pub(super) line: &'l Line<'t>,
    pub(super) words: &'static Words,
    /// What is read is how often something is done, within which nothing is done so often again: "twice a once a day"
    /// is read in one way, not in as many as there are words.
    pub(super) in_rate: bool,
}

impl Amounts<'_, '_> {
    /// A number, and all that belongs to it: what stands before ("at least", "<", "x"), its unit, and further numbers of
    /// the same amount ("2-3", "10 mg to 20 mg", "3 x 4 cm").
    pub(super) fn amount(&self, at: usize) -> Option<Amount> {
        let (mut from, mut is_between) = (at, false);
        loop {
            let before = self.words.about.at(self.line, from).max(self.sign(from));
            if before == 0 {
                break;
            }
            is_between |= self.line.lower(from) == "between";
            from += before;
        }
        let mut amount = self.counted(from)?;
        // A chain of more parts than this is a list of something else; the next hole begins there.
        for _ in 0..4 {
            // "from 10 mg to 20 mg" and "one day or 5 pounds" are two amounts.
            let is_mark = self.line.is_mark(amount.end) || matches!(self.line.lower(amount.end), "x" | "by");
            let is_from = self.line.lower(amount.end) == "to" && at > 0 && self.line.lower(at - 1) == "from";
            let Some(next) = self.next(amount.end, is_between).filter(|_| !is_from) else { break };
            if amount.measure != Measure::Bare && (amount.measure != next.measure || !is_mark) {
                break;
            }
            amount = next;
        }
        Some(amount)
    }

    /// A sign that belongs to the number behind it.
    fn sign(&self, at: usize) -> usize {
        let length = self.words.number_before.at(self.line, at);
        let is_joint = matches!(self.line.lower(at), "-" | "+") && (self.line.hugs(at) || !self.line.hugs(at + 1));
        if is_joint && length == 1 { 0 } else { length }
    }

    /// The next number of the same amount.
    fn next(&self, end: usize, is_between: bool) -> Option<Amount> {
        let line = self.line;
        let is_digit = |at: usize| line.is_number(at) || line.is_numeric_mark(at);
        let digits_before = end.checked_sub(1).is_some_and(is_digit);
        let from = match line.lower(end) {
            "-" | "\u{2013}" | "\u{2014}" | "\u{d7}" | "/" => end + 1,
            // "5 of 10", "120 over 80": of digits only.
            "of" | "over" | "by" | "versus" | "vs" if !(digits_before && is_digit(end + 1)) => return None,
            "and" if !is_between => return None,
            _ => match self.words.between.at(line, end) {
                0 => return None,
                length => end + length,
            },
        };
        let from = from + self.sign(from);
        // "five to one" would be a number in words, and "2 or the" none.
        self.counted(from)
    }

    /// A number and its unit.
    fn counted(&self, at: usize) -> Option<Amount> {
        let end = self.number(at)?;
        Some(self.unit(end).unwrap_or(Amount { end, measure: Measure::Bare }))
    }

    /// The token behind a number in digits or words.
    pub(super) fn number(&self, at: usize) -> Option<usize> {
        let line = self.line;
        if line.is_number(at) {
            let end = self.digits(at);
            let is_more = matches!(line.lower(end), "hundred" | "thousand" | "million" | "billion" | "dozen");
            return Some(end + usize::from(is_more));
        }
        if line.is_numeric_mark(at) {
            return Some(at + 1);
        }
        let mut end = at;
        loop {
            let is_joined = end > at && line.hugs(end) && line.lower(end) == "-" && line.hugs(end + 1);
            let next = end + usize::from(is_joined);
            if self.words.no_numbers.has(line, next) {
                break;
            }
            match self.words.numbers.at(line, next) {
                0 => break,
                length => end = next + length,
            }
        }
        if end == at {
            return None;
        }
        // "two and a half", "one hundred and five".
        if line.lower(end) == "and" && self.words.numbers.has(line, end + 1) && !line.is_number(end + 1) {
            let length = self.words.numbers.at(line, end + 1);
            let is_part = matches!(line.lower(end + length), "half" | "quarter")
                || matches!(line.lower(end - 1), "hundred" | "thousand");
            if is_part {
                end += 1 + length;
            }
        }
        Some(end)
    }

    fn digits(&self, at: usize) -> usize {
        let line = self.line;
        let mut end = at + 1;
        loop {
            let mark = line.lower(end);
            let hugs = line.hugs(end);
            let is_joint =
                matches!(mark, "/" | ":" | "-" | "\u{2013}" | "." | "," | "^" | "*" | "+" | "'" | "\"" | "\u{b7}");
            if hugs && is_joint && line.is_number(end + 1) && line.hugs(end + 1) {
                end += 2;
            } else if hugs && line.is_numeric_mark(end) {
                end += 1;
            } else if line.is_number(end) && line.lower(end + 1) == "/" && line.hugs(end + 1) && line.is_number(end + 2)
            {
                // "1 1/2".
                end += 3;
            } else if hugs && (self.words.ordinal_endings.has(line, end) || matches!(mark, "+" | "\"" | "'" | "x")) {
                return if line.hugs(end + 1) && !line.is_mark(end + 1) { end } else { end + 1 };
            } else {
                return end;
            }
        }
    }

    /// A unit behind a number, with what it is divided by ("mg/kg/day") and the form behind it ("mg tablets").
    fn unit(&self, number: usize) -> Option<Amount> {
        let line = self.line;
        let mut first = self.one_unit(number)?;
        for _ in 0..4 {
            let end = first.end;
            let is_ratio = matches!(line.lower(end), "/" | "per");
            let next = if is_ratio {
                let from = if line.is_number(end + 1) { self.digits(end + 1) } else { end + 1 };
                self.one_unit(from)
            } else if first.measure == Measure::Unit {
                self.one_unit(end).filter(|next| next.measure == Measure::Unit)
            } else {
                None
            };
            match next {
                Some(next) => first.end = next.end,
                None => break,
            }
        }
        Some(first)
    }

    fn one_unit(&self, behind: usize) -> Option<Amount> {
        let (line, words) = (self.line, self.words);
        let is_hyphen = line.lower(behind) == "-" && line.hugs(behind) && line.hugs(behind + 1);
        let at = behind + usize::from(is_hyphen);
        let age = words.ages.at(line, at);
        let inner = words.inner.at(line, at);
        let time = match words.time_units.at(line, at + inner) {
            0 => 0,
            length => inner + length,
        };
        let unit = words.units.at(line, at);
        let (length, measure) = if age > 0 {
            (age, Measure::Age)
        } else if time > unit {
            (time, Measure::Time)
        } else if unit > 0 {
            (unit, Measure::Unit)
        } else if words.unit_letters.has(line.word(at)) {
            (1, Measure::Unit)
        } else if words.time_letters.has(line.word(at)) && line.hugs(at) {
            (1, Measure::Time)
        } else {
            return None;
        };
        let end = at + length;
        // "5 mgx": another word.
        let is_whole = !(line.hugs(end) && (line.is_word(end) || line.is_number(end)) && line.is_word(end - 1));
        is_whole.then_some(Amount { end, measure })
    }

    /// A number in Roman letters behind a word that takes one: the token behind it.
    pub(super) fn roman(&self, at: usize) -> Option<usize> {
        let before = (at.saturating_sub(2)..at).any(|from| from + self.words.roman_behind.at(self.line, from) == at);
        let is_roman = before && self.words.roman.has(self.line, at) && self.line.is_capital(at);
        let mut end = is_roman.then_some(at + 1)?;
        // "III/VI", "II-III".
        while matches!(self.line.lower(end), "/" | "-" | "to" | "or" | "and")
            && self.words.roman.has(self.line, end + 1)
        {
            end += 2;
        }
        Some(end)
    }
}

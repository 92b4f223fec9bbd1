//! A value: one number with its unit, or a wording of more than one.

use super::name::{Asks, Name};
use super::units::{Measure, unit_at};
use super::{Beside, Found, Line};
use crate::note::words::Kind;
use clinical_lexicon::{TestKind, WordList};
use clinical_model::{Quantity, Value, Verbatim};
use std::ops::Range;

/// What stands between a name and the number.
#[derive(Debug, Default)]
pub(super) struct Before<'a> {
    /// Something says that the number is the name's: "is", ":".
    pub(super) is_linked: bool,
    /// Where words begin that make the number inexact ("about", "greater than").
    pub(super) inexact: Option<usize>,
    /// `<` and its like.
    pub(super) comparator: Option<Range<usize>>,
    /// "elevated" before the number.
    pub(super) reading: Option<Range<usize>>,
    /// "from" stands before it: an earlier value, unless a later one follows.
    pub(super) is_from: bool,
    pub(super) beside: Beside<'a>,
}

impl<'a> Line<'_, 'a, '_> {
    /// The value whose first number is at `at`.
    pub(super) fn number_value(&self, name: &Name, at: usize, next: usize, before: Before<'a>) -> Option<Found<'a>> {
        let m = self.marked;
        let limit = self.tokens.end;
        let (mut last, mut is_one) = (at, true);
        let mut start = at;
        if let Some(minus) = at.checked_sub(1).filter(|b| matches!(m.word(*b), "-" | "–" | "−") && m.touches_next(*b))
        {
            let is_apart =
                minus > name.end && !m.touches_next(minus - 1) || minus == name.end && !m.touches_next(name.end - 1);
            if name.can_be_negative() {
                start = minus;
            } else if is_apart {
                // "Hgb -9.8": a dash or a minus, nobody can tell.
                return None;
            }
        }
        if matches!(m.word(at.checked_sub(1)?), "#" | "$" | "/" | "+") {
            return None;
        }
        // "120/80"
        if m.word(at + 1) == "/" && m.touches_next(at) {
            let is_pair = name.is_pressure() && m.touches_next(at + 1) && m.is_kind(at + 2, Kind::Number);
            let is_more = m.touches_next(at + 2) && m.word(at + 3) == "/";
            if !is_pair || is_more {
                // "8/hpf", "20/min"
                unit_at(m.text.get(m.end(at)..)?).filter(|(_, _, measure)| name.takes(*measure))?;
            } else {
                (last, is_one) = (at + 2, false);
            }
        } else if name.is_pressure() && !name.is_single_pressure() {
            return None;
        }
        let mut end = m.end(last);
        let mut unit = self.unit_behind(name, end);
        // "5 feet 4 inches", "8 pounds 4 ounces"
        if let Some((_, unit_end, measure)) = unit
            && matches!(measure, Measure::Length | Measure::Weight)
        {
            let second = m.token_from(last, unit_end);
            let second = second + usize::from(m.is_word(second, "and"));
            if second < limit
                && m.is_kind(second, Kind::Number)
                && m.is_any(second - 1, FOOT)
                && m.touches_next(second - 1)
                && self.unit_behind(name, m.end(second)).is_none()
            {
                // "5'6"
                (last, is_one, end, unit) = (second, false, m.end(second), None);
            } else if second < limit
                && m.is_kind(second, Kind::Number)
                && let Some((s, e, other)) = self.unit_behind(name, m.end(second))
                && other == measure
                && self.text(s..e) != self.text(unit?.0..unit?.1)
            {
                (last, is_one, end) = (second, false, m.end(second));
                unit = Some((s, e, other));
            }
        }
        // A range, or what became of it: "120-140", "1.4 -> 1.1", "from 1.4 to 1.1".
        let mut behind = self.behind(last, unit.map(|(_, e, _)| e));
        while let Some(other) = self.continues(behind).filter(|other| *other < limit) {
            (last, is_one, end) = (other, false, m.end(other));
            // "140/90-150/95"
            if name.is_pressure() && m.word(other + 1) == "/" && m.is_kind(other + 2, Kind::Number) {
                (last, end) = (other + 2, m.end(other + 2));
            }
            unit = self.unit_behind(name, end);
            behind = self.behind(last, unit.map(|(_, e, _)| e));
        }
        if before.is_from && is_one {
            return None;
        }
        if self.is_plural(last) || unit.is_none() && self.has_wrong_unit(name, end) {
            return None;
        }
        if !self.is_sure(name, before.is_linked, unit.map(|u| u.2), last) || !self.is_complete(behind, next) {
            return None;
        }
        let unit = unit.map(|(s, e, _)| s..e);
        let whole_end = unit.as_ref().map_or(end, |u| u.end);
        let value = match (is_one, before.inexact) {
            (true, None) => Value::Quantity(Quantity {
                value: Some(m.fact(m.start(start)..m.end(at))?),
                comparator: before.comparator.clone().and_then(|c| m.fact_of(c)),
                unit: unit.and_then(|u| m.fact(u)),
                code: None,
            }),
            (_, inexact) => {
                let from = inexact.or(before.comparator.as_ref().map(|c| c.start)).unwrap_or(start);
                Value::Scalar(m.fact(m.start(from)..whole_end)?)
            }
        };
        let mut beside = before.beside;
        if let Some(reading) = before.reading {
            beside.interpretations.extend(m.fact_of(reading).map(super::tail::reading));
        }
        let end = self.tail(name, behind, &mut beside);
        Some(Found { value, beside, end })
    }

    fn text(&self, bytes: Range<usize>) -> &'a str {
        self.marked.text.get(bytes).unwrap_or_default()
    }

    /// The unit behind a byte, if it can be one of the test: its bytes and its measure.
    fn unit_behind(&self, name: &Name, byte: usize) -> Option<(usize, usize, Measure)> {
        let limit = self.marked.end(self.tokens.end.checked_sub(1)?);
        let (start, end, measure) = unit_at(self.marked.text.get(byte..limit)?)?;
        let text = self.text(byte + start..byte + end);
        // "12.3 H", "9.8 L": flags of a laboratory. "64 in" and "98 f" only where they can be meant.
        let is_flag = matches!(text, "H" | "L") && name.words.kind == TestKind::Lab;
        (name.takes(measure) && !is_flag).then_some((byte + start, byte + end, measure))
    }

    /// Whether a unit stands there that no value of the test has: a dose, an age.
    fn has_wrong_unit(&self, name: &Name, byte: usize) -> bool {
        let limit = self.marked.end(self.tokens.end.saturating_sub(1));
        let Some((start, end, measure)) = self.marked.text.get(byte..limit).and_then(unit_at) else { return false };
        let text = self.text(byte + start..byte + end);
        // A word that is a unit and much else ("in", "a", "c") does not make a number wrong.
        let is_word = matches!(text, "in" | "m" | "H" | "L" | "C" | "F" | "U" | "M" | "G");
        !name.takes(measure) && !is_word
    }

    /// The token behind a value that ends with a token or with a unit.
    fn behind(&self, last: usize, unit_end: Option<usize>) -> usize {
        unit_end.map_or(last + 1, |end| self.marked.token_from(last, end))
    }

    /// The number that goes on with a range or an arrow which begins at `at`.
    fn continues(&self, at: usize) -> Option<usize> {
        let m = self.marked;
        let is_number = |at: usize| m.is_kind(at, Kind::Number).then_some(at);
        match m.word(at) {
            "→" | "➔" | "➜" => is_number(at + 1),
            "-" | "=" | "–" if m.word(at + 1) == ">" => is_number(at + 2),
            "-" if m.word(at + 1) == "-" && m.word(at + 2) == ">" => is_number(at + 3),
            "-" | "–" | "—" => is_number(at + 1).filter(|n| m.date_at(*n).is_none()),
            ">" => is_number(at + 1),
            _ if m.is_word(at, "to") => is_number(at + 1).filter(|n| m.date_at(*n).is_none()),
            _ => None,
        }
    }

    /// "the 150s", "120's"
    fn is_plural(&self, at: usize) -> bool {
        let m = self.marked;
        m.touches_next(at) && m.is_any(at + 1, &["s", "ish"])
            || matches!(m.word(at + 1), "'" | "\u{2019}") && m.is_word(at + 2, "s")
    }

    /// Whether what the name asks for is there.
    fn is_sure(&self, name: &Name, is_linked: bool, unit: Option<Measure>, last: usize) -> bool {
        let m = self.marked;
        if name.is_weight() && self.is_moved {
            return false;
        }
        // A year of four digits is one, but beside a unit.
        if unit.is_none() && m.is_year(last) && !self.is_of_results() {
            return false;
        }
        let has_unit = unit.is_some();
        match name.words.kind {
            TestKind::Score => return is_linked || self.is_of_results(),
            TestKind::Study => return has_unit || name.can_be_negative() || name.words.name.contains("jection"),
            TestKind::Lab | TestKind::Vital => {}
        }
        match self.asks(name) {
            Asks::Nothing => true,
            Asks::Link => is_linked || has_unit || self.is_of_results() || self.is_panel,
            Asks::Unit => unit == Some(Measure::Result) || is_linked || self.is_of_results() || self.is_panel,
        }
    }

    /// Whether a value is over: what stands behind it is a mark, a flag, another name, or a word that goes on.
    pub(super) fn is_complete(&self, at: usize, next: usize) -> bool {
        let m = self.marked;
        if at >= self.tokens.end || at >= next {
            return true;
        }
        let joins = at.checked_sub(1).is_some_and(|before| m.touches_next(before));
        if m.is_kind(at, Kind::Line) {
            return true;
        }
        if m.is_kind(at, Kind::Number) {
            // The next cell of a row.
            let gap = self.text(m.end(at - 1)..m.start(at));
            return gap.len() > 1 || gap == "\t" || m.date_at(at).is_some();
        }
        if m.is_kind(at, Kind::Mark) {
            return match m.word(at) {
                "-" | "–" => !joins,
                "/" | "+" => !joins,
                // "glucose 120, 130 and 150": which of them, nobody can tell.
                "," => !m.is_kind(at + 1, Kind::Number) || m.date_at(at + 1).is_some(),
                ":" | "<" | ">" | "^" | "'" | "\u{2019}" | "\"" | "%" | "#" | "=" | "°" => false,
                _ => true,
            };
        }
        // "140 and 150", "7 or 8"
        if m.is_any(at, &["and", "or", "&"]) && m.is_kind(at + 1, Kind::Number) {
            return false;
        }
        !joins && (m.is_on(at, WordList::After) || is_flag(m.word(at))) || self.name_at(at).is_some()
    }

    /// The words of a state that stands for a value: its tokens.
    pub(super) fn state_at(&self, at: usize) -> Option<Range<usize>> {
        let m = self.marked;
        let mut end = at;
        while end < at + 2 && m.is_on(end, WordList::Degree) && !m.is_on(end, WordList::State) {
            end += 1;
        }
        if m.is_word(end, "within")
            && m.is_any(end + 1, &["normal", "therapeutic"])
            && m.is_any(end + 2, &["limits", "range"])
        {
            return Some(at..end + 3);
        }
        if m.is_any(end, &["not", "non"])
            && m.is_any(end + 1 + usize::from(m.word(end + 1) == "-"), &["detected", "reactive"])
        {
            return Some(at..end + 2 + usize::from(m.word(end + 1) == "-"));
        }
        m.is_on(end, WordList::State).then_some(at..end + 1)
    }

    pub(super) fn state_fact(&self, tokens: Range<usize>) -> Option<Verbatim<'a>> {
        self.marked.fact_of(tokens)
    }
}

/// Signs for feet.
const FOOT: &[&str] = &["'", "\u{2019}", "\u{2032}"];

/// A laboratory's flag in capitals.
pub(super) fn is_flag(word: &str) -> bool {
    matches!(word, "H" | "L" | "HH" | "LL" | "A")
}

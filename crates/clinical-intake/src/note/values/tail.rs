//! What stands behind a value and belongs to it: a flag, a range, an earlier value, a date.

use super::name::Name;
use super::number::is_flag;
use super::{Beside, Line};
use crate::note::words::Kind;
use clinical_lexicon::WordList;
use clinical_model::{CodeSystem, Coding, Concept, Quantity, ReferenceRange, Verbatim};
use std::ops::Range;

/// A reading in words ("elevated"), or a laboratory's flag, which is its code as well (HL7 table 0078).
pub(super) fn reading(fact: Verbatim<'_>) -> Concept<'_> {
    if is_flag(fact.text()) {
        let coding = Coding { system: CodeSystem::Other, code: Some(fact), display: None };
        Concept { text: None, codings: vec![coding] }
    } else {
        Concept { text: Some(fact), codings: Vec::new() }
    }
}

/// Readings in words behind a value.
const READINGS: &[&str] = &["high", "low", "elevated", "abnormal"];

impl<'a> Line<'_, 'a, '_> {
    /// Reads on from `at` and gives the token behind.
    pub(super) fn tail(&self, name: &Name, mut at: usize, beside: &mut Beside<'a>) -> usize {
        let m = self.marked;
        for _ in 0..6 {
            if at >= self.tokens.end {
                break;
            }
            let word = m.word(at);
            if matches!(word, "(" | "[") {
                let close = (at + 1..self.tokens.end.min(at + 24)).find(|c| matches!(m.word(*c), ")" | "]"));
                let Some(close) = close else { break };
                self.aside(at + 1..close, beside);
                at = close + 1;
            } else if word == "*" {
                at += 1;
            } else if (is_flag(word) || m.is_any(at, READINGS)) && self.is_end(at + 1) {
                beside.interpretations.extend(m.fact_of(at..at + 1).map(reading));
                at += 1;
            } else if m.is_on(at, WordList::Reference) && self.is_range(at) {
                let end = self.clause_end(at);
                self.range(at..end, beside);
                at = end;
            } else if name.is_oxygen() && m.is_any(at, &["on", "ra", "room"]) {
                let end = self.clause_end(at);
                beside.notes.extend(m.fact_of(at..end.min(at + 8)));
                at = end;
            } else {
                let date = at + usize::from(m.is_any(at, &["on", "in", "from", ","]));
                let Some(end) = m.date_or_day_at(date).or_else(|| {
                    let is_year = m.is_year(date) && m.is_any(at, &["in", "from"]);
                    is_year.then_some(date + 1)
                }) else {
                    break;
                };
                if end <= self.tokens.end && beside.when.is_none() {
                    beside.when = m.fact_of(date..end);
                }
                at = end;
            }
        }
        at
    }

    fn is_end(&self, at: usize) -> bool {
        let m = self.marked;
        let is_small_word = m.is_any(at, &["and", "on", "at", "with", "but"]);
        at >= self.tokens.end || !m.is_kind(at, Kind::Word) || is_small_word || self.name_at(at).is_some()
    }

    /// The token at which a clause ends.
    fn clause_end(&self, from: usize) -> usize {
        let m = self.marked;
        let ends = |at: &usize| {
            matches!(m.word(*at), "," | ";" | ")" | "]" | "|")
                || m.word(*at) == "." && !(m.touches_next(*at) && m.is_kind(*at + 1, Kind::Word))
        };
        let limit = self.tokens.end.min(from + 24);
        (from..limit).find(|at| ends(at) || m.is_kind(*at, Kind::Line)).unwrap_or(limit)
    }

    fn is_range(&self, at: usize) -> bool {
        let end = self.clause_end(at);
        (at..end.min(at + 8)).any(|t| self.marked.is_kind(t, Kind::Number))
    }

    /// What stands in parentheses behind a value.
    fn aside(&self, inner: Range<usize>, beside: &mut Beside<'a>) {
        let m = self.marked;
        let Some(fact) = m.fact_of(inner.clone()) else { return };
        let is_reading = inner.len() == 1
            && (is_flag(fact.text()) || m.is_any(inner.start, &["high", "low", "elevated", "abnormal", "critical"]));
        if is_reading {
            beside.interpretations.push(reading(fact));
        } else if m.is_on(inner.start, WordList::Reference) && inner.clone().any(|t| m.is_kind(t, Kind::Number)) {
            self.range(inner, beside);
        } else if m.date_at(inner.start) == Some(inner.end) && beside.when.is_none() {
            beside.when = Some(fact);
        } else {
            // An earlier value, a range that may be one of the day or of the laboratory: as it stands.
            beside.notes.push(fact);
        }
    }

    /// A range that is called one: "ref 12-16", "normal: <100".
    fn range(&self, inner: Range<usize>, beside: &mut Beside<'a>) {
        let m = self.marked;
        let numbers: Vec<usize> = inner.clone().filter(|t| m.is_kind(*t, Kind::Number)).collect();
        let quantity = |at: usize, comparator: Option<Verbatim<'a>>| Quantity {
            value: m.fact_of(at..at + 1),
            comparator,
            unit: None,
            code: None,
        };
        let text = m.fact_of(inner.clone());
        let mut range = ReferenceRange { low: None, high: None, text, qualified: false };
        match numbers.as_slice() {
            [low, high] if *high == *low + 2 && (matches!(m.word(low + 1), "-" | "–") || m.is_word(low + 1, "to")) => {
                range.low = Some(quantity(*low, None));
                range.high = Some(quantity(*high, None));
            }
            [one] if one.checked_sub(1).is_some_and(|b| b >= inner.start && matches!(m.word(b), "<" | "≤")) => {
                range.high = Some(quantity(*one, m.fact_of(one - 1..*one)));
            }
            [one] if one.checked_sub(1).is_some_and(|b| b >= inner.start && matches!(m.word(b), ">" | "≥")) => {
                range.low = Some(quantity(*one, m.fact_of(one - 1..*one)));
            }
            _ => {}
        }
        beside.ranges.push(range);
    }
}

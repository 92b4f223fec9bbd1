//! From a name to its value.

use super::name::Name;
use super::number::Before;
use super::{Found, Line};
use crate::note::words::Kind;
use clinical_lexicon::{TestKind, WordList};
use clinical_model::{Concept, Value};

/// How many tokens may stand between a name and its value.
const FAR: usize = 12;

impl<'a> Line<'_, 'a, '_> {
    /// The value of a name; `next` is the token at which the next name begins, and `is_listed` whether the name is the
    /// last of a list.
    pub(super) fn value_of(&self, name: &Name, next: usize, is_listed: bool) -> Option<Found<'a>> {
        let m = self.marked;
        let limit = self.tokens.end.min(name.end + FAR).min(next.max(name.end));
        let mut before = Before::default();
        let mut at = name.end;
        while at < limit {
            if m.is_kind(at, Kind::Line) {
                at += 1;
                continue;
            }
            if let Some(end) = m.date_or_day_at(at).filter(|_| !name.is_pressure() || m.date_at(at).is_some()) {
                before.beside.when = m.fact_of(at..end);
                before.inexact = None;
                at = end;
                continue;
            }
            if m.is_kind(at, Kind::Number) {
                // "in 2019"
                if m.is_year(at) && m.is_any(at.checked_sub(1)?, &["in", "since", "of"]) {
                    before.beside.when = m.fact_of(at..at + 1);
                    at += 1;
                    continue;
                }
                return if is_listed { None } else { self.number_value(name, at, next, before) };
            }
            if m.is_kind(at, Kind::Mark) {
                at = self.mark(name, at, limit, &mut before)?;
                continue;
            }
            if let Some(state) = self.state_at(at) {
                let is_number_near = (state.end..limit.min(state.end + 4)).any(|t| m.is_kind(t, Kind::Number));
                let goes_on = is_number_near && self.reading_goes_on(state.end, limit);
                if !goes_on {
                    return self.state_value(name, state, before);
                }
                before.reading = Some(state.clone());
                before.is_linked = true;
                at = state.end;
                continue;
            }
            if m.is_on(at, WordList::About) || m.is_on(at, WordList::Compare) {
                before.inexact.get_or_insert(at);
                at += 1;
            } else if m.is_any(at, &["greater", "more", "less", "higher", "lower", "fewer"])
                && m.is_word(at + 1, "than")
            {
                before.inexact.get_or_insert(at);
                at += 2;
            } else if m.is_word(at, "as") && m.is_any(at + 1, &["high", "low"]) && m.is_word(at + 2, "as")
                || m.is_any(at, &["at", "up"]) && m.is_any(at + 1, &["least", "most", "to"])
            {
                before.inexact.get_or_insert(at);
                at += if m.is_word(at, "as") { 3 } else { 2 };
            } else if m.is_word(at, "from") {
                before.is_from = true;
                at += 1;
            } else if m.is_on(at, WordList::Link) {
                before.is_linked = true;
                at += 1;
            } else if m.is_on(at, WordList::Degree) {
                at += 1;
            } else {
                return None;
            }
        }
        None
    }

    /// "elevated at 8", "low, 8.2": whether a reading leads to the number behind it.
    fn reading_goes_on(&self, from: usize, limit: usize) -> bool {
        let m = self.marked;
        let number = (from..limit).find(|at| m.is_kind(*at, Kind::Number));
        let is_link = |at: usize| {
            m.is_on(at, WordList::Link)
                || m.is_on(at, WordList::About)
                || matches!(m.word(at), "," | ":" | "(" | "=")
                || m.is_word(at, "with")
        };
        // "normal on 3/4/2021": the number is a date.
        number.is_some_and(|n| m.date_or_day_at(n).is_none() && !m.is_year(n) && (from..n).all(is_link))
    }

    /// A mark between name and value: the token to go on with.
    fn mark(&self, name: &Name, at: usize, limit: usize, before: &mut Before<'a>) -> Option<usize> {
        let m = self.marked;
        match m.word(at) {
            ":" | "=" | "|" => {
                before.is_linked = true;
                Some(at + 1)
            }
            // "C4-5" is a place in the spine.
            "-" | "–" if m.touches_next(at) && m.touches_next(at - 1) && m.is_kind(at - 1, Kind::Number) => None,
            "-" | "–" | "—" | "→" | "*" | "_" => Some(at + 1),
            "." if m.touches_next(at) || m.word(at + 1) == "." => Some(at + 1),
            "," if before.reading.is_some() || m.is_on(at + 1, WordList::Link) => Some(at + 1),
            "~" | "≈" => {
                before.inexact.get_or_insert(at);
                Some(at + 1)
            }
            "<" | ">" | "≤" | "≥" => {
                let end = if m.word(at + 1) == "=" { at + 2 } else { at + 1 };
                before.comparator = Some(at..end);
                m.is_kind(end, Kind::Number).then_some(end)
            }
            "(" | "[" => {
                let close = (at + 1..limit.min(at + 8)).find(|c| matches!(m.word(*c), ")" | "]"))?;
                if let Some(end) = (at + 1..close).find_map(|d| m.date_at(d).map(|end| d..end)) {
                    before.beside.when = m.fact_of(end);
                    return Some(close + 1);
                }
                let is_words = (at + 1..close).all(|t| {
                    !m.is_kind(t, Kind::Number)
                        || m.touches_next(t)
                        || m.touches_next(t - 1) && m.is_kind(t - 1, Kind::Word)
                });
                // "(142)" right behind the name is its value.
                if m.is_kind(at + 1, Kind::Number) && at == name.end {
                    return Some(at + 1);
                }
                is_words.then_some(close + 1)
            }
            _ => None,
        }
    }

    /// A state instead of a number: of laboratory tests, and of vital signs where a link says so.
    fn state_value(&self, name: &Name, state: std::ops::Range<usize>, before: Before<'a>) -> Option<Found<'a>> {
        let m = self.marked;
        let word = m.word(state.end - 1);
        let is_answer = ["negative", "positive", "reactive", "nonreactive", "detected", "neg", "pos"]
            .iter()
            .any(|w| w.eq_ignore_ascii_case(word));
        let is_taken = match name.words.kind {
            TestKind::Lab => before.is_linked || is_answer || self.is_of_results(),
            TestKind::Vital => {
                before.is_linked && (m.is_on(state.end - 1, WordList::Reading) || m.is_word(state.end - 1, "limits"))
            }
            TestKind::Study | TestKind::Score => false,
        };
        // "sodium low fat diet": the state belongs to what follows.
        let is_over = state.end >= self.tokens.end
            || m.is_kind(state.end, Kind::Line)
            || m.is_kind(state.end, Kind::Mark) && !matches!(m.word(state.end), ":" | "-" | "/")
            || m.is_any(
                state.end,
                &[
                    "and",
                    "today",
                    "at",
                    "on",
                    "in",
                    "with",
                    "but",
                    "which",
                    "for",
                    "as",
                    "compared",
                    "this",
                    "from",
                    "yesterday",
                    "however",
                    "while",
                    "despite",
                ],
            );
        if !is_taken || !is_over || before.inexact.is_some() || before.comparator.is_some() {
            return None;
        }
        let fact = self.state_fact(state.clone())?;
        let mut beside = before.beside;
        let value = Value::Concept(Concept { text: Some(fact), codings: Vec::new() });
        let end = self.tail(name, state.end, &mut beside);
        Some(Found { value, beside, end })
    }
}

//! A sentence with placeholders for what a model must not see or change.

mod amount;
mod line;
mod named;
mod odd;
mod spans;
#[cfg(test)]
mod tests;
mod time;
mod words;

use amount::Amounts;
use clinical_lexicon::Lexicon;
use clinical_privacy::{Identifier, Kind};
use line::Line;
pub(crate) use named::Names;
use spans::{Span, settle};
use std::fmt;
use zeroize::Zeroize;

/// What a placeholder stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HoleKind {
    /// A medicine, with its strength and form where they belong to the name.
    Medicine,
    /// A test.
    Test,
    /// A number with its unit, a dose, a value.
    Number,
    /// A date, a clock time, how often, how long.
    Time,
    /// A person or a place.
    Person,
    /// Any other code or identifier.
    Code,
}

impl HoleKind {
    /// The word in the placeholder: it says what kind of thing stands there, so that a sentence can be made around it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Medicine => "MEDICINE",
            Self::Test => "TEST",
            Self::Number => "NUMBER",
            Self::Time => "TIME",
            Self::Person => "NAME",
            Self::Code => "CODE",
        }
    }
}

/// A stretch of a sentence that a placeholder stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Hole {
    /// What it is.
    pub(crate) kind: HoleKind,
    /// Number of the placeholder: one for the whole document, so that one of another sentence is told from its own.
    pub(crate) number: usize,
    /// First byte of the stretch in the sentence, and the byte behind the last.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Hole {
    /// The placeholder: `[MEDICINE 3]`.
    pub(crate) fn placeholder(&self) -> String {
        format!("[{} {}]", self.kind.word(), self.number)
    }
}

/// A sentence and its holes. `Debug` prints no word of it.
#[derive(Clone)]
pub(crate) struct Masked {
    /// As the record has it.
    pub(crate) text: String,
    /// With placeholders.
    pub(crate) shown: String,
    /// The holes, in order, none inside another.
    pub(crate) holes: Vec<Hole>,
    /// It stands where the sheet says what is to be done, so that a bare noun ("no driving") is an order.
    pub(crate) is_plan: bool,
}

impl fmt::Debug for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Masked({} holes)", self.holes.len())
    }
}

impl Masked {
    /// The stretches of the sentence outside of its holes.
    pub(crate) fn outside(&self) -> impl Iterator<Item = &str> {
        let starts = self.holes.iter().map(|hole| hole.start).chain([self.text.len()]);
        let ends = [0].into_iter().chain(self.holes.iter().map(|hole| hole.end));
        ends.zip(starts).map(|(from, to)| self.text.get(from..to).unwrap_or_default())
    }

    /// How many words stand outside.
    pub(crate) fn words(&self) -> usize {
        let words = self.outside().flat_map(|part| part.split(|c: char| !(c.is_alphabetic() || c == '\'')));
        words.filter(|word| word.contains(char::is_alphabetic)).count()
    }
}

impl Drop for Masked {
    fn drop(&mut self) {
        self.text.zeroize();
        self.shown.zeroize();
    }
}

/// A sentence with placeholders, numbered from `next` on, for all that a model must not see: the identifiers that were
/// found in it, and what is found here. `None` where something could be left: then nobody is asked about it.
pub(crate) fn mask(
    text: &str,
    identifiers: &[Identifier],
    names: &Names,
    lexicon: &Lexicon,
    next: usize,
) -> Option<Masked> {
    if text.contains(odd::is_forbidden) {
        return None;
    }
    let line = Line::new(text);
    let amounts = Amounts { line: &line, words: words::words()?, in_rate: false };
    let mut spans: Vec<Span> = identifiers.iter().map(identity).collect();
    whole_names(&amounts, &mut spans);
    named::find(&amounts, names, lexicon, &mut spans);
    counts(&amounts, &mut spans);
    odd::find(text, &mut spans);
    let mut spans = settle(text, spans);
    let before = spans.len();
    let mut left = Vec::new();
    odd::left(text, &spans, &mut left);
    spans.extend(left);
    if spans.len() > before {
        spans = settle(text, spans);
    }
    let holes = spans.iter().zip(next..);
    let holes = holes.map(|(span, number)| Hole { kind: span.kind, number, start: span.start, end: span.end });
    let mut masked = Masked { text: text.to_owned(), shown: String::new(), holes: holes.collect(), is_plan: false };
    let outside: String = masked.outside().collect();
    let is_plain = outside.chars().all(odd::is_plain);
    // In capitals alone a name looks like any word, and so does a street.
    let has_small = outside.contains(char::is_lowercase) || !outside.contains(char::is_uppercase);
    if !is_plain || !has_small {
        return None;
    }
    masked.shown = shown(text, &masked.holes)?;
    Some(masked)
}

/// The sentence with its placeholders.
fn shown(text: &str, holes: &[Hole]) -> Option<String> {
    let mut shown = String::with_capacity(text.len() + holes.len() * 8);
    let mut from = 0;
    for hole in holes {
        shown.push_str(text.get(from..hole.start)?);
        shown.push_str(&hole.placeholder());
        from = hole.end;
    }
    shown.push_str(text.get(from..)?);
    Some(shown)
}

/// What an identifier is to a sentence.
fn identity(one: &Identifier) -> Span {
    let kind = match one.kind {
        Kind::Name | Kind::Street | Kind::City | Kind::County | Kind::Facility | Kind::Employer => HoleKind::Person,
        Kind::Date => HoleKind::Time,
        Kind::Age => HoleKind::Number,
        _ => HoleKind::Code,
    };
    Span { start: one.start, end: one.end, kind }
}

/// Times and amounts, from the first word to the last.
fn counts(amounts: &Amounts<'_, '_>, out: &mut Vec<Span>) {
    let (line, words) = (amounts.line, amounts.words);
    let mut at = 0;
    while at < line.len() {
        let skipped = words.no_numbers.at(line, at).max(words.no_times.at(line, at));
        let is_hugged = is_hugged(line, at);
        let (end, kind) = if skipped > 0 {
            at += skipped;
            continue;
        } else if is_hugged {
            // Inside of "B12": all of it is one.
            at += 1;
            continue;
        } else if let Some(end) = amounts.time(at) {
            // An article belongs to the sentence where the rest tells the time without it: "a 10-day course".
            let is_article = matches!(line.lower(at), "a" | "an" | "the");
            if is_article && amounts.time(at + 1) == Some(end) {
                at += 1;
            }
            (end, HoleKind::Time)
        } else if let Some(amount) = amounts.amount(at) {
            (amount.end, HoleKind::Number)
        } else if let Some(end) = amounts.roman(at) {
            (end, HoleKind::Number)
        } else if amounts.once(at) {
            (at + 1, HoleKind::Number)
        } else {
            at += 1;
            continue;
        };
        let (start, last) = line.bytes(at, end);
        out.push(Span { start, end: last, kind });
        at = end.max(at + 1);
    }
}

/// Whether a token goes on with a word: the numbers of "B12", "COVID-19" and "L5-6".
fn is_hugged(line: &Line<'_>, at: usize) -> bool {
    let is_hyphen = |at: usize| matches!(line.lower(at), "-" | "\u{2010}" | "\u{2011}");
    if line.is_mark(at) && !is_hyphen(at) {
        return false;
    }
    let mut first = at;
    for _ in 0..4 {
        let is_part = line.hugs(first) && (line.is_number(first) || is_hyphen(first) || first == at);
        let Some(before) = first.checked_sub(1).filter(|_| is_part) else { break };
        if line.is_word(before) {
            return first == at || line.is_number(at);
        }
        if line.is_mark(before) && !is_hyphen(before) {
            break;
        }
        first = before;
    }
    false
}

/// A word in capitals beside a name is part of it, unless it is a title: "Odalys" where only "Quennell" was found.
fn whole_names(amounts: &Amounts<'_, '_>, spans: &mut [Span]) {
    let (line, words) = (amounts.line, amounts.words);
    let is_name = |at: usize| {
        let word = line.word(at);
        line.is_capital(at)
            && word.chars().skip(1).any(char::is_lowercase)
            && !words.titles.has(line, at)
            && !words.weekdays.has(line, at)
            && !words.months.has(line, at)
    };
    let is_given = |at: usize| {
        let is_behind = |from: usize| from + words.before_given.at(line, from) == at;
        line.is_word(at) && !words.titles.has(line, at) && (at.saturating_sub(2)..at).any(is_behind)
    };
    let is_blank = |from: usize, to: usize| {
        line.text.get(from..to).is_some_and(|gap| !gap.is_empty() && gap.chars().all(|c| c == ' ' || c == '\u{a0}'))
    };
    for span in spans.iter_mut().filter(|span| span.kind == HoleKind::Person) {
        for _ in 0..3 {
            let first = line.token_at(span.start);
            // The first word of a sentence has a capital anyway.
            let is_part = |at: usize| at > 0 && (is_name(at) || is_given(at));
            let Some(before) = first.checked_sub(1).filter(|before| is_part(*before)) else { break };
            let (start, end) = line.bytes(before, first);
            if !is_blank(end, span.start) {
                break;
            }
            span.start = start;
        }
        for _ in 0..3 {
            let behind = line.token_at(span.end);
            let (start, end) = line.bytes(behind, behind + 1);
            if !is_name(behind) || !is_blank(span.end, start) {
                break;
            }
            span.end = end;
        }
    }
}

//! Results and vital signs in sentences: a test's name, what links it to a value, the value, its unit and what stands
//! beside it.
//!
//! The name decides: a number without the name of a test before it is nothing, however much it looks like a result.
//! Which names there are is the lexicon's matter. Between name and value only words stand that say nothing ("of", "is
//! elevated at"), and behind the value only a unit, a flag, a range, a date or the end of the clause; anything else and
//! the number is left in its sentence. A value that is not one exact number ("approximately 130", "120-140",
//! "1.4 -> 1.1", "120/80 mmHg") is taken as the whole wording. Limits and goals, doses, other people's values and lists
//! of tests with a list of values are left.

mod flow;
mod name;
mod number;
mod tail;
#[cfg(test)]
pub(crate) mod tests;
mod units;

use super::marked::{Hits, Marked};
use super::outline::{NoteKind, Outline};
use super::words::{Kind, Token};
use clinical_lexicon::{Cue, Lexicon, TestKind, WordList};
use clinical_model::{
    Assertion, Component, Concept, EntryId, Observation, ObservationCategory, Period, ReferenceRange, Value, Verbatim,
};
use name::Name;
use std::ops::Range;

/// What stands beside a value.
#[derive(Debug, Default)]
struct Beside<'a> {
    interpretations: Vec<Concept<'a>>,
    ranges: Vec<ReferenceRange<'a>>,
    when: Option<Verbatim<'a>>,
    notes: Vec<Verbatim<'a>>,
}

/// A value and the token behind it and all that belongs to it.
#[derive(Debug)]
struct Found<'a> {
    value: Value<'a>,
    beside: Beside<'a>,
    end: usize,
}

/// The results and vital signs that a note tells of, in order. `entry_of` gives the entry of a sentence. Linear.
#[must_use]
pub fn observations<'a>(
    text: &'a str,
    tokens: &[Token],
    outline: &Outline,
    lexicon: &Lexicon,
    entry_of: &dyn Fn(usize) -> EntryId,
) -> Vec<Observation<'a>> {
    observations_of(&Marked::new(text, tokens, outline, lexicon), entry_of)
}

/// The same from a note whose words are numbered already.
#[must_use]
pub fn observations_of<'a>(marked: &Marked<'a, '_>, entry_of: &dyn Fn(usize) -> EntryId) -> Vec<Observation<'a>> {
    let mut out = Vec::new();
    let mut hits = Hits::default();
    let mut sentence = 0;
    while sentence < marked.len() {
        let last = marked.last_of_line(sentence);
        if is_read(marked.kind_of(sentence)) {
            let tokens = marked.tokens_of(sentence).start..marked.tokens_of(last).end;
            let (is_panel, is_moved) = (false, false);
            let kind = marked.kind_of(sentence);
            let line = Line { marked, kind, tokens, sentences: sentence..last + 1, is_panel, is_moved };
            line.read(&mut hits, entry_of, &mut out);
        }
        sentence = last + 1;
    }
    out
}

/// Lists of medicines and habits, relatives' histories, and what the patient is to watch for, hold no results.
const fn is_read(kind: NoteKind) -> bool {
    !matches!(
        kind,
        NoteKind::Medications
            | NoteKind::Allergies
            | NoteKind::Family
            | NoteKind::Social
            | NoteKind::Immunizations
            | NoteKind::PastSurgical
            | NoteKind::Instructions
            | NoteKind::FollowUp
            | NoteKind::ReturnPrecautions
    )
}

impl Marked<'_, '_> {
    /// The last of the sentences that are cells of one line with this one.
    fn last_of_line(&self, sentence: usize) -> usize {
        let mut last = sentence;
        while let (Some(a), Some(b)) = (self.outline.sentences.get(last), self.outline.sentences.get(last + 1)) {
            let gap = self.text.get(a.span.end..b.span.start).unwrap_or("\n");
            let is_ended = self.text.get(..a.span.end).is_some_and(|t| t.ends_with(['.', '!', '?', ';']));
            if is_ended || a.section != b.section || gap.contains(['\n', '\r']) {
                break;
            }
            last += 1;
        }
        last
    }
}

/// Words before a date that is the date of the results behind it.
const DRAWN: &[&str] =
    &["work", "bloodwork", "labs", "lab", "results", "testing", "panel", "drawn", "collected", "dated"];

/// One sentence, or the cells of one line.
struct Line<'m, 'a, 'n> {
    marked: &'m Marked<'a, 'n>,
    kind: NoteKind,
    tokens: Range<usize>,
    sentences: Range<usize>,
    /// It holds several names with numbers right behind them ("Na 140, K 4.2").
    is_panel: bool,
    /// It tells of a weight that is lifted, gained or lost.
    is_moved: bool,
}

impl<'a> Line<'_, 'a, '_> {
    fn read(mut self, hits: &mut Hits, entry_of: &dyn Fn(usize) -> EntryId, out: &mut Vec<Observation<'a>>) {
        let m = self.marked;
        let may_hold = |at: usize| m.is_kind(at, Kind::Number) || m.is_on(at, WordList::State);
        if !self.tokens.clone().any(may_hold) {
            return;
        }
        let names = self.names();
        if names.is_empty() || self.tokens.clone().any(|at| m.is_word(at, "respectively")) {
            return;
        }
        self.is_panel = names.iter().filter(|n| m.is_kind(n.end, Kind::Number)).nth(1).is_some();
        self.is_moved = self.tokens.clone().any(|at| m.is_on(at, WordList::NotMeasured));
        m.cues_in(self.tokens.clone(), hits);
        let (since, barred, dates) = (self.time_before(), self.barred(hits), self.heading_dates());
        let mut behind = self.tokens.start;
        for (i, name) in names.iter().enumerate() {
            let is_barred = barred.get(name.start - self.tokens.start).is_none_or(|b| *b) || self.is_denied(name);
            if name.start < behind || is_barred {
                continue;
            }
            let next = names.get(i + 1).map_or(self.tokens.end, |n| n.start);
            let is_listed = i.checked_sub(1).and_then(|b| names.get(b)).is_some_and(|b| self.is_listed(b, name));
            let Some(mut found) = self.value_of(name, next, is_listed) else { continue };
            behind = found.end;
            if found.beside.when.is_none() {
                let before = dates.partition_point(|(at, _)| *at < name.start);
                found.beside.when = before.checked_sub(1).and_then(|i| dates.get(i)).map(|(_, date)| date.clone());
            }
            found.beside.notes.extend(since.clone());
            let first = self.sentences.start;
            let holds = |i: &usize| m.tokens_of(*i).start <= name.start;
            let sentence = self.sentences.clone().take_while(holds).last().unwrap_or(first);
            self.sentences.start = sentence;
            out.extend(self.observation(name, found, entry_of(sentence)));
        }
    }

    fn observation(&self, name: &Name, found: Found<'a>, entry: EntryId) -> Option<Observation<'a>> {
        let category = match name.words.kind {
            TestKind::Lab => ObservationCategory::Laboratory,
            TestKind::Vital => ObservationCategory::VitalSign,
            TestKind::Study => ObservationCategory::Study,
            TestKind::Score => ObservationCategory::Survey,
        };
        let code = Concept { text: Some(self.marked.fact_of(name.start..name.end)?), codings: Vec::new() };
        Some(Observation {
            entry,
            assertion: Assertion::Present,
            status: None,
            category,
            body_site: None,
            main: Component {
                code,
                value: Some(found.value),
                absent_reason: None,
                interpretations: found.beside.interpretations,
                ranges: found.beside.ranges,
            },
            components: Vec::new(),
            members: Vec::new(),
            when: found.beside.when.map(|start| Period { start: Some(start), end: None }),
            notes: found.beside.notes,
        })
    }

    /// For each token whether a limit, a goal or a relative stands before it in its clause.
    fn barred(&self, hits: &Hits) -> Vec<bool> {
        let mut barred = vec![false; self.tokens.len()];
        for hit in hits.cues.iter().filter(|h| matches!(h.cue, Cue::Limit | Cue::Relative)) {
            let place = hits.start(hit).checked_sub(self.tokens.start).and_then(|at| barred.get_mut(at));
            place.into_iter().for_each(|b| *b = true);
        }
        let mut is_on = false;
        for (at, here) in self.tokens.clone().zip(&mut barred) {
            is_on = (is_on || *here) && self.marked.word(at) != ";";
            *here = is_on;
        }
        barred
    }

    /// "no", "denies" right before a name.
    fn is_denied(&self, name: &Name) -> bool {
        let before = name.start.checked_sub(1).filter(|at| *at >= self.tokens.start);
        let denials = ["no", "not", "without", "denies", "denied", "never", "h/o"];
        before.is_some_and(|at| self.marked.is_any(at, &denials))
    }

    /// Whether a name is one of a list of names ("AST and ALT"): then nobody can tell whose value follows.
    fn is_listed(&self, before: &Name, name: &Name) -> bool {
        let between = before.end..name.start;
        !between.is_empty() && between.into_iter().all(|at| self.marked.is_any(at, &["and", "&", "/", "or", ","]))
    }

    /// "6 months ago", "last year": kept beside every value of the sentence.
    fn time_before(&self) -> Option<Verbatim<'a>> {
        let m = self.marked;
        self.tokens.clone().find_map(|at| {
            if m.is_word(at, "ago") {
                let start = at.checked_sub(2).filter(|s| *s >= self.tokens.start)?;
                return m.fact_of(start..at + 1);
            }
            let is_past = m.is_any(at, &["last", "previous", "prior"]);
            let mut unit = at + 1;
            // "her previous year's echocardiogram"
            let is_time = m.is_any(
                unit,
                &["year", "year's", "year\u{2019}s", "month", "week", "visit", "spring", "summer", "fall", "winter"],
            );
            unit += 1;
            (is_past && is_time).then(|| m.fact_of(at..unit)).flatten()
        })
    }

    /// The dates that hold for what follows: "Labs 3/4/2021: Hgb 9.8", "03/2021 A1c 7.2", "blood work of 3/4/2021".
    fn heading_dates(&self) -> Vec<(usize, Verbatim<'a>)> {
        let m = self.marked;
        let mut dates = Vec::new();
        let mut at = self.tokens.start;
        while at < self.tokens.end {
            let Some(end) = m.date_at(at) else {
                at += 1;
                continue;
            };
            let colon = end + usize::from(m.word(end) == ")");
            let is_drawn = (at.saturating_sub(4)..at).any(|w| m.is_any(w, DRAWN));
            if m.word(colon) == ":" || at == self.tokens.start || is_drawn {
                dates.extend(m.fact_of(at..end).map(|fact| (at, fact)));
            }
            at = end;
        }
        dates
    }
}

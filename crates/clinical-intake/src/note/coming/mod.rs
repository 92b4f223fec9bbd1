//! Visits to come that a note names with their date, and allergies.
//!
//! "Return in 2 weeks" is no appointment: it stays a sentence that carries follow-up. An appointment is made only where
//! the words of coming back stand with a date, and nothing in the sentence says that the visit is over.

mod allergies;
#[cfg(test)]
mod tests;

use super::marked::{Hits, Marked};
use super::outline::{NoteKind, Outline};
use super::words::{Kind, Token};
pub use allergies::{allergies, allergies_of};
use clinical_lexicon::{Cue, Lexicon, WordList};
use clinical_model::{Appointment, AppointmentCourse, EntryId, Name};
use std::ops::Range;

/// The visits that a note names with their date, in order. `entry_of` gives the entry of a sentence. Linear.
#[must_use]
pub fn appointments<'a>(
    text: &'a str,
    tokens: &[Token],
    outline: &Outline,
    lexicon: &Lexicon,
    entry_of: &dyn Fn(usize) -> EntryId,
) -> Vec<Appointment<'a>> {
    appointments_of(&Marked::new(text, tokens, outline, lexicon), entry_of)
}

/// The same from a note whose words are numbered already.
#[must_use]
pub fn appointments_of<'a>(marked: &Marked<'a, '_>, entry_of: &dyn Fn(usize) -> EntryId) -> Vec<Appointment<'a>> {
    let mut hits = Hits::default();
    let of = |sentence: usize| {
        marked.cues_in(marked.tokens_of(sentence), &mut hits);
        appointment(marked, sentence, &hits, entry_of)
    };
    (0..marked.len()).filter_map(of).collect()
}

/// Sections that tell of what was.
const fn is_past(kind: NoteKind) -> bool {
    matches!(
        kind,
        NoteKind::ChiefComplaint
            | NoteKind::PresentIllness
            | NoteKind::PastMedical
            | NoteKind::PastSurgical
            | NoteKind::Gynecologic
            | NoteKind::Family
            | NoteKind::Social
            | NoteKind::ReviewOfSystems
            | NoteKind::Exam
            | NoteKind::Vitals
            | NoteKind::Results
            | NoteKind::Imaging
            | NoteKind::Immunizations
            | NoteKind::Allergies
            | NoteKind::Medications
            | NoteKind::Course
    )
}

/// The visit to come that one sentence names; `hits` are its cues.
pub(super) fn appointment<'a>(
    m: &Marked<'a, '_>,
    sentence: usize,
    hits: &Hits,
    entry_of: &dyn Fn(usize) -> EntryId,
) -> Option<Appointment<'a>> {
    let tokens = m.tokens_of(sentence);
    if is_past(m.kind_of(sentence)) || !tokens.clone().any(|at| m.is_kind(at, Kind::Number)) {
        return None;
    }
    if hits.cues.iter().any(|h| h.cue == Cue::PastVisit) {
        return None;
    }
    let booked = hits.cues.iter().filter(|h| h.cue == Cue::Booked).map(|h| hits.start(h)).min()?;
    let date = only_date(m, booked..tokens.end)?;
    let is_booked = tokens.clone().any(|at| m.is_any(at, &["appointment", "appt", "scheduled", "booked", "set"]));
    let mut providers = Vec::new();
    let mut purposes = Vec::new();
    for at in booked..tokens.end {
        if m.is_word(at, "with") && providers.is_empty() {
            providers.extend(provider(m, at + 1, tokens.end).and_then(|p| m.fact_of(p)).map(Name::from));
        } else if m.is_word(at, "for") && purposes.is_empty() && !date.contains(&(at + 1)) {
            purposes.extend(purpose(m, at + 1, tokens.end, &date).and_then(|p| m.fact_of(p)));
        }
    }
    Some(Appointment {
        entry: entry_of(sentence),
        course: if is_booked { AppointmentCourse::Booked } else { AppointmentCourse::Open },
        status: None,
        start: Some(m.fact_of(date)?),
        end: None,
        requested: None,
        purposes,
        providers,
        places: Vec::new(),
        phones: Vec::new(),
        preparation: Vec::new(),
        notes: Vec::new(),
    })
}

/// The date of a stretch with the time of day behind it. Two dates: nobody can tell which is meant.
fn only_date(m: &Marked<'_, '_>, tokens: Range<usize>) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    let mut at = tokens.start;
    while at < tokens.end {
        let Some(end) = m.date_or_day_at(at).filter(|end| *end <= tokens.end) else {
            at += 1;
            continue;
        };
        if found.is_some() {
            return None;
        }
        // "March 2031" is no day.
        let has_day = m.is_kind(at, Kind::Number) && end - at > 3
            || end - at > 2
            || end - at == 2 && !m.is_year(end - 1)
            || end - at == 3;
        if !has_day || m.is_kind(at, Kind::Number) && end - at == 3 && m.is_year(end - 1) && m.word(at + 1) == "/" {
            return None;
        }
        let clock = end + usize::from(m.is_any(end, &["at", ",", "@"]));
        let end = m.clock_at(clock).filter(|c| *c <= tokens.end).unwrap_or(end);
        found = Some(at..end);
        at = end;
    }
    found
}

/// "Dr. Ana Pell", "the eye clinic": the words up to the date or the next small word.
fn provider(m: &Marked<'_, '_>, from: usize, limit: usize) -> Option<Range<usize>> {
    let mut end = from;
    if m.is_on(end, WordList::Title) {
        end += 1 + usize::from(m.word(end + 1) == ".");
        let first = end;
        while end < limit.min(first + 4) && m.word(end).starts_with(char::is_uppercase) {
            end += 1 + usize::from(m.word(end + 1) == "." && m.word(end).len() == 1);
        }
        return (end > first).then_some(from..end);
    }
    // The writer is nobody that a page can name.
    if m.is_any(from, &["me", "us", "him", "her", "them", "you", "any", "this", "that"]) {
        return None;
    }
    while end < limit.min(from + 6)
        && m.is_kind(end, Kind::Word)
        && !m.is_any(end, &["on", "at", "for", "in", "to", "and", "as", "after", "if", "when", "by", "within"])
    {
        end += 1;
    }
    (end > from).then_some(from..end)
}

/// What a visit is for, up to the date or the end of the clause.
fn purpose(m: &Marked<'_, '_>, from: usize, limit: usize, date: &Range<usize>) -> Option<Range<usize>> {
    let ends = |at: &usize| {
        matches!(m.word(*at), "," | ";" | "." | "(" | ":") || m.is_any(*at, &["on", "at", "with"]) || *at == date.start
    };
    let end = (from..limit.min(from + 12)).find(ends).unwrap_or(limit.min(from + 12));
    let is_words = (from..end).any(|at| m.is_kind(at, Kind::Word)) && m.date_at(from).is_none();
    (is_words && !m.is_kind(from, Kind::Number)).then_some(from..end)
}

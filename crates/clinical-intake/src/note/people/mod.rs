//! Who a note is about, when, and by whom: only where a labelled field says so.
//!
//! A label stands at the front of a line, or behind a wide gap, a tab or a bar in it; its value ends at the next of
//! these. A name must look like one ("Ana B. Pell", "PELL, ANA"): "Patient: denies pain" names nobody.

#[cfg(test)]
mod tests;

use super::marked::Marked;
use super::words::Kind;
use clinical_model::{Assertion, Concept, Encounter, EntryId, Name, Patient, Period, Verbatim};
use std::ops::Range;

/// The labelled fields of a note.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Header<'a> {
    /// The patient's name.
    pub name: Option<Verbatim<'a>>,
    /// The date of birth.
    pub birth_date: Option<Verbatim<'a>>,
    /// The age.
    pub age: Option<Verbatim<'a>>,
    /// The sex.
    pub sex: Option<Verbatim<'a>>,
    /// The number of the record.
    pub number: Option<Verbatim<'a>>,
    /// The date of the visit, of the service, of the admission.
    pub visit: Option<Verbatim<'a>>,
    /// The date of the discharge.
    pub discharge: Option<Verbatim<'a>>,
    /// Who saw the patient.
    pub provider: Option<Verbatim<'a>>,
    /// Fields that stand twice with different values: nobody can tell which is right, and none is given.
    pub contradicts: bool,
}

/// What a label says of its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Field {
    Name,
    Birth,
    Age,
    Sex,
    Number,
    Visit,
    Discharge,
    Provider,
}

/// Labels, lower case, words divided by one space.
const LABELS: &[(&str, Field)] = &[
    ("patient", Field::Name),
    ("patient name", Field::Name),
    ("name", Field::Name),
    ("pt name", Field::Name),
    ("pt", Field::Name),
    ("name of patient", Field::Name),
    ("dob", Field::Birth),
    ("d o b", Field::Birth),
    ("date of birth", Field::Birth),
    ("birth date", Field::Birth),
    ("birthdate", Field::Birth),
    ("age", Field::Age),
    ("sex", Field::Sex),
    ("gender", Field::Sex),
    ("mrn", Field::Number),
    ("medical record number", Field::Number),
    ("medical record no", Field::Number),
    ("date of visit", Field::Visit),
    ("visit date", Field::Visit),
    ("date of service", Field::Visit),
    ("dos", Field::Visit),
    ("encounter date", Field::Visit),
    ("date of encounter", Field::Visit),
    ("admitted", Field::Visit),
    ("date of admission", Field::Visit),
    ("admission date", Field::Visit),
    ("admit date", Field::Visit),
    ("date of consultation", Field::Visit),
    ("date seen", Field::Visit),
    ("date", Field::Visit),
    ("discharged", Field::Discharge),
    ("date of discharge", Field::Discharge),
    ("discharge date", Field::Discharge),
    ("provider", Field::Provider),
    ("physician", Field::Provider),
    ("attending", Field::Provider),
    ("attending physician", Field::Provider),
    ("seen by", Field::Provider),
    ("clinician", Field::Provider),
    ("doctor", Field::Provider),
];

/// The words a label has at most.
const LONGEST: usize = 4;

/// The labelled fields of a note. Linear.
#[must_use]
pub fn header<'a>(marked: &Marked<'a, '_>) -> Header<'a> {
    let mut header = Header::default();
    // Few words stand before a colon: only these are looked at.
    let mut from = 0;
    for colon in (0..marked.tokens.len()).filter(|at| marked.is_mark(*at, ":")) {
        for at in from.max(colon.saturating_sub(LONGEST + 2))..colon {
            if (marked.is_kind(at, Kind::Word) || matches!(marked.word(at), "#" | "."))
                && is_front(marked, at)
                && let Some((field, value)) = label_at(marked, at)
            {
                take(marked, field, value, &mut header);
            }
        }
        from = colon + 1;
    }
    header
}

/// Whether a field may begin at a token.
fn is_front(m: &Marked<'_, '_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    let gap = m.end(before)..m.start(at);
    gap.len() > 2
        || m.is_kind(before, Kind::Line)
        || m.is_kind(before, Kind::Mark) && matches!(m.word(before), "|" | ";" | ",")
        || !gap.is_empty() && m.text.as_bytes().get(gap).is_some_and(|gap| gap.contains(&b'\t'))
}

fn label_at(m: &Marked<'_, '_>, at: usize) -> Option<(Field, Range<usize>)> {
    let mut label = String::new();
    for word in 0..LONGEST + 3 {
        let token = at + word;
        if m.is_kind(token, Kind::Word) {
            if !label.is_empty() {
                label.push(' ');
            }
            label.push_str(&m.word(token).to_ascii_lowercase());
        } else if m.word(token) == ":" && !label.is_empty() {
            let (_, field) = LABELS.iter().find(|(l, _)| *l == label)?;
            return Some((*field, token + 1..value_end(m, token + 1)));
        } else if m.word(token) != "." && m.word(token) != "#" {
            return None;
        }
    }
    None
}

/// The token behind a value: a line end, a bar, a wide gap, the next label.
fn value_end(m: &Marked<'_, '_>, from: usize) -> usize {
    let mut at = from;
    while at < m.tokens.len() && at < from + 16 {
        let is_next = at > from
            && (is_front(m, at) && m.word(at - 1) != "," || m.is_kind(at, Kind::Word) && m.word(at + 1) == ":");
        if m.is_kind(at, Kind::Line) || matches!(m.word(at), "|" | ";") || is_next {
            break;
        }
        at += 1;
    }
    at
}

fn take<'a>(m: &Marked<'a, '_>, field: Field, value: Range<usize>, header: &mut Header<'a>) {
    let value = match field {
        Field::Name => name(m, value),
        Field::Provider => name(m, value),
        Field::Birth | Field::Visit | Field::Discharge => {
            m.date_at(value.start).filter(|end| *end <= value.end).map(|end| value.start..end)
        }
        Field::Age => m.is_kind(value.start, Kind::Number).then_some(value),
        Field::Sex => m.is_any(value.start, &["male", "female", "m", "f"]).then(|| value.start..value.start + 1),
        Field::Number => value.clone().any(|at| m.is_kind(at, Kind::Number)).then_some(value),
    };
    let Some(fact) = value.and_then(|v| m.fact_of(v)) else { return };
    let place = match field {
        Field::Name => &mut header.name,
        Field::Birth => &mut header.birth_date,
        Field::Age => &mut header.age,
        Field::Sex => &mut header.sex,
        Field::Number => &mut header.number,
        Field::Visit => &mut header.visit,
        Field::Discharge => &mut header.discharge,
        Field::Provider => &mut header.provider,
    };
    match place {
        None => *place = Some(fact),
        Some(first) if first.text() == fact.text() => {}
        Some(_) if matches!(field, Field::Name | Field::Birth | Field::Number) => header.contradicts = true,
        Some(_) => {}
    }
}

/// A name: two to five words with capitals, a comma and points of initials between them.
fn name(m: &Marked<'_, '_>, value: Range<usize>) -> Option<Range<usize>> {
    let mut end = value.start;
    let mut words = 0;
    while end < value.end {
        let word = m.word(end);
        if m.is_kind(end, Kind::Word) {
            if !word.starts_with(char::is_uppercase) && !m.is_any(end, &["de", "van", "von", "la", "del", "der", "bin"])
            {
                return None;
            }
            words += 1;
        } else if !matches!(word, "," | "." | "-" | "'" | "\u{2019}") {
            // "Ana Pell (54 y)": the name ends where a sign begins.
            if matches!(word, "(" | "[" | "/") {
                break;
            }
            return None;
        }
        end += 1;
    }
    while end > value.start && matches!(m.word(end - 1), "," | "." | "-") && words > 0 {
        end -= 1;
    }
    (2..=6).contains(&words).then_some(value.start..end)
}

impl<'a> Header<'a> {
    /// The patient, where a field names one or says when they were born. `entry` is the entry of the header.
    #[must_use]
    pub fn patient(&self, entry: Option<EntryId>) -> Option<Patient<'a>> {
        let is_known = self.name.is_some() || self.birth_date.is_some();
        (is_known && !self.contradicts).then(|| Patient {
            entry,
            id: self.number.clone(),
            name: self.name.iter().cloned().collect(),
            birth_date: self.birth_date.clone(),
            deceased: None,
            deceased_flag: None,
        })
    }

    /// The visit that the note tells of, where a field says when it was.
    #[must_use]
    pub fn visit(&self, entry: EntryId) -> Option<Encounter<'a>> {
        let start = self.visit.clone()?;
        Some(Encounter {
            entry,
            assertion: Assertion::Present,
            kinds: Vec::new(),
            class: Concept::default(),
            period: Some(Period { start: Some(start), end: self.discharge.clone() }),
            reasons: Vec::new(),
            diagnoses: Vec::new(),
            providers: self.provider.iter().cloned().map(Name::from).collect(),
            place: None,
        })
    }
}

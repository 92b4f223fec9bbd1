//! The lines of each item, said once for every page.

use super::plain::reworded;
use crate::piece::{Fact, Line, View};
use crate::sheet::Level;
use crate::sheet::{AllergyLine, Coming, Done, Medicine, Problem, Said, Sheet, TestRow};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::{Moment, Precision};

/// Says phrases of one language.
#[derive(Clone, Copy)]
pub(crate) struct Say<'l>(pub(crate) &'l Lexicon);

impl Say<'_> {
    pub(super) fn plain<'a>(self, message: Message) -> Line<'a> {
        Line::say(self.0, message, &[])
    }

    pub(super) fn with<'a>(self, message: Message, slot: &str, line: Line<'a>) -> Line<'a> {
        Line::say(self.0, message, &[(slot, line)])
    }

    pub(super) fn fact<'a>(self, message: Message, slot: &str, fact: &Fact<'a>) -> Line<'a> {
        self.with(message, slot, Line::fact(fact.clone()))
    }
}

/// Facts after each other, with words of ours between them.
pub(super) fn join<'a>(facts: &[Fact<'a>], glue: &'static str) -> Line<'a> {
    let mut line = Line::default();
    for (i, fact) in facts.iter().enumerate() {
        if i > 0 {
            line.push_words(glue);
        }
        line.push_fact(fact.clone());
    }
    line
}

/// People by their names: the parts of a name go together, people stand apart.
fn people<'a>(names: &[Vec<Fact<'a>>]) -> Line<'a> {
    let mut line = Line::default();
    for (i, parts) in names.iter().enumerate() {
        if i > 0 {
            line.push_words(", ");
        }
        line.append(join(parts, " "));
    }
    line
}

/// Whose sheet, of which visit.
pub(super) fn head<'a>(sheet: &Sheet<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    if !sheet.name.is_empty() {
        let mut who = say.with(Message::ForWhom, "name", join(&sheet.name, " "));
        if let Some(born) = &sheet.birth_date {
            who.push_words(", ");
            who.append(say.fact(Message::BornOn, "date", born));
        }
        out.push(who);
    }
    if let Some(date) = &sheet.deceased {
        out.push(say.fact(Message::DiedOn, "date", date));
    }
    if sheet.deceased.is_none() && sheet.deceased_flag.is_some() {
        out.push(say.plain(Message::Died));
    }
    if let Some(visit) = &sheet.visit {
        out.push(match (&visit.start, &visit.end) {
            (Some(start), Some(end)) => {
                let slots = [("end", Line::fact(end.clone())), ("start", Line::fact(start.clone()))];
                Line::say(say.0, Message::StayFromTo, &slots)
            }
            (Some(date), None) | (None, Some(date)) => say.fact(Message::VisitOn, "date", date),
            (None, None) => say.plain(Message::VisitUndated),
        });
        out.extend(visit.unsure.then(|| say.plain(Message::VisitUnsure)));
        let mut where_and_who = Line::default();
        let mut add = |line: Line<'a>| {
            if !where_and_who.is_empty() {
                where_and_who.push_words(". ");
            }
            where_and_who.append(line);
        };
        if let Some(kind) = &visit.kind {
            let mut line = say.fact(Message::VisitKind, "kind", kind);
            if let Some(plain) = &visit.plain {
                line.push_words(" (");
                line.append(say.with(Message::PlainName, "name", plain.clone()));
                line.push_words(")");
            }
            add(line);
        }
        visit.place.iter().for_each(|p| add(say.fact(Message::VisitPlace, "place", p)));
        if !visit.providers.is_empty() {
            add(say.with(Message::VisitWith, "name", people(&visit.providers)));
        }
        if !where_and_who.is_empty() {
            out.push(where_and_who);
        }
    }
    out
}

/// A problem: its name, its everyday name, since when; then what it means.
pub(super) fn problem<'a>(p: &Problem<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut first = Line::fact(p.name.clone());
    if let Some(plain) = &p.plain {
        first.push_words(" (");
        first.append(say.with(Message::PlainName, "name", plain.clone()));
        first.push_words(")");
    }
    for (message, date) in [(Message::Since, &p.since), (Message::Until, &p.until)] {
        if let Some(date) = date {
            first.push_words(", ");
            first.append(say.fact(message, "date", date));
        }
    }
    let mut out = vec![first];
    out.extend(p.details.iter().cloned());
    out.extend(p.explanation.clone());
    out.extend(p.notes.iter().map(|n| say.fact(Message::Remark, "words", n)));
    out
}

/// Something done or given.
pub(super) fn done<'a>(d: &Done<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut first = Line::fact(d.name.clone());
    if let Some(plain) = &d.plain {
        first.push_words(" (");
        first.append(say.with(Message::PlainName, "name", plain.clone()));
        first.push_words(")");
    }
    if let Some(date) = &d.date {
        first.push_words(", ");
        first.append(say.fact(Message::OnDate, "date", date));
    }
    let mut out = vec![first];
    if !d.sites.is_empty() {
        out.push(say.with(Message::BodySite, "site", join(&d.sites, ", ")));
    }
    out.extend(d.going_on.then(|| say.plain(Message::GoingOn)));
    out.extend(d.explanation.clone());
    out
}

/// The directions of a medicine, step by step: a sentence of ours, then the words of the order.
pub(super) fn directions<'a>(m: &Medicine<'a>, say: Say<'_>) -> Vec<(bool, Line<'a>)> {
    let mut out = Vec::new();
    for step in &m.directions.steps {
        let said = step.plain.as_ref().or(step.lead.as_ref());
        out.extend(said.map(|line| (true, line.clone())));
        if !step.quoted.is_empty() {
            let quote = say.with(Message::PrescriberWords, "words", join(&step.quoted, "” “"));
            // Where we have no words of our own, the order's words are what the reader goes by.
            out.push((step.plain.is_none(), quote));
        }
    }
    out
}

/// What a medicine is for and who ordered it, in one line; then remarks.
pub(super) fn about_medicine<'a>(m: &Medicine<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut first = Line::default();
    if !m.reasons.is_empty() {
        first.append(say.with(Message::UsedForReason, "reason", join(&m.reasons, ", ")));
        first.push_words(". ");
    }
    if let Some(often) = &m.often_used_for {
        first.append(often.clone());
        first.push_words(" ");
    }
    if let Some(date) = &m.written {
        first.append(say.fact(Message::OrderedOn, "date", date));
        if !m.prescriber.is_empty() {
            first.push_words(" ");
            first.append(say.with(Message::OrderedBy, "name", join(&m.prescriber, " ")));
        }
        first.push_words(".");
    }
    let first = (!first.is_empty()).then_some(first);
    let why = m.status_reason.iter().map(|r| say.fact(Message::StatusReason, "reason", r));
    first.into_iter().chain(why).chain(m.notes.iter().map(|n| say.fact(Message::Remark, "words", n))).collect()
}

/// Why a medicine was stopped or held.
pub(super) fn stopped<'a>(m: &Medicine<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::new();
    out.extend(m.status_reason.iter().map(|r| say.fact(Message::StatusReason, "reason", r)));
    out.extend(m.notes.iter().map(|n| say.fact(Message::Remark, "words", n)));
    out
}

pub(super) fn allergy<'a>(a: &AllergyLine<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let message = match (a.unnamed, a.unsure) {
        (true, _) => Message::AllergyUnnamed,
        (false, true) => Message::AllergyUnsure,
        (false, false) => Message::AllergyTo,
    };
    let mut out = vec![say.fact(message, "name", &a.name)];
    let reactions: Vec<Fact<'a>> = a.reactions.iter().filter(|r| r.source() != a.name.source()).cloned().collect();
    if !reactions.is_empty() {
        out.push(say.with(Message::Reaction, "reaction", join(&reactions, ", ")));
    }
    out.extend(a.severity.iter().map(|s| say.fact(Message::Seriousness, "severity", s)));
    // Only a high risk is said: "low" beside an allergy would read as an all-clear.
    if a.criticality.as_ref().is_some_and(|c| matches!(c.of.text(), "high" | "CRITH")) {
        out.push(say.plain(Message::AllergyRisk));
    }
    out.extend(a.notes.iter().map(|n| say.fact(Message::Remark, "words", n)));
    out
}

/// The words of a level.
pub(super) fn level<'a>(row: &TestRow<'a>, say: Say<'_>) -> Option<Line<'a>> {
    let message = match row.level? {
        Level::High => Message::LevelHigh,
        Level::Low => Message::LevelLow,
        Level::Within => Message::LevelWithin,
        Level::Abnormal => Message::LevelAbnormal,
        Level::CriticalHigh => Message::LevelCriticalHigh,
        Level::CriticalLow => Message::LevelCriticalLow,
    };
    Some(say.plain(message))
}

/// What stands under the name of a test.
pub(super) fn under_test<'a>(row: &TestRow<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out: Vec<Line<'a>> = Vec::new();
    out.extend(row.site.iter().map(|s| say.fact(Message::BodySite, "site", s)));
    out.extend(row.explanation.clone());
    if row.unfinished {
        let status = row.status.as_ref().map(|s| say.fact(Message::NotFinal, "status", s));
        out.push(status.unwrap_or_else(|| say.plain(Message::FinalUnsaid)));
    }
    if row.level.is_none() {
        out.extend(row.interpretation.iter().map(|i| say.fact(Message::InterpretationSays, "words", i)));
    }
    out.extend(row.notes.iter().map(|n| say.fact(Message::Remark, "words", n)));
    out
}

/// The date that all tests of a list share, if they do.
pub(super) fn common_date<'r, 'a>(rows: &'r [TestRow<'a>]) -> Option<&'r Fact<'a>> {
    let first = rows.first()?.date.as_ref()?;
    let shown = first.shown();
    rows.iter().all(|r| r.date.as_ref().is_some_and(|d| d.shown() == shown)).then_some(first)
}

/// An earlier value with its date.
pub(super) fn earlier<'a>(row: &TestRow<'a>) -> Vec<Line<'a>> {
    row.earlier
        .iter()
        .map(|e| {
            let mut line = e.measured.line.clone();
            line.push_words(" (");
            line.push_fact(e.date.clone());
            line.push_words(")");
            line
        })
        .collect()
}

/// A visit to come, line by line.
pub(super) fn coming<'a>(c: &Coming<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    let mut out = Vec::new();
    out.push(match &c.start {
        Some(start) => {
            let date = Line::fact(Fact::viewed(View::Date, &start.of));
            let has_time = Moment::parse(start.of.text()).is_some_and(|m| m.precision == Precision::Time);
            if has_time {
                let clock = Line::fact(Fact::viewed(View::Clock, &start.of));
                Line::say(say.0, Message::WhenAt, &[("clock", clock), ("date", date)])
            } else {
                say.with(Message::When, "date", date)
            }
        }
        None => match c.window.as_slice() {
            [from, to] => {
                let slots = [("end", Line::fact(to.clone())), ("start", Line::fact(from.clone()))];
                Line::say(say.0, Message::WhenBetween, &slots)
            }
            [one] => say.fact(Message::When, "date", one),
            _ => say.plain(Message::WhenUnsaid),
        },
    });
    if c.open {
        let status = c.status.as_ref().map(|s| say.fact(Message::NotBooked, "status", s));
        out.push(status.unwrap_or_else(|| say.plain(Message::NotFixed)));
    }
    if !c.providers.is_empty() {
        out.push(say.with(Message::WithWhom, "name", people(&c.providers)));
    }
    for (message, slot, list) in [
        (Message::WhereAt, "place", &c.places),
        (Message::Phone, "number", &c.phones),
        (Message::Purpose, "purpose", &c.purposes),
    ] {
        if !list.is_empty() {
            out.push(say.with(message, slot, join(list, ", ")));
        }
    }
    out.extend(c.preparation.iter().map(|p| say.fact(Message::Prepare, "words", p)));
    out
}

/// Words of the record under their heading.
pub(super) fn said<'a>(s: &Said<'a>, say: Say<'_>) -> Vec<Line<'a>> {
    if !s.plain.is_empty() {
        return reworded(s, say);
    }
    let mut out = Vec::new();
    let mut first = Line::default();
    if let Some(title) = s.title.as_ref() {
        first.append(if s.forbidden {
            say.fact(Message::DoNot, "what", title)
        } else if s.words.len() != 1 {
            Line::fact(title.clone())
        } else {
            say.fact(Message::NoteFrom, "title", title)
        });
    }
    if let [only] = s.words.as_slice() {
        if !first.is_empty() {
            first.push_words(" ");
        }
        first.push_fact(only.clone());
    }
    if let Some(date) = s.date.as_ref() {
        first.push_words(if first.is_empty() { "" } else { " (" });
        let open = !first.is_empty();
        first.push_fact(date.clone());
        first.push_words(if open { ")" } else { "" });
    }
    if !first.is_empty() {
        out.push(first);
    }
    out.extend(s.unfinished.iter().map(|status| say.fact(Message::NotFinal, "status", status)));
    if s.words.len() > 1 {
        out.extend(s.words.iter().map(|w| Line::fact(w.clone())));
    }
    out.extend(s.extra.iter().cloned());
    out
}

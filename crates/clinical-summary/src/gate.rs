//! The last check, on the finished page.
//!
//! It reads the page as a reader would (tags gone, escapes resolved) and asks three questions of what it finds there,
//! not of the structures that made it: is every critical fact on the page, as it stands in the record? Does every
//! number on the page come from the record? Does nothing that must not be taken stand among what is to be taken? If
//! any answer is no, there is no page.

use crate::markup;
use crate::piece::{Fact, View, show};
use crate::sheet::{Medicine, Sheet};
use clinical_lexicon::{Lexicon, Message, Reading};
use std::collections::HashSet;

/// The kinds of page that are read as text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PageKind {
    /// HTML.
    Html,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

/// What the check found. It names the check and never the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GateError {
    /// A critical fact is not on the page as it stands in the record.
    #[error("a fact is missing on the finished page")]
    FactMissing,
    /// A number on the page is not in the record.
    #[error("a number on the finished page is not in the record")]
    NumberNotInRecord,
    /// A medicine that must not be taken stands among those to take.
    #[error("a medicine that is not to be taken stands among those to take")]
    StoppedAmongTaken,
    /// A problem that is past or not sure stands among the present ones.
    #[error("a problem that is past or not sure stands among the present ones")]
    PastAmongPresent,
    /// A disclaimer or the emergency line is missing.
    #[error("a fixed line is missing on the finished page")]
    FixedLineMissing,
    /// The accounting does not add up.
    #[error("the accounting of entries does not add up")]
    Unbalanced,
}

impl GateError {
    /// A stable name for machines.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::FactMissing => "fact-missing",
            Self::NumberNotInRecord => "number-not-in-record",
            Self::StoppedAmongTaken => "stopped-among-taken",
            Self::PastAmongPresent => "past-among-present",
            Self::FixedLineMissing => "fixed-line-missing",
            Self::Unbalanced => "unbalanced",
        }
    }
}

/// Checks a finished page against the sheet it should show.
///
/// # Errors
/// The first check that fails.
pub fn gate(
    page: &str,
    kind: PageKind,
    sheet: &Sheet<'_>,
    lexicon: &Lexicon,
    reading: Reading,
) -> Result<(), GateError> {
    let (entries, shown, held, unreadable) = sheet.accounting.counts();
    if entries != shown + held + unreadable {
        return Err(GateError::Unbalanced);
    }
    let text = visible(page, kind);
    let folded = fold(&text);
    every_fact(&folded, sheet)?;
    every_number(&folded, sheet, lexicon, reading)?;
    let headings = Headings::new(lexicon);
    apart(&text, &headings, sheet)?;
    for message in [Message::HelpEmergency, Message::AboutCopied, Message::AboutAdvice, Message::AboutReviewed] {
        if !folded.contains(&fold(&lexicon.phrase(message).words())) {
            return Err(GateError::FixedLineMissing);
        }
    }
    Ok(())
}

/// What a reader of the page sees.
fn visible(page: &str, kind: PageKind) -> String {
    match kind {
        PageKind::Html => markup::words(page),
        PageKind::Text => page.to_owned(),
        PageKind::Markdown => {
            let mut out = String::with_capacity(page.len());
            let mut chars = page.chars().peekable();
            while let Some(c) = chars.next() {
                match (c, chars.peek()) {
                    ('\\', Some('\n')) => {}
                    ('\\', Some(next)) if next.is_ascii_punctuation() => {
                        out.push(*next);
                        chars.next();
                    }
                    _ => out.push(c),
                }
            }
            out
        }
    }
}

/// Runs of white space as one blank; control characters as the mark that the pages write for them.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(if c.is_control() { '\u{fffd}' } else { c });
        }
    }
    out.truncate(out.trim_end().len());
    if out.starts_with(' ') { out.split_off(1) } else { out }
}

/// The facts without which a page would be wrong: walked here and not taken from the pages.
fn critical<'s, 'a>(sheet: &'s Sheet<'a>) -> Vec<(View, &'s Fact<'a>)> {
    let mut out: Vec<(View, &Fact<'a>)> = Vec::new();
    let mut add = |fact: &'s Fact<'a>| out.push((fact.view, fact));
    for m in &sheet.medicines.all().collect::<Vec<_>>() {
        add(&m.name);
    }
    for m in sheet.medicines.take.iter().chain(&sheet.medicines.as_needed).chain(&sheet.medicines.ask) {
        m.directions.steps.iter().flat_map(|s| s.quoted.iter()).for_each(&mut add);
        m.directions.steps.iter().flat_map(|s| s.plain.iter().flat_map(|l| l.facts())).for_each(&mut add);
        m.reasons.iter().chain(&m.notes).for_each(&mut add);
    }
    for a in &sheet.allergies.list {
        add(&a.name);
        a.reactions.iter().chain(&a.severity).for_each(&mut add);
    }
    sheet.allergies.none_known.iter().chain(&sheet.allergies.not_asked).for_each(&mut add);
    for r in sheet.results.iter().chain(&sheet.vitals) {
        add(&r.name);
        r.measured.line.facts().for_each(&mut add);
        r.range.iter().flat_map(|l| l.facts()).for_each(&mut add);
        r.date.iter().chain(&r.notes).for_each(&mut add);
        r.earlier.iter().flat_map(|e| e.value.iter().chain(std::iter::once(&e.date))).for_each(&mut add);
    }
    for p in sheet.problems.current.iter().chain(&sheet.problems.possible).chain(&sheet.problems.past) {
        add(&p.name);
        p.since.iter().chain(&p.until).chain(&p.notes).for_each(&mut add);
    }
    for d in sheet.procedures.iter().chain(&sheet.immunizations) {
        add(&d.name);
        d.date.iter().for_each(&mut add);
    }
    for s in sheet.reasons.iter().chain(&sheet.findings).chain(&sheet.home).chain(&sheet.ordered).chain(&sheet.goals) {
        s.title.iter().chain(&s.words).chain(&s.date).for_each(&mut add);
    }
    for c in &sheet.coming {
        let lists = [&c.providers, &c.places, &c.phones, &c.purposes, &c.preparation];
        lists.into_iter().flatten().for_each(&mut add);
    }
    sheet.name.iter().chain(&sheet.birth_date).for_each(&mut add);
    // The start of a visit to come is one fact in two views.
    out.extend(sheet.coming.iter().filter_map(|c| c.start.as_ref()).map(|f| (View::Date, f)));
    out
}

/// Every critical fact is on the page. The search goes on from the last hit, as facts mostly follow each other; that
/// keeps it linear for long pages.
fn every_fact(page: &str, sheet: &Sheet<'_>) -> Result<(), GateError> {
    let mut from = 0;
    for (view, fact) in critical(sheet) {
        let shown = show(view, fact.of.text());
        let needle = fold(&shown);
        if needle.is_empty() {
            continue;
        }
        let ahead = page.get(from..).and_then(|rest| rest.find(&needle)).map(|at| from + at);
        match ahead.or_else(|| page.find(&needle)) {
            Some(at) => from = at,
            None => return Err(GateError::FactMissing),
        }
    }
    Ok(())
}

/// Words with a digit in them: "500", "0.125", "B12", "120", "80".
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '.'))
        .map(|w| w.trim_matches('.'))
        .filter(|w| w.bytes().any(|b| b.is_ascii_digit()))
}

fn every_number(page: &str, sheet: &Sheet<'_>, lexicon: &Lexicon, reading: Reading) -> Result<(), GateError> {
    let mut texts: Vec<String> = Vec::new();
    sheet.facts(&mut |fact| {
        let exact = fact.of.text();
        if exact.bytes().any(|b| b.is_ascii_digit()) || fact.view == View::Base64 {
            texts.push(exact.to_owned());
            texts.push(fact.shown().into_owned());
        }
    });
    for c in &sheet.coming {
        if let Some(start) = &c.start {
            texts.push(show(View::Date, start.of.text()).into_owned());
            texts.push(show(View::Clock, start.of.text()).into_owned());
        }
    }
    // Ours: the counts, the grade, the emergency number, and names such as B12 in our explanations.
    let (a, b, c, d) = sheet.accounting.counts();
    texts.extend([a, b, c, d].map(|n| n.to_string()));
    let mut groups = std::collections::BTreeMap::new();
    for (kind, _, fate) in &sheet.accounting.rows {
        *groups.entry((kind, format!("{fate:?}"))).or_insert(0usize) += 1;
    }
    texts.extend(groups.values().map(ToString::to_string));
    texts.extend(sheet.accounting.rows.iter().map(|(kind, _, _)| kind.clone()));
    texts.push(format!("{:.1}", reading.grade));
    texts.push(lexicon.phrase(Message::HelpEmergency).words());
    texts.extend(authored(sheet));
    let allowed: HashSet<&str> = texts.iter().flat_map(|t| numbers(t)).collect();
    match numbers(page).find(|n| !allowed.contains(n)) {
        Some(_) => Err(GateError::NumberNotInRecord),
        None => Ok(()),
    }
}

/// Our own words on the sheet that hold a digit (names such as "vitamin B12").
fn authored(sheet: &Sheet<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut add = |line: &Option<crate::Line<'_>>| {
        if let Some(line) = line {
            let words = line.authored();
            if words.bytes().any(|b| b.is_ascii_digit()) {
                out.push(words);
            }
        }
    };
    for r in sheet.results.iter().chain(&sheet.vitals) {
        add(&r.plain);
        add(&r.explanation);
    }
    for d in sheet.procedures.iter().chain(&sheet.immunizations) {
        add(&d.plain);
        add(&d.explanation);
    }
    for p in sheet.problems.current.iter().chain(&sheet.problems.possible).chain(&sheet.problems.past) {
        add(&p.plain);
        add(&p.explanation);
    }
    for m in sheet.medicines.all() {
        add(&m.often_used_for);
    }
    out
}

/// The headings between which the lists stand.
struct Headings {
    take: Vec<String>,
    present: String,
    ends: Vec<String>,
}

impl Headings {
    fn new(lexicon: &Lexicon) -> Self {
        let words = |m: Message| lexicon.phrase(m).words().to_lowercase();
        Self {
            take: vec![words(Message::TakeHeading), words(Message::AsNeededHeading)],
            present: words(Message::ProblemsNow),
            ends: [
                Message::DoNotTakeHeading,
                Message::HoldHeading,
                Message::TakeHeading,
                Message::AsNeededHeading,
                Message::AskHeading,
                Message::AllergiesHeading,
                Message::ProblemsNow,
                Message::ProblemsPossible,
                Message::ProblemsPast,
                Message::NotesHeading,
                Message::VitalsHeading,
                Message::ProceduresHeading,
                Message::VaccinesHeading,
                Message::MedicinesHeading,
            ]
            .map(words)
            .to_vec(),
        }
    }
}

/// The names in a list: whole lines of the page that follow a heading, up to the next heading.
fn region(page: &str, starts: &[String], ends: &[String]) -> Vec<String> {
    let mut inside = false;
    let mut out = Vec::new();
    for line in page.lines() {
        let bare = line.trim().trim_start_matches(['#', '-', '*', ' ']).trim_end_matches(':').trim();
        let lower = bare.to_lowercase();
        // "Your medicines (exact, …)" ends a list as much as a bare heading does.
        let head = lower.split(" (").next().unwrap_or(&lower);
        if starts.iter().any(|s| *s == lower) {
            inside = true;
        } else if ends.iter().any(|e| *e == head) {
            inside = false;
        } else if inside {
            out.push(fold(bare));
        }
    }
    out
}

/// What must not be taken does not stand among what is to be taken; what is past or possible does not stand among
/// what is present. A name that rightly stands in both lists (a stopped and a running order) is no fault here: the
/// page then says that the record contradicts itself.
fn apart(page: &str, headings: &Headings, sheet: &Sheet<'_>) -> Result<(), GateError> {
    let m = &sheet.medicines;
    let name = |m: &Medicine<'_>| fold(m.name.of.text());
    let taken: HashSet<String> = m.take.iter().chain(&m.as_needed).map(name).collect();
    let off: HashSet<String> = m.stopped.iter().chain(&m.on_hold).map(name).filter(|n| !taken.contains(n)).collect();
    if region(page, &headings.take, &headings.ends).iter().any(|line| off.contains(line)) {
        return Err(GateError::StoppedAmongTaken);
    }
    let p = &sheet.problems;
    let present: HashSet<String> = p.current.iter().map(|p| fold(p.name.of.text())).collect();
    let others = p.past.iter().chain(&p.possible).map(|p| fold(p.name.of.text()));
    let others: HashSet<String> = others.filter(|n| !present.contains(n)).collect();
    let region = region(page, std::slice::from_ref(&headings.present), &headings.ends);
    let starts_with = |line: &String| others.iter().any(|n| line == n || line.strip_prefix(n.as_str()).is_some_and(|r| r.starts_with([',', ' '])));
    if region.iter().any(starts_with) {
        return Err(GateError::PastAmongPresent);
    }
    Ok(())
}

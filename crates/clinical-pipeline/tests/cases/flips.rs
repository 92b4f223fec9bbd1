//! Turns a fact of a case round and asks whether the sheet turns with it (safety: *assertion*).
//!
//! The edits are made in the bytes of the input, at the very place where intake read the fact, so that every case
//! that is added is flipped too.

use crate::case_file::Case;
use crate::dump;
use clinical_intake::fhir;
use clinical_model::{Course, MedicationKind, Record, Source, Stop};
use clinical_pipeline::{Input, Label, Lexicon, Options, Page, summarize};
use clinical_summary::{Fact, Sheet};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many flips of each kind were made.
pub(crate) type Counts = BTreeMap<&'static str, usize>;

/// Inputs above this are there for their size.
const SMALL: usize = 20_000;

/// Every kind of flip, so that none of them is silently without a case.
pub(crate) const KINDS: [&str; 10] = [
    "a current medicine is ended",
    "a current medicine is forbidden",
    "a stopped medicine is active",
    "as needed or not",
    "a problem is refuted",
    "a problem is resolved",
    "an allergy is refuted",
    "a vaccine is not given",
    "a result is a mistake",
    "an appointment is called off",
];

pub(crate) fn is_fit(case: &Case) -> bool {
    let refused = case.fence("error").is_some() || case.fence("known-failure").is_some();
    // The edits are made in JSON.
    let is_fhir = matches!(case.label(), Label::Json | Label::NdJson | Label::Unknown);
    case.malformed.is_empty() && !refused && is_fhir && case.input().len() < SMALL
}

/// One edit: these bytes become this text.
type Edit = (Range<usize>, String);

fn with(bytes: &[u8], edit: &Edit) -> Vec<u8> {
    [&bytes[..edit.0.start], edit.1.as_bytes(), &bytes[edit.0.end..]].concat()
}

/// Where the bytes of an entry lie after an edit inside it.
fn grown(entry: Source, edit: &Edit) -> Range<usize> {
    entry.start()..entry.end() + edit.1.len() - edit.0.len()
}

fn inside(facts: &[&Fact<'_>], range: &Range<usize>) -> bool {
    facts.iter().any(|f| range.contains(&f.source().start()))
}

/// Reads the edited bytes and asks a question of their sheet. The text page must pass its gate, too.
fn ask(case: &Case, bytes: &[u8], question: impl FnOnce(&Sheet<'_>) -> bool) -> Result<bool, String> {
    let lexicon = Lexicon::english().unwrap();
    let (document, lines) = dump::parse(bytes, case.label());
    let (record, _) = fhir::read(&document, lines, Stop::never()).map_err(|e| e.to_string())?;
    let answer = question(&clinical_summary::compose(&record, case.now(), lexicon));
    for page in [Page::Text, Page::Html, Page::Markdown, Page::Json] {
        let options = Options { now: case.now(), page, large_print: false, narrated: None, stop: Stop::never() };
        summarize(&Input::new(bytes, case.label()), &options, lexicon).map_err(|e| format!("{page:?}: {e}"))?;
    }
    Ok(answer)
}

struct Flipper<'c, 'r> {
    case: &'c Case,
    bytes: &'c [u8],
    record: &'r Record<'r>,
    counts: &'c mut Counts,
    faults: &'c mut Vec<String>,
}

pub(crate) fn run(case: &Case, counts: &mut Counts, faults: &mut Vec<String>) {
    let bytes = case.input();
    let (document, lines) = dump::parse(&bytes, case.label());
    let Ok((record, _)) = fhir::read(&document, lines, Stop::never()) else { return };
    let mut flipper = Flipper { case, bytes: &bytes, record: &record, counts, faults };
    flipper.medicines();
    flipper.problems();
    flipper.others();
}

impl Flipper<'_, '_> {
    /// Makes an edit inside an entry and holds the answer against what it should be.
    fn flip(
        &mut self,
        kind: &'static str,
        entry: usize,
        edit: Edit,
        wanted: bool,
        question: impl FnOnce(&Sheet<'_>, &Range<usize>) -> bool,
    ) {
        *self.counts.entry(kind).or_default() += 1;
        let source = self.record.entries[entry].source;
        let range = grown(source, &edit);
        let answer = ask(self.case, &with(self.bytes, &edit), |sheet| question(sheet, &range));
        if answer != Ok(wanted) {
            let what = answer.err().unwrap_or_else(|| "the page did not turn".to_owned());
            self.faults.push(format!("cases/{}, entry {entry}: {kind} ({}): {what}", self.case.name, edit.1));
        }
    }

    /// The bytes of a JSON text inside an entry, after a member of that name.
    fn find(&self, entry: usize, member: &str, text: &str) -> Option<Range<usize>> {
        let source = self.record.entries[entry].source;
        let inside = std::str::from_utf8(&self.bytes[source.start()..source.end()]).ok()?;
        let at = inside.find(&format!("\"{member}\""))?;
        let found = at + inside[at..].find(text)?;
        Some(source.start() + found..source.start() + found + text.len())
    }

    fn medicines(&mut self) {
        let record = self.record;
        let taken = |s: &Sheet<'_>, range: &Range<usize>| {
            let all = s.medicines.take.iter().chain(&s.medicines.as_needed);
            inside(&all.filter_map(|m| m.status.as_ref()).collect::<Vec<_>>(), range)
        };
        for m in record.medications.iter().filter(|m| m.kind != MedicationKind::Administration) {
            let (entry, Some(status)) = (m.entry.index(), &m.status) else { continue };
            let span = status.source().start()..status.source().end();
            match m.course {
                Course::Current => {
                    for ended in
                        ["stopped", "cancelled", "completed", "on-hold", "entered-in-error", "draft", "unknown"]
                    {
                        let edit = (span.clone(), format!("\"{ended}\""));
                        self.flip("a current medicine is ended", entry, edit, false, taken);
                    }
                    let start = record.entries[entry].source.start() + 1;
                    let edit = (start..start, "\"doNotPerform\": true, ".to_owned());
                    self.flip("a current medicine is forbidden", entry, edit, false, taken);
                    self.as_needed(entry);
                }
                Course::Stopped if m.prohibition.is_none() => {
                    self.flip("a stopped medicine is active", entry, (span, "\"active\"".to_owned()), true, taken);
                }
                _ => {}
            }
        }
    }

    fn as_needed(&mut self, entry: usize) {
        let listed = |s: &Sheet<'_>, range: &Range<usize>| {
            inside(&s.medicines.as_needed.iter().filter_map(|m| m.status.as_ref()).collect::<Vec<_>>(), range)
        };
        let only = self.record.medications.iter().any(|m| m.entry.index() == entry && m.dosages.len() == 1);
        for (from, to) in [("true", "false"), ("false", "true")] {
            if let Some(span) = self.find(entry, "asNeededBoolean", from).filter(|s| only && s.len() == from.len()) {
                // The word must be the value of the member and not stand somewhere after it.
                let between = &self.bytes[..span.start];
                if between.ends_with(b"\"asNeededBoolean\": ") {
                    self.flip("as needed or not", entry, (span, to.to_owned()), to == "true", listed);
                }
            }
        }
    }

    fn problems(&mut self) {
        let record = self.record;
        let current = |s: &Sheet<'_>, range: &Range<usize>| {
            inside(&s.problems.current.iter().map(|p| &p.name).collect::<Vec<_>>(), range)
        };
        let possible = |s: &Sheet<'_>, range: &Range<usize>| {
            inside(&s.problems.possible.iter().map(|p| &p.name).collect::<Vec<_>>(), range)
        };
        for c in &record.conditions {
            let entry = c.entry.index();
            if let Some(v) = c.verification.as_ref().filter(|_| c.assertion == clinical_model::Assertion::Present) {
                let span = v.source().start()..v.source().end();
                for not in ["refuted", "entered-in-error"] {
                    let edit = (span.clone(), format!("\"{not}\""));
                    self.flip("a problem is refuted", entry, edit, false, |s, r| current(s, r) || possible(s, r));
                }
                self.flip("a problem is refuted", entry, (span, "\"differential\"".to_owned()), false, current);
            }
            if let Some(v) = c.clinical_status.as_ref().filter(|_| c.assertion == clinical_model::Assertion::Present) {
                let edit = (v.source().start()..v.source().end(), "\"resolved\"".to_owned());
                self.flip("a problem is resolved", entry, edit, false, current);
            }
        }
    }

    fn others(&mut self) {
        let record = self.record;
        let listed = |s: &Sheet<'_>, range: &Range<usize>| {
            inside(&s.allergies.list.iter().map(|a| &a.name).collect::<Vec<_>>(), range)
        };
        let given = |s: &Sheet<'_>, range: &Range<usize>| {
            inside(&s.immunizations.iter().map(|i| &i.name).collect::<Vec<_>>(), range)
        };
        let measured = |s: &Sheet<'_>, range: &Range<usize>| {
            inside(&s.results.iter().chain(&s.vitals).map(|r| &r.name).collect::<Vec<_>>(), range)
        };
        let coming = |s: &Sheet<'_>, range: &Range<usize>| {
            inside(&s.coming.iter().filter_map(|c| c.status.as_ref()).collect::<Vec<_>>(), range)
        };
        for entry in record.allergies.iter().map(|a| a.entry.index()) {
            for not in ["refuted", "entered-in-error"] {
                if let Some(span) = self.find(entry, "verificationStatus", "\"confirmed\"") {
                    self.flip("an allergy is refuted", entry, (span, format!("\"{not}\"")), false, listed);
                }
            }
        }
        for entry in record.immunizations.iter().map(|i| i.entry.index()) {
            for not in ["not-done", "entered-in-error"] {
                if let Some(span) = self.find(entry, "status", "\"completed\"") {
                    self.flip("a vaccine is not given", entry, (span, format!("\"{not}\"")), false, given);
                }
            }
        }
        for o in &record.observations {
            for not in ["entered-in-error", "cancelled"] {
                if let Some(s) = &o.status {
                    let edit = (s.source().start()..s.source().end(), format!("\"{not}\""));
                    self.flip("a result is a mistake", o.entry.index(), edit, false, measured);
                }
            }
        }
        for a in &record.appointments {
            for not in ["cancelled", "noshow", "entered-in-error"] {
                if let Some(s) = &a.status {
                    let edit = (s.source().start()..s.source().end(), format!("\"{not}\""));
                    self.flip("an appointment is called off", a.entry.index(), edit, false, coming);
                }
            }
        }
    }
}

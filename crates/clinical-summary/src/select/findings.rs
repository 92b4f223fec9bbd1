//! The visit, why it was, what was found and done.

use super::context::{Selection, dated, identity, moment};
use super::in_words::{not_final, sections};
use crate::ledger::{Ledger, Reason};
use crate::piece::{Fact, View};
use crate::sheet::{Done, Said, Visit};
use clinical_lexicon::TermKind;
use clinical_model::{Assertion, Concept, Moment, SectionKind};
use std::cmp::Reverse;

/// The last visit that has begun; every other one is held back as earlier.
pub(super) fn visit<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Option<Visit<'a>> {
    for encounter in &selection.record.encounters {
        let reason = match encounter.assertion {
            Assertion::Absent => Reason::NotDone,
            Assertion::Possible => Reason::Unclear,
            _ => Reason::Older,
        };
        ledger.hold(encounter.entry, reason);
    }
    let encounter = selection.visit?;
    let kind = encounter.kinds.iter().find_map(|k| k.name().map(|n| (k, n)));
    let plain = kind.and_then(|(k, _)| selection.words(k, TermKind::Procedure).0);
    let period = encounter.period.as_ref();
    let start = period.and_then(|p| p.start.as_ref());
    let day = |text: &str| Moment::parse(text).map(|m| m.days());
    let same_day = |a: &str, b: &str| day(a).is_some() && day(a) == day(b);
    let end = period.and_then(|p| p.end.as_ref()).filter(|e| start.is_none_or(|s| !same_day(s.text(), e.text())));
    let class = encounter.class.codings.iter().find_map(|c| c.display.as_ref());
    Some(Visit {
        unsure: encounter.assertion != Assertion::Present,
        kind: kind.map(|(_, n)| Fact::exact(n)).or_else(|| class.map(Fact::exact)),
        plain,
        start: dated(start),
        end: dated(end),
        place: encounter.place.as_ref().map(Fact::exact),
        providers: super::coming::people(&encounter.providers),
    })
}

/// Why the patient came, in the record's words. No reason is made up (safety rule 16).
pub(super) fn reasons<'a>(selection: &Selection<'_, 'a>) -> Vec<Said<'a>> {
    let mut out: Vec<Said<'a>> = Vec::new();
    let visit = selection.visit.into_iter().flat_map(|v| &v.reasons);
    let mut said = std::collections::HashSet::new();
    for reason in visit {
        if said.insert(reason.text()) && !selection.is_private_text(reason.text()) {
            out.push(Said::of(vec![Fact::exact(reason)]));
        }
    }
    out.extend(sections(selection, SectionKind::Reason));
    out
}

/// Conclusions of reports, sections about findings, short notes.
pub(super) fn findings<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Said<'a>> {
    let mut out = sections(selection, SectionKind::Findings);
    super::in_words::hold(selection, ledger);
    for report in &selection.record.reports {
        let when = moment(report.when.as_ref());
        let held = match report.assertion {
            Assertion::Absent => Some(Reason::NotDone),
            _ if report.conclusion.is_some() || !report.conclusion_codes.is_empty() => {
                let is_private = report.conclusion_codes.iter().any(|c| selection.is_private(c))
                    || report.conclusion.as_ref().is_some_and(|c| selection.is_private_text(c.text()));
                match (is_private, selection.this_quarter(when)) {
                    (true, _) => Some(Reason::Private),
                    (false, false) => Some(Reason::Older),
                    (false, true) => None,
                }
            }
            _ if !report.results.is_empty() => Some(Reason::Panel),
            _ if report.attachments > 0 => Some(Reason::Document),
            _ => Some(Reason::NoValue),
        };
        if let Some(reason) = held {
            ledger.hold(report.entry, reason);
            continue;
        }
        let conclusion = report.conclusion.iter().map(Fact::exact);
        let codes = report.conclusion_codes.iter().filter_map(|c| selection.name(c));
        out.push(Said {
            title: selection.name(&report.code).into(),
            date: dated(report.when.as_ref().and_then(|p| p.start.as_ref().or(p.end.as_ref()))).into(),
            unfinished: report
                .status
                .as_ref()
                .filter(|_| report.assertion != Assertion::Present)
                .map(Fact::exact)
                .into(),
            ..Said::of(if report.conclusion.is_some() { conclusion.collect() } else { codes.collect() })
        });
    }
    for document in &selection.record.documents {
        let when = document.date.as_ref().and_then(|d| Moment::parse(d.text()));
        match document.text_base64.as_ref().map(|t| Fact::viewed(View::Base64, t)) {
            _ if document.superseded => ledger.hold(document.entry, Reason::EarlierSame),
            _ if document.assertion != Assertion::Present => ledger.hold(document.entry, Reason::Mistake),
            Some(text) if selection.this_quarter(when) && !text.shown().trim().is_empty() => out.push(Said {
                title: document.title.as_ref().map(Fact::exact).or_else(|| selection.name(&document.kind)).into(),
                date: dated(document.date.as_ref()).into(),
                extra: not_final(selection, document.unfinished),
                ..Said::of(vec![text])
            }),
            _ => ledger.hold(document.entry, Reason::Document),
        }
    }
    out
}

/// One thing that was done, before it is chosen.
struct Candidate<'r, 'a> {
    entry: clinical_model::EntryId,
    code: &'r Concept<'a>,
    date: Option<&'r clinical_model::Verbatim<'a>>,
    when: Option<Moment>,
    status: Option<Fact<'a>>,
    sites: Vec<Fact<'a>>,
    going_on: bool,
    held: Option<Reason>,
}

/// The newest of each kind first; older ones of the same kind are held back as such.
fn newest<'a>(
    selection: &Selection<'_, 'a>,
    ledger: &mut Ledger,
    mut candidates: Vec<Candidate<'_, 'a>>,
    words: impl Fn(&Concept<'a>) -> (Option<crate::Line<'a>>, Option<crate::Line<'a>>),
) -> Vec<Done<'a>> {
    candidates.sort_by_key(|c| (Reverse(c.when.map(|m| m.order())), c.entry));
    let mut seen = std::collections::HashSet::new();
    let mut out = Vec::new();
    for c in candidates {
        if let Some(reason) = c.held {
            ledger.hold(c.entry, reason);
        } else if !seen.insert(identity(c.code)) {
            ledger.hold(c.entry, Reason::EarlierSame);
        } else if let Some(name) = selection.name(c.code) {
            let (plain, explanation) = words(c.code);
            out.push(Done {
                name,
                plain,
                explanation,
                date: dated(c.date),
                status: c.status,
                sites: c.sites,
                going_on: c.going_on,
            });
        }
    }
    out
}

pub(super) fn procedures<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Done<'a>> {
    let candidates = selection.record.procedures.iter().map(|p| {
        let when = moment(p.when.as_ref());
        let of_visit = selection.visit.is_some_and(|v| p.encounter == Some(v.entry));
        Candidate {
            entry: p.entry,
            code: &p.code,
            date: p.when.as_ref().and_then(|w| w.start.as_ref().or(w.end.as_ref())),
            when,
            status: p.status.as_ref().map(Fact::exact),
            sites: p.body_sites.iter().filter_map(|c| selection.name(c)).collect(),
            going_on: p.in_progress,
            held: match p.assertion {
                said if said != Assertion::Absent && selection.is_private(&p.code) => Some(Reason::Private),
                _ if selection.is_to_come(when) => Some(Reason::NotOrdered),
                Assertion::Present => (!of_visit && !selection.this_quarter(when)).then_some(Reason::Older),
                Assertion::Absent if p.in_error => Some(Reason::Mistake),
                Assertion::Absent => Some(Reason::NotDone),
                Assertion::Hypothetical => Some(Reason::NotOrdered),
                _ => Some(Reason::Unclear),
            },
        }
    });
    newest(selection, ledger, candidates.collect(), |c| selection.words(c, TermKind::Procedure))
}

pub(super) fn immunizations<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Vec<Done<'a>> {
    let candidates = selection.record.immunizations.iter().map(|i| {
        let when = i.when.as_ref().and_then(|d| Moment::parse(d.text()));
        Candidate {
            entry: i.entry,
            code: &i.code,
            date: i.when.as_ref(),
            when,
            status: None,
            sites: Vec::new(),
            going_on: false,
            held: match i.assertion {
                _ if selection.is_to_come(when) => Some(Reason::NotOrdered),
                Assertion::Present => (!selection.this_year(when)).then_some(Reason::Older),
                Assertion::Absent if i.in_error => Some(Reason::Mistake),
                Assertion::Absent => Some(Reason::NotDone),
                _ => Some(Reason::Unclear),
            },
        }
    });
    let words = |c: &Concept<'a>| match selection.lexicon.vaccine(c) {
        Some(v) => (selection.plain(c, v.plain), Some(crate::Line::words(v.explain))),
        None => (None, None),
    };
    newest(selection, ledger, candidates.collect(), words)
}

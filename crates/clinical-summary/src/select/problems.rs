//! Problems and allergies.

use super::context::{Identity, Selection, dated, identity, identity_with_name};
use super::in_words::sections;
use super::value::amount;
use crate::ledger::{Ledger, Reason};
use crate::piece::{Fact, Line};
use crate::sheet::{Allergies, AllergyLine, Problem, Problems};
use clinical_lexicon::{Message, TermKind};
use clinical_model::{Assertion, Concept, Condition, EntryState, Quantity, SectionKind};
use std::collections::{HashMap, HashSet};

/// Problems: what the patient has, what is not sure, what is over (safety rules 12 and 14).
pub(super) fn problems<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Problems<'a> {
    let mut out = Problems::default();
    let mut newest: HashMap<(Assertion, Identity<'_>), usize> = HashMap::new();
    let mut order: Vec<&Condition<'a>> = selection.record.conditions.iter().collect();
    let since = |c: &Condition<'_>| {
        let recorded = || c.recorded.as_ref().and_then(|v| clinical_model::Moment::parse(v.text()));
        c.onset.as_ref().and_then(|p| p.moment()).or_else(recorded).map_or(i64::MIN, |m| m.order())
    };
    let of_visit = |c: &Condition<'_>| {
        selection.visit.is_some_and(|v| c.encounter == Some(v.entry) || v.diagnoses.contains(&c.entry))
    };
    order.sort_by_key(|c| (std::cmp::Reverse(of_visit(c)), std::cmp::Reverse(since(c)), c.entry));
    for condition in order {
        // What the record says is not so is no private matter; to hint at one would be false.
        if condition.assertion != Assertion::Absent && selection.is_private(&condition.code) {
            ledger.hold(condition.entry, Reason::Private);
            continue;
        }
        let list = match condition.assertion {
            Assertion::Present => &mut out.current,
            Assertion::Possible => &mut out.possible,
            Assertion::Historical => {
                let ended = condition.onset.as_ref().and_then(|p| p.ended());
                let is_news = ended.is_some() && selection.this_year(ended);
                if !(is_news || of_visit(condition)) {
                    ledger.hold(condition.entry, Reason::Over);
                    continue;
                }
                &mut out.past
            }
            Assertion::Absent if condition.in_error => {
                ledger.hold(condition.entry, Reason::Mistake);
                continue;
            }
            Assertion::Absent => {
                ledger.hold(condition.entry, Reason::RuledOut);
                continue;
            }
            Assertion::Hypothetical | Assertion::Family => {
                ledger.hold(condition.entry, Reason::Unclear);
                continue;
            }
        };
        if newest.insert((condition.assertion, identity(&condition.code)), 0).is_some() {
            ledger.hold(condition.entry, Reason::EarlierSame);
            continue;
        }
        list.extend(problem(selection, condition));
    }
    out
}

fn problem<'a>(selection: &Selection<'_, 'a>, condition: &Condition<'a>) -> Option<Problem<'a>> {
    let (plain, explanation) = selection.words(&condition.code, TermKind::Problem);
    Some(Problem {
        name: selection.name(&condition.code)?,
        plain,
        explanation,
        since: dated(condition.onset.as_ref().and_then(|p| p.start.as_ref())),
        until: dated(condition.onset.as_ref().and_then(|p| p.end.as_ref())),
        status: condition.clinical_status.as_ref().map(Fact::exact),
        verification: condition.verification.as_ref().map(Fact::exact),
        details: details(selection, condition),
        notes: condition.notes.iter().map(Fact::exact).collect(),
    })
}

/// More that the record says of a problem. When it was noted is not when it began.
fn details<'a>(selection: &Selection<'_, 'a>, condition: &Condition<'a>) -> Vec<Line<'a>> {
    let say = |message, slot, line| Line::say(selection.lexicon, message, &[(slot, line)]);
    let mut out = Vec::new();
    let has_onset = condition.onset.as_ref().is_some_and(|p| p.start.is_some());
    if !has_onset {
        let years = condition.onset_age.as_ref().and_then(|q| age(selection, q));
        let words = condition.onset_words.as_ref().map(|w| Line::fact(Fact::exact(w)));
        let recorded = dated(condition.recorded.as_ref()).map(Line::fact);
        let ages = condition.onset_range.as_ref().and_then(|r| {
            let (low, high) = (age(selection, r.low.as_ref()?)?, age(selection, r.high.as_ref()?)?);
            Some(Line::say(selection.lexicon, Message::RangeBetween, &[("high", high), ("low", low)]))
        });
        out.extend(years.or(ages).map(|l| say(Message::SinceAge, "age", l)));
        out.extend(words.map(|l| say(Message::BeganWhen, "words", l)));
        out.extend(recorded.map(|l| say(Message::NotedOn, "date", l)));
    }
    if condition.contradicts {
        out.push(Line::say(selection.lexicon, Message::ProblemDisagrees, &[]));
    }
    let facts = |list: &[Concept<'a>]| -> Vec<Fact<'a>> { list.iter().filter_map(|c| selection.name(c)).collect() };
    let sites = facts(&condition.body_sites);
    if !sites.is_empty() {
        out.push(say(Message::BodySite, "site", joined(&sites)));
    }
    let severity = condition.severity.as_ref().and_then(|c| selection.name(c));
    out.extend(severity.map(|s| say(Message::HowBad, "severity", Line::fact(s))));
    out
}

/// An age with its unit in words: UCUM writes a year as "a".
fn age<'a>(selection: &Selection<'_, 'a>, q: &Quantity<'a>) -> Option<Line<'a>> {
    let message = match q.code.as_ref().or(q.unit.as_ref()).map(|u| u.text()) {
        Some("a") => Message::AgeYears,
        Some("mo") => Message::AgeMonths,
        _ => return amount(q),
    };
    let number = Line::fact(Fact::exact(q.value.as_ref()?));
    Some(Line::say(selection.lexicon, message, &[("number", number)]))
}

/// Facts with commas between them.
fn joined<'a>(facts: &[Fact<'a>]) -> Line<'a> {
    let mut line = Line::default();
    for (i, fact) in facts.iter().enumerate() {
        line.push_words(if i > 0 { ", " } else { "" });
        line.push_fact(fact.clone());
    }
    line
}

/// Allergies. "None known", "not asked" and nothing at all stay three different things (safety rule 13).
pub(super) fn allergies<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger) -> Allergies<'a> {
    let mut out = Allergies::default();
    let mut seen = HashSet::new();
    let mut general = false;
    for allergy in &selection.record.allergies {
        // What is not named is told by what happened.
        let unnamed = allergy.code.is_empty();
        let what_happened = || allergy.reactions.first().map(Fact::exact);
        let Some(name) = selection.name(&allergy.code).or_else(what_happened) else { continue };
        if allergy.in_error {
            ledger.hold(allergy.entry, Reason::Mistake);
        } else if allergy.not_asked {
            out.not_asked.push(name);
        } else if allergy.none_known {
            if cues_none(name.of.text()) { &mut out.none_known } else { &mut out.negated }.push(name);
            general |= is_general(&allergy.code);
        } else {
            match allergy.assertion {
                Assertion::Present | Assertion::Possible => {
                    let key = (allergy.assertion, identity_with_name(&allergy.code));
                    if seen.contains(&key) && allergy.reactions.is_empty() && allergy.notes.is_empty() {
                        ledger.hold(allergy.entry, Reason::EarlierSame);
                        continue;
                    }
                    seen.insert(key);
                    out.list.push(AllergyLine {
                        name,
                        reactions: allergy.reactions.iter().map(Fact::exact).collect(),
                        unnamed,
                        severity: allergy.severity.as_ref().map(Fact::exact),
                        criticality: allergy.criticality.as_ref().map(Fact::exact),
                        notes: allergy.notes.iter().map(Fact::exact).collect(),
                        status: allergy.clinical_status.as_ref().map(Fact::exact),
                        unsure: allergy.assertion == Assertion::Possible,
                    });
                }
                Assertion::Historical => ledger.hold(allergy.entry, Reason::Over),
                Assertion::Absent => ledger.hold(allergy.entry, Reason::RuledOut),
                Assertion::Hypothetical | Assertion::Family => ledger.hold(allergy.entry, Reason::Unclear),
            }
        }
    }
    out.contradiction = general && !out.list.is_empty();
    let entries = selection.record.entries.iter().filter(|e| e.kind.starts_with("Allergy"));
    out.unreadable = entries.clone().filter(|e| matches!(e.state, EntryState::Unreadable(_))).count();
    out.in_words = sections(selection, SectionKind::Allergies);
    let has_lines = !(out.list.is_empty()
        && out.negated.is_empty()
        && out.none_known.is_empty()
        && out.not_asked.is_empty()
        && out.in_words.is_empty());
    out.only_held = !has_lines && out.unreadable == 0 && entries.count() > 0;
    out
}

/// Whether words say themselves that there is none. C-CDA says it by negating "allergy to substance", and those words
/// alone would say the opposite.
fn cues_none(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.any(|w| {
        ["no", "none", "not", "nil", "without", "denies", "denied", "negative", "nka", "nkda", "nkfa", "nkma"]
            .iter()
            .any(|cue| w.eq_ignore_ascii_case(cue))
    })
}

/// "No known allergies" of any kind, not only of medicines or of latex: it contradicts every allergy.
fn is_general(code: &Concept<'_>) -> bool {
    let is_drug = |t: &str| ["drug", "medic", "latex", "food", "environment", "nkda"].iter().any(|w| t.contains(w));
    code.has_code("716186003") || code.name().is_some_and(|n| !is_drug(&n.text().to_lowercase()))
}

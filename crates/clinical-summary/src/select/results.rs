//! Results and vital signs: the latest value of each test, with its earlier values.

use super::context::{Identity, Selection, dated, identity};
use super::level::{is_reversed, level, plain_range};
use super::trend::{band, picture};
use super::value::{measured, range_line};
use crate::ledger::{Ledger, Reason};
use crate::piece::{Fact, Line};
use crate::sheet::{Earlier, Measured, Sheet, TestRow};
use clinical_lexicon::{Message, TestKind};
use clinical_model::{
    Assertion, Component, Concept, EntryId, Moment, Observation, ObservationCategory, Period, Quantity, Value,
};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// How many earlier values stand beside the latest one.
const EARLIER: usize = 5;

/// LOINC: blood pressure with both numbers, and its parts.
const PRESSURE: [&str; 2] = ["85354-9", "55284-4"];
const SYSTOLIC: &str = "8480-6";
const DIASTOLIC: &str = "8462-4";

/// Fills the lists of results and of vital signs.
pub(super) fn results<'a>(selection: &Selection<'_, 'a>, ledger: &mut Ledger, sheet: &mut Sheet<'a>) {
    let reported: HashSet<EntryId> = selection.record.reports.iter().flat_map(|r| r.results.iter().copied()).collect();
    let mut groups: Vec<Vec<&Observation<'a>>> = Vec::new();
    let mut known: HashMap<Identity<'_>, usize> = HashMap::new();
    for observation in &selection.record.observations {
        if let Some(reason) = held(selection, observation) {
            ledger.hold(observation.entry, reason);
            continue;
        }
        let at = *known.entry(identity(&observation.main.code)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(observation),
            None => groups.push(vec![observation]),
        }
    }
    for mut group in groups {
        // Of two values of one time the final one counts.
        let is_final = |o: &Observation<'_>| o.assertion == Assertion::Present;
        group.sort_by_key(|o| (Reverse(when(o).map(|m| m.order())), Reverse(is_final(o)), Reverse(o.entry)));
        let Some(latest) = group.first() else { continue };
        let list = list_of(selection, latest, &reported);
        let recent = selection.this_year(when(latest));
        for observation in &group {
            ledger.hold(observation.entry, if recent { Reason::EarlierSame } else { Reason::OlderResult });
        }
        if list == ObservationCategory::Survey {
            for observation in &group {
                ledger.hold(observation.entry, Reason::Survey);
            }
        } else if recent {
            let rows = rows(selection, &group);
            match list {
                // Which arm the cuff was on is for the chart, not for the kitchen table.
                ObservationCategory::VitalSign => {
                    sheet.vitals.extend(rows.into_iter().map(|row| TestRow { site: None, ..row }));
                }
                ObservationCategory::Laboratory => sheet.results.extend(rows),
                _ => sheet.checks.extend(rows),
            }
        }
    }
}

/// Why an observation is on neither list.
fn held(selection: &Selection<'_, '_>, o: &Observation<'_>) -> Option<Reason> {
    let is_future = when(o).is_some_and(|m| m.order() > selection.now.latest());
    match o.assertion {
        // A test that was broken off has no result.
        _ if o.status.as_ref().is_some_and(|s| matches!(s.text(), "aborted" | "cancelled")) => Some(Reason::NotDone),
        Assertion::Absent
            if o.status.as_ref().is_some_and(|s| matches!(s.text(), "entered-in-error" | "nullified")) =>
        {
            Some(Reason::Mistake)
        }
        Assertion::Absent => Some(Reason::NotDone),
        _ if is_future => Some(Reason::Unclear),
        _ if has_value(&o.main) || o.components.iter().any(has_value) => None,
        _ if !o.members.is_empty() => Some(Reason::Panel),
        _ => Some(Reason::NoValue),
    }
}

fn has_value(part: &Component<'_>) -> bool {
    matches!(&part.value, Some(v) if !matches!(v, Value::Recording(_)))
}

fn when(o: &Observation<'_>) -> Option<Moment> {
    o.when.as_ref().and_then(Period::moment)
}

/// The list: by the record's category; where it gives none, by what kind of test the lexicon knows it as, or by a
/// laboratory report that holds it; else it is another check. Answers and habits are on no list.
fn list_of(selection: &Selection<'_, '_>, o: &Observation<'_>, reported: &HashSet<EntryId>) -> ObservationCategory {
    let kind = selection.lexicon.test(&o.main.code).map(|t| t.kind);
    match (o.category, kind) {
        (ObservationCategory::Survey | ObservationCategory::Social, Some(TestKind::Lab)) => {
            ObservationCategory::Laboratory
        }
        (ObservationCategory::Survey | ObservationCategory::Social, _) => ObservationCategory::Survey,
        (ObservationCategory::Unstated, Some(TestKind::Vital)) => ObservationCategory::VitalSign,
        (ObservationCategory::Unstated, Some(TestKind::Score)) if !reported.contains(&o.entry) => {
            ObservationCategory::Survey
        }
        (ObservationCategory::Unstated, Some(TestKind::Lab)) => ObservationCategory::Laboratory,
        (ObservationCategory::Unstated, _) if reported.contains(&o.entry) => ObservationCategory::Laboratory,
        (ObservationCategory::Unstated, _) => ObservationCategory::Study,
        (category, _) => category,
    }
}

/// The rows of one test: one for its own value (or its two blood-pressure numbers), else one for each part.
fn rows<'a>(selection: &Selection<'_, 'a>, group: &[&Observation<'a>]) -> Vec<TestRow<'a>> {
    let Some(latest) = group.first() else { return Vec::new() };
    let code = &latest.main.code;
    if has_value(&latest.main) {
        let series: Vec<Point<'_, 'a>> = group.iter().map(|o| Point::of(o, &o.main)).collect();
        let mut rows: Vec<TestRow<'a>> = row(selection, code, latest, &series).into_iter().collect();
        rows.extend(parts(selection, group));
        return rows;
    }
    if PRESSURE.iter().any(|c| code.has_code(c))
        && let Some(row) = pressure(selection, group)
    {
        return vec![row];
    }
    parts(selection, group)
}

fn parts<'a>(selection: &Selection<'_, 'a>, group: &[&Observation<'a>]) -> Vec<TestRow<'a>> {
    let Some(latest) = group.first() else { return Vec::new() };
    latest
        .components
        .iter()
        .filter_map(|part| {
            if !has_value(part) {
                return without_value(selection, latest, part);
            }
            let key = identity(&part.code);
            let same = |o: &&'_ &Observation<'a>| o.components.iter().find(|c| identity(&c.code) == key).is_some();
            let series: Vec<Point<'_, 'a>> = group
                .iter()
                .filter(same)
                .filter_map(|o| o.components.iter().find(|c| identity(&c.code) == key).map(|c| Point::of(o, c)))
                .collect();
            row(selection, &part.code, latest, &series)
        })
        .collect()
}

/// A part that was not measured, where the record says why: the reader sees that it is missing.
fn without_value<'a>(
    selection: &Selection<'_, 'a>,
    latest: &Observation<'a>,
    part: &Component<'a>,
) -> Option<TestRow<'a>> {
    let reason = selection.name(part.absent_reason.as_ref()?)?;
    let line = Line::say(selection.lexicon, Message::NoResultBecause, &[("reason", Line::fact(reason))]);
    Some(TestRow {
        name: selection.name(&part.code)?,
        plain: None,
        explanation: None,
        site: None,
        measured: Measured { line, value: None, unit: None },
        range: None,
        level: None,
        interpretation: None,
        unfinished: latest.assertion != Assertion::Present,
        status: latest.status.as_ref().map(Fact::exact),
        date: date_of(latest),
        earlier: Vec::new(),
        trend: None,
        notes: Vec::new(),
    })
}

/// One value of a test at one time.
struct Point<'r, 'a> {
    part: &'r Component<'a>,
    date: Option<Fact<'a>>,
    when: Option<Moment>,
}

impl<'r, 'a> Point<'r, 'a> {
    fn of(o: &'r Observation<'a>, part: &'r Component<'a>) -> Self {
        Self { part, date: date_of(o), when: when(o) }
    }
}

fn site<'a>(selection: &Selection<'_, 'a>, o: &Observation<'a>) -> Option<Fact<'a>> {
    o.body_site.as_ref().and_then(|c| selection.name(c))
}

fn date_of<'a>(o: &Observation<'a>) -> Option<Fact<'a>> {
    dated(o.when.as_ref().and_then(|p| p.start.as_ref().or(p.end.as_ref())))
}

fn row<'a>(
    selection: &Selection<'_, 'a>,
    code: &Concept<'a>,
    latest: &Observation<'a>,
    series: &[Point<'_, 'a>],
) -> Option<TestRow<'a>> {
    let part = series.first()?.part;
    let measured = part.value.as_ref().and_then(|v| measured(selection, v))?;
    let range = plain_range(&part.ranges);
    let level = level(part, range);
    let words = selection.lexicon.test(code).filter(|t| !t.sensitive);
    let earlier: Vec<Earlier<'a>> = series[1..]
        .iter()
        .filter_map(|p| {
            let value = p.part.value.as_ref().and_then(|v| self::measured(selection, v))?;
            Some(Earlier { measured: value, date: p.date.clone()? })
        })
        .take(EARLIER)
        .collect();
    let numbers: Vec<(Moment, &str)> = series
        .iter()
        .take(EARLIER + 1)
        .filter_map(|p| match &p.part.value {
            Some(Value::Quantity(q)) if q.comparator.is_none() && same_unit(q, part) => {
                Some((p.when?, q.value.as_ref()?.text()))
            }
            _ => None,
        })
        .collect();
    Some(TestRow {
        name: selection.name(code)?,
        plain: words.and_then(|w| selection.plain(code, w.plain)),
        explanation: words.map(|w| Line::words(w.explain)),
        site: site(selection, latest),
        measured,
        range: range.and_then(|r| range_line(selection, r)),
        level,
        interpretation: reading_of(part),
        unfinished: latest.assertion != Assertion::Present,
        status: latest.status.as_ref().map(Fact::exact),
        date: date_of(latest),
        trend: picture(&numbers, range.filter(|r| !is_reversed(r)).and_then(band)),
        earlier,
        notes: latest.notes.iter().map(Fact::exact).collect(),
    })
}

/// The record's own reading in its own words, else its code.
fn reading_of<'a>(part: &Component<'a>) -> Option<Fact<'a>> {
    part.interpretations.iter().find_map(|c| c.name()).map(Fact::exact)
}

fn same_unit(q: &Quantity<'_>, part: &Component<'_>) -> bool {
    let unit = |q: &Quantity<'_>| q.shown_unit().map(|u| u.text().to_owned());
    matches!(&part.value, Some(Value::Quantity(latest)) if unit(latest) == unit(q))
}

/// Both numbers of a blood pressure as one: "120/80 mmHg".
fn pressure<'a>(selection: &Selection<'_, 'a>, group: &[&Observation<'a>]) -> Option<TestRow<'a>> {
    let both = |o: &Observation<'a>| -> Option<Measured<'a>> {
        let find = |code: &str| match o.components.iter().find(|c| c.code.has_code(code)).map(|c| &c.value) {
            Some(Some(Value::Quantity(q))) if q.comparator.is_none() => {
                q.value.clone().map(|v| (v, q.shown_unit().cloned()))
            }
            _ => None,
        };
        let ((high, unit), (low, other)) = (find(SYSTOLIC)?, find(DIASTOLIC)?);
        let same = unit.as_ref().map(|u| u.text()) == other.as_ref().map(|u| u.text());
        let mut line = Line::fact(Fact::exact(&high));
        line.push_words("/");
        line.push_fact(Fact::exact(&low));
        let value = Some(line.clone());
        let unit = unit.filter(|_| same).map(|u| Fact::exact(&u));
        if let Some(unit) = &unit {
            line.push_words(" ");
            line.push_fact(unit.clone());
        }
        same.then_some(Measured { line, value, unit })
    };
    let latest = group.first()?;
    // Any other part, and a reading or a range of one number, must not be lost: then each part has its own row.
    let bare = |c: &Component<'_>| c.interpretations.is_empty() && c.ranges.is_empty() && has_value(c);
    (latest.components.len() == 2 && latest.components.iter().all(bare)).then_some(())?;
    let measured = both(latest)?;
    let earlier = group[1..].iter().filter_map(|o| {
        let value = both(o)?;
        Some(Earlier { measured: value, date: date_of(o)? })
    });
    let words = selection.lexicon.test(&latest.main.code);
    Some(TestRow {
        name: selection.name(&latest.main.code)?,
        plain: words.and_then(|w| selection.plain(&latest.main.code, w.plain)),
        explanation: words.map(|w| Line::words(w.explain)),
        site: site(selection, latest),
        measured,
        range: None,
        level: level(&latest.main, None),
        interpretation: reading_of(&latest.main),
        unfinished: latest.assertion != Assertion::Present,
        status: latest.status.as_ref().map(Fact::exact),
        date: date_of(latest),
        earlier: earlier.take(EARLIER).collect(),
        trend: None,
        notes: latest.notes.iter().map(Fact::exact).collect(),
    })
}

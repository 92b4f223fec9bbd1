//! Directions by hazard. The dosages are made by hand; every sentence is checked whole.

mod notes;
mod ordinary;
mod plain;
mod text;

use super::{Directions, explain};
use crate::Piece;
use clinical_lexicon::Lexicon;
use clinical_model::{
    AmountOrRange, AsNeeded, Bounds, CodeSystem, Coding, Concept, Dosage, Period, Quantity, Range, Ratio, Source,
    Timing, Verbatim,
};

fn v(text: &str) -> Verbatim<'static> {
    Verbatim::new(text.to_owned().into(), Source::new(0, 1))
}

fn some(text: &str) -> Option<Verbatim<'static>> {
    (!text.is_empty()).then(|| v(text))
}

fn named(text: &str) -> Concept<'static> {
    Concept { text: some(text), codings: Vec::new() }
}

fn coded(code: &str, display: &str) -> Concept<'static> {
    Concept {
        text: None,
        codings: vec![Coding { system: CodeSystem::Other, code: some(code), display: some(display) }],
    }
}

fn quantity(value: &str, unit: &str) -> Quantity<'static> {
    Quantity { value: some(value), comparator: None, unit: some(unit), code: None }
}

/// A dosage being made.
#[derive(Clone)]
struct D(Dosage<'static>);

fn d() -> D {
    D(Dosage::empty())
}

/// "1 tablet by mouth", ready for a timing.
fn tablet() -> D {
    d().dose("1", "tablet").route("Oral")
}

impl D {
    fn with(mut self, change: impl FnOnce(&mut Dosage<'static>)) -> Self {
        change(&mut self.0);
        self
    }
    fn timed(self, change: impl FnOnce(&mut Timing<'static>)) -> Self {
        self.with(|d| change(d.timing.get_or_insert_with(Timing::default)))
    }
    fn text(self, text: &str) -> Self {
        self.with(|d| d.text = some(text))
    }
    fn seq(self, n: &str) -> Self {
        self.with(|d| d.sequence = some(n))
    }
    fn dose(self, value: &str, unit: &str) -> Self {
        self.with(|d| d.doses.push(AmountOrRange::Amount(quantity(value, unit))))
    }
    fn doses(self, low: &str, high: &str, unit: &str) -> Self {
        let range = Range { low: Some(quantity(low, unit)), high: Some(quantity(high, unit)), ..Range::default() };
        self.with(|d| d.doses.push(AmountOrRange::Range(range)))
    }
    fn route(self, route: &str) -> Self {
        self.with(|d| d.route = Some(named(route)))
    }
    fn each(self, frequency: &str, period: &str, unit: &str) -> Self {
        self.timed(|t| {
            t.frequency = some(frequency);
            t.period = some(period);
            t.period_unit = some(unit);
        })
    }
    fn when(self, codes: &[&str]) -> Self {
        self.timed(|t| t.when = codes.iter().map(|c| v(c)).collect())
    }
    fn days(self, codes: &[&str]) -> Self {
        self.timed(|t| t.day_of_week = codes.iter().map(|c| v(c)).collect())
    }
    fn clock(self, times: &[&str]) -> Self {
        self.timed(|t| t.time_of_day = times.iter().map(|c| v(c)).collect())
    }
    fn lasts(self, value: &str, unit: &str) -> Self {
        self.timed(|t| t.bounds = Some(Bounds::Duration(quantity(value, unit))))
    }
    fn between(self, start: &str, end: &str) -> Self {
        self.timed(|t| t.bounds = Some(Bounds::Period(Period { start: some(start), end: some(end) })))
    }
    fn needed(self) -> Self {
        self.with(|d| d.as_needed = AsNeeded::Yes)
    }
    fn max(self, value: &str, unit: &str, per: &str, per_unit: &str) -> Self {
        let ratio = Ratio { numerator: quantity(value, unit), denominator: quantity(per, per_unit) };
        self.with(|d| d.max_per_period.push(ratio))
    }
    fn also(self, text: &str) -> Self {
        self.with(|d| d.additional.push(named(text)))
    }
}

fn explained(steps: &[D]) -> Directions<'static> {
    let dosages: Vec<Dosage<'static>> = steps.iter().map(|s| s.0.clone()).collect();
    let directions = explain(&dosages, None, Lexicon::english().unwrap());
    for step in &directions.steps {
        for piece in step.plain.iter().flat_map(|l| l.pieces()) {
            if let Piece::Words(w) = piece {
                assert!(!w.text().chars().any(char::is_numeric), "a numeral of ours: {}", w.text());
            }
        }
        // Whatever is shown in the grid must be said in words.
        assert!(step.schedule.is_none() || step.understood);
    }
    directions
}

/// The sentence of one dosage; `-` where there is none.
fn plain(step: D) -> String {
    sentences(&[step]).remove(0)
}

fn sentences(steps: &[D]) -> Vec<String> {
    explained(steps).steps.iter().map(|s| s.plain.as_ref().map_or_else(|| "-".to_owned(), |l| l.shown())).collect()
}

/// The grid of one dosage: four cells with bars between them; `-` where there is none.
fn grid(step: D) -> String {
    explained(&[step]).schedule.map_or_else(
        || "-".to_owned(),
        |s| {
            let cell = |c: &Option<crate::Line<'_>>| c.as_ref().map_or_else(String::new, |l| l.shown());
            [&s.morning, &s.noon, &s.evening, &s.bedtime].map(cell).join("|")
        },
    )
}

//! The record's own facts of a dosage, as they stand.

use crate::Fact;
use clinical_model::{AmountOrRange, AsNeeded, Dosage, Quantity, Range, Ratio, Verbatim};

fn of_quantity<'a>(quantity: &Quantity<'a>, into: &mut Vec<Fact<'a>>) {
    let parts = [quantity.comparator.as_ref(), quantity.value.as_ref(), quantity.shown_unit()];
    into.extend(parts.into_iter().flatten().map(Fact::exact));
}

fn of_range<'a>(range: &Range<'a>, into: &mut Vec<Fact<'a>>) {
    for end in [&range.low, &range.high].into_iter().flatten() {
        of_quantity(end, into);
    }
}

fn of_ratio<'a>(ratio: &Ratio<'a>, into: &mut Vec<Fact<'a>>) {
    of_quantity(&ratio.numerator, into);
    of_quantity(&ratio.denominator, into);
}

/// Every dose and rate.
pub(super) fn dose<'a>(dosage: &Dosage<'a>) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    for amount in dosage.doses.iter().chain(&dosage.rates) {
        match amount {
            AmountOrRange::Amount(q) => of_quantity(q, &mut facts),
            AmountOrRange::Range(r) => of_range(r, &mut facts),
            AmountOrRange::Ratio(r) => of_ratio(r, &mut facts),
        }
    }
    facts
}

/// Frequency, period, events, days and clock times; the coded schedule where there are none.
pub(super) fn frequency<'a>(dosage: &Dosage<'a>) -> Vec<Fact<'a>> {
    let Some(t) = &dosage.timing else { return Vec::new() };
    let numbers = [&t.frequency, &t.frequency_max, &t.period, &t.period_max, &t.period_unit, &t.count, &t.count_max];
    let lists = [&t.offset].into_iter().flatten().chain(&t.when).chain(&t.day_of_week).chain(&t.time_of_day);
    let facts: Vec<Fact<'a>> = numbers.into_iter().flatten().chain(lists).chain(&t.events).map(Fact::exact).collect();
    if facts.is_empty() { t.code.as_ref().and_then(|c| c.name()).map(Fact::exact).into_iter().collect() } else { facts }
}

/// The route's name.
pub(super) fn route<'a>(dosage: &Dosage<'a>) -> Vec<Fact<'a>> {
    dosage.route.as_ref().and_then(|c| c.name()).map(Fact::exact).into_iter().collect()
}

/// What it is needed for.
pub(super) fn as_needed_for<'a>(dosage: &Dosage<'a>) -> Vec<Fact<'a>> {
    match &dosage.as_needed {
        AsNeeded::For(c) => c.name().map(Fact::exact).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Every maximum.
pub(super) fn max<'a>(dosage: &Dosage<'a>) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    for ratio in &dosage.max_per_period {
        of_ratio(ratio, &mut facts);
    }
    for limit in [&dosage.max_per_administration, &dosage.max_per_lifetime].into_iter().flatten() {
        of_quantity(limit, &mut facts);
    }
    facts
}

/// Text with something in it.
pub(super) fn worded<'v, 'a>(text: Option<&'v Verbatim<'a>>) -> Option<&'v Verbatim<'a>> {
    text.filter(|v| !v.text().trim().is_empty())
}

/// Adds the facts of a step, unless they repeat those of the step before.
pub(super) fn join<'a>(all: &mut Vec<Fact<'a>>, last: &mut usize, step: Vec<Fact<'a>>) {
    if step.is_empty() {
        return;
    }
    let before = all.get(*last..).unwrap_or_default();
    if before.len() == step.len() && before.iter().zip(&step).all(|(a, b)| a.of.text() == b.of.text()) {
        return;
    }
    *last = all.len();
    all.extend(step);
}

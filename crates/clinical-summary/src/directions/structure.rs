//! The structure of one dosage, understood as a whole or not at all.

use super::amount::{Amount, Unit, dose, per, quantity, rate};
use super::number::Decimal;
use super::timing::{self, When};
use super::way::{self, Way};
use crate::{Fact, Line};
use clinical_lexicon::{Lexicon, Message};
use clinical_model::{AsNeeded, Concept, Dosage};

/// A dosage that was understood.
#[derive(Clone, Debug)]
pub(super) struct Structure<'a> {
    pub(super) amount: Option<Amount<'a>>,
    pub(super) when: When<'a>,
    pub(super) way: Way<'a>,
    pub(super) site: Option<Fact<'a>>,
    pub(super) rate: Option<Line<'a>>,
    /// What it is needed for.
    pub(super) reason: Option<Fact<'a>>,
    /// Whole sentences: "No more than 4 tablets in 1 day."
    pub(super) maxima: Vec<Line<'a>>,
    /// What they say, for comparing.
    pub(super) limits: Vec<Limit<'a>>,
}

/// A maximum.
#[derive(Clone, Debug)]
pub(super) struct Limit<'a> {
    pub(super) amount: Amount<'a>,
    /// In this time; `None` for one dose and for a life.
    pub(super) time: Option<(Decimal, String)>,
}

/// Whether a dosage has any structure. That it is not as-needed says nothing of how to take it.
pub(super) fn is_present(dosage: &Dosage<'_>) -> bool {
    let named = |c: &Option<Concept<'_>>| c.as_ref().is_some_and(|c| !c.is_empty());
    dosage.not_understood
        || dosage.timing.as_ref().is_some_and(|t| *t != clinical_model::Timing::default())
        || matches!(dosage.as_needed, AsNeeded::Yes | AsNeeded::For(_))
        || named(&dosage.site)
        || named(&dosage.route)
        || named(&dosage.method)
        || !(dosage.doses.is_empty() && dosage.rates.is_empty() && dosage.max_per_period.is_empty())
        || dosage.max_per_administration.is_some()
        || dosage.max_per_lifetime.is_some()
}

/// Understands a dosage. `None` where any part of it is not understood.
pub(super) fn read<'a>(dosage: &Dosage<'a>, lexicon: &Lexicon) -> Option<Structure<'a>> {
    if dosage.not_understood {
        return None;
    }
    let amount = match dosage.doses.as_slice() {
        [] => None,
        [one] => Some(dose(one, lexicon)?),
        _ => return None,
    };
    let rate = match dosage.rates.as_slice() {
        [] => None,
        [one] => {
            let line = rate(one, lexicon)?;
            Some(Line::say(lexicon, Message::DoseRate, &[("rate", line)]))
        }
        _ => return None,
    };
    let (maxima, limits) = maxima(dosage, lexicon)?;
    let reason = if let AsNeeded::For(c) = &dosage.as_needed { c.name().map(Fact::exact) } else { None };
    Some(Structure {
        amount,
        when: dosage.timing.as_ref().map_or(Some(When::default()), |t| timing::read(t, lexicon))?,
        way: way::read(dosage.route.as_ref(), dosage.method.as_ref(), lexicon)?,
        site: dosage.site.as_ref().and_then(Concept::name).map(Fact::exact),
        rate,
        reason,
        maxima,
        limits,
    })
}

fn maxima<'a>(dosage: &Dosage<'a>, lexicon: &Lexicon) -> Option<(Vec<Line<'a>>, Vec<Limit<'a>>)> {
    let (mut lines, mut limits) = (Vec::new(), Vec::new());
    for ratio in &dosage.max_per_period {
        let amount = quantity(&ratio.numerator, lexicon)?;
        let (time, value, unit) = per(&ratio.denominator, lexicon)?;
        limits.push(Limit { amount: amount.clone(), time: Some((value, unit)) });
        lines.push(Line::say(lexicon, Message::DoseMaxPeriod, &[("amount", amount.line), ("time", time)]));
    }
    let others =
        [(Message::DoseMaxOnce, &dosage.max_per_administration), (Message::DoseMaxLife, &dosage.max_per_lifetime)];
    for (message, limit) in others {
        if let Some(limit) = limit {
            let amount = quantity(limit, lexicon)?;
            limits.push(Limit { amount: amount.clone(), time: None });
            lines.push(Line::say(lexicon, message, &[("amount", amount.line)]));
        }
    }
    Some((lines, limits))
}

impl Structure<'_> {
    /// The unit of the dose where only the record has a word for it.
    pub(super) fn own_unit(&self) -> Option<&str> {
        match &self.amount.as_ref()?.unit {
            Unit::Other(own) => Some(own),
            _ => None,
        }
    }

    /// Whether its unit is swallowed whatever else is said.
    pub(super) fn is_swallowed(&self, lexicon: &Lexicon) -> bool {
        let unit = self.amount.as_ref().map(|a| &a.unit);
        matches!(unit, Some(Unit::Known(u)) if lexicon.dosing().swallowed.contains(u))
    }

    /// The way, by its place in the lexicon. What is swallowed is taken by mouth without saying so.
    pub(super) fn way_place(&self, lexicon: &Lexicon) -> Option<usize> {
        let by_mouth = || lexicon.dosing().ways.iter().position(|w| w.routes.contains("by mouth"));
        let unsaid = self.way.place.is_none() && self.way.own.is_none() && self.is_swallowed(lexicon);
        self.way.place.or_else(|| if unsaid { by_mouth() } else { None })
    }
}

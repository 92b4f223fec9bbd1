//! One step of directions while it is read, and the dosage that comes of it.

use clinical_lexicon::DosingWords;
use clinical_model::{
    AmountOrRange, AsNeeded, Bounds, Concept, Dosage, Quantity, Range as ModelRange, Ratio, Source, Timing, Verbatim,
};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of the text.
pub(crate) type Bytes = Range<usize>;

/// A slice of the text as a fact.
pub(crate) fn verbatim<'a>(text: &'a str, span: &Bytes) -> Option<Verbatim<'a>> {
    let slice = text.get(span.clone())?;
    let (start, end) = (u32::try_from(span.start).ok()?, u32::try_from(span.end).ok()?);
    Some(Verbatim::new(Cow::Borrowed(slice), Source::new(start, end)))
}

/// A slice of the text as the name of something.
pub(crate) fn concept<'a>(text: &'a str, span: &Bytes) -> Concept<'a> {
    Concept { text: verbatim(text, span), codings: Vec::new() }
}

/// A number, or the ends of a range.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Numbers {
    pub(crate) low: Bytes,
    pub(crate) high: Option<Bytes>,
    /// The lower and the upper value in millionths.
    pub(crate) values: (u64, u64),
}

/// An amount.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Dose {
    pub(super) numbers: Numbers,
    /// Its unit, and what the lexicon calls more of it.
    pub(super) unit: Option<(Bytes, String)>,
    /// All of it, with a form behind it.
    pub(super) span: Bytes,
    /// It says how strong a piece or a volume is, and not how much to take.
    pub(super) is_strength: bool,
}

/// How often.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Often {
    /// A word or an abbreviation that says all of it ("bid", "every other day").
    Code(Bytes),
    /// So many times a unit of time.
    Count(Numbers, Bytes),
    /// Every so many units of time; without a number every one.
    Every(Option<Numbers>, Bytes),
}

/// How a step stands to the one before: the words that join them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Joined {
    Then,
    And,
}

/// A way of taking, or a verb.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Way {
    /// Its place in the lexicon; `None` for a verb that goes with many ways ("apply").
    pub(super) place: Option<usize>,
    pub(super) span: Bytes,
    pub(super) words: String,
    pub(super) is_verb: bool,
}

/// One step.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Draft {
    pub(super) doses: Vec<Dose>,
    pub(super) often: Vec<Often>,
    pub(super) when: Vec<Bytes>,
    pub(super) offset: Option<Bytes>,
    pub(super) days: Vec<Bytes>,
    pub(super) count: Option<Bytes>,
    pub(super) lasts: Vec<(Numbers, Bytes)>,
    pub(super) over: Option<(Bytes, Bytes)>,
    /// As needed, and what for.
    pub(super) needed: Option<Option<Bytes>>,
    /// Amount, its unit, the number of the time, the unit of the time.
    pub(super) maxima: Vec<(Bytes, Option<Bytes>, Option<Bytes>, Bytes)>,
    pub(super) ways: Vec<Way>,
    pub(super) site: Option<Bytes>,
    pub(super) additional: Vec<Bytes>,
    pub(super) supply: Vec<Bytes>,
    /// The words that join it to the step before.
    pub(super) joined: Option<(Joined, Bytes)>,
    /// It holds something of two readings, or twice the same kind of thing.
    pub(super) is_doubtful: bool,
    /// From the first to the last thing that was read.
    pub(super) span: Option<Bytes>,
}

impl Draft {
    pub(super) fn cover(&mut self, span: Bytes) {
        self.span = Some(self.span.take().map_or(span.clone(), |s| s.start.min(span.start)..s.end.max(span.end)));
    }

    /// The strength in front of the dose: "20 mg" of "20 mg, 1 tablet daily", "25 mg tablet" of "25 mg tablet daily".
    pub(super) fn split_strength(&mut self, dosing: &DosingWords) -> Option<Bytes> {
        let measured = |d: &Dose| d.unit.as_ref().is_some_and(|(_, many)| dosing.measures.contains_key(many));
        let mass = |d: &Dose| {
            d.unit.as_ref().and_then(|(_, many)| dosing.measures.get(many)).is_some_and(|m| m.of != "volume")
        };
        let is_first = match self.doses.as_slice() {
            [first, rest @ ..] if first.is_strength => rest.len() < 2,
            [first, second] => {
                mass(first) && first.numbers.high.is_none() && !measured(second) && second.unit.is_some()
            }
            _ => false,
        };
        let first = self.span.as_ref().map(|s| s.start);
        let strength = if is_first { Some(self.doses.remove(0).span) } else { None };
        if let Some(s) = &strength {
            // A strength behind the directions is not part of the name.
            self.is_doubtful |= first != Some(s.start);
        }
        self.is_doubtful |= self.doses.iter().any(|d| d.is_strength);
        strength
    }

    /// Leaves out other words for the same way: "by mouth" beside "inhale".
    pub(super) fn settle_ways(&mut self, dosing: &DosingWords) {
        let known: Vec<usize> = self.ways.iter().filter_map(|w| w.place).collect();
        let loosely =
            |words: &str| known.iter().any(|i| dosing.ways.get(*i).is_some_and(|w| w.loosely.contains(words)));
        self.ways.retain(|w| !loosely(&w.words));
    }

    /// Whether it says anything of how to take the medicine.
    pub(super) const fn says(&self) -> bool {
        !(self.doses.is_empty()
            && self.often.is_empty()
            && self.when.is_empty()
            && self.days.is_empty()
            && self.ways.is_empty()
            && self.lasts.is_empty())
            || self.needed.is_some()
            || self.count.is_some()
            || self.site.is_some()
    }

    /// Whether all that was read goes together.
    pub(super) fn is_sound(&self) -> bool {
        let mut routes = self.ways.iter().filter_map(|w| w.place.filter(|_| !w.is_verb));
        let one_way = routes.next().is_none_or(|first| routes.all(|r| r == first));
        let paced = self.often.len() < 2 && self.doses.len() < 2 && self.lasts.len() < 2;
        let counted = self.count.is_none() || (self.often.is_empty() && self.when.is_empty() && self.days.is_empty());
        !self.is_doubtful && self.says() && one_way && paced && counted && self.maxima.len() < 2
    }

    /// The dosage. `words` are the bytes that are quoted.
    pub(super) fn dosage<'a>(&self, text: &'a str, words: &Bytes) -> Dosage<'a> {
        let fact = |span: &Bytes| verbatim(text, span);
        let mut dosage = Dosage::empty();
        dosage.text = fact(words);
        dosage.sequence = self.joined.as_ref().and_then(|(_, span)| fact(span));
        let quantity = |value: &Bytes, unit: Option<&Bytes>| Quantity {
            value: fact(value),
            comparator: None,
            unit: unit.and_then(fact),
            code: None,
        };
        let amount = |numbers: &Numbers, unit: Option<&Bytes>| match &numbers.high {
            None => AmountOrRange::Amount(quantity(&numbers.low, unit)),
            Some(high) => AmountOrRange::Range(ModelRange {
                low: Some(quantity(&numbers.low, None)),
                high: Some(quantity(high, unit)),
                ..ModelRange::default()
            }),
        };
        dosage.doses = self.doses.iter().map(|d| amount(&d.numbers, d.unit.as_ref().map(|(u, _)| u))).collect();
        dosage.as_needed = match &self.needed {
            None => AsNeeded::Unstated,
            Some(None) => AsNeeded::Yes,
            Some(Some(reason)) => AsNeeded::For(concept(text, reason)),
        };
        dosage.route = self.ways.iter().find(|w| !w.is_verb).map(|w| concept(text, &w.span));
        dosage.method = self.ways.iter().find(|w| w.is_verb).map(|w| concept(text, &w.span));
        dosage.site = self.site.as_ref().map(|span| concept(text, span));
        dosage.additional = self.additional.iter().map(|span| concept(text, span)).collect();
        for (value, unit, time, time_unit) in &self.maxima {
            let denominator =
                Quantity { value: time.as_ref().and_then(fact), unit: fact(time_unit), ..Quantity::default() };
            dosage.max_per_period.push(Ratio { numerator: quantity(value, unit.as_ref()), denominator });
        }
        let timing = self.timing(text);
        dosage.timing = Some(timing).filter(|t| *t != Timing::default());
        dosage
    }

    fn timing<'a>(&self, text: &'a str) -> Timing<'a> {
        let fact = |span: &Bytes| verbatim(text, span);
        let facts = |spans: &[Bytes]| spans.iter().filter_map(fact).collect();
        let mut timing = Timing { when: facts(&self.when), day_of_week: facts(&self.days), ..Timing::default() };
        timing.offset = self.offset.as_ref().and_then(fact);
        timing.count = self.count.as_ref().and_then(fact);
        match self.often.first() {
            None => {}
            Some(Often::Code(span)) => timing.code = Some(concept(text, span)),
            Some(Often::Count(numbers, unit)) => {
                timing.frequency = fact(&numbers.low);
                timing.frequency_max = numbers.high.as_ref().and_then(fact);
                timing.period_unit = fact(unit);
            }
            Some(Often::Every(numbers, unit)) => {
                timing.period = numbers.as_ref().and_then(|n| fact(&n.low));
                timing.period_max = numbers.as_ref().and_then(|n| n.high.as_ref()).and_then(fact);
                timing.period_unit = fact(unit);
            }
        }
        timing.bounds = self.lasts.first().map(|(numbers, unit)| {
            let quantity = |value: &Bytes, unit| Quantity { value: fact(value), unit, ..Quantity::default() };
            match &numbers.high {
                None => Bounds::Duration(quantity(&numbers.low, fact(unit))),
                Some(high) => Bounds::Range(ModelRange {
                    low: Some(quantity(&numbers.low, None)),
                    high: Some(quantity(high, fact(unit))),
                    ..ModelRange::default()
                }),
            }
        });
        if let Some((value, unit)) = &self.over {
            (timing.duration, timing.duration_unit) = (fact(value), fact(unit));
        }
        timing
    }
}

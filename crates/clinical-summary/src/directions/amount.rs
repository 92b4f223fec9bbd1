//! How much: a number of the record with a unit in words, or with the record's own unit where the lexicon has none.

use super::number::Decimal;
use super::written;
use crate::{Fact, Line, View};
use clinical_lexicon::{DosingWords, Lexicon, Message};
use clinical_model::{AmountOrRange, Quantity, Range, Ratio};

/// The unit of an amount.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    /// The record gives none, or only "each".
    None,
    /// One that the lexicon has words for: its words for more, which name it.
    Known(String),
    /// Another, as the record writes it, in lower case.
    Other(String),
}

/// An amount that was understood.
#[derive(Clone, Debug)]
pub(super) struct Amount<'a> {
    /// "1 tablet", "1 to 2 tablets".
    pub(super) line: Line<'a>,
    /// The lower end.
    pub(super) low: Decimal,
    /// The upper end; the same for one amount.
    pub(super) high: Decimal,
    /// Its unit.
    pub(super) unit: Unit,
}

/// The spelling under which the lexicon knows a unit: UCUM braces and brackets off, lower case.
pub(super) fn spelling(unit: &str) -> String {
    let key = unit.trim().trim_matches(['{', '}', '[', ']']).trim_end_matches("(s)").trim().to_lowercase();
    clinical_lexicon::spelling(&key).map_or(key, str::to_owned)
}

/// The unit of a quantity. `None` where its words and its code name different units: then nothing can be trusted.
fn unit(quantity: &Quantity<'_>, dosing: &DosingWords) -> Option<Unit> {
    let read = |text: &str| {
        let key = spelling(text);
        if key.is_empty() || dosing.bare.contains(&key) {
            return Unit::None;
        }
        dosing.units.get(&key).map_or(Unit::Other(key), |[_, many]| Unit::Known(many.clone()))
    };
    let words = quantity.unit.as_ref().map_or(Unit::None, |v| read(v.text()));
    let code = quantity.code.as_ref().map_or(Unit::None, |v| read(v.text()));
    match (words, code) {
        (Unit::Known(w), Unit::Known(c)) if w != c => None,
        (w @ Unit::Known(_), _) => Some(w),
        // "each" may stand beside a code that is no unit ("1"), but not beside one that is another unit.
        (Unit::None, c) => Some(c),
        (Unit::Other(_), c @ Unit::Known(_)) => Some(c),
        (w @ Unit::Other(_), _) => Some(w),
    }
}

/// A number with the words of its unit. `plural` decides by the number that a reader sees last.
fn with_unit<'a>(
    mut line: Line<'a>,
    last: Decimal,
    unit: &Unit,
    quantity: &Quantity<'a>,
    dosing: &DosingWords,
) -> Line<'a> {
    match unit {
        Unit::None => {}
        Unit::Known(many) => {
            let words = dosing.units.values().find(|[_, m]| m == many);
            let chosen = words.map(|[one, more]| if last <= Decimal::ONE { one } else { more });
            line.push_words(" ");
            line.push_words(chosen.unwrap_or(many).clone());
        }
        Unit::Other(_) => {
            if let Some(own) = quantity.shown_unit() {
                line.push_words(" ");
                line.push_fact(Fact::exact(own));
            }
        }
    }
    line
}

/// The number of a quantity: a number above nothing, and no `<` before it.
fn number(quantity: &Quantity<'_>, dosing: &DosingWords) -> Option<Decimal> {
    let value = quantity.value.as_ref()?;
    quantity.comparator.is_none().then(|| written::number(value.text(), dosing)).flatten().filter(|n| !n.is_zero())
}

fn digits<'a>(quantity: &Quantity<'a>) -> Line<'a> {
    quantity.value.as_ref().map_or_else(Line::default, |v| Line::fact(Fact::viewed(View::Number, v)))
}

/// One amount.
pub(super) fn quantity<'a>(quantity: &Quantity<'a>, lexicon: &Lexicon) -> Option<Amount<'a>> {
    let dosing = lexicon.dosing();
    let value = number(quantity, dosing)?;
    let unit = unit(quantity, dosing)?;
    let line = with_unit(digits(quantity), value, &unit, quantity, dosing);
    Some(Amount { line, low: value, high: value, unit })
}

/// From low to high. Both ends must be there and name one unit; an open end is not put into words.
fn range<'a>(range: &Range<'a>, lexicon: &Lexicon) -> Option<Amount<'a>> {
    let dosing = lexicon.dosing();
    let (low, high) = (range.low.as_ref()?, range.high.as_ref()?);
    let (from, to) = (number(low, dosing)?, number(high, dosing)?);
    let (low_unit, high_unit) = (unit(low, dosing)?, unit(high, dosing)?);
    let same = low_unit == high_unit || low_unit == Unit::None;
    if !same || from > to {
        return None;
    }
    let numbers = Line::say(lexicon, Message::DoseRange, &[("low", digits(low)), ("high", digits(high))]);
    let line = with_unit(numbers, to, &high_unit, high, dosing);
    Some(Amount { line, low: from, high: to, unit: high_unit })
}

/// A dose. A dose that is a ratio is not put into words.
pub(super) fn dose<'a>(dose: &AmountOrRange<'a>, lexicon: &Lexicon) -> Option<Amount<'a>> {
    match dose {
        AmountOrRange::Amount(q) => quantity(q, lexicon),
        AmountOrRange::Range(r) => range(r, lexicon),
        AmountOrRange::Ratio(_) => None,
    }
}

/// The code of a period of time, from its UCUM code or a spelling of it.
pub(super) fn period_code<'l>(spelling: &str, dosing: &'l DosingWords) -> Option<&'l str> {
    let key = spelling.trim();
    dosing
        .periods
        .iter()
        .find(|(code, words)| *code == key || words.also.contains(&written::plain(key)))
        .map(|(code, _)| code.as_str())
}

/// The code of the unit of a time.
fn time_unit<'l>(quantity: &Quantity<'_>, dosing: &'l DosingWords) -> Option<&'l str> {
    let read = |text: &str| period_code(text, dosing).or_else(|| written::adverb(text, dosing));
    let named = |v: &Option<clinical_model::Verbatim<'_>>| v.as_ref().and_then(|v| read(v.text()));
    match (named(&quantity.code), named(&quantity.unit)) {
        (Some(c), Some(u)) if c != u => None,
        (c, u) => c.or(u),
    }
}

/// Words for a number of periods: "3 days". `value` is the line of numbers, `last` what a reader sees last.
pub(super) fn periods<'a>(value: Line<'a>, last: Decimal, code: &str, dosing: &DosingWords) -> Option<Line<'a>> {
    let words = dosing.periods.get(code)?;
    let mut line = value;
    line.push_words(" ");
    line.push_words(if last <= Decimal::ONE { words.one.clone() } else { words.many.clone() });
    Some(line)
}

/// A length of time: its words, its number and its unit.
pub(super) fn time<'a>(quantity: &Quantity<'a>, lexicon: &Lexicon) -> Option<(Line<'a>, Decimal, String)> {
    let dosing = lexicon.dosing();
    let value = number(quantity, dosing)?;
    let code = time_unit(quantity, dosing)?;
    Some((periods(digits(quantity), value, code, dosing)?, value, code.to_owned()))
}

/// From one length of time to another, in one unit.
pub(super) fn time_range<'a>(range: &Range<'a>, lexicon: &Lexicon) -> Option<Line<'a>> {
    let dosing = lexicon.dosing();
    let (low, high) = (range.low.as_ref()?, range.high.as_ref()?);
    let (from, to) = (number(low, dosing)?, number(high, dosing)?);
    let code = time_unit(high, dosing)?;
    let same = low.shown_unit().is_none() || time_unit(low, dosing) == Some(code);
    if !same || from > to {
        return None;
    }
    let numbers = Line::say(lexicon, Message::DoseRange, &[("low", digits(low)), ("high", digits(high))]);
    periods(numbers, to, code, dosing)
}

/// The time below the line of a ratio: "24 hours". FHIR allows it without a number, which then is one.
pub(super) fn per<'a>(denominator: &Quantity<'a>, lexicon: &Lexicon) -> Option<(Line<'a>, Decimal, String)> {
    if denominator.value.is_some() {
        return time(denominator, lexicon);
    }
    let code = time_unit(denominator, lexicon.dosing())?;
    let words = lexicon.dosing().periods.get(code)?;
    denominator.comparator.is_none().then(|| (Line::words(words.each.clone()), Decimal::ONE, code.to_owned()))
}

/// How fast: an amount per time, or one number whose unit already says "per".
pub(super) fn rate<'a>(rate: &AmountOrRange<'a>, lexicon: &Lexicon) -> Option<Line<'a>> {
    let amount = match rate {
        AmountOrRange::Ratio(Ratio { numerator, denominator }) => {
            let amount = quantity(numerator, lexicon).filter(|a| a.unit != Unit::None)?;
            let (line, value, code) = time(denominator, lexicon)?;
            let one = lexicon.dosing().periods.get(&code).filter(|_| value == Decimal::ONE);
            let time = one.map_or(line, |words| Line::words(words.one.clone()));
            return Some(Line::say(lexicon, Message::DosePer, &[("amount", amount.line), ("time", time)]));
        }
        AmountOrRange::Amount(q) => quantity(q, lexicon)?,
        AmountOrRange::Range(r) => range(r, lexicon)?,
    };
    matches!(&amount.unit, Unit::Other(own) if own.contains('/')).then_some(amount.line)
}

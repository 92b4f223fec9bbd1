//! A value of a result in the record's own characters, with words of ours only between them.

use super::context::{Selection, dated};
use crate::piece::{Fact, Line};
use crate::sheet::Measured;
use clinical_lexicon::Message;
use clinical_model::{Quantity, ReferenceRange, Value};

/// A value in the record's own characters.
pub(super) fn measured<'a>(selection: &Selection<'_, 'a>, value: &Value<'a>) -> Option<Measured<'a>> {
    Some(match value {
        Value::Quantity(q) => {
            let mut value = Line::default();
            q.comparator.iter().for_each(|c| value.push_fact(Fact::exact(c)));
            value.push_fact(Fact::exact(q.value.as_ref()?));
            Measured { line: amount(q)?, value: Some(value), unit: q.shown_unit().map(Fact::exact) }
        }
        Value::Concept(c) => one(Fact::exact(c.name()?)),
        Value::Scalar(v) => match v.text() {
            "true" | "false" => {
                let message = if v.text() == "true" { Message::ValueYes } else { Message::ValueNo };
                let slots = [("value", Line::fact(Fact::exact(v)))];
                Measured { line: Line::say(selection.lexicon, message, &slots), ..one(Fact::exact(v)) }
            }
            _ => one(Fact::exact(v)),
        },
        Value::Range(r) => {
            let slots = |q: &Option<Quantity<'a>>| q.as_ref().and_then(amount);
            ends(selection, slots(&r.low), slots(&r.high), (r.low_outside, r.high_outside))?
        }
        Value::Ratio(r) => {
            let mut line = amount(&r.numerator)?;
            line.push_words(" / ");
            line.append(amount(&r.denominator)?);
            Measured { value: None, line, unit: None }
        }
        Value::Period(p) => {
            let date = |v: &Option<clinical_model::Verbatim<'a>>| dated(v.as_ref()).map(Line::fact);
            ends(selection, date(&p.start), date(&p.end), (false, false))?
        }
        Value::Recording(_) => return None,
    })
}

fn one(fact: Fact<'_>) -> Measured<'_> {
    let line = Line::fact(fact);
    Measured { value: Some(line.clone()), line, unit: None }
}

/// From one end to the other; `outside` tells which of them do not belong to it themselves.
fn ends<'a>(
    selection: &Selection<'_, 'a>,
    low: Option<Line<'a>>,
    high: Option<Line<'a>>,
    outside: (bool, bool),
) -> Option<Measured<'a>> {
    let say = |message, name, end| Line::say(selection.lexicon, message, &[(name, end)]);
    let from = |low| say(if outside.0 { Message::RangeAbove } else { Message::RangeFrom }, "low", low);
    let to = |high| say(if outside.1 { Message::RangeBelow } else { Message::RangeTo }, "high", high);
    let line = match (low, high) {
        (Some(low), Some(high)) if outside == (false, false) => {
            Line::say(selection.lexicon, Message::RangeBetween, &[("high", high), ("low", low)])
        }
        (Some(low), Some(high)) => {
            let mut line = from(low);
            line.push_words(", ");
            line.append(to(high));
            line
        }
        (Some(low), None) => from(low),
        (None, Some(high)) => to(high),
        (None, None) => return None,
    };
    Some(Measured { value: None, line, unit: None })
}

/// Comparator, number and unit as they stand.
pub(super) fn amount<'a>(q: &Quantity<'a>) -> Option<Line<'a>> {
    let mut line = Line::default();
    if let Some(c) = &q.comparator {
        line.push_fact(Fact::exact(c));
    }
    line.push_fact(Fact::exact(q.value.as_ref()?));
    if let Some(unit) = q.shown_unit() {
        // "%" stands against its number, words and other symbols after a space.
        line.push_words(if unit.text() == "%" { "" } else { " " });
        line.push_fact(Fact::exact(unit));
    }
    Some(line)
}

/// The record's own range in its own words, else its ends.
pub(super) fn range_line<'a>(selection: &Selection<'_, 'a>, range: &ReferenceRange<'a>) -> Option<Line<'a>> {
    if let Some(text) = range.text.as_ref().filter(|t| !t.text().trim().is_empty()) {
        return Some(Line::fact(Fact::exact(text)));
    }
    let end = |q: &Option<Quantity<'a>>| q.as_ref().and_then(amount);
    ends(selection, end(&range.low), end(&range.high), (false, false)).map(|m| m.line)
}

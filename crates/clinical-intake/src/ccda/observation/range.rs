//! The record's own reference ranges.

use super::super::context::Context;
use super::super::types::{child, children, code_of, is_open, range};
use super::value;
use clinical_model::{Quantity, ReferenceRange, Value, Verbatim};
use clinical_xml::Node;

/// Nodes of a row that are looked at for the sign of a value.
const CELLS: usize = 100;

/// All `referenceRange/observationRange` of an observation that say something.
pub(super) fn ranges<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<ReferenceRange<'a>> {
    let found: Vec<Node<'d, 'a>> =
        children(node, "referenceRange").filter_map(|r| child(r, "observationRange")).collect();
    let read = found.into_iter().map(|r| one(context, r));
    read.filter(|r| r.low.is_some() || r.high.is_some() || r.text.is_some()).collect()
}

fn one<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> ReferenceRange<'a> {
    let mut out = ReferenceRange {
        text: child(node, "text").and_then(|t| words(context, t)),
        qualified: is_qualified(node),
        ..ReferenceRange::default()
    };
    // Some vendors put the ends straight into the range.
    let holder = child(node, "value").unwrap_or(node);
    let ends = range(holder);
    if ends.low.is_some() || ends.high.is_some() {
        (out.low, out.high) = (ends.low, ends.high);
        // "less than 150": 150 itself is outside. A level made of the ends would say otherwise, so that the words of
        // the record stand alone; where it has none, the range is not compared with.
        if is_open(holder) {
            if out.text.is_some() {
                (out.low, out.high) = (None, None);
            }
            out.qualified |= out.text.is_none();
        }
    } else if out.text.is_none() && holder != node {
        out.text = match value(context, holder) {
            Some(Value::Scalar(text)) => Some(text),
            Some(Value::Concept(c)) => c.name().cloned(),
            _ => None,
        };
    }
    out
}

fn words<'d, 'a>(context: &Context<'d, 'a>, text: Node<'d, 'a>) -> Option<Verbatim<'a>> {
    context.words(text).filter(|w| !w.text().is_empty())
}

/// A range that is not the plain normal one: for certain people (`precondition`), or of another meaning than "normal".
fn is_qualified(node: Node<'_, '_>) -> bool {
    let meaning = child(node, "interpretationCode").and_then(|c| c.attribute("code"));
    child(node, "precondition").is_some() || code_of(node).is_some() || meaning.is_some_and(|m| m.trim() != "N")
}

/// "Less than 7" is `high` 7 with `inclusive="false"`. Where the row of the narrative that the observation refers to has
/// it as "<7", that is what the record says, sign and number; no sign is made up where it has none.
pub(super) fn in_words<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, value: Value<'a>) -> Value<'a> {
    let is_open = child(node, "value").is_some_and(is_open);
    let end = match &value {
        Value::Range(r) if is_open => match (&r.low, &r.high) {
            (Some(low), None) => Some(('>', low.clone())),
            (None, Some(high)) => Some(('<', high.clone())),
            _ => None,
        },
        _ => None,
    };
    let Some((sign, end)) = end else { return value };
    let row = child(node, "text").and_then(|t| context.referred(t));
    // A row has few cells; many results that refer to one large element must not cost it each time.
    let cells = row.into_iter().flat_map(|r| r.descendants().take(CELLS)).filter(|n| n.is_element());
    let number = end.value.as_ref().map(|v| v.text().to_owned()).unwrap_or_default();
    let unit = end.shown_unit().map(|u| u.text().to_owned()).unwrap_or_default();
    for cell in cells.filter(|c| !c.children().any(|inside| inside.is_element())) {
        let Some(words) = clinical_xml::text(cell) else { continue };
        let rest = words.text().strip_prefix(sign).map(str::trim_start).and_then(|r| r.strip_prefix(number.as_str()));
        match rest.map(str::trim) {
            Some("") => return Value::Quantity(Quantity { value: Some(words), comparator: None, ..end }),
            Some(rest) if rest == unit => return Value::Scalar(words),
            _ => {}
        }
    }
    value
}

//! The value of an observation, of every data type that documents give it.

use super::super::context::Context;
use super::super::types::{child, children, concept, null_flavor, period, quantity, range};
use clinical_model::{CodeSystem, Coding, Concept, FindingCode, Quantity, Range, Ratio, Severity, Value};
use clinical_xml::{Node, attribute, source_of, text};

/// Reads `value` by its `xsi:type`; where that is missing, by what it holds. A `nullFlavor` is no value, but the words
/// and codes beside it are (safety rule 15).
pub(crate) fn value<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Value<'a>> {
    // `type` with the namespace of XML Schema instances, whatever its prefix; "cda:PQ" is PQ.
    let kind = node.attributes().find(|a| a.name() == "type").map(|a| a.value().trim());
    let kind = kind.map(|k| k.rsplit(':').next().unwrap_or(k));
    match kind {
        Some("PQ" | "INT" | "REAL" | "MO" | "PPD_PQ") => number(context, node),
        Some("IVL_PQ" | "IVL_INT" | "IVL_REAL" | "IVL_MO") => interval(context, node),
        Some("CD" | "CE" | "CV" | "CO" | "CS" | "CR" | "PQR") => coded(context, node),
        Some("ST" | "ED" | "SC" | "URL" | "TEL" | "ON" | "PN" | "EN" | "AD") => written(context, node),
        Some("BL" | "BN") => attribute(node, "value").map(Value::Scalar),
        Some("TS") => super::super::types::time(context, node).map(Value::Scalar),
        Some("IVL_TS" | "PIVL_TS" | "EIVL_TS" | "SXCM_TS") => period(context, node).map(Value::Period),
        Some("RTO" | "RTO_PQ_PQ" | "RTO_INT_INT") => ratio(node).or_else(|| written(context, node)),
        Some("II") => attribute(node, "extension").map(Value::Scalar),
        // GLIST and SLIST are curves; their numbers are not for a page.
        Some("GLIST_PQ" | "GLIST_TS" | "SLIST_PQ" | "SLIST_TS" | "LIST_PQ") => Some(Value::Recording(source_of(node))),
        Some(_) => {
            context.find(Severity::Warning, FindingCode::UnknownValueType, node);
            by_content(context, node)
        }
        None => by_content(context, node),
    }
}

/// Why there is no value: the `nullFlavor`, as a code. It is never shown as a value.
pub(super) fn absence<'a>(node: Node<'_, 'a>) -> Option<Concept<'a>> {
    let code = attribute(node, "nullFlavor")?;
    let coding = Coding { system: CodeSystem::Hl7, code: Some(code), display: None };
    Some(Concept { text: None, codings: vec![coding] })
}

fn by_content<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Value<'a>> {
    if node.attribute("code").is_some() || node.attribute("displayName").is_some() {
        return coded(context, node);
    }
    if node.attribute("value").is_some() {
        return number(context, node);
    }
    if child(node, "low").is_some() || child(node, "high").is_some() {
        return interval(context, node);
    }
    let is_coded = child(node, "originalText").is_some() || child(node, "translation").is_some();
    let coded = is_coded.then(|| coded(context, node)).flatten();
    ratio(node).or(coded).or_else(|| written(context, node))
}

/// `PQ`, `INT`, `REAL`: the number with its unit; where the unit is not of UCUM, the translation (PQR) has both. A
/// number in the element's text is taken as it stands.
fn number<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Value<'a>> {
    let own = quantity(node);
    if own.value.is_some() {
        return Some(Value::Quantity(with_words(context, node, own)));
    }
    let translated = children(node, "translation").find(|t| t.attribute("value").is_some());
    if let Some(translation) = translated {
        let plain = Quantity { value: attribute(translation, "value"), ..Quantity::default() };
        return Some(Value::Quantity(with_words(context, node, plain)));
    }
    if child(node, "low").is_some() || child(node, "high").is_some() {
        return interval(context, node);
    }
    let words = written(context, node)?;
    context.find(Severity::Warning, FindingCode::UnknownValueType, node);
    Some(words)
}

/// A unit that UCUM does not know stands in the words of a translation.
fn with_words<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, mut quantity: Quantity<'a>) -> Quantity<'a> {
    if quantity.unit.is_none() && node.attribute("unit").is_none() {
        quantity.unit = children(node, "translation")
            .filter(|t| t.attribute("value").is_none() || t.attribute("value") == node.attribute("value"))
            .chain(children(node, "translation").filter(|_| node.attribute("value").is_none()))
            .find_map(|t| {
                let words = child(t, "originalText").and_then(|o| context.words(o));
                words.or_else(|| attribute(t, "displayName")).or_else(|| attribute(t, "code"))
            });
    }
    quantity
}

/// `IVL_PQ`: low and high; one that has `@value` or a `center` is that number.
fn interval<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Value<'a>> {
    let ends: Range<'a> = range(node);
    if ends.low.is_none() && ends.high.is_none() {
        let center = child(node, "center").filter(|c| c.attribute("value").is_some());
        let number = [Some(node), center].into_iter().flatten().find(|n| n.attribute("value").is_some());
        return number.map(|n| Value::Quantity(quantity(n))).or_else(|| written(context, node));
    }
    let same = |a: &Quantity<'_>, b: &Quantity<'_>| {
        a.value.as_ref().map(|v| v.text()) == b.value.as_ref().map(|v| v.text())
            && a.unit.as_ref().map(|v| v.text()) == b.unit.as_ref().map(|v| v.text())
    };
    match (&ends.low, &ends.high) {
        (Some(low), Some(high)) if same(low, high) => Some(Value::Quantity(low.clone())),
        _ => Some(Value::Range(Box::new(ends))),
    }
}

fn coded<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Value<'a>> {
    let mut concept = concept(context, node);
    // Words of a translation, where nothing else names it.
    if concept.is_empty() {
        concept.text = children(node, "translation")
            .filter_map(|t| child(t, "originalText"))
            .find_map(|o| context.words(o))
            .or_else(|| null_flavor(node).is_none().then(|| context.words(node)).flatten());
    }
    concept.name()?;
    Some(Value::Concept(concept))
}

/// `ST`, `ED`: its words, those that its reference leads to first. Encoded content is a recording.
fn written<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Value<'a>> {
    if let Some(target) = context.referred(node) {
        return text(target).map(Value::Scalar);
    }
    if node.attribute("representation") == Some("B64") {
        return Some(Value::Recording(source_of(node)));
    }
    text(node).or_else(|| attribute(node, "value")).map(Value::Scalar)
}

fn ratio<'a>(node: Node<'_, 'a>) -> Option<Value<'a>> {
    let end = |name| child(node, name).map(quantity).filter(|q| q.value.is_some());
    Some(Value::Ratio(Box::new(Ratio { numerator: end("numerator")?, denominator: end("denominator")? })))
}

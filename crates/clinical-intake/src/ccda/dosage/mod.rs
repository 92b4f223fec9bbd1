//! Reads how a medicine is to be taken: the children of `substanceAdministration` that say how much, by which way, when
//! and whether only as needed (C-CDA 3.62, template 2.16.840.1.113883.10.20.22.4.16).

mod precondition;
mod timing;

use super::context::Context;
use super::types::{amount, child, children, concept, is_open, null_flavor, quantity};
use clinical_model::{AmountOrRange, Concept, Dosage, FindingCode, Quantity, Ratio, Severity};
use clinical_xml::{Node, attribute};
pub(super) use timing::{Taken, read as read_times};

/// Reads one step. What is not understood sets `not_understood`, so that nobody makes a sentence of the rest.
pub(super) fn read<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, times: &Taken<'a>) -> Dosage<'a> {
    let mut out = Dosage::empty();
    out.timing.clone_from(&times.timing);
    if let Some(dose) = child(node, "doseQuantity") {
        out.not_understood |= is_open(dose);
        out.doses.extend(amount(dose).map(|dose| with_unit(context, node, dose)));
    }
    if let Some(rate) = child(node, "rateQuantity") {
        out.not_understood |= is_open(rate);
        out.rates.extend(amount(rate));
    }
    for max in children(node, "maxDoseQuantity") {
        maximum(max, &mut out);
    }
    let named = |context: &Context<'d, 'a>, n| Some(concept(context, n)).filter(|c| !c.is_empty());
    out.route = child(node, "routeCode").and_then(|n| named(context, n));
    let mut sites = children(node, "approachSiteCode").filter_map(|n| named(context, n));
    out.site = sites.next();
    out.additional.extend(sites);
    precondition::read(context, node, &mut out);
    out.doses.shrink_to_fit();
    out
}

/// Whether a step says anything of how to take the medicine.
pub(super) fn says_something(dosage: &Dosage<'_>) -> bool {
    *dosage != Dosage::empty()
}

/// A dose that gives a number only gets the unit of `administrationUnitCode` ("puff", "tablet"). A route in its place,
/// which is a mistake that published samples teach, is no unit.
fn with_unit<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, dose: AmountOrRange<'a>) -> AmountOrRange<'a> {
    let Some(coded) = child(node, "administrationUnitCode") else { return dose };
    let unit = concept(context, coded);
    let route = child(node, "routeCode").and_then(|r| r.attribute("code"));
    let is_route = coded.attribute("code").is_some_and(|c| route == Some(c) || ROUTES.contains(&c.trim()));
    if is_route {
        context.find(Severity::Information, FindingCode::UnknownValueType, coded);
        return dose;
    }
    let words = unit.wordings().next().cloned();
    let code = attribute(coded, "code").filter(|_| words.is_none());
    let with = |q: Quantity<'a>| match (&q.unit, q.value.is_some()) {
        (None, true) => Quantity { unit: words.clone(), code: code.clone(), ..q },
        _ => q,
    };
    match dose {
        AmountOrRange::Amount(q) => AmountOrRange::Amount(with(q)),
        AmountOrRange::Range(mut range) => {
            range.low = range.low.map(with);
            range.high = range.high.map(with);
            AmountOrRange::Range(range)
        }
        other @ AmountOrRange::Ratio(_) => other,
    }
}

/// Routes of administration (NCI Thesaurus, FDA value set 2.16.840.1.113883.3.88.12.3221.8.7) that stand in the place of
/// a unit.
const ROUTES: [&str; 8] = ["C38276", "C38288", "C38216", "C38284", "C38299", "C28161", "C38304", "C38305"];

/// `maxDoseQuantity`: so much in so long. Without a time it is no maximum that anybody could keep.
fn maximum<'a>(node: Node<'_, 'a>, out: &mut Dosage<'a>) {
    let part = |name| child(node, name).map(quantity).unwrap_or_default();
    let (numerator, denominator) = (part("numerator"), part("denominator"));
    match (numerator.value.is_some(), denominator.unit.is_some()) {
        (true, true) => out.max_per_period.push(Ratio { numerator, denominator }),
        (true, false) => out.not_understood = true,
        (false, _) => {
            let says_none =
                null_flavor(node).is_some() || child(node, "numerator").is_none_or(|n| null_flavor(n).is_some());
            out.not_understood |= !says_none;
        }
    }
}

/// A concept of words alone.
pub(super) fn of_words(words: clinical_model::Verbatim<'_>) -> Concept<'_> {
    Concept { text: Some(words), codings: Vec::new() }
}

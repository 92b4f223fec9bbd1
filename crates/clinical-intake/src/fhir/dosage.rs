//! Dosage and Timing.

use super::context::Context;
use super::elements::{concept, concepts, elements_of, fact, is_filled, is_true, quantity, range, ratio};
use clinical_json::{Kind, Node};
use clinical_model::{AmountOrRange, AsNeeded, Bounds, Dosage, FindingCode, Severity, Timing, Verbatim};

/// Reads one step of directions. What is not understood sets `not_understood`, so that nobody makes a sentence of the
/// rest; the prescriber's text is kept in any case.
pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Dosage<'a> {
    let mut out = Dosage::empty();
    if node.kind() != Kind::Object {
        // A bare string where a Dosage should stand is the prescriber's text.
        out.text = fact(node);
        out.not_understood = out.text.is_none();
        return out;
    }
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "sequence" => out.sequence = fact(m),
            "text" => out.text = fact(m).filter(|v| !v.text().trim().is_empty()),
            "additionalInstruction" => out.additional = concepts(m),
            "patientInstruction" => out.patient_instruction = fact(m).filter(|v| !v.text().trim().is_empty()),
            "timing" => out.timing = timing(context, m),
            "asNeededBoolean" => {
                out.as_needed = match m.scalar_text().as_deref() {
                    Some("true") => AsNeeded::Yes,
                    Some("false") => AsNeeded::No,
                    _ => {
                        out.not_understood |= !m.is_null();
                        AsNeeded::Unstated
                    }
                }
            }
            "asNeededCodeableConcept" => out.as_needed = AsNeeded::For(concept(m)),
            // R5 spellings.
            "asNeeded" if is_true(Some(m)) => out.as_needed = AsNeeded::Yes,
            "asNeededFor" => {
                out.as_needed = concepts(m).into_iter().next().map_or(AsNeeded::Yes, AsNeeded::For);
            }
            "site" => out.site = Some(concept(m)).filter(|c| !c.is_empty()),
            "route" => out.route = Some(concept(m)).filter(|c| !c.is_empty()),
            "method" => out.method = Some(concept(m)).filter(|c| !c.is_empty()),
            "doseAndRate" => {
                for each in elements_of(m) {
                    dose_and_rate(context, each, &mut out);
                }
            }
            // DSTU2 and STU3 spelling, one level up.
            "doseQuantity" => out.doses.push(AmountOrRange::Amount(quantity(m))),
            "doseRange" => out.doses.push(AmountOrRange::Range(range(m))),
            "maxDosePerPeriod" => out.max_per_period = elements_of(m).map(ratio).collect(),
            "maxDosePerAdministration" => out.max_per_administration = Some(quantity(m)),
            "maxDosePerLifetime" => out.max_per_lifetime = Some(quantity(m)),
            "modifierExtension" => out.not_understood |= is_filled(Some(m)),
            "extension" | "id" | "resourceType" => {}
            key if key.starts_with('_') => {}
            _ => {
                out.not_understood = true;
                context.find(Severity::Warning, FindingCode::WrongType, m);
            }
        }
    }
    out.doses.shrink_to_fit();
    out
}

fn dose_and_rate<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, out: &mut Dosage<'a>) {
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "doseQuantity" => out.doses.push(AmountOrRange::Amount(quantity(m))),
            "doseRange" => out.doses.push(AmountOrRange::Range(range(m))),
            "rateQuantity" => out.rates.push(AmountOrRange::Amount(quantity(m))),
            "rateRange" => out.rates.push(AmountOrRange::Range(range(m))),
            "rateRatio" => out.rates.push(AmountOrRange::Ratio(ratio(m))),
            // "ordered" or "calculated": how the amount came about, not how much it is.
            "type" | "id" | "extension" => {}
            _ => {
                out.not_understood = true;
                context.find(Severity::Warning, FindingCode::WrongType, m);
            }
        }
    }
}

fn timing<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) -> Option<Timing<'a>> {
    let mut out = Timing::default();
    if node.kind() != Kind::Object {
        return None;
    }
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "event" => out.events = elements_of(m).filter_map(|e| context.date(e)).collect(),
            "code" => out.code = Some(concept(m)).filter(|c| !c.is_empty()),
            "repeat" => repeat(context, m, &mut out),
            "id" | "extension" => {}
            "modifierExtension" => out.not_understood |= is_filled(Some(m)),
            _ => out.not_understood = true,
        }
    }
    Some(out)
}

fn repeat<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>, out: &mut Timing<'a>) {
    for m in node.members() {
        let list = |m: Node<'d, 'a>| elements_of(m).filter_map(fact).collect::<Vec<Verbatim<'a>>>();
        match &*m.key().unwrap_or_default() {
            "boundsDuration" => out.bounds = Some(Bounds::Duration(quantity(m))),
            "boundsRange" => out.bounds = Some(Bounds::Range(range(m))),
            "boundsPeriod" => {
                let (start, end) = (m.get("start"), m.get("end"));
                out.bounds = Some(Bounds::Period(clinical_model::Period {
                    start: start.and_then(|n| context.date(n)),
                    end: end.and_then(|n| context.date(n)),
                }));
            }
            "count" => out.count = fact(m),
            "countMax" => out.count_max = fact(m),
            "duration" => out.duration = fact(m),
            "durationUnit" => out.duration_unit = fact(m),
            "frequency" => out.frequency = fact(m),
            "frequencyMax" => out.frequency_max = fact(m),
            "period" => out.period = fact(m),
            "periodMax" => out.period_max = fact(m),
            "periodUnit" => out.period_unit = fact(m),
            "dayOfWeek" => out.day_of_week = list(m),
            "timeOfDay" => out.time_of_day = list(m),
            "when" => out.when = list(m),
            "offset" => out.offset = fact(m),
            "id" | "extension" => {}
            _ => out.not_understood = true,
        }
    }
}

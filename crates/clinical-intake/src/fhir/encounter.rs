//! Encounter.

use super::condition::reason_name;
use super::context::Context;
use super::elements::{concept, concepts, elements_of, fact, period};
use clinical_json::{Kind, Node};
use clinical_model::{Assertion, Concept, Encounter, EntryId, EntryState};

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let mut out = Encounter {
        entry,
        // Without a status nobody says that it took place.
        assertion: Assertion::Possible,
        kinds: Vec::new(),
        class: Concept::default(),
        period: None,
        reasons: Vec::new(),
        diagnoses: Vec::new(),
        providers: Vec::new(),
        place: None,
    };
    let mut location = None;
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" => {
                out.assertion = match m.as_str().as_deref() {
                    Some("planned") => Assertion::Hypothetical,
                    Some("cancelled" | "entered-in-error") => Assertion::Absent,
                    // The last two are R5 spellings, met under an R4 label.
                    Some(
                        "arrived" | "triaged" | "in-progress" | "onleave" | "finished" | "completed" | "discharged",
                    ) => Assertion::Present,
                    _ => Assertion::Possible,
                }
            }
            "class" => out.class = concept(m),
            "type" => out.kinds = concepts(m),
            "period" if m.kind() == Kind::Object => out.period = Some(period(m)),
            "reasonCode" => out.reasons.extend(concepts(m).iter().filter_map(|c| c.name().cloned())),
            "reasonReference" => {
                for reference in elements_of(m) {
                    let target = context.follow(reference, node);
                    let name = target
                        .and_then(|t| reason_name(t.resource))
                        .or_else(|| reference.get("display").and_then(fact));
                    out.reasons.extend(name);
                }
            }
            "diagnosis" => {
                for diagnosis in elements_of(m) {
                    let target = diagnosis.get("condition").and_then(|c| context.resolve(c, node));
                    out.diagnoses.extend(target.and_then(|t| t.entry));
                }
            }
            "participant" => {
                for individual in elements_of(m).filter_map(|p| p.get("individual")) {
                    // A mother in the room is not who saw the patient.
                    let kind = context.kind_of(individual, context.resolve(individual, node));
                    if !matches!(&*kind, "RelatedPerson" | "Patient") {
                        out.providers.extend(context.named(individual, node));
                    }
                }
            }
            "serviceProvider" => out.place = context.titled(m, node),
            "location" => {
                location = elements_of(m)
                    .find_map(|l| l.get("location"))
                    .and_then(|reference| context.titled(reference, node));
            }
            _ => {}
        }
    }
    out.place = out.place.or(location);
    context.record.encounters.push(out);
    EntryState::Read
}

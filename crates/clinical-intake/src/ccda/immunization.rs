//! Vaccines (4.52): given, refused, planned.

use super::context::{Context, Frame};
use super::plan;
use super::status;
use super::types::{child, concept, down, name, period};
use super::types_more::own_words;
use clinical_model::{Assertion, Concept, EntryId, EntryState, Immunization, UnreadReason};
use clinical_xml::Node;

/// Reads the clinical statement `node` (the child of `entry`, `component` or `entryRelationship`) into the record.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    if node.attribute("moodCode").unwrap_or("EVN") != "EVN" {
        return plan::read(context, entry, node, frame);
    }
    let (course, _) = status::course(context, node, frame);
    let assertion = status::of_event(node, frame, course);
    let mut code = product(context, node);
    if code.is_empty() {
        code.text = own_words(context, node);
    }
    // "No vaccines", said by negation of no vaccine: nothing was given, and nothing has a name.
    if code.is_empty() && assertion != Assertion::Absent {
        return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
    }
    let when = child(node, "effectiveTime").and_then(|t| period(context, t)).and_then(|p| p.start.or(p.end));
    let in_error = status::is_mistaken(node, frame);
    context.record.immunizations.push(Immunization { entry, assertion, in_error, code, when });
    EntryState::Read
}

/// What is given: the code of the material, else of the labelled drug, else its name.
pub(crate) fn product<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Concept<'a> {
    let product =
        down(node, &["consumable", "manufacturedProduct"]).or_else(|| down(node, &["product", "manufacturedProduct"]));
    let materials = ["manufacturedMaterial", "manufacturedLabeledDrug"];
    let materials = || materials.iter().filter_map(|m| child(product?, m));
    let coded = materials().filter_map(|m| child(m, "code")).map(|c| concept(context, c)).find(|c| !c.is_empty());
    coded.unwrap_or_else(|| Concept {
        text: materials().filter_map(|m| child(m, "name")).find_map(|n| name(n)?.0.into_iter().next()),
        codings: Vec::new(),
    })
}

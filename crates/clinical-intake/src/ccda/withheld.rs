//! Statements that the record itself keeps from the patient.

use super::context::Context;
use super::types::{child, children, code_of, down, has_template, is_negated};
use clinical_model::Moment;
use clinical_xml::Node;

/// "No disclosure to patient, family or caregivers without attending provider's authorization" (HL7 ActCode).
const CODE: &str = "NOPAT";

/// Whether any statement of a document could be withheld: most documents are looked at once and then no more. Where
/// letters may stand as references (`&#78;`), each statement is looked at.
pub(super) fn is_possible(document: &str) -> bool {
    [CODE, "&#"].iter().any(|sign| memchr::memmem::find(document.as_bytes(), sign.as_bytes()).is_some())
}

/// Whether an entry, or a part of it, has a security label (template 2.16.840.1.113883.3.445.21) that keeps it from
/// the patient. A label that ended before the document was written is over.
pub(super) fn is_withheld(context: &Context<'_, '_>, entry: Node<'_, '_>) -> bool {
    let labels = entry
        .descendants()
        .filter(|n| n.tag_name().name() == "value" && n.attribute("code") == Some(CODE))
        .filter_map(|value| value.parent_element());
    labels.filter(|label| is_label(*label)).any(|label| {
        let high = down(label, &["effectiveTime", "high"]).and_then(|h| h.attribute("value"));
        let is_over = match (high.and_then(Moment::parse), context.written) {
            (Some(end), Some(written)) => end.latest() < written.order(),
            _ => false,
        };
        !is_over && !is_negated(label)
    })
}

fn is_label(node: Node<'_, '_>) -> bool {
    let has_code = || code_of(node) == Some("SECCONOBS");
    let is_of_label = || children(node, "templateId").next().is_none() && child(node, "code").is_none();
    has_template(node, "2.16.840.1.113883.3.445.21") || has_code() || is_of_label()
}

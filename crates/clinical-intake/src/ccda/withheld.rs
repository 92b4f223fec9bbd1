//! Statements that the record itself keeps from the patient.

use super::context::Context;
use super::types::{child, children, code_of, down, has_template, is_negated};
use clinical_model::Moment;
use clinical_xml::Node;

/// "No disclosure to patient, family or caregivers without attending provider's authorization" (HL7 ActCode).
const CODE: &str = "NOPAT";
/// Where its "P" stands.
const MIDDLE: usize = 2;

/// Whether any statement of a document could be withheld: most documents are looked at once and then no more. Where
/// letters may stand as references (`&#78;`), each statement is looked at.
pub(super) fn is_possible(document: &str) -> bool {
    let bytes = document.as_bytes();
    let mut references = memchr::memchr_iter(b'&', bytes);
    // A "P" is so rare that to look for it alone, and then around it, is quicker than to look for the word.
    let mut middles = memchr::memchr_iter(b'P', bytes);
    let is_code =
        |at: usize| bytes.get(at.saturating_sub(MIDDLE)..).is_some_and(|rest| rest.starts_with(CODE.as_bytes()));
    references.any(|at| bytes.get(at + 1) == Some(&b'#')) || middles.any(is_code)
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

#[cfg(test)]
mod tests {
    use super::is_possible;

    #[test]
    fn a_label_is_possible_however_its_letters_are_written() {
        assert!(is_possible("<value code='NOPAT'/>") && is_possible("<a b='&amp;'/><value code='NOP&#65;T'/>"));
        assert!(is_possible("NOPAT") && is_possible("NOPNOPAT") && is_possible("PNOPATP"));
        assert!(!is_possible("<a b='&amp;#'/>") && !is_possible("") && !is_possible("<a b='&"));
        assert!(["P", "PAT", "OPAT", "NOPA", "NOP", "NO PAT", "nopat"].iter().all(|other| !is_possible(other)));
    }
}

//! Which data type of FHIR an object is, by the element it stands in and the members it has.

use clinical_json::{Kind as JsonKind, Node};

/// The name of the object's data type as the table knows it; empty where it matters not.
pub(super) fn shape(node: Node<'_, '_>, key: &str) -> &'static str {
    let has = |name: &str| node.get(name).is_some();
    let is_text = |name: &str| node.get(name).is_some_and(|n| n.kind() == JsonKind::String);
    match key {
        "extension" | "modifierExtension" => return "Extension",
        "meta" | "valueMeta" => return "Meta",
        "text" if has("div") => return "Narrative",
        "coding" | "valueCoding" => return "Coding",
        "telecom" | "valueContactPoint" => return "ContactPoint",
        "address" | "valueAddress" | "locationAddress" => return "Address",
        "valueHumanName" => return "HumanName",
        "photo" | "valueAttachment" | "presentedForm" | "contentAttachment" | "sourceAttachment" | "attachment" => {
            return "Attachment";
        }
        "signature" | "valueSignature" => return "Signature",
        "requisition" | "masterIdentifier" => return "Identifier",
        _ => {}
    }
    if key.ends_with("dentifier") && !has("identifier") {
        return "Identifier";
    }
    if has("family") || has("given") || key == "name" && is_text("text") {
        return "HumanName";
    }
    if has("postalCode") || has("line") && (has("city") || has("state")) || has("city") && has("state") {
        return "Address";
    }
    if has("reference") && is_text("reference") || has("display") && !has("code") && !has("system") {
        return "Reference";
    }
    if has("contentType") && (has("data") || has("url") || has("title") || has("hash")) {
        return "Attachment";
    }
    if is_text("value") && (has("system") && is_contact(node) || has("use") && is_contact(node)) {
        return "ContactPoint";
    }
    if is_text("value") && (has("system") || has("assigner")) {
        return "Identifier";
    }
    if has("code") && has("system") && !has("value") {
        return "Coding";
    }
    if has("origin") && has("dimensions") {
        return "SampledData";
    }
    if has("authorString") || key == "note" {
        return "Annotation";
    }
    if key == "contact" && is_text("name") {
        return "ContactDetail";
    }
    if node.get("value").is_some_and(|v| v.kind() == JsonKind::Number) {
        return "Quantity";
    }
    ""
}

fn is_contact(node: Node<'_, '_>) -> bool {
    let system = node.get("system").and_then(Node::as_str);
    system.is_some_and(|s| matches!(&*s, "phone" | "fax" | "email" | "pager" | "url" | "sms" | "other"))
}

//! C-CDA, with roxmltree.

use super::{Left, Output, Value, fhir::birth, left};
use roxmltree::{Document, Node};
use std::path::{Path, PathBuf};

pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "xml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A document, or a fragment of one, within an element that declares what fragments take from their document.
fn wrapped(text: &str) -> String {
    let start =
        text.find("?>").filter(|_| text.trim_start_matches('\u{feff}').starts_with("<?xml")).map_or(0, |n| n + 2);
    let namespaces = "xmlns=\"urn:hl7-org:v3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:sdtc=\"urn:hl7-org:sdtc\" xmlns:voc=\"urn:hl7-org:v3/voc\"";
    format!("<w {namespaces}>{}</w>", text[start..].trim_start_matches('\u{feff}'))
}

/// The names of all elements in their order; `None`: it does not parse.
pub fn structure(text: &str) -> Option<String> {
    let text = wrapped(text);
    let document = Document::parse(&text).ok()?;
    Some(document.descendants().filter(|n| n.is_element()).map(|n| n.tag_name().name()).collect::<Vec<_>>().join(" "))
}

const HEADER: [&str; 13] = [
    "recordTarget",
    "author",
    "dataEnterer",
    "informant",
    "custodian",
    "informationRecipient",
    "legalAuthenticator",
    "authenticator",
    "participant",
    "documentationOf",
    "componentOf",
    "inFulfillmentOf",
    "authorization",
];

pub fn look(before: &str, after: &str, keep_dates: bool) -> (usize, Vec<Left>) {
    let (before, after) = (wrapped(before), wrapped(after));
    let (Ok(before), Ok(after)) = (Document::parse(&before), Document::parse(&after)) else { return (0, Vec::new()) };
    let mut values = Vec::new();
    // What a fragment holds may be of the header or of the body.
    let in_body = |n: &Node<'_, '_>| n.ancestors().any(|a| a.tag_name().name() == "structuredBody");
    let header =
        before.root_element().descendants().filter(|n| !in_body(n)).filter(|n| HEADER.contains(&n.tag_name().name()));
    header.flat_map(|n| n.descendants()).for_each(|n| gather(n, &mut values));
    values.sort();
    values.dedup();
    let mut texts = Vec::new();
    for node in after.descendants() {
        let name = node.tag_name().name().to_owned();
        let coded = node.attribute("codeSystem").is_some_and(|s| s.starts_with("2.16.840.1.113883"));
        for attribute in node.attributes() {
            let is_code = matches!(
                attribute.name(),
                "code"
                    | "codeSystem"
                    | "codeSystemName"
                    | "root"
                    | "unit"
                    | "type"
                    | "classCode"
                    | "moodCode"
                    | "typeCode"
            ) || coded && attribute.name() == "displayName";
            let label = if is_code { "code".to_owned() } else { format!("{name}/@{}", attribute.name()) };
            texts.push((label, attribute.value().to_owned()));
        }
        if let Some(text) = node.text().filter(|_| node.is_text() || node.is_comment()) {
            texts.push((node.parent().map_or(String::new(), |p| p.tag_name().name().to_owned()), text.to_owned()));
        }
    }
    let output = Output::of(texts);
    (values.len(), left(&values, &output, keep_dates))
}

fn gather(node: Node<'_, '_>, values: &mut Vec<Value>) {
    let text = node.text().unwrap_or_default().trim().to_owned();
    let parent = node.parent_element().map(|p| p.tag_name().name()).unwrap_or_default();
    match node.tag_name().name() {
        "given" | "family" => values.push(("name", text)),
        // What takes part in an entry can be a medicine or a substance.
        "name" if !text.is_empty() && !parent.starts_with("playing") && !parent.starts_with("manufactured") => {
            values.push(("name", text))
        }
        "streetAddressLine" => values.push(("street", text)),
        "city" => values.push(("city", text)),
        "postalCode" => values.push(("zip", text)),
        "telecom" => {
            let value = node.attribute("value").unwrap_or_default();
            let plain = value.split_once(':').map_or(value, |(_, v)| v);
            let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
            values.push(("telecom", plain.to_owned()));
            if digits.len() > 6 {
                values.push(("telecom", digits));
            }
        }
        "id" if parent.ends_with("Role")
            || parent.ends_with("Entity")
            || parent.ends_with("Author")
            || parent.ends_with("Custodian") =>
        {
            values.push(("identifier", node.attribute("extension").unwrap_or_default().to_owned()));
        }
        "birthTime" => {
            let value = node.attribute("value").unwrap_or_default();
            if value.len() >= 8 && value.is_ascii() {
                birth(&format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..8]), values);
            }
        }
        _ => {}
    }
    values.retain(|(_, v)| !v.is_empty());
}

//! Links from data to the place in a narrative that says the same (R4, page Narrative, and the extensions
//! narrativeLink and originalText): a URI with a fragment that is an id in the narrative.

use super::narrative::{Piece, pieces};
use super::neighbours::{Neighbours, surroundings};
use super::{Place, each, string};
use crate::{Code, Sink};
use clinical_json::Node;
use std::collections::HashMap;

/// A URI in an extension that names an entry of the Bundle and a fragment of it.
pub(super) fn check<'d, 'a>(
    node: Node<'d, 'a>,
    place: &Place<'_, '_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    if place.of != "Extension" || !node.raw().contains('#') {
        return;
    }
    let Some(value) = node.as_str() else { return };
    let Some((url, fragment)) = value.split_once('#').filter(|(_, fragment)| !fragment.is_empty()) else { return };
    let Some((bundle, _)) = surroundings(place.resource).filter(|(outer, _)| outer.kind == "Bundle") else { return };
    let Some(target) = neighbours.group(bundle.node).at(url) else { return };
    let at_most_once = match neighbours.marks(target, fragment) {
        0 => "The link leads to an entry of the Bundle, but no id in its narrative is the fragment",
        1 => return,
        _ => "The link leads to several places: the id stands more than once in the narratives of the entry",
    };
    let code = if at_most_once.starts_with("The link leads to an") { Code::NotFound } else { Code::Invalid };
    sink.error(code, "narrative-link", node, at_most_once);
}

/// The ids in the narratives of a resource (and of the sections of a Composition), and of its elements.
pub(super) fn marks(resource: Node<'_, '_>) -> HashMap<String, u32> {
    let mut marks = HashMap::new();
    let mut waiting = vec![resource];
    while let Some(node) = waiting.pop() {
        waiting.extend(each(node, "section"));
        let div = node.get("text").and_then(|text| string(text, "div"));
        for piece in pieces(div.as_deref().unwrap_or_default()) {
            let Piece::Open { attributes, .. } = piece else { continue };
            for attribute in attributes.flatten() {
                if attribute.name == "id" {
                    *marks.entry(attribute.value.to_owned()).or_insert(0u32) += 1;
                }
            }
        }
    }
    // An id of an element may be meant as well; in the narrative it stands once more.
    let mut waiting: Vec<Node<'_, '_>> = resource.members().collect();
    while let Some(node) = waiting.pop() {
        waiting.extend(node.members().chain(node.items()).filter(|n| n.kind() != clinical_json::Kind::String));
        if let Some(id) = string(node, "id") {
            marks.entry(id.into_owned()).or_insert(1);
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean};

    fn linked(fragment: &str, divs: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","type":"collection","entry":[
            {{"fullUrl":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520","resource":{{"resourceType":"Basic","text":{{"div":
              "<div xmlns='http://www.w3.org/1999/xhtml'>{divs}</div>"}}}}}},
            {{"fullUrl":"http://a.b/c","resource":{{"resourceType":"Basic","extension":[{{
              "url":"http://hl7.org/fhir/StructureDefinition/narrativeLink",
              "valueUri":"urn:uuid:c757873d-ec9a-4326-a141-556f43239520#{fragment}"}}]}}}}]}}"#
        )
    }

    #[test]
    fn a_link_leads_to_one_place_of_the_narrative() {
        assert!(is_clean(&linked("a", "<p id='a'>x</p>")));
        assert_eq!(errors(&linked("b", "<p id='a'>x</p>")), ["narrative-link"]);
        assert_eq!(errors(&linked("a", "<p id='a'>x</p><p id='a'>x</p>")), ["narrative-link"]);
    }
}

//! Documents (R4, page Documents, "Document Content"): what the Composition refers to is in the Bundle, and what is in the Bundle
//! belongs to the Composition.
//!
//! That there is a Composition, an identifier and a date is a matter of invariants (bdl-9 to bdl-11).

use super::neighbours::{Neighbours, Target};
use super::uri::is_absolute;
use super::{each, string, warn};
use crate::{Code, Resource, Sink};
use clinical_json::{Kind, Node, NodeId};
use std::collections::{HashMap, VecDeque};

/// Both directions.
pub(super) fn check<'d, 'a>(
    resource: &Resource<'_, 'd, 'a>,
    neighbours: &mut Neighbours<'d, 'a>,
    sink: &mut Sink<'d, 'a>,
) {
    let bundle = resource.node;
    if string(bundle, "type").is_none_or(|kind| kind != "document") {
        return;
    }
    let Some(first) = each(bundle, "entry").next() else { return };
    let Some(composition) = first.get("resource") else {
        return sink.error(
            Code::Invalid,
            "document-first",
            first,
            "The first entry of a document must have a resource",
        );
    };
    for reference in direct(composition) {
        let Some(text) = string(reference, "reference").filter(|text| !text.is_empty() && !text.starts_with('#'))
        else {
            continue;
        };
        if matches!(neighbours.group(bundle).resolve(composition, &text, true), Target::Found(_)) {
            continue;
        }
        let said = "What the Composition refers to must be in the document";
        if is_absolute(&text) && !text.starts_with("urn:") {
            // It may be meant to be fetched from there.
            warn(sink, Code::NotFound, "document-reference", reference, said);
        } else {
            sink.error(Code::Invalid, "document-reference", reference, said);
        }
    }
    for entry in unreached(bundle, neighbours) {
        let text = "No reference leads from the Composition to this entry, nor from it to what the Composition reaches";
        warn(sink, Code::Informational, "document-unreached", entry, text);
    }
}

/// The references that the specification lists: subject, encounter, author, attester, custodian, event, and of sections
/// author, focus and entry.
fn direct<'d, 'a>(composition: Node<'d, 'a>) -> Vec<Node<'d, 'a>> {
    let mut all: Vec<Node<'d, 'a>> =
        ["subject", "encounter", "custodian"].iter().filter_map(|name| composition.get(name)).collect();
    all.extend(each(composition, "author"));
    all.extend(each(composition, "attester").filter_map(|attester| attester.get("party")));
    all.extend(each(composition, "event").flat_map(|event| each(event, "detail")));
    let mut sections: Vec<Node<'d, 'a>> = each(composition, "section").collect();
    while let Some(section) = sections.pop() {
        all.extend(each(section, "author").chain(section.get("focus")).chain(each(section, "entry")));
        sections.extend(each(section, "section"));
    }
    all
}

/// The entries that are joined to the first one by no chain of references in either direction.
pub(super) fn unreached<'d, 'a>(bundle: Node<'d, 'a>, neighbours: &mut Neighbours<'d, 'a>) -> Vec<Node<'d, 'a>> {
    let group = neighbours.group(bundle);
    let entries: Vec<Node<'d, 'a>> = each(bundle, "entry").collect();
    let resources = entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.get("resource")?.id(), at)));
    let numbers: HashMap<NodeId, usize> = resources.collect();
    let mut joined: Vec<Vec<usize>> = vec![Vec::new(); entries.len()];
    for (from, entry) in entries.iter().enumerate() {
        let Some(resource) = entry.get("resource") else { continue };
        each_reference(resource, &mut |text| {
            let Target::Found(target) = group.resolve(resource, text, true) else { return };
            let Some(to) = numbers.get(&target.id()).copied().filter(|to| *to != from) else { return };
            if let Some(list) = joined.get_mut(from) {
                list.push(to);
            }
            if let Some(list) = joined.get_mut(to) {
                list.push(from);
            }
        });
    }
    let mut is_reached = vec![false; entries.len()];
    let mut waiting = VecDeque::from([0usize]);
    while let Some(at) = waiting.pop_front() {
        let Some(reached) = is_reached.get_mut(at).filter(|reached| !**reached) else { continue };
        *reached = true;
        waiting.extend(joined.get(at).into_iter().flatten());
    }
    entries
        .into_iter()
        .zip(is_reached)
        .filter(|(entry, is_reached)| !is_reached && entry.get("resource").is_some())
        .map(|(entry, _)| entry)
        .collect()
}

/// Every reference in a resource, without recursion: what is nested waits in a list.
fn each_reference<'d, 'a>(resource: Node<'d, 'a>, see: &mut impl FnMut(&str)) {
    let mut waiting = vec![resource];
    while let Some(node) = waiting.pop() {
        for child in node.members().chain(node.items()) {
            match child.kind() {
                Kind::Object | Kind::Array => waiting.push(child),
                // A link may also be written as a URI with a fragment.
                Kind::String if child.key_is("reference") || child.key_is("valueUri") || child.key_is("valueUrl") => {
                    see(&child.as_str().unwrap_or_default());
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::bench::{errors, is_clean, keys};

    fn document(reference: &str, more: &str) -> String {
        format!(
            r#"{{"resourceType":"Bundle","type":"document","entry":[
            {{"fullUrl":"http://a.b/Composition/1","resource":{{"resourceType":"Composition","id":"1",
              "section":[{{"section":[{{"entry":[{{"reference":"{reference}"}}]}}]}}]}}}},
            {{"fullUrl":"http://a.b/Basic/1","resource":{{"resourceType":"Basic","id":"1"}}}}{more}]}}"#
        )
    }

    #[test]
    fn what_the_composition_refers_to_is_in_the_document() {
        assert!(is_clean(&document("Basic/1", "")));
        assert_eq!(errors(&document("Basic/2", "")), ["document-reference"]);
        assert_eq!(keys(&document("http://c.d/Basic/2", "")), ["document-reference", "document-unreached"]);
        assert!(errors(&document("http://c.d/Basic/2", "")).is_empty());
    }

    #[test]
    fn an_entry_may_be_reached_backwards() {
        let back = r#",{"fullUrl":"http://a.b/Provenance/1","resource":{"resourceType":"Provenance","id":"1",
            "target":[{"reference":"Basic/1"}]}}"#;
        assert!(is_clean(&document("Basic/1", back)));
        let alone = r#",{"fullUrl":"http://a.b/Basic/3","resource":{"resourceType":"Basic","id":"3"}}"#;
        assert_eq!(keys(&document("Basic/1", alone)), ["document-unreached"]);
    }
}

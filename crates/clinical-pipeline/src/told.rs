//! Places of many values in one walk: asking for each alone would cost the width of its array every time.

use clinical_intake::fhir::JsonPlaces;
use clinical_json::{Document, Kind, Node};
use clinical_model::{Place, Source};
use std::collections::HashMap;

/// The most names of members that are looked up; what comes later is counted instead of named.
const NAMES: usize = 1000;

/// The places of values that begin at `starts` (sorted), as [`JsonPlaces::told`] writes them: members that the input
/// made up are counted, not named.
pub(crate) fn places(document: &Document<'_>, lines: bool, starts: &[usize]) -> Vec<String> {
    let places = JsonPlaces::new(document, lines);
    let mut walk = Walk { places: &places, listed: HashMap::new(), starts, found: Vec::with_capacity(starts.len()) };
    let root = document.root();
    if lines {
        for (i, line) in root.items().enumerate() {
            let mut path = walk.told(line);
            if path.is_empty() {
                path = format!("line[{i}]");
            }
            walk.node(line, &mut path);
        }
    } else {
        let mut path = walk.told(root);
        walk.node(root, &mut path);
    }
    // What stands in no value (a mended line) is of the whole.
    walk.found.resize(starts.len(), String::new());
    walk.found
}

struct Walk<'w, 'd, 'a> {
    places: &'w JsonPlaces<'d, 'a>,
    listed: HashMap<String, bool>,
    starts: &'w [usize],
    found: Vec<String>,
}

impl Walk<'_, '_, '_> {
    fn told(&self, node: Node<'_, '_>) -> String {
        let span = node.span();
        match self.places.told(Source::new(span.start as u32, span.end as u32)) {
            Place::Path(path) => path,
            Place::Span(..) => String::new(),
        }
    }

    /// Places of all starts inside the node that are still to be found.
    fn node(&mut self, node: Node<'_, '_>, path: &mut String) {
        let span = node.span();
        let is_open = |walk: &Self| walk.starts.get(walk.found.len()).is_some_and(|s| *s < span.end);
        while is_open(self) && self.starts[self.found.len()] <= span.start {
            self.found.push(path.clone());
        }
        let length = path.len();
        for (i, child) in node.members().chain(node.items()).enumerate() {
            if !is_open(self) {
                break;
            }
            if self.starts[self.found.len()] >= child.span().end {
                continue;
            }
            if node.kind() == Kind::Array {
                path.push_str(&format!("[{i}]"));
            } else {
                let name = child.key().unwrap_or_default();
                if self.is_listed(child, &name) {
                    path.push('.');
                    path.push_str(&name);
                } else {
                    path.push_str(&format!(".member({i})"));
                }
            }
            self.node(child, path);
            path.truncate(length);
        }
        // What begins between two members is of the node.
        while is_open(self) {
            self.found.push(path.clone());
        }
    }

    fn is_listed(&mut self, member: Node<'_, '_>, name: &str) -> bool {
        if let Some(listed) = self.listed.get(name) {
            return *listed;
        }
        let listed = self.listed.len() < NAMES && self.told(member).ends_with(&format!(".{name}"));
        if self.listed.len() < NAMES {
            self.listed.insert(name.to_owned(), listed);
        }
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_walk_says_what_asking_for_each_says() {
        let text = r#"{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","Quill":[1,{"name":[2,"x"]}],"id":"a"}},3],"id":"b"}"#;
        let document = Document::parse(text.as_bytes()).unwrap();
        let each = JsonPlaces::new(&document, false);
        let nodes: Vec<Node<'_, '_>> =
            (0..document.len() as u32).filter_map(|i| document.node_at(clinical_json::NodeId::from_index(i))).collect();
        let starts: Vec<usize> = nodes.iter().map(|n| n.span().start).collect();
        let told: Vec<Place> = starts.iter().map(|s| each.told(Source::new(*s as u32, *s as u32 + 1))).collect();
        let walked: Vec<Place> = places(&document, false, &starts).into_iter().map(Place::Path).collect();
        assert_eq!(walked, told);
        assert!(!format!("{walked:?}").contains("Quill"));
    }
}

//! From an XPath to its element.

use memchr::memchr;
use roxmltree::{Document, Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Finds elements. What follows each other on a page stands near each other in a document: most paths begin as the one
/// before, and the elements to which that beginning leads are known.
#[derive(Default)]
pub(crate) struct Finder<'d> {
    path: String,
    /// The elements of `path`, each with the length of the path up to it and which of its name it is, from zero.
    steps: Vec<(usize, NodeId, usize)>,
    /// Parents of more children than are gone through, and those children by their names.
    known: HashSet<NodeId>,
    named: HashMap<(NodeId, &'d str), Vec<NodeId>>,
}

/// With how many bytes both begin.
fn common(a: &[u8], b: &[u8]) -> usize {
    const MANY: usize = 16;
    let whole = a.chunks_exact(MANY).zip(b.chunks_exact(MANY)).take_while(|(a, b)| a == b).count() * MANY;
    whole + a[whole..].iter().zip(&b[whole..]).take_while(|(a, b)| a == b).count()
}

/// The name of a step and which of that name is meant, from zero. Most steps have no number, which their last sign tells.
fn numbered(step: &str) -> Option<(&str, usize)> {
    let Some(numbered) = step.strip_suffix(']') else { return Some((step, 0)) };
    let digits = numbered.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (name, number) = numbered.split_at_checked(numbered.len() - digits)?;
    Some((name.strip_suffix('[')?, number.parse::<usize>().ok()?.checked_sub(1)?))
}

/// How many children are gone through one by one.
const NEAR: usize = 64;

impl<'d> Finder<'d> {
    /// The element at a path, which is one of elements only.
    pub(crate) fn find<'a>(&mut self, document: &'d Document<'a>, path: &str) -> Option<Node<'d, 'a>> {
        let same = common(self.path.as_bytes(), path.as_bytes());
        let goes_on = |end: usize| end == path.len() || path.as_bytes().get(end) == Some(&b'/');
        let shared = self.steps.iter().take_while(|(end, ..)| *end <= same && goes_on(*end)).count();
        // Where the two paths part, the element looked for often is one of the next behind that of the path before.
        let mut sibling = self.steps.get(shared).map(|(_, id, index)| (*id, *index));
        self.steps.truncate(shared);
        let (mut end, mut node) = match self.steps.last() {
            Some((end, id, _)) => (*end, document.get_node(*id)?),
            None => (0, document.root()),
        };
        self.path.truncate(end);
        // The whole document is no element.
        if path.is_empty() {
            return None;
        }
        let is_found = loop {
            if end == path.len() {
                break true;
            }
            let Some(rest) = path.get(end..).and_then(|rest| rest.strip_prefix('/')) else { break false };
            let step = memchr(b'/', rest.as_bytes()).map_or(rest, |at| &rest[..at]);
            let before = sibling.take().and_then(|(id, at)| Some((document.get_node(id)?, at)));
            let Some((name, index)) = numbered(step) else { break false };
            let Some(child) = self.child(node, name, index, before) else { break false };
            node = child;
            end += 1 + step.len();
            self.steps.push((end, node.id(), index));
        };
        self.path.push_str(path.get(self.path.len()..end)?);
        is_found.then_some(node)
    }

    /// The child of a name and number. `known`: a child of the same parent, and which of its name that is.
    fn child<'a>(
        &mut self,
        parent: Node<'d, 'a>,
        name: &str,
        index: usize,
        known: Option<(Node<'d, 'a>, usize)>,
    ) -> Option<Node<'d, 'a>> {
        if !self.known.contains(&parent.id()) {
            let (mut next, mut before) = match known.filter(|(at, of)| *of <= index && at.has_tag_name(name)) {
                Some((at, of)) => (Some(at), of),
                None => (parent.first_child(), 0),
            };
            let mut left = NEAR;
            while let Some(child) = next.filter(|_| left > 0) {
                // From one to the next, which asks less at each step than the parser's way from both ends.
                next = child.next_sibling();
                left -= usize::from(child.is_element());
                if child.has_tag_name(name) {
                    if before == index {
                        return Some(child);
                    }
                    before += 1;
                }
            }
            if left > 0 {
                return None;
            }
            self.known.insert(parent.id());
            for child in parent.children().filter(Node::is_element) {
                self.named.entry((parent.id(), child.tag_name().name())).or_default().push(child.id());
            }
        }
        let id = self.named.get(&(parent.id(), name))?.get(index)?;
        parent.document().get_node(*id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Finder, NEAR};
    use crate::Safe;

    #[test]
    fn what_is_found_does_not_depend_on_what_was_found_before() {
        let few = "<b/>x<c/><b><c/><b/></b><b/>".repeat(3);
        let text = format!("<a><few>{few}</few><many>{}</many></a>", "<b/><c/>".repeat(NEAR));
        let safe = Safe::of(&text).unwrap();
        let document = safe.parse().unwrap();
        let mut paths = vec!["/a".to_owned(), "/a/few/b[2]/b".to_owned(), "/a/few/b[5]/c".to_owned()];
        for (parent, name, numbers) in [("few", 'b', 1..11), ("few", 'c', 1..5), ("many", 'c', 60..67)] {
            paths.extend(numbers.map(|n| format!("/a/{parent}/{name}[{n}]")));
        }
        for first in &paths {
            for second in &paths {
                let mut finder = Finder::default();
                finder.find(&document, first);
                let alone = Finder::default().find(&document, second).map(|n| n.id());
                assert_eq!(finder.find(&document, second).map(|n| n.id()), alone, "{first} {second}");
            }
        }
        let mut places: Vec<_> = paths.iter().filter_map(|p| Finder::default().find(&document, p)).collect();
        assert_eq!(places.len(), paths.len() - 4, "nine elements b, three c and sixty-four");
        places.dedup_by_key(|n| n.id());
        assert_eq!(places.len(), paths.len() - 4);
    }
}

//! From an XPath to its element.

use memchr::memchr;
use roxmltree::{Document, Node, NodeId};
use std::collections::{HashMap, HashSet};

/// Finds elements. What follows each other on a page stands near each other in a document: most paths begin as the one
/// before, and the elements to which that beginning leads are known.
#[derive(Default)]
pub(crate) struct Finder<'d> {
    path: String,
    /// The elements of `path`, each with the length of the path up to it.
    steps: Vec<(usize, NodeId)>,
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

/// How many children are gone through one by one.
const NEAR: usize = 64;

impl<'d> Finder<'d> {
    /// The element at a path, which is one of elements only.
    pub(crate) fn find<'a>(&mut self, document: &'d Document<'a>, path: &str) -> Option<Node<'d, 'a>> {
        let same = common(self.path.as_bytes(), path.as_bytes());
        let goes_on = |end: usize| end == path.len() || path.as_bytes().get(end) == Some(&b'/');
        let shared = self.steps.iter().take_while(|(end, _)| *end <= same && goes_on(*end)).count();
        self.steps.truncate(shared);
        let (mut end, mut node) = match self.steps.last() {
            Some((end, id)) => (*end, document.get_node(*id)?),
            None => (0, document.root()),
        };
        self.path.truncate(end);
        // The whole document is no element.
        if path.is_empty() {
            return None;
        }
        while end < path.len() {
            let rest = path.get(end..)?.strip_prefix('/')?;
            let step = memchr(b'/', rest.as_bytes()).map_or(rest, |at| &rest[..at]);
            let (name, number) = match step.split_once('[') {
                Some((name, number)) => (name, number.strip_suffix(']')?.parse::<usize>().ok()?),
                None => (step, 1),
            };
            node = document.get_node(self.child(node, name, number.checked_sub(1)?)?)?;
            self.path.push_str(&path[end..end + 1 + step.len()]);
            end = self.path.len();
            self.steps.push((end, node.id()));
        }
        Some(node)
    }

    fn child(&mut self, parent: Node<'d, '_>, name: &str, index: usize) -> Option<NodeId> {
        if !self.known.contains(&parent.id()) {
            let mut before = 0;
            let mut passed = 0;
            for child in parent.children().filter(Node::is_element).take(NEAR) {
                passed += 1;
                if child.has_tag_name(name) {
                    if before == index {
                        return Some(child.id());
                    }
                    before += 1;
                }
            }
            if passed < NEAR {
                return None;
            }
            self.known.insert(parent.id());
            for child in parent.children().filter(Node::is_element) {
                self.named.entry((parent.id(), child.tag_name().name())).or_default().push(child.id());
            }
        }
        self.named.get(&(parent.id(), name))?.get(index).copied()
    }
}

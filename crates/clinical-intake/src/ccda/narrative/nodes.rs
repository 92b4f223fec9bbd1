//! A set of the elements of one text.

use clinical_xml::{Node, NodeId};
use std::collections::HashSet;

/// Nodes in and around a text. Those in it stand together in the tree, so that one bit for each tells which they are.
#[derive(Default)]
pub(super) struct NodeSet {
    first: usize,
    bits: Vec<u64>,
    /// Those that stand elsewhere in the document.
    others: HashSet<NodeId>,
    is_filled: bool,
}

impl NodeSet {
    /// No nodes yet; most to come stand in `text`.
    pub(super) fn of(text: Node<'_, '_>) -> Self {
        let bits = vec![0; text.descendants().len().div_ceil(64)];
        Self { first: text.id().get_usize(), bits, others: HashSet::new(), is_filled: false }
    }

    /// The word and the bit of a node.
    fn place(&self, id: NodeId) -> Option<(usize, u64)> {
        let at = id.get_usize().checked_sub(self.first)?;
        (at / 64 < self.bits.len()).then(|| (at / 64, 1 << (at % 64)))
    }

    /// Adds a node; whether it is new.
    pub(super) fn insert(&mut self, id: NodeId) -> bool {
        self.is_filled = true;
        let Some((at, bit)) = self.place(id) else { return self.others.insert(id) };
        let Some(word) = self.bits.get_mut(at) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    pub(super) fn contains(&self, id: NodeId) -> bool {
        match self.place(id) {
            Some((at, bit)) => self.bits.get(at).is_some_and(|word| word & bit != 0),
            None => self.others.contains(&id),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        !self.is_filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_xml::Safe;

    #[test]
    fn nodes_in_and_around_a_text_are_told_apart() {
        let xml = format!("<a><b/><text>{}</text><c/></a>", "<p/>".repeat(200));
        let safe = Safe::of(&xml).unwrap();
        let document = safe.parse().unwrap();
        let text = document.root_element().children().nth(1).unwrap();
        let mut set = NodeSet::of(text);
        assert!(set.is_empty());
        let odd: Vec<NodeId> = document.descendants().map(|n| n.id()).filter(|id| id.get_usize() % 2 == 1).collect();
        assert!(odd.iter().all(|id| set.insert(*id)) && odd.iter().all(|id| !set.insert(*id)));
        assert!(document.descendants().all(|n| set.contains(n.id()) == (n.id().get_usize() % 2 == 1)));
        assert!(!set.is_empty());
    }
}

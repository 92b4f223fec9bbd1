//! The nodes as they are stored: in document order, each pointing into the input.

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A number, kept as its text.
    Number,
    /// A string.
    String,
    /// An array, or the made-up root of line-delimited input.
    Array,
    /// An object.
    Object,
    /// A line of line-delimited input that is not JSON.
    Unreadable,
}

/// The number of a node in document order. The root is number zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct NodeId(u32);

impl NodeId {
    /// The number itself.
    pub fn index(self) -> u32 {
        self.0
    }

    /// The id with this number. It need not exist in any document.
    pub fn from_index(index: u32) -> Self {
        Self(index)
    }
}

/// One stored node, 24 bytes.
#[derive(Clone, Copy)]
pub(crate) struct Raw {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// The first node after this one's subtree: its next sibling, or its parent's.
    pub(crate) next: u32,
    /// The name without its quotes. Zero means no name: a name stands after a brace and a quote.
    pub(crate) key_start: u32,
    pub(crate) key_end: u32,
    pub(crate) kind: Kind,
    /// A string with at least one backslash.
    pub(crate) escaped: bool,
    /// A name with at least one backslash.
    pub(crate) key_escaped: bool,
}

impl Raw {
    /// Stands in for a root that cannot be missing.
    pub(crate) const NULL: Self = Self {
        start: 0,
        end: 0,
        next: 0,
        key_start: 0,
        key_end: 0,
        kind: Kind::Null,
        escaped: false,
        key_escaped: false,
    };

    pub(crate) fn has_key(&self) -> bool {
        self.key_start != 0
    }

    /// The name's bytes as written.
    #[inline]
    pub(crate) fn key_in<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        bytes.get(self.key_start as usize..self.key_end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_node_stays_compact() {
        assert_eq!(size_of::<super::Raw>(), 24);
    }
}

//! Looking at one value of a document and walking from it.

use crate::document::Document;
use crate::tape::{Kind, NodeId, Raw};
use crate::text::unescape;
use std::borrow::Cow;
use std::fmt;
use std::iter::FusedIterator;
use std::ops::Range;

/// One value of a document: `'d` is the borrow of the document, `'a` that of the input.
///
/// `Debug` prints the kind and the offsets and nothing of the content.
#[derive(Clone, Copy)]
pub struct Node<'d, 'a> {
    document: &'d Document<'a>,
    raw: &'d Raw,
    id: u32,
}

impl<'d, 'a> Node<'d, 'a> {
    #[inline]
    pub(crate) fn new(document: &'d Document<'a>, raw: &'d Raw, id: u32) -> Self {
        Self { document, raw, id }
    }

    /// The node's number in the document.
    #[inline]
    pub fn id(self) -> NodeId {
        NodeId::from_index(self.id)
    }

    /// What the value is.
    #[inline]
    pub fn kind(self) -> Kind {
        self.raw.kind
    }

    /// The member name under which the value stands, escapes resolved; `None` for array elements and
    /// the root.
    pub fn key(self) -> Option<Cow<'a, str>> {
        if !self.raw.has_key() {
            return None;
        }
        let (start, end) = (self.raw.key_start as usize, self.raw.key_end as usize);
        let name = self.document.source.slice(start, end);
        Some(resolve(name, self.raw.key_escaped))
    }

    /// Whether the value stands under this member name.
    #[inline]
    pub fn key_is(self, name: &str) -> bool {
        if self.raw.key_escaped {
            return self.key().is_some_and(|key| key == name);
        }
        // Most other names begin with another letter, which is told without a call.
        let key = self.raw.key_in(self.document.source.bytes);
        key.first() == name.as_bytes().first() && key == name.as_bytes() && self.raw.has_key()
    }

    /// The bytes of the value in the input, quotes and brackets included.
    #[inline]
    pub fn span(self) -> Range<usize> {
        self.raw.start as usize..self.raw.end as usize
    }

    /// The value's exact text. For an unreadable line that is not UTF-8 it is the leading part that
    /// is, and for the made-up root over such a line it is [`Document::text`].
    #[inline]
    pub fn raw(self) -> &'a str {
        let Range { start, end } = self.span();
        self.document.source.slice(start, end)
    }

    /// The content of a string, escapes resolved; borrowed from the input when it has none.
    #[inline]
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        if self.raw.kind != Kind::String {
            return None;
        }
        let Range { start, end } = self.span();
        let content = self.document.source.slice(start + 1, end.saturating_sub(1));
        Some(resolve(content, self.raw.escaped))
    }

    /// The exact text of a number, such as `1.50`.
    #[inline]
    pub fn number_text(self) -> Option<&'a str> {
        (self.raw.kind == Kind::Number).then(|| self.raw())
    }

    /// The value of `true` or `false`.
    pub fn as_bool(self) -> Option<bool> {
        (self.raw.kind == Kind::Bool).then(|| self.raw() == "true")
    }

    /// Whether the value is `null`.
    pub fn is_null(self) -> bool {
        self.raw.kind == Kind::Null
    }

    /// A string with escapes resolved, a number's text, or `true` or `false`; `None` for `null`,
    /// arrays, objects and unreadable lines.
    pub fn scalar_text(self) -> Option<Cow<'a, str>> {
        match self.raw.kind {
            Kind::String => self.as_str(),
            Kind::Number | Kind::Bool => Some(Cow::Borrowed(self.raw())),
            Kind::Null | Kind::Array | Kind::Object | Kind::Unreadable => None,
        }
    }

    /// The member of this name. Where there are several it is the first; the others are in
    /// [`Document::duplicates`].
    pub fn get(self, name: &str) -> Option<Node<'d, 'a>> {
        self.members().find(|member| member.key_is(name))
    }

    /// The members of an object in order, as values that know their key. Empty for anything else.
    #[inline]
    pub fn members(self) -> Members<'d, 'a> {
        Members(self.children_if(Kind::Object))
    }

    /// The elements of an array in order. Empty for anything else.
    #[inline]
    pub fn items(self) -> Items<'d, 'a> {
        Items(self.children_if(Kind::Array))
    }

    /// The number of members or elements, found by walking over them.
    pub fn len(self) -> usize {
        self.children().count()
    }

    /// Whether the value has no members or elements.
    pub fn is_empty(self) -> bool {
        self.children().next().is_none()
    }

    /// The member or element at this place, counted from zero.
    pub fn at(self, index: usize) -> Option<Node<'d, 'a>> {
        self.children().nth(index)
    }

    /// The first id after the node and everything in it.
    #[inline]
    pub fn end(self) -> NodeId {
        NodeId::from_index(self.raw.next)
    }

    /// What stands directly inside. A scalar's subtree is itself, so it has nothing.
    #[inline]
    fn children(self) -> Children<'d, 'a> {
        Children { document: self.document, next: self.id + 1, end: self.raw.next }
    }

    #[inline]
    fn children_if(self, kind: Kind) -> Children<'d, 'a> {
        let mut children = self.children();
        if self.raw.kind != kind {
            children.end = 0;
        }
        children
    }
}

impl fmt::Debug for Node<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Node").field("id", &self.id).field("kind", &self.raw.kind).field("span", &self.span()).finish()
    }
}

fn resolve(text: &str, escaped: bool) -> Cow<'_, str> {
    if escaped { Cow::Owned(unescape(text)) } else { Cow::Borrowed(text) }
}

#[derive(Debug, Clone)]
struct Children<'d, 'a> {
    document: &'d Document<'a>,
    next: u32,
    end: u32,
}

impl<'d, 'a> Iterator for Children<'d, 'a> {
    type Item = Node<'d, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= self.end {
            return None;
        }
        let id = self.next;
        let raw = self.document.nodes.get(id as usize)?;
        self.next = raw.next;
        Some(Node::new(self.document, raw, id))
    }
}

/// The members of an object; see [`Node::members`].
#[derive(Debug, Clone)]
pub struct Members<'d, 'a>(Children<'d, 'a>);

impl<'d, 'a> Iterator for Members<'d, 'a> {
    type Item = Node<'d, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl FusedIterator for Members<'_, '_> {}

/// The elements of an array; see [`Node::items`].
#[derive(Debug, Clone)]
pub struct Items<'d, 'a>(Children<'d, 'a>);

impl<'d, 'a> Iterator for Items<'d, 'a> {
    type Item = Node<'d, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }
}

impl FusedIterator for Items<'_, '_> {}

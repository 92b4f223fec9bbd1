//! A record that has been read.

use crate::error::{Error, ErrorKind, Fail};
use crate::lines;
use crate::names::Duplicate;
use crate::node::Node;
use crate::parse::Parser;
use crate::position::{Places, Position};
use crate::source::{Source, content_start};
use crate::tape::{NodeId, Raw};
use std::fmt;
use std::sync::OnceLock;

/// Bounds on what is read, against input made to exhaust the reader.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most arrays and objects that may be open at once. 256 unless set otherwise.
    pub max_depth: u32,
    /// The most nodes a document may have. Unbounded unless set otherwise: a node takes 24 bytes and
    /// at least two bytes of input.
    pub max_nodes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_depth: 256, max_nodes: u32::MAX }
    }
}

/// Called before reading and every few thousand nodes; true means "stop now".
pub type Stop<'s> = &'s dyn Fn() -> bool;

/// A JSON text as a flat tape of nodes in document order, over the input it borrows.
///
/// `Debug` prints the number of nodes and nothing of the content.
pub struct Document<'a> {
    pub(crate) source: Source<'a>,
    pub(crate) nodes: Vec<Raw>,
    duplicates: Vec<Duplicate>,
    unreadable: Vec<(NodeId, Error)>,
    places: OnceLock<Places>,
}

impl<'a> Document<'a> {
    /// Reads one JSON text with the default limits. A leading byte order mark is skipped.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Error> {
        Self::parse_with(bytes, Limits::default(), &|| false)
    }

    /// Reads one JSON text within limits of the caller's choice, stopping when asked to.
    pub fn parse_with(bytes: &'a [u8], limits: Limits, stop: Stop<'_>) -> Result<Self, Error> {
        check_size(bytes)?;
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let fail = Fail::at(ErrorKind::InvalidUtf8, error.valid_up_to());
            Error::find(bytes, fail)
        })?;
        let mut parser = Parser::new(bytes.len(), limits, stop);
        parser
            .ask_stop(0)
            .and_then(|()| parser.document(bytes, content_start(bytes)))
            .map_err(|fail| Error::find(bytes, fail))?;
        Ok(Self::new(Source::whole(text), parser, Vec::new()))
    }

    /// Reads newline-delimited JSON: every line that is not blank is an element of a made-up root
    /// array, which spans the whole input.
    ///
    /// A line that cannot be read, be it not JSON, too deep or not UTF-8, becomes an element of kind
    /// [`Kind::Unreadable`](crate::Kind::Unreadable), whose error is in
    /// [`unreadable`](Self::unreadable); it never fails the rest. What does fail the whole is too
    /// many nodes, an input too large, and a wish to stop. The depth is counted per line.
    pub fn parse_lines(bytes: &'a [u8], limits: Limits, stop: Stop<'_>) -> Result<Self, Error> {
        lines::parse(bytes, limits, stop)
    }

    pub(crate) fn new(source: Source<'a>, parser: Parser<'_>, unreadable: Vec<(NodeId, Error)>) -> Self {
        let Parser { nodes, mut duplicates, .. } = parser;
        // They were found as objects closed, inner before outer; a reader expects document order.
        duplicates.sort_by_key(|duplicate| duplicate.second);
        Self { source, nodes, duplicates, unreadable, places: OnceLock::new() }
    }

    /// Nodes of a text, without anything found beside them.
    pub(crate) fn of_nodes(source: Source<'a>, nodes: Vec<Raw>) -> Self {
        Self { source, nodes, duplicates: Vec::new(), unreadable: Vec::new(), places: OnceLock::new() }
    }

    /// The outermost value.
    pub fn root(&self) -> Node<'_, 'a> {
        // Nothing is made into a document without a root.
        static NOTHING: Raw = Raw::NULL;
        Node::new(self, self.nodes.first().unwrap_or(&NOTHING), 0)
    }

    /// The node with this id, if there is one.
    pub fn node_at(&self, id: NodeId) -> Option<Node<'_, 'a>> {
        let raw = self.nodes.get(id.index() as usize)?;
        Some(Node::new(self, raw, id.index()))
    }

    /// The whole input, a byte order mark included.
    ///
    /// After [`parse_lines`](Self::parse_lines) of input with a line that is not UTF-8 it is the
    /// longest leading part that is; the nodes of the other lines still have their text.
    pub fn text(&self) -> &'a str {
        self.source.text
    }

    /// Members of one object under the same name, ordered by the second of each pair.
    ///
    /// A name that occurs three times is two entries with the same `first`.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// The lines that could not be read and why, in order. Empty except after
    /// [`parse_lines`](Self::parse_lines).
    pub fn unreadable(&self) -> &[(NodeId, Error)] {
        &self.unreadable
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    ///
    /// The first call goes through the input once, later ones through a thousand bytes at most.
    pub fn position(&self, offset: usize) -> Position {
        let bytes = self.source.bytes;
        let places = self.places.get_or_init(|| Places::new(bytes));
        places.find(bytes, offset)
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are no nodes, which no document that was read is.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("nodes", &self.nodes.len()).finish_non_exhaustive()
    }
}

/// Offsets and node numbers are 32 bits wide, with a little to spare for "one past the end".
pub(crate) fn check_size(bytes: &[u8]) -> Result<(), Error> {
    if bytes.len() > (u32::MAX - 16) as usize {
        let fail = Fail::at(ErrorKind::TooLarge, 0);
        return Err(Error::find(bytes, fail));
    }
    Ok(())
}

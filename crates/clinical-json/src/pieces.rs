//! Reading a long text piece by piece: an object that stands in an array is looked at when it ends, and forgotten.
//!
//! The tape of a whole text takes as much memory as the text and more. Who looks at each element of its arrays by
//! itself needs the nodes of one element only.

use crate::document::{Document, Limits, check_size};
use crate::error::{Error, ErrorKind, Fail};
use crate::node::Node;
use crate::parse::{Cut, Opened, Parser};
use crate::source::{Source, content_start};
use crate::tape::Raw;

/// What becomes of the objects in an array or object of a name, when a text is read in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pieces {
    /// Each object that is an element is given by itself.
    Apart,
    /// They stay where they are, for whoever is given what holds them.
    Whole,
    /// Each object that is an element is read and given to nobody.
    Passed,
}

impl<'a> Document<'a> {
    /// Reads one JSON text like [`Self::parse`], and gives it in pieces: each object that is the element of an array
    /// when it ends, and at last the root. A piece does not hold again the objects that were given, or passed, before
    /// it. `pieces` tells of a name what becomes of the elements of the arrays that stand under it, at any depth; a
    /// name with an escape counts as [`Pieces::Whole`].
    ///
    /// A text that is not JSON is an error, and its first pieces have been given by then.
    pub fn parse_in_pieces(
        bytes: &'a [u8],
        pieces: &dyn Fn(&str) -> Pieces,
        take: &mut dyn FnMut(Node<'_, 'a>),
    ) -> Result<(), Error> {
        check_size(bytes)?;
        let text = std::str::from_utf8(bytes)
            .map_err(|error| Error::find(bytes, Fail::at(ErrorKind::InvalidUtf8, error.valid_up_to())))?;
        Self::parse_text_in_pieces(text, pieces, take)
    }

    /// The same of a text that is known to be one.
    pub fn parse_text_in_pieces(
        text: &'a str,
        pieces: &dyn Fn(&str) -> Pieces,
        take: &mut dyn FnMut(Node<'_, 'a>),
    ) -> Result<(), Error> {
        let bytes = text.as_bytes();
        check_size(bytes)?;
        let mut parser = Parser::new(0, Limits::default(), &|| false);
        let mut cutter = Cutter { text, pieces, take };
        parser.document_cut(bytes, content_start(bytes), &mut cutter).map_err(|fail| Error::find(bytes, fail))?;
        cutter.give(&mut parser.nodes, 0);
        Ok(())
    }
}

/// Gives the pieces while they are read.
struct Cutter<'c, 'a> {
    text: &'a str,
    pieces: &'c dyn Fn(&str) -> Pieces,
    take: &'c mut dyn FnMut(Node<'_, 'a>),
}

impl Cutter<'_, '_> {
    fn give(&mut self, nodes: &mut Vec<Raw>, node: u32) {
        let document = Document::of_nodes(Source::whole(self.text), std::mem::take(nodes));
        if let Some(piece) = document.nodes.get(node as usize) {
            (self.take)(Node::new(&document, piece, node));
        }
        *nodes = document.nodes;
    }

    /// What becomes of an object below these open arrays and objects.
    fn way(&self, nodes: &[Raw], open: Opened<'_>) -> Pieces {
        let mut way = Pieces::Apart;
        for raw in open.nodes().filter_map(|node| nodes.get(node as usize)).filter(|raw| raw.has_key()) {
            let name = self.text.get(raw.key_start as usize..raw.key_end as usize);
            match name.filter(|_| !raw.key_escaped).map_or(Pieces::Whole, |name| (self.pieces)(name)) {
                Pieces::Whole => return Pieces::Whole,
                Pieces::Passed => way = Pieces::Passed,
                Pieces::Apart => {}
            }
        }
        way
    }
}

impl Cut for Cutter<'_, '_> {
    const CUTS: bool = true;

    fn element(&mut self, nodes: &mut Vec<Raw>, element: u32, open: Opened<'_>) {
        match self.way(nodes, open) {
            Pieces::Whole => return,
            Pieces::Passed => {}
            Pieces::Apart => self.give(nodes, element),
        }
        nodes.truncate(element as usize);
    }
}

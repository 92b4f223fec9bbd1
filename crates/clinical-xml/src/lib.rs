//! XML in safe mode, with the place of every value.
//!
//! No document type, no entity that the document declares itself, bounded depth, attributes and nodes (safety rule
//! 24). The tree is roxmltree's; what is ours is the way from bytes to text ([`decode`]), the look before the parse
//! ([`Safe`]), the reading of values as facts ([`attribute`], [`text`], [`run`]) and the way from bytes to an XPath
//! and back ([`XmlPlaces`]).

mod declared;
mod decode;
mod find;
mod line_ends;
mod names;
mod places;
mod same;
mod scan;
mod siblings;
mod value;

pub use declared::Safe;
pub use decode::decode;
pub use names::is_listed;
pub use places::XmlPlaces;
pub use roxmltree::{Attribute, Document, Node, NodeId};
pub use same::same_name;
pub use value::{attribute, run, source_of, text, text_of, trimmed};

/// Why a text is not read as XML. It says what and where, never what stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} at line {line}, column {column}")]
pub struct Error {
    /// What is wrong.
    pub what: &'static str,
    /// Line, from one.
    pub line: u32,
    /// Column in characters, from one.
    pub column: u32,
}

impl Error {
    /// An error at a byte of `text`.
    pub(crate) fn at(text: &[u8], offset: usize, what: &'static str) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |n| n + 1);
        // Characters begin at the bytes that do not continue one.
        let column = before.iter().skip(start).filter(|b| **b & 0xc0 != 0x80).count() + 1;
        Self { what, line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
    }
}

//! Exact reading of JSON records.
//!
//! A general JSON reader turns numbers into floating point and silently keeps one of two members of
//! the same name. A clinical record may not lose either: `1.50` and `1.5` state different precision,
//! and a record with two `status` members is a finding. This crate reads RFC 8259 JSON into a flat
//! tape of nodes that point back into the input, so that
//!
//! * strings are borrowed and numbers are their exact text,
//! * every node knows the bytes it came from, and a line and column are worked out on demand,
//! * duplicate member names are reported,
//! * depth and node count are bounded, the work is linear in the input, and no input panics.
//!
//! Neither `Debug` nor `Display` of anything here prints content of the record.
//!
//! ```
//! use clinical_json::Document;
//!
//! # fn main() -> Result<(), clinical_json::Error> {
//! let document = Document::parse(br#"{"resourceType": "Observation", "value": 1.50}"#)?;
//! let value = document.root().get("value");
//! assert_eq!(value.and_then(|node| node.number_text()), Some("1.50"));
//! # Ok(())
//! # }
//! ```

#![forbid(unsafe_code)]
#![warn(missing_docs)]

mod document;
mod error;
mod lines;
mod names;
mod node;
mod number;
mod parse;
mod pieces;
mod position;
mod scan;
mod source;
mod tape;
mod text;

pub use document::{Document, Limits, Stop};
pub use error::{Error, ErrorKind};
pub use names::Duplicate;
pub use node::{Items, Members, Node};
pub use pieces::Pieces;
pub use position::Position;
pub use tape::{Kind, NodeId};

//! Reads a document into a record.
//!
//! Reading is forgiving: what cannot be read is a [`clinical_model::Finding`] or an unreadable entry, never a lost
//! one. `Err` only where there is no document to read, or where reading on would be wrong (a second patient).

pub mod ccda;
mod cues;
mod error;
pub mod fhir;
pub mod note;
mod taking;

pub use error::{Error, Where};

//! Documents without identity: notes, FHIR R4 JSON and C-CDA. Only what identifies is written anew; every other byte
//! stays as it came.

mod attachment;
mod ccda;
mod edits;
mod fault;
mod fhir;
mod json_text;
mod known;
mod links;
mod markup;
mod note;
mod pen;
mod people;
mod table;

pub use ccda::remove_from_ccda;
pub use fault::Fault;
pub use fhir::remove_from_fhir;
pub use known::{known_from_ccda, known_from_fhir, known_from_text};
pub use note::remove_from_text;
pub use pen::Removal;

pub(crate) use note::find_in;

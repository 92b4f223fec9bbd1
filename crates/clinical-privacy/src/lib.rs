//! Finds and removes what tells who a person is.
//!
//! The 18 identifier kinds of 45 CFR 164.514(b)(2)(i) in English clinical text, in FHIR R4 JSON and in C-CDA. Finding is
//! patterns, labels, word lists and the words around; what the record itself says of its people; and what was found
//! elsewhere in the same document. Clinical values are shielded first: destroying one is as serious as a leak.
//!
//! Nothing here prints, stores or sends text. `Debug` of every type that holds input shows counts only.

#![forbid(unsafe_code)]

mod document;
mod find;
mod kind;
mod policy;
mod read;
mod words;

pub use document::{
    Fault, Removal, known_from_ccda, known_from_fhir, known_from_text, remove_from_ccda, remove_from_fhir,
    remove_from_text,
};
pub use find::{Finder, Known, Writing, find};
/// For `examples/train_tagger`, which makes the tagger's weights; no part of what the crate is for.
#[doc(hidden)]
pub mod training {
    pub use crate::find::{GLANCE, Lesson, VERSION, doubts, lessons};
}
pub use kind::{Identifier, Kind, Reason};
pub use policy::{Policy, Reversible, Rules};

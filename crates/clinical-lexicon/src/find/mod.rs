//! Finding the words for a concept of the record: by code, then by a full wording, then by a wording without words
//! that change nothing. Never by a part of a wording.

mod index;
mod measured;
mod medicines;
mod modifiers;
mod running_text;
mod terms;
mod tests_and_vaccines;

pub(crate) use index::Index;
pub use medicines::MedicineHit;
pub(crate) use modifiers::Modifiers;
pub use running_text::{Named, NamedKind};

//! Finding the words for a concept of the record: by code, then by a full wording, then by a wording without words
//! that change nothing. Never by a part of a wording.

mod class;
mod context;
mod index;
mod measured;
mod medicines;
mod modifiers;
mod plain;
mod running_text;
mod seen;
mod spelling;
mod terms;
mod tests_and_vaccines;
mod vocabulary;
mod ways;

pub use class::Class;
pub use context::{CueEnd, CueMeans, CueRule, SectionRule};
pub(crate) use index::Index;
use index::Longest;
pub use index::Stands;
pub use medicines::MedicineHit;
pub(crate) use modifiers::Modifiers;
pub(crate) use plain::PlainTable;
pub use running_text::{Named, NamedKind};
pub use seen::Seen;
pub(crate) use seen::SeenWords;
pub(crate) use vocabulary::{Endings, Words};
pub use vocabulary::{NameEnd, Vocabulary, WordId};
pub use ways::{Place, Ways};

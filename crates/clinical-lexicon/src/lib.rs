//! What the words of a record mean, in plain language.
//!
//! The words are data (`data/<language>/`): sorted, without doubles, at a reading grade of six or below, without
//! numerals. `build.rs` checks them and turns them into static tables, so that nothing of them is parsed when the
//! program starts; the code here only finds them.

mod begins;
mod cues;
mod dosing;
mod entries;
mod error;
mod find;
mod fluent;
mod lexicon;
mod message;
mod names;
mod phrase;
mod readability;
mod sections;
mod sig;
mod tables;

pub use begins::{Begins, SigList};
pub use cues::{Cue, CueHit, CueRule, Cues, WordList};
pub use dosing::{CodeWords, DosingWords};
pub use entries::{MedicineWords, TermKind, TermWords, TestKind, TestWords, Texts, VaccineWords};
pub use error::Error;
pub use find::{
    Class, CueEnd, CueMeans, CueRule as ContextRule, MedicineHit, NameEnd, Named, NamedKind, Place, SectionRule, Seen,
    Stands, Vocabulary, Ways, WordId,
};
pub use lexicon::Lexicon;
pub use message::Message;
pub use names::normalise;
pub use phrase::{Phrase, PhrasePart};
pub use readability::{Readability, Reading};
pub use sections::{Abbreviation, NoteKind, SectionExamples, Standing};
pub use sig::{Cue as SigCue, Said, SigWords, expansion, sig, spelling};

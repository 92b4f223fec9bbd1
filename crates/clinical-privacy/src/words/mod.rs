//! What the lists of `data/` know of a word: asked once a word, by key.

#[expect(dead_code, reason = "the build script asks for the list of all classes")]
mod class;
mod cue;
mod field;
mod flags;
mod fold;
mod hint;
mod key;
mod table;

pub(crate) use class::Class;
pub(crate) use cue::Cue;
pub(crate) use field::Field;
pub(crate) use flags::Flags;
pub(crate) use fold::fold;
pub(crate) use hint::Hint;
pub(crate) use key::{Keyer, key_of, phrase_key};
pub(crate) use table::{
    Known, LONGEST_PHRASE, cue, flags_at, flags_of, hints_of, holiday, label, may_be_holiday, may_be_inside_label,
    may_open_eponym, may_reach, phrase, row_of, rows,
};

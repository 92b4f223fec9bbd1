//! What a language model may be shown, and what of its answer may be said.
//!
//! A model is asked to put sentences of the record into plainer words, one for one. It sees no identity, no number, no
//! date, no medicine and no test: placeholders stand for them (`mask`). What it answers is held against the sentence it
//! was made of (`check`); whatever does not pass is refused with a reason, and the record's own words stand alone. This
//! crate sends nothing and knows no server.

#![forbid(unsafe_code)]

mod ask;
mod check;
mod mask;
mod prepared;
mod refusal;
mod reply;
mod sentence;
mod within;

pub use ask::{Ask, PROMPT_VERSION, SCHEMA};
pub use prepared::{Part, Prepared, Unasked, Verdict, prepare};
pub use refusal::Refusal;
pub use sentence::{Sentence, Topic};

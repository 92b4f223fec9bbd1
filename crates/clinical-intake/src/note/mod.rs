//! Notes in plain text.

pub mod carries;
pub mod coming;
mod dates;
mod marked;
pub mod outline;
pub mod people;
pub mod values;
pub mod words;

pub use marked::Marked;

use crate::Error;
use clinical_lexicon::Lexicon;
use clinical_model::{Finding, Format, Record, Stop};

/// Reads a note.
///
/// # Errors
/// [`Error::Stopped`].
pub fn read<'a>(text: &'a str, lexicon: &Lexicon, stop: Stop<'_>) -> Result<(Record<'a>, Vec<Finding>), Error> {
    let _ = (text, lexicon, stop);
    Ok((Record::new(Format::Note), Vec::new()))
}

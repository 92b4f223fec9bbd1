//! What a language model is asked about a document.

use crate::narrate::{Room, known};
use crate::read;
use crate::{Error, Input, Lexicon, Options};
use clinical_narrator::Ask;

/// The requests to a language model about one document. They hold no identity and no fact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Narration {
    /// The requests; each can be sent by itself.
    pub asks: Vec<Ask>,
}

/// Makes the requests about a document: the same document and options always give the same ones. What was answered goes
/// into [`Options::narrated`] of [`crate::summarize`].
///
/// # Errors
/// As [`crate::summarize`].
pub fn narration(input: &Input<'_>, options: &Options<'_>, lexicon: &Lexicon) -> Result<Narration, Error> {
    let prepared = read::prepare(input)?;
    let parsed = prepared.parse(input.label, options.stop)?;
    let (record, _) = parsed.record(lexicon, options.stop)?;
    let sheet = clinical_summary::compose(&record, options.now, lexicon);
    let known = known(input, &parsed, options.stop);
    let room = known.and_then(|known| Room::of(&sheet, prepared.note(), &known, lexicon, options.stop));
    match room {
        Some(room) => Ok(Narration { asks: room.telling(lexicon, options.stop).ok_or(Error::Stopped)? }),
        None if options.stop.is_asked() => Err(Error::Stopped),
        // Who is named could not be told for sure: nothing is asked.
        None => Ok(Narration::default()),
    }
}

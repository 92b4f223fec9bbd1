//! A note as sections and sentences.
//!
//! Three steps, each linear in the text: lines (`lines`), headings and what they open (`headings`, `nesting`),
//! sentences (`sentences`). Where no heading tells what a text is, its own words may ([`classify`]).

mod classify;
mod closing;
mod headings;
mod lines;
mod nesting;
mod sections;
mod sentences;
#[cfg(test)]
mod tests;

pub use classify::{Guess, classify, features};
pub use clinical_lexicon::NoteKind;

use super::words::Token;
use clinical_lexicon::Lexicon;
use clinical_model::Stop;
use std::ops::Range;

/// A section: its heading and its body, in bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// What it is.
    pub kind: NoteKind,
    /// The heading's words without the colon; `None` for a body without one.
    pub heading: Option<Range<usize>>,
    /// What belongs to it, without the heading.
    pub body: Range<usize>,
}

/// A sentence, an item of a list or a cell: the bytes, and the section it stands in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// The section, by its index.
    pub section: usize,
    /// Its bytes, without blanks at the ends. A sentence that is wrapped over lines is one.
    pub span: Range<usize>,
    /// It is an item of a list.
    pub is_item: bool,
}

/// A note in parts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outline {
    /// The sections in order; together they cover the text.
    pub sections: Vec<Section>,
    /// The sentences in order; every letter and digit of a body stands in one.
    pub sentences: Vec<Sentence>,
}

/// Reads a note into parts. `tokens` are those of the text. Stopped early, the outline holds what was read so far, and
/// the caller, who knows the flag, does not use it.
#[must_use]
pub fn read(text: &str, tokens: &[Token], lexicon: &Lexicon, stop: Stop<'_>) -> Outline {
    let view = lines::View::new(text, tokens, lexicon);
    let opened = headings::all(&view, stop);
    let bounds = sections::bounds(&view, opened);
    let mut sentences = sentences::all(&view, &bounds, stop);
    sentences.shrink_to_fit();
    Outline { sections: bounds.into_iter().map(|b| b.section).collect(), sentences }
}

//! The last check of an extract: every sentence on the finished page is, letter for letter, a sentence of the note at
//! its place, in the order in which they were chosen, and nothing else is on the page but our own words.

use super::reading::{self, Token};
use super::words::same;
use super::{GateError, PageKind, html};
use crate::extract::Extracted;
use crate::page::Block;
use clinical_model::Shift;

/// Checks a finished extract.
///
/// # Errors
/// The first check that fails.
pub fn gate_extract(
    page: &str,
    kind: PageKind,
    blocks: &[Block<'_>],
    chosen: &[Extracted<'_, '_>],
) -> Result<(), GateError> {
    let tokens = match kind {
        PageKind::Html => html::html(page, Shift::NONE).ok_or(GateError::ForeignMarkup)?,
        PageKind::Text if reading::text_says(page, blocks) => reading::outline(blocks),
        PageKind::Markdown if reading::markdown_says(page, blocks) => reading::outline(blocks),
        PageKind::Text | PageKind::Markdown => return Err(GateError::WordsAltered),
    };
    let mut facts = tokens.iter().filter_map(|t| if let Token::Fact(at, said) = t { Some((*at, said)) } else { None });
    for one in chosen {
        let (at, said) = facts.next().ok_or(GateError::FactMissing)?;
        let text = &one.sentence.text;
        if at != text.source() || !same(said, text.text()) {
            return Err(GateError::FactAltered);
        }
    }
    if facts.next().is_some() { Err(GateError::ListAltered) } else { Ok(()) }
}

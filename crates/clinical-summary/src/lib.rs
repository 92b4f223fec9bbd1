//! From a record to a sheet.
//!
//! [`compose`] chooses and words; the functions in `page` write; [`gate`] checks the finished page against the facts.

mod decimal;
mod directions;
mod extract;
mod facts;
mod gate;
mod ledger;
mod marks;
mod markup;
mod owners;
mod page;
mod piece;
mod plain;
mod seldom;
mod select;
mod sheet;

pub use directions::{Directions, Schedule, Step, explain};
pub use extract::{ExtractLimit, ExtractReason, Extracted, extract};
pub use gate::{GateError, PageKind, gate, gate_extract};
pub use ledger::{Accounting, Fate, Reason};
pub use page::{
    Block, JsonOptions, SHEET_CSS, extract_html, extract_json, extract_outline, html, json, markdown, outline,
    readability, reading, text,
};
pub use piece::{Author, Fact, Line, PartOf, Piece, View, show};
pub use plain::{Narration, Plain, PlainPart, SaidList, SheetSentence, Unfit, attach, detach, sentences};
pub use seldom::Seldom;
pub use select::{compose, compose_last};
pub use sheet::*;

/// Whether the sheet has nothing of the record on it but, at most, who the patient is.
#[must_use]
pub fn is_nothing(sheet: &Sheet<'_>) -> bool {
    page::nothing(sheet)
}

/// What stands at the start of a sheet with rewordings by a language model; nothing on any other.
#[must_use]
pub fn disclosure_lines(sheet: &Sheet<'_>, lexicon: &clinical_lexicon::Lexicon) -> Vec<String> {
    page::disclosure(sheet, page::Say(lexicon)).iter().map(Line::shown).collect()
}

//! What a rewording may be made of, whoever checked it before: letters and the signs of a sentence, and stretches of its
//! own sentence. This is looked at when a rewording comes onto a sheet and once more on the finished page.

use super::Plain;
use crate::marks::is_hidden;
use crate::piece::{PartOf, Piece, View};
use crate::sheet::Said;

/// Signs that a sentence of a model may have. None of them marks up in any page.
const SIGNS: &str = " .,;:!?'’‘\"“”()-–—/";

/// The last of the Latin letters: what lies beyond could turn the direction of writing, or look like another letter.
const LAST_LETTER: char = '\u{24f}';

/// Why a rewording cannot stand on a sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// The model's words have a number. Numbers are the record's.
    Digit,
    /// They have a sign that no sentence needs: markup, an address of the web, a control character.
    Sign,
    /// It has no words of the model.
    Empty,
    /// It holds what its sentence does not have, or stands on no sentence.
    Place,
}

/// Whether a rewording may stand beside these words of the record.
pub(crate) fn fit(plain: &Plain<'_>, said: &Said<'_>) -> Result<(), Unfit> {
    let base = said.words.get(plain.of).ok_or(Unfit::Place)?;
    let view = PartOf::of(base.view).ok_or(Unfit::Place)?;
    let mut has_words = false;
    for piece in plain.line.pieces() {
        match piece {
            Piece::Words(words) => {
                signs(words.text())?;
                has_words |= words.text().chars().any(char::is_alphabetic);
            }
            Piece::Fact(fact) => {
                let View::Part(of, from, to) = fact.view else { return Err(Unfit::Place) };
                let is_inside = plain.span.0 <= from && from < to && to <= plain.span.1;
                if of != view || !is_inside || fact.of != base.of || fact.shown().is_empty() {
                    return Err(Unfit::Place);
                }
            }
        }
    }
    if has_words { Ok(()) } else { Err(Unfit::Empty) }
}

fn signs(text: &str) -> Result<(), Unfit> {
    if text.chars().any(char::is_numeric) {
        return Err(Unfit::Digit);
    }
    let is_strange = |c: char| is_hidden(c) || !(c.is_alphabetic() && c <= LAST_LETTER || SIGNS.contains(c));
    // "example.org" and "//example" become links in programs that make links of what looks like one.
    let is_address = |(at, _): (usize, &str)| text[at + 1..].starts_with(char::is_alphabetic);
    if text.chars().any(is_strange) || text.contains("//") || text.match_indices('.').any(is_address) {
        return Err(Unfit::Sign);
    }
    Ok(())
}

//! Characters that act on a page without being seen: controls, and marks that turn the writing direction.
//!
//! A right-to-left override makes "10 mg" read as "gm 01". On pages each of them becomes a visible mark; in JSON, which
//! is data, they stand as they are.

/// Whether a page must show a mark in place of a character. Blanks and line ends are not meant.
pub(crate) fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What stands in its place.
pub(crate) const SHOWN: char = '\u{fffd}';

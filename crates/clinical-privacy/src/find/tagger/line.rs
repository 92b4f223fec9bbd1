//! The line a word stands in: what heads it, how it is written, and where in it the word stands.

use crate::read::{Form, Page};

/// Where a word stands in its line.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// How many tokens stand before it.
    pub(super) nth: usize,
    /// How many stand behind it.
    pub(super) left: usize,
    /// Whether small or capital words prevail, and whether the line is short.
    pub(super) shape: u8,
    /// The word before the last colon before it, 0 where there is none.
    pub(super) label: u64,
    /// How many tokens stand between that colon and it.
    pub(super) behind_label: usize,
    /// The line's first word.
    pub(super) opener: u64,
}

/// The shape of the last line asked for, by its first token: the words of a line are asked for one after the other.
#[derive(Default)]
pub(super) struct Lines(Option<(usize, u8)>);

/// How far back a label is looked for.
const REACH: usize = 8;

/// How many words of a line say how it is written.
const LOOKED_AT: usize = 40;

impl Lines {
    /// Where a token stands in its line.
    pub(super) fn place(&mut self, page: &Page<'_>, at: usize) -> Place {
        let Some(line) = page.line(at) else { return Place::default() };
        let shape = match self.0 {
            Some((first, shape)) if first == line.first => shape,
            _ => {
                let shape = shape(page, line.first, line.end);
                self.0 = Some((line.first, shape));
                shape
            }
        };
        let colon =
            (line.first.max(at.saturating_sub(REACH))..at).rev().find(|i| page.is_sign(*i, ':') && *i > line.first);
        Place {
            nth: at - line.first,
            left: line.end - at - 1,
            shape,
            label: colon.and_then(|i| page.before(i)).map_or(0, |t| t.key),
            behind_label: colon.map_or(0, |i| at - i),
            opener: page.get(line.first).map_or(0, |t| t.key),
        }
    }
}

/// Of the first words of a line: are they small, capital or mixed, and are there few?
fn shape(page: &Page<'_>, first: usize, end: usize) -> u8 {
    let (mut small, mut capital) = (0u32, 0u32);
    for token in page.tokens.iter().take(end.min(first + LOOKED_AT)).skip(first) {
        // Added, not chosen: what a word will be cannot be foretold.
        small += u32::from(token.form == Form::Lower) & u32::from(token.len() > 1);
        capital += u32::from(matches!(token.form, Form::Title | Form::Camel | Form::Upper));
    }
    let few = u8::from(end - first < 8);
    let share = match (small, capital) {
        (0, _) => 0,
        (s, c) if c > s => 1,
        (s, c) if c * 3 > s => 2,
        _ => 3,
    };
    share << 1 | few
}

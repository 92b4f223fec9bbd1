//! A text with its tokens as lines that hold something, and what its letters are like.

use crate::note::words::{Kind, Token};
use clinical_lexicon::Lexicon;

/// How a text uses capitals: where it does not, they say nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    Mixed,
    Lower,
    Upper,
}

/// A line with at least one token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Its tokens, without the line end.
    pub(super) first: usize,
    pub(super) end: usize,
    /// A line without tokens stands before it, or nothing.
    pub(super) is_after_blank: bool,
    /// Blanks before the first token, in bytes.
    pub(super) indent: usize,
    /// Bytes from the first token to the last.
    pub(super) length: usize,
    /// The longest length of the lines around it, as far as no empty line is between.
    pub(super) width: usize,
}

/// What every step looks at.
pub(super) struct View<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) lexicon: &'t Lexicon,
    pub(super) lines: Vec<Line>,
    pub(super) case: Case,
}

impl<'t> View<'t> {
    pub(super) fn new(text: &'t str, tokens: &'t [Token], lexicon: &'t Lexicon) -> Self {
        Self { text, tokens, lexicon, lines: lines(tokens), case: case(text) }
    }

    /// The text of a token; nothing for a token that there is not.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|t| t.kind())
    }

    pub(super) fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.bytes(self.text) == mark.as_bytes())
    }

    pub(super) fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |t| t.start() as usize)
    }

    /// The byte behind a token.
    pub(super) fn end(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |t| t.end() as usize)
    }

    /// Nothing stands between a token and the one before it.
    pub(super) fn touches(&self, at: usize) -> bool {
        at > 0 && self.end(at - 1) == self.start(at) && at < self.tokens.len()
    }

    /// How many blanks stand before a token of a line.
    pub(super) fn gap(&self, at: usize) -> usize {
        let from = at.checked_sub(1).map_or(0, |before| self.end(before));
        self.text.get(from..self.start(at)).map_or(0, |blanks| blanks.chars().take(4).count())
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Word)
    }

    pub(super) fn is_number(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Number)
    }
}

/// The first letter is a capital.
pub(super) fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// All letters are capitals.
pub(super) fn is_capitals(word: &str) -> bool {
    !word.is_empty() && !word.chars().any(char::is_lowercase) && is_capitalised(word)
}

fn lines(tokens: &[Token]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let (mut first, mut blank, mut begin, mut paragraph) = (0, true, 0usize, 0usize);
    let mut take = |first: usize, end: usize, blank: bool, begin: usize| {
        let (Some(a), Some(z)) = (tokens.get(first), end.checked_sub(1).and_then(|z| tokens.get(z))) else { return };
        let length = (z.end() - a.start()) as usize;
        if blank {
            paragraph = out.len();
        }
        let indent = (a.start() as usize).saturating_sub(begin);
        out.push(Line { first, end, is_after_blank: blank, indent, length, width: length });
        // The width of a paragraph is kept with its first line until all lines are there.
        if let Some(head) = out.get_mut(paragraph) {
            head.width = head.width.max(length);
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        if token.kind() == Kind::Line {
            if first < at {
                take(first, at, blank, begin);
            }
            blank = first == at;
            (first, begin) = (at + 1, token.end() as usize);
        }
    }
    if first < tokens.len() {
        take(first, tokens.len(), blank, begin);
    }
    let mut width = 0;
    for line in &mut out {
        if line.is_after_blank {
            width = line.width;
        }
        line.width = width;
    }
    out
}

fn case(text: &str) -> Case {
    // As many bytes at a time as one byte can count.
    let count = |is: fn(&u8) -> bool| -> usize {
        let of = |part: &[u8]| part.iter().fold(0u8, |sum, byte| sum + u8::from(is(byte)));
        text.as_bytes().chunks(usize::from(u8::MAX)).map(|part| usize::from(of(part))).sum()
    };
    let (upper, lower) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    if upper * 200 <= lower {
        Case::Lower
    } else if lower * 12 <= upper {
        Case::Upper
    } else {
        Case::Mixed
    }
}

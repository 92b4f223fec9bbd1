//! The words, numbers and marks of one sentence.

use clinical_intake::note::words::{Kind, Token, tokens};

/// A sentence in tokens; line ends are blanks. A token behind the last has no text.
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    tokens: Vec<Token>,
    lower: Vec<String>,
}

impl<'t> Line<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut tokens = tokens(text);
        tokens.retain(|token| token.kind() != Kind::Line);
        let lower = tokens.iter().map(|token| token.text(text).to_lowercase()).collect();
        Self { text, tokens, lower }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// As it is written.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.text(self.text))
    }

    pub(super) fn lower(&self, at: usize) -> &str {
        self.lower.get(at).map_or("", String::as_str)
    }

    /// Digits.
    pub(super) fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind() == Kind::Number)
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind() == Kind::Word)
    }

    /// One sign that is none of the others.
    pub(super) fn is_mark(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind() == Kind::Mark)
    }

    /// A sign that is a number by itself: a half, a small two.
    pub(super) fn is_numeric_mark(&self, at: usize) -> bool {
        self.is_mark(at) && self.word(at).chars().all(char::is_numeric)
    }

    /// Whether it begins with a capital letter.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// Whether nothing stands between the token before and it.
    pub(super) fn hugs(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        matches!((before, self.tokens.get(at)), (Some(before), Some(token)) if before.end() == token.start())
    }

    /// Behind the last word or number.
    pub(super) fn is_end(&self, at: usize) -> bool {
        at >= self.len()
    }

    /// The bytes from a token up to another.
    pub(super) fn bytes(&self, from: usize, to: usize) -> (usize, usize) {
        let start = self.tokens.get(from).map_or(self.text.len(), |token| token.start() as usize);
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.end() as usize);
        (start, end.max(start))
    }

    /// The first token that begins at a byte or behind it.
    pub(super) fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| (token.start() as usize) < byte)
    }
}

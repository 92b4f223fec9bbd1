//! A prescriber's text cut into numbers, words and marks.

use super::number::Decimal;

/// One part of a text, in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A number; whether it was written as a fraction (`1/2`, `½`).
    Number(Decimal, bool),
    /// A word: letters only. The dots of `q.i.d.` are gone.
    Word(String),
    /// Anything else that is not blank, and numbers that cannot be read.
    Mark(char),
}

/// A part with the end of its place in the lower-case text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) end: usize,
    /// A comma, a point or the like stands behind it.
    pub(super) stop: bool,
}

/// A mark that stands for a number which cannot be read.
pub(super) const UNREADABLE: char = '#';

/// Cuts a lower-case text.
pub(super) fn cut(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        let rest = text.get(at..).unwrap_or("");
        let (kind, used) = if c.is_ascii_digit() || (c == '.' && rest[1..].starts_with(|d: char| d.is_ascii_digit())) {
            number(rest)
        } else if let Some(part) = vulgar(c) {
            (Some(part.map_or(Kind::Mark(UNREADABLE), |n| Kind::Number(n, true))), c.len_utf8())
        } else if c.is_alphabetic() || c == '\u{b5}' {
            word(rest)
        } else if c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | '\'' | '"') {
            if let Some(last) = tokens.last_mut() {
                last.stop |= matches!(c, '.' | ',' | ';' | ':' | '\n');
            }
            (None, c.len_utf8())
        } else if rest.starts_with("(s)") {
            (None, "(s)".len())
        } else if c == '-' && in_word(text, at) {
            // "one-half" and "as-needed" are words with a hyphen, no range.
            (None, 1)
        } else {
            (Some(Kind::Mark(if matches!(c, '–' | '—') { '-' } else { c })), c.len_utf8())
        };
        at += used.max(1);
        if let Some(kind) = kind {
            tokens.push(Token { kind, end: at, stop: false });
        }
    }
    tokens
}

/// Whether a hyphen stands between two letters.
fn in_word(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + 1..).and_then(|t| t.chars().next());
    before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic)
}

fn vulgar(c: char) -> Option<Option<Decimal>> {
    let (above, below) = match c {
        '½' => (1, 2),
        '¼' => (1, 4),
        '¾' => (3, 4),
        _ => return None,
    };
    Some(Decimal::fraction(Decimal::whole(above), Decimal::whole(below)))
}

/// Digits with a point, with commas between thousands, or a fraction.
fn number(text: &str) -> (Option<Kind>, usize) {
    let digits = |t: &str| t.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    let mut written = text[..end].to_owned();
    while text[end..].starts_with(',') && digits(&text[end + 1..]) == 3 && !written.is_empty() {
        written.push_str(&text[end + 1..end + 4]);
        end += 4;
    }
    if text[end..].starts_with('.') {
        let part = digits(&text[end + 1..]);
        if part > 0 {
            written.push_str(&text[end..=end + part]);
            end += 1 + part;
        }
    } else if text[end..].starts_with('/') {
        let below = digits(&text[end + 1..]);
        if below > 0 {
            let parts = (Decimal::parse(&written), Decimal::parse(&text[end + 1..=end + below]));
            end += 1 + below;
            let whole = match parts {
                (Some(a), Some(b)) => Decimal::fraction(a, b),
                _ => None,
            };
            return (Some(whole.map_or(Kind::Mark(UNREADABLE), |n| Kind::Number(n, true))), end);
        }
    }
    (Some(Decimal::parse(&written).map_or(Kind::Mark(UNREADABLE), |n| Kind::Number(n, false))), end)
}

/// Letters; single letters with dots between them are one word (`p.o.`, `b.i.d.`).
fn word(text: &str) -> (Option<Kind>, usize) {
    let mut word = String::new();
    let mut end = 0;
    let mut run = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        if c.is_alphabetic() || c == '\u{b5}' {
            word.push(c);
            run += 1;
            end = i + c.len_utf8();
        } else if c == '.' && run == 1 && chars.peek().is_some_and(|(_, n)| n.is_alphabetic()) {
            run = 0;
        } else {
            break;
        }
    }
    (Some(Kind::Word(clinical_lexicon::spelling(&word).map_or(word, str::to_owned))), end)
}

#[cfg(test)]
mod tests {
    use super::{Kind, cut};
    use crate::directions::number::Decimal;

    #[test]
    fn shorthand_is_cut_apart() {
        let words = |t: &str| -> Vec<String> {
            cut(t)
                .into_iter()
                .map(|t| match t.kind {
                    Kind::Number(n, _) => format!("{}", n.millionths()),
                    Kind::Word(w) => w,
                    Kind::Mark(c) => c.to_string(),
                })
                .collect()
        };
        assert_eq!(words("q6h"), ["q", "6000000", "h"]);
        assert_eq!(words("500mg p.o. b.i.d."), ["500000000", "mg", "po", "bid"]);
        assert_eq!(words("1/2 tab"), ["500000", "tab"]);
        assert_eq!(words("½ tab"), ["500000", "tab"]);
        assert_eq!(words("15,000"), ["15000000000"]);
        assert_eq!(words("1,5 ml"), ["1000000", "5000000", "ml"]);
        assert_eq!(words("0.05-0.1"), ["50000", "-", "100000"]);
        assert_eq!(words("1/3 ü é. end. é"), ["#", "ü", "é", "end", "é"]);
        assert_eq!(cut("1/0"), cut("1/0"));
        assert_eq!(cut(".5").first().map(|t| t.kind.clone()), Decimal::parse("0.5").map(|n| Kind::Number(n, false)));
    }
}

//! Texts by their words: two that differ in blanks alone say the same.

use crate::marks::{SHOWN, is_hidden};
use std::borrow::Cow;

/// The words of a text. Blanks, line ends and what cannot be printed (control characters, marks that turn the
/// direction of writing, and the sign that pages write for them) stand between words and are none.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|w| !w.is_empty())
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || c == SHOWN || is_hidden(c)
}

/// Whether a text has a word in it.
pub(super) fn has_words(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_graphic()) || !text.is_ascii() && words(text).next().is_some()
}

/// Whether two texts have the same words. Most that do are the same text.
pub(super) fn same(a: &str, b: &str) -> bool {
    // A text that begins with a sign that can be seen begins with a word: other signs, other words.
    let begin = |text: &str| text.bytes().next().filter(u8::is_ascii_graphic);
    let begin_apart = matches!((begin(a), begin(b)), (Some(a), Some(b)) if a != b);
    !begin_apart && (a == b || words(a).eq(words(b)))
}

/// The words of a text with one blank between them.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    if is_folded(text.as_bytes()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for word in words(text) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

/// Whether a text of plain characters has single blanks between its words and none around them.
fn is_folded(text: &[u8]) -> bool {
    // Every byte is looked at, which is quicker than to ask at each whether to go on.
    let is_plain = text.iter().fold(true, |plain, b| plain & (b' '..=b'~').contains(b));
    let has_two = || text.iter().zip(text.iter().skip(1)).fold(false, |two, (a, b)| two | (*a == b' ' && *b == b' '));
    is_plain && !text.starts_with(b" ") && !text.ends_with(b" ") && !has_two()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_folded_has_single_blanks() {
        for (text, expected) in [
            ("", ""),
            (" ", ""),
            ("a b", "a b"),
            (" a b", "a b"),
            ("a b ", "a b"),
            ("a  b", "a b"),
            ("a\nb\u{7f}c", "a b c"),
            ("é\u{a0}\u{202e}5", "é 5"),
        ] {
            assert_eq!(folded(text), expected);
            assert_eq!(has_words(text), !expected.is_empty());
            assert!(same(text, expected));
        }
    }
}

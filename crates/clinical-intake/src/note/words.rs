//! A text as words, numbers, marks and line ends, each with its bytes. Everything that reads notes reads these.

use std::fmt;

/// What a token is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Letters, with apostrophes inside ("Crohn's").
    Word,
    /// Digits, with a point or a comma between digits ("1.2", "1,000").
    Number,
    /// One sign.
    Mark,
    /// One line end (`\n`, `\r\n` or `\r`).
    Line,
}

/// One token, in eight bytes: a note of ten megabytes has two million.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token {
    first: u32,
    /// How many bytes, and in the two lowest bits what it is.
    rest: u32,
}

/// The most bytes of one token. What is longer is several: no word is.
const LONGEST: usize = (1 << 30) - 1;

impl Token {
    const fn new(start: usize, end: usize, kind: Kind) -> Self {
        Self { first: start as u32, rest: ((end - start) as u32) << 2 | kind as u32 }
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> u32 {
        self.first
    }

    /// The byte behind the last.
    #[must_use]
    pub const fn end(self) -> u32 {
        self.first + (self.rest >> 2)
    }

    /// What it is.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self.rest & 3 {
            0 => Kind::Word,
            1 => Kind::Number,
            2 => Kind::Mark,
            _ => Kind::Line,
        }
    }

    /// Its bytes.
    pub(super) fn bytes(self, text: &str) -> &[u8] {
        text.as_bytes().get(self.start() as usize..self.end() as usize).unwrap_or_default()
    }

    /// Its text.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start() as usize..self.end() as usize).unwrap_or_default()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}({}..{})", self.kind(), self.first, self.end())
    }
}

/// What an ASCII byte is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Blank,
    Feed,
    Return,
    Digit,
    Letter,
    Sign,
    Beyond,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Beyond; 256];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'\n' => Class::Feed,
            b'\r' => Class::Return,
            b'\t' | 0x0b | 0x0c | b' ' => Class::Blank,
            b'0'..=b'9' => Class::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            _ => Class::Sign,
        };
        byte += 1;
    }
    classes
};

/// The tokens of a text, in order; blanks are between them. Linear, and by bytes: only what is not ASCII is decoded.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let class = |at: usize| bytes.get(at).map(|b| CLASSES[usize::from(*b)]);
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(first) = class(at) {
        let start = at;
        at += 1;
        let kind = match first {
            Class::Blank => continue,
            Class::Feed => Kind::Line,
            Class::Return => {
                at += usize::from(class(at) == Some(Class::Feed));
                Kind::Line
            }
            Class::Digit => {
                at = number_end(bytes, at);
                Kind::Number
            }
            Class::Letter => {
                at = word_end(text, at);
                Kind::Word
            }
            Class::Sign => Kind::Mark,
            Class::Beyond => {
                let Some(c) = char_at(text, start) else { break };
                at = start + c.len_utf8();
                if c.is_whitespace() {
                    continue;
                }
                if c.is_alphabetic() {
                    at = word_end(text, at);
                    Kind::Word
                } else {
                    Kind::Mark
                }
            }
        };
        if out.len() == out.capacity() {
            // As many as the text so far says, and a few more: twice as many would be memory for nothing. At least a
            // quarter more, so that a text that grows denser is not copied each time.
            let more = (text.len() - start) * (out.len() + 1) / (start + 1);
            out.reserve_exact((more + more / 32).max(out.len() / 4) + 16);
        }
        let mut from = start;
        while at - from > LONGEST {
            let cut = (from + 1..=from + LONGEST).rev().find(|cut| text.is_char_boundary(*cut)).unwrap_or(at);
            out.push(Token::new(from, cut, kind));
            from = cut;
        }
        out.push(Token::new(from, at, kind));
    }
    out
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// Where the digits end that go on at `at`.
fn number_end(bytes: &[u8], mut at: usize) -> usize {
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    while digit(at) || matches!(bytes.get(at), Some(b'.' | b',')) && digit(at + 1) {
        at += 1;
    }
    at
}

/// How many of eight bytes, the lowest first, are ASCII letters before the first that is none.
const fn letters(bytes: u64) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let small = (bytes | (EACH * 0x20)) & (EACH * 0x7f);
    // The highest bit of a byte tells: from "a" on, behind "z", beyond ASCII.
    let from_a = small + EACH * (0x80 - b'a' as u64);
    let behind_z = small + EACH * (0x7f - b'z' as u64);
    let others = !(from_a & !behind_z & !bytes) & (EACH * 0x80);
    others.trailing_zeros() as usize / 8
}

/// Where the word ends that goes on at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    let letter = |at: usize| match bytes.get(at) {
        Some(b) if b.is_ascii() => b.is_ascii_alphabetic(),
        Some(_) => char_at(text, at).is_some_and(char::is_alphabetic),
        None => false,
    };
    loop {
        // Eight bytes at a time: most words end within them.
        while let Some(part) = bytes.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()) {
            let letters = letters(u64::from_le_bytes(part));
            at += letters;
            if letters < part.len() {
                break;
            }
        }
        match bytes.get(at) {
            Some(b) if b.is_ascii_alphabetic() => at += 1,
            Some(b'\'') if letter(at + 1) => at += 1,
            Some(b) if !b.is_ascii() => match char_at(text, at) {
                Some(c) if c.is_alphabetic() => at += c.len_utf8(),
                Some('\u{2019}') if letter(at + 3) => at += 3,
                _ => return at,
            },
            _ => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, letters, tokens};

    fn read(text: &str) -> Vec<(&str, Kind)> {
        tokens(text).iter().map(|t| (t.text(text), t.kind())).collect()
    }

    #[test]
    fn letters_are_counted_up_to_the_first_other_byte() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut bytes = *b"aZzAmQbY";
                bytes[at] = byte;
                let told = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
                assert_eq!(letters(u64::from_le_bytes(bytes)), told, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn words_numbers_marks_and_lines() {
        use Kind::{Line, Mark, Number, Word};
        assert_eq!(
            read("Crohn's 1,000.5 mg.\r\n\t\u{a0}d\u{e9}j\u{e0}\rO\u{2019}Neil 5."),
            [
                ("Crohn's", Word),
                ("1,000.5", Number),
                ("mg", Word),
                (".", Mark),
                ("\r\n", Line),
                ("d\u{e9}j\u{e0}", Word),
                ("\r", Line),
                ("O\u{2019}Neil", Word),
                ("5", Number),
                (".", Mark),
            ]
        );
        assert_eq!(
            read("it' \u{2019}s \u{2022}x"),
            [("it", Word), ("'", Mark), ("\u{2019}", Mark), ("s", Word), ("\u{2022}", Mark), ("x", Word)]
        );
        assert_eq!(read("a1b"), [("a", Word), ("1", Number), ("b", Word)]);
        assert!(read("").is_empty());
    }
}

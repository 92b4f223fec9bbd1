//! Text cut into words, numbers and signs, each with what the lists say of it.

use crate::words::{Flags, Keyer, flags_of, fold};

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "smith".
    Lower,
    /// "Smith".
    Title,
    /// "SMITH", of two letters or more.
    Upper,
    /// "McDonald", "DeShawn", "eGFR".
    Camel,
    /// "J": one capital letter.
    Initial,
    /// "don't": a word shortened by an apostrophe.
    Contraction,
    /// "2019": ASCII digits only. Its key is its value.
    Number,
    /// "5th", "A1c", "98yo", "12345XJ": letters and digits.
    Mixed,
    /// "'s" behind a word.
    Possessive,
    /// One sign. Its key is its code point.
    Sign,
}

/// What stands between a token and the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// One or two spaces of any sort.
    Space,
    /// A tab or three spaces or more: a column.
    Wide,
    /// A line end.
    Line,
    /// An empty line.
    Blank,
}

/// One word, number or sign.
#[derive(Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) key: u64,
    pub(crate) flags: Flags,
    /// The number of its line, from zero.
    pub(crate) line: u32,
    pub(crate) form: Form,
    pub(crate) gap: Gap,
}

impl Token {
    /// Its length in bytes.
    pub(crate) const fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Is it made of letters alone?
    pub(crate) const fn is_word(&self) -> bool {
        matches!(self.form, Form::Lower | Form::Title | Form::Upper | Form::Camel | Form::Initial | Form::Contraction)
    }

    /// Is it that sign?
    pub(crate) const fn is_sign(&self, sign: char) -> bool {
        matches!(self.form, Form::Sign) && self.key == sign as u64
    }

    /// A hyphen or dash of any sort.
    pub(crate) fn is_dash(&self) -> bool {
        self.form == Form::Sign
            && matches!(
                char::from_u32(self.key as u32),
                Some('-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
            )
    }

    /// Is it digits only, that many?
    pub(crate) fn is_number(&self, digits: std::ops::RangeInclusive<usize>) -> bool {
        self.form == Form::Number && digits.contains(&self.len())
    }

    /// Does it begin with a capital letter (or is one)?
    pub(crate) const fn is_capital(&self) -> bool {
        matches!(self.form, Form::Title | Form::Upper | Form::Initial)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Byte {
    Sign,
    Lower,
    Upper,
    Digit,
    Space,
    Line,
    Outside,
}

const BYTES: [Byte; 256] = {
    let mut table = [Byte::Sign; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'a'..=b'z' => Byte::Lower,
            b'A'..=b'Z' => Byte::Upper,
            b'0'..=b'9' => Byte::Digit,
            b' ' | b'\t' | 0x0b | 0x0c => Byte::Space,
            b'\n' | b'\r' => Byte::Line,
            0x80..=0xff => Byte::Outside,
            _ => Byte::Sign,
        };
        b += 1;
    }
    table
};

/// For each byte what it adds to the counts of a word: nothing stands for no letter or digit, the high bit for a small
/// letter, one for a capital, one in the upper half for a digit.
const COUNTS: [u32; 256] = {
    let mut table = [0; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match BYTES[b] {
            Byte::Lower => 0x8000_0000,
            Byte::Upper => 1,
            Byte::Digit => 0x1_0000,
            _ => 0,
        };
        b += 1;
    }
    table
};

/// What a character outside ASCII is to the reader.
enum Outside {
    /// Belongs to the word it stands in and counts for nothing: a combining mark, soft hyphen, zero-width sign.
    Silent,
    Upper,
    Lower,
    Space,
    Line,
    Apostrophe,
    Sign,
}

fn outside(c: char) -> Outside {
    match c {
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2060}'
        | '\u{feff}'
        | '\u{300}'..='\u{36f}'
        | '\u{1dc0}'..='\u{1dff}' => Outside::Silent,
        '\u{2019}' | '\u{2bb}' | '\u{2bc}' | '\u{2018}' | '\u{ff07}' => Outside::Apostrophe,
        '\u{2028}' | '\u{2029}' | '\u{85}' => Outside::Line,
        c if c.is_whitespace() => Outside::Space,
        c if c.is_uppercase() => Outside::Upper,
        c if c.is_alphabetic() => Outside::Lower,
        _ => Outside::Sign,
    }
}

/// Cuts `text` into tokens and hands each to `each`. Linear; `text` is shorter than 4 GiB (the caller cuts it).
pub(crate) fn tokens(text: &str, into: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaces = Spaces::default();
    while at < bytes.len() {
        let start = at;
        match BYTES[usize::from(bytes[at])] {
            Byte::Space => {
                spaces.space(bytes[at] == b'\t');
                at += 1;
            }
            Byte::Line => {
                at += if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
                spaces.line();
            }
            Byte::Lower | Byte::Upper | Byte::Digit => {
                let token = word(text, start, &mut at);
                into.push(spaces.place(token));
                at = possessive(text, at, into, spaces.lines);
            }
            // An escaped quote is a quote.
            Byte::Sign if bytes[at] == b'\\' && bytes.get(at + 1) == Some(&b'"') => at += 1,
            // "\\n" in a string of JSON is a line end.
            Byte::Sign if bytes[at] == b'\\' && escape(bytes, at).is_some() => {
                at = escape(bytes, at).unwrap_or(at + 1);
                spaces.line();
            }
            Byte::Sign => {
                at += 1;
                into.push(spaces.place(sign(start, at, u64::from(bytes[start]))));
            }
            Byte::Outside => {
                let Some(c) = text[at..].chars().next() else { break };
                match outside(c) {
                    Outside::Silent => at += c.len_utf8(),
                    Outside::Space => {
                        at += c.len_utf8();
                        spaces.space(false);
                    }
                    Outside::Line => {
                        at += c.len_utf8();
                        spaces.line();
                    }
                    Outside::Upper | Outside::Lower => {
                        let token = word(text, start, &mut at);
                        into.push(spaces.place(token));
                        at = possessive(text, at, into, spaces.lines);
                    }
                    Outside::Apostrophe => {
                        at += c.len_utf8();
                        into.push(spaces.place(sign(start, at, u64::from(b'\''))));
                    }
                    Outside::Sign => {
                        at += c.len_utf8();
                        into.push(spaces.place(sign(start, at, c as u64)));
                    }
                }
            }
        }
    }
}

/// The byte behind an escaped line end or tab ("\\n", "\\r\\n", "\\\\t"), if one stands at `at`.
fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    let slashes = bytes[at..].iter().take(4).take_while(|b| **b == b'\\').count();
    match bytes.get(at + slashes) {
        Some(b'r') if bytes.get(at + slashes + 1) == Some(&b'\\') => Some(at + slashes + 1),
        Some(b'n' | b'r' | b't') => Some(at + slashes + 1),
        _ => None,
    }
}

/// The letter that "\\u00e9" stands for, and the byte behind it.
fn escaped_letter(bytes: &[u8], at: usize) -> Option<(char, usize)> {
    let hex = bytes.get(at..at + 6)?;
    if hex[0] != b'\\' || hex[1] != b'u' {
        return None;
    }
    let code = std::str::from_utf8(&hex[2..]).ok().and_then(|h| u32::from_str_radix(h, 16).ok())?;
    char::from_u32(code).filter(|c| c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(c)).map(|c| (c, at + 6))
}

/// What stood between the last token and here.
#[derive(Default)]
struct Spaces {
    spaces: u32,
    tab: bool,
    ends: u32,
    lines: u32,
}

impl Spaces {
    fn space(&mut self, tab: bool) {
        self.spaces += 1;
        self.tab |= tab;
    }

    fn line(&mut self) {
        self.ends += 1;
        self.lines += 1;
    }

    fn place(&mut self, mut token: Token) -> Token {
        token.gap = match (self.ends, self.spaces) {
            (0, 0) => Gap::None,
            (0, 3..) => Gap::Wide,
            (0, _) if self.tab => Gap::Wide,
            (0, _) => Gap::Space,
            (1, _) => Gap::Line,
            _ => Gap::Blank,
        };
        token.line = self.lines;
        (self.spaces, self.tab, self.ends) = (0, false, 0);
        token
    }
}

fn sign(start: usize, end: usize, key: u64) -> Token {
    Token { start: start as u32, end: end as u32, key, flags: Flags::NONE, line: 0, form: Form::Sign, gap: Gap::None }
}

/// Letters and digits read so far.
struct Run {
    keyer: Keyer,
    upper: u32,
    lower: u32,
    digits: u32,
    first_upper: bool,
    contraction: bool,
    joined: bool,
    /// The end of the last letter or digit: silent signs at the end of a word do not belong to it.
    end: usize,
}

/// Reads letters and digits from `start` on; moves `at` behind them.
#[inline]
fn word(text: &str, start: usize, at: &mut usize) -> Token {
    let bytes = text.as_bytes();
    let mut keyer = Keyer::new();
    // Counts of capitals and digits in one number, sixteen bits each; longer runs are rare and counted again.
    let mut counts = 0u32;
    let mut i = start;
    // The common case: ASCII letters and digits up to a space or sign.
    for &byte in bytes.get(start..bytes.len().min(start + 0x1000)).unwrap_or(&[]) {
        let count = COUNTS[usize::from(byte)];
        if count == 0 {
            break;
        }
        counts += count & 0x7fff_7fff;
        // Sets the bit that makes a capital small; digits have it.
        keyer = keyer.add(byte | 0x20);
        i += 1;
    }
    let (upper, digits) = (counts & 0xffff, counts >> 16);
    let last = bytes.get(i).map_or(Byte::Space, |b| BYTES[usize::from(*b)]);
    let all = (i - start) as u32;
    let mut run = Run {
        keyer,
        upper,
        lower: all - upper - digits,
        digits,
        first_upper: bytes.get(start).is_some_and(u8::is_ascii_uppercase),
        contraction: false,
        joined: false,
        end: i,
    };
    *at = i;
    let goes_on = match last {
        Byte::Outside | Byte::Lower | Byte::Upper | Byte::Digit => true,
        Byte::Sign => matches!(bytes[i], b'\'' | b'\\'),
        _ => false,
    };
    if goes_on {
        longer(text, at, &mut run);
    }
    finish(text, start, &run)
}

/// Reads on where the word is not of ASCII letters alone, or has an apostrophe or an escape.
#[cold]
fn longer(text: &str, at: &mut usize, run: &mut Run) {
    let bytes = text.as_bytes();
    while let Some(&byte) = bytes.get(*at) {
        match BYTES[usize::from(byte)] {
            class @ (Byte::Lower | Byte::Upper | Byte::Digit) => {
                run.first_upper |= class == Byte::Upper && run.upper + run.lower + run.digits == 0;
                run.keyer = run.keyer.add(byte | 0x20);
                run.upper += u32::from(class == Byte::Upper);
                run.lower += u32::from(class == Byte::Lower);
                run.digits += u32::from(class == Byte::Digit);
                *at += 1;
                run.end = *at;
            }
            Byte::Sign if byte == b'\\' => {
                let Some((c, behind)) = escaped_letter(bytes, *at) else { break };
                letter(run, c);
                *at = behind;
                run.end = behind;
            }
            Byte::Sign if byte == b'\'' => {
                if !joins(text, *at + 1, run) {
                    break;
                }
                *at += 1;
            }
            Byte::Outside => {
                let Some(c) = text[*at..].chars().next() else { break };
                match outside(c) {
                    Outside::Silent => {
                        *at += c.len_utf8();
                        if ('\u{300}'..='\u{36f}').contains(&c) {
                            run.end = *at;
                        }
                    }
                    Outside::Upper | Outside::Lower => {
                        letter(run, c);
                        *at += c.len_utf8();
                        run.end = *at;
                    }
                    Outside::Apostrophe => {
                        if !joins(text, *at + c.len_utf8(), run) {
                            break;
                        }
                        *at += c.len_utf8();
                    }
                    _ => break,
                }
            }
            _ => break,
        }
    }
}

/// One more letter that is not ASCII.
fn letter(run: &mut Run, c: char) {
    fold(c, |b| run.keyer = run.keyer.add(b));
    if c.is_uppercase() {
        run.first_upper |= run.upper + run.lower + run.digits == 0;
        run.upper += 1;
    } else if c.is_alphabetic() {
        run.lower += 1;
    }
}

/// Does the word go on behind the apostrophe?
fn joins(text: &str, after: usize, run: &mut Run) -> bool {
    if run.upper + run.lower == 0 {
        return false;
    }
    match apostrophe(text, after) {
        Apostrophe::Joins => run.joined = true,
        Apostrophe::Contracts => run.contraction = true,
        Apostrophe::Ends => return false,
    }
    true
}

fn finish(text: &str, start: usize, run: &Run) -> Token {
    let form = match (run.upper, run.lower, run.digits) {
        _ if run.contraction => Form::Contraction,
        (0, 0, _) => Form::Number,
        (_, _, 1..) => Form::Mixed,
        (0, ..) => Form::Lower,
        (1, 0, 0) => Form::Initial,
        (_, 0, 0) => Form::Upper,
        (1, _, 0) if run.first_upper => Form::Title,
        // "O'Brien" and "D'Angelo" are written as names are.
        (2, _, 0) if run.first_upper && run.joined => Form::Title,
        _ => Form::Camel,
    };
    let (key, flags) = if form == Form::Number {
        let digits = text.as_bytes()[start..run.end].iter().filter(|b| b.is_ascii_digit());
        (digits.fold(0u64, |value, b| value.saturating_mul(10).saturating_add(u64::from(b - b'0'))), Flags::NONE)
    } else {
        let key = run.keyer.finish();
        (key, flags_of(key))
    };
    Token { start: start as u32, end: run.end as u32, key, flags, line: 0, form, gap: Gap::None }
}

enum Apostrophe {
    /// The word goes on: "O'Brien".
    Joins,
    /// "don't", "she'll".
    Contracts,
    /// "Smith's", or no letter follows.
    Ends,
}

fn apostrophe(text: &str, after: usize) -> Apostrophe {
    let letters = text.as_bytes()[after..].iter().take(4).take_while(|b| b.is_ascii_alphabetic()).count();
    let outside = text.as_bytes().get(after + letters).is_some_and(|b| !b.is_ascii());
    let tail = &text.as_bytes()[after..after + letters];
    match tail {
        [] if !outside => Apostrophe::Ends,
        [b's' | b'S'] if !outside => Apostrophe::Ends,
        [a] if !outside && matches!(a.to_ascii_lowercase(), b't' | b'd' | b'm') => Apostrophe::Contracts,
        [a, b] if !outside && matches!(&[a.to_ascii_lowercase(), b.to_ascii_lowercase()], b"ll" | b"re" | b"ve") => {
            Apostrophe::Contracts
        }
        _ => Apostrophe::Joins,
    }
}

/// Reads "'s" behind a word.
#[inline]
fn possessive(text: &str, at: usize, into: &mut Vec<Token>, line: u32) -> usize {
    match text.as_bytes().get(at) {
        Some(b'\'' | 0xe2) => owned(text, at, into, line),
        _ => at,
    }
}

fn owned(text: &str, at: usize, into: &mut Vec<Token>, line: u32) -> usize {
    let rest = &text.as_bytes()[at..];
    let length = match rest {
        [b'\'', ..] => 1,
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => return at,
    };
    match rest.get(length) {
        Some(b's' | b'S') if !rest.get(length + 1).is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) => {
            let mut token = sign(at, at + length + 1, u64::from(b'\''));
            token.form = Form::Possessive;
            token.line = line;
            into.push(token);
            at + length + 1
        }
        _ => at,
    }
}

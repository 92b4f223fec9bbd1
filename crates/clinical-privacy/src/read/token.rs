//! Text cut into words, numbers and signs, each with what the lists say of it.

use super::eight::Eight;
use crate::words::{Flags, Keyer, fold};

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
    /// The row of its flags among all that lists and classes say of words.
    pub(crate) row: u16,
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
        // Both asked: whether a sign stands there is harder to foretell than whether it is that one.
        (self.key == sign as u64) & matches!(self.form, Form::Sign)
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

/// Cuts `text` into tokens, without what the lists say of them. Linear; `text` is shorter than 4 GiB (the caller cuts it).
pub(crate) fn tokens(text: &str, into: &mut Vec<Token>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut spaces = Spaces::default();
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let class = BYTES[usize::from(byte)];
        if matches!(class, Byte::Lower | Byte::Upper | Byte::Digit) {
            let plain = Plain::read(bytes, start);
            if plain.may_go_on() {
                at = other(text, start, into, &mut spaces);
                continue;
            }
            let form = plain.form();
            let key = if form == Form::Number { value(&bytes[start..plain.end]) } else { plain.keyer.finish() };
            into.push(spaces.place(start, plain.end, key, form));
            at = plain.end;
            // Nearly always.
            if plain.behind == b' ' {
                spaces.between = Between::Space;
                at += 1;
            }
            continue;
        }
        match class {
            Byte::Space => {
                spaces.space(byte == b'\t');
                at += 1;
            }
            Byte::Line => {
                at += if byte == b'\r' && bytes.get(at + 1) == Some(&b'\n') { 2 } else { 1 };
                spaces.line();
            }
            // An escaped quote is a quote.
            Byte::Sign if byte == b'\\' && bytes.get(at + 1) == Some(&b'"') => at += 1,
            // "\\n" in a string of JSON is a line end.
            Byte::Sign if byte == b'\\' && escape(bytes, at).is_some() => {
                at = escape(bytes, at).unwrap_or(at + 1);
                spaces.line();
            }
            Byte::Outside => {
                let Some(c) = text[at..].chars().next() else { break };
                at += c.len_utf8();
                match outside(c) {
                    Outside::Silent => {}
                    Outside::Space => spaces.space(false),
                    Outside::Line => spaces.line(),
                    Outside::Upper | Outside::Lower => at = other(text, start, into, &mut spaces),
                    Outside::Apostrophe => into.push(spaces.place(start, at, u64::from(b'\''), Form::Sign)),
                    Outside::Sign => into.push(spaces.place(start, at, c as u64, Form::Sign)),
                }
            }
            _ => {
                at += 1;
                into.push(spaces.place(start, at, u64::from(byte), Form::Sign));
            }
        }
    }
}

/// Reads a word that is not of ASCII letters and digits alone, or may not be, with the "'s" behind it; where it ends.
#[cold]
fn other(text: &str, start: usize, into: &mut Vec<Token>, spaces: &mut Spaces) -> usize {
    let mut at = start;
    let mut run = Run::default();
    longer(text, &mut at, &mut run);
    let form = run.form();
    let key = if form == Form::Number { value(&text.as_bytes()[start..run.end]) } else { run.keyer.finish() };
    into.push(spaces.place(start, run.end, key, form));
    possessive(text, at, into, spaces)
}

/// A word of ASCII letters and digits.
struct Plain {
    keyer: Keyer,
    end: usize,
    /// The byte behind it; nought at the end of the text.
    behind: u8,
    /// Of what sort its letters and digits are: the place of its form in `FORMS`.
    sorts: usize,
}

const LOWER: usize = 1;
const DIGIT: usize = 2;
/// A capital.
const CAPITAL: usize = 4;
/// Two capitals or more.
const CAPITALS: usize = 8;
/// The first is a capital.
const FIRST: usize = 16;

impl Plain {
    /// Reads from a letter or digit on, eight bytes at once.
    #[inline]
    fn read(bytes: &[u8], start: usize) -> Self {
        let mut eight = Eight::at(bytes, start);
        let mut end = start + eight.length as usize;
        let mut keyer = Keyer::new().add_first(eight.folded(), eight.length);
        let (mut small, mut capitals, mut digits) = (eight.small, eight.capitals, eight.digits);
        let first = capitals & 0x80;
        let mut several = capitals & capitals.wrapping_sub(1);
        while eight.length == 8 {
            eight = Eight::at(bytes, end);
            end += eight.length as usize;
            keyer = keyer.add_first(eight.folded(), eight.length);
            let more = eight.capitals & eight.capitals.wrapping_sub(1);
            several |= if capitals == 0 { more } else { eight.capitals };
            (small, capitals, digits) = (small | eight.small, capitals | eight.capitals, digits | eight.digits);
        }
        let sorts = (usize::from(small != 0) * LOWER)
            | (usize::from(digits != 0) * DIGIT)
            | (usize::from(capitals != 0) * CAPITAL)
            | (usize::from(several != 0) * CAPITALS)
            | (usize::from(first != 0) * FIRST);
        Self { keyer, end, behind: eight.behind(), sorts }
    }

    const fn form(&self) -> Form {
        FORMS[self.sorts & 31]
    }

    /// May the word go on behind its ASCII letters, or have an "'s"?
    #[inline]
    const fn may_go_on(&self) -> bool {
        self.behind == b'\'' || self.behind == b'\\' || self.behind >= 0x80
    }
}

/// The form of a word by its sorts of letters and digits.
const FORMS: [Form; 32] = {
    let mut forms = [Form::Number; 32];
    let mut sorts = 0;
    while sorts < 32 {
        forms[sorts] = form(
            (sorts & CAPITAL != 0) as u32 + (sorts & CAPITALS != 0) as u32,
            sorts & LOWER != 0,
            sorts & DIGIT != 0,
            sorts & FIRST != 0,
        );
        sorts += 1;
    }
    forms
};

/// The form of a word with so many capitals.
const fn form(capitals: u32, lower: bool, digits: bool, first: bool) -> Form {
    match (capitals, lower, digits) {
        (0, false, _) => Form::Number,
        (_, _, true) => Form::Mixed,
        (0, ..) => Form::Lower,
        (1, false, _) => Form::Initial,
        (_, false, _) => Form::Upper,
        (1, ..) if first => Form::Title,
        _ => Form::Camel,
    }
}

/// What a number says.
fn value(number: &[u8]) -> u64 {
    let digits = number.iter().filter(|b| b.is_ascii_digit());
    digits.fold(0u64, |value, b| value.saturating_mul(10).saturating_add(u64::from(b - b'0')))
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
    between: Between,
    lines: u32,
}

#[derive(Clone, Copy, Default)]
enum Between {
    #[default]
    Nothing,
    Space,
    Spaces,
    Column,
    Line,
    Blank,
}

impl Spaces {
    #[inline]
    fn space(&mut self, tab: bool) {
        self.between = match self.between {
            Between::Nothing | Between::Space | Between::Spaces if tab => Between::Column,
            Between::Nothing => Between::Space,
            Between::Space => Between::Spaces,
            Between::Spaces => Between::Column,
            other => other,
        };
    }

    #[inline]
    fn line(&mut self) {
        self.lines += 1;
        self.between = match self.between {
            Between::Line | Between::Blank => Between::Blank,
            _ => Between::Line,
        };
    }

    /// The next token, behind what stood there.
    #[inline]
    fn place(&mut self, start: usize, end: usize, key: u64, form: Form) -> Token {
        const GAPS: [Gap; 6] = [Gap::None, Gap::Space, Gap::Space, Gap::Wide, Gap::Line, Gap::Blank];
        let gap = GAPS[std::mem::take(&mut self.between) as usize];
        let (start, end) = (start as u32, end as u32);
        Token { start, end, key, flags: Flags::NONE, line: self.lines, form, gap, row: 0 }
    }
}

/// Letters and digits read so far.
#[derive(Default)]
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

impl Run {
    fn form(&self) -> Form {
        match (self.upper, self.lower, self.digits) {
            _ if self.contraction => Form::Contraction,
            // "O'Brien" and "D'Angelo" are written as names are.
            (2, 1.., 0) if self.first_upper && self.joined => Form::Title,
            (upper, lower, digits) => form(upper, lower > 0, digits > 0, self.first_upper),
        }
    }
}

/// Reads letters and digits of any sort, over apostrophes and escapes.
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
fn possessive(text: &str, at: usize, into: &mut Vec<Token>, spaces: &mut Spaces) -> usize {
    let rest = &text.as_bytes()[at..];
    let length = match rest {
        [b'\'', ..] => 1,
        [0xe2, 0x80, 0x99, ..] => 3,
        _ => return at,
    };
    match rest.get(length) {
        Some(b's' | b'S') if !rest.get(length + 1).is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii()) => {
            into.push(spaces.place(at, at + length + 1, u64::from(b'\''), Form::Possessive));
            at + length + 1
        }
        _ => at,
    }
}

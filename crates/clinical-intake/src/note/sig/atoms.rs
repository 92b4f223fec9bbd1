//! Tokens joined to what a prescriber writes as one: `p.o.`, `1/2`, `1 1/2`, `.5`, `½`. Words in lower case, misspelled
//! ones put right; each with its own bytes.

use crate::note::words::{Kind, Token};
use clinical_lexicon::{Begins, Lexicon, spelling};
use std::borrow::Cow;
use std::ops::Range;

/// One part of a text.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Atom<'t> {
    /// Its bytes.
    pub(crate) span: Range<usize>,
    /// What it is.
    pub(crate) what: What<'t>,
    /// Nothing stands between it and the atom before.
    pub(crate) is_glued: bool,
    /// The lists of directions of which it begins a phrase.
    pub(crate) begins: Begins,
}

/// What an atom is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum What<'t> {
    /// A number in digits, in millionths; `None` where it cannot be read ("1,5", "160/4.5").
    Number(Option<u64>),
    /// A word, lower case, without points.
    Word(Cow<'t, str>),
    /// One sign.
    Mark(char),
}

impl Atom<'_> {
    /// The word, where it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        if let What::Word(w) = &self.what { Some(w) } else { None }
    }

    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.what == What::Mark(mark)
    }
}

/// One, in millionths.
pub(crate) const ONE: u64 = 1_000_000;

/// Decimal text in millionths: exact, and never floating point. Commas are read between thousands only.
pub(crate) fn millionths(text: &str) -> Option<u64> {
    let digits = if text.contains(',') { Cow::Owned(thousands(text)?) } else { Cow::Borrowed(text) };
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let plain = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    let part = part.trim_end_matches('0');
    if (whole.is_empty() && part.is_empty()) || whole.len() > 9 || part.len() > 6 || !plain(whole) || !plain(part) {
        return None;
    }
    let value = |t: &str| t.bytes().fold(0u64, |n, b| n * 10 + u64::from(b.saturating_sub(b'0')));
    Some(value(whole) * ONE + value(part) * (part.len()..6).fold(1, |n, _| n * 10))
}

fn thousands(text: &str) -> Option<String> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(w, p)| (w, Some(p)));
    let mut groups = whole.split(',');
    let first = groups.next().filter(|g| (1..=3).contains(&g.len()) && !g.starts_with('0'))?;
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        joined.push_str(group);
    }
    if let Some(part) = part {
        joined.push('.');
        joined.push_str(part);
    }
    Some(joined)
}

fn vulgar(c: char) -> Option<u64> {
    match c {
        '½' => Some(ONE / 2),
        '¼' => Some(ONE / 4),
        '¾' => Some(3 * ONE / 4),
        _ => None,
    }
}

/// Whether the numbers above and below a stroke are a part of a piece, and not two strengths ("5/325") or a pressure.
fn fraction(above: &str, below: &str) -> Option<u64> {
    match (above, below) {
        ("1", "2") => Some(ONE / 2),
        ("1", "4") => Some(ONE / 4),
        ("3", "4") => Some(3 * ONE / 4),
        _ => None,
    }
}

/// Reads the tokens of a span.
pub(crate) fn atoms<'t>(text: &'t str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Atom<'t>> {
    let mut out: Vec<Atom<'t>> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let (start, mut end) = (token.start() as usize, token.end() as usize);
        let glued = |i: usize, to: usize| tokens.get(i).filter(|t| t.start() as usize == to);
        let said = token.text(text);
        let mut used = 1;
        let what = match token.kind() {
            Kind::Line => {
                at += 1;
                continue;
            }
            Kind::Word => {
                let mut word = if said.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
                    Cow::Borrowed(said)
                } else if said.is_ascii() {
                    Cow::Owned(said.to_ascii_lowercase())
                } else if said.chars().any(char::is_uppercase) {
                    Cow::Owned(said.to_lowercase())
                } else {
                    Cow::Borrowed(said)
                };
                if said.len() == 1 {
                    // Single letters with points between them.
                    let mut next = at + 1;
                    while let (Some(dot), Some(letter)) = (glued(next, end), tokens.get(next + 1)) {
                        let is_dot = dot.kind() == Kind::Mark && dot.text(text) == ".";
                        let joins =
                            letter.kind() == Kind::Word && letter.start() == dot.end() && letter.text(text).len() == 1;
                        if !(is_dot && joins) {
                            break;
                        }
                        word.to_mut().push_str(&letter.text(text).to_lowercase());
                        end = letter.end() as usize;
                        next += 2;
                    }
                    if next > at + 1
                        && let Some(dot) = glued(next, end).filter(|t| t.kind() == Kind::Mark && t.text(text) == ".")
                    {
                        end = dot.end() as usize;
                        next += 1;
                    }
                    used = next - at;
                }
                What::Word(spelling(&word).map_or(word, Cow::Borrowed))
            }
            Kind::Number => {
                let mut value = millionths(said);
                let point = |a: &Atom<'_>| a.is_mark('.') && a.span.end == start;
                let before = out.last().is_some_and(point)
                    && out.len().checked_sub(2).is_none_or(|i| {
                        out.get(i).is_none_or(|b| b.span.end + 1 < start || matches!(b.what, What::Mark(_)))
                    });
                let mut begin = start;
                if before && !said.contains(['.', ',']) {
                    begin = start - 1;
                    value = text.get(begin..end).and_then(millionths);
                    out.pop();
                }
                let stroke = glued(at + 1, end).filter(|t| t.kind() == Kind::Mark && t.text(text) == "/");
                let below = stroke.and_then(|s| glued(at + 2, s.end() as usize)).filter(|t| t.kind() == Kind::Number);
                if let Some(below) = below {
                    value = fraction(text.get(begin..end).unwrap_or_default(), below.text(text));
                    end = below.end() as usize;
                    used = 3;
                    // A third number makes it a date or a combination.
                    if glued(at + 3, end).is_some_and(|t| t.kind() == Kind::Mark && t.text(text) == "/") {
                        value = None;
                    }
                } else if let Some(half) = glued(at + 1, end).and_then(|t| vulgar(t.text(text).chars().next()?)) {
                    value = value.map(|v| v.saturating_add(half));
                    end = tokens.get(at + 1).map_or(end, |t| t.end() as usize);
                    used = 2;
                }
                out.push(Atom { span: begin..end, what: What::Number(value), is_glued: false, begins: Begins::NONE });
                mixed(text, &mut out);
                glue(&mut out);
                at += used;
                continue;
            }
            Kind::Mark => {
                let sign = said.chars().next().unwrap_or(' ');
                match (sign, vulgar(sign)) {
                    (_, Some(part)) => What::Number(Some(part)),
                    ('\u{b5}', _) => What::Word(Cow::Borrowed("µ")),
                    ('–' | '—' | '−' | '\u{2010}' | '\u{2011}', _) => What::Mark('-'),
                    _ => What::Mark(sign),
                }
            }
        };
        let is_part = matches!(what, What::Number(_));
        let begins = if let What::Word(word) = &what { lexicon.begins(word) } else { Begins::NONE };
        out.push(Atom { span: start..end, what, is_glued: false, begins });
        if is_part {
            mixed(text, &mut out);
        }
        glue(&mut out);
        at += used;
    }
    out
}

fn glue(out: &mut [Atom<'_>]) {
    if let [.., before, last] = out {
        last.is_glued = before.span.end == last.span.start;
    }
}

/// "1 1/2": a whole number and a part behind a blank are one number.
fn mixed(text: &str, out: &mut Vec<Atom<'_>>) {
    let [.., before, last] = out.as_mut_slice() else { return };
    let (What::Number(Some(whole)), What::Number(Some(part))) = (&before.what, &last.what) else { return };
    let is_part = text.get(last.span.clone()).is_some_and(|t| t.len() <= 3 && (t.contains('/') || !t.is_ascii()));
    let written = is_part && *part < ONE && before.span.end < last.span.start;
    if written && whole.is_multiple_of(ONE) && *whole > 0 && *whole < 100 * ONE {
        before.what = What::Number(Some(whole + part));
        before.span.end = last.span.end;
        out.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::words::tokens;

    fn read(text: &str) -> Vec<String> {
        let shown = |a: &Atom<'_>| match &a.what {
            What::Number(Some(n)) => n.to_string(),
            What::Number(None) => "?".to_owned(),
            What::Word(w) => w.to_string(),
            What::Mark(c) => c.to_string(),
        };
        atoms(text, &tokens(text), Lexicon::english().unwrap()).iter().map(shown).collect()
    }

    #[test]
    fn what_is_written_as_one_is_one() {
        assert_eq!(read("1 tab p.o. b.i.d."), ["1000000", "tab", "po", "bid"]);
        assert_eq!(read("1/2 tab"), ["500000", "tab"]);
        assert_eq!(read("1 1/2 tabs, 1½ tabs"), ["1500000", "tabs", ",", "1500000", "tabs"]);
        assert_eq!(read(".5 mg"), ["500000", "mg"]);
        assert_eq!(read("0.125"), ["125000"]);
        assert_eq!(read("1,000 mg 1,5 mg"), ["1000000000", "mg", "?", "mg"]);
        assert_eq!(read("5/325 160/4.5 120/80"), ["?", "?", "?"]);
        assert_eq!(read("daily. 5"), ["daily", ".", "5000000"]);
        assert_eq!(read("tabelt dialy"), ["tablet", "daily"]);
        assert_eq!(read("1 2"), ["1000000", "2000000"]);
        assert_eq!(read("5 .5"), ["5000000", "500000"]);
    }
}

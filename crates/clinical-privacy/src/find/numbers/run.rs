//! A code as it is written: letters and digits with signs between and no space.

use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// What a part of a code is made of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::find) enum Made {
    Digits,
    Letters,
    Mixed,
}

/// One stretch of letters or digits.
#[derive(Clone, Copy)]
pub(in crate::find) struct Part {
    pub(in crate::find) made: Made,
    pub(in crate::find) len: usize,
    /// Its token.
    pub(in crate::find) at: usize,
    /// The sign before it; a space where there is none.
    pub(in crate::find) sign: char,
}

/// More parts than this make no code that is told by its form.
pub(in crate::find) const MOST: usize = 12;

/// A code's parts and its bounds in tokens.
#[derive(Clone, Copy)]
pub(in crate::find) struct Run {
    pub(super) parts: [Part; MOST],
    pub(super) count: usize,
    pub(in crate::find) first: usize,
    pub(in crate::find) end: usize,
    pub(in crate::find) digits: usize,
    pub(in crate::find) letters: usize,
    /// The longest row of digits.
    pub(in crate::find) longest: usize,
}

/// A letter run longer than this in front of digits is a word, no prefix.
const PREFIX: usize = 8;

impl Run {
    /// The code that begins at a token, as far as it goes without a space. A dash may be followed by a line end.
    pub(in crate::find) fn read(page: &Page<'_>, first: usize) -> Option<Self> {
        Self::joined(page, first, |_| true)
    }

    /// As `read`, over dashes and underscores alone: what a code with no label may hold.
    pub(in crate::find) fn dashed(page: &Page<'_>, first: usize) -> Option<Self> {
        Self::joined(page, first, |sign| matches!(sign, '-' | '_'))
    }

    fn joined(page: &Page<'_>, first: usize, holds: impl Fn(char) -> bool) -> Option<Self> {
        let mut run = Self::open(page, first)?;
        let mut at = first + 1;
        while run.count < MOST {
            let (Some(sign), Some(next)) = (page.get(at), page.get(at + 1)) else { break };
            let Some(joint) = joint(sign).filter(|sign| holds(*sign)) else { break };
            let broken = (joint == '-' || joint == '/' && run.digits == 0)
                && next.gap == Gap::Line
                && next.form != Form::Sign
                && digits_in(page, at + 1) > 0;
            if sign.gap != Gap::None || (next.gap != Gap::None && !broken) {
                break;
            }
            let fits = match next.form {
                Form::Number | Form::Mixed => true,
                // "TGH/F/20718".
                Form::Initial | Form::Upper | Form::Lower if joint == '/' => next.len() <= 3 && leads_on(page, at + 2),
                Form::Initial | Form::Upper | Form::Lower | Form::Title | Form::Camel => {
                    matches!(joint, '-' | '_') && next.len() <= PREFIX
                }
                _ => false,
            };
            if !fits {
                break;
            }
            run.push(page, at + 1, joint);
            at += 2;
        }
        run.trim(page);
        (run.digits > 0).then_some(run)
    }

    /// Letters and, behind a space, a number: "ABC 1234", "ZGP 123 456 789", "WM 33-0917", "CK-XS 00418827".
    pub(in crate::find) fn spaced(page: &Page<'_>, first: usize) -> Option<Self> {
        let mut run = Self::open(page, first)?;
        let mut at = first + 1;
        // "CK-XS 00418827".
        let dashed = page.get(at).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
            && page.get(at + 1).is_some_and(|t| {
                let small = t.form == Form::Lower && page.casing_at(at) == Casing::Lower;
                t.gap == Gap::None && (t.form == Form::Upper || small) && t.len() <= 4
            });
        if dashed {
            run.push(page, at + 1, '-');
            at += 2;
        }
        let next = page.get(at).filter(|t| matches!(t.gap, Gap::Space | Gap::Line))?;
        if run.digits > 0 {
            return None;
        }
        let tail = Self::dashed(page, at)?;
        if tail.parts().iter().any(|p| p.made == Made::Letters) || goes_on(page, tail.end - 1) || tail.is_date(page) {
            return None;
        }
        // A short group must go on: "W 2217 88 401".
        let long = next.len() >= 3 || tail.digits >= 4;
        let fits = long && (next.form == Form::Number && next.len() <= 8 || tail.digits >= 5 && next.len() <= 12);
        if !fits {
            return None;
        }
        for part in tail.parts() {
            let sign = if part.at == at { ' ' } else { part.sign };
            run.push(page, part.at, sign);
        }
        Some(run)
    }

    /// Letters and short groups behind spaces: "A 55 10 28 7", "C 8 114 220", "RA 14 882 209", "CRM 660 41 88 Q". Only
    /// behind a label.
    pub(in crate::find) fn scattered(page: &Page<'_>, first: usize) -> Option<Self> {
        page.get(first).filter(|t| {
            // "SSN 469 59 4213": a label of its own is none of the code.
            let letters =
                t.form == Form::Upper && (2..=3).contains(&t.len()) && t.flags.word() < 2 && !t.flags.is(Class::Cue);
            t.is_word() && (t.len() == 1 && t.flags.word() < 3 || letters)
        })?;
        let mut run = Self::open(page, first)?;
        while run.count < 6
            && page.get(run.end).is_some_and(|t| t.is_number(1..=4) && t.gap == Gap::Space)
            && !goes_on(page, run.end)
        {
            run.push(page, run.end, ' ');
        }
        let last = page.get(run.end).filter(|t| t.gap == Gap::Space && t.form == Form::Initial);
        let ends = page.get(run.end + 1).is_none_or(|t| t.form == Form::Sign || t.gap >= Gap::Line);
        if last.is_some() && ends && run.count >= 4 {
            run.push(page, run.end, ' ');
        }
        (run.count >= 4 && run.digits >= 6 && !unit_follows(page, run.end, 4)).then_some(run)
    }

    fn open(page: &Page<'_>, first: usize) -> Option<Self> {
        let token = page.get(first)?;
        let fits = match token.form {
            Form::Number | Form::Mixed => true,
            Form::Initial | Form::Upper | Form::Lower | Form::Title | Form::Camel => token.len() <= PREFIX,
            _ => false,
        };
        if !fits {
            return None;
        }
        let none = Part { made: Made::Letters, len: 0, at: first, sign: ' ' };
        let mut run = Self { parts: [none; MOST], count: 0, first, end: first, digits: 0, letters: 0, longest: 0 };
        run.push(page, first, ' ');
        Some(run)
    }

    pub(super) fn push(&mut self, page: &Page<'_>, at: usize, sign: char) {
        if self.count == MOST {
            return;
        }
        let word = page.word(at);
        let (mut digits, mut longest, mut row) = (0, 0, 0);
        for byte in word.bytes() {
            row = if byte.is_ascii_digit() { row + 1 } else { 0 };
            digits += usize::from(byte.is_ascii_digit());
            longest = row.max(longest);
        }
        let made = match digits {
            0 => Made::Letters,
            all if all == word.len() => Made::Digits,
            _ => Made::Mixed,
        };
        self.parts[self.count] = Part { made, len: word.len(), at, sign };
        self.count += 1;
        self.digits += digits;
        self.letters += word.len() - digits;
        self.longest = self.longest.max(longest);
        self.end = at + 1;
    }

    /// Takes off words that only stand behind the code ("12345-patient").
    fn trim(&mut self, page: &Page<'_>) {
        while let Some(last) = self.parts[..self.count].last().copied() {
            let token = page.get(last.at);
            let word = last.made == Made::Letters
                && self.count > 1
                && (last.len > 3
                    || token.is_some_and(|t| {
                        t.form == Form::Lower && (last.len > 2 || t.flags.word() == 3 && last.len > 1)
                    }));
            if !word {
                break;
            }
            self.count -= 1;
            self.letters -= last.len;
            self.end = self.parts[self.count - 1].at + 1;
        }
    }

    /// The parts, in order.
    pub(in crate::find) fn parts(&self) -> &[Part] {
        &self.parts[..self.count]
    }

    /// Letters and digits in all.
    pub(in crate::find) fn size(&self) -> usize {
        self.digits + self.letters
    }

    /// Is it digits alone, with no sign?
    pub(in crate::find) fn is_plain(&self) -> bool {
        self.count == 1 && self.letters == 0
    }

    /// Are its parts digits of these lengths?
    pub(in crate::find) fn is_digits(&self, lengths: &[usize]) -> bool {
        self.count == lengths.len()
            && self.parts().iter().zip(lengths).all(|(p, l)| p.made == Made::Digits && p.len == *l)
    }

    /// Are all signs within it that one?
    pub(in crate::find) fn joined_by(&self, sign: char) -> bool {
        self.parts().iter().skip(1).all(|p| p.sign == sign)
    }

    /// Is it written as a date is: "3/5/2021", "02-24-97", "2021-03-05"?
    pub(in crate::find) fn is_date(&self, page: &Page<'_>) -> bool {
        let parts = self.parts();
        if self.letters > 0
            || !(2..=3).contains(&parts.len())
            || !parts[1..].iter().all(|p| matches!(p.sign, '/' | '-' | '.'))
        {
            return false;
        }
        let value = |nth: usize| parts.get(nth).and_then(|p| page.get(p.at)).map_or(0, |t| t.key);
        let within =
            |nth: usize, top: u64| parts.get(nth).is_some_and(|p| p.len <= 2) && (1..=top).contains(&value(nth));
        let year = |nth: usize| parts.get(nth).is_some_and(|p| p.len == 2) || is_year(value(nth));
        match parts.len() {
            2 => {
                (parts[1].sign == '/' && within(0, 12) && (within(1, 31) || is_year(value(1))))
                    || is_year(value(0)) && (within(1, 12) || is_year(value(1)))
                    || within(0, 12) && is_year(value(1))
            }
            _ => {
                (within(0, 12) && within(1, 31) || within(0, 31) && within(1, 12)) && year(2)
                    || is_year(value(0)) && within(1, 12) && within(2, 31)
            }
        }
    }
}

/// A year that a note may speak of.
pub(in crate::find) const fn is_year(value: u64) -> bool {
    value >= 1900 && value <= 2099
}

/// A sign that may stand inside a code.
fn joint(token: &Token) -> Option<char> {
    if token.form != Form::Sign {
        return None;
    }
    if token.is_dash() {
        return Some('-');
    }
    char::from_u32(token.key as u32).filter(|c| matches!(c, '.' | '/' | '_' | ':' | '+'))
}

/// Does the code go on at the token with a sign and digits?
fn leads_on(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap == Gap::None && (t.is_sign('/') || t.is_dash()))
        && page.get(at + 1).is_some_and(|t| t.gap == Gap::None && t.form == Form::Number)
}

/// How many digits the token holds.
pub(in crate::find) fn digits_in(page: &Page<'_>, at: usize) -> usize {
    match page.get(at).map(|t| t.form) {
        Some(Form::Number) => page.word(at).len(),
        Some(Form::Mixed) => page.word(at).bytes().filter(u8::is_ascii_digit).count(),
        _ => 0,
    }
}

/// Does the number at the token go on as a fraction, date or percentage?
pub(super) fn goes_on(page: &Page<'_>, at: usize) -> bool {
    let Some(sign) = page.get(at + 1).filter(|t| t.form == Form::Sign && t.gap == Gap::None) else { return false };
    if sign.is_sign('%') {
        return true;
    }
    let joins = sign.is_sign('.') || sign.is_sign('/') || sign.is_sign(':') || sign.is_sign(',') || sign.is_dash();
    joins && page.get(at + 2).is_some_and(|t| t.form == Form::Number && t.gap == Gap::None)
}

/// Does a unit stand at the token, so that the number before is a measured value? Units that are words of other senses
/// ("in", "x", "day") count only behind numbers of up to `digits` digits.
pub(in crate::find) fn unit_follows(page: &Page<'_>, at: usize, digits: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    if token.is_sign('%') || token.is_sign('\u{b0}') {
        return token.gap <= Gap::Space;
    }
    // "cells/mm3" and "copies/mL" as well as plain units.
    let over = page.is_sign(at + 1, '/') && page.get(at + 2).is_some_and(|t| t.flags.is(Class::Unit));
    token.gap <= Gap::Space
        && token.form != Form::Number
        && (over || token.flags.is(Class::Unit))
        && (digits <= 4 || token.flags.word() < 3 && token.len() > 1 || over)
}

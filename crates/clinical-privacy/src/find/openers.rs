//! Where each family looks: the tokens at which it could find something, told for all families in one pass over the page.
//!
//! Most words of a page open nothing. They are looked at here once, and no family walks over them again.

mod rows;
mod turn;

use super::{ages, chains, contacts, fields, names, numbers, places, proper, tagger};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;
use rows::Rows;
use turn::{EYES, turned};

/// Who looks.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Eye {
    /// Clinical values begin at digits, and a few at "&".
    Digits,
    Fields,
    Contacts,
    Dates,
    Ages,
    Numbers,
    Places,
    /// Names by their form.
    Shapes,
    /// Names by a cue beside them.
    Cues,
    /// Names around a stroke or behind a word of signing.
    Strokes,
    /// Names by lists and capitals.
    Alone,
    /// Initials that sign.
    Signatures,
    Chains,
    /// Words that could be names, for the tagger.
    Words,
    Proper,
}

/// Tokens that one row of bits is about.
const ROW: usize = u64::BITS as usize;

/// For each eye a bit a token.
pub(super) struct Openers {
    rows: Vec<[u64; EYES]>,
}

impl Openers {
    /// Looks at each token of a page once.
    pub(super) fn of(page: &Page<'_>) -> Self {
        // First the eyes of each token, then the tokens of each eye: which eyes a token has cannot be foretold, and setting
        // them one by one costs more than turning all of them.
        let mut told = vec![0; (page.tokens.len() / ROW + 1) * ROW];
        let rows = Rows::get();
        for line in &page.lines {
            let Some(tokens) = page.tokens.get(line.first..line.end) else { continue };
            let capitals = Capitals::of(page, line.casing);
            // What ends a line may sign; so may what a sign stands behind.
            ends(page, line.first, &mut told);
            for (at, token) in (line.first..).zip(tokens) {
                let eyes = if capitals.is_usual() && Rows::are_enough(token) {
                    // Most words of a page: what the lists say of them is enough.
                    rows.eyes(page, at, token)
                } else if token.form == Form::Sign {
                    ends(page, at, &mut told);
                    if token.is_sign('/') && at + 1 < page.tokens.len() {
                        set(at + 1, Eye::Signatures, &mut told);
                    }
                    sign(page, at, token)
                } else {
                    other(page, at, token, capitals)
                };
                if let Some(all) = told.get_mut(at) {
                    *all |= eyes as u16;
                }
            }
        }
        ends(page, page.tokens.len(), &mut told);
        Self { rows: told.as_chunks::<ROW>().0.iter().map(turned).collect() }
    }

    /// Does that eye look at any of so many tokens from `from` on, a row's worth at most?
    #[inline]
    pub(super) fn any(&self, eye: Eye, from: usize, many: u32) -> bool {
        let row = |nth: usize| u128::from(self.rows.get(nth).map_or(0, |row| row[eye as usize]));
        let two = row(from / ROW) | row(from / ROW + 1) << ROW;
        two >> (from % ROW) & ((1 << many) - 1) != 0
    }

    /// The first token from `from` on at which that eye looks.
    #[inline]
    pub(super) fn next(&self, eye: Eye, from: usize) -> Option<usize> {
        let mut at = from / ROW;
        let mut bits = self.rows.get(at)?[eye as usize] & (!0 << (from % ROW));
        while bits == 0 {
            at += 1;
            bits = self.rows.get(at)?[eye as usize];
        }
        Some(at * ROW + bits.trailing_zeros() as usize)
    }
}

/// A line end or a sign stands at `at`: the short word before it may sign.
#[inline]
fn ends(page: &Page<'_>, at: usize, told: &mut [u16]) {
    if let Some(before) = page.before(at)
        && let Some(all) = told.get_mut(at - 1)
    {
        *all |= when(names::may_sign_last(before), Eye::Signatures) as u16;
    }
}

#[inline]
fn set(at: usize, eye: Eye, told: &mut [u16]) {
    if let Some(all) = told.get_mut(at) {
        *all |= bit(eye) as u16;
    }
}

/// What capitals say where a token stands.
#[derive(Clone, Copy)]
pub(super) struct Capitals {
    /// On its page.
    pub(super) page: bool,
    /// On its line.
    pub(super) line: bool,
}

impl Capitals {
    fn of(page: &Page<'_>, line: Casing) -> Self {
        Self { page: page.casing == Casing::Usual, line: line == Casing::Usual }
    }

    /// Do they say something on both?
    const fn is_usual(self) -> bool {
        self.page && self.line
    }
}

/// The bit of an eye.
const fn bit(eye: Eye) -> u32 {
    1 << eye as u32
}

/// The same where it looks.
#[inline]
const fn when(told: bool, eye: Eye) -> u32 {
    (told as u32) << eye as u32
}

/// The words that families look for by their key.
const BY_KEY: Bits =
    bits_of(&[&places::KEYS, &ages::KEYS, &numbers::CROSSES, &names::frames::KEYS, &names::charted::KEYS]);

/// A bit for the first eleven bits of a key.
pub(super) type Bits = [u64; 32];

/// A bit for the first eleven bits of each key: nearly all words of a page miss the bits of a few.
pub(super) const fn bits_of(rows: &[&[u64]]) -> Bits {
    let mut bits = [0; 32];
    let mut row = 0;
    while row < rows.len() {
        let mut i = 0;
        while i < rows[row].len() {
            let key = rows[row][i];
            bits[(key >> 59) as usize] |= 1 << ((key >> 53) & 63);
            i += 1;
        }
        row += 1;
    }
    bits
}

/// May the key be one of those that the bits are of?
#[inline]
pub(super) const fn has_bit(bits: &Bits, key: u64) -> bool {
    (bits[(key >> 59) as usize] >> ((key >> 53) & 63)) & 1 == 1
}

/// The eyes that look at a word or number, a bit each.
fn other(page: &Page<'_>, at: usize, token: &Token, capitals: Capitals) -> u32 {
    const DIGITS: u32 =
        bit(Eye::Digits) | bit(Eye::Contacts) | bit(Eye::Dates) | bit(Eye::Ages) | bit(Eye::Numbers) | bit(Eye::Places);
    match token.form {
        Form::Sign | Form::Possessive => 0,
        Form::Number => DIGITS,
        Form::Mixed => DIGITS | classes(page, at, token, capitals),
        _ => word(page, at, token, capitals),
    }
}

/// The eyes that look at a sign by what it is: those of each sign of ASCII with something apart behind it, and of each that
/// touches what is behind it.
const SIGNS: [[u32; 128]; 2] = {
    let mut signs = [[0; 128]; 2];
    let mut sign = 0;
    while sign < 128 {
        signs[0][sign] = by_sign(sign as u64, false);
        signs[1][sign] = by_sign(sign as u64, true);
        sign += 1;
    }
    signs
};

const fn by_sign(sign: u64, touches: bool) -> u32 {
    let stroke = sign == b'/' as u64;
    when(fields::opens(sign), Eye::Fields)
        | when(sign == b'&' as u64, Eye::Digits)
        | when(contacts::is_opening_sign(sign, touches), Eye::Contacts)
        | when(numbers::is_opening_sign(sign, touches), Eye::Numbers)
        | when(names::is_shaping(sign), Eye::Shapes)
        | when(stroke, Eye::Cues)
        | when(stroke, Eye::Strokes)
}

#[inline]
fn sign(page: &Page<'_>, at: usize, token: &Token) -> u32 {
    let touches = page.get(at + 1).is_some_and(|t| t.gap == Gap::None);
    let told = SIGNS[usize::from(touches)].get(token.key as usize);
    told.copied().unwrap_or_else(|| by_sign(token.key, touches)) | when(chains::joins(token, touches), Eye::Chains)
}

#[inline]
fn word(page: &Page<'_>, at: usize, token: &Token, capitals: Capitals) -> u32 {
    let mut eyes = when(numbers::is_cross(token), Eye::Numbers)
        | when(ages::is_telling(token), Eye::Ages)
        | when(names::may_stand_alone(token, capitals.page), Eye::Alone)
        | when(names::may_sign(token), Eye::Signatures)
        | when(names::is_signing(token), Eye::Strokes)
        | when(places::may_open(token, capitals.line), Eye::Places);
    if token.flags.is_any(CLASSES) {
        eyes |= classes(page, at, token, capitals);
    }
    if token.form != Form::Lower {
        eyes |= when(token.form == Form::Camel, Eye::Fields) | when(proper::follows(page, at, token), Eye::Proper);
    }
    if token.form != Form::Lower || token.len() == 1 {
        eyes |= when(names::is_short(token), Eye::Shapes) | when(tagger::begins_letters(page, at, token), Eye::Words);
    }
    if token.form != Form::Lower || !capitals.is_usual() {
        eyes |= when(tagger::is_candidate(token, capitals.is_usual()), Eye::Words);
    }
    eyes
}

/// The classes that `classes` asks of.
const CLASSES: u64 =
    Class::OpensLabel.bit() | super::dates::OPENERS | contacts::WORDS | names::CUES | Class::Credential.bit();

/// Who looks at a word for what it means.
#[inline]
fn classes(page: &Page<'_>, at: usize, token: &Token, capitals: Capitals) -> u32 {
    let flags = token.flags;
    when(flags.is(Class::OpensLabel), Eye::Fields)
        | when(flags.is_any(super::dates::OPENERS), Eye::Dates)
        | when(contacts::may_open(token), Eye::Contacts)
        | when(flags.is(Class::NumberWord), Eye::Ages)
        | when(flags.is(Class::Cue), Eye::Numbers)
        | when(flags.is(Class::Credential), Eye::Shapes)
        | when(names::may_cue(page, at, token, capitals.page), Eye::Cues)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_eye_is_led_from_opener_to_opener() {
        let text = "seen by us on 3/5 and again, ".repeat(40);
        let page = Page::read(&text);
        let openers = Openers::of(&page);
        let digits: Vec<usize> = (0..page.tokens.len()).filter(|at| page.tokens[*at].form == Form::Number).collect();
        let mut met = Vec::new();
        let mut from = 0;
        while let Some(at) = openers.next(Eye::Digits, from) {
            met.push(at);
            from = at + 1;
        }
        assert_eq!(met, digits);
        for from in 0..page.tokens.len() + 70 {
            let near = digits.iter().any(|at| (from..from + 16).contains(at));
            assert_eq!(openers.any(Eye::Digits, from, 16), near, "{from}");
        }
        assert_eq!(openers.next(Eye::Strokes, 0), (0..page.tokens.len()).find(|at| page.is_sign(*at, '/')));
        assert_eq!(openers.next(Eye::Shapes, page.tokens.len()), None);
    }

    #[test]
    fn what_ends_a_text_may_sign_and_nothing_stands_behind_its_last_stroke() {
        for (text, at) in [("we will see. jld", Some(4)), ("a word/", None)] {
            let page = Page::read(text);
            assert_eq!(Openers::of(&page).next(Eye::Signatures, page.tokens.len() - 1), at);
        }
    }
}

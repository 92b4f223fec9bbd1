//! Ages of ninety and more, in figures and in words; 45 CFR 164.514(b)(2)(i)(C). Ages of eighty-nine and less stay.
//!
//! A number from 90 to 125 is an age only by what stands beside it: "year-old", "yo", "age", "turned", a person who is
//! so old. Pulses, weights, saturations and doses are in the same range.

mod beside;
mod company;
mod kin;
mod unit;
mod words;

use super::marks::Marks;
use super::numbers::cue::keys;
use super::openers::{Eye, Openers};
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;
use beside::{
    after_age_word, behind_age_and_sex, died_at, in_banner, in_brackets, is_heat, is_sexed, person_is, with_sex,
};
use unit::{bare_years, is_amount, is_measured, year_old};
use words::{in_words, named};

/// Marks what this family finds.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let mut behind = 0;
    while let Some(at) = openers.next(Eye::Ages, behind) {
        behind = at + 1;
        let token = &page.tokens[at];
        // "76 y.o." and "39-yr-old" are ages that stay: no initials and no name.
        if token.form == Form::Number && token.key < 90 {
            if page
                .get(at + 1)
                .is_some_and(|t| t.key == Y || t.is_dash() && page.get(at + 2).is_some_and(|t| t.key == YR))
                && let Some(end) = year_old(page, at + 1)
            {
                marks.shield(at, end);
            }
            continue;
        }
        let found = match token.form {
            Form::Number if is_old(token.key) && token.len() <= 3 => figures(page, at),
            Form::Mixed if token.len() <= 7 => mixed(page, at),
            Form::Sign | Form::Number | Form::Mixed | Form::Possessive => None,
            _ if token.flags.is(Class::NumberWord) => in_words(page, at),
            _ if token.len() == 8 && token.key == NINETIES => nineties(page, at),
            _ if token.len() >= 11 && NAMED.contains(&token.key) => named(at),
            _ => None,
        };
        if let Some((first, end, reason)) = found
            && (first..end).all(|i| marks.kind_at(i).is_none_or(|k| k == Kind::Age))
        {
            marks.add(page, first, end, Kind::Age, reason);
        }
    }
}

/// Is the word one that tells an age by itself?
#[inline]
pub(super) fn is_telling(token: &Token) -> bool {
    KEYS.contains(&token.key) && token.len() >= 8
}

/// The singular: the plural speaks of no one ("centenarians run in the family").
const NAMED: [u64; 4] = keys(["nonagenarian", "centenarian", "supercentenarian", "semisupercentenarian"]);

const Y: u64 = keys(["y"])[0];

const YR: u64 = keys(["yr"])[0];

/// The words that tell an age by themselves.
pub(super) const KEYS: [u64; 5] = [NINETIES, NAMED[0], NAMED[1], NAMED[2], NAMED[3]];

const NINETIES: u64 = keys(["nineties"])[0];

/// "in her nineties", "into his late nineties".
fn nineties(page: &Page<'_>, at: usize) -> Found {
    before_decade(page, at).then_some((at, at + 1, Reason::Context))
}

/// First token, the token behind the last, and why.
type Found = Option<(usize, usize, Reason)>;

const fn is_old(age: u64) -> bool {
    age >= 90 && age <= 125
}

fn says(page: &Page<'_>, at: usize, word: &str) -> bool {
    page.word(at).eq_ignore_ascii_case(word)
}

fn says_any(page: &Page<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|w| says(page, at, w))
}

fn near(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap <= Gap::Line && t.gap != Gap::Wide)
}

/// A number in figures at `at`.
fn figures(page: &Page<'_>, at: usize) -> Found {
    // "192.94", "1-94", "94/60", "94,000", "94%" are other things; "93/F" is an age and a sex.
    let glued = page.get(at)?.gap == Gap::None
        && page.before(at).is_some_and(|t| {
            t.form == Form::Sign && !['(', '[', '"', ':', '=', '>', '~', '\'', '|', ','].iter().any(|s| t.is_sign(*s))
        });
    if glued && !behind_age_and_sex(page, at) || is_measured(page, at + 1) {
        return None;
    }
    if let Some(end) = year_old(page, at + 1) {
        return Some((at, end, Reason::Pattern));
    }
    let end = at + 1;
    if bare_years(page, at, end) {
        return Some((at, end, Reason::Pattern));
    }
    if is_amount(page, end) {
        return None;
    }
    by_context(page, at, end)
}

/// What stands beside an age that ends before `end` and has no "year-old" of its own.
fn by_context(page: &Page<'_>, at: usize, end: usize) -> Found {
    if after_age_word(page, at) {
        return Some((at, end, Reason::Label));
    }
    let told = person_is(page, at, end)
        || in_brackets(page, at, end)
        || in_banner(page, at, end)
        || with_sex(page, at, end)
        || died_at(page, at)
        || company::tells(page, at, end);
    told.then_some((at, end, Reason::Context))
}

/// "92yo", "94yoF", "96y", "91M", "90s".
fn mixed(page: &Page<'_>, at: usize) -> Found {
    let word = page.word(at);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let age: u64 = word.get(..digits)?.parse().ok()?;
    if !(is_old(age) && (2..=3).contains(&digits)) {
        return None;
    }
    let rest = &word[digits..];
    let is = |words: &[&str]| words.iter().any(|w| rest.eq_ignore_ascii_case(w));
    if is(&["yo", "yof", "yom", "yow", "yr", "yrs", "yowm", "yowf", "yobm", "yobf", "yoman", "yf", "ym"]) {
        // "92yr old", "92yr-old"
        let old = at + 1 + usize::from(page.get(at + 1).is_some_and(|t| t.is_dash()));
        let end = if says(page, old, "old") { old + 1 } else { at + 1 };
        let bare = is(&["yr", "yrs"]) && end == at + 1 && !after_age_word(page, at);
        return (!bare).then_some((at, end, Reason::Pattern));
    }
    if is(&["y"]) {
        let o = at
            + 1
            + usize::from(page.get(at + 1).is_some_and(|t| t.gap == Gap::None && (t.is_sign('/') || t.is_sign('.'))));
        let end = if says(page, o, "o") || says(page, o, "old") { o + 1 } else { at + 1 };
        return Some((at, end, Reason::Pattern));
    }
    if is(&["m", "f"]) {
        let told = is_sexed(page, at, at, is(&["f"]))
            || company::behind_name(page, at)
            || opens_case(page, at, age, is(&["f"]));
        return told.then_some((at, at + 1, Reason::Context));
    }
    if company::is_birthday(page, at) {
        return Some((at, at + 1, Reason::Pattern));
    }
    // "in her 90s"
    let decade = is(&["s"]) && before_decade(page, at);
    decade.then_some((at, at + 1, Reason::Context))
}

/// "90F UTI, on antibiotics": a sentence begins with how old somebody is; "98F" is as often a temperature.
fn opens_case(page: &Page<'_>, at: usize, age: u64, woman: bool) -> bool {
    let told = page.get(at + 1).is_some_and(|t| t.gap == Gap::Space && t.is_word() && t.len() > 1);
    let capital = page.word(at).ends_with(['F', 'M']) || page.casing_at(at) == Casing::Lower;
    page.opens_sentence(at) && told && capital && !(woman && (age > 95 || is_heat(page, at, at)))
}

/// "in her", "in his late".
fn before_decade(page: &Page<'_>, at: usize) -> bool {
    let mut i = at;
    for _ in 0..4 {
        let Some(before) = i.checked_sub(1) else { return false };
        i = before;
        if says_any(page, i, &["her", "his", "their"]) {
            return i.checked_sub(1).is_some_and(|j| says_any(page, j, &["in", "into", "reached"]));
        }
        if !(says_any(page, i, &["early", "mid", "late"]) || page.get(i).is_some_and(|t| t.is_dash())) {
            return false;
        }
    }
    false
}

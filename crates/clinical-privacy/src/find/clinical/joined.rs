//! Two letters joined by "&" that stand for two clinical words: "U&E", "N&V", "A&O x3". Who signs is joined alike
//! ("J & K Smith"), so only the pairs of `data/pairs.txt` are abbreviations, and only where no name follows.

use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

static PAIRS: &str = include_str!("../../../data/pairs.txt");

/// The tokens of the abbreviation whose "&" stands at `at`.
pub(in crate::find) fn around(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let (sign, first) = (page.get(at)?, at.checked_sub(1)?);
    let second = page.get(at + 1)?;
    // "U&E" and "A & O"; "A &O" is neither.
    if !sign.is_sign('&') || sign.gap != second.gap || sign.gap > Gap::Space || !is_pair(page, first, at + 1) {
        return None;
    }
    let apart =
        page.get(first).is_some_and(|t| t.gap > Gap::None) || first == 0 || page.before(first).is_some_and(opens);
    let ends = page.get(at + 2).is_none_or(|t| t.gap > Gap::None || t.form == Form::Sign || t.form == Form::Possessive);
    (apart && ends && !names(page, at + 2)).then_some((first, at + 2))
}

/// What an abbreviation may touch on its left: brackets, a stroke, a colon; no full stop or hyphen, which go with names.
fn opens(sign: &Token) -> bool {
    ['(', '[', '"', '/', ':', ',', '>', '|', '+', ';'].iter().any(|s| sign.is_sign(*s))
}

/// Are the two tokens single letters of a pair? The second may have the "s" of a plural.
fn is_pair(page: &Page<'_>, first: usize, second: usize) -> bool {
    let (one, two) = (page.word(first).as_bytes(), page.word(second).as_bytes());
    let ([one], [two] | [two, b's' | b'S']) = (one, two) else { return false };
    let pair = [one.to_ascii_lowercase(), two.to_ascii_lowercase()];
    PAIRS.lines().any(|line| line.as_bytes() == pair)
}

/// Does a surname, or the head of a firm, stand behind the letters: "D & C Smith", "D&C Trucking"?
fn names(page: &Page<'_>, at: usize) -> bool {
    const HEADS: u64 = Class::CompanySuffix.bit() | Class::FacilityHead.bit();
    page.get(at).is_some_and(|t| {
        let capital = matches!(t.form, Form::Title | Form::Upper | Form::Camel) && t.gap == Gap::Space;
        let surname = t.flags.surname() >= 2 && t.flags.word() < 2 || t.form == Form::Title && t.flags.is_unknown();
        capital && !t.flags.is_medical() && (surname || t.flags.is_any(HEADS))
    })
}

//! Codes and user names that are chains of pieces: "926798-0", "M-8326167", "88:L34753", "neville.akers", "ember_vale9".
//!
//! No label tells them, but nothing clinical is written so.

use super::marks::Marks;
use super::openers::{Eye, Openers};
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

/// Marks what is left of them.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let mut from = 1;
    while let Some(at) = openers.next(Eye::Chains, from) {
        from = at + 1;
        let sign = &page.tokens[at];
        let found = if sign.is_dash() {
            numbered(page, at)
        } else if sign.is_sign(':') {
            specimen(page, at)
        } else if sign.is_sign('_') || sign.is_sign('.') {
            user(page, at)
        } else {
            None
        };
        if let Some((first, end)) = found
            // "ALDEN_VALE9": the half that was taken for a name is half of the account.
            && (first..end).all(|i| marks.is_free(i) || sign.is_sign('_') && marks.kind_at(i) == Some(Kind::Name))
            && stands_apart(page, first, end)
        {
            marks.add(page, first, end, Kind::Other, Reason::Pattern);
        }
    }
}

/// Does the sign join what stands around it, where `touches` says whether it touches what is behind it?
#[inline]
pub(super) fn joins(sign: &Token, touches: bool) -> bool {
    (sign.gap == Gap::None) & touches & (sign.is_dash() | sign.is_sign(':') | sign.is_sign('_') | sign.is_sign('.'))
}

/// Nothing is glued to either side but brackets, quotes and marks of the end of a sentence.
fn stands_apart(page: &Page<'_>, first: usize, end: usize) -> bool {
    let loose = |t: &Token| {
        ['(', ')', '[', ']', '"', ',', ';', ':', '|', '.', '\'', '>', '<', '}'].iter().any(|sign| t.is_sign(*sign))
    };
    let before = page.get(first).is_none_or(|t| t.gap > Gap::None) || page.before(first).is_some_and(loose);
    before && page.get(end).is_none_or(|t| t.gap > Gap::None || loose(t))
}

/// "926798-0": six or seven digits and a check digit; "M-8326167", "H137-6032": a letter and digits.
fn numbered(page: &Page<'_>, dash: usize) -> Option<(usize, usize)> {
    let (one, two) = (page.get(dash - 1)?, page.get(dash + 1)?);
    let checked = one.is_number(6..=8) && two.is_number(1..=1);
    let lettered = one.form == Form::Initial && two.is_number(6..=9);
    let short = |t: &Token| t.form == Form::Mixed && (4..=6).contains(&t.len());
    let digits = |i: usize| page.word(i).bytes().filter(u8::is_ascii_digit).count();
    let mixed = short(one) && digits(dash - 1) >= 3 && two.is_number(4..=6);
    (checked || lettered || mixed).then_some((dash - 1, dash + 2))
}

/// "88:L34753": a year and a number of the laboratory.
fn specimen(page: &Page<'_>, colon: usize) -> Option<(usize, usize)> {
    let (one, two) = (page.get(colon - 1)?, page.get(colon + 1)?);
    let letter = page.word(colon + 1).starts_with(|c: char| c.is_ascii_alphabetic());
    (one.is_number(2..=2) && two.form == Form::Mixed && two.len() >= 5 && letter).then_some((colon - 1, colon + 2))
}

/// "neville.akers", "ember_vale9", "kirsten.musgrove": small words joined as people's user names are.
fn user(page: &Page<'_>, sign: usize) -> Option<(usize, usize)> {
    let (one, two) = (page.get(sign - 1)?, page.get(sign + 1)?);
    // "FILED BY ALDEN_VALE9": in capitals only behind who did it.
    let led = sign >= 2 && ["by", "user"].iter().any(|w| page.word(sign - 2).eq_ignore_ascii_case(w));
    let piece =
        |t: &Token| (matches!(t.form, Form::Lower | Form::Mixed) || led && t.form == Form::Upper) && t.len() >= 3;
    if !piece(one) || !piece(two) || one.form == Form::Mixed {
        return None;
    }
    // One piece at least is a name or no word; neither is medicine's own, as in names of files and tests.
    let named = |t: &Token| {
        (t.flags.given() >= 1 || t.flags.surname() >= 1 || t.flags.is_unknown()) && t.flags.word() < 2
            || t.form == Form::Mixed
    };
    let plain = |t: &Token| t.flags.is_medical() || t.flags.is_any(Class::Function.bit() | Class::Unit.bit());
    let goes_on = page.get(sign + 2).is_some_and(|t| {
        t.gap == Gap::None
            && (t.is_sign('.') || t.is_sign('_') || t.is_sign('@') || t.is_sign('/'))
            && page.get(sign + 3).is_some_and(|n| n.gap == Gap::None)
    });
    // "bill_lewis3": behind who did it a word is a name.
    let told = named(one) || led && page.is_sign(sign, '_');
    (told && !plain(one) && !plain(two) && !goes_on).then_some((sign - 1, sign + 2))
}

//! Clinical values that look like dates, ages, telephone numbers or codes. They are shielded before any finder runs:
//! destroying one is as serious as a leak.
//!
//! Everything begins at a number, at letters and digits together or at "&"; ordinary words cost one comparison. Where a value
//! and a date look the same ("3/5"), the words around decide, and without any it is left to the finders.

mod code;
pub(super) mod joined;
mod measure;
mod mixed;
mod ratio;
mod scale;

use super::marks::Marks;
use super::openers::{Eye, Openers};
use crate::read::{Form, Gap, Page};
use crate::words::{Hint, hints_of};

/// Shields what this family finds.
pub(super) fn shield(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let mut last = ratio::Last::default();
    let mut at = 0;
    while let Some(next) = openers.next(Eye::Digits, at) {
        at = next;
        let end = match page.tokens[at].form {
            Form::Number => number(page, at, &mut last),
            Form::Sign => joined::around(page, at),
            _ => mixed::end(page, at),
        };
        match end {
            Some((first, end)) => {
                marks.shield(first, end);
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
}

/// The tokens of the clinical value that begins (or ends) with the number at `at`.
fn number(page: &Page<'_>, at: usize, last: &mut ratio::Last) -> Option<(usize, usize)> {
    if let Some(found) = code::read(page, at).or_else(|| scale::behind(page, at)) {
        return Some(found);
    }
    let next = page.get(at + 1)?;
    if next.gap > Gap::Line {
        return None;
    }
    if next.form == Form::Sign {
        let sign = char::from_u32(next.key as u32)?;
        if sign == '/' {
            return ratio::read(page, at, last).map(|end| (at, end));
        }
        return measure::behind_sign(page, at, sign, next.is_dash()).map(|end| (at, end));
    }
    measure::behind_space(page, at).map(|end| (at, end))
}

/// Does the token touch the one before?
fn touches(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap == Gap::None)
}

/// Is the word that one, in any casing?
fn says(page: &Page<'_>, at: usize, word: &str) -> bool {
    page.word(at).eq_ignore_ascii_case(word)
}

/// What `data/hints.toml` says of the token.
fn hint(page: &Page<'_>, at: usize, hint: Hint) -> bool {
    page.get(at).is_some_and(|t| matches!(t.form, Form::Mixed) || t.is_word())
        && page.get(at).is_some_and(|t| hints_of(t.key) & hint.bit() != 0)
}

/// Is the token a number that touches the one before?
fn glued_number(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.form == Form::Number && t.gap == Gap::None)
}

/// Is the number the rest of something longer ("617-555-0123", "10.3.5.21", "A-12")?
fn is_inside(page: &Page<'_>, at: usize) -> bool {
    if !touches(page, at) {
        return false;
    }
    let Some(before) = page.before(at) else { return false };
    if before.form != Form::Sign
        || !(before.is_dash() || ['/', '.', ':', '_', '@', '#'].iter().any(|s| before.is_sign(*s)))
    {
        return before.form != Form::Sign;
    }
    before.gap == Gap::None
        && at.checked_sub(2).and_then(|i| page.get(i)).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed))
}

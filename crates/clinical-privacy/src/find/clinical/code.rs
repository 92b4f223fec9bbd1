//! Codes of terminologies after their words: "ICD-10 E11.9", "CPT 99213", "LOINC 2345-7", "NDC 0093-7146-01".

use super::{hint, says, touches};
use crate::read::{Form, Gap, Page};
use crate::words::Hint;

/// The code that the number at `at` begins.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let token = page.get(at)?;
    // A code has three digits or more, or begins with a short number that a sign follows.
    if token.len() < 3 && !touches(page, at + 1) {
        return None;
    }
    named(page, at).then(|| (at, end(page, at)))
}

/// Does a word for codes stand before, with no more than ":", "#", "-" or the number of its edition between?
pub(super) fn named(page: &Page<'_>, at: usize) -> bool {
    let mut i = at;
    for _ in 0..4 {
        let Some(before) = i.checked_sub(1) else { return false };
        let Some(token) = page.get(before) else { return false };
        if page.get(i).is_some_and(|t| t.gap >= Gap::Line) {
            return false;
        }
        if token.is_word() || token.form == Form::Mixed {
            // "CM" of "ICD-10-CM", "code" of "CPT code".
            if hint(page, before, Hint::Coding) {
                return !(is_key(page, before) || says(page, before, "code") && is_other(page, before, at));
            }
            if token.len() > 2 {
                return false;
            }
        }
        let passed = match token.form {
            Form::Sign => {
                token.is_dash() || token.is_sign(':') || token.is_sign('#') || token.is_sign('(') || token.is_sign('=')
            }
            Form::Number => matches!(token.key, 9..=11),
            _ => token.len() <= 2,
        };
        if !passed {
            return false;
        }
        i = before;
    }
    false
}

/// "gate code", "key safe code": a code that opens something, not one of a terminology.
fn is_key(page: &Page<'_>, at: usize) -> bool {
    const OPENED: [&str; 17] = [
        "key", "safe", "gate", "door", "entry", "access", "garage", "alarm", "lock", "lockbox", "keypad", "building",
        "pin", "security", "zip", "post", "area",
    ];
    at.checked_sub(1).is_some_and(|i| OPENED.iter().any(|w| says(page, i, w)))
}

/// "code VX-0318-CNH", "code 7QK-R2": letters and digits on both sides of a dash, of which no terminology has any.
fn is_other(page: &Page<'_>, code: usize, at: usize) -> bool {
    let named = code.checked_sub(1).is_some_and(|i| {
        hint(page, i, Hint::Coding)
            || ["billing", "procedure", "condition", "status", "ms"].iter().any(|w| says(page, i, w))
    });
    let letters = |i: usize| page.word(i).bytes().filter(u8::is_ascii_alphabetic).count();
    let dashed = |i: usize| page.get(i).is_some_and(|t| t.is_dash() && t.gap == Gap::None) && touches(page, i + 1);
    let before = at == code + 3 && dashed(at - 1) && letters(at - 2) >= 2;
    let behind = at == code + 1 && letters(at) >= 2 && dashed(at + 1) && letters(at + 2) > 0;
    !named && (before || behind)
}

/// Behind the code: what is glued to it by full stops and dashes.
pub(super) fn end(page: &Page<'_>, at: usize) -> usize {
    let mut end = at + 1;
    for _ in 0..3 {
        let joins = page.get(end).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('.')));
        let piece = page
            .get(end + 1)
            .is_some_and(|t| t.gap == Gap::None && matches!(t.form, Form::Number | Form::Mixed | Form::Initial));
        if !joins || !piece {
            break;
        }
        end += 2;
    }
    end
}

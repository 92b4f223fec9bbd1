//! Long numbers that the words around say are counts of something or codes of a terminology.

use super::cue::keys;
use super::run::Run;
use crate::read::{Page, Token};
use crate::words::Class;

/// "\"code\": \"197361\"" beside a "system" or "display": a code of a terminology in JSON.
pub(super) fn is_coded(page: &Page<'_>, at: usize) -> bool {
    const CODE: [u64; 3] = keys(["code", "value", "codes"]);
    const AROUND: [u64; 4] = keys(["system", "display", "codesystem", "coding"]);
    let quote = |i: usize| page.is_sign(i, '"');
    let Some(mut name) = at.checked_sub(4).filter(|_| quote(at - 1)) else { return false };
    if page.is_sign(name + 2, ':') {
        // `"code" : "` and `"code":"` are the same tokens.
        name += usize::from(!page.get(name).is_some_and(Token::is_word));
    }
    let is = |i: usize, words: &[u64]| page.get(i).is_some_and(|t| t.is_word() && words.contains(&t.key));
    is(name, &CODE)
        && page.is_sign(name + 2, ':')
        && (name.saturating_sub(24)..at + 16).any(|i| is(i, &AROUND) && quote(i + 1))
}

/// "platelets 250000", "150000 copies": a count, not a number that names something.
pub(super) fn counted(page: &Page<'_>, run: &Run) -> bool {
    if run.digits > 7 {
        return false;
    }
    const BEHIND: [u64; 9] =
        keys(["copies", "cells", "cfu", "colonies", "steps", "dollars", "particles", "organisms", "visits"]);
    const BEFORE: [u64; 9] = keys(["count", "load", "titer", "level", "platelets", "plt", "wbc", "bnp", "cfu"]);
    if page.get(run.end).is_some_and(|t| t.is_word() && BEHIND.contains(&t.key)) {
        return true;
    }
    let mut at = run.first;
    for _ in 0..3 {
        let Some(token) = page.before(at) else { return false };
        at -= 1;
        if token.flags.is(Class::Cue) {
            return false;
        }
        if token.is_word() && BEFORE.contains(&token.key) {
            return true;
        }
        let passed = token.is_sign(':')
            || token.is_sign('=')
            || token.is_sign('>')
            || token.is_sign('<')
            || token.flags.is(Class::Function);
        if !passed {
            return token.flags.is_medical() && token.is_word() && token.len() > 3;
        }
    }
    false
}

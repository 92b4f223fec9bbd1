//! Addresses as they are dictated or disguised: "john dot doe at gmail dot com", "jroe [at] example.org".

use super::mail::{domain, local};
use crate::find::marks::Marks;
use crate::find::numbers::cue::{Found, keys};
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};

const DOT: [u64; 1] = keys(["dot"]);
const AT: [u64; 1] = keys(["at"]);
const SIGNS: [u64; 6] = keys(["dot", "underscore", "dash", "hyphen", "point", "period"]);

/// Reads the address that the host's ending at `at` closes: the token to go on from.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, at: usize, found: &Found) -> usize {
    let Some(host) = host(page, at) else { return found.end };
    let Some(sign) = at_word(page, host) else { return found.end };
    let (first, bracket) = sign;
    let Some(first) = name(page, first, bracket || spoken(page, host, at)) else { return found.end };
    if (first..at).any(|i| marks.is_shielded(i)) {
        return found.end;
    }
    let end = domain(page, at).map_or(found.end, |(end, _)| end.max(found.end));
    marks.add(page, first, end, Kind::Email, Reason::Pattern);
    end
}

/// Is the host dictated: "gmail dot com"?
fn spoken(page: &Page<'_>, host: usize, at: usize) -> bool {
    (host..at).any(|i| is(page, i, &DOT))
}

fn is(page: &Page<'_>, at: usize, words: &[u64]) -> bool {
    page.get(at).is_some_and(|t| t.is_word() && words.contains(&t.key))
}

/// The first token of the host whose ending stands at `at`.
fn host(page: &Page<'_>, at: usize) -> Option<usize> {
    let mut first = at;
    for _ in 0..5 {
        let point = first.checked_sub(1)?;
        let closed = |i: usize| page.is_sign(i, ']') || page.is_sign(i, ')');
        let dictated = is(page, point, &DOT) || closed(point) && point >= 2 && is(page, point - 1, &DOT);
        let written = page.is_sign(point, '.') && page.get(first).is_some_and(|t| t.gap == Gap::None);
        let dash = page.get(point).is_some_and(|t| t.is_dash() && t.gap == Gap::None)
            && page.get(first).is_some_and(|t| t.gap == Gap::None);
        if !(dictated || written || dash) || page.get(first).is_some_and(|t| t.gap > Gap::Line) {
            break;
        }
        let back = if closed(point) { 4 } else { 2 };
        let Some(before) = first.checked_sub(back).filter(|i| page.get(*i).is_some_and(|t| t.form != Form::Sign))
        else {
            break;
        };
        first = before;
    }
    (first < at).then_some(first)
}

/// The "at" in front of the host: the token it begins at, and whether brackets stand around it.
fn at_word(page: &Page<'_>, host: usize) -> Option<(usize, bool)> {
    let word = host.checked_sub(1)?;
    if is(page, word, &AT) {
        return Some((word, false));
    }
    let open = host.checked_sub(3)?;
    let closed = page.is_sign(word, ']') || page.is_sign(word, ')') || page.is_sign(word, '>');
    (closed && is(page, word - 1, &AT)).then_some((open, true))
}

/// The first token of the name before "at". `sure`: the address is dictated or disguised; otherwise "seen at mayo.org"
/// has no name, so it must be no common word.
fn name(page: &Page<'_>, at: usize, sure: bool) -> Option<usize> {
    let last = at.checked_sub(1)?;
    let token = page.get(last).filter(|t| !matches!(t.form, Form::Sign | Form::Possessive))?;
    let strange = token.form == Form::Mixed || token.flags.is_unknown() || token.form == Form::Number;
    let mut first = local(page, at).min(local(page, last)).min(last);
    // "john dot doe": over the words for signs.
    for _ in 0..4 {
        let sign = first.checked_sub(2);
        match sign {
            Some(before) if is(page, before + 1, &SIGNS) && page.get(before).is_some_and(|t| t.form != Form::Sign) => {
                first = before
            }
            _ => break,
        }
    }
    (strange || sure || first < last).then_some(first)
}

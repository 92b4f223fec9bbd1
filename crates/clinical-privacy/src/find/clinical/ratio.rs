//! Numbers with slashes: blood pressures, strengths, murmurs, pain, fractions, visual acuity, settings of a ventilator.

use super::{glued_number, hint, is_inside, says, touches};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Hint};

/// The ratio that was shielded last: "4/5 on the right and 5/5 on the left".
#[derive(Default)]
pub(super) struct Last {
    line: u32,
    whole: u64,
    end: usize,
}

/// How far before and behind a ratio a word can speak for it.
const BEFORE: usize = 5;
const BEHIND: usize = 4;

/// The token behind the ratio that begins at `at`, if it is a clinical value.
pub(super) fn read(page: &Page<'_>, at: usize, last: &mut Last) -> Option<usize> {
    if is_inside(page, at) {
        return None;
    }
    let spaced = page.get(at + 1)?.gap == Gap::Space;
    if spaced {
        // "120 / 80"
        let (a, b) = (page.get(at)?, page.get(at + 2)?);
        let pressure = a.is_number(2..=3)
            && b.is_number(2..=3)
            && (40..300).contains(&a.key)
            && (20..200).contains(&b.key)
            && a.key > b.key;
        let alone = !page.is_sign(at + 3, '/');
        return (b.gap == Gap::Space && pressure && alone && a.key > 31).then_some(at + 3);
    }
    let chain = chain(page, at)?;
    let whole = page.get(chain.last)?.key;
    let is_value = is_value(page, at, &chain, last);
    if is_value {
        *last = Last { line: page.get(at)?.line, whole, end: chain.end };
    }
    is_value.then_some(chain.end)
}

struct Chain {
    /// How many numbers.
    count: usize,
    /// The second number and the last.
    second: usize,
    last: usize,
    end: usize,
    /// Has one of them a fraction?
    decimals: bool,
    /// Is one of them longer than three digits?
    long: bool,
}

fn chain(page: &Page<'_>, at: usize) -> Option<Chain> {
    let mut chain =
        Chain { count: 1, second: at, last: at, end: at + 1, decimals: false, long: page.get(at)?.len() > 3 };
    for _ in 0..7 {
        if !(page.is_sign(chain.end, '/') && touches(page, chain.end) && glued_number(page, chain.end + 1)) {
            break;
        }
        chain.last = chain.end + 1;
        chain.count += 1;
        if chain.count == 2 {
            chain.second = chain.last;
        }
        chain.long |= page.get(chain.last)?.len() > 3;
        chain.end += 2;
        if page.is_sign(chain.end, '.') && touches(page, chain.end) && glued_number(page, chain.end + 1) {
            chain.decimals = true;
            chain.end += 2;
        }
    }
    (chain.count > 1).then_some(chain)
}

fn is_value(page: &Page<'_>, at: usize, chain: &Chain, last: &Last) -> bool {
    if chain.long {
        return false;
    }
    if chain.decimals {
        return true;
    }
    let value = |i: usize| page.get(i).map_or(0, |t| t.key);
    let (a, b) = (value(at), value(chain.second));
    if chain.count >= 3 {
        let c = value(chain.last);
        let digits = page.get(chain.last).map_or(0, |t| t.len());
        let date =
            chain.count == 3 && digits == 2 && (1..=31).contains(&a) && (1..=31).contains(&b) && (a <= 12 || b <= 12);
        return !date && (a > 31 || b > 31 || c > 99 || chain.count > 3);
    }
    if a == 0 || b == 0 || a > 31 {
        return true;
    }
    if b > 31 {
        // "3/98" may be March 1998; "20/40" is a vision.
        return a > 12 || page.get(chain.second).is_some_and(|t| t.len() > 2);
    }
    if a > 12 && b > 12 || a == 24 && b == 7 {
        return true;
    }
    if page.word(at).starts_with('0') || page.word(chain.second).starts_with('0') {
        return false;
    }
    near(page, at, chain, last, a, b)
}

/// What the words around say of a ratio that could be a month and a day.
fn near(page: &Page<'_>, at: usize, chain: &Chain, last: &Last, a: u64, b: u64) -> bool {
    let end = chain.end;
    let behind = |i: usize| page.get(i).is_some_and(|t| t.gap <= Gap::Line);
    // "1/2 tab", "39 2/7", "1 1/2": a part of something.
    let fraction = a < b && matches!(b, 2 | 3 | 4 | 5 | 7 | 8 | 16);
    let glue = usize::from(page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None));
    if fraction && behind(end) {
        let part = hint(page, end + glue, Hint::Portion) && !says(page, end, "in");
        let mixed = page.get(at).is_some_and(|t| t.gap == Gap::Space)
            && page.before(at).is_some_and(|t| t.is_number(1..=2) && t.key < 45);
        let half = says(page, end, "normal") && says(page, end + 1, "saline");
        if part && !is_dated(page, at) || mixed || half {
            return true;
        }
    }
    // "Gleason 3+4", "2+/4", "2/2 trauma" (secondary to).
    if page.is_sign(end, '+') && touches(page, end) {
        return true;
    }
    if behind(end) && (hint(page, end, Hint::Tally) || page.is_sign(end, '%')) {
        return true;
    }
    if page.before(at).is_some_and(|t| t.flags.is(Class::Grade) || t.is_sign('>') || t.is_sign('<')) {
        return true;
    }
    if is_dated(page, at) {
        return score_behind(page, end, 1);
    }
    // The same whole on the same line, a few words further on.
    if last.whole == b
        && last.end > 0
        && last.end < at
        && at - last.end < 14
        && page.get(at).is_some_and(|t| t.line <= last.line + 1)
    {
        return true;
    }
    // "Hgb 8.2 (9/30)": the day of a result.
    let result = b > 12
        && page.is_sign(at.wrapping_sub(1), '(')
        && at.checked_sub(2).and_then(|i| page.get(i)).is_some_and(|t| t.form == Form::Number);
    if result {
        return false;
    }
    let whole = a <= b && matches!(b, 1..=10 | 12 | 15 | 20 | 24 | 25 | 27 | 28 | 30) || a == 20;
    a <= b && score_before(page, at, 3) || whole && (score_before(page, at, BEFORE) || score_behind(page, end, BEHIND))
}

/// Does the word right before say that a date follows ("on 3/5")?
fn is_dated(page: &Page<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    page.get(at).is_some_and(|t| t.gap <= Gap::Line)
        && hint(page, before, Hint::Timing)
        && !hint(page, before, Hint::Measured)
}

fn ends_sentence(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.is_sign('.') || t.is_sign(';'))
        && page.get(at + 1).is_none_or(|t| t.gap != Gap::None)
}

fn score_before(page: &Page<'_>, at: usize, count: usize) -> bool {
    for back in 1..=count {
        let Some(i) = at.checked_sub(back) else { return false };
        if page.get(i + 1).is_some_and(|t| t.gap >= Gap::Blank) || ends_sentence(page, i) {
            return false;
        }
        if hint(page, i, Hint::Score) {
            return true;
        }
    }
    false
}

fn score_behind(page: &Page<'_>, end: usize, count: usize) -> bool {
    for i in end..end + count {
        let Some(token) = page.get(i) else { return false };
        if token.gap >= Gap::Blank
            || ends_sentence(page, i)
            || token.form == Form::Sign && ['.', ',', ':'].iter().any(|s| token.is_sign(*s))
        {
            return false;
        }
        if hint(page, i, Hint::Score) {
            return true;
        }
    }
    false
}

//! Short numbers that only a word beside them tells: extensions and pagers.

use super::behind;
use super::digits::Groups;
use super::phone::{cue_before, digits_end, is_open, with_extension};
use crate::find::marks::Marks;
use crate::find::numbers::cue::{Found, cue_at, keys};
use crate::find::numbers::run::unit_follows;
use crate::kind::{Kind, Reason};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Cue};

/// "ext. 4521", "extension 5-2291", "ext: 22".
pub(super) fn extension(page: &Page<'_>, marks: &mut Marks, found: &Found) -> usize {
    let Some((at, _)) = behind(page, found, 4) else { return found.end };
    let dash = page.get(at + 1).is_some_and(|t| t.gap == Gap::None && t.is_dash());
    let fits = page.get(at).is_some_and(|t| t.is_number(if dash { 1..=7 } else { 2..=7 }) && t.gap <= Gap::Line)
        && is_open(marks, at, at + 1, true);
    // "ext. 10/13/2011": extubated that day.
    let dated = page.get(at + 1).is_some_and(|t| t.gap == Gap::None && t.is_sign('/'));
    if !fits || dated {
        return found.end;
    }
    let end = digits_end(page, at);
    // Degrees of a limb's extension ("extension 45", "extension 0-120").
    if end == at + 1
        && page.get(at).is_some_and(|t| t.len() == 2 || t.len() == 3 && t.key <= 180)
        && !is_telephone(page, found)
    {
        return found.end;
    }
    if unit_follows(page, end, 2) {
        return found.end;
    }
    let dashed = page.get(end - 1).is_some_and(|t| t.len() >= 4) && page.get(at).is_some_and(|t| t.key != 0);
    if end > at + 1 && !dashed && !is_telephone(page, found) {
        return found.end;
    }
    marks.add(page, at, end, Kind::Phone, Reason::Label);
    or_at(page, marks, end)
}

/// Is "extension" the telephone's: "ext.", or a telephone word stands before?
fn is_telephone(page: &Page<'_>, found: &Found) -> bool {
    const EXT: [u64; 1] = keys(["ext"]);
    const LIMB: [u64; 6] = keys(["flex", "flexion", "abd", "rot", "rom", "add"]);
    let first = found.end - 1;
    let limb =
        || (first.saturating_sub(8)..first).any(|i| page.get(i).is_some_and(|t| LIMB.contains(&t.key) && t.is_word()));
    if page.get(first).is_some_and(|t| EXT.contains(&t.key))
        && page.get(first + 1).is_some_and(|t| t.len() == 3)
        && !limb()
    {
        return true;
    }
    page.get(first).is_some_and(|t| {
        EXT.contains(&t.key)
            && (page.is_sign(first + 1, ':')
                || page.is_sign(first + 1, '#')
                || cue_before(page, first).is_some_and(|c| c != Cue::Leave))
    }) || cue_before(page, first).is_some_and(|c| !matches!(c, Cue::Call | Cue::Leave))
}

/// "try x2290", "nurse Tolliver x5512": an extension with nothing else. "x1000" tells how many times.
pub(super) fn bare(page: &Page<'_>, marks: &mut Marks, at: usize) -> usize {
    let word = page.word(at);
    let Some(digits) = word.strip_prefix(['x', 'X']) else { return at + 1 };
    let Ok(value) = digits.parse::<u32>() else { return at + 1 };
    // "office x496".
    let office = digits.len() == 3
        && at
            .checked_sub(1)
            .and_then(|i| page.get(i).filter(|t| t.flags.is(Class::Cue)).and(cue_at(page, i)))
            .is_some_and(|found| matches!(found.cue, Cue::Call | Cue::Phone));
    let led = page.get(at).is_some_and(|t| t.gap != Gap::None && t.gap <= Gap::Line)
        && page.before(at).is_some_and(|t| t.is_word() || t.is_sign(',') || t.is_sign('(') || t.is_sign(')'));
    let alone = page.opens_line(at) && page.get(at + 1).is_none_or(|t| t.gap >= Gap::Line);
    let fits = ((4..=5).contains(&digits.len()) || office)
        && !value.is_multiple_of(500)
        && (led || alone)
        && !page.get(at + 1).is_some_and(|t| t.gap == Gap::None && (t.is_dash() || t.is_sign('/') || t.is_sign('x')))
        && !unit_follows(page, at + 1, 4)
        && marks.is_free(at);
    if fits {
        marks.add(page, at, at + 1, Kind::Phone, Reason::Pattern);
    }
    at + 1
}

/// "pager #12345", "beeper 4-1234", "page Dr. Roe at 3375".
pub(super) fn pager(page: &Page<'_>, marks: &mut Marks, first: usize, found: &Found) -> usize {
    const VERBS: [u64; 4] = keys(["page", "pg", "paged", "paging"]);
    const AT: [u64; 3] = keys(["at", "on", "to"]);
    // "MCH 29 pg": so many picograms.
    if page.get(first).is_some_and(|t| t.key == VERBS[1] && t.gap <= Gap::Space)
        && page.before(first).is_some_and(|t| t.form == Form::Number)
    {
        return found.end;
    }
    let verb = page.get(first).is_some_and(|t| VERBS.contains(&t.key));
    let mut at = found.end;
    // "or page 2035", not "page 12 of 30" or "see page 1012".
    let direct = page.get(at).is_some_and(|t| t.is_number(4..=6) && t.gap <= Gap::Line)
        && !page.before(first).is_some_and(|t| t.is_word() && ["on", "see", "at"].contains(&page.word(first - 1)))
        && page.word(at + 1) != "of";
    let mut plain = !verb || direct;
    for _ in 0..9 {
        let Some(token) = page.get(at) else { return found.end };
        if token.gap == Gap::Blank {
            return found.end;
        }
        if token.form == Form::Number {
            break;
        }
        plain |= token.is_sign('#') || token.is_sign('@') || AT.contains(&token.key);
        // A verb's object may stand between; a noun's number follows at once.
        let passed = match token.form {
            Form::Sign => matches!(
                char::from_u32(token.key as u32),
                Some('#' | ':' | '.' | '(' | '@' | '-' | '"' | '=' | '\'' | '|' | ',')
            ),
            _ => {
                verb || token.flags.is(Class::NumberLabel) || AT.contains(&token.key) || token.flags.is(Class::Function)
            }
        };
        if !passed {
            return found.end;
        }
        at += 1;
    }
    let Some(token) = page.get(at).filter(|t| t.form == Form::Number && t.gap <= Gap::Line) else { return found.end };
    if let Some(end) = Groups::read(page, at).and_then(|g| g.number(page, true)) {
        // "pager 617-555-0112 #4471".
        let end = with_extension(page, end).unwrap_or(end);
        if is_open(marks, at, end, true) {
            marks.add(page, at, end, Kind::Phone, Reason::Label);
        }
        return end;
    }
    let end = digits_end(page, at);
    let time = end == at + 1
        && token.len() == 4
        && token.key < 2400
        && token.key % 100 < 60
        && verb
        && !page.is_sign(at - 1, '#');
    let imperative = page.get(first).is_some_and(|t| VERBS[..2].contains(&t.key));
    let length = if verb { 4..=6 } else { 3..=7 };
    let fits = plain && (end > at + 1 || token.is_number(length)) && (imperative || !time);
    let clock = page.get(end).is_some_and(|t| {
        t.is_sign(':') && t.gap == Gap::None || t.flags.is(Class::Clock) || t.is_sign('/') && t.gap == Gap::None
    });
    if fits && !clock && is_open(marks, at, end, false) {
        marks.add(page, at, end, Kind::Phone, Reason::Label);
        return end;
    }
    found.end
}

/// "ext 7516 or Martha at 7999": a second extension, with who has it.
fn or_at(page: &Page<'_>, marks: &mut Marks, end: usize) -> usize {
    const OR: [u64; 2] = keys(["or", "and"]);
    const AT: [u64; 1] = keys(["at"]);
    if !page.get(end).is_some_and(|t| OR.contains(&t.key) && t.is_word()) {
        return end;
    }
    let Some(at) = (end + 1..end + 6).find(|i| page.get(*i).is_some_and(|t| AT.contains(&t.key) && t.is_word())) else {
        return end;
    };
    let number = at + 1;
    if page.get(number).is_some_and(|t| t.is_number(3..=6) && t.gap <= Gap::Line)
        && is_open(marks, number, number + 1, true)
        && !unit_follows(page, number + 1, 4)
    {
        marks.add(page, number, number + 1, Kind::Phone, Reason::Context);
        return number + 1;
    }
    end
}

/// "x 4-7719", "p 55-4410", "*7714": an extension, pager or speed dial that a letter or star alone leads; `at` is its
/// first number. "x 4" tells how many times, "p 55" a pulse, "*" a footnote.
pub(super) fn lettered(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const LETTERS: [u64; 3] = keys(["x", "p", "ph"]);
    let (token, before) = (page.get(at)?, page.before(at)?);
    let starred = before.is_sign('*') && token.gap == Gap::None && before.gap > Gap::None;
    if starred {
        let fits = token.is_number(4..=5) && !(1900..2100).contains(&token.key) && !token.key.is_multiple_of(500);
        let closes = page
            .get(at + 1)
            .is_none_or(|t| t.gap > Gap::None || t.is_sign('.') || t.is_sign(',') || t.is_sign(';') || t.is_sign(')'));
        let fits = fits && closes && !unit_follows(page, at + 1, 4) && marks.is_free(at) && marks.is_free(at - 1);
        return fits.then(|| {
            marks.add(page, at - 1, at + 1, Kind::Phone, Reason::Pattern);
            at + 1
        });
    }
    let end = digits_end(page, at);
    let short = token.is_number(1..=2) && end == at + 3 && page.get(at + 2).is_some_and(|t| t.is_number(4..=5));
    let led = before.is_word() && LETTERS.contains(&before.key) && token.gap == Gap::Space && before.gap > Gap::None;
    let aside = page.opens_line(at - 1)
        || page.before(at - 1).is_some_and(|t| t.is_word() || t.is_sign(',') || t.is_sign(')') || t.is_sign(';'));
    let fits = short && led && aside && !unit_follows(page, end, 4) && is_open(marks, at, end, false);
    let first = if before.key == LETTERS[0] { at - 1 } else { at };
    fits.then(|| {
        marks.add(page, first, end, Kind::Phone, Reason::Pattern);
        end
    })
}

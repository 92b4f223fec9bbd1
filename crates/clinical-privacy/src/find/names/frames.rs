//! Where only those who did it stand: "s/b TE + E.K.", "d/w P. S./JG", "HM//CP", "dt: 4/27/20 KS/af/…", "signed R.T.",
//! "typed by crs", "rn wilma thatcher".

use super::partners::letters;
use super::{charted, stamped};
use crate::find::apart::{DEEDS, PEOPLE, SMALL};
use crate::find::marks::Marks;
use crate::find::numbers::cue::keys;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::Class;

/// Words behind which somebody's initials or name stand.
pub(in crate::find) const KEYS: [u64; 12] = keys([
    "signed",
    "bkgd",
    "proofread",
    "typed",
    "initials",
    "initialed",
    "rn",
    "tc",
    "logged",
    "user",
    "printed",
    "electronically",
]);

/// Of these the ones that stand beside the name of an account.
const ACCOUNTS: [u64; 4] = [KEYS[8], KEYS[9], KEYS[10], KEYS[11]];

const RN: u64 = KEYS[6];
const TC: u64 = KEYS[7];
const TYPED: u64 = KEYS[3];

/// What capitals are besides initials.
const OTHER: u64 = PEOPLE
    | Class::Agent.bit()
    | Class::Specialty.bit()
    | Class::GenericPlace.bit()
    | Class::Title.bit()
    | Class::Heading.bit()
    | Class::Unit.bit();

/// Marks who stands at the stroke or behind the word at `at`. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if token.is_sign('/') {
        return strokes(page, marks, at)
            .or_else(|| footer(page, marks, at))
            .or_else(|| typed_for(page, marks, at))
            .or_else(|| stamped::typed(page, marks, at))
            .or_else(|| deed(page, marks, at));
    }
    if !KEYS.contains(&token.key) {
        return charted::find(page, marks, at);
    }
    if ACCOUNTS.contains(&token.key) {
        return account(page, marks, at);
    }
    if token.key == RN || token.key == TC {
        return small_name(page, marks, at);
    }
    let mut target = at + 1;
    if token.key == TYPED {
        target += usize::from(page.word(target).eq_ignore_ascii_case("by"));
    }
    target += usize::from(page.is_sign(target, ':'));
    if token.key == TYPED && typed_line(page, at, target) {
        return Some(mark(page, marks, target, target + 1));
    }
    let end = person(page, marks, target, token.key == TYPED)?;
    let one = page.get(target)?;
    let told = closes(page, end) || token.key == TYPED && page.word(end).eq_ignore_ascii_case("on");
    // Whoever types is no test and no route, whatever the letters.
    let other = is_other(one) && !(token.key == TYPED && page.word(end).eq_ignore_ascii_case("on"));
    (one.gap == Gap::Space && told && !other).then(|| mark(page, marks, target, end))
}

/// "typed gn" and nothing more of the line, or a sentence behind it: whoever types is there, whatever the letters.
fn typed_line(page: &Page<'_>, at: usize, target: usize) -> bool {
    let begins = page.opens_sentence(at) || page.opens_line(at);
    let letters = page.get(target).is_some_and(|t| {
        t.gap == Gap::Space && matches!(t.form, Form::Lower | Form::Upper) && t.is_word() && (2..=3).contains(&t.len())
    }) && !page.word(target).eq_ignore_ascii_case("by");
    let next = page.get(target + 1);
    let ends = next.is_none_or(|t| {
        t.gap >= Gap::Line || t.gap == Gap::Space && (t.form == Form::Title || t.is_dash() || t.is_sign('\u{2022}'))
    });
    begins && letters && ends
}

pub(super) fn mark(page: &Page<'_>, marks: &mut Marks, first: usize, end: usize) -> usize {
    marks.add(page, first, end, Kind::Name, Reason::Label);
    end
}

fn is_other(token: &Token) -> bool {
    token.len() > 1 && (token.flags.is_any(OTHER) || token.flags.is_medical())
}

/// The token behind the initials at `at`: "TE", "P. S."; `small` where they may be small letters.
pub(super) fn person(page: &Page<'_>, marks: &Marks, at: usize, small: bool) -> Option<usize> {
    let token = page.get(at)?;
    let lower = small || page.casing_at(at) == Casing::Lower;
    let end = letters(page, at, lower).or_else(|| {
        let fits = token.form == Form::Upper || lower && token.form == Form::Lower;
        (fits && (2..=3).contains(&token.len()) && !token.flags.is_any(Class::Function.bit() | Class::Pronoun.bit()))
            .then_some(at + 1)
    })?;
    (at..end).all(|i| marks.is_free(i) || marks.kind_at(i) == Some(Kind::Name)).then_some(end)
}

/// Does a line, a phrase or a sentence end before the token?
pub(super) fn closes(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_none_or(|t| {
        t.gap >= Gap::Wide || t.form == Form::Sign && !t.is_dash() && !t.is_sign('/') && !t.is_sign('=')
    })
}

/// "HM//CP": who spoke and who typed. Nothing else is written so.
fn strokes(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let second = page.get(at + 1).is_some_and(|t| t.is_sign('/') && t.gap == Gap::None);
    if !second || page.get(at)?.gap != Gap::None || page.get(at + 2)?.gap != Gap::None {
        return None;
    }
    let end = person(page, marks, at + 2, true)?;
    let first = before(page, marks, at, true)?;
    let apart = page.get(first).is_some_and(|t| t.gap > Gap::None || first == 0)
        || first > 0 && (page.is_sign(first - 1, '|') || page.is_sign(first - 1, '"'));
    (apart && page.get(end).is_none_or(|t| t.gap > Gap::None || t.form == Form::Sign && !t.is_sign('/'))).then(|| {
        mark(page, marks, first, at);
        mark(page, marks, at + 2, end)
    })
}

/// "KL/MN", "K. L./mn" alone on its line under "Typed: 3/4/2019": who dictated and who typed.
fn footer(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let line = *page.line(at)?;
    let end = person(page, marks, at + 1, true)?;
    let first = before(page, marks, at, false)?;
    if first != line.first || end != line.end || page.get(at)?.gap != Gap::None || page.get(at + 1)?.gap != Gap::None {
        return None;
    }
    // The line above says when it was dictated or typed.
    let above = first.checked_sub(1).and_then(|i| page.line(i));
    let dated = above.is_some_and(|line| (line.first..line.end).any(|i| marks.kind_at(i) == Some(Kind::Date)));
    dated.then(|| {
        mark(page, marks, first, at);
        mark(page, marks, at + 1, end)
    })
}

/// The first token of the initials right before `at`.
fn before(page: &Page<'_>, marks: &Marks, at: usize, small: bool) -> Option<usize> {
    let last = at.checked_sub(1)?;
    if page.is_sign(last, '.') {
        return [6, 4]
            .into_iter()
            .filter_map(|n| at.checked_sub(n))
            .find(|f| person(page, marks, *f, small) == Some(at));
    }
    (person(page, marks, last, small) == Some(at)).then_some(last)
}

/// "dt: 04/27/20 KS/af/ORD-365": the first stroke behind who spoke, behind a date.
fn typed_for(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let first = before(page, marks, at, false)?;
    let dated = page.get(first)?.gap == Gap::Space
        && first > 0
        && (marks.kind_at(first - 1) == Some(Kind::Date) || page.is_sign(first - 1, ':'));
    let typist =
        page.get(at + 1).filter(|t| t.form == Form::Lower && t.gap == Gap::None && (2..=3).contains(&t.len()))?;
    let closed = page.is_sign(at + 2, '/') && page.get(at + 3).is_some_and(|t| t.gap == Gap::None);
    let unit = typist.flags.is_any(Class::Unit.bit() | Class::Function.bit()) || !marks.is_free(at + 1);
    (dated && closed && !unit).then(|| {
        mark(page, marks, first, at);
        mark(page, marks, at + 1, at + 2)
    })
}

/// "s/b TE + E.K.", "seen w/ LWG", "d/w P. S./JG on rounds": who did something, with whom.
fn deed(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let is = |i: usize, words: &[&str]| words.iter().any(|w| page.word(i).eq_ignore_ascii_case(w));
    let last = at.checked_sub(1)?;
    let abbreviated = is(last, &["s", "t", "d"]) && is(at + 1, &["b", "o", "w"]);
    let spoken = is(last, &["w"]) && last > 0 && is(last - 1, &["seen", "discussed", "reviewed", "staffed", "spoke"]);
    let target = if abbreviated { at + 2 } else { at + 1 };
    if !(abbreviated || spoken) || page.get(target)?.gap != Gap::Space {
        return None;
    }
    let end = person(page, marks, target, false)?;
    let other = is_other(page.get(target)?);
    let joined = page.is_sign(end, '+') || page.is_sign(end, '/') || page.is_sign(end, '&');
    if joined && let Some(behind) = person(page, marks, end + 1, false) {
        // "d/w GI + ID": services talk to each other, too.
        if other && page.get(end + 1).is_none_or(is_other) || page.is_sign(behind, '/') {
            return None;
        }
        mark(page, marks, target, end);
        return Some(mark(page, marks, end + 1, behind));
    }
    (!other && closes(page, end)).then(|| mark(page, marks, target, end))
}

/// "rn wilma thatcher", "tc anneke rains re:": a small name where nothing has capitals.
fn small_name(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const APART: u64 = OTHER | SMALL | DEEDS;
    let uncased = page.casing_at(at) != Casing::Usual || page.get(at).is_some_and(|t| t.form == Form::Lower);
    if !uncased || !page.opens_sentence(at) {
        return None;
    }
    let part = |i: usize| {
        page.get(i).is_some_and(|t| {
            t.is_word()
                && t.len() > 1
                && !t.flags.is_any(APART)
                && !t.flags.is_medical()
                && (t.flags.word() < 2 || t.flags.given() >= 2)
                && (marks.is_free(i) || marks.kind_at(i) == Some(Kind::Name))
        })
    };
    let (mut end, mut words) = (at + 1, 0);
    while words < 3 && part(end) && page.get(end)?.gap == Gap::Space {
        words += 1;
        end += 1;
        if page.get(end).is_some_and(|t| t.is_dash() && t.gap == Gap::None) && part(end + 1) {
            end += 2;
        }
    }
    let named = (at + 1..end).any(|i| page.get(i).is_some_and(|t| t.flags.given() >= 1 || t.flags.is_unknown()));
    // "tc jane byrd vm full": what came of the call.
    let told = closes(page, end) || ["re", "vm", "lm", "lvm"].iter().any(|w| page.word(end).eq_ignore_ascii_case(w));
    (words >= 2 && named && told).then(|| mark(page, marks, at + 1, end))
}

/// "jkillings logged out", "user AOLIVER", "printed 3/4/2019 12:22 by abenall", "signed electronically: pstallw2": the name
/// of an account, in one word that is in no list or ends in digits.
fn account(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const MOST: usize = 16;
    let is = |i: usize, words: &[&str]| words.iter().any(|w| page.word(i).eq_ignore_ascii_case(w));
    let named = |i: usize| {
        page.get(i).is_some_and(|t| {
            let digits = t.form == Form::Mixed && page.word(i).starts_with(|c: char| c.is_ascii_alphabetic());
            let odd = t.is_word() && t.flags.is_unknown() && t.form != Form::Title;
            (digits || odd) && t.len() >= 5 && marks.is_free(i)
        })
    };
    let over = |i: usize| i + usize::from(page.is_sign(i, ':') || page.is_sign(i, '='));
    let target = match page.word(at).to_ascii_lowercase().as_str() {
        "logged" if is(at + 1, &["in", "out", "on", "off"]) => at.checked_sub(1)?,
        "logged" if is(at + 1, &["by"]) => at + 2,
        "user" => over(at + 1 + usize::from(is(at + 1, &["id", "name"]))),
        "electronically" => over(at + 1 + usize::from(is(at + 1, &["by"]))),
        "printed" => {
            let line = page.line(at)?;
            (at + 1..line.end.min(at + MOST)).find(|i| is(*i, &["by"]))? + 1
        }
        _ => return None,
    };
    let apart = page.get(target).is_some_and(|t| t.gap > Gap::None || target == 0)
        || target > 0 && ['[', '"', ':', '='].iter().any(|s| page.is_sign(target - 1, *s));
    let next = page.get(target + 1);
    let ends = next.is_none_or(|t| t.gap > Gap::None || t.form == Form::Sign && !t.is_dash() && !t.is_sign('@'));
    (apart && ends && named(target)).then(|| {
        marks.add(page, target, target + 1, Kind::Other, Reason::Context);
        target + 1
    })
}

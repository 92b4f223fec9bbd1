//! Where a chart keeps a place for initials: "Dict FM Trans CCL", "witnesses JT, JK", "Gross: RM. Micro: SC.",
//! "U.A. counted, LD checked", "drsg chg OL 6:56 pm", "KM: slept 6h".
//!
//! Many initials are abbreviations as well. Where a place is for two and both hold letters, any letters are taken; where
//! it is for one, letters that abbreviate something stay.

use super::frames::{closes, mark, person};
use super::partners::letters;
use crate::find::apart::{PEOPLE, SMALL};
use crate::find::marks::Marks;
use crate::find::numbers::cue::keys;
use crate::kind::Kind;
use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

/// Words of such places.
pub(in crate::find) const KEYS: [u64; 20] = keys([
    "gross",
    "dict",
    "dictated",
    "witnesses",
    "witnessed",
    "wit",
    "prelim",
    "final",
    "counted",
    "chg",
    "revd",
    "informed",
    "updated",
    "notified",
    "declined",
    "slept",
    "coder",
    "cheers",
    "cna",
    "rgds",
]);

/// What letters abbreviate besides a name.
const OTHER: u64 = PEOPLE
    | SMALL
    | Class::Agent.bit()
    | Class::Clock.bit()
    | Class::GenericPlace.bit()
    | Class::NoName.bit()
    | Class::NoValue.bit()
    | Class::OpensLabel.bit()
    | Class::Specialty.bit()
    | Class::Title.bit()
    | Class::Unit.bit();

/// Marks whose initials stand in the place that the word at `at` makes. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let key = page.get(at)?.key;
    match KEYS.iter().position(|k| *k == key)? {
        0 => both(page, marks, at, &["micro", "microscopic"]),
        1 | 2 => both(page, marks, at, &["trans", "transcribed", "typed", "tr"]).or_else(|| dictated(page, marks, at)),
        3..=5 => witnesses(page, marks, at),
        6 => readers(page, marks, at),
        7 => version(page, marks, at),
        8 => counted(page, marks, at),
        9 | 10 => timed(page, marks, at),
        11..=13 => told(page, marks, at),
        14 => declined(page, marks, at),
        15 => slept(page, marks, at),
        16 => coder(page, marks, at),
        18 => pair(page, marks, at),
        _ => cheers(page, marks, at),
    }
}

/// Do the letters abbreviate something?
fn is_other(token: &Token) -> bool {
    token.len() > 1 && (token.flags.is_any(OTHER) || token.flags.is_medical())
}

/// The initials behind a space at `at`: capitals or dotted letters.
fn initials(page: &Page<'_>, marks: &Marks, at: usize) -> Option<usize> {
    let token = page.get(at).filter(|t| t.gap == Gap::Space)?;
    let capitals = token.form == Form::Upper && (2..=3).contains(&token.len()) && marks_allow(marks, at);
    if capitals {
        Some(at + 1)
    } else {
        letters(page, at, false).filter(|end| (at..*end).all(|i| marks_allow(marks, i)))
    }
}

/// No find of another kind holds the token. A shield is no hindrance: what shields letters is that they abbreviate.
fn marks_allow(marks: &Marks, at: usize) -> bool {
    marks.kind_at(at).is_none_or(|k| k == Kind::Name)
}

/// Passes over a colon.
fn over_colon(page: &Page<'_>, at: usize) -> usize {
    at + usize::from(page.is_sign(at, ':'))
}

fn is(page: &Page<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|w| page.word(at).eq_ignore_ascii_case(w))
}

/// Does a day or a time of day begin at the token?
fn is_time(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    marks.kind_at(at) == Some(Kind::Date)
        || page.get(at).is_some_and(|t| {
            t.is_number(1..=2)
                && t.gap == Gap::Space
                && (page.is_sign(at + 1, ':') && page.get(at + 2).is_some_and(|t| t.is_number(2..=2))
                    || page.get(at + 1).is_some_and(|t| t.flags.is(Class::Clock)))
        })
}

/// "Gross: RM. Micro: SC.", "Dict FM Trans CCL": two places, both filled.
fn both(page: &Page<'_>, marks: &mut Marks, at: usize, second: &[&str]) -> Option<usize> {
    let first = over_colon(page, at + 1);
    let end = initials(page, marks, first)?;
    let passed = usize::from([',', '.', ';', '/'].iter().any(|s| page.is_sign(end, *s)));
    let cue = end + passed;
    if !is(page, cue, second) {
        return None;
    }
    let other = over_colon(page, cue + 1);
    let last = initials(page, marks, other)?;
    // "Gross: WNL. Micro: RBC." is what was seen.
    let seen = |i: usize| page.get(i).is_none_or(|t| is_other(t) && t.len() == 3);
    if seen(first) && seen(other) {
        return None;
    }
    mark(page, marks, first, end);
    Some(mark(page, marks, other, last))
}

/// "dictated 3/4/2021, j. k.": letters behind the day.
fn dictated(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const DAY: usize = 7;
    let mut target = over_colon(page, at + 1);
    let day = target;
    while marks.kind_at(target) == Some(Kind::Date) && target < day + DAY {
        target += 1;
    }
    if target == day || !page.is_sign(target, ',') {
        return None;
    }
    target += 1;
    let end = letters(page, target, true).or_else(|| {
        let one = page.get(target)?;
        (!is_other(one)).then(|| person(page, marks, target, false)).flatten()
    })?;
    (page.get(target)?.gap == Gap::Space && closes(page, end)).then(|| mark(page, marks, target, end))
}

/// "witnesses JT, JK", "waste witnessed by NV and RGA", "wit. AB/CD".
fn witnesses(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let mut target = over_colon(page, at + 1);
    if page.is_sign(target, '.') && page.word(at).eq_ignore_ascii_case("wit") {
        target += 1;
    }
    if is(page, target, &["by"]) {
        target += 1;
    } else if is(page, at, &["witnessed"]) {
        return None;
    }
    let end = initials(page, marks, target)?;
    let joint = page.get(end).is_some_and(|t| t.is_sign(',') || t.is_sign('/') || t.is_sign('&') || t.is_sign('+'))
        || is(page, end, &["and"]);
    let second = if joint { initials(page, marks, end + 1) } else { None };
    // "witnessed by RN and MD" names nobody.
    let trained = |i: usize| page.get(i).is_none_or(|t| t.flags.is(Class::Credential) && t.len() > 1);
    match second {
        Some(last) if !(is(page, target, &["rn"]) || trained(target) && trained(end + 1)) => {
            mark(page, marks, target, end);
            Some(if is(page, end + 1, &["rn"]) { end } else { mark(page, marks, end + 1, last) })
        }
        _ => (closes(page, end) && !page.get(target).is_none_or(is_other)).then(|| mark(page, marks, target, end)),
    }
}

/// "Prelim read by AA, final read CTX".
fn readers(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let by = |i: usize| i + usize::from(is(page, i, &["by"]));
    if !is(page, at + 1, &["read"]) {
        return None;
    }
    let first = over_colon(page, by(at + 2));
    let end = initials(page, marks, first)?;
    let cue = end + usize::from(page.is_sign(end, ',') || page.is_sign(end, ';') || page.is_sign(end, '.'));
    let second = over_colon(page, by(cue + 2));
    if !is(page, cue, &["final"]) || !is(page, cue + 1, &["read"]) {
        return None;
    }
    let last = initials(page, marks, second)?;
    mark(page, marks, first, end);
    Some(mark(page, marks, second, last))
}

/// "final / a. s. / 2012-05-12": who closed a report, and when.
fn version(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let end = letters(page, at + 2, true)?;
    let strokes = page.is_sign(at + 1, '/') && page.is_sign(end, '/');
    (strokes && marks.kind_at(end + 1) == Some(Kind::Date)).then(|| mark(page, marks, at + 2, end))
}

/// "Technician U.A. counted, LD checked".
fn counted(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let target = at + 1 + usize::from(page.is_sign(at + 1, ','));
    let end = initials(page, marks, target)?;
    if !is(page, end, &["checked", "verified", "rechecked", "confirmed", "witnessed"]) {
        return None;
    }
    // Who counted.
    let first = at.checked_sub(1)?;
    let before = page.get(first)?;
    if before.form == Form::Upper && (2..=3).contains(&before.len()) && marks_allow(marks, first) {
        mark(page, marks, first, at);
    }
    Some(mark(page, marks, target, end))
}

/// "drsg chg OL 6:56 pm", "rev'd BF 10/27": who did it, before the time.
fn timed(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    // What is changed or reviewed as well: a scan, a count, a pressure.
    const THINGS: [&str; 16] =
        ["lp", "us", "xr", "ua", "bs", "bg", "bm", "ap", "pt", "ot", "poc", "iv", "gt", "cl", "abi", "pft"];
    let target = at + 1;
    let small = page.get(at)?.form == Form::Lower;
    let end = person(page, marks, target, small).filter(|_| page.get(target).is_some_and(|t| t.gap == Gap::Space))?;
    let token = page.get(target)?;
    let other = token.len() > 1
        && (token.flags.is_any(OTHER) || token.flags.is_medical() && token.len() > 2 && token.flags.surname() == 0);
    let free = !other && !is(page, target, &THINGS);
    (free && is_time(page, marks, end)).then(|| mark(page, marks, target, end))
}

/// "GP SC informed", "family (TJ) updated", "RN GL notified".
fn told(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    const PLACES: [&str; 12] = ["ed", "er", "or", "ir", "sw", "cm", "ur", "id", "icu", "ob", "cc", "hh"];
    const WHO: u64 = Class::Role.bit() | Class::Relative.bit() | Class::Credential.bit();
    let mut last = at.checked_sub(1)?;
    let bracket = page.is_sign(last, ')');
    if bracket {
        last = last.checked_sub(1)?;
    }
    let mut who = last.checked_sub(1)?;
    if bracket {
        if !page.is_sign(who, '(') {
            return None;
        }
        who = who.checked_sub(1)?;
    }
    let token = page.get(last)?;
    let fits = token.form == Form::Upper
        && (2..=3).contains(&token.len())
        && (bracket || token.gap == Gap::Space)
        && marks_allow(marks, last)
        && !token.flags.is_any(
            PEOPLE | SMALL | Class::Clock.bit() | Class::NoName.bit() | Class::Specialty.bit() | Class::Title.bit(),
        )
        && !(token.flags.is_medical() && token.len() > 2)
        && !is(page, last, &PLACES);
    let somebody = page.get(who)?.flags.is_any(WHO) || is(page, who, &["gp", "family", "pharmacy"]);
    (fits && somebody).then(|| mark(page, marks, last, last + 1))
}

/// "AJ declined group": only whoever lives on the unit does.
fn declined(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let first = at.checked_sub(1)?;
    let group = is(page, at + 1, &["group", "groups", "shower", "breakfast", "lunch", "dinner", "supper"]);
    (group && begins(page, marks, first)).then(|| mark(page, marks, first, at))
}

/// "KM: slept 6h".
fn slept(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let colon = at.checked_sub(1)?;
    let first = if page.is_sign(colon, ':') { colon.checked_sub(1)? } else { colon };
    begins(page, marks, first).then(|| mark(page, marks, first, first + 1))
}

/// Do initials begin a sentence at `at`? "PT slept", "AM: slept" are no initials.
fn begins(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    const WHEN: [&str; 6] = ["am", "pm", "hs", "noc", "gi", "gu"];
    page.get(at).is_some_and(|t| {
        t.form == Form::Upper
            && (2..=3).contains(&t.len())
            && !t.flags.is_any(PEOPLE | SMALL | Class::Clock.bit() | Class::NoName.bit())
            && !(t.flags.is_medical() && t.len() > 2)
            && (t.len() == 2 || t.flags.word() < 2)
    }) && marks_allow(marks, at)
        && page.opens_sentence(at)
        && !is(page, at, &WHEN)
}

/// "Coder  LF query answered": a label and its letters.
fn coder(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let target = over_colon(page, at + 1);
    let token = page.get(target)?;
    let fits = token.form == Form::Upper && (2..=3).contains(&token.len()) && token.gap <= Gap::Wide;
    let asked = is(page, target + 1, &["query", "queried", "queries"]) && token.len() == 2;
    (fits && marks_allow(marks, target) && (asked || !token.flags.is_any(OTHER)))
        .then(|| mark(page, marks, target, target + 1))
}

/// "RN KS, CNA SC": who cared for somebody, by training.
fn pair(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let end = initials(page, marks, at + 1)?;
    let comma = at.checked_sub(1)?;
    if !(page.is_sign(comma, ',') || page.is_sign(comma, ';') || page.is_sign(comma, '/')) {
        return None;
    }
    // The letters before the comma, and the nurse before them.
    let first = (1..=6).filter_map(|n| comma.checked_sub(n)).find(|f| initials(page, marks, *f) == Some(comma))?;
    if !first.checked_sub(1).is_some_and(|i| is(page, i, &["rn", "lpn", "lvn"])) {
        return None;
    }
    mark(page, marks, first, comma);
    Some(mark(page, marks, at + 1, end))
}

/// "Cheers NM" at the end of a letter.
fn cheers(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let end = initials(page, marks, at + 1)?;
    let ends = page.get(end).is_none_or(|t| t.gap >= Gap::Blank || t.is_sign('"') || t.is_sign('<'));
    (ends && page.opens_sentence(at)).then(|| mark(page, marks, at + 1, end))
}

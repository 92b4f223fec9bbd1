//! Initials beside initials, and where only initials stand: "E.G.//MS", "s/b TE + E.G.", "bkgd: S. T.", "signed R.T.".

use super::signatures::dates_a_line;
use crate::find::marks::{Mark, Marks};
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// Marks the partner of each pair of initials found, and dotted initials where nothing else stands.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let found: Vec<Mark> =
        marks.found().iter().filter(|m| m.kind == Kind::Name && is_initials(page, m.first, m.end)).copied().collect();
    for mark in found {
        if let Some((first, end)) = behind(page, marks, mark.end).or_else(|| before(page, marks, mark.first)) {
            marks.add(page, first, end, Kind::Name, Reason::Label);
        }
    }
}

/// Marks dotted initials at `at` where the words before them say that somebody's stand there.
pub(super) fn dotted(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let end = letters(page, at, false).filter(|end| end - at >= 3)?;
    let free = (at..end).all(|i| marks.is_free(i));
    let degree = page.word(end - 2).eq_ignore_ascii_case("d") && page.word(at).eq_ignore_ascii_case("m");
    let ends = page.get(end).is_none_or(|t| t.gap > Gap::None || t.form == Form::Sign);
    if !free
        || degree
        || !ends
        || page.get(at)?.gap == Gap::None
        || !(is_place(page, at) || dates_a_line(page, marks, at, end))
    {
        return None;
    }
    marks.add(page, at, end, Kind::Name, Reason::Label);
    Some(end)
}

/// Behind "signed", "bkgd:", "s/b": only somebody's initials stand here.
fn is_place(page: &Page<'_>, at: usize) -> bool {
    let Some(last) = at.checked_sub(1) else { return false };
    let is = |i: usize, words: &[&str]| words.iter().any(|w| page.word(i).eq_ignore_ascii_case(w));
    let mut word = last;
    if page.is_sign(word, ':') {
        let Some(before) = word.checked_sub(1) else { return false };
        word = before;
    }
    let stroked =
        word > 1 && page.is_sign(word - 1, '/') && is(word, &["b", "o", "w"]) && is(word - 2, &["s", "t", "d"]);
    let handed = word > 0 && is(word, &["to"]) && is(word - 1, &["handoff", "signout", "report"]);
    stroked || handed || is(word, &["signed", "bkgd", "initials", "initialed", "scribe"])
}

/// The initials behind "/", "//", "+" or "&" at `at`.
fn behind(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let (first, joint) = joined(page, at, 1)?;
    let end = partner(page, marks, first, joint)?;
    page.get(end).is_none_or(|t| t.gap > Gap::None || t.form == Form::Sign && !t.is_dash()).then_some((first, end))
}

/// The initials before such a sign that stands right before `at`.
fn before(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let (mut end, mut sign) = (at, at.checked_sub(1)?);
    let joint = joint(page, sign)?;
    if joint == Joint::Stroke && sign > 0 && page.is_sign(sign - 1, '/') {
        sign -= 1;
    }
    std::mem::swap(&mut end, &mut sign);
    let last = end.checked_sub(1)?;
    // Capitals, or dotted letters.
    let first = if page.is_sign(last, '.') {
        (2..=6).rev().filter_map(|n| end.checked_sub(n)).find(|f| letters(page, *f, false) == Some(end))?
    } else {
        last
    };
    (partner(page, marks, first, joint) == Some(end)).then_some((first, end))
}

/// What joins two who signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Stroke,
    Strokes,
    Plus,
}

fn joint(page: &Page<'_>, at: usize) -> Option<Joint> {
    let token = page.get(at)?;
    match char::from_u32(token.key as u32)? {
        '/' if token.form == Form::Sign && at > 0 && page.is_sign(at - 1, '/') => Some(Joint::Strokes),
        '/' if token.form == Form::Sign => Some(Joint::Stroke),
        '+' | '&' if token.form == Form::Sign && token.gap == Gap::Space => Some(Joint::Plus),
        _ => None,
    }
}

/// The token behind the joint at `at` and which it is.
fn joined(page: &Page<'_>, at: usize, by: usize) -> Option<(usize, Joint)> {
    match joint(page, at)? {
        Joint::Stroke if page.is_sign(at + by, '/') => Some((at + 2, Joint::Strokes)),
        joint => Some((at + 1, joint)),
    }
}

/// The token behind the initials that begin at `at` and are free.
fn partner(page: &Page<'_>, marks: &Marks, at: usize, joint: Joint) -> Option<usize> {
    const OTHER: u64 = Class::Credential.bit() | Class::Unit.bit() | Class::Title.bit() | Class::Role.bit();
    let token = page.get(at)?;
    let end = letters(page, at, false).or_else(|| {
        let known = token.flags.is_any(OTHER) && joint != Joint::Strokes;
        let capitals = token.form == Form::Upper && (2..=3).contains(&token.len()) && !known;
        // Small letters behind the capitals of who spoke.
        let small = token.form == Form::Lower
            && (2..=3).contains(&token.len())
            && joint != Joint::Plus
            && token.gap == Gap::None
            // "EO/mt/whr": what was done, medical transcription.
            && !page.word(at).eq_ignore_ascii_case("mt")
            && !token.flags.is_any(OTHER | Class::Function.bit());
        (capitals || small).then_some(at + 1)
    })?;
    (at..end).all(|i| marks.is_free(i)).then_some(end)
}

/// The token behind "S. T.", "R.T.", "J.Q.P.": two to four letters, each with a full stop.
pub(in crate::find) fn letters(page: &Page<'_>, at: usize, small: bool) -> Option<usize> {
    let mut end = at;
    while end < at + 8
        && page.get(end).is_some_and(|t| {
            (t.form == Form::Initial || small && t.form == Form::Lower && t.len() <= 2 && page.is_initial(end))
                && (end == at || t.gap <= Gap::Space)
        })
        && page.get(end + 1).is_some_and(|t| t.is_sign('.') && t.gap == Gap::None)
    {
        end += 2;
    }
    (end > at + 2).then_some(end)
}

/// Is the find nothing but initials?
fn is_initials(page: &Page<'_>, first: usize, end: usize) -> bool {
    if page.casing_at(first) == Casing::Lower {
        return false;
    }
    let capitals =
        end == first + 1 && page.get(first).is_some_and(|t| t.form == Form::Upper && (2..=3).contains(&t.len()));
    capitals || letters(page, first, false).is_some_and(|behind| behind >= end && end > first + 2)
}

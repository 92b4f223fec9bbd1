//! Initials beside a day, a time or a name: "17:05 by NS", "WK 07/28/2024 8:13 am", "8/23 04:52 LO/TD", "3/4/2020 -- TD
//! --", "Rosa Lind RL;", "RN GM" at the end of a line.

use super::frames::mark;
use super::partners::letters;
use crate::find::apart::{PEOPLE, SMALL};
use crate::find::marks::Marks;
use crate::kind::Kind;
use crate::read::{Form, Gap, Page, Token};
use crate::words::Class;

/// What letters are besides initials, wherever they stand.
const NEVER: u64 = PEOPLE | SMALL | Class::Clock.bit() | Class::NoName.bit() | Class::NoValue.bit();

/// What they abbreviate.
const OTHER: u64 = NEVER
    | Class::Agent.bit()
    | Class::GenericPlace.bit()
    | Class::Heading.bit()
    | Class::OpensLabel.bit()
    | Class::Specialty.bit();

/// Marks the two or three capitals at `at`, if they stand so. Gives the token to go on from.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let token = page.get(at)?;
    if told_by(page, marks, at)
        || opens_entry(page, marks, at)
        || between_dashes(page, marks, at)
        || behind_name(page, marks, at)
        || cares(page, at)
        || closes_label(page, at)
        || between_strokes(page, at)
    {
        return Some(mark(page, marks, at, at + 1));
    }
    if !token.flags.is_any(NEVER)
        && ends_time(page, marks, at)
        && page.is_sign(at + 1, '/')
        && touches(page, at + 1)
        && touches(page, at + 2)
    {
        let second = page.get(at + 2)?;
        let fits = second.form == Form::Upper
            && (2..=3).contains(&second.len())
            && !second.flags.is_any(NEVER)
            && !(is_other(token) && is_other(second))
            && is_apart(page, at + 3);
        if fits {
            mark(page, marks, at, at + 1);
            return Some(mark(page, marks, at + 2, at + 3));
        }
    }
    None
}

/// Do the letters abbreviate something?
fn is_other(token: &Token) -> bool {
    token.flags.is_any(OTHER) || token.flags.is_medical()
}

fn touches(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap == Gap::None)
}

fn is(page: &Page<'_>, at: usize, words: &[&str]) -> bool {
    words.iter().any(|w| page.word(at).eq_ignore_ascii_case(w))
}

/// Does a line, a phrase or a cell end before the token?
fn ends(page: &Page<'_>, at: usize) -> bool {
    is_apart(page, at) || page.get(at).is_some_and(|t| t.form == Form::Sign && !t.is_dash() && !t.is_sign('/'))
}

/// Nothing, a line end or two spaces before the token: what stands before it is over.
fn is_apart(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return true };
    token.gap >= Gap::Wide
        || at > 0 && page.text.get(..token.start as usize).is_some_and(|before| before.ends_with("  "))
}

/// Does a day or a time of day end before `at`?
fn ends_time(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let Some(last) = at.checked_sub(1) else { return false };
    page.get(last).is_some_and(|t| {
        marks.kind_at(last) == Some(Kind::Date)
            || t.flags.is(Class::Clock)
            || t.is_number(2..=2) && last > 0 && page.is_sign(last - 1, ':')
    })
}

/// "17:05 by NS", "Date 3/4/2020  By UC  Photo". "EDC 3/4/2020 by US" tells how the day was reckoned.
fn told_by(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let Some(by) = at.checked_sub(1) else { return false };
    let token = &page.tokens[at];
    let flags = token.flags;
    let clock = by > 1 && page.is_sign(by - 2, ':') || by > 0 && page.tokens[by - 1].flags.is(Class::Clock);
    let known = flags.is_any(Class::Agent.bit()) || flags.is_country() || flags.is_facility() || flags.is_medical();
    // "10:15 by IV", "10:15 by FD": a way or a crew.
    let route = known && token.len() > 2 || is(page, at, &["iv", "po", "im", "ng", "io", "fd", "pd", "hd"]);
    let reckoned = known && !(flags.is_medical() && !flags.is(Class::Agent) && token.len() == 2);
    is(page, by, &["by"])
        && token.gap == Gap::Space
        && !flags.is_any(NEVER)
        && !route
        && (clock || !reckoned)
        && ends_time(page, marks, by)
        && ends(page, at + 1)
}

/// "WK 07/28/2024 8:13 am": letters that begin a sentence, a day and a time, and the line ends.
fn opens_entry(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let token = &page.tokens[at];
    let Some(line) = page.line(at) else { return false };
    let mut day = at + 1;
    while day < line.end && marks.kind_at(day) == Some(Kind::Date) {
        day += 1;
    }
    // What follows the day is the time and nothing else.
    let rest = line.end.saturating_sub(day);
    let timed = (1..=4).contains(&rest)
        && (page.get(day).is_some_and(|t| t.is_number(4..=4)) && rest == 1
            || page.is_sign(day + 1, ':') && page.get(day + 2).is_some_and(|t| t.is_number(2..=2)))
        || day == line.end && (at + 1..day).any(|i| page.is_sign(i, ':'));
    day > at + 1
        && timed
        && !token.flags.is_any(OTHER)
        && !(token.flags.is_medical() && token.flags.surname() == 0)
        && page.opens_sentence(at)
}

/// "3/4/2020 -- TD -- BP 138/89": who measured.
fn between_dashes(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let Some(mut last) = at.checked_sub(1) else { return false };
    if !page.get(last).is_some_and(Token::is_dash) || page.tokens[at].gap != Gap::Space {
        return false;
    }
    while last > 0 && page.get(last).is_some_and(Token::is_dash) {
        last -= 1;
    }
    marks.kind_at(last) == Some(Kind::Date)
        && page.get(at + 1).is_some_and(|t| t.is_dash() && t.gap == Gap::Space)
        && !page.tokens[at].flags.is_any(OTHER)
}

/// "Rosa Lind RL; Hugh Ames HA": the letters of the name right before them.
fn behind_name(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    let Some(last) = at.checked_sub(1) else { return false };
    let token = &page.tokens[at];
    if marks.kind_at(last) != Some(Kind::Name)
        || token.gap != Gap::Space
        || token.flags.is(Class::Credential)
        || !ends(page, at + 1)
    {
        return false;
    }
    let Some(name) = marks.found().iter().find(|m| m.kind == Kind::Name && m.end == at) else { return false };
    let mut letters = page.word(at).chars();
    let (first, second) = (letters.next(), letters.next_back());
    let begins = |i: usize, letter: Option<char>| {
        page.word(i).chars().next().is_some_and(|c| letter.is_some_and(|l| l.eq_ignore_ascii_case(&c)))
    };
    name.first < last && begins(name.first, first) && begins(last, second)
}

/// "RN GM" at the end of a line or cell, "Dr. Waite, tech CN".
fn cares(page: &Page<'_>, at: usize) -> bool {
    let Some(who) = at.checked_sub(1) else { return false };
    let token = &page.tokens[at];
    let tech = is(page, who, &["tech"]) && who > 0 && page.is_sign(who - 1, ',');
    (tech || page.word(who) == "RN")
        && token.gap == Gap::Space
        && is_apart(page, at + 1)
        && !token.flags.is_any(OTHER & !Class::Function.bit())
        && !(token.flags.is_medical() && token.len() > 2)
        && (tech || !token.flags.is(Class::Function))
}

/// "Approved: NC" where the line ends.
fn closes_label(page: &Page<'_>, at: usize) -> bool {
    let Some(colon) = at.checked_sub(1) else { return false };
    page.is_sign(colon, ':')
        && colon > 0
        && is(page, colon - 1, &["approved", "verified", "typist", "checked", "witness", "initials"])
        && (is_apart(page, at + 1) || [';', '"', '<'].iter().any(|s| page.is_sign(at + 1, *s)))
        && !page.tokens[at].flags.is_any(OTHER)
}

/// "//RS//".
fn between_strokes(page: &Page<'_>, at: usize) -> bool {
    let stroke = |i: usize| page.is_sign(i, '/');
    at >= 2
        && stroke(at - 1)
        && stroke(at - 2)
        && page.opens_line(at - 2)
        && stroke(at + 1)
        && stroke(at + 2)
        && page.get(at + 3).is_none_or(|t| t.gap >= Gap::Line || t.is_sign('"') || t.is_sign('<'))
}

/// "EO/mt/whr", "H. T./cp", "ejb/wtp", "/af" at the stroke at `at`: who spoke and who typed, alone on a line or at its
/// end. Gives the token to go on from.
pub(super) fn typed(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let line = *page.line(at)?;
    let typist = |i: usize| {
        page.get(i).is_some_and(|t| {
            t.form == Form::Lower
                && t.gap == Gap::None
                && (2..=3).contains(&page.word(i).chars().count())
                && !t.flags.is_any(Class::Pronoun.bit() | Class::Clock.bit())
                && t.flags.word() < 3
        }) && marks.kind_at(i).is_none_or(|k| k == Kind::Name)
    };
    let last = at.checked_sub(1);
    if !typist(at + 1) {
        return None;
    }
    let closes = |i: usize| i >= line.end || is_apart(page, i) || page.is_sign(i, '"') || page.is_sign(i, '<');
    // "/af", and nothing else in the paragraph.
    if at == line.first {
        let apart = page.get(at)?.gap == Gap::Blank && page.get(at + 2).is_none_or(|t| t.gap == Gap::Blank);
        return apart.then(|| mark(page, marks, at + 1, at + 2));
    }
    let last = last?;
    if !touches(page, at) {
        return None;
    }
    // Who spoke: capitals, dotted letters, or small letters as well.
    let first = if page.is_sign(last, '.') {
        [6, 4].into_iter().filter_map(|n| at.checked_sub(n)).find(|f| letters(page, *f, false) == Some(at))?
    } else {
        last
    };
    let one = page.get(first)?;
    let dated = first > 0 && marks.kind_at(first - 1) == Some(Kind::Date);
    let alone = first == line.first || is_apart(page, first) || first > 0 && page.is_sign(first - 1, '.') || dated;
    if !alone || one.gap == Gap::None && first > 0 {
        return None;
    }
    let dotted = first < last;
    let spoken = dotted || one.form == Form::Upper && (2..=3).contains(&one.len());
    if spoken && closes(at + 2) && (dotted || !one.flags.is_any(PEOPLE)) {
        mark(page, marks, first, at);
        return Some(mark(page, marks, at + 1, at + 2));
    }
    // "EO/mt/whr": between them what was done, or a third.
    if spoken && page.is_sign(at + 2, '/') && touches(page, at + 2) && typist(at + 3) && closes(at + 4) {
        mark(page, marks, first, at);
        if !is(page, at + 1, &["mt"]) {
            mark(page, marks, at + 1, at + 2);
        }
        return Some(mark(page, marks, at + 3, at + 4));
    }
    let small = one.form == Form::Lower && (2..=3).contains(&page.word(first).chars().count()) && one.flags.word() < 3;
    let odd = one.flags.is_unknown() || page.get(at + 1)?.flags.is_unknown();
    (small && odd && closes(at + 2)).then(|| {
        // "rn/wtp" says what the first is.
        if !one.flags.is(Class::Credential) {
            mark(page, marks, first, at);
        }
        mark(page, marks, at + 1, at + 2)
    })
}

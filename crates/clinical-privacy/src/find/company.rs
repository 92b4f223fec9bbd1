//! Names that the names and days beside them tell: "Survived by Jade, Aneurin and Rowena", "Valentine -> Rainwater
//! handover", "GM May 24; LR February 8", "Dictated 11/28/21 DRS", "4/7/2018 3:22 am BBZ/rv".

use super::apart::APART;
use super::marks::{Mark, Marks};
use super::numbers::cue::keys;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// Capitals that are no initials where a day stands behind them: tests, services, routes.
const NO_INITIALS: u64 = Class::Credential.bit()
    | Class::Role.bit()
    | Class::Heading.bit()
    | Class::Clock.bit()
    | Class::Weekday.bit()
    | Class::Month.bit();

/// Words before a day on which somebody dictated, typed or signed.
const SIGNED: [u64; 14] = keys([
    "dictated",
    "typed",
    "transcribed",
    "verified",
    "edited",
    "amended",
    "dd",
    "dt",
    "td",
    "d",
    "t",
    "tr",
    "proofread",
    "finalized",
]);

/// Marks them.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let found: Vec<Mark> =
        marks.found().iter().filter(|m| matches!(m.kind, Kind::Name | Kind::Date)).copied().collect();
    for mark in found {
        if mark.kind == Kind::Date {
            signer(page, marks, &mark);
            pair(page, marks, &mark);
        } else if let Some((first, end)) = listed(page, marks, mark.end).or_else(|| handed(page, marks, &mark)) {
            marks.add(page, first, end, Kind::Name, Reason::Context);
        }
    }
}

/// Could the word be a name, where names on both sides say so?
fn may_be_name(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        matches!(t.form, Form::Title | Form::Camel)
            && t.len() > 1
            && t.gap <= Gap::Line
            && marks.is_free(at)
            && !t.flags.is_medical()
            && !t.flags.is_any(APART)
            && (t.flags.given() > 0 || t.flags.surname() > 0 || t.flags.is_unknown())
    }) && page.casing_at(at) == Casing::Usual
}

/// The token behind ",", "and", ", and" or "&" at `at`; whether it was "and".
fn joint(page: &Page<'_>, at: usize) -> Option<(usize, bool)> {
    let and = |i: usize| page.is_sign(i, '&') || page.word(i).eq_ignore_ascii_case("and");
    if page.is_sign(at, ',') && page.get(at)?.gap == Gap::None {
        return Some(if and(at + 1) { (at + 2, true) } else { (at + 1, false) });
    }
    and(at).then_some((at + 1, true))
}

/// ", Aneurin" between "Jade" and "and Rowena": one of a list of names, whose others were found; `at` is behind one.
fn listed(page: &Page<'_>, marks: &Marks, at: usize) -> Option<(usize, usize)> {
    let (first, _) = joint(page, at)?;
    if !may_be_name(page, marks, first) {
        return None;
    }
    let (next, last) = joint(page, first + 1)?;
    // Two commas part other things than names, too: the list must end with "and" here or a name's turn come twice.
    let name = marks.kind_at(next) == Some(Kind::Name);
    (name && last).then_some((first, first + 1))
}

/// "-> Rainwater" behind "Valentine", "Flowers ->" before "Read": who handed over to whom.
fn handed(page: &Page<'_>, marks: &Marks, mark: &Mark) -> Option<(usize, usize)> {
    let arrow =
        |i: usize| page.is_sign(i, '\u{2192}') || page.get(i).is_some_and(|t| t.is_dash()) && page.is_sign(i + 1, '>');
    let width = |i: usize| if page.is_sign(i, '\u{2192}') { 1 } else { 2 };
    if arrow(mark.end) {
        let first = mark.end + width(mark.end);
        return may_be_name(page, marks, first).then_some((first, first + 1));
    }
    let sign =
        mark.first.checked_sub(2).filter(|i| arrow(*i)).or_else(|| mark.first.checked_sub(1).filter(|i| arrow(*i)))?;
    let last = sign.checked_sub(1)?;
    (may_be_name(page, marks, last) && page.opens_sentence(last)).then_some((last, last + 1))
}

/// The token behind two or three letters at `at`, capitals or, where nothing has any, small ones.
fn letters(page: &Page<'_>, marks: &Marks, at: usize, small: bool) -> Option<usize> {
    let token = page.get(at)?;
    let cased = token.form == Form::Upper || token.form == Form::Lower && (small || page.casing == Casing::Lower);
    let fits = cased && (2..=3).contains(&token.len()) && !token.flags.is_any(NO_INITIALS | Class::Pronoun.bit());
    let free = marks.is_free(at) || marks.kind_at(at) == Some(Kind::Name);
    (fits && free).then_some(at + 1)
}

/// Does what was written end before the token?
fn closes(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_none_or(|t| {
        t.gap >= Gap::Line
            || ['"', '.', ';', ',', ')', ']', '<', '|'].iter().any(|s| t.is_sign(*s)) && t.gap == Gap::None
    })
}

/// "DRS" behind "Dictated 11/28/21", "BBZ/rv" behind "T: 4/7/2018 3:22 am": who did it, and who typed it.
fn signer(page: &Page<'_>, marks: &mut Marks, date: &Mark) {
    let told = (1..=4).any(|back| {
        date.first.checked_sub(back).and_then(|i| page.get(i)).is_some_and(|t| t.is_word() && SIGNED.contains(&t.key))
    });
    if !told {
        return;
    }
    let mut at = date.end;
    // The time of day may stand between.
    while at < date.end + 4
        && page.get(at).is_some_and(|t| {
            t.gap <= Gap::Space && (t.is_sign('@') || t.is_number(4..=4) || t.flags.is(Class::Clock) && t.len() <= 3)
        })
    {
        at += 1;
    }
    let near = page.get(at).is_some_and(|t| t.gap == Gap::Space || t.gap == Gap::Line);
    let Some(end) = letters(page, marks, at, false).filter(|_| near) else { return };
    let typist = (page.is_sign(end, '/') && page.get(end).is_some_and(|t| t.gap == Gap::None))
        .then(|| letters(page, marks, end + 1, true))
        .flatten()
        .filter(|behind| page.get(end + 1).is_some_and(|t| t.gap == Gap::None) && closes(page, *behind));
    // Behind "dictated" at a line's end stands whoever did, whatever else the letters are short for.
    let last = page.get(end).is_none_or(|t| t.gap >= Gap::Line);
    let plain = last || page.get(at).is_some_and(|t| !t.flags.is_medical());
    if typist.is_none() && !(closes(page, end) && plain) {
        return;
    }
    marks.add(page, at, end, Kind::Name, Reason::Context);
    if let Some(behind) = typist {
        marks.add(page, end + 1, behind, Kind::Name, Reason::Context);
    }
}

/// "GM May 24; LR February 8": two who did something, each with a day; `date` is the first of two.
fn pair(page: &Page<'_>, marks: &mut Marks, date: &Mark) {
    let Some(one) = date.first.checked_sub(1) else { return };
    if !page.is_sign(date.end, ';') {
        return;
    }
    let second = date.end + 1;
    let initials = |i: usize| letters(page, marks, i, false) == Some(i + 1);
    // Of the two a name may be found already, or be written with its points.
    let known = |i: usize| marks.kind_at(i) == Some(Kind::Name);
    let pointed = (second..second + 6).any(|i| page.is_sign(i, '.')) && page.is_initial(second);
    let mut behind = second + 1;
    if pointed {
        while behind < second + 6 && (page.is_sign(behind, '.') || page.is_initial(behind)) {
            behind += 1;
        }
    }
    let dated = marks.kind_at(behind) == Some(Kind::Date);
    let medical = |i: usize| {
        page.get(i).is_some_and(|t| t.flags.is_medical() || t.flags.is_any(Class::Specialty.bit() | Class::Agent.bit()))
            && !known(i)
    };
    let opens = page.opens_sentence(one) || known(one) || !medical(one) && (pointed || !medical(second));
    if !dated || !opens || !(initials(one) || known(one)) || !(initials(second) || known(second) || pointed) {
        return;
    }
    if medical(one) && medical(second) && !pointed {
        return;
    }
    let (first_known, second_known) = (known(one), known(second));
    if !first_known {
        marks.add(page, one, one + 1, Kind::Name, Reason::Context);
    }
    if !second_known {
        let end = behind;
        let end = if pointed && page.is_sign(end - 1, '.') { end - 1 } else { end };
        marks.add(page, second, end, Kind::Name, Reason::Context);
    }
}

//! "Hope, Raymond and Drew", "Brown/Wainwright": names that stand in a row with a name already found.

use super::likeness::{Likeness, is_eponym_here, likeness};
use super::run;
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// The most names of one row.
const LONGEST: usize = 8;

/// Two capitals before a name that say what somebody is: a baby boy or girl, a friend, a social worker; a call; a round.
pub(in crate::find) const KINDS: [&str; 9] = ["BB", "BG", "BF", "GF", "SW", "TC", "WR", "HV", "PD"];

/// Marks what stands in a row with each name found so far.
pub(super) fn find(page: &Page<'_>, marks: &mut Marks) {
    let names: Vec<(usize, usize, bool)> = marks
        .found()
        .iter()
        .filter(|m| m.kind == Kind::Name)
        .map(|m| (m.first, m.end, m.reason == Reason::Context))
        .collect();
    for (first, end, told) in names {
        before(page, marks, first);
        let mut end = end;
        for _ in 0..LONGEST {
            let Some((first, last)) = next(page, marks, end, told) else { break };
            marks.add(page, first, last, Kind::Name, Reason::Context);
            end = last;
        }
    }
}

/// What stands in the row before the name that begins at `first`: "Clarence and Philippa", and two initials ("DJ Johnson").
fn before(page: &Page<'_>, marks: &mut Marks, first: usize) {
    let Some(at) = first.checked_sub(1) else { return };
    let usual = page.casing_at(first) == Casing::Usual;
    let letters = &page.tokens[at];
    let initials = letters.form == Form::Upper
        && letters.len() == 2
        && !KINDS.contains(&page.word(at))
        && usual
        && marks.is_free(at)
        && page.tokens[first].gap == Gap::Space
        && page.tokens[first].form == Form::Title
        && !letters.flags.is_any(
            Class::Credential.bit()
                | Class::Title.bit()
                | Class::Function.bit()
                | Class::Unit.bit()
                | Class::Heading.bit()
                | Class::Role.bit(),
        );
    if initials {
        marks.add(page, at, first, Kind::Name, Reason::Context);
        return;
    }
    let joined = matches!(page.word(at), "and" | "AND" | "&") && page.tokens[first].gap <= Gap::Line;
    let Some(other) = at.checked_sub(1).filter(|_| joined) else { return };
    let token = &page.tokens[other];
    let capital = matches!(token.form, Form::Title | Form::Camel) || !usual;
    let like = likeness(page, marks, other);
    let listed = token.flags.given() >= 2
        && (usual || like >= Likeness::Listed || token.flags.given() == 3 && token.flags.word() < 3);
    if marks.is_free(other)
        && capital
        && (like >= Likeness::Listed || like == Likeness::Unknown && usual || like == Likeness::WordName && listed)
        && token.is_word()
    {
        let start = run::left(page, marks, other);
        marks.add(page, start, other + 1, Kind::Name, Reason::Context);
    }
}

/// The next name of the row whose last name ends at `at`.
fn next(page: &Page<'_>, marks: &Marks, at: usize, told: bool) -> Option<(usize, usize)> {
    let mut first = at;
    let mut joined = false;
    let token = page.get(first)?;
    if token.is_sign(',') || token.is_sign(';') && told || token.is_sign('/') || token.is_sign('&') {
        joined = token.is_sign('/') || token.is_sign('&');
        first += 1;
    }
    if matches!(page.word(first), "and" | "AND" | "or" | "OR" | "And") && page.get(first)?.gap <= Gap::Line {
        joined = true;
        first += 1;
    }
    let name = page.get(first)?;
    if first == at
        || name.flags.is(Class::Title) && name.flags.given() < 2
        || !name.is_word()
        || name.len() < 2
        || name.gap > Gap::Line
        || !marks.is_free(first)
        || is_eponym_here(page, first)
        || name.flags.is(Class::Credential)
        || run::is_label(page, first)
    {
        return None;
    }
    let like = likeness(page, marks, first);
    let given = name.flags.given();
    let taken = if page.casing_at(first) == Casing::Usual {
        let capital = matches!(name.form, Form::Title | Form::Camel);
        let word = joined && (given >= 2 || name.flags.surname() >= 2) || told && given >= 2;
        // ", Boston" and ", Monday" are not the next child.
        // "Dr. D'Agostino, Nail and Núñez": the row goes on.
        let goes_on = told && name.flags.surname() >= 1 && matches!(page.word(first + 1), "and" | "&");
        capital
            && (goes_on && like >= Likeness::WordName
                || joined && like >= Likeness::Unknown
                || told && like >= Likeness::Listed && given >= 1
                || like == Likeness::WordName && word && told)
    } else {
        joined
            && (like >= Likeness::Listed
                || like == Likeness::Unknown && told
                || like == Likeness::WordName
                    && (told && (given >= 2 || name.flags.surname() >= 2 && name.flags.word() < 3) || given == 3))
    };
    taken.then(|| (first, run::right(page, marks, first, first + 1)))
}

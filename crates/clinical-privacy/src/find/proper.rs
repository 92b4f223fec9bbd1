//! Proper names that no family knows: two capital words or more inside a sentence of small ones.
//!
//! "transferred to Cedar Ridge Walk-In", "packs boxes at Blue Heron". English writes such capitals for names alone; what
//! medicine writes so ("Glasgow Coma Scale", "Intensive Care Unit") is made of words of medicine, headings and services.

use super::apart::APART;
use super::marks::Marks;
use super::openers::{Eye, Openers};
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page, Token};
use crate::words::{Class, Known};

/// The most words of a phrase.
const LONGEST: usize = 8;

/// Words of which phrases in capitals are made that name nobody and no place.
const CLINICAL: u64 = Class::Heading.bit()
    | Class::Specialty.bit()
    | Class::GenericPlace.bit()
    | Class::PlainHead.bit()
    | Class::EponymHead.bit()
    | Class::Role.bit()
    | Class::Person.bit()
    | Class::Relative.bit()
    | Class::Title.bit()
    | Class::Credential.bit()
    | Class::Month.bit()
    | Class::Weekday.bit()
    | Class::Unit.bit()
    | Class::Grade.bit()
    | Class::Anatomy.bit()
    | Class::NoName.bit()
    | Class::Agent.bit()
    | Class::Function.bit()
    | Class::NumberWord.bit()
    | Class::OrdinalWord.bit();

/// Marks what is left.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    if page.casing != Casing::Usual {
        return;
    }
    organisations(page, marks);
    let mut at = 0;
    while let Some(opener) = openers.next(Eye::Proper, at) {
        at = if opens(page, marks, opener) { phrase(page, marks, opener).unwrap_or(opener + 1) } else { opener + 1 };
    }
}

/// "at Umphrey Electric Co-op", "from Shackleford Eye and Ear": a name of one word that goes on in capitals is the name
/// of an organisation, and all of it is marked.
fn organisations(page: &Page<'_>, marks: &mut Marks) {
    let names: Vec<(usize, usize)> = marks
        .found()
        .iter()
        .filter(|m| matches!(m.kind, Kind::Name | Kind::City | Kind::Facility | Kind::Employer) && m.end == m.first + 1)
        .map(|m| (m.first, m.end))
        .collect();
    for (first, start) in names {
        let led = first > 0 && page.tokens[first - 1].form == Form::Lower && page.tokens[first].gap <= Gap::Line;
        if !led
            || page.tokens[first].form != Form::Title
            || page.casing_at(first) != Casing::Usual
            || is_titled(page, first)
        {
            continue;
        }
        let part = |i: usize| {
            page.get(i).is_some_and(|t| {
                matches!(t.form, Form::Title | Form::Upper)
                    && marks.is_free(i)
                    && !t.flags.is_any(APART)
                    && !page.is_sign(i + 1, ':')
            })
        };
        let mut end = start;
        while end < start + 2 * LONGEST {
            let Some(token) = page.get(end) else { break };
            let next = end > start && page.get(end + 1).is_some();
            let joined = (token.is_sign('&') || matches!(page.word(end), "and" | "of"))
                && page.get(end + 1).is_some_and(|t| t.gap == Gap::Space)
                && part(end + 1);
            let hyphened = token.is_dash()
                && token.gap == Gap::None
                && page.get(end + 1).is_some_and(|t| t.gap == Gap::None && t.is_word());
            if token.gap == Gap::Space && part(end) {
                end += 1;
            } else if next && (joined || hyphened) {
                end += 2;
            } else {
                break;
            }
        }
        if end > start {
            marks.add(page, first, end, Kind::Facility, Reason::Context);
        }
    }
}

/// A capital word right behind a small one.
#[inline]
pub(super) fn follows(page: &Page<'_>, at: usize, token: &Token) -> bool {
    (token.form == Form::Title) & (token.gap == Gap::Space) & page.before(at).is_some_and(|t| t.form == Form::Lower)
}

/// The same where capitals say something and no family was.
fn opens(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    marks.is_free(at) && page.casing_at(at) == Casing::Usual
}

fn phrase(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    let mut end = at + 1;
    let mut words = 1;
    while end < at + 2 * LONGEST {
        let Some(token) = page.get(end) else { break };
        let title = |i: usize| page.get(i).is_some_and(|t| t.form == Form::Title && marks.is_free(i));
        if token.form == Form::Title && token.gap == Gap::Space && marks.is_free(end) {
            words += 1;
            end += 1;
        } else if token.form == Form::Possessive && marks.is_free(end) {
            end += 1;
        } else if title(end + 1)
            && (token.gap == Gap::None && token.is_dash() || token.is_sign('&') || page.word(end) == "of")
        {
            words += 1;
            end += 2;
        } else {
            break;
        }
    }
    while end > at + 1 && page.tokens[end - 1].form == Form::Possessive {
        end -= 1;
    }
    // A label, a dose or a drug's company is no name.
    let next = page.get(end);
    let labelled = next.is_some_and(|t| t.is_sign(':') || t.gap == Gap::Space && t.form == Form::Number);
    // "the Left Hip" is a place of the body.
    let body = page.get(end - 1).is_some_and(|t| t.flags.is(Class::Anatomy));
    if words < 2 || labelled || body || is_titled(page, at) {
        return Some(end);
    }
    if page
        .phrase(at)
        .is_some_and(|(_, known)| matches!(known, Known::Insurer | Known::Eponym | Known::State | Known::Country))
    {
        return Some(end);
    }
    let ordinary = |t: &Token| {
        t.is_word()
            && t.flags.word() > 0
            && !t.flags.is_medical()
            && !t.flags.is_eponym()
            && !t.flags.is_proper()
            && !t.flags.is_country()
            && !t.flags.is_state()
            && !t.flags.is_any(CLINICAL)
    };
    let plain = (at..end).filter(|i| ordinary(&page.tokens[*i])).count();
    let clinical = (at..end).filter(|i| page.tokens[*i].is_word() && page.tokens[*i].flags.is_medical()).count();
    if plain >= 1 && clinical == 0 {
        marks.add(page, at, end, Kind::Facility, Reason::Context);
    }
    Some(end)
}

/// Is the line written with capitals throughout, as a heading is?
pub(super) fn is_titled(page: &Page<'_>, at: usize) -> bool {
    is_written_so(page, at, |_| true)
}

/// The same, where the capitals of what was found do not count.
pub(super) fn is_titled_beside(page: &Page<'_>, marks: &Marks, at: usize) -> bool {
    is_written_so(page, at, |i| marks.is_free(i))
}

fn is_written_so(page: &Page<'_>, at: usize, counts: impl Fn(usize) -> bool) -> bool {
    let Some(line) = page.line(at) else { return true };
    let mut small = 0;
    let mut title = 0;
    let first = at.saturating_sub(12).max(line.first);
    for (i, token) in (first..).zip(&page.tokens[first..(at + 14).min(line.end)]) {
        match token.form {
            Form::Lower if token.len() > 1 => small += 1,
            Form::Title if counts(i) => title += 1,
            _ => {}
        }
    }
    title > small
}

//! A facility or an employer behind a label.

use super::label::{Apart, Place};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// The longest name of a place, in tokens.
const LONGEST: usize = 20;

/// Marks the place named at the start of the value, if it is named and not only told of ("emergency department").
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, place: Place, kind: Kind) -> usize {
    let limit = place.limit.min(place.start + LONGEST);
    let usual = page.casing_at(place.start) == Casing::Usual;
    let mut end = place.start;
    let (mut evidence, mut words, mut heads) = (0, 0, 0);
    let mut i = place.start;
    while i < limit {
        let Some(token) = page.get(i) else { break };
        if i > place.start && (token.gap >= Gap::Wide && !breaks_inside(page, i) || super::ends_value(page, i)) {
            break;
        }
        match token.form {
            Form::Sign => match char::from_u32(token.key as u32) {
                Some('.')
                    if page.before(i).is_some_and(|t| {
                        t.len() <= 2 || t.flags.is(Class::Title) || t.flags.is(Class::CompanySuffix)
                    }) => {}
                Some('&' | '\'' | '+') => {}
                Some(',') if company(page, i + 1) => {}
                // "Garcia, Lopez and Brown": more names, joined by a last "and".
                Some(',') if kind == Kind::Employer && listed(page, i + 1, limit) => {}
                Some('/') if token.gap == Gap::None => {}
                _ if token.is_dash()
                    && token.gap == Gap::None
                    && page.get(i + 1).is_some_and(|t| t.gap == Gap::None) => {}
                _ => break,
            },
            Form::Number if i == place.start || token.len() > 3 => break,
            Form::Number | Form::Possessive => end = i + 1,
            _ => {
                let flags = token.flags;
                let joins = matches!(
                    page.word(i).to_ascii_lowercase().as_str(),
                    "of" | "the" | "and" | "for" | "de" | "la" | "del" | "at" | "a"
                );
                let small = flags.is_any(Class::Function.bit() | Class::Pronoun.bit()) && !joins && flags.word() > 1;
                let lady = small && words == 0 && page.word(i + 1).eq_ignore_ascii_case("lady");
                if flags.is_any(Class::NoValue.bit()) && words == 0 || small && !lady && !place.is_enclosed() {
                    break;
                }
                if usual && token.form == Form::Lower && !joins && !place.is_enclosed() && !flags.is(Class::Particle) {
                    break;
                }
                if joins {
                    i += 1;
                    continue;
                }
                words += 1;
                heads += usize::from(flags.is_any(Class::FacilityHead.bit() | Class::CompanySuffix.bit()));
                evidence += usize::from(tells(page, i, kind, usual));
                end = i + 1;
            }
        }
        i += 1;
    }
    // In writing where capitals say nothing, a name of a place ends with its head.
    if !usual && !place.is_enclosed() && heads > 0 && end - place.start > 4 {
        end = (place.start..end)
            .rev()
            .find(|h| {
                page.get(*h).is_some_and(|t| t.flags.is_any(Class::FacilityHead.bit() | Class::CompanySuffix.bit()))
            })
            .map_or(end, |h| h + 1);
    }
    let named = evidence > 0 || page.phrase(place.start).is_some();
    if words == 0 || !named || place.apart == Apart::Space {
        return place.start;
    }
    marks.add(page, place.start, end, kind, Reason::Label);
    end
}

/// Does the word name one place rather than a sort of place?
fn tells(page: &Page<'_>, at: usize, kind: Kind, usual: bool) -> bool {
    let Some(token) = page.get(at) else { return false };
    let flags = token.flags;
    let generic = Class::FacilityHead.bit()
        | Class::Specialty.bit()
        | Class::Role.bit()
        | Class::Person.bit()
        | Class::Employed.bit()
        | Class::NoValue.bit()
        | Class::Credential.bit()
        | Class::Heading.bit()
        | Class::UnitDesignator.bit();
    if flags.is_facility() || flags.is_unknown() {
        return token.len() > 1 && token.is_word();
    }
    if flags.is_any(generic) || (flags.is_medical() && flags.surname() < 3) {
        return false;
    }
    if kind != Kind::Facility {
        return usual && token.is_capital() || flags.word() < 3;
    }
    flags.is(Class::FacilityPart) && flags.word() < 3
        || flags.given() > 1
        || flags.surname() > 1
        || flags.city() > 0
        || flags.word() == 0
}

/// "Inc", "LLC", "PC" behind a comma.
fn company(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.flags.is(Class::CompanySuffix) && t.gap <= Gap::Space)
}

/// Does "and" with one more name follow within a few words?
fn listed(page: &Page<'_>, at: usize, limit: usize) -> bool {
    (at..(at + 4).min(limit)).any(|i| {
        page.word(i).eq_ignore_ascii_case("and")
            && page.get(i + 1).is_some_and(|t| t.form == Form::Title || t.form == Form::Upper)
    }) && page.get(at).is_some_and(|t| matches!(t.form, Form::Title | Form::Upper | Form::Camel))
}

/// Is a line end inside the name: a word that needs another stands before it?
fn breaks_inside(page: &Page<'_>, at: usize) -> bool {
    let before = page.word(at - 1);
    // "County: Erie\nHome #: 555-0123": the next label.
    let label = page.is_sign(at + 1, '#') || page.is_sign(at + 1, ':');
    page.get(at).is_some_and(|t| t.gap == Gap::Line && t.is_word() && !label)
        && (["of", "and", "for", "the", "&", "St", "ST", "st"].iter().any(|w| before.eq_ignore_ascii_case(w))
            || (page.get(at).is_some_and(|t| t.flags.is(Class::FacilityHead))
                && !page.get(at - 1).is_some_and(|t| t.flags.is(Class::FacilityHead))))
}

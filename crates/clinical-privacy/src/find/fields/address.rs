//! An address behind a label: street, city and postal code, on one line or two; the state stays.

use super::code::zip;
use super::label::{Apart, Place};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Class;

/// The longest address, in tokens.
const LONGEST: usize = 40;

/// Marks the parts of an address.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, place: Place) -> usize {
    let end = end(page, place);
    let start = place.start;
    if start >= end || page.get(start).is_some_and(|t| t.flags.is(Class::NoValue)) {
        return start;
    }
    let digits = (start..end).any(|i| page.get(i).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed)));
    let suffix = (start..end).any(|i| page.get(i).is_some_and(|t| t.flags.is(Class::StreetSuffix)));
    if !digits && !suffix && !place.is_enclosed() {
        return city(page, marks, Place { limit: end, ..place });
    }
    // From behind: postal code, state, city; the rest is the street.
    let mut rest = end;
    if let Some((first, behind)) = zip_of(page, start, end) {
        marks.add(page, first, behind, Kind::Zip, Reason::Label);
        rest = first;
    }
    let before_state = state_before(page, start, rest);
    let told = before_state < end;
    rest = trimmed(page, start, before_state);
    // A comma or a line end parts the city from the street.
    let comma = (start + 1..rest)
        .rev()
        .find_map(|i| if page.is_sign(i, ',') { Some(i + 1) } else { (page.opens_line(i)).then_some(i) });
    let town = match comma {
        Some(town) if is_town(page, town, rest) => Some(town),
        None if told => (start + 1..rest).rev().find(|i| street_ends(page, *i)).map(|i| i + 1).filter(|i| *i < rest),
        _ => None,
    };
    if let Some(town) = town {
        marks.add(page, town, rest, Kind::City, Reason::Label);
        rest = trimmed(page, start, town);
    }
    let only_words = !(start..rest).any(|i| {
        page.get(i).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed) || t.flags.is(Class::StreetSuffix))
    });
    let kind = if only_words && told && town.is_none() { Kind::City } else { Kind::Street };
    marks.add(page, start, rest, kind, Reason::Label);
    end
}

/// The token behind the value: the line's end, a label, a wide gap; a further line with a state or unit belongs to it.
fn end(page: &Page<'_>, place: Place) -> usize {
    let limit = place.limit.min(place.start + LONGEST);
    if place.is_enclosed() {
        return limit;
    }
    let mut i = place.start;
    while i < limit {
        let Some(token) = page.get(i) else { break };
        if i > place.start {
            // "Larkspur St, Lot 54": the lot is a unit here.
            let unit = token.flags.is(Class::UnitDesignator)
                && page.is_sign(i - 1, ',')
                && page.get(i + 1).is_some_and(|t| t.gap == Gap::Space && matches!(t.form, Form::Number | Form::Mixed));
            if token.gap >= Gap::Line && !belongs(page, i)
                || token.gap == Gap::Wide && !belongs(page, i)
                || !unit && super::ends_address(page, i)
            {
                break;
            }
            // A sentence begins behind the postal code.
            if page.get(i - 1).is_some_and(|t| t.is_number(5..=5))
                && i > place.start + 1
                && !token.is_dash()
                && !token.is_sign(',')
                && zip_at(page, place.start, i - 1)
            {
                break;
            }
        }
        if token.is_sign(';') || token.is_sign('(') || token.is_sign('[') || token.is_sign('"') {
            break;
        }
        if token.is_sign('.') && page.get(i + 1).is_some_and(|t| t.gap >= Gap::Space) && !is_short(page, i) {
            break;
        }
        i += 1;
    }
    trimmed(page, place.start, i)
}

fn is_short(page: &Page<'_>, stop: usize) -> bool {
    page.before(stop).is_some_and(|t| {
        t.is_word()
            && (t.len() <= 2
                || t.flags.is_any(Class::StreetSuffix.bit() | Class::UnitDesignator.bit() | Class::Direction.bit()))
    })
}

/// Does the line (or column) that begins here go on with an address: a unit, or a state with a postal code near?
fn belongs(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    if token.gap == Gap::Blank || token.form == Form::Lower && page.casing_at(at) == Casing::Usual {
        return false;
    }
    if token.flags.is(Class::UnitDesignator)
        && page.get(at + 1).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed) || t.is_sign('#'))
    {
        return true;
    }
    let stop = (at + 1..at + 9).find(|i| page.get(*i).is_none_or(|t| t.gap >= Gap::Line)).unwrap_or(at + 9);
    (at..stop).any(|i| {
        page.get(i).is_some_and(|t| t.flags.is_state())
            && zip(page, i + 1 + usize::from(page.is_sign(i + 1, ',')), stop).is_some()
    })
}

/// A postal code at the end of the value, not the number of the house.
fn zip_of(page: &Page<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    (start + 1..end).rev().take(5).find_map(|i| {
        let behind = zip(page, i, end)?;
        let long = page.get(i).is_some_and(|t| t.len() >= 5 || t.form == Form::Mixed && behind == i + 2);
        (behind == end && long && zip_at(page, start, i)).then_some((i, behind))
    })
}

/// Does what stands before fit a postal code: a state, a comma, or a word that is no unit?
fn zip_at(page: &Page<'_>, start: usize, at: usize) -> bool {
    at > start
        && page.before(at).is_some_and(|t| {
            t.is_sign(',')
                || t.is_word()
                    && !t.flags.is_any(Class::UnitDesignator.bit())
                    && !matches!(page.word(at - 1).to_ascii_lowercase().as_str(), "box")
        })
}

/// Where the state before the postal code begins; `rest` where there is none.
fn state_before(page: &Page<'_>, start: usize, rest: usize) -> usize {
    let rest = trimmed(page, start, rest);
    for words in [2, 1] {
        let Some(at) = rest.checked_sub(words).filter(|at| *at > start) else { continue };
        let named = if words == 1 {
            // "Rutherford Ct" is a street; the state is written CT.
            page.get(at).is_some_and(|t| {
                t.flags.is_state() && !(t.len() == 2 && t.form == Form::Title && t.flags.is(Class::StreetSuffix))
            })
        } else {
            page.phrase(at).is_some_and(|(end, known)| end == rest && known == crate::words::Known::State)
        };
        let before = page.is_sign(at - 1, ',')
            || page.get(rest).is_some_and(|t| t.form == Form::Number)
            || page.get(at).is_some_and(|t| t.len() == 2);
        if named && before {
            return at;
        }
    }
    rest
}

/// Without commas and spaces at the end.
fn trimmed(page: &Page<'_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start
        && page.get(end - 1).is_some_and(|t| t.is_sign(',') || t.is_sign('.') || t.is_sign(':') || t.is_dash())
    {
        end -= 1;
    }
    end
}

/// Words only, and no unit.
fn is_town(page: &Page<'_>, first: usize, end: usize) -> bool {
    first < end
        && end - first <= 8
        && !page.get(first).is_some_and(|t| t.flags.is(Class::UnitDesignator))
        && (first..end).all(|i| {
            page.get(i).is_some_and(|t| {
                t.is_word() || t.is_dash() || t.is_sign('.') || t.is_sign('\'') || t.form == Form::Possessive
            })
        })
}

/// Is this the last token of a street: its suffix, or the number of a unit?
fn street_ends(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    token.flags.is(Class::StreetSuffix) && token.len() > 1 || matches!(token.form, Form::Number | Form::Mixed)
}

/// Marks a city; behind it, a state and a postal code may stand.
pub(super) fn city(page: &Page<'_>, marks: &mut Marks, place: Place) -> usize {
    let limit = place.limit.min(place.start + 10);
    let usual = page.casing_at(place.start) == Casing::Usual;
    let mut end = place.start;
    let mut i = place.start;
    while i < limit {
        let Some(token) = page.get(i) else { break };
        if i > place.start && (token.gap >= Gap::Wide || super::ends_value(page, i)) {
            break;
        }
        let sign = token.is_dash() || token.is_sign('.') || token.is_sign('\'') || token.form == Form::Possessive;
        if !(token.is_word() || sign) || token.flags.is_any(Class::NoValue.bit() | Class::Pronoun.bit()) {
            break;
        }
        if token.is_sign('.') && page.before(i).is_none_or(|t| t.len() > 2) {
            break;
        }
        let state = i > place.start && token.flags.is_state() && (token.len() == 2 || page.is_sign(i - 1, ','));
        let lower = usual
            && token.form == Form::Lower
            && !token.flags.is(Class::Particle)
            && !matches!(page.word(i), "of" | "the" | "on")
            && !place.is_enclosed();
        if state || lower || token.flags.is(Class::Function) && i == place.start {
            break;
        }
        if token.is_word() {
            end = i + 1;
        }
        i += 1;
    }
    if end > place.start && !known_as_none(page, place.start) && (place.apart != Apart::Line) {
        marks.add(page, place.start, end, Kind::City, Reason::Label);
    }
    let mut next = end + usize::from(page.is_sign(end, ','));
    while page.get(next).is_some_and(|t| t.flags.is_state() && t.gap <= Gap::Space || t.is_sign(',')) && next < end + 4
    {
        next += 1;
    }
    if next > end
        && let Some(behind) = zip(page, next, place.limit)
        && page.get(next).is_some_and(|t| t.len() >= 5 && t.gap <= Gap::Space)
    {
        marks.add(page, next, behind, Kind::Zip, Reason::Label);
        return behind;
    }
    end
}

fn known_as_none(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        t.flags.is_any(Class::NoValue.bit() | Class::Residing.bit() | Class::Person.bit())
            || (t.flags.is_state() || t.flags.is_country()) && t.flags.city() == 0
            || t.flags.is_medical() && t.flags.city() == 0
    })
}

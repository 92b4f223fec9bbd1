//! Reads a value by the kind of its label.

use super::label::{Apart, Label, Place};
use super::{address, code, date, person, site};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::{Class, Field};
use person::Trust;

/// Marks the value of a label; gives the token to go on with.
pub(super) fn read(page: &Page<'_>, marks: &mut Marks, field: Field, label: &Label, place: Place) -> usize {
    // "Location of call: 7726 Elm St"
    if field == Field::Phone
        && label.first > 0
        && page.word(label.first).eq_ignore_ascii_case("call")
        && ["of", "for"].iter().any(|w| page.word(label.first - 1).eq_ignore_ascii_case(w))
    {
        return label.end;
    }
    let mut place = place;
    while place.start < place.limit
        && page
            .get(place.start)
            .is_some_and(|t| t.is_sign('*') || (t.is_sign('_') && t.gap > Gap::None) || t.is_sign('#'))
    {
        place.start += 1;
    }
    if place.start >= place.limit || super::label::begins_signed(page, place.start).is_some() {
        return label.end;
    }
    if page.get(place.start).is_some_and(|t| t.gap == Gap::Blank) {
        return label.end;
    }
    // A line that holds the label alone says less: only what must be a value follows on the next.
    if place.apart == Apart::Line && (!is_strict(field) || !page.opens_line(label.first)) {
        return label.end;
    }
    // "Name    DOB    MRN": the next column's label is no value.
    if matches!(place.apart, Apart::Column | Apart::Line)
        && super::label::read(page, place.start)
            .is_some_and(|l| page.get(l.end).is_none_or(|t| t.gap >= Gap::Wide) && !l.key)
    {
        return label.end;
    }
    // "| Name | DOB |": a header of columns, not a name.
    if place.is_enclosed()
        && page.is_sign(place.start - 1, '|')
        && super::label::read(page, place.start).is_some_and(|l| l.end == place.limit)
    {
        return label.end;
    }
    if place.apart == Apart::Space && !bare_fits(page, field, place.start) {
        return label.end;
    }
    // "Patient Name" above or beside its value is no name.
    if matches!(place.apart, Apart::Line | Apart::Column) {
        marks.shield(label.first, label.end);
    }
    match field {
        // "Pt: DT": initials behind the patient's label.
        Field::Person if label.end == label.first + 1 && is_initials(page, label.first, place) => {
            marks.add(page, place.start, place.start + 1, Kind::Name, Reason::Label);
            place.start + 1
        }
        Field::Addressee if page.word(label.first).eq_ignore_ascii_case("id") && label.end == label.first + 1 => {
            let end = field_value(page, marks, field, place);
            if end > place.start { end } else { code::number(page, marks, Kind::Other, place, 5) }
        }
        _ => field_value(page, marks, field, place),
    }
}

/// Marks a value that fills its place, as a cell does.
pub(super) fn cell(page: &Page<'_>, marks: &mut Marks, field: Field, start: usize, limit: usize) {
    if start < limit {
        field_value(page, marks, field, Place { start, limit, apart: Apart::Enclosed });
    }
}

/// Strings of a list: `["John", "Q"]`, from the first quote on.
pub(super) fn list(page: &Page<'_>, marks: &mut Marks, field: Field, at: usize) -> usize {
    let mut i = at;
    for _ in 0..16 {
        if !page.is_sign(i, '"') {
            break;
        }
        let Some(close) = (i + 1..i + 64).find(|c| page.is_sign(*c, '"')) else { break };
        cell(page, marks, field, i + 1, close);
        i = close + 1;
        if !page.is_sign(i, ',') {
            break;
        }
        i += 1;
    }
    i
}

/// Two or three capitals alone behind "Pt:" or "Patient:".
fn is_initials(page: &Page<'_>, label: usize, place: Place) -> bool {
    let patient = ["pt", "patient", "client"].iter().any(|w| page.word(label).eq_ignore_ascii_case(w));
    let alone = place.start + 1 >= place.limit
        || page.get(place.start + 1).is_none_or(|t| {
            t.gap >= Gap::Wide
                || t.is_sign('(')
                || t.is_sign(';')
                || t.is_sign(',') && !page.get(place.start + 2).is_some_and(crate::read::Token::is_word)
        });
    patient
        && alone
        && page.get(place.start).is_some_and(|t| {
            (t.form == Form::Upper || t.form == Form::Lower && page.casing_at(place.start) == Casing::Lower)
                && (2..=3).contains(&t.len())
                && !t.flags.is_any(
                    Class::NoValue.bit()
                        | Class::Function.bit()
                        | Class::Specialty.bit()
                        | Class::Credential.bit()
                        | Class::Person.bit(),
                )
        })
}

/// Kinds whose label leaves no doubt.
fn is_strict(field: Field) -> bool {
    !matches!(
        field,
        Field::Plain | Field::Addressee | Field::Handle | Field::Photo | Field::Url | Field::Inner | Field::Facility
    )
}

/// Where no sign stands between label and value, the value's form must fit.
fn bare_fits(page: &Page<'_>, field: Field, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    match field {
        Field::Initials => token.is_word() && token.len() <= 4 && !token.flags.is(Class::Function),
        Field::Date => date::opens(page, at),
        // "Off work 01/15/2020": a date.
        Field::Phone | Field::Fax
            if matches!(token.len(), 1 | 2 | 4)
                && page.is_sign(at + 1, '/')
                && page.get(at + 1).is_some_and(|t| t.gap == Gap::None) =>
        {
            false
        }
        // "Consent by phone 2024-04-10T22:57"
        Field::Phone | Field::Fax
            if token.is_number(4..=4)
                && (1900..2100).contains(&token.key)
                && page.get(at + 1).is_some_and(|t| t.is_dash())
                && page.get(at + 2).is_some_and(|t| t.is_number(2..=2))
                && page.get(at + 3).is_some_and(|t| t.is_dash()) =>
        {
            false
        }
        Field::Phone | Field::Fax => token.form == Form::Number || token.is_sign('(') || token.is_sign('+'),
        _ => code::opens(page, at, 4),
    }
}

fn field_value(page: &Page<'_>, marks: &mut Marks, field: Field, place: Place) -> usize {
    match field {
        Field::Plain | Field::Segment => place.start,
        Field::Name => person::read(page, marks, place, Trust::Name),
        Field::Person => person::read(page, marks, place, Trust::Person),
        Field::Addressee => person::read(page, marks, place, Trust::Addressee),
        Field::Initials => initials(page, marks, place),
        Field::Date => date::read(page, marks, place),
        Field::Age => age(page, marks, place),
        Field::Address => address::read(page, marks, place),
        Field::City => address::city(page, marks, place),
        Field::County => site::read(page, marks, place, Kind::County),
        Field::Zip => code::postal(page, marks, place),
        Field::Facility => site::read(page, marks, place, Kind::Facility),
        Field::Employer => site::read(page, marks, place, Kind::Employer),
        Field::Phone => code::phone(page, marks, Kind::Phone, place),
        Field::Fax => code::phone(page, marks, Kind::Fax, place),
        Field::Email => code::chain(page, marks, Kind::Email, place, &['@']),
        Field::Url => code::chain(page, marks, Kind::Url, place, &['.', '/']),
        Field::Ip => code::chain(page, marks, Kind::Ip, place, &['.', ':']),
        Field::Handle => code::chain(page, marks, Kind::Other, place, &['@', '_', '.']),
        Field::Photo => code::chain(page, marks, Kind::Photo, place, &['.', '_']),
        Field::Ssn => code::number(page, marks, Kind::Ssn, place, 4),
        Field::Mrn => code::number(page, marks, Kind::Mrn, place, 3),
        Field::Plan => code::number(page, marks, Kind::Plan, place, 3),
        Field::Account => code::number(page, marks, Kind::Account, place, 3),
        Field::License => code::number(page, marks, Kind::License, place, 3),
        Field::Vehicle => code::number(page, marks, Kind::Vehicle, place, 2),
        Field::Device => code::number(page, marks, Kind::Device, place, 3),
        Field::Biometric => code::number(page, marks, Kind::Biometric, place, 2),
        Field::Other | Field::Inner => code::number(page, marks, Kind::Other, place, 3),
    }
}

/// "MNK", "J.S.".
fn initials(page: &Page<'_>, marks: &mut Marks, place: Place) -> usize {
    let mut end = place.start;
    let mut letters = 0;
    while end < place.limit {
        let Some(token) = page.get(end) else { break };
        let dotted = token.is_sign('.') && token.gap == Gap::None && letters > 0;
        if end > place.start && token.gap > Gap::Space || !(dotted || (token.is_word() && token.len() <= 4)) {
            break;
        }
        if token.is_word() && (token.len() > 1 && letters > 0 || token.flags.is(Class::NoValue)) {
            break;
        }
        letters += if token.is_word() { token.len() } else { 0 };
        end += 1;
    }
    if (1..=4).contains(&letters) {
        let last = end - usize::from(page.is_sign(end - 1, '.'));
        marks.add(page, place.start, last, Kind::Name, Reason::Label);
    }
    end
}

/// The number of an age of ninety or more.
fn age(page: &Page<'_>, marks: &mut Marks, place: Place) -> usize {
    let Some(token) = page.get(place.start) else { return place.start };
    let unit = page.get(place.start + 1);
    let other = unit.is_some_and(|t| {
        t.is_sign('%')
            || t.is_sign('/')
            || matches!(page.word(place.start + 1), "days" | "months" | "weeks" | "mo" | "wk")
    });
    if token.is_number(2..=3) && (90..=125).contains(&token.key) && !other {
        marks.add(page, place.start, place.start + 1, Kind::Age, Reason::Label);
    }
    place.start
}

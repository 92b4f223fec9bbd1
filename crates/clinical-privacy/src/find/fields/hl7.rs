//! Segments of HL7 v2 messages: `data/hl7.toml` says what their fields hold. Free text is left to the other finders.

use super::{code, label};
use crate::find::marks::Marks;
use crate::kind::{Kind, Reason};
use crate::read::{Casing, Form, Gap, Page};
use crate::words::Field;

/// What a field holds, and so which of its components are marked.
#[derive(Clone, Copy)]
enum Shape {
    Person,
    Staff,
    Signed,
    Address,
    Phone,
    Id,
    Plan,
    /// An employer's number, or its name where a sender puts that there.
    Group,
    Account,
    Ssn,
    License,
    Other,
    Device,
    Photo,
    Place,
    Facility,
    Employer,
    Date,
    City,
    Quantity,
}

static FIELDS: &[(&str, u8, Shape)] = include!(concat!(env!("OUT_DIR"), "/segments.rs"));

/// The longest segment that is read, in tokens; what lies behind is read as text.
const LONGEST: usize = 4000;

/// Marks the fields of the segment that begins at a token; gives the token to go on with.
pub(super) fn segment(page: &Page<'_>, marks: &mut Marks, at: usize) -> Option<usize> {
    if !opens(page, at) {
        return None;
    }
    let upper = page.word(at).to_ascii_uppercase();
    let name = upper.as_str();
    let first = FIELDS.partition_point(|(segment, ..)| *segment < name);
    let rows = &FIELDS[first..first + FIELDS[first..].iter().take_while(|(segment, ..)| *segment == name).count()];
    // In a header segment the sign behind the name is the first field.
    let mut field = if matches!(name, "MSH" | "FHS" | "BHS") { 1 } else { 0u8 };
    let mut start = at + 1;
    let mut i = at + 1;
    let free_text = matches!(name, "NTE" | "OBX");
    let text_field = if name == "OBX" { 5 } else { 3 };
    while i < page.tokens.len() && i < at + LONGEST {
        let token = &page.tokens[i];
        if i > at + 1 && token.gap > Gap::None && ends(page, i, free_text) {
            break;
        }
        if token.is_sign('|') {
            close(page, marks, rows, field, start, i);
            unlisted(page, marks, name, start, i);
            leave(marks, start, i, !free_text || field != text_field);
            field = field.saturating_add(1);
            start = i + 1;
            // Free text, and what a result is, are read by the other finders.
            if free_text && usize::from(field) > 60 {
                break;
            }
        }
        i += 1;
    }
    close(page, marks, rows, field, start, i);
    unlisted(page, marks, name, start, i);
    leave(marks, start, i, !free_text || field != text_field);
    // Labels inside free text still count.
    Some(if free_text { at + 1 } else { i.max(at + 1) })
}

/// Senders put dates and numbers of their own where the table knows nothing: a full date in any component, and in the
/// segments about people a code that is long enough to be somebody's.
fn unlisted(page: &Page<'_>, marks: &mut Marks, segment: &str, start: usize, end: usize) {
    let about_people =
        matches!(segment, "PID" | "PD1" | "NK1" | "GT1" | "IN1" | "IN2" | "IN3" | "ACC" | "ROL" | "PV1" | "PV2");
    let mut from = start;
    for i in start..=end {
        if i < end && !page.is_sign(i, '^') && !page.is_sign(i, '~') && !page.is_sign(i, '&') {
            continue;
        }
        let part = (from, i);
        from = i + 1;
        if part.0 >= part.1 || part.1 > part.0 + 8 || (part.0..part.1).any(|t| marks.kind_at(t).is_some()) {
            continue;
        }
        let text = page.slice(part.0, part.1);
        if is_full_date(text) {
            marks.add(page, part.0, part.1, Kind::Date, Reason::Label);
            continue;
        }
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b' '));
        if about_people && plain && digits >= 4 && text.len() >= 6 {
            let kind = if segment.starts_with("IN") { Kind::Plan } else { Kind::Other };
            marks.add(page, part.0, part.1, kind, Reason::Label);
        }
    }
}

/// "20210305", "202103051015", "20210305101500-0500".
fn is_full_date(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|p| p.parse::<u32>().ok()).unwrap_or(0);
    matches!(digits, 8 | 12 | 14)
        && (1880..2100).contains(&part(0..4))
        && (1..=12).contains(&part(4..6))
        && (1..=31).contains(&part(6..8))
        && text.as_bytes().get(digits).is_none_or(|b| matches!(b, b'.' | b'-' | b'+'))
}

/// What a field of codes holds and was not marked is left alone by all; what is long is text, and read as such.
fn leave(marks: &mut Marks, start: usize, end: usize, coded: bool) {
    if coded && end < start + 16 {
        for i in start..end {
            if marks.kind_at(i).is_none() {
                marks.shield(i, i + 1);
            }
        }
    }
}

/// Does a segment begin here?
fn opens(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| {
        t.len() == 3
            && (matches!(t.form, Form::Upper | Form::Mixed) || t.form == Form::Lower && page.casing == Casing::Lower)
    }) && page.get(at + 1).is_some_and(|t| t.is_sign('|') && t.gap == Gap::None)
        && label::read(page, at).is_some_and(|l| l.field == Field::Segment)
}

/// Does the segment end before this token: at a line end, unless more fields follow there, or at the next segment?
fn ends(page: &Page<'_>, at: usize, free_text: bool) -> bool {
    if opens(page, at) {
        return true;
    }
    let token = &page.tokens[at];
    if token.gap < Gap::Line {
        return false;
    }
    let more = (at..at + 12)
        .take_while(|i| *i == at || page.get(*i).is_some_and(|t| t.gap < Gap::Line))
        .any(|i| page.is_sign(i, '|'));
    free_text
        || token.gap == Gap::Blank
        || !more
        || page.get(at + 1).is_some_and(|t| t.is_sign('|')) && token.len() == 3
}

fn close(page: &Page<'_>, marks: &mut Marks, rows: &[(&str, u8, Shape)], field: u8, start: usize, end: usize) {
    if start >= end {
        return;
    }
    let Some((.., shape)) = rows.iter().find(|(_, number, _)| *number == field) else { return };
    let mut from = start;
    for i in start..=end {
        if i == end || page.is_sign(i, '~') {
            repetition(page, marks, *shape, from, i);
            from = i + 1;
        }
    }
}

/// One repetition of a field: its components are marked by the shape.
fn repetition(page: &Page<'_>, marks: &mut Marks, shape: Shape, start: usize, end: usize) {
    let mut parts = [(0, 0); 24];
    let mut count = 0;
    let mut from = start;
    for i in start..=end {
        if i == end || page.is_sign(i, '^') {
            if count < parts.len() {
                parts[count] = (from, i);
                count += 1;
            }
            from = i + 1;
        }
    }
    let part = |n: usize| if n <= count { parts[n - 1] } else { (end, end) };
    let mut mark = |(first, end): (usize, usize), kind: Kind| marks.add(page, first, end, kind, Reason::Label);
    match shape {
        Shape::Person => mark(named(page, &parts[..count.min(4)]), Kind::Name),
        Shape::Staff | Shape::Signed => {
            let number = has_digit(page, part(1));
            if number {
                mark(part(1), Kind::Other);
            }
            let skipped = usize::from(number || part(1).0 == part(1).1);
            mark(named(page, &parts[skipped.min(count)..count.min(skipped + 4)]), Kind::Name);
            for one in parts
                .iter()
                .take(count)
                .skip(5)
                .filter(|(s, e)| *e == s + 1 && page.get(*s).is_some_and(|t| t.is_number(8..=14)))
            {
                mark(*one, Kind::Date);
            }
        }
        Shape::Address => {
            for (n, kind) in [(1, Kind::Street), (2, Kind::Street), (3, Kind::City), (5, Kind::Zip), (9, Kind::County)]
            {
                mark(part(n), kind);
            }
        }
        Shape::Phone => {
            for one in parts.iter().take(count) {
                let text = page.slice(one.0, one.1);
                if text.contains('@') {
                    mark(*one, Kind::Email);
                } else if text.bytes().filter(u8::is_ascii_digit).count() >= 3 {
                    mark(*one, Kind::Phone);
                }
            }
        }
        Shape::Id if is_ssn(page, part(1)) => mark(part(1), Kind::Ssn),
        Shape::Id => {
            coded(page, &mut mark, part(1), Kind::Mrn);
            // Who gave the number: the name of a place where it has one.
            let giver = part(4);
            if (giver.0..giver.1).filter(|i| page.get(*i).is_some_and(|t| t.is_word() && t.len() > 1)).count() > 1 {
                mark(giver, Kind::Facility);
            }
        }
        Shape::Group if !has_digit(page, part(1)) && has_letter(page, part(1)) => mark(part(1), Kind::Employer),
        Shape::Plan | Shape::Group => coded(page, &mut mark, part(1), Kind::Plan),
        Shape::Account => coded(page, &mut mark, part(1), Kind::Account),
        Shape::Ssn => coded(page, &mut mark, part(1), Kind::Ssn),
        Shape::License => coded(page, &mut mark, part(1), Kind::License),
        Shape::Other => coded(page, &mut mark, part(1), Kind::Other),
        Shape::Device => coded(page, &mut mark, part(1), Kind::Device),
        Shape::Photo => coded(page, &mut mark, part(1), Kind::Photo),
        Shape::Place => {
            // The ward, where a room stands behind it; rooms and beds name nobody, and there are so many of them.
            if is_ward(page, part(1)) && has_digit(page, part(2)) {
                mark(part(1), Kind::Facility);
            }
            if has_letter(page, part(4)) {
                mark(part(4), Kind::Facility);
            }
        }
        Shape::Facility if has_letter(page, part(1)) => mark(part(1), Kind::Facility),
        Shape::Employer if has_letter(page, part(1)) => mark(part(1), Kind::Employer),
        Shape::Facility | Shape::Employer => {}
        Shape::City => mark(part(3 - 2 * usize::from(count < 3)), Kind::City),
        Shape::Date => dated(page, &mut mark, part(1)),
        Shape::Quantity => {
            dated(page, &mut mark, part(4));
            dated(page, &mut mark, part(5));
        }
    }
}

/// From the first letter of the first component to the end of the last that holds a name.
fn named(page: &Page<'_>, parts: &[(usize, usize)]) -> (usize, usize) {
    let filled = |p: &&(usize, usize)| has_letter(page, **p);
    match (parts.iter().find(filled), parts.iter().rev().find(filled)) {
        (Some(first), Some(last)) => (first.0, last.1),
        _ => (0, 0),
    }
}

fn coded(page: &Page<'_>, mark: &mut impl FnMut((usize, usize), Kind), part: (usize, usize), kind: Kind) {
    if has_digit(page, part) {
        mark(part, kind);
    }
}

fn dated(page: &Page<'_>, mark: &mut impl FnMut((usize, usize), Kind), part: (usize, usize)) {
    if page
        .get(part.0)
        .is_some_and(|t| part.0 < part.1 && t.form == Form::Number && (t.len() >= 6 || part.1 > part.0 + 3))
    {
        mark(part, Kind::Date);
    }
}

fn has_digit(page: &Page<'_>, (start, end): (usize, usize)) -> bool {
    (start..end).any(|i| page.get(i).is_some_and(|t| matches!(t.form, Form::Number | Form::Mixed)))
}

fn has_letter(page: &Page<'_>, (start, end): (usize, usize)) -> bool {
    (start..end).any(|i| page.get(i).is_some_and(|t| t.is_word()))
}

/// Is the part one word of digits and letters: "3E", "6B", but not "ICU-3" or "NRTH-2", whose letters stand elsewhere for
/// the house or the sort and would be found there too?
fn is_ward(page: &Page<'_>, (start, end): (usize, usize)) -> bool {
    end == start + 1 && page.get(start).is_some_and(|t| t.form == Form::Mixed && t.len() <= 4)
}

/// "381-68-2540".
fn is_ssn(page: &Page<'_>, (start, end): (usize, usize)) -> bool {
    let digits = |i: usize, n: usize| page.get(i).is_some_and(|t| t.is_number(n..=n));
    end == start + 5
        && digits(start, 3)
        && digits(start + 2, 2)
        && digits(start + 4, 4)
        && code::zip(page, start, start).is_none()
}

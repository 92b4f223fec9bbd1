//! A label and what separates it from its value.

use crate::find::numbers::cue::keys;
use crate::read::{Form, Gap, Page, Token};
use crate::words::{Class, Field, key_of, label, may_be_inside_label};

/// The longest label of the table, in words; the longest way to look for the end of a value in quotes, in tokens.
const WORDS: usize = 6;
const QUOTED: usize = 96;

/// A phrase that the table of labels knows.
#[derive(Clone, Copy)]
pub(super) struct Label {
    pub(super) first: usize,
    /// The token behind it.
    pub(super) end: usize,
    pub(super) field: Field,
    /// May stand before its value with no sign between.
    pub(super) bare: bool,
    /// Counts only as the key of an object, element, attribute or column.
    pub(super) key: bool,
}

/// How a label and its value are held apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    /// A colon, an equals sign.
    Sign,
    /// A dash with spaces, a wide gap: only where the label stands at the edge of a line or column.
    Column,
    /// Nothing but a space.
    Space,
    /// A line end.
    Line,
    /// The value stands in quotes, in an element, in a cell or in brackets, and that is all of it.
    Enclosed,
    /// An object or list follows.
    Opens,
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) start: usize,
    /// The value goes no further than here.
    pub(super) limit: usize,
    pub(super) apart: Apart,
}

impl Place {
    /// Is all between start and limit the value?
    pub(super) fn is_enclosed(&self) -> bool {
        self.apart == Apart::Enclosed
    }
}

/// The label that begins at a token.
pub(super) fn read(page: &Page<'_>, at: usize) -> Option<Label> {
    let token = page.get(at)?;
    let mut keys = [0; WORDS];
    let mut ends = [0; WORDS];
    let mut count = 0;
    if !token.flags.is(Class::OpensLabel) {
        // "motherPhoneNumber": each hump is a word.
        if token.form != Form::Camel {
            return None;
        }
        for word in humps(page.word(at)) {
            if count == WORDS {
                return None;
            }
            (keys[count], ends[count]) = (key_of(word), at + 1);
            count += 1;
        }
        let (words, value) = label(&keys[..count])?;
        return if words == count { made(at, at + 1, value) } else { None };
    }
    let is_tag = at > 0 && page.is_sign(at - 1, '<');
    let mut i = at;
    while count < WORDS {
        let Some(token) = page.get(i) else { break };
        // The name of an element ends at a space; its attributes have labels of their own.
        if i > at && (token.gap > Gap::Space || (token.gap > Gap::None && is_tag)) {
            break;
        }
        if token.is_word() || token.form == Form::Mixed {
            (keys[count], ends[count]) = (token.key, i + 1);
            count += 1;
        } else if token.is_number(1..=2) {
            (keys[count], ends[count]) = (key_of(page.word(i)), i + 1);
            count += 1;
        } else if token.is_sign('#') {
            (keys[count], ends[count]) = (key_of("no"), i + 1);
            count += 1;
        } else if token.form != Form::Possessive && !is_inside(page, i) {
            break;
        }
        i += 1;
    }
    let (words, value) = label(&keys[..count])?;
    made(at, ends[words - 1], value)
}

fn made(first: usize, end: usize, value: u16) -> Option<Label> {
    let has = |bit: u8| value & u16::from(bit) != 0;
    Some(Label { first, end, field: Field::of(value)?, bare: has(Field::BARE), key: has(Field::KEY) })
}

/// A sign that may stand inside a label: "Acct. No", "pt_name", "S/N", "follow-up".
fn is_inside(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    let tight = page.get(at + 1).is_some_and(|t| t.gap == Gap::None);
    match char::from_u32(token.key as u32) {
        Some('.') if token.gap == Gap::None => tight || page.before(at).is_some_and(|t| t.len() <= 4),
        Some('_' | '\'' | '/') => tight && token.gap == Gap::None,
        _ => token.is_dash() && tight && token.gap == Gap::None,
    }
}

/// "motherPhoneNumber" to "mother", "Phone", "Number"; "patientDOB" to "patient", "DOB".
fn humps(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let bytes = rest.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        let mut end = 1;
        while end < bytes.len() {
            let (before, here) = (bytes[end - 1], bytes[end]);
            let next_lower = bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase);
            if here.is_ascii_uppercase() && (before.is_ascii_lowercase() || (before.is_ascii_uppercase() && next_lower))
            {
                break;
            }
            end += 1;
        }
        let (hump, left) = rest.split_at_checked(end).unwrap_or((rest, ""));
        rest = left;
        Some(hump)
    })
}

/// Could a value follow a label that begins here? A cheap look ahead, before the label is looked up, because most words
/// that open a label stand in prose: it must be followed by the sign, gap or form of a value, and up to there by words
/// that labels are made of.
#[inline]
pub(super) fn may_have_value(page: &Page<'_>, at: usize) -> bool {
    let is_tag = at > 0 && page.is_sign(at - 1, '<');
    for i in at + 1..at + 9 {
        let Some(token) = page.get(i) else { return true };
        if token.gap >= Gap::Wide {
            // A line end holds only a label at the other end of its line and its value apart.
            return token.gap == Gap::Wide || is_tag || page.opens_line(at);
        }
        if token.is_word() {
            if token.flags.is_any(Class::Pronoun.bit() | Class::Month.bit() | Class::Weekday.bit()) {
                return !token.flags.is(Class::Pronoun);
            }
            if is_named_initials(page, i) && token.len() <= 4 {
                return true;
            }
            if !may_be_inside_label(token.key) && !is_tag && !token.flags.is(Class::NumberLabel) {
                return may_be_bare(page, i);
            }
            continue;
        }
        match token.form {
            Form::Sign => match token.key as u8 {
                // A row of dots leads to the value.
                b'.' if page.is_sign(i + 1, '.') && page.is_sign(i + 2, '.') => return true,
                b'.' if !is_tag && ends_words(page, i) => return may_be_bare(page, i + 1),
                b'-' if !is_tag && token.gap > Gap::None && page.get(i + 1).is_some_and(|t| t.gap > Gap::None) => {
                    return at_edge(page, at) || may_be_bare(page, i + 1);
                }
                b'.' | b'_' | b'\'' | b'/' | b'-' | b'&' => {}
                // A comma parts columns, and sentences.
                b',' => return page.get(i + 1).is_some_and(|t| t.gap == Gap::None) || page.opens_line(at),
                b')' | b'?' | b'!' => return is_tag,
                _ => return true,
            },
            Form::Possessive => {}
            _ => return true,
        }
    }
    false
}

/// A full stop that ends a sentence: no label goes on behind it.
fn ends_words(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_some_and(|t| t.gap == Gap::None)
        && page.before(at).is_some_and(|t| t.len() > 4)
        && page.get(at + 1).is_some_and(|t| t.gap > Gap::None && t.is_word())
}

/// Can the word at a token be the value of a label with no sign between: part of a date, initials, letters of a code?
fn may_be_bare(page: &Page<'_>, at: usize) -> bool {
    let Some(token) = page.get(at) else { return false };
    if token.gap > Gap::Space {
        return false;
    }
    let next = page.get(at + 1);
    let glued = |token: Option<&Token>| token.is_some_and(|t| t.gap == Gap::None);
    let numeric = |token: &Token| matches!(token.form, Form::Number | Form::Mixed);
    // All asked: none of them can be foretold, and that none of them holds can.
    token.flags.is_any(Class::Month.bit() | Class::Weekday.bit())
        | (glued(next) & glued(page.get(at + 2)))
        | numeric(token)
        | next.is_some_and(|t| (t.gap <= Gap::Line) & numeric(t))
}

const INITIALS: u64 = keys(["initials"])[0];

/// "Initials KGT".
#[inline]
fn is_named_initials(page: &Page<'_>, at: usize) -> bool {
    page.before(at).is_some_and(|t| t.key == INITIALS && t.len() == 8)
}

/// Where the value of a label stands, if the signs behind the label say that it is one.
pub(super) fn value(page: &Page<'_>, label: &Label) -> Option<Place> {
    let mut i = label.end;
    let opened = label.first.checked_sub(1).and_then(|b| page.get(b));
    let is_tag = opened.is_some_and(|t| t.is_sign('<'));
    // "Employee ............ Windle, Cordell"
    let dots = (i..i + 60).take_while(|n| page.get(*n).is_some_and(|t| t.is_sign('.') && t.gap <= Gap::Space)).count();
    if dots >= 3 && !label.key {
        // "Name.......: Windle"
        let colon = usize::from(page.is_sign(i + dots, ':') || page.is_sign(i + dots, '='));
        return Some(behind(page, i + dots + colon, Apart::Sign));
    }
    // Signs of emphasis and "(last, first)", "(H)" stand between a label and its colon.
    while page
        .get(i)
        .is_some_and(|t| t.gap == Gap::None && (t.is_sign('*') || t.is_sign('.') || t.is_sign('\\') || t.is_sign('_')))
    {
        i += 1;
    }
    if is_tag {
        return element(page, i);
    }
    let token = page.get(i)?;
    if token.gap == Gap::None && (token.is_sign('"') || token.is_sign('\'')) {
        let colon = i + 1;
        return if page.is_sign(colon, ':') || (page.is_sign(colon, '=') && page.is_sign(colon + 1, '>')) {
            Some(behind(page, colon + 1 + usize::from(page.is_sign(colon, '=')), Apart::Sign))
        } else {
            None
        };
    }
    if token.gap <= Gap::Space {
        if token.is_sign('=') || token.is_sign(':') {
            return not_inline(label, behind(page, i + 1, Apart::Sign), token.is_sign('='));
        }
        if token.is_sign('(') && !label.key {
            let close = closing(page, i)?;
            let mut next = close + 1;
            while page.get(next).is_some_and(|t| t.gap == Gap::None && t.is_sign('*')) {
                next += 1;
            }
            if page.is_sign(next, ':') || page.is_sign(next, '=') {
                return Some(behind(page, next + 1, Apart::Sign));
            }
            return if label.bare { Some(Place { start: i + 1, limit: close, apart: Apart::Enclosed }) } else { None };
        }
        if token.is_sign('|') && !label.key && is_cell(page, label, i) {
            let limit = (i + 1..i + QUOTED)
                .find(|c| page.is_sign(*c, '|') || page.get(*c).is_none_or(|t| t.gap >= Gap::Line))?;
            return Some(Place { start: i + 1, limit, apart: Apart::Enclosed });
        }
    }
    if label.key {
        return None;
    }
    let spaced = page.get(i + 1).is_some_and(|t| t.gap == Gap::Space);
    if (token.is_dash() && token.gap == Gap::Space && spaced && at_edge(page, label.first))
        || (token.gap == Gap::Wide && at_edge(page, label.first))
    {
        let start = i + usize::from(token.is_dash());
        return Some(Place { start, limit: page.tokens.len(), apart: Apart::Column });
    }
    if token.gap == Gap::Line && page.opens_line(label.first) {
        return Some(Place { start: i, limit: page.tokens.len(), apart: Apart::Line });
    }
    if label.bare && token.gap <= Gap::Space {
        return Some(Place { start: i, limit: page.tokens.len(), apart: Apart::Space });
    }
    None
}

/// A key that is a common word counts before an equals sign, not before a colon in prose.
fn not_inline(label: &Label, place: Place, equals: bool) -> Option<Place> {
    (!label.key || equals || place.apart != Apart::Sign).then_some(place)
}

/// The bracket that closes the one at a token, if it is near.
fn closing(page: &Page<'_>, open: usize) -> Option<usize> {
    let mut depth = 0;
    for i in open..open + 16 {
        let token = page.get(i)?;
        if token.is_sign('(') {
            depth += 1;
        } else if token.is_sign(')') {
            depth -= 1;
            if depth == 0 {
                return Some(i);
            }
        }
    }
    None
}

/// Does the label stand first in its line or column?
fn at_edge(page: &Page<'_>, at: usize) -> bool {
    page.get(at)
        .is_some_and(|t| at == 0 || t.gap >= Gap::Wide || page.is_sign(at - 1, '*') || page.is_sign(at - 1, '|'))
}

/// A cell of a row: a bar stands before the label, or the label opens the line.
fn is_cell(page: &Page<'_>, label: &Label, bar: usize) -> bool {
    page.get(bar + 1).is_some_and(|t| t.gap < Gap::Line)
        && page.get(bar + 1).is_some_and(|t| t.gap > Gap::None)
        && (page.opens_line(label.first) || page.is_sign(label.first - 1, '|') || page.is_sign(label.first - 1, '*'))
}

/// The value behind a colon or equals sign: in quotes, an object, or plain.
fn behind(page: &Page<'_>, at: usize, apart: Apart) -> Place {
    let mut i = at;
    let all = page.tokens.len();
    while page.get(i).is_some_and(|t| t.gap < Gap::Line && (t.is_sign('*') || t.is_sign('\\') || t.is_sign('_'))) {
        i += 1;
    }
    let Some(token) = page.get(i) else { return Place { start: i, limit: all, apart } };
    if token.is_sign('{') || token.is_sign('[') {
        return Place { start: i, limit: all, apart: Apart::Opens };
    }
    let quote = token.key;
    if token.gap < Gap::Blank && (token.is_sign('"') || token.is_sign('\'')) {
        let limit = (i + 1..(i + QUOTED).min(all)).find(|c| closes(page, *c, quote)).unwrap_or((i + QUOTED).min(all));
        let limit = limit - usize::from(limit > i + 1 && page.is_sign(limit - 1, '\\'));
        return Place { start: i + 1, limit, apart: Apart::Enclosed };
    }
    if page.get(i).is_some_and(|t| t.gap >= Gap::Line) {
        return Place { start: i, limit: all, apart: Apart::Line };
    }
    Place { start: i, limit: all, apart }
}

/// Does the quote at a token close? A single one only before a comma or bracket: "O'Brien".
fn closes(page: &Page<'_>, at: usize, quote: u64) -> bool {
    page.get(at).is_some_and(|t| t.form == Form::Sign && t.key == quote)
        && (quote == u64::from(b'"')
            || page
                .get(at + 1)
                .is_none_or(|t| t.form == Form::Sign && matches!(t.key as u8, b',' | b'}' | b']' | b':' | b')')))
}

/// The value of `<label …>value</label>`, or what the element opens.
fn element(page: &Page<'_>, at: usize) -> Option<Place> {
    let close = (at..at + 40).find(|c| page.is_sign(*c, '>'))?;
    if page.is_sign(close.checked_sub(1)?, '/') {
        return None;
    }
    let start = close + 1;
    if page.is_sign(start, '<') {
        return Some(Place { start, limit: page.tokens.len(), apart: Apart::Opens });
    }
    let limit = (start..(start + QUOTED).min(page.tokens.len())).find(|c| page.is_sign(*c, '<'))?;
    Some(Place { start, limit, apart: Apart::Enclosed })
}

/// Does a label with a value of its own begin here? Ends the value before it.
pub(super) fn begins(page: &Page<'_>, at: usize) -> Option<usize> {
    if !page.get(at)?.flags.is(Class::OpensLabel) {
        return None;
    }
    let label = read(page, at).filter(|l| !l.key)?;
    behind_sign(page, &label).or_else(|| stands_bare(page, &label))
}

/// As `begins`, but only with a colon or equals sign behind the label.
pub(super) fn begins_signed(page: &Page<'_>, at: usize) -> Option<usize> {
    if !page.get(at)?.flags.is(Class::OpensLabel) {
        return None;
    }
    behind_sign(page, &read(page, at).filter(|l| !l.key)?)
}

fn behind_sign(page: &Page<'_>, label: &Label) -> Option<usize> {
    let mut i = label.end;
    while page.get(i).is_some_and(|t| t.gap == Gap::None && (t.is_sign('*') || t.is_sign('.'))) {
        i += 1;
    }
    if page.is_sign(i, '(')
        && let Some(close) = (i + 1..i + 8).find(|c| page.is_sign(*c, ')'))
    {
        i = close + 1;
    }
    page.get(i).is_some_and(|t| t.gap <= Gap::Space && (t.is_sign(':') || t.is_sign('='))).then_some(i + 1)
}

/// A label that needs no sign, with what must be its value behind it: "MRN 1234567", "Sex M", "DOB Tuesday".
fn stands_bare(page: &Page<'_>, label: &Label) -> Option<usize> {
    let at = label.first;
    let (token, next) = (page.get(at)?, page.get(label.end)?);
    let digits = next.form == Form::Number || next.form == Form::Mixed;
    let told = next.form == Form::Initial && label.end > at && matches!(page.word(label.end), "M" | "F" | "m" | "f");
    if (label.bare || matches!(label.field, Field::Plain | Field::Age | Field::Date)) && next.gap <= Gap::Wide {
        let plain = label.field == Field::Plain && !told && !digits;
        if !plain
            && (digits
                || told
                || (next.is_sign('#') && label.bare)
                || next.flags.is_any(Class::Month.bit() | Class::Weekday.bit()))
        {
            return Some(label.end);
        }
    }
    (token.gap == Gap::Wide && next.gap >= Gap::Wide).then_some(label.end)
}

//! Labelled values: what a label, key or column says of its value decides before its form is looked at.
//!
//! One walk over the page. A word that opens a label of `data/labels.toml` is read on to the signs behind it; they say
//! whether a value follows and how far it may go, and the label's kind says how it is read. Objects and elements are
//! kept on a small stack, because "name" in a pharmacy is no person. Messages of HL7 v2 and tables have readers of
//! their own, started by the same words.

mod address;
mod code;
mod columns;
mod date;
mod hl7;
mod label;
mod person;
mod site;
mod value;

use super::marks::Marks;
use super::openers::{Eye, Openers};
use crate::read::{Form, Gap, Page};
use crate::words::{Class, Field};
use label::{Apart, Label};

/// Objects open around the token, innermost last; deeper ones are not told apart.
const DEEPEST: usize = 64;

/// Marks what this family finds.
pub(super) fn find(page: &Page<'_>, openers: &Openers, marks: &mut Marks) {
    let mut state = State { around: Vec::new(), pending: None, tag: None, header_seen: None };
    let mut at = 0;
    while let Some(opener) = openers.next(Eye::Fields, at) {
        at = opener;
        let token = &page.tokens[at];
        let mut next = at + 1;
        match token.form {
            Form::Sign => match token.key as u32 {
                0x7b | 0x5b if state.around.len() < DEEPEST => {
                    let field = state.pending.take().or(state.around.last().and_then(|a| a.field));
                    state.around.push(Around { field, tag: 0 });
                }
                0x7d | 0x5d => {
                    state.around.pop();
                }
                0x3e => state.tag = None,
                0x2f if !state.around.is_empty() && page.is_sign(at.wrapping_sub(1), '<') => {
                    close(page, at + 1, &mut state.around)
                }
                0x5e => next = person::caret(page, marks, at).max(next),
                _ => {}
            },
            _ if token.flags.is(Class::OpensLabel) || (token.form == Form::Camel && is_key(page, at)) => {
                next = labelled(page, marks, at, &mut state);
            }
            _ => {}
        }
        at = next;
    }
}

/// The signs of objects, elements and carets: the walk stops at no other.
pub(super) const fn opens(sign: u64) -> bool {
    matches!(sign, 0x7b | 0x5b | 0x7d | 0x5d | 0x3e | 0x2f | 0x5e)
}

/// What the walk has met and not left.
struct State {
    around: Vec<Around>,
    /// What the object that opens next is of.
    pending: Option<Field>,
    /// The element whose attributes are being read.
    tag: Option<Field>,
    /// The last line that was read as the header or a row of a table.
    header_seen: Option<u32>,
}

impl State {
    /// What the value is of, by the tag or object around it.
    fn outer(&self) -> Option<Field> {
        self.tag.or(self.around.last().and_then(|a| a.field))
    }
}

/// An object, list or element around the token: what it is of, and the element's name.
struct Around {
    field: Option<Field>,
    tag: u64,
}

/// Is the word a key by the sign before it?
fn is_key(page: &Page<'_>, at: usize) -> bool {
    at == 0
        || page.opens_line(at)
        || page.get(at - 1).is_some_and(|t| {
            t.form == Form::Sign && matches!(t.key as u8, b'"' | b'\'' | b'<' | b',' | b'|' | b'.' | b'{')
        })
}

/// Ends the element of that name.
fn close(page: &Page<'_>, at: usize, around: &mut Vec<Around>) {
    if page.get(at).is_some_and(|t| around.last().is_some_and(|a| a.tag == t.key)) {
        around.pop();
    }
}

/// Reads a label and its value; gives the token to go on with.
fn labelled(page: &Page<'_>, marks: &mut Marks, at: usize, state: &mut State) -> usize {
    if !label::may_have_value(page, at) {
        return at + 1;
    }
    let Some(label) = label::read(page, at) else { return at + 1 };
    if label.field == Field::Segment {
        return hl7::segment(page, marks, at).unwrap_or(at + 1);
    }
    if page.get(at).map(|t| t.line) > state.header_seen && columns::may_be_header(page, &label) {
        state.header_seen = columns::table(page, marks, at, &label);
    }
    let is_tag = at > 0 && page.is_sign(at - 1, '<');
    if is_tag {
        state.tag = Some(label.field);
    }
    let Some(place) = label::value(page, &label) else { return at + 1 };
    if place.apart == Apart::Opens {
        if page.is_sign(place.start, '<') {
            if state.around.len() < DEEPEST {
                state.around.push(Around { field: Some(label.field), tag: page.get(at).map_or(0, |t| t.key) });
            }
        } else if page.is_sign(place.start, '[') && page.get(place.start + 1).is_some_and(|t| t.is_sign('"')) {
            return value::list(page, marks, in_context(page, &label, state.outer()), place.start + 1);
        } else {
            state.pending = Some(label.field);
        }
        return if page.is_sign(place.start, '<') { label.end } else { place.start };
    }
    let field = if is_tag {
        in_context(page, &label, state.around.last().and_then(|a| a.field))
    } else {
        in_context(page, &label, state.outer())
    };
    if field == Field::Plain {
        // "code": "860975" has a form of its own, and that is known.
        if place.is_enclosed() && place.limit <= place.start + 5 && is_coded(page, &label) {
            marks.shield(place.start, place.limit);
        }
        return label.end;
    }
    let next = value::read(page, marks, field, &label, place).max(label.end);
    // The attributes of an element have labels too.
    if is_tag { label.end } else { next }
}

/// Labels of codes and places in a ward.
fn is_coded(page: &Page<'_>, label: &Label) -> bool {
    ["code", "cpt", "icd", "icd10", "room", "bed", "unit", "version"]
        .iter()
        .any(|w| page.word(label.end - 1).eq_ignore_ascii_case(w))
}

/// What a general key ("name", "id", "value") is in the object that holds it.
fn in_context(page: &Page<'_>, label: &Label, outer: Option<Field>) -> Field {
    let Some(outer) = outer else { return label.field };
    let single = label.end == label.first + 1;
    let word = page.word(label.first);
    let is = |words: &[&str]| single && words.iter().any(|w| word.eq_ignore_ascii_case(w));
    if is(&["name", "display", "text", "full", "formatted", "reference"]) {
        return match outer {
            Field::Facility | Field::Employer | Field::Plain | Field::City | Field::County | Field::Address => outer,
            Field::Name | Field::Person | Field::Addressee if is(&["name", "display", "full", "formatted"]) => {
                Field::Name
            }
            Field::Name if is(&["text"]) => Field::Name,
            _ if is(&["name"]) => label.field,
            _ => Field::Plain,
        };
    }
    if outer == Field::Address && is(&["line", "lines", "unit", "value", "full"]) {
        return Field::Address;
    }
    if is(&["value", "number", "id", "identifier", "extension", "no", "code"]) {
        return match outer {
            Field::Plain if is(&["id", "identifier"]) => Field::Other,
            Field::Date | Field::Age if is(&["value"]) => outer,
            Field::Plain | Field::Date | Field::Age => Field::Plain,
            Field::Name | Field::Person | Field::Addressee if is(&["code", "value"]) => Field::Plain,
            Field::Name | Field::Person => Field::Mrn,
            Field::Facility | Field::Employer | Field::Addressee | Field::City | Field::County | Field::Address => {
                Field::Other
            }
            Field::Inner => Field::Other,
            other => other,
        };
    }
    if matches!(outer, Field::Phone | Field::Email) && is(&["use", "system", "type"]) {
        return Field::Plain;
    }
    label.field
}

/// The token behind a label that begins at `at`, with its colon; `None` where none begins.
pub(super) fn is_label(page: &Page<'_>, at: usize) -> Option<usize> {
    label::begins(page, at)
}

/// As `ends_value`, where "Unit 4" and "RR 2" go on and only a label with its sign ends.
fn ends_address(page: &Page<'_>, at: usize) -> bool {
    page.get(at).is_none_or(|t| t.gap == Gap::Blank || t.is_sign('|') || t.is_sign('<'))
        || label::begins_signed(page, at).is_some()
        || label::read(page, at).is_some_and(|l| {
            l.bare && !matches!(l.field, Field::Plan | Field::Mrn | Field::Other) && label::begins(page, at).is_some()
        })
}

/// Does what stands at a token end a value: a label, a column, a new paragraph?
fn ends_value(page: &Page<'_>, at: usize) -> bool {
    page.get(at)
        .is_none_or(|t| t.gap == Gap::Blank || t.is_sign('|') || t.is_sign('<') || t.is_sign('{') || t.is_sign('}'))
        || label::begins(page, at).is_some()
}

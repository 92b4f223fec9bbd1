//! The names of one sentence, in order.

use super::names;
use super::{Found, Items, MentionKind, medicine, problem};
use crate::note::outline::NoteKind;
use crate::note::words::Kind;
use clinical_lexicon::{ContextRule, Lexicon};

/// Finds the names of a sentence. Each place is looked at once or twice.
pub(crate) fn find(items: &Items<'_>, lexicon: &Lexicon, section: NoteKind, out: &mut Vec<Found>) {
    let mut at = 0;
    while at < items.len() {
        let item = items.list[at];
        if item.kind == Kind::Mark || !items.begins(at) {
            at += 1;
            continue;
        }
        let named = names::at(items, at, lexicon);
        if named.is_none() && item.class.is_none() && !items.is_number(at + 1) {
            at += 1;
            continue;
        }
        if let Some(named) = named.filter(|n| n.end.is_never()) {
            at = named.to;
        } else if let Some(found) = medicine::at(items, at, named, lexicon, section, out.last()) {
            at = found.to;
            out.push(found);
        } else {
            let chunk = problem::at(items, at, named, lexicon);
            if let Some(found) = chunk.found {
                out.push(found);
                at = chunk.to;
            } else if let Some(found) = named.and_then(|named| done_or_measured(items, at, named, lexicon)) {
                at = found.to;
                out.push(found);
            } else {
                at = chunk.to.max(at + 1);
            }
        }
    }
}

/// A test or a procedure by its name.
fn done_or_measured(items: &Items<'_>, from: usize, named: names::Named, lexicon: &Lexicon) -> Option<Found> {
    // "mg" is magnesium only as "Mg", and not behind a number.
    let is_short = named.to == from + 1 && items.text(from).len() < 4;
    let is_number_before = from > 0 && items.get(from - 1).is_some_and(|item| item.kind == Kind::Number);
    if is_short && (is_number_before || !items.text(from).starts_with(char::is_uppercase)) {
        return None;
    }
    let (kind, bit, (name, code)) = if named.end.is_test() {
        (MentionKind::Test, ContextRule::TEST, names::test(lexicon, named.end)?)
    } else if named.end.is_procedure() && !named.end.is_unnamed() {
        (MentionKind::Procedure, ContextRule::PROCEDURE, names::term(lexicon, named.end)?)
    } else {
        return None;
    };
    Some(Found { from, to: named.to, kind, bit, name: Some(name), code })
}

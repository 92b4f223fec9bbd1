//! Headings in the middle of a line: "… ALLERGIES: NKDA MEDICATIONS: aspirin …".

use super::key::{Key, Meaning};
use super::place::{Mark, Place};
use crate::note::outline::lines::{Case, View, is_capitalised, is_capitals};
use clinical_lexicon::Standing;
use std::ops::Range;

/// The longest heading that ends at a colon and begins inside `line`, which is what is left of the line.
pub(in crate::note::outline) fn before_colon(
    view: &View<'_>,
    line: Range<usize>,
    colon: usize,
    key: &mut Key,
) -> Option<Place> {
    // How far words reach back from the colon.
    let mut from = colon;
    while from > line.start && colon - from < 12 {
        let at = from - 1;
        let part =
            view.is_word(at) || matches!(view.word(at), "&" | "/") || view.is_mark(at, "-") && view.touches(from);
        if !part {
            break;
        }
        from = at;
    }
    let caps = view.is_word(colon.checked_sub(1)?) && is_capitals(view.word(colon - 1));
    for first in from..colon {
        if !view.is_word(first)
            || first > from && !view.is_word(first - 1) && !view.is_mark(first - 1, "/") && first != from
        {
            continue;
        }
        let ends_before = ends_before(view, first, line.start);
        let capitals = caps && is_capitals(view.word(first));
        let marked = match view.case {
            // Among small letters capitals mark a heading wherever it stands; a capital only where a sentence may begin.
            Case::Mixed => capitals && view.word(first).len() > 1 || is_capitalised(view.word(first)) && ends_before,
            Case::Lower | Case::Upper => ends_before || !follows_closely(view, first, line.start),
        };
        if !marked || !key.read(view, first..colon) {
            continue;
        }
        let Meaning::Section(kind, standing) = key.meaning(view.lexicon) else { continue };
        let sure = match standing {
            Standing::Heading | Standing::Word => true,
            Standing::Letter => ends_before && view.touches(colon) && !view.is_number(colon + 1) && first + 1 == colon,
            Standing::Part => false,
        };
        // "vs:" and "data:" of other things stand in sentences of other words.
        if !sure || first == line.start {
            continue;
        }
        return Some(Place {
            first,
            heading: view.start(first)..view.end(colon - 1),
            body: colon + 1,
            meaning: Meaning::Section(kind, standing),
            mark: Mark::None,
            has_colon: true,
            is_alone: false,
            is_capitals: capitals,
            is_first: false,
        });
    }
    None
}

/// A sentence or a cell ends before this token.
fn ends_before(view: &View<'_>, first: usize, line_start: usize) -> bool {
    first == line_start
        || view.gap(first) >= 2
        || matches!(view.word(first - 1), "." | ";" | "|" | "\u{2022}" | "*" | "!" | "?" | "]" | ")")
}

/// Small words that a heading never follows: in text without capitals, "her medications:" is no heading.
fn follows_closely(view: &View<'_>, first: usize, line_start: usize) -> bool {
    if first == line_start {
        return false;
    }
    let before = view.word(first - 1).to_lowercase();
    matches!(
        before.as_str(),
        "the"
            | "a"
            | "an"
            | "of"
            | "for"
            | "and"
            | "or"
            | "with"
            | "to"
            | "in"
            | "on"
            | "by"
            | "from"
            | "at"
            | "as"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "his"
            | "her"
            | "their"
            | "my"
            | "our"
            | "your"
            | "this"
            | "these"
            | "that"
            | "those"
            | "following"
            | "some"
            | "any"
            | "no"
            | "not"
            | "all"
            | "many"
            | "several"
            | "other"
            | "new"
            | "old"
            | "more"
            | "takes"
            | "taking"
            | "current"
            | "home"
            | "past"
            | "her/his"
            | ","
            | "-"
            | "/"
            | "&"
            | "("
            | "s"
            | "negative"
            | "positive"
            | "significant"
            | "known"
            | "include"
            | "including"
            | "patient"
            | "pt"
            | "which"
            | "same"
            | "further"
            | "additional"
            | "drug"
            | "follow"
            | "family"
            | "medical"
            | "surgical"
            | "social"
    )
}

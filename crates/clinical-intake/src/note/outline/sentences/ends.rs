//! Which marks end a sentence.

use crate::note::outline::lines::{Case, View, is_capitalised, is_capitals};
use clinical_lexicon::Abbreviation;

/// The last token of the sentence, closing quotes and brackets included, if the mark at `at` ends it. `first` is the
/// first token of the sentence, `end` the end of the line.
pub(super) fn end_of_sentence(view: &View<'_>, at: usize, first: usize, end: usize) -> Option<usize> {
    let next = at + 1;
    let is_last = next >= end;
    match view.word(at) {
        "!" => {}
        // "? stone" and "?stone" are doubts, and not the ends of questions.
        "?" => {
            let asks = view.touches(at) && (is_last || !view.touches(next) && starts_upper(view, next));
            if !asks {
                return None;
            }
        }
        "." => {
            if !point_ends(view, at, first, is_last) {
                return None;
            }
        }
        _ => return None,
    }
    let mut last = at;
    while last + 1 < end
        && view.touches(last + 1)
        && matches!(view.word(last + 1), "\"" | "\u{201d}" | "'" | "\u{2019}" | ")" | "]" | "." | "!" | "?")
    {
        last += 1;
    }
    Some(last)
}

fn point_ends(view: &View<'_>, at: usize, first: usize, is_last: bool) -> bool {
    let next = at + 1;
    if at == first {
        return false;
    }
    if !view.touches(at) {
        // "pain . No fever": a point by itself; before a number it may be one of its digits (". 5").
        return is_last || !view.touches(next);
    }
    if !is_last && view.touches(next) {
        return touching(view, at);
    }
    let before = at - 1;
    if view.is_number(before) {
        // The number of an item, "1."
        return before != first || is_last;
    }
    if view.is_mark(before, ".") {
        // "Wheezing ... negative": dots between two halves of a sentence.
        return is_last || starts_upper(view, next);
    }
    if !view.is_word(before) {
        return true;
    }
    let word = view.word(before);
    if word.len() == 1 {
        return single(view, at, first, is_last);
    }
    let Some(abbreviation) = (word.len() <= 6).then(|| view.lexicon.abbreviation(&word.to_ascii_lowercase())).flatten()
    else {
        return true;
    };
    if is_last {
        // At the end of a line only a title certainly goes on.
        return abbreviation != Abbreviation::Title || word.eq_ignore_ascii_case("resp");
    }
    let number = view.is_number(next);
    match abbreviation {
        Abbreviation::Title => false,
        Abbreviation::Numbered => !number,
        Abbreviation::Ending => !number && starts_upper(view, next),
        Abbreviation::Both => !number && starts_upper(view, next),
    }
}

/// "ago.She", "98.Pulse", "(left).No": a point without a blank behind it.
fn touching(view: &View<'_>, at: usize) -> bool {
    let next = view.word(at + 1);
    if matches!(next, "\"" | "\u{201d}" | "'" | "\u{2019}" | ")" | "]") {
        return !view.touches(at + 2) && (view.word(at - 1).len() > 1 || view.is_number(at - 1));
    }
    let sentence = is_capitalised(next) && next.len() >= 2 && !is_capitals(next)
        || is_capitals(next) && view.case == Case::Mixed && next.len() >= 4;
    let before = view.word(at - 1);
    // A name of a site or of a file has small letters on both sides.
    sentence && view.is_word(at + 1) && (!view.is_word(at - 1) || before.len() >= 3 && !is_capitals(before))
}

/// A single letter before the point: "b.i.d.", "J. Smith", "vitamin D."
fn single(view: &View<'_>, at: usize, first: usize, is_last: bool) -> bool {
    let before = at - 1;
    let dotted = view.touches(before) && view.is_mark(before - 1, ".");
    if dotted {
        return is_last || starts_upper(view, at + 1) && !is_capitals(view.word(at + 1)) && view.case == Case::Mixed;
    }
    if before == first {
        // The letter of an item, or "p." and the like.
        return is_last;
    }
    if is_last {
        return true;
    }
    let letter = view.word(before);
    if !is_capitals(letter) {
        // "h." and "d." are short for units; small letters end a sentence only before a capital.
        return starts_upper(view, at + 1);
    }
    // "Dr. J. Smith" and "Dr. J."
    let title = before >= 2 && view.is_mark(before - 1, ".") && {
        let word = view.word(before - 2);
        word.len() <= 5 && view.lexicon.abbreviation(&word.to_ascii_lowercase()) == Some(Abbreviation::Title)
    };
    !title
}

/// What follows begins as a sentence does; in text without small letters, or without capitals, that cannot be told,
/// and an abbreviation counts as one.
fn starts_upper(view: &View<'_>, at: usize) -> bool {
    view.case == Case::Mixed && (is_capitalised(view.word(at)) || !(view.is_word(at) || view.is_number(at)))
}

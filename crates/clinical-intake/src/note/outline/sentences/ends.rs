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
    !title && !is_initial(view, at)
}

/// "T. Vaillancourt, MD", "by: K. Johnson", "Priya M. Nair": the letter of a name before the family's. Behind a word
/// that has letters of its own ("Vitamin D. Take …"), and before a word that begins sentences, it is none.
fn is_initial(view: &View<'_>, at: usize) -> bool {
    let (before, next) = (at - 1, at + 1);
    let family = view.word(next);
    if !view.is_word(next) || !is_capitalised(family) || family.chars().count() < 2 || view.touches(next) {
        return false;
    }
    let Some(lead) = before.checked_sub(1) else { return false };
    if view.is_mark(lead, ":") || view.word(lead).eq_ignore_ascii_case("by") {
        return true;
    }
    // The parts of "Fairweather-Cho".
    let mut end = next + 1;
    while view.is_mark(end, "-") && view.touches(end) && view.is_word(end + 1) {
        end += 2;
    }
    let word = view.word(lead);
    if view.is_mark(end, ",") && view.lexicon.is_degree(&view.word(end + 1).to_lowercase()) {
        return true;
    }
    let lower = family.to_lowercase();
    view.case == Case::Mixed
        && view.is_word(lead)
        && is_capitalised(word)
        && !is_capitals(word)
        && word.chars().count() > 2
        && !is_capitals(family)
        && !view.lexicon.is_lettered(&word.to_lowercase())
        && !view.lexicon.is_heading_word(&lower)
        && !view.lexicon.is_no_name(&lower)
        && !OPENERS.contains(&lower.as_str())
}

/// Words that begin a sentence and are no names.
const OPENERS: [&str; 40] = [
    "a",
    "after",
    "also",
    "an",
    "and",
    "as",
    "at",
    "but",
    "current",
    "currently",
    "denies",
    "each",
    "for",
    "has",
    "he",
    "her",
    "his",
    "however",
    "if",
    "in",
    "is",
    "it",
    "no",
    "not",
    "now",
    "on",
    "once",
    "patient",
    "pt",
    "she",
    "since",
    "that",
    "the",
    "then",
    "there",
    "they",
    "this",
    "we",
    "when",
    "will",
];

/// What follows begins as a sentence does; in text without small letters, or without capitals, that cannot be told,
/// and an abbreviation counts as one.
fn starts_upper(view: &View<'_>, at: usize) -> bool {
    view.case == Case::Mixed && (is_capitalised(view.word(at)) || !(view.is_word(at) || view.is_number(at)))
}

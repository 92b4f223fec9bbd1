//! Where a note ends and its signature begins: who signed it, who is thanked and who dictated is nobody's plan.
//!
//! What stands behind such a line belongs to no section, so an addendum below a signature is still read by its words.

use super::lines::{Case, Line, View, is_capitalised, is_capitals};
use clinical_lexicon::Stands;

/// Among how many last lines of a note a name with its degrees is its signature.
const LATEST: usize = 8;
/// More words than a name and what stands before it.
const NAME: usize = 5;
/// More tokens than the line of a signature.
const LONGEST: usize = 32;

/// Whether this line is where a note is signed. `key` is room that is used again.
pub(super) fn is_closing(view: &View<'_>, number: usize, key: &mut String) -> bool {
    let Some(line) = view.lines.get(number).copied() else { return false };
    if signs(view, &line, key, |key| view.lexicon.signature(key)) {
        return true;
    }
    let is_late = view.lines.len() - number <= LATEST;
    is_late && (signs(view, &line, key, |key| view.lexicon.farewell(key)) || is_signed(view, number, &line))
}

/// Whether the line begins with one of the phrases.
fn signs(view: &View<'_>, line: &Line, key: &mut String, stands: impl Fn(&str) -> Stands) -> bool {
    key.clear();
    let words = (line.first..line.end.min(line.first + 6)).filter(|at| !view.is_mark(*at, "-"));
    for at in words.take(4) {
        if !view.is_word(at) {
            return false;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        let word = view.word(at);
        if word.is_ascii() {
            let from = key.len();
            key.push_str(word);
            key[from..].make_ascii_lowercase();
        } else {
            key.extend(word.chars().flat_map(char::to_lowercase));
        }
        match stands(key) {
            Stands::Whole => return true,
            Stands::Begins => {}
            Stands::No => return false,
        }
    }
    false
}

/// "P. Szewczyk, MD", "w. de groot md": a name with its degrees and nothing before it. A list of whom to see ends with
/// a colon above it, and words of an order are no names.
fn is_signed(view: &View<'_>, number: usize, line: &Line) -> bool {
    if !view.is_word(line.first)
        || line.end - line.first > LONGEST
        || number.checked_sub(1).is_some_and(|above| ends_open(view, above))
    {
        return false;
    }
    let (mut words, mut has_initial, mut after_comma) = (0, false, false);
    for at in line.first..line.end {
        let word = view.word(at);
        if !view.is_word(at) {
            if !matches!(word, "." | "," | "-" | "'" | "\u{2019}" | "\u{2010}" | "\u{2011}") {
                return false;
            }
            after_comma = word == ",";
            continue;
        }
        let lower = word.to_lowercase();
        if words > 0 && (after_comma || has_initial) && view.lexicon.is_degree(&lower) {
            return view.case != Case::Mixed || has_initial || is_capitalised(word);
        }
        after_comma = false;
        words += 1;
        let is_initial = word.chars().count() == 1 && view.is_mark(at + 1, ".");
        // Without capitals only a first name of one letter tells a name.
        let is_name = is_capitalised(word) || has_initial || at == line.first && is_initial;
        if words > NAME || !is_name || view.lexicon.is_no_name(&lower) {
            return false;
        }
        has_initial |= is_initial && (is_capitals(word) || at == line.first);
    }
    false
}

/// Whether the line goes on below: it ends with a colon.
fn ends_open(view: &View<'_>, number: usize) -> bool {
    view.lines.get(number).and_then(|l| l.end.checked_sub(1)).is_some_and(|last| view.is_mark(last, ":"))
}

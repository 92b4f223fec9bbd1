//! Whether a sentence goes on in the next line.

use crate::note::outline::NoteKind;
use crate::note::outline::lines::{Case, Line, View, is_capitalised};
use crate::note::words::Kind;

/// Whether `line` goes on with the sentence that is open at the end of `before`.
///
/// A writer, or a program, breaks a line where the next word has no room: the line before is then about as long as
/// the longest of its paragraph. In lists that is not enough, because an entry may be as long as that by itself.
pub(super) fn goes_on(view: &View<'_>, before: &Line, line: &Line, kind: NoteKind) -> bool {
    if line.is_after_blank || begins_item(view, line) || begins_label(view, line) {
        return false;
    }
    let last = line_end(view, before);
    let is_small = starts_small(view, line);
    if is_connector(last) && (view.is_word(line.first) || view.is_number(line.first)) {
        return true;
    }
    if matches!(last, ":" | ";") {
        return last == ";" && is_small && before.length >= 40;
    }
    let hangs = line.indent > before.indent + 1;
    if hangs && is_small && view.case == Case::Mixed {
        return true;
    }
    let next = view.tokens.get(line.first).map_or(0, |t| (t.end() - t.start()) as usize);
    let full = line.width >= 40 && before.length + 1 + next + 3 > line.width;
    if !full {
        return view.case == Case::Mixed && is_small && before.length >= 25 && !is_list(kind);
    }
    if is_list(kind) {
        let small = is_small && view.case == Case::Mixed && before.length >= 50;
        return (small || hangs) && !begins_medicine(view, line);
    }
    // A number or a capital begins a line of its own as often as not: only a full line of running text goes on.
    is_small || line.width >= 50 && has_running_words(view, before)
}

fn line_end<'t>(view: &View<'t>, line: &Line) -> &'t str {
    line.end.checked_sub(1).map_or("", |at| view.word(at))
}

/// What no line ends with.
fn is_connector(last: &str) -> bool {
    const WORDS: [&str; 31] = [
        "a", "about", "after", "an", "and", "are", "as", "at", "before", "but", "by", "every", "for", "from", "in",
        "into", "is", "of", "or", "per", "than", "that", "the", "this", "to", "was", "were", "which", "who", "with",
        "without",
    ];
    matches!(last, "," | "&" | "/" | "(") || WORDS.binary_search(&last).is_ok()
}

fn starts_small(view: &View<'_>, line: &Line) -> bool {
    match view.kind(line.first) {
        Some(Kind::Word) => !is_capitalised(view.word(line.first)),
        _ => false,
    }
}

fn begins_item(view: &View<'_>, line: &Line) -> bool {
    let first = line.first;
    match view.kind(first) {
        Some(Kind::Mark) => {
            !matches!(view.word(first), "(" | "\"" | "'" | "~" | "<" | ">" | "?" | "\u{201c}" | "/" | "&" | "$" | "%")
        }
        Some(Kind::Number) => {
            matches!(view.word(first + 1), "." | ")") && view.touches(first + 1) && !view.touches(first + 2)
        }
        _ => false,
    }
}

/// "BP: 130/68", "Father: gout" begin a line of their own.
fn begins_label(view: &View<'_>, line: &Line) -> bool {
    let named = view.case != Case::Mixed || is_capitalised(view.word(line.first)) || view.is_number(line.first);
    named
        && (line.first..line.end.min(line.first + 5))
            .take_while(|at| !view.is_number(*at))
            .any(|at| view.is_mark(at, ":"))
}

/// Sections whose lines are entries.
const fn is_list(kind: NoteKind) -> bool {
    matches!(
        kind,
        NoteKind::Medications
            | NoteKind::Allergies
            | NoteKind::PastMedical
            | NoteKind::PastSurgical
            | NoteKind::Immunizations
            | NoteKind::Vitals
            | NoteKind::Results
            | NoteKind::Diagnosis
            | NoteKind::FollowUp
            | NoteKind::Procedures
    )
}

fn begins_medicine(view: &View<'_>, line: &Line) -> bool {
    !view.lexicon.medicines(view.word(line.first)).is_empty()
}

/// The line holds the small words of sentences.
fn has_running_words(view: &View<'_>, line: &Line) -> bool {
    let small = (line.first..line.end.min(line.first + 40)).filter(|at| {
        let word = view.word(*at);
        word.len() <= 4 && word.bytes().all(|b| b.is_ascii_lowercase()) && is_small_word(word)
    });
    small.count() >= 2 || view.case != Case::Mixed && line.length >= 60
}

fn is_small_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "and"
            | "are"
            | "as"
            | "at"
            | "be"
            | "been"
            | "but"
            | "by"
            | "did"
            | "do"
            | "for"
            | "from"
            | "had"
            | "has"
            | "have"
            | "he"
            | "her"
            | "him"
            | "his"
            | "if"
            | "in"
            | "is"
            | "it"
            | "my"
            | "no"
            | "not"
            | "of"
            | "on"
            | "or"
            | "our"
            | "she"
            | "than"
            | "that"
            | "the"
            | "them"
            | "then"
            | "they"
            | "this"
            | "to"
            | "was"
            | "we"
            | "were"
            | "when"
            | "who"
            | "will"
            | "with"
            | "you"
            | "your"
    )
}

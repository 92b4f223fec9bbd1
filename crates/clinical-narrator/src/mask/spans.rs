//! Stretches of a sentence, put in order.

use super::HoleKind;

/// A stretch and what it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: HoleKind,
}

/// Which kind wins where two overlap: identity, then what names, then what counts.
const fn rank(kind: HoleKind) -> u8 {
    match kind {
        HoleKind::Number => 0,
        HoleKind::Time => 1,
        HoleKind::Test => 2,
        HoleKind::Medicine => 3,
        HoleKind::Code => 4,
        HoleKind::Person => 5,
    }
}

/// Sorted, apart, on whole words; overlapping ones are one, and so are neighbours of a kind that makes one of them.
pub(super) fn settle(text: &str, mut spans: Vec<Span>) -> Vec<Span> {
    for span in &mut spans {
        widen(text, span);
    }
    spans.retain(|span| span.start < span.end);
    spans.sort_by_key(|span| (span.start, span.end));
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start < last.end => {
                last.end = last.end.max(span.end);
                if rank(span.kind) > rank(last.kind) {
                    last.kind = span.kind;
                }
            }
            Some(last) if is_one(text, *last, span) => last.end = span.end,
            _ => out.push(span),
        }
    }
    out
}

/// Whether two neighbours are one thing.
fn is_one(text: &str, first: Span, second: Span) -> bool {
    let Some(gap) = text.get(first.end..second.start) else { return false };
    let is_near = |c: char| c == ' ' || c == '\u{a0}' || c == '\n';
    let kinds = (first.kind, second.kind);
    match kinds {
        (HoleKind::Person, HoleKind::Person) | (HoleKind::Time, HoleKind::Time) => {
            gap.trim_matches(is_near).is_empty() || gap == "-"
        }
        // What touches would read as one word.
        _ => gap.is_empty() || kinds == (HoleKind::Number, HoleKind::Number) && gap == "-",
    }
}

/// No stretch begins or ends inside a word.
fn widen(text: &str, span: &mut Span) {
    let is_inner = |c: char| c.is_alphanumeric() || is_silent(c);
    let inside = text.get(span.start..span.end).unwrap_or_default();
    if inside.starts_with(is_inner) {
        let before = text.get(..span.start).unwrap_or_default();
        span.start = before.trim_end_matches(is_inner).len();
    }
    if inside.ends_with(is_inner) {
        let behind = text.get(span.end..).unwrap_or_default();
        span.end += behind.len() - behind.trim_start_matches(is_inner).len();
    }
}

/// Signs that stand on or in a word and are none.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

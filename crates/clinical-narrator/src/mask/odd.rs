//! What is no word of a sentence: brackets, addresses, and every sign with a digit that is left.

use super::HoleKind;
use super::spans::Span;

/// Signs that open what could be a placeholder, with those that close it.
const BRACKETS: [(char, char); 9] = [
    ('[', ']'),
    ('{', '}'),
    ('<', '>'),
    ('\u{27ea}', '\u{27eb}'),
    ('\u{27e6}', '\u{27e7}'),
    ('\u{3010}', '\u{3011}'),
    ('\u{27e8}', '\u{27e9}'),
    ('\u{ab}', '\u{bb}'),
    ('\u{ff3b}', '\u{ff3d}'),
];

/// The most bytes between two brackets.
const MOST: usize = 80;

/// Bracketed words and numbers, addresses of the web and of mail.
pub(super) fn find(text: &str, out: &mut Vec<Span>) {
    let mut reached = 0;
    for (at, c) in text.char_indices() {
        let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == c).filter(|_| at >= reached) else { continue };
        let inside = text.get(at + c.len_utf8()..).unwrap_or_default();
        // A mark of comparison opens nothing.
        if c == '<' && !inside.starts_with(|c: char| c.is_alphabetic() || matches!(c, '/' | '!' | '[')) {
            continue;
        }
        if let Some(length) = inside.find(*close).filter(|length| *length <= MOST) {
            let end = at + c.len_utf8() + length + close.len_utf8();
            out.push(Span { start: at, end, kind: HoleKind::Code });
            reached = end;
        }
    }
    for (start, token) in runs(text) {
        let lower = token.to_lowercase();
        let is_mail = token.char_indices().any(|(at, c)| c == '@' && at > 0 && at + 1 < token.len());
        if is_mail || lower.contains("://") || lower.contains("www.") || lower.starts_with("http") {
            let (from, to) = trimmed(token);
            out.push(Span { start: start + from, end: start + to, kind: HoleKind::Code });
        }
    }
}

/// Every stretch without blanks outside of `spans` that holds a digit or anything that counts as one.
pub(super) fn left(text: &str, spans: &[Span], out: &mut Vec<Span>) {
    let mut from = 0;
    let ends = spans.iter().map(|span| (span.start, span.end)).chain([(text.len(), text.len())]);
    for (start, next) in ends {
        let outside = text.get(from..start).unwrap_or_default();
        for (at, token) in runs(outside) {
            if token.contains(char::is_numeric) {
                let (first, last) = trimmed(token);
                let is_number = token.get(first..).is_some_and(|t| t.starts_with(char::is_numeric));
                let kind = if is_number { HoleKind::Number } else { HoleKind::Code };
                out.push(Span { start: from + at + first, end: from + at + last, kind });
            }
        }
        from = next.max(from);
    }
}

/// The stretches of a text without blanks.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(char::is_whitespace).filter_map(move |token| {
        let start = at + text.get(at..)?.find(token)?;
        at = start + token.len();
        (!token.is_empty()).then_some((start, token))
    })
}

/// Without marks at the ends: first byte and the byte behind the last.
fn trimmed(token: &str) -> (usize, usize) {
    let is_edge = |c: char| !c.is_alphanumeric();
    let start = token.len() - token.trim_start_matches(is_edge).len();
    let end = token.trim_end_matches(is_edge).len();
    if start < end { (start, end) } else { (0, token.len()) }
}

/// Whether a sign may stand in what a model is shown: letters of European languages, blanks, marks of a plain sentence.
/// A letter of another script can be made to look like one of these, so that a name would not be known as one.
pub(super) fn is_plain(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{c0}'..='\u{24f}' if c.is_alphabetic())
        || matches!(c, '\u{391}'..='\u{3c9}' | '\u{b5}')
        || matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{a0}' | '\u{2009}' | '\u{202f}')
        || matches!(
            c,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '"' | '(' | ')' | '-' | '/' | '&' | '%' | '+' | '\u{b0}'
        )
        // Arrows up and down: more and less.
        || matches!(c, '\u{2191}' | '\u{2193}')
        || matches!(c, '\u{2018}'..='\u{201a}' | '\u{201c}'..='\u{201e}' | '\u{2010}'..='\u{2015}' | '\u{2026}')
}

/// Whether a sign may not even stand in what a placeholder hides: it is seen by nobody, or turns the line around.
pub(super) fn is_forbidden(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffd}' | '\u{e0000}'..='\u{e0fff}')
}

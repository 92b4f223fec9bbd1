//! From headings to sections that cover the text.

use super::classify::{self, Guess};
use super::headings::Opened;
use super::lines::View;
use super::{NoteKind, Section};
use std::ops::Range;

/// A section with the tokens of its body.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    pub(super) section: Section,
    pub(super) tokens: Range<usize>,
}

/// The sections: each from where it begins to where the next one does.
pub(super) fn bounds(view: &View<'_>, opened: Vec<Opened>) -> Vec<Bounds> {
    let mut out = Vec::with_capacity(opened.len() + 1);
    let first = opened.first().map_or(view.tokens.len(), |o| o.first);
    let has_more = view.lines.first().is_some_and(|line| line.first < first);
    if opened.is_empty() || has_more {
        without_heading(view, 0..first, opened.is_empty(), &mut out);
    }
    for (at, o) in opened.iter().enumerate() {
        let end = opened.get(at + 1).map_or(view.tokens.len(), |next| next.first);
        // A heading may close what stands on its line; the body ends where the next section begins.
        let tokens = o.body.min(end)..end;
        let begin = tokens.start.checked_sub(1).map_or(0, |before| view.end(before));
        let begin = if o.heading.is_none() { view.start(o.first) } else { begin };
        let stop = if end == view.tokens.len() { view.text.len() } else { view.start(end) };
        let section = Section { kind: o.kind, heading: o.heading.clone(), body: begin.min(stop)..stop };
        out.push(Bounds { section, tokens });
    }
    out
}

/// Text without a heading. A whole note without one is told apart by its paragraphs; what stands before the first
/// heading is one part. Where its words do not say clearly what it is, it stays unstated.
fn without_heading(view: &View<'_>, tokens: Range<usize>, is_whole: bool, out: &mut Vec<Bounds>) {
    let mut parts: Vec<(NoteKind, Range<usize>)> = Vec::new();
    let mut add = |range: Range<usize>| {
        let kind = stated(view, range.clone());
        match parts.last_mut() {
            Some((last, tokens)) if *last == kind => tokens.end = range.end,
            _ => parts.push((kind, range)),
        }
    };
    let mut from = tokens.start;
    if is_whole {
        for line in view.lines.iter().skip(1).filter(|l| l.is_after_blank).take(PARAGRAPHS) {
            add(from..line.first);
            from = line.first;
        }
    }
    add(from..tokens.end);
    let mut begin = 0;
    let count = parts.len();
    for (at, (kind, tokens)) in parts.into_iter().enumerate() {
        let last = at + 1 == count;
        let end = if last && is_whole { view.text.len() } else { view.start(tokens.end) };
        out.push(Bounds { section: Section { kind, heading: None, body: begin..end }, tokens });
        begin = end;
    }
}

/// More paragraphs than a note has: what is longer is not told apart further, and costs nothing.
const PARAGRAPHS: usize = 256;

/// Fewer tokens never say clearly what they are.
const FEWEST: usize = 10;

/// What the words say, where they say it clearly.
fn stated(view: &View<'_>, tokens: Range<usize>) -> NoteKind {
    let Some(tokens) = view.tokens.get(tokens).filter(|t| t.len() >= FEWEST) else { return NoteKind::Unstated };
    let Guess { kind, margin } = classify::classify(view.text, tokens, view.lexicon);
    if margin >= classify::threshold(kind) { kind } else { NoteKind::Unstated }
}

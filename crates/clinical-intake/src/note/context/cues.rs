//! The cues of a sentence, the longest that fit, none inside a name.

use crate::note::mention::{Found, Items, MentionKind};
use crate::note::words::Kind;
use clinical_lexicon::{ContextRule, CueEnd, Vocabulary};
use std::ops::Range;

/// A rule, or the end of rules, at a place of a sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    /// Its first item.
    pub(super) from: usize,
    /// The item behind its last.
    pub(super) to: usize,
    /// The rule; none where the words are only an end.
    pub(super) rule: Option<&'static ContextRule>,
    /// The lists of ends that it is in.
    pub(super) ends: u32,
}

/// Finds the cues of a sentence in order.
pub(super) fn find(items: &Items<'_>, found: &[Found], vocabulary: &'static Vocabulary, out: &mut Vec<Cue>) {
    out.clear();
    let is_signed = count_signs(items) > 1;
    // A test or a procedure may be the word of a cue ("differential includes").
    let is_whole = |name: &&Found| !matches!(name.kind, MentionKind::Test | MentionKind::Procedure);
    let mut names = found.iter().filter(is_whole).peekable();
    let mut at = 0;
    while at < items.len() {
        while names.next_if(|name| name.to <= at).is_some() {}
        let limit = names.peek().map_or(items.len(), |name| name.from);
        if limit <= at {
            let behind = names.next().map_or(at + 1, |name| name.to);
            let limit = names.peek().map_or(items.len(), |name| name.from);
            // "Allergy to penicillin" names a problem, and says of the medicine that it is not taken.
            let cue =
                longest(items, at..limit, is_signed, vocabulary).filter(|(_, end)| is_of_medicines(end, vocabulary));
            if let Some((to, end)) = cue {
                take(items, at..to, end, is_signed, vocabulary, out);
            }
            at = cue.map_or(behind, |(to, _)| to.max(behind));
            continue;
        }
        // Most words begin none.
        let begins = items.get(at).is_some_and(|item| item.begins_cue);
        let Some(mut cue) = begins.then(|| longest(items, at..limit, is_signed, vocabulary)).flatten() else {
            at += 1;
            continue;
        };
        // "is not" gives way to "not consistent with": of two that overlap the later, unless it is shorter.
        let mut from = at;
        for later in at + 1..cue.0 {
            let other = longest(items, later..limit, is_signed, vocabulary);
            if let Some(other) = other.filter(|o| o.0 > cue.0 && o.0 - later >= cue.0 - from) {
                (cue, from) = (other, later);
                break;
            }
        }
        take(items, from..cue.0, cue.1, is_signed, vocabulary, out);
        at = cue.0;
    }
}

/// The longest cue that begins at the start of `range` and ends inside it, with the item behind it.
fn longest(
    items: &Items<'_>,
    range: Range<usize>,
    is_signed: bool,
    vocabulary: &'static Vocabulary,
) -> Option<(usize, &'static CueEnd)> {
    let from = range.start;
    let first = items.get(from).filter(|item| item.begins_cue)?;
    let ways = vocabulary.cues();
    let mut place = ways.begin(first.cue)?;
    let mut to = from + 1;
    let mut best = None;
    loop {
        if let Some(end) = vocabulary.cue_end(place) {
            let mut rules = end.rules.iter().filter_map(|number| vocabulary.rule(*number));
            if end.ends != 0 || rules.any(|rule| fits(rule, items, from..to, is_signed)) {
                best = Some((to, end));
            }
        }
        let next = items.get(to).filter(|item| to < range.end && item.is_within_cue);
        let Some(behind) = next.and_then(|item| ways.step(place, item.cue)) else { break };
        (place, to) = (behind, to + 1);
    }
    best
}

/// Takes the rules whose words stand there.
fn take(
    items: &Items<'_>,
    range: Range<usize>,
    end: &'static CueEnd,
    is_signed: bool,
    vocabulary: &'static Vocabulary,
    out: &mut Vec<Cue>,
) {
    let (from, to) = (range.start, range.end);
    let rules = || {
        let all = end.rules.iter().filter_map(|number| vocabulary.rule(*number));
        all.filter(|rule| fits(rule, items, from..to, is_signed))
    };
    // Of rules with the same words, one that asks for a mark behind it goes first.
    let is_closed = rules().any(|rule| rule.closed);
    for rule in rules().filter(|rule| rule.closed == is_closed) {
        out.push(Cue { from, to, rule: Some(rule), ends: end.ends });
    }
    if rules().next().is_none() {
        out.push(Cue { from, to, rule: None, ends: end.ends });
    }
}

/// Whether a cue speaks of medicines only.
fn is_of_medicines(end: &CueEnd, vocabulary: &Vocabulary) -> bool {
    let mut rules = end.rules.iter().filter_map(|number| vocabulary.rule(*number));
    !end.rules.is_empty() && rules.all(|rule| rule.kinds == ContextRule::MEDICINE)
}

/// Whether a rule holds for words that stand there.
fn fits(rule: &ContextRule, items: &Items<'_>, range: Range<usize>, is_signed: bool) -> bool {
    (!rule.closed || is_closed(items, range.end)) && (!rule.signed || is_signed && is_sign(items, range.start))
}

/// Whether a mark or the end stands there.
fn is_closed(items: &Items<'_>, at: usize) -> bool {
    items.get(at).is_none_or(|item| item.kind == Kind::Mark)
}

/// A sign put before a word: nothing or a blank before it, nothing behind it.
fn is_sign(items: &Items<'_>, at: usize) -> bool {
    items.get(at).is_some_and(|item| item.kind == Kind::Mark && !item.hugs)
        && items.is_word(at + 1)
        && (items.get(at + 1).is_some_and(|next| next.hugs)
            || at > 0 && items.is_mark(at - 1, ",")
            || items.is_mark(at, "+"))
}

fn count_signs(items: &Items<'_>) -> usize {
    let is_mark = |at: &usize| items.get(*at).is_some_and(|item| item.kind == Kind::Mark);
    (0..items.len()).filter(is_mark).filter(|at| matches!(items.text(*at), "-" | "+") && is_sign(items, *at)).count()
}

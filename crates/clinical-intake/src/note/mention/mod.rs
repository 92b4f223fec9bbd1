//! What a note names: problems, medicines, tests and procedures, and what the note says of each.
//!
//! One pass over the words of each sentence. A name is a wording of the lexicon, a listed phrase, or is made by rules
//! of grammar from a noun that names a finding and the words of place and kind in front of it (`problem.rs`). Whether
//! it is so is read by [`super::context`].

mod find;
mod items;
mod medicine;
mod names;
mod problem;
mod target;

pub(crate) use items::Items;

use super::context;
use super::outline::{NoteKind, Outline, Sentence};
use super::words::Token;
use clinical_lexicon::{Lexicon, Seen};
use clinical_model::{Assertion, CodeSystem, Stop};
use std::ops::Range;

/// What a mention names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MentionKind {
    /// A problem, symptom or finding.
    Problem,
    /// A medicine, a class of medicines or a supplement.
    Medicine,
    /// A test or vital sign.
    Test,
    /// Something done.
    Procedure,
    /// A phrase that was asked for.
    Target,
}

impl MentionKind {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Problem => "problem",
            Self::Medicine => "medicine",
            Self::Test => "test",
            Self::Procedure => "procedure",
            Self::Target => "target",
        }
    }
}

/// Of whom it is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Experiencer {
    /// The patient.
    Patient,
    /// A relative.
    Family,
    /// Somebody else.
    Other,
}

/// Of when it is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Temporality {
    /// Of now, as far as the note says.
    Recent,
    /// Of before.
    Historical,
    /// Of what may come.
    Hypothetical,
    /// Of what is to be done.
    Planned,
}

/// A name in a note, and what the note says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// Its bytes.
    pub span: Range<usize>,
    /// What it names.
    pub kind: MentionKind,
    /// The lexicon's own name for it, or for the longest part of it that the lexicon knows.
    pub name: Option<&'static str>,
    /// A code of exactly its words; none where only a part of them is known.
    pub code: Option<(CodeSystem, &'static str)>,
    /// Whether it is so. Of other people's problems this is never [`Assertion::Present`].
    pub assertion: Assertion,
    /// Of whom.
    pub experiencer: Experiencer,
    /// Of when.
    pub temporality: Temporality,
    /// The sentence, by its index.
    pub sentence: usize,
}

/// A name that was found in a sentence, by the numbers of its items.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) from: usize,
    /// The item behind the last.
    pub(crate) to: usize,
    pub(crate) kind: MentionKind,
    /// What cues may speak of it: a bit of [`clinical_lexicon::ContextRule::kinds`].
    pub(crate) bit: u8,
    pub(crate) name: Option<&'static str>,
    pub(crate) code: Option<(CodeSystem, &'static str)>,
}

/// The problems, medicines, tests and procedures that a note names, in order, none inside another. Linear in the note.
///
/// When asked to stop, what was found so far is given.
#[must_use]
pub fn mentions(text: &str, tokens: &[Token], outline: &Outline, lexicon: &Lexicon, stop: Stop<'_>) -> Vec<Mention> {
    mentions_kept(text, tokens, outline, lexicon, stop, |_, _, _| {}, |_, _| true)
}

/// Those of the kinds and in the sections of which `keeps` says so. What is known of the words of the sentences is told
/// to `tell`, by their places among the tokens.
pub(super) fn mentions_kept(
    text: &str,
    tokens: &[Token],
    outline: &Outline,
    lexicon: &Lexicon,
    stop: Stop<'_>,
    tell: impl FnMut(usize, Token, Seen),
    keeps: impl Fn(MentionKind, NoteKind) -> bool,
) -> Vec<Mention> {
    let find = |items: &Items<'_>, section, out: &mut Vec<Found>| find::find(items, lexicon, section, out);
    context::read(text, tokens, outline, lexicon, stop, find, tell, keeps)
}

/// Every place where one of the given phrases stands, any case, whole words, with what the note says of it there.
#[must_use]
pub fn targets(
    text: &str,
    tokens: &[Token],
    outline: &Outline,
    lexicon: &Lexicon,
    targets: &[String],
    stop: Stop<'_>,
) -> Vec<Mention> {
    let targets = target::Targets::new(targets);
    let find = |items: &Items<'_>, section, out: &mut Vec<Found>| {
        targets.find(items, lexicon, out);
        if !out.is_empty() {
            // What else the sentence names bounds what cues say of the phrases.
            let asked = out.len();
            find::find(items, lexicon, section, out);
            target::merge(out, asked);
        }
    };
    let mut all = context::read(text, tokens, outline, lexicon, stop, find, |_, _, _| {}, |_, _| true);
    let (labels, owners) = labels(text, outline);
    for mut mention in context::read(text, tokens, &labels, lexicon, stop, find, |_, _, _| {}, |_, _| true) {
        let owner = owners.get(mention.sentence).copied();
        let heading = owner.and_then(|(section, _)| outline.sections.get(section)?.heading.as_ref());
        if let Some((_, sentence)) = owner
            && heading.is_some_and(|heading| mention.span.end <= heading.end)
        {
            mention.sentence = sentence;
            all.push(mention);
        }
    }
    all.retain(|mention| mention.kind == MentionKind::Target);
    all.sort_by_key(|mention| (mention.span.start, mention.span.end));
    all
}

/// The headings with the sentence that stands behind them on their line ("Tobacco use: never"), as sentences; and of each
/// the section and the sentence of the outline that it belongs to.
fn labels(text: &str, outline: &Outline) -> (Outline, Vec<(usize, usize)>) {
    let mut out = Outline { sections: outline.sections.clone(), sentences: Vec::new() };
    let mut owners = Vec::new();
    let mut next = 0;
    for (section, heading) in outline.sections.iter().enumerate().filter_map(|(at, s)| Some((at, s.heading.clone()?))) {
        next += outline.sentences.get(next..).unwrap_or_default().iter().take_while(|s| s.section < section).count();
        let first = outline.sentences.get(next).filter(|s| s.section == section);
        let beside = first.filter(|s| text.get(heading.end..s.span.start).is_some_and(|gap| !gap.contains('\n')));
        let end = beside.map_or(heading.end, |s| s.span.end);
        out.sentences.push(Sentence { section, span: heading.start..end, is_item: false });
        owners.push((section, next));
    }
    (out, owners)
}

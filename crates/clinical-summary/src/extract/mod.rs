//! The clinician's extract: the sentences of a note that a colleague must not miss, in their own words.
//!
//! A sentence is never shortened, joined or worded anew; the extract is a choice. The method, in order:
//!
//! 1. A sentence is looked at only if it carries something (`clinical_model::Carries`): a change of a medicine,
//!    follow-up, a reason to come back, a plan, a judgement, a result.
//! 2. Its score is the sum of the rows of [`WEIGHTS`] for what it carries and of [`SECTIONS`] for where it stands, with
//!    small corrections: a bare heading ("Hypertension.") is taken last of its kind, a very long sentence costs the
//!    place of others, and the first and last sentences of the note that carry anything are slightly ahead.
//! 3. Sentences are taken by score, of equals the earlier. One whose content words almost all stand in a sentence taken
//!    already is left out, unless it holds a number that the other does not: a dose is never redundant.
//! 4. It ends at the limit: sentences and characters. A sentence too long for what is left is passed over, and a
//!    shorter one behind it may still come.
//! 5. What was taken is given by rank (medicines, then follow-up and reasons to come back, then other plans, then
//!    judgements, then results), within a rank as it stands in the note.
//!
//! Each chosen sentence carries its reasons, so that a reader can see why it is there. Only notes have sentences; the
//! sections of FHIR and C-CDA documents are shown whole and need no extract.

mod words;

use clinical_model::{Carries, NoteSentence, Record, SectionKind};
use words::Content;

/// How long an extract may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ExtractLimit {
    /// Sentences.
    pub sentences: usize,
    /// Characters of all sentences together.
    pub characters: usize,
}

impl Default for ExtractLimit {
    fn default() -> Self {
        Self { sentences: 12, characters: 2_000 }
    }
}

/// Why a sentence is in the extract. The order is that of the ranks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ExtractReason {
    /// A medicine is started, stopped, changed, held or goes on.
    MedicineChange,
    /// When and with whom the patient is seen again.
    FollowUp,
    /// When the patient should get help.
    ReturnPrecaution,
    /// What will be done.
    Plan,
    /// A judgement.
    Assessment,
    /// A new or abnormal result.
    Result,
}

impl ExtractReason {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MedicineChange => "medicine-change",
            Self::FollowUp => "follow-up",
            Self::ReturnPrecaution => "return-precaution",
            Self::Plan => "plan",
            Self::Assessment => "assessment",
            Self::Result => "result",
        }
    }
}

/// A sentence of the extract.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extracted<'r, 'a> {
    /// The sentence as the note has it.
    pub sentence: &'r NoteSentence<'a>,
    /// Why it was chosen, the reason that gives its rank first.
    pub reasons: Vec<ExtractReason>,
    /// Its score.
    pub score: i32,
}

/// What each thing that a sentence carries is worth.
const WEIGHTS: &[(ExtractReason, i32)] = &[
    (ExtractReason::MedicineChange, 40),
    (ExtractReason::FollowUp, 30),
    (ExtractReason::ReturnPrecaution, 30),
    (ExtractReason::Plan, 30),
    (ExtractReason::Assessment, 15),
    (ExtractReason::Result, 8),
];

/// What the section of a sentence is worth.
const SECTIONS: &[(SectionKind, i32)] = &[
    (SectionKind::Plan, 15),
    (SectionKind::FollowUp, 15),
    (SectionKind::ReturnPrecautions, 15),
    (SectionKind::Instructions, 12),
    (SectionKind::Findings, 8),
    (SectionKind::Problems, 5),
    (SectionKind::Results, 0),
    (SectionKind::History, -20),
    (SectionKind::Social, -30),
    (SectionKind::Family, -40),
];

/// A bare heading says little beside the sentences below it.
const BARE: i32 = -20;
/// The words up to which a judgement is a bare heading.
const BARE_WORDS: usize = 4;
/// A sentence of more characters than this takes the place of others.
const LONG: usize = 320;
const LONG_COST: i32 = -10;
/// The first and the last sentence that carry something.
const ENDS: i32 = 2;

/// The extract of a record.
#[must_use]
pub fn extract<'r, 'a>(record: &'r Record<'a>, limit: ExtractLimit) -> Vec<Extracted<'r, 'a>> {
    let carrying = record.sentences.iter().enumerate().filter(|(_, s)| !reasons(s.carries).is_empty());
    let mut candidates: Vec<(usize, Extracted<'r, 'a>)> = carrying
        .map(|(at, sentence)| (at, Extracted { sentence, reasons: reasons(sentence.carries), score: score(sentence) }))
        .collect();
    if let Some((_, first)) = candidates.first_mut() {
        first.score += ENDS;
    }
    if let Some((_, last)) = candidates.last_mut() {
        last.score += ENDS;
    }
    candidates.sort_by_key(|(at, e)| (std::cmp::Reverse(e.score), *at));
    let mut chosen: Vec<(usize, Extracted<'r, 'a>)> = Vec::new();
    let mut contents: Vec<Content<'r>> = Vec::new();
    let mut left = limit.characters;
    for (at, candidate) in candidates {
        if chosen.len() >= limit.sentences || candidate.score <= 0 {
            break;
        }
        let text = candidate.sentence.text.text();
        let length = text.chars().count();
        if length > left {
            continue;
        }
        let content = Content::of(text);
        if contents.iter().any(|other| content.is_said_by(other)) {
            continue;
        }
        left -= length;
        contents.push(content);
        chosen.push((at, candidate));
    }
    chosen.sort_by_key(|(at, e)| (rank(e), *at));
    chosen.into_iter().map(|(_, e)| e).collect()
}

fn reasons(c: Carries) -> Vec<ExtractReason> {
    let all = [
        (c.medicine_change, ExtractReason::MedicineChange),
        (c.follow_up, ExtractReason::FollowUp),
        (c.return_precaution, ExtractReason::ReturnPrecaution),
        (c.plan, ExtractReason::Plan),
        (c.assessment, ExtractReason::Assessment),
        (c.result, ExtractReason::Result),
    ];
    all.into_iter().filter(|(is, _)| *is).map(|(_, reason)| reason).collect()
}

/// Follow-up and reasons to come back are one rank.
fn rank(e: &Extracted<'_, '_>) -> ExtractReason {
    match e.reasons.first() {
        Some(ExtractReason::ReturnPrecaution) => ExtractReason::FollowUp,
        Some(reason) => *reason,
        None => ExtractReason::Result,
    }
}

fn score(sentence: &NoteSentence<'_>) -> i32 {
    let reasons = reasons(sentence.carries);
    // What carries the most counts whole, what comes with it a fifth: a plan comes with every change of a medicine.
    let mut worth: Vec<i32> =
        WEIGHTS.iter().filter(|(reason, _)| reasons.contains(reason)).map(|(_, worth)| *worth).collect();
    worth.sort_unstable_by_key(|w| std::cmp::Reverse(*w));
    let carried = worth.split_first().map_or(0, |(most, rest)| most + rest.iter().sum::<i32>() / 5);
    let section = SECTIONS.iter().find(|(kind, _)| *kind == sentence.kind).map_or(0, |(_, worth)| *worth);
    let text = sentence.text.text();
    // In an assessment that stands alone, the bare diagnosis is what is said; in "assessment and plan" it heads a plan.
    let is_heading = matches!(sentence.kind, SectionKind::Plan | SectionKind::Instructions);
    let is_bare = is_heading && reasons.first() >= Some(&ExtractReason::Assessment) && words::count(text) <= BARE_WORDS;
    let long = if text.len() > LONG { LONG_COST } else { 0 };
    carried + section + long + if is_bare { BARE } else { 0 }
}

#[cfg(test)]
mod tests;

//! The problems of a note that may stand in a list.
//!
//! Only where the note plainly gives them: as an item or at the head of an item of an assessment, a diagnosis or the
//! past history, or anywhere in these where the lexicon knows the name. Everything else that is named stands in its
//! own words where its sentence does. What is denied, a relative's, or only feared is in no list.

use super::mention::{Experiencer, Mention, MentionKind};
use super::outline::{NoteKind, Outline};
use clinical_lexicon::normalise;
use clinical_model::{Assertion, Concept, Condition, EntryId, Source, Verbatim};
use std::borrow::Cow;
use std::collections::HashMap;

/// The problems, each once: where it stands more than once, the surest place counts.
pub(super) fn problems<'a>(
    text: &'a str,
    outline: &Outline,
    mentions: &[Mention],
    entry_of: &dyn Fn(usize) -> EntryId,
) -> Vec<Condition<'a>> {
    let mut chosen: Vec<(&Mention, u8, Assertion)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for mention in mentions.iter().filter(|m| m.kind == MentionKind::Problem) {
        let Some((rank, assertion)) = listed(text, outline, mention) else { continue };
        let said = text.get(mention.span.clone()).unwrap_or_default();
        let key = mention.name.map_or_else(|| normalise(said), normalise);
        match seen.get(&key) {
            Some(at) => {
                if let Some(old) = chosen.get_mut(*at).filter(|old| rank > old.1) {
                    *old = (mention, rank, assertion);
                }
            }
            None => {
                seen.insert(key, chosen.len());
                chosen.push((mention, rank, assertion));
            }
        }
    }
    chosen.into_iter().filter_map(|(m, _, assertion)| condition(text, m, assertion, entry_of(m.sentence))).collect()
}

/// How sure the place is, and what is asserted; `None` where it is in no list.
fn listed(text: &str, outline: &Outline, mention: &Mention) -> Option<(u8, Assertion)> {
    if mention.experiencer != Experiencer::Patient {
        return None;
    }
    let sentence = outline.sentences.get(mention.sentence)?;
    let kind = outline.sections.get(sentence.section)?.kind;
    let rank = rank(kind)?;
    let assertion = match mention.assertion {
        Assertion::Present | Assertion::Possible | Assertion::Historical => mention.assertion,
        Assertion::Absent | Assertion::Hypothetical | Assertion::Family => return None,
    };
    let before = text.get(sentence.span.start..mention.span.start)?;
    let after = text.get(mention.span.end..sentence.span.end)?;
    let is_head = !before.chars().any(char::is_alphabetic);
    let is_alone = is_head && !after.trim_start().starts_with(char::is_alphabetic);
    // A symptom in the middle of a sentence ("ibuprofen for pain") is no diagnosis.
    (is_alone || mention.code.is_some() && (is_head || kind != NoteKind::AssessmentAndPlan || is_listing(before)))
        .then_some((rank, assertion))
}

/// How sure a section makes it; `None` for one whose problems are in no list.
pub(super) const fn rank(section: NoteKind) -> Option<u8> {
    match section {
        NoteKind::Diagnosis => Some(3),
        NoteKind::Assessment | NoteKind::AssessmentAndPlan => Some(2),
        NoteKind::PastMedical => Some(1),
        _ => None,
    }
}

/// Whether the words before are only the beginning of a list ("hypertension, asthma and").
fn is_listing(before: &str) -> bool {
    let last = before.trim_end();
    last.ends_with([',', ';', ':', '.']) || last.ends_with(" and") || last.ends_with(" has") || last.ends_with(" with")
}

fn condition<'a>(text: &'a str, mention: &Mention, assertion: Assertion, entry: EntryId) -> Option<Condition<'a>> {
    let words = text.get(mention.span.clone())?;
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let name = Verbatim::new(Cow::Borrowed(words), Source::new(at(mention.span.start), at(mention.span.end)));
    Some(Condition {
        entry,
        assertion,
        clinical_status: None,
        verification: None,
        code: Concept { text: Some(name), codings: Vec::new() },
        onset: None,
        onset_words: None,
        onset_age: None,
        onset_range: None,
        recorded: None,
        contradicts: false,
        severity: None,
        body_sites: Vec::new(),
        in_error: false,
        encounter: None,
        notes: Vec::new(),
    })
}

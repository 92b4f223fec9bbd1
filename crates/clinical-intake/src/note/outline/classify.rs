//! What a text without a heading is, from its words alone.
//!
//! A linear model: every feature of a text ([`features`]) has a row of weights in `data/en/section_cues.toml`, one for
//! each kind; the kind with the greatest sum is the guess, and how far the next one is behind is the margin. A long
//! text has many features, so the sums are divided by the root of their number. `examples/section_labels` fits and
//! measures the table with the function that reads notes.

mod features;

pub use features::features;

use super::NoteKind;
use crate::note::words::Token;
use clinical_lexicon::Lexicon;

/// A guess.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Guess {
    /// The kind that the words speak for most.
    pub kind: NoteKind,
    /// How far the next kind is behind, in natural logarithms of odds.
    pub margin: f32,
}

/// What a text without a heading is. A guess and no more: who reads notes takes it only where the margin is wide
/// (`threshold`).
#[must_use]
pub fn classify(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Guess {
    let kinds = lexicon.section_cue_kinds();
    let mut sums = [0i32; 32];
    let mut count = 0u32;
    features(text, tokens, lexicon, &mut |feature| {
        count += 1;
        if let Some(row) = lexicon.section_cues(feature) {
            for (kind, weight) in row {
                if let Some(sum) = sums.get_mut(usize::from(*kind)) {
                    *sum += i32::from(*weight);
                }
            }
        }
    });
    let scale = 0.1 / (count.max(1) as f32).sqrt();
    let (mut best, mut next) = ((NoteKind::Unstated, f32::MIN), f32::MIN);
    let base = lexicon.section_cues("*").unwrap_or_default();
    for (at, kind) in kinds.iter().enumerate() {
        let own = base.iter().find(|(k, _)| usize::from(*k) == at).map_or(0.0, |(_, weight)| f32::from(*weight) * 0.1);
        let sum = sums.get(at).map_or(0.0, |s| *s as f32 * scale) + own;
        if sum > best.1 {
            next = best.1;
            best = (*kind, sum);
        } else if sum > next {
            next = sum;
        }
    }
    let margin = if next == f32::MIN { 0.0 } else { best.1 - next };
    Guess { kind: family_or_social(text, tokens, best.0), margin }
}

/// The model knows one kind for family and social history. Where relatives and habits stand together, it is social:
/// what is said of a relative names the relative, and what is said of the patient must not become the family's.
fn family_or_social(text: &str, tokens: &[Token], kind: NoteKind) -> NoteKind {
    if kind != NoteKind::Social {
        return kind;
    }
    let (mut relatives, mut habits) = (false, false);
    for token in tokens.iter().take(features::MOST) {
        let word = token.text(text).to_lowercase();
        relatives |= features::is_relative(&word) || matches!(word.as_str(), "family" | "familial" | "fhx");
        habits |= matches!(
            word.as_str(),
            "alcohol"
                | "smoke"
                | "smokes"
                | "smoker"
                | "smoking"
                | "smoked"
                | "tobacco"
                | "drinks"
                | "drink"
                | "lives"
                | "live"
                | "living"
                | "works"
                | "work"
                | "worked"
                | "married"
                | "single"
                | "divorced"
                | "widowed"
                | "drug"
                | "drugs"
                | "etoh"
                | "cigarettes"
                | "occupation"
                | "employed"
                | "retired"
                | "school"
                | "nonsmoker"
                | "caffeine"
                | "he"
                | "she"
                | "i"
                | "my"
                | "patient"
                | "pt"
        );
    }
    if relatives && !habits { NoteKind::Family } else { NoteKind::Social }
}

/// The margin from which a guess is taken. What would put words onto the patient's lists asks for more than what only
/// says where they were said.
pub(super) const fn threshold(kind: NoteKind) -> f32 {
    match kind {
        NoteKind::Unstated | NoteKind::Other => f32::MAX,
        // Never guessed: a list of medicines or allergies without its heading may be anything.
        NoteKind::Medications | NoteKind::Allergies => f32::MAX,
        NoteKind::Family | NoteKind::Diagnosis | NoteKind::Immunizations | NoteKind::Procedures => 5.0,
        _ => 3.5,
    }
}

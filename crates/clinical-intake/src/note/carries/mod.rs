//! What each sentence of a note carries: a judgement, a plan, a change of a medicine, coming back, when to get help, a
//! result that stands out.
//!
//! The cues are the lexicon's (`data/en/notes/`). A cue that is not strong counts only where judgements and plans stand:
//! "She was started on …" of the history is no change that this note makes. The section adds what the words do not say:
//! an item of an assessment is a judgement without any verb.

#[cfg(test)]
mod tests;

use super::marked::{Hits, Marked};
use super::outline::{NoteKind, Outline};
use super::words::{Kind, Token};
use clinical_lexicon::{Cue, Lexicon, NamedKind, WordList};
use clinical_model::Carries;

/// Which cues a sentence holds, each as a bit.
#[derive(Clone, Copy, Default)]
struct Said(u32);

impl Said {
    fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u32;
    }

    fn is(self, cue: Cue) -> bool {
        self.0 >> cue as u32 & 1 == 1
    }
}

/// What each sentence carries, in order. Linear.
#[must_use]
pub fn carries(text: &str, tokens: &[Token], outline: &Outline, lexicon: &Lexicon) -> Vec<Carries> {
    carries_of(&Marked::new(text, tokens, outline, lexicon), None)
}

/// Tells of a sentence, by its number, whether it names a medicine.
pub type NamesMedicine<'f> = &'f dyn Fn(usize) -> bool;

/// The same from a note whose words are numbered already. Who knows which sentences name a medicine says so; else the
/// lexicon is asked again.
#[must_use]
pub fn carries_of(marked: &Marked<'_, '_>, medicines: Option<NamesMedicine<'_>>) -> Vec<Carries> {
    let mut hits = Hits::default();
    let of = |sentence: usize| {
        marked.cues_in(marked.tokens_of(sentence), &mut hits);
        of_sentence(marked, sentence, medicines, &hits)
    };
    (0..marked.len()).map(of).collect()
}

/// Whether judgements and plans stand in a section of this kind. Text without a heading may be anything.
const fn decides(kind: NoteKind) -> bool {
    matches!(
        kind,
        NoteKind::Assessment
            | NoteKind::Diagnosis
            | NoteKind::Plan
            | NoteKind::AssessmentAndPlan
            | NoteKind::Disposition
            | NoteKind::Instructions
            | NoteKind::FollowUp
            | NoteKind::ReturnPrecautions
            | NoteKind::Course
            | NoteKind::Other
            | NoteKind::Unstated
    )
}

/// What one sentence carries; `hits` are its cues.
pub(super) fn of_sentence(
    marked: &Marked<'_, '_>,
    sentence: usize,
    medicines: Option<NamesMedicine<'_>>,
    hits: &Hits,
) -> Carries {
    let kind = marked.kind_of(sentence);
    let tokens = marked.tokens_of(sentence);
    let decides = decides(kind);
    let mut said = Said::default();
    for hit in &hits.cues {
        if hit.strong || decides || hit.cue == Cue::Result {
            said.add(hit.cue);
        }
    }
    let words = tokens.clone().filter(|at| marked.is_kind(*at, Kind::Word)).count();
    let mut carries = Carries {
        follow_up: said.is(Cue::FollowUp) && !is_told(kind),
        return_precaution: said.is(Cue::ReturnPrecaution) && !is_told(kind),
        ..Carries::default()
    };
    let is_stock = said.is(Cue::Stock);
    let (tells_age, is_about_patient) = introduces(marked, &tokens);
    carries.medicine_change = said.is(Cue::MedicineChange) && decides && names_medicine(marked, sentence, medicines);
    let says_so = (said.is(Cue::Plan) || said.is(Cue::Advice)) && !tells_age;
    let is_ordered = decides && (!is_stock || has_order(said)) || said.is(Cue::Plan) && !is_told(kind) && !is_stock;
    carries.plan = says_so && is_ordered || carries.medicine_change || carries.follow_up;
    carries.assessment = match kind {
        NoteKind::Assessment | NoteKind::Diagnosis => {
            words > 0 && !is_stock && (!carries.plan || said.is(Cue::Assessment))
        }
        NoteKind::AssessmentAndPlan => {
            !is_stock
                && (said.is(Cue::Assessment)
                    || !carries.plan && !said.is(Cue::Result) && is_heading(marked, &tokens, words))
        }
        _ => decides && said.is(Cue::Assessment) && !is_stock,
    };
    carries.assessment &= !is_about_patient;
    // When to get help is not what is planned.
    carries.plan &= !carries.return_precaution || carries.follow_up || carries.medicine_change;
    carries.result = match kind {
        NoteKind::Results | NoteKind::Imaging => said.is(Cue::Abnormal),
        NoteKind::Vitals => said.is(Cue::Abnormal),
        _ => said.is(Cue::Result) && (decides || said.is(Cue::Abnormal)) && !is_told(kind),
    };
    carries
}

/// Sections in which somebody else's plans are told: what is over, and what the patient says.
const fn is_told(kind: NoteKind) -> bool {
    matches!(
        kind,
        NoteKind::ChiefComplaint
            | NoteKind::PresentIllness
            | NoteKind::PastMedical
            | NoteKind::PastSurgical
            | NoteKind::Gynecologic
            | NoteKind::Family
            | NoteKind::Social
            | NoteKind::Allergies
            | NoteKind::ReviewOfSystems
            | NoteKind::Immunizations
            | NoteKind::Exam
            | NoteKind::Vitals
            | NoteKind::Medications
    )
}

/// A stock sentence that orders something all the same ("We discussed the diagnosis, and she will follow up").
fn has_order(said: Said) -> bool {
    said.is(Cue::MedicineChange) || said.is(Cue::Advice) || said.is(Cue::FollowUp)
}

/// "Hypertension." or "1. Acute gout, left foot": a problem as a heading.
fn is_heading(marked: &Marked<'_, '_>, tokens: &std::ops::Range<usize>, words: usize) -> bool {
    let is_told =
        tokens.clone().any(|at| marked.is_any(at, &["we", "i", "he", "she", "they", "patient", "was", "were"]));
    (1..=10).contains(&words) && !is_told && !tokens.clone().any(|at| marked.word(at) == ":" && at + 1 < tokens.end)
}

/// Whether a sentence tells the age, and whether it says who came and why ("… is a 54-year-old man who presents with"):
/// the first plans nothing by its words, the second judges nothing.
fn introduces(marked: &Marked<'_, '_>, tokens: &std::ops::Range<usize>) -> (bool, bool) {
    let mut has_age = false;
    for at in tokens.clone() {
        has_age |= marked.is_on(at, WordList::AgeShort)
            || marked.is_on(at, WordList::AgeUnit) && marked.word(at + 1) == "-" && marked.is_word(at + 2, "old");
        if has_age && marked.is_on(at, WordList::Presents) {
            return (true, true);
        }
    }
    (has_age, false)
}

/// Whether a sentence names a medicine, by a name, a class or a dose.
fn names_medicine(marked: &Marked<'_, '_>, sentence: usize, known: Option<NamesMedicine<'_>>) -> bool {
    let tokens = marked.tokens_of(sentence);
    let is_class = |at: usize| marked.is_on(at, WordList::StandsForMedicine);
    let is_dose = |at: usize| marked.is_kind(at, Kind::Number) && marked.is_on(at + 1, WordList::DoseUnit);
    if tokens.clone().any(|at| is_class(at) || is_dose(at)) {
        return true;
    }
    if let Some(known) = known {
        return known(sentence);
    }
    let Some(span) = marked.outline.sentences.get(sentence).map(|s| s.span.clone()) else { return false };
    let named = marked.text.get(span).map(|text| marked.lexicon.named_in(text, &|| false)).unwrap_or_default();
    named.iter().any(|n| n.kind == NamedKind::Medicine)
}

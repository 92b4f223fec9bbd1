//! What kind of place of a note a medicine stands in.

use crate::note::outline::{NoteKind, Section};
use clinical_lexicon::sig;

/// What a section makes of a medicine that it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// A list of medicines to take.
    List,
    /// A list of stopped medicines.
    Stopped,
    /// A list of medicines on hold.
    Held,
    /// A list of what was taken before (admission, another place).
    Before,
    /// A list of what staff gave.
    Given,
    /// A list of what is not borne.
    Allergies,
    /// Where orders stand: plan, instructions.
    Orders,
    /// Where the story is told.
    Told,
    /// Nobody can tell.
    Open,
}

/// The place of a section.
pub(super) fn place(text: &str, section: Option<&Section>) -> Place {
    let Some(section) = section else { return Place::Open };
    let heading = section.heading.clone().and_then(|span| text.get(span)).unwrap_or_default().to_lowercase();
    match section.kind {
        NoteKind::Medications => list(&heading),
        NoteKind::Allergies => Place::Allergies,
        NoteKind::Assessment
        | NoteKind::AssessmentAndPlan
        | NoteKind::Diagnosis
        | NoteKind::Disposition
        | NoteKind::FollowUp
        | NoteKind::Instructions
        | NoteKind::Plan
        | NoteKind::ReturnPrecautions => Place::Orders,
        NoteKind::Other | NoteKind::Unstated => Place::Open,
        NoteKind::ChiefComplaint
        | NoteKind::Course
        | NoteKind::Exam
        | NoteKind::Family
        | NoteKind::Gynecologic
        | NoteKind::Imaging
        | NoteKind::Immunizations
        | NoteKind::PastMedical
        | NoteKind::PastSurgical
        | NoteKind::PresentIllness
        | NoteKind::Procedures
        | NoteKind::Results
        | NoteKind::ReviewOfSystems
        | NoteKind::Social
        | NoteKind::Vitals => Place::Told,
    }
}

fn list(heading: &str) -> Place {
    let words: Vec<&str> =
        heading.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    let line = format!(" {} ", words.join(" "));
    let holds = |list: &[&str]| list.iter().any(|w| line.contains(&format!(" {w} ")));
    let sig = sig();
    if holds(sig.heading_none) {
        Place::Allergies
    } else if holds(sig.heading_stopped) {
        Place::Stopped
    } else if holds(sig.heading_held) {
        Place::Held
    } else if holds(sig.heading_before) {
        Place::Before
    } else if holds(sig.heading_given) {
        Place::Given
    } else {
        Place::List
    }
}

//! What FHIR and C-CDA say alike of a medicine: what its course asserts, and the words that hold or stop it.

use crate::cues::{self, Halt};
use clinical_model::{Assertion, Course, MedicationUse};

/// What a course asserts of taking it.
pub(crate) const fn assertion(course: Course) -> Assertion {
    match course {
        Course::Current => Assertion::Present,
        Course::OnHold | Course::Stopped | Course::Cancelled | Course::NotTaken | Course::InError => Assertion::Absent,
        Course::Completed => Assertion::Historical,
        Course::NotOrdered => Assertion::Hypothetical,
        Course::Unstated => Assertion::Possible,
    }
}

/// Whether the entry itself says, in the first words of its name, its directions or a remark, that the medicine is
/// held or stopped (safety rule 8). The last steps of several are left alone: a taper ends with "stop".
pub(crate) fn halt(medication: &MedicationUse<'_>) -> Option<Halt> {
    let name = medication.medicine.name().map_or("", |n| n.text());
    let in_name = medication.medicine.wordings().find_map(|w| cues::halt_in_name(w.text()));
    let directions = match medication.dosages.as_slice() {
        [only] => only.text.iter().chain(&only.patient_instruction).find_map(|t| cues::halt_in_text(t.text(), name)),
        _ => None,
    };
    in_name.or(directions).or_else(|| {
        // The last word counts: a later remark may take a hold back.
        medication.notes.iter().fold(None, |so_far, note| match cues::halt_in_text(note.text(), name) {
            Some(halt) => Some(halt),
            None => so_far.filter(|_| !cues::resumes(note.text())),
        })
    })
}

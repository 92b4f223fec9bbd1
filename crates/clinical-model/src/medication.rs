//! One order, statement or giving of a medicine.

use crate::{Assertion, Concept, Dosage, EntryId, Name, Period, Verbatim};

/// Which kind of entry speaks of the medicine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MedicationKind {
    /// A prescriber's order (`MedicationRequest`).
    Order,
    /// What somebody says is taken (`MedicationStatement`).
    Statement,
    /// One giving of it (`MedicationAdministration`).
    Administration,
}

/// Where an order stands, from its status, intent and prohibition. Nothing here is guessed: `Unstated` exists.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Course {
    /// Active, or said to be taken.
    Current,
    /// On hold: not for now.
    OnHold,
    /// Stopped, or the record forbids it (`doNotPerform`, "Stop taking …").
    Stopped,
    /// Called off before it began (`cancelled`, `not-done`).
    Cancelled,
    /// The patient does not take it (`not-taken`).
    NotTaken,
    /// Completed.
    Completed,
    /// A draft, plan, proposal, option or intention: nobody ordered it.
    NotOrdered,
    /// Entered in error.
    InError,
    /// The record does not say, or says `unknown`.
    Unstated,
}

/// What decided where an order stands (`docs` of the accounting; safety rule 2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CourseRule {
    /// The entry is negated (`negationInd`, `doNotPerform`, "not taking").
    Negation,
    /// Its mood says that it is a plan, a proposal or a wish.
    Mood,
    /// The status of the entry itself.
    Status,
    /// An observation of the status beside it (LOINC 33999-4).
    StatusObservation,
    /// It ended before the document was written.
    EndDate,
    /// Its own words ("hold", "stopped").
    Words,
    /// Nothing of the record says that it ended: it is shown, with a remark.
    NothingEndsIt,
}

impl CourseRule {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Negation => "negation",
            Self::Mood => "mood",
            Self::Status => "status",
            Self::StatusObservation => "status-observation",
            Self::EndDate => "end-date",
            Self::Words => "words",
            Self::NothingEndsIt => "nothing-ends-it",
        }
    }
}

/// What a reader must be told beside a medicine.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MedicationRemark {
    /// The record calls the entry completed, which in C-CDA does not say that the medicine is over.
    CompletedButNotEnded,
    /// It stands in the text of the document and in no entry.
    FromText,
    /// The entry and the text of the document that it refers to say different things.
    NarrativeDisagrees,
    /// A note speaks of it; nobody says that it is to be taken now.
    OnlyMentioned,
}

/// One entry that speaks of a medicine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MedicationUse<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// Which kind of entry.
    pub kind: MedicationKind,
    /// The medicine, from wherever the record names it. Empty where it cannot be found.
    pub medicine: Concept<'a>,
    /// The record gives no name, only what is in it: one coding for each ingredient.
    pub medicine_is_ingredients: bool,
    /// The entry that holds the medicine's name, when it is not this one.
    pub medicine_entry: Option<EntryId>,
    /// Where the order stands.
    pub course: Course,
    /// Present for what is taken, Absent for what must not be, Hypothetical for plans, Historical for what is over.
    pub assertion: Assertion,
    /// The status as it stands.
    pub status: Option<Verbatim<'a>>,
    /// The element that forbids it (`doNotPerform`), where it is true.
    pub prohibition: Option<Verbatim<'a>>,
    /// Why it stopped or was held, as it stands.
    pub status_reason: Option<Concept<'a>>,
    /// Every step, in order.
    pub dosages: Vec<Dosage<'a>>,
    /// When it was ordered or said.
    pub written: Option<Verbatim<'a>>,
    /// From when to when it is taken, where the record says.
    pub taken: Option<Period<'a>>,
    /// From when to when the order may be filled.
    pub valid: Option<Period<'a>>,
    /// Somebody said so (the patient, another record); nobody here ordered it.
    pub reported: bool,
    /// What for, in the record's own words.
    pub reasons: Vec<Verbatim<'a>>,
    /// Remarks of the prescriber.
    pub notes: Vec<Verbatim<'a>>,
    /// Who ordered it.
    pub prescriber: Option<Name<'a>>,
    /// Which rule decided `course`; `None` for FHIR, where the status alone does.
    pub rule: Option<CourseRule>,
    /// What must be told beside it.
    pub remarks: Vec<MedicationRemark>,
}

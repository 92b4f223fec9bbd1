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
}

//! Results, vital signs and reports.

use crate::{Assertion, Concept, EntryId, Period, Quantity, Value, Verbatim};

/// Which list of the sheet an observation belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum ObservationCategory {
    /// Laboratory.
    Laboratory,
    /// Vital signs and body measures.
    VitalSign,
    /// Imaging, procedures, examinations.
    Study,
    /// Questions asked and scores.
    Survey,
    /// Habits and living conditions.
    Social,
    /// The record does not say.
    Unstated,
}

/// The record's own reference range.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReferenceRange<'a> {
    /// Lower end.
    pub low: Option<Quantity<'a>>,
    /// Upper end.
    pub high: Option<Quantity<'a>>,
    /// In words.
    pub text: Option<Verbatim<'a>>,
    /// Which people it is for, or what it means; a range with either is not the plain normal range.
    pub qualified: bool,
}

/// One part of an observation (systolic, diastolic).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Component<'a> {
    /// What was measured.
    pub code: Concept<'a>,
    /// The value.
    pub value: Option<Value<'a>>,
    /// Why there is none.
    pub absent_reason: Option<Concept<'a>>,
    /// The record's own reading of it.
    pub interpretations: Vec<Concept<'a>>,
    /// The record's own ranges.
    pub ranges: Vec<ReferenceRange<'a>>,
}

/// One observation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Observation<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// Whether it was found so. Entered-in-error and cancelled ones are `Absent`.
    pub assertion: Assertion,
    /// The status as it stands.
    pub status: Option<Verbatim<'a>>,
    /// Which list.
    pub category: ObservationCategory,
    /// Where on the body.
    pub body_site: Option<Concept<'a>>,
    /// What was measured, with its value and ranges.
    pub main: Component<'a>,
    /// Its parts.
    pub components: Vec<Component<'a>>,
    /// Observations of which this is the panel.
    pub members: Vec<EntryId>,
    /// When it was true of the patient; where that is not said, when it was issued.
    pub when: Option<Period<'a>>,
    /// Remarks.
    pub notes: Vec<Verbatim<'a>>,
}

/// A report over several results.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// Final and corrected reports are `Present`; cancelled and mistaken ones `Absent`; unfinished ones `Possible`.
    pub assertion: Assertion,
    /// The status as it stands.
    pub status: Option<Verbatim<'a>>,
    /// What kind of report.
    pub code: Concept<'a>,
    /// When.
    pub when: Option<Period<'a>>,
    /// Its conclusion in words.
    pub conclusion: Option<Verbatim<'a>>,
    /// Its coded conclusions.
    pub conclusion_codes: Vec<Concept<'a>>,
    /// The observations it holds.
    pub results: Vec<EntryId>,
    /// It has attachments that this program does not read.
    pub attachments: usize,
}

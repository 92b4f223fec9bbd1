//! How a medicine is to be taken, as the record gives it.

use crate::{Concept, Period, Quantity, Range, Ratio, Verbatim};

/// Whether a dose is only for when it is needed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AsNeeded<'a> {
    /// The record does not say.
    Unstated,
    /// The record says that it is not as-needed.
    No,
    /// As needed; nothing said of what for.
    Yes,
    /// As needed for this.
    For(Concept<'a>),
}

/// A dose or rate: one amount or a range.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AmountOrRange<'a> {
    /// One amount.
    Amount(Quantity<'a>),
    /// From low to high.
    Range(Range<'a>),
    /// Per unit of another (a rate ratio).
    Ratio(Ratio<'a>),
}

/// How long a step lasts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bounds<'a> {
    /// For this long.
    Duration(Quantity<'a>),
    /// For about this long.
    Range(Range<'a>),
    /// From one date to another.
    Period(Period<'a>),
}

/// When a dose is due (FHIR `Timing`). Every part is the text that stands in the record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Timing<'a> {
    /// Exact times.
    pub events: Vec<Verbatim<'a>>,
    /// How long the step lasts.
    pub bounds: Option<Bounds<'a>>,
    /// How many times in all.
    pub count: Option<Verbatim<'a>>,
    /// At most how many times in all.
    pub count_max: Option<Verbatim<'a>>,
    /// How long one dose takes.
    pub duration: Option<Verbatim<'a>>,
    /// Unit of `duration`: s, min, h, d, wk, mo, a.
    pub duration_unit: Option<Verbatim<'a>>,
    /// How many times a period.
    pub frequency: Option<Verbatim<'a>>,
    /// At most how many times a period.
    pub frequency_max: Option<Verbatim<'a>>,
    /// Length of the period.
    pub period: Option<Verbatim<'a>>,
    /// Longest length of the period.
    pub period_max: Option<Verbatim<'a>>,
    /// Unit of the period: s, min, h, d, wk, mo, a.
    pub period_unit: Option<Verbatim<'a>>,
    /// Days: mon … sun.
    pub day_of_week: Vec<Verbatim<'a>>,
    /// Clock times, hh:mm:ss.
    pub time_of_day: Vec<Verbatim<'a>>,
    /// Event codes: MORN, AFT, EVE, NIGHT, HS, WAKE, C, CM, CD, CV, AC, ACM, ACD, ACV, PC, PCM, PCD, PCV …
    pub when: Vec<Verbatim<'a>>,
    /// Minutes before or after the event.
    pub offset: Option<Verbatim<'a>>,
    /// A coded schedule (BID, TID, Q6H …).
    pub code: Option<Concept<'a>>,
    /// Elements inside the timing that were not understood: then the whole structure is not put into words.
    pub not_understood: bool,
}

/// One step of the directions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dosage<'a> {
    /// Its place in the order of steps, where the record numbers them.
    pub sequence: Option<Verbatim<'a>>,
    /// The prescriber's own words.
    pub text: Option<Verbatim<'a>>,
    /// More directions ("with food"), as they stand.
    pub additional: Vec<Concept<'a>>,
    /// Words meant for the patient.
    pub patient_instruction: Option<Verbatim<'a>>,
    /// When.
    pub timing: Option<Timing<'a>>,
    /// Only when needed?
    pub as_needed: AsNeeded<'a>,
    /// Where on the body.
    pub site: Option<Concept<'a>>,
    /// By which way.
    pub route: Option<Concept<'a>>,
    /// How.
    pub method: Option<Concept<'a>>,
    /// How much each time. More than one where the record gives more than one kind.
    pub doses: Vec<AmountOrRange<'a>>,
    /// How fast.
    pub rates: Vec<AmountOrRange<'a>>,
    /// At most this much in a time.
    pub max_per_period: Vec<Ratio<'a>>,
    /// At most this much at once.
    pub max_per_administration: Option<Quantity<'a>>,
    /// At most this much in a life.
    pub max_per_lifetime: Option<Quantity<'a>>,
    /// Something in it was not understood (a modifier extension, a wrong type): the text alone is to be trusted.
    pub not_understood: bool,
}

impl Dosage<'_> {
    /// A step without anything in it.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            sequence: None,
            text: None,
            additional: Vec::new(),
            patient_instruction: None,
            timing: None,
            as_needed: AsNeeded::Unstated,
            site: None,
            route: None,
            method: None,
            doses: Vec::new(),
            rates: Vec::new(),
            max_per_period: Vec::new(),
            max_per_administration: None,
            max_per_lifetime: None,
            not_understood: false,
        }
    }
}

//! What a clinical record is.
//!
//! Types only. Nothing here knows a wire format, reads a file or asks for the time. The four types that carry the
//! project's promise live here: [`Verbatim`], [`Narrative`], [`Assertion`] and [`Phi`], with [`Finding`] for what
//! could not be read.

mod assertion;
mod care;
mod concept;
mod dosage;
mod finding;
mod medication;
mod moment;
mod name;
mod observation;
mod phi;
mod record;
mod source;
mod stop;
mod value;
mod verbatim;
mod written;

pub use assertion::Assertion;
pub use care::{
    Allergy, Appointment, AppointmentCourse, Carries, Condition, Document, Encounter, Goal, GoalTarget, Immunization,
    NoteSection, NoteSentence, PlanItem, PlanKind, Procedure, SectionKind,
};
pub use concept::{CodeSystem, Coding, Concept};
pub use dosage::{AmountOrRange, AsNeeded, Bounds, Dosage, Timing};
pub use finding::{Finding, FindingCode, Severity};
pub use medication::{Course, CourseRule, MedicationKind, MedicationRemark, MedicationUse};
pub use moment::{MONTHS, Moment, Precision};
pub use name::Name;
pub use observation::{Component, Observation, ObservationCategory, ReferenceRange, Report};
pub use phi::Phi;
pub use record::{Entry, EntryId, EntryState, Format, Patient, Person, PersonKind, Record, UnreadReason};
pub use source::{Place, Places, Shift, Source, Told};
pub use stop::Stop;
pub use value::{Period, Quantity, Range, Ratio, Value};
pub use verbatim::{Narrative, Verbatim};

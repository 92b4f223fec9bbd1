//! Problems, allergies, visits, and what is planned.

use crate::{Assertion, Concept, EntryId, Name, Period, Quantity, Range, Value, Verbatim};

/// A problem or diagnosis.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Condition<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// Refuted and mistaken ones are `Absent`, resolved and inactive ones `Historical`, unconfirmed ones `Possible`;
    /// and what the words of the problem themselves say ("no evidence of …", "family history of …") counts, too.
    pub assertion: Assertion,
    /// What the record says of its course, as it stands (`active`, `resolved` …).
    pub clinical_status: Option<Verbatim<'a>>,
    /// How sure it is, as it stands.
    pub verification: Option<Verbatim<'a>>,
    /// The problem.
    pub code: Concept<'a>,
    /// `start`: when it began, where the record says so. `end`: when it was over. Nothing else stands in for either.
    pub onset: Option<Period<'a>>,
    /// When it began, in words ("childhood").
    pub onset_words: Option<Verbatim<'a>>,
    /// How old the patient was when it began.
    pub onset_age: Option<Quantity<'a>>,
    /// Between which ages it began.
    pub onset_range: Option<Range<'a>>,
    /// When it was written down. It may have begun long before.
    pub recorded: Option<Verbatim<'a>>,
    /// The record calls it active and says that it is over.
    pub contradicts: bool,
    /// How bad, as it stands.
    pub severity: Option<Concept<'a>>,
    /// Where on the body.
    pub body_sites: Vec<Concept<'a>>,
    /// It was entered in error.
    pub in_error: bool,
    /// The visit it was found in.
    pub encounter: Option<EntryId>,
    /// Remarks.
    pub notes: Vec<Verbatim<'a>>,
}

/// An allergy or intolerance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allergy<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// `Absent` for refuted ones and for "no known allergy", `Historical` for inactive and resolved ones.
    pub assertion: Assertion,
    /// The entry says that there is no (such) allergy, and that stands: it was not refuted and is not past.
    pub none_known: bool,
    /// The entry says that nobody asked or nobody knows, and that stands.
    pub not_asked: bool,
    /// It was entered in error.
    pub in_error: bool,
    /// What to. Empty where the record tells of reactions and not of what caused them.
    pub code: Concept<'a>,
    /// What happened, as it stands.
    pub reactions: Vec<Verbatim<'a>>,
    /// How bad the worst reaction was, as it stands: `severe`, `moderate`, `mild`.
    pub severity: Option<Verbatim<'a>>,
    /// How bad it could become, as it stands: `high`, `low`, `unable-to-assess`.
    pub criticality: Option<Verbatim<'a>>,
    /// What the record says of its course.
    pub clinical_status: Option<Verbatim<'a>>,
    /// Remarks, those of the reactions too.
    pub notes: Vec<Verbatim<'a>>,
}

/// A vaccine given or not given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Immunization<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// `Present` only for a completed one.
    pub assertion: Assertion,
    /// It was entered in error.
    pub in_error: bool,
    /// Which vaccine.
    pub code: Concept<'a>,
    /// When.
    pub when: Option<Verbatim<'a>>,
}

/// Something that was done, or is being done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Procedure<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// `Present` for completed and under way, `Absent` for not done and mistaken, `Hypothetical` for prepared.
    pub assertion: Assertion,
    /// It was entered in error.
    pub in_error: bool,
    /// It is being done.
    pub in_progress: bool,
    /// The status as it stands.
    pub status: Option<Verbatim<'a>>,
    /// What.
    pub code: Concept<'a>,
    /// Where on the body.
    pub body_sites: Vec<Concept<'a>>,
    /// When.
    pub when: Option<Period<'a>>,
    /// The visit it belongs to.
    pub encounter: Option<EntryId>,
}

/// A visit or stay.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Encounter<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// `Hypothetical` for planned ones, `Absent` for cancelled and mistaken ones.
    pub assertion: Assertion,
    /// What kind.
    pub kinds: Vec<Concept<'a>>,
    /// The class (ambulatory, inpatient …), as it stands.
    pub class: Concept<'a>,
    /// From when to when.
    pub period: Option<Period<'a>>,
    /// Why, in the record's own words.
    pub reasons: Vec<Verbatim<'a>>,
    /// The problems it dealt with.
    pub diagnoses: Vec<EntryId>,
    /// Who saw the patient. Relatives and the patient are not among them.
    pub providers: Vec<Name<'a>>,
    /// Where.
    pub place: Option<Verbatim<'a>>,
}

/// Where an appointment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AppointmentCourse {
    /// Booked, arrived or checked in.
    Booked,
    /// Proposed, pending or on a waiting list: not sure yet.
    Open,
    /// Cancelled, missed, mistaken, or the patient declined.
    Off,
    /// It took place.
    Done,
    /// The record does not say.
    Unstated,
}

/// A visit to come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appointment<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// Whether it stands.
    pub course: AppointmentCourse,
    /// The status as it stands.
    pub status: Option<Verbatim<'a>>,
    /// When it begins.
    pub start: Option<Verbatim<'a>>,
    /// When it ends.
    pub end: Option<Verbatim<'a>>,
    /// The time that was asked for. Nobody said that it will be then.
    pub requested: Option<Period<'a>>,
    /// What for.
    pub purposes: Vec<Verbatim<'a>>,
    /// With whom.
    pub providers: Vec<Name<'a>>,
    /// Where.
    pub places: Vec<Verbatim<'a>>,
    /// Telephone numbers of the place or the person.
    pub phones: Vec<Verbatim<'a>>,
    /// What the patient is to do before.
    pub preparation: Vec<Verbatim<'a>>,
    /// Remarks, which may be meant for staff.
    pub notes: Vec<Verbatim<'a>>,
}

/// Which kind of plan an item comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PlanKind {
    /// Part of a care plan.
    CarePlan,
    /// A test, referral or service that was ordered.
    Order,
}

/// Something that is planned or advised.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanItem<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// Which kind.
    pub kind: PlanKind,
    /// `Present` where it is active (also where what is active forbids something), `Historical` where it is over,
    /// `Absent` where it was revoked or is on hold, `Hypothetical` where nobody ordered it.
    pub assertion: Assertion,
    /// Whether the record says `active`; a plan of unknown state is not advice.
    pub active: bool,
    /// It is on hold.
    pub on_hold: bool,
    /// The `doNotPerform` that turns the whole item round: what it names must not be done.
    pub forbidden: Option<Verbatim<'a>>,
    /// What it is called.
    pub title: Option<Verbatim<'a>>,
    /// What is to be done, as it stands.
    pub actions: Vec<Verbatim<'a>>,
    /// What must not be done, as it stands.
    pub forbidden_actions: Vec<Verbatim<'a>>,
    /// The whole plan as XHTML, where it has no title, description or activity to read.
    pub narrative: Option<Verbatim<'a>>,
    /// When it was written.
    pub written: Option<Verbatim<'a>>,
    /// From when to when.
    pub period: Option<Period<'a>>,
}

/// A goal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Goal<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// `Present` for accepted and active ones.
    pub assertion: Assertion,
    /// Its words.
    pub description: Concept<'a>,
    /// How far it is reached, as it stands (`improving`, `not-achieved` …).
    pub achievement: Option<Concept<'a>>,
    /// What is to be reached.
    pub targets: Vec<GoalTarget<'a>>,
    /// By when: of its targets, the first that says so.
    pub due: Option<Verbatim<'a>>,
}

/// One thing that a goal is measured by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoalTarget<'a> {
    /// What is measured.
    pub measure: Option<Concept<'a>>,
    /// What it should become.
    pub detail: Option<Value<'a>>,
    /// By when.
    pub due: Option<Verbatim<'a>>,
}

/// What a section of a document is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum SectionKind {
    /// Reason for visit, chief complaint.
    Reason,
    /// Instructions for the patient.
    Instructions,
    /// What is planned: plan of treatment, plan, assessment and plan.
    Plan,
    /// When to come back, and with whom.
    FollowUp,
    /// When to get help.
    ReturnPrecautions,
    /// Hospital course, assessment, impression: what was found.
    Findings,
    /// Medicines, in words only: no entry of the section is in the document.
    Medicines,
    /// Allergies, in words only: no entry of the section is in the document.
    Allergies,
    /// Problems and diagnoses, in words only.
    Problems,
    /// Results of tests, vital signs and studies, in words only.
    Results,
    /// Procedures and operations, in words only.
    Procedures,
    /// Vaccines, in words only.
    Vaccines,
    /// Visits, in words only.
    Visits,
    /// Goals and health concerns, in words only.
    Goals,
    /// The story of the illness, the past history, the examination, the review of systems.
    History,
    /// Habits, work, living conditions.
    Social,
    /// The health of relatives.
    Family,
    /// Insurance and payment.
    Payers,
    /// Anything else.
    Other,
}

impl SectionKind {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Instructions => "instructions",
            Self::Plan => "plan",
            Self::FollowUp => "follow-up",
            Self::ReturnPrecautions => "return-precautions",
            Self::Findings => "findings",
            Self::Medicines => "medicines",
            Self::Allergies => "allergies",
            Self::Problems => "problems",
            Self::Results => "results",
            Self::Procedures => "procedures",
            Self::Vaccines => "vaccines",
            Self::Visits => "visits",
            Self::Goals => "goals",
            Self::History => "history",
            Self::Social => "social",
            Self::Family => "family",
            Self::Payers => "payers",
            Self::Other => "other",
        }
    }
}

/// One section of a document, in words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteSection<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// What it is about.
    pub kind: SectionKind,
    /// Its heading.
    pub title: Option<Verbatim<'a>>,
    /// Its text, one block after the other: paragraphs, items of lists and cells of tables of C-CDA, sentences of a
    /// note, the whole XHTML of a FHIR narrative. Empty where the entries of the section say all that it says.
    pub blocks: Vec<Verbatim<'a>>,
    /// The blocks are XHTML; the page shows the words only.
    pub is_markup: bool,
    /// The document has no entries for what the section says: it is shown as read from the text.
    pub from_text: bool,
    /// The document it stands in is a preliminary one.
    pub unfinished: bool,
}

/// What a sentence of a note carries for the clinician's extract.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Carries {
    /// A judgement: what it is, how it goes.
    pub assessment: bool,
    /// What will be done.
    pub plan: bool,
    /// A medicine is started, stopped, changed, held or goes on.
    pub medicine_change: bool,
    /// When and with whom the patient is seen again.
    pub follow_up: bool,
    /// When the patient should get help.
    pub return_precaution: bool,
    /// A new or abnormal result.
    pub result: bool,
}

/// One sentence of a note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteSentence<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// The section it stands in.
    pub kind: SectionKind,
    /// Its words.
    pub text: Verbatim<'a>,
    /// What it carries.
    pub carries: Carries,
}

/// A document that the record holds or points to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Document<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// It counts (not superseded, not mistaken).
    pub assertion: Assertion,
    /// Another document took its place.
    pub superseded: bool,
    /// It is a preliminary one.
    pub unfinished: bool,
    /// What it is.
    pub kind: Concept<'a>,
    /// Its description or title.
    pub title: Option<Verbatim<'a>>,
    /// When.
    pub date: Option<Verbatim<'a>>,
    /// Its content where it is short plain text: base64 as it stands.
    pub text_base64: Option<Verbatim<'a>>,
}

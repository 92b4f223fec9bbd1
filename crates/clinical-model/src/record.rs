//! The record of one patient, every entry of the input accounted for.

use crate::{
    Allergy, Appointment, Condition, Document, Encounter, Goal, Immunization, MedicationUse, Name, NoteSection,
    NoteSentence, Observation, PlanItem, Procedure, Report, Shift, Source, Verbatim,
};
use std::borrow::Cow;

/// An entry of the input by its number, zero-based.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EntryId(pub u32);

impl EntryId {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The format a record came in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// A FHIR R4 Bundle in JSON.
    FhirBundle,
    /// One FHIR R4 resource in JSON.
    FhirResource,
    /// FHIR R4 resources, one a line.
    FhirLines,
    /// A C-CDA document (HL7 CDA R2).
    Ccda,
    /// A note in plain text.
    Note,
}

impl Format {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FhirBundle => "fhir-bundle",
            Self::FhirResource => "fhir-resource",
            Self::FhirLines => "fhir-ndjson",
            Self::Ccda => "c-cda",
            Self::Note => "note",
        }
    }
}

/// Why an entry could not be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum UnreadReason {
    /// There is no resource in it.
    NoResource,
    /// It does not say what kind it is.
    NoType,
    /// It is not an object.
    NotAnObject,
    /// The line is not JSON.
    BrokenLine,
    /// It carries a modifier that this program does not know (FHIR R4 2.4.2): reading it could turn it round.
    UnknownModifier,
    /// One of its objects has two members of one name: which of them counts, nobody can say (RFC 8259, 4).
    RepeatedMember,
    /// It names no medicine.
    NoMedicineName,
    /// It has no code or words that say what it is about.
    NoSubjectMatter,
    /// It holds no clinical statement (C-CDA).
    NoStatement,
}

/// What intake made of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EntryState {
    /// It was read into one of the lists.
    Read,
    /// Its kind is one that the sheet has no place for.
    OtherKind,
    /// An older version, or a copy, of another entry of the input.
    Superseded,
    /// A history says that it was deleted.
    Deleted,
    /// Its subject is a device, a place, a group, a relative: not the patient.
    AboutOther,
    /// Its parts are entries of their own, or entries say all that it says.
    Parted,
    /// It could not be read.
    Unreadable(UnreadReason),
}

/// One entry of the input.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry<'a> {
    /// Its kind as the record names it (`MedicationRequest`); empty where it does not.
    pub kind: Cow<'a, str>,
    /// Where it stands.
    pub source: Source,
    /// What became of it.
    pub state: EntryState,
}

/// The person the record is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Patient<'a> {
    /// The entry that describes the person; absent where the record only refers to one.
    pub entry: Option<EntryId>,
    /// The technical id.
    pub id: Option<Verbatim<'a>>,
    /// The parts of the name to show, in order (prefix, given, family, or the whole text).
    pub name: Vec<Verbatim<'a>>,
    /// Date of birth.
    pub birth_date: Option<Verbatim<'a>>,
    /// Date of death.
    pub deceased: Option<Verbatim<'a>>,
    /// The `true` by which the record says that the person has died, where it says so without a date.
    pub deceased_flag: Option<Verbatim<'a>>,
}

/// Which kind of helper or place an entry describes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PersonKind {
    /// A person.
    Person,
    /// A place or an organisation.
    Place,
    /// A team.
    Team,
}

/// A person, place or team that other entries refer to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person<'a> {
    /// The entry of the record.
    pub entry: EntryId,
    /// Which kind.
    pub kind: PersonKind,
    /// The name to show.
    pub name: Option<Name<'a>>,
    /// Telephone numbers.
    pub phones: Vec<Verbatim<'a>>,
}

/// The record of one patient.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record<'a> {
    /// Where it came from.
    pub format: Format,
    /// Where the bytes of the text that was read stand in the document.
    pub shift: Shift,
    /// The patient.
    pub patient: Option<Patient<'a>>,
    /// Every entry of the input, in order.
    pub entries: Vec<Entry<'a>>,
    /// People and places.
    pub people: Vec<Person<'a>>,
    /// Visits.
    pub encounters: Vec<Encounter<'a>>,
    /// Problems.
    pub conditions: Vec<Condition<'a>>,
    /// Allergies.
    pub allergies: Vec<Allergy<'a>>,
    /// Medicines.
    pub medications: Vec<MedicationUse<'a>>,
    /// Entries that only name a medicine (`Medication`).
    pub medicine_names: Vec<(EntryId, Verbatim<'a>)>,
    /// Results and vital signs.
    pub observations: Vec<Observation<'a>>,
    /// Reports.
    pub reports: Vec<Report<'a>>,
    /// Vaccines.
    pub immunizations: Vec<Immunization<'a>>,
    /// Procedures.
    pub procedures: Vec<Procedure<'a>>,
    /// Visits to come.
    pub appointments: Vec<Appointment<'a>>,
    /// Plans and orders.
    pub plans: Vec<PlanItem<'a>>,
    /// Goals.
    pub goals: Vec<Goal<'a>>,
    /// Sections of documents.
    pub sections: Vec<NoteSection<'a>>,
    /// Sentences of a note, in order.
    pub sentences: Vec<NoteSentence<'a>>,
    /// Documents.
    pub documents: Vec<Document<'a>>,
}

impl Record<'_> {
    /// A record without entries.
    #[must_use]
    pub const fn new(format: Format) -> Self {
        Self {
            format,
            shift: Shift::NONE,
            patient: None,
            entries: Vec::new(),
            people: Vec::new(),
            encounters: Vec::new(),
            conditions: Vec::new(),
            allergies: Vec::new(),
            medications: Vec::new(),
            medicine_names: Vec::new(),
            observations: Vec::new(),
            reports: Vec::new(),
            immunizations: Vec::new(),
            procedures: Vec::new(),
            appointments: Vec::new(),
            plans: Vec::new(),
            goals: Vec::new(),
            sections: Vec::new(),
            sentences: Vec::new(),
            documents: Vec::new(),
        }
    }
}

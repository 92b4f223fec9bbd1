//! What stands on a sheet, before it is a page.
//!
//! Every list holds facts of the record and words of ours, apart. Nothing here is formatted.

use crate::directions::Directions;
use crate::ledger::Accounting;
use crate::piece::{Fact, Line};
use crate::plain::{Narration, Plain};
use crate::seldom::Seldom;
use clinical_model::Moment;

/// A medicine that is on the sheet.
#[derive(Clone, Debug)]
pub struct Medicine<'a> {
    /// Its name, as ordered.
    pub name: Fact<'a>,
    /// The directions.
    pub directions: Directions<'a>,
    /// What for, in the record's words.
    pub reasons: Vec<Fact<'a>>,
    /// What it is often used for, where the record gives no reason.
    pub often_used_for: Option<Line<'a>>,
    /// What must be said beside it.
    pub cautions: Vec<Line<'a>>,
    /// Which rule decided what to do with it, where the status alone did not.
    pub rule: Option<clinical_model::CourseRule>,
    /// Remarks of the prescriber.
    pub notes: Vec<Fact<'a>>,
    /// The status as the record has it.
    pub status: Option<Fact<'a>>,
    /// Why it was stopped or held.
    pub status_reason: Option<Fact<'a>>,
    /// When it was ordered.
    pub written: Option<Fact<'a>>,
    /// Who ordered it: the parts of the name.
    pub prescriber: Vec<Fact<'a>>,
}

/// The medicines, by what to do with them.
#[derive(Clone, Debug, Default)]
pub struct Medicines<'a> {
    /// To take.
    pub take: Vec<Medicine<'a>>,
    /// To take only when needed.
    pub as_needed: Vec<Medicine<'a>>,
    /// Not for now.
    pub on_hold: Vec<Medicine<'a>>,
    /// Forbidden.
    pub forbidden: Vec<Medicine<'a>>,
    /// No more.
    pub stopped: Vec<Medicine<'a>>,
    /// The record does not say.
    pub ask: Vec<Medicine<'a>>,
    /// Entries that name no medicine that can be read.
    pub unreadable: Vec<Line<'a>>,
    /// "No known medicines", "no information": the record's words.
    pub statements: Vec<Fact<'a>>,
    /// Any medicine at all, marked as not taken: what the record names, which alone would say the opposite.
    pub negated: Vec<Fact<'a>>,
    /// What a section of the document says of medicines.
    pub in_words: Vec<Said<'a>>,
    /// The record speaks of medicines, of which none stands here.
    pub only_held: bool,
}

impl<'a> Medicines<'a> {
    /// No medicine of any kind.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
            && self.unreadable.is_empty()
            && self.statements.is_empty()
            && self.negated.is_empty()
            && self.in_words.is_empty()
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Medicine<'a>> {
        self.forbidden
            .iter()
            .chain(&self.stopped)
            .chain(&self.on_hold)
            .chain(&self.take)
            .chain(&self.as_needed)
            .chain(&self.ask)
    }
}

/// A problem.
#[derive(Clone, Debug)]
pub struct Problem<'a> {
    /// Its name in the record.
    pub name: Fact<'a>,
    /// An everyday name, where it says more than the record's.
    pub plain: Option<Line<'a>>,
    /// What it means.
    pub explanation: Option<Line<'a>>,
    /// Since when, or when it was found.
    pub since: Option<Fact<'a>>,
    /// When it was over.
    pub until: Option<Fact<'a>>,
    /// Its clinical status as the record has it.
    pub status: Option<Fact<'a>>,
    /// How sure the record is, as it stands.
    pub verification: Option<Fact<'a>>,
    /// More that the record says of it, in lines: since what age, when it was noted, where, how bad.
    pub details: Vec<Line<'a>>,
    /// Remarks.
    pub notes: Vec<Fact<'a>>,
}

/// Problems by what the record says of them.
#[derive(Clone, Debug, Default)]
pub struct Problems<'a> {
    /// The patient has them.
    pub current: Vec<Problem<'a>>,
    /// Not sure yet.
    pub possible: Vec<Problem<'a>>,
    /// Over.
    pub past: Vec<Problem<'a>>,
}

/// An allergy.
#[derive(Clone, Debug)]
pub struct AllergyLine<'a> {
    /// What to.
    pub name: Fact<'a>,
    /// What happens.
    pub reactions: Vec<Fact<'a>>,
    /// The record does not name what it is to; `name` is then what happened.
    pub unnamed: bool,
    /// How bad the worst reaction was, as the record has it.
    pub severity: Option<Fact<'a>>,
    /// How dangerous the record says it could be.
    pub criticality: Option<Fact<'a>>,
    /// Remarks.
    pub notes: Vec<Fact<'a>>,
    /// Its clinical status as the record has it.
    pub status: Option<Fact<'a>>,
    /// The record is not sure.
    pub unsure: bool,
}

/// What the record says of allergies: three different sentences (safety rule 13).
#[derive(Clone, Debug, Default)]
pub struct Allergies<'a> {
    /// The allergies.
    pub list: Vec<AllergyLine<'a>>,
    /// "No known allergies", in the record's words.
    pub none_known: Vec<Fact<'a>>,
    /// Any allergy at all, marked as not so: what the record names, which alone would say the opposite.
    pub negated: Vec<Fact<'a>>,
    /// "Not asked", in the record's words.
    pub not_asked: Vec<Fact<'a>>,
    /// What a section of the document says of allergies.
    pub in_words: Vec<Said<'a>>,
    /// The record says both that there is none and that there is one.
    pub contradiction: bool,
    /// Entries that could not be read.
    pub unreadable: usize,
    /// The record speaks of allergies, of which none stands here.
    pub only_held: bool,
}

/// Where a value stands to the record's own range or reading.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// Above.
    High,
    /// Below.
    Low,
    /// Within.
    Within,
    /// The record calls it abnormal, without a side.
    Abnormal,
    /// Above, and marked as critical.
    CriticalHigh,
    /// Below, and marked as critical.
    CriticalLow,
}

/// One earlier value of a test.
#[derive(Clone, Debug)]
pub struct Earlier<'a> {
    /// The value.
    pub measured: Measured<'a>,
    /// When.
    pub date: Fact<'a>,
}

/// A value as it is shown ("120/80 mmHg") and in parts.
#[derive(Clone, Debug, Default)]
pub struct Measured<'a> {
    /// What is shown.
    pub line: Line<'a>,
    /// The value without its unit, where it is one number, one text or a pair: a part of `line`. A range, a ratio or
    /// a stretch of time has none; it is only its line.
    pub value: Option<Line<'a>>,
    /// The unit.
    pub unit: Option<Fact<'a>>,
}

/// A picture of the values over time.
#[derive(Clone, PartialEq, Debug)]
pub struct Trend {
    /// Points from old to new, each from 0 to 1 in time and in height.
    pub points: Vec<(f64, f64)>,
    /// The record's reference range as heights, where it has one.
    pub band: Option<(f64, f64)>,
}

/// A result or a vital sign.
#[derive(Clone, Debug)]
pub struct TestRow<'a> {
    /// Its name in the record.
    pub name: Fact<'a>,
    /// An everyday name.
    pub plain: Option<Line<'a>>,
    /// What it shows.
    pub explanation: Option<Line<'a>>,
    /// Where on the body.
    pub site: Option<Fact<'a>>,
    /// The value.
    pub measured: Measured<'a>,
    /// The record's own range.
    pub range: Option<Line<'a>>,
    /// Where the value stands, by the record's own reading.
    pub level: Option<Level>,
    /// The record's own reading as it stands.
    pub interpretation: Option<Fact<'a>>,
    /// Not final.
    pub unfinished: bool,
    /// The status as it stands.
    pub status: Option<Fact<'a>>,
    /// When.
    pub date: Option<Fact<'a>>,
    /// Earlier values, newest first.
    pub earlier: Vec<Earlier<'a>>,
    /// The picture, for three or more values of one unit.
    pub trend: Option<Trend>,
    /// Remarks.
    pub notes: Vec<Fact<'a>>,
}

/// Something with a name and a date: a vaccine, a procedure.
#[derive(Clone, Debug)]
pub struct Done<'a> {
    /// Its name in the record.
    pub name: Fact<'a>,
    /// An everyday name.
    pub plain: Option<Line<'a>>,
    /// What it is.
    pub explanation: Option<Line<'a>>,
    /// When.
    pub date: Option<Fact<'a>>,
    /// The status as it stands.
    pub status: Option<Fact<'a>>,
    /// Where on the body.
    pub sites: Vec<Fact<'a>>,
    /// It is still going on.
    pub going_on: bool,
}

/// A visit to come.
#[derive(Clone, Debug)]
pub struct Coming<'a> {
    /// When.
    pub start: Option<Fact<'a>>,
    /// With whom: the parts of each name.
    pub providers: Vec<Vec<Fact<'a>>>,
    /// Where.
    pub places: Vec<Fact<'a>>,
    /// Telephone numbers.
    pub phones: Vec<Fact<'a>>,
    /// What for.
    pub purposes: Vec<Fact<'a>>,
    /// What to do before.
    pub preparation: Vec<Fact<'a>>,
    /// The status as it stands.
    pub status: Option<Fact<'a>>,
    /// Where no time is fixed: asked for from, and until.
    pub window: Vec<Fact<'a>>,
    /// Not sure yet.
    pub open: bool,
}

/// Something the record says in its own words, with the heading it stands under.
#[derive(Clone, Debug)]
pub struct Said<'a> {
    /// Heading in the record.
    pub title: Seldom<Fact<'a>>,
    /// The words, line by line.
    pub words: Vec<Fact<'a>>,
    /// When.
    pub date: Seldom<Fact<'a>>,
    /// The status of a report that is not final.
    pub unfinished: Seldom<Fact<'a>>,
    /// It is what must not be done.
    pub forbidden: bool,
    /// More that the record says of it, in lines.
    pub extra: Vec<Line<'a>>,
    /// Rewordings of its sentences by a language model, in the order of the sentences; none where none was asked. They
    /// stand beside the words and never in their place.
    pub plain: Vec<Plain<'a>>,
}

impl<'a> Said<'a> {
    /// Words of the record without a heading or a date.
    #[must_use]
    pub const fn of(words: Vec<Fact<'a>>) -> Self {
        Self {
            title: Seldom::NONE,
            words,
            date: Seldom::NONE,
            unfinished: Seldom::NONE,
            forbidden: false,
            extra: Vec::new(),
            plain: Vec::new(),
        }
    }
}

/// The visit that the sheet is about.
#[derive(Clone, Debug)]
pub struct Visit<'a> {
    /// The record does not say that it took place.
    pub unsure: bool,
    /// What kind.
    pub kind: Option<Fact<'a>>,
    /// An everyday name of the kind.
    pub plain: Option<Line<'a>>,
    /// When it began.
    pub start: Option<Fact<'a>>,
    /// When it ended, if on another day.
    pub end: Option<Fact<'a>>,
    /// Where.
    pub place: Option<Fact<'a>>,
    /// With whom: the parts of each name.
    pub providers: Vec<Vec<Fact<'a>>>,
}

/// The whole sheet.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The time of making.
    pub now: Moment,
    /// The technical id of the patient.
    pub patient_id: Option<Fact<'a>>,
    /// The parts of the name.
    pub name: Vec<Fact<'a>>,
    /// Date of birth.
    pub birth_date: Option<Fact<'a>>,
    /// Date of death.
    pub deceased: Option<Fact<'a>>,
    /// The record says that the person has died, and not when.
    pub deceased_flag: Option<Fact<'a>>,
    /// The visit.
    pub visit: Option<Visit<'a>>,
    /// Why.
    pub reasons: Vec<Said<'a>>,
    /// Problems.
    pub problems: Problems<'a>,
    /// Findings and conclusions in the record's words.
    pub findings: Vec<Said<'a>>,
    /// Vital signs.
    pub vitals: Vec<TestRow<'a>>,
    /// Procedures.
    pub procedures: Vec<Done<'a>>,
    /// Vaccines.
    pub immunizations: Vec<Done<'a>>,
    /// Medicines.
    pub medicines: Medicines<'a>,
    /// Allergies.
    pub allergies: Allergies<'a>,
    /// Laboratory results.
    pub results: Vec<TestRow<'a>>,
    /// Other tests and checks.
    pub checks: Vec<TestRow<'a>>,
    /// Visits to come.
    pub coming: Vec<Coming<'a>>,
    /// Tests and services that were ordered.
    pub ordered: Vec<Said<'a>>,
    /// Instructions and plans.
    pub home: Vec<Said<'a>>,
    /// Goals.
    pub goals: Vec<Said<'a>>,
    /// What the text of the document says of coming back.
    pub follow_up: Vec<Said<'a>>,
    /// What the text of the document says of when to get help.
    pub help: Vec<Said<'a>>,
    /// Sections in words that have no other place.
    pub more: Vec<Said<'a>>,
    /// The format of the record: what was read from a note is said to be.
    pub format: clinical_model::Format,
    /// Where the bytes of the text that was read stand in the document: places on a page are those of the document.
    pub shift: clinical_model::Shift,
    /// Every entry of the input.
    pub accounting: Accounting<'a>,
    /// What must be said of rewordings by a language model, where any stands here.
    pub narration: Option<Narration>,
}

//! Values of results and doses. Numbers stay the text they were.

use crate::{Concept, Moment, Verbatim};

/// A number with its unit, each as it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Quantity<'a> {
    /// The decimal text. Absent where the record gives no number.
    pub value: Option<Verbatim<'a>>,
    /// `<`, `<=`, `>=`, `>`.
    pub comparator: Option<Verbatim<'a>>,
    /// The unit in words or symbols.
    pub unit: Option<Verbatim<'a>>,
    /// The coded unit.
    pub code: Option<Verbatim<'a>>,
}

impl<'a> Quantity<'a> {
    /// The unit to show: its words, else its code.
    #[must_use]
    pub fn shown_unit(&self) -> Option<&Verbatim<'a>> {
        let worded = |v: &&Verbatim<'a>| !v.text().trim().is_empty();
        self.unit.as_ref().filter(worded).or(self.code.as_ref().filter(worded))
    }
}

/// From low to high; either end may be open.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Range<'a> {
    /// The lower end.
    pub low: Option<Quantity<'a>>,
    /// The upper end.
    pub high: Option<Quantity<'a>>,
    /// The lower end itself does not belong to it: "more than", not "or more".
    pub low_outside: bool,
    /// The upper end itself does not belong to it: "less than", not "or less".
    pub high_outside: bool,
}

/// One quantity to another (a titre, a maximum per day).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Ratio<'a> {
    /// Above the line.
    pub numerator: Quantity<'a>,
    /// Below the line.
    pub denominator: Quantity<'a>,
}

/// A time with a beginning, an end, or both.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Period<'a> {
    /// When it began.
    pub start: Option<Verbatim<'a>>,
    /// When it ended. Absent: still going on, or not said.
    pub end: Option<Verbatim<'a>>,
}

impl Period<'_> {
    /// The beginning as a point in time, else the end. `None` where neither can be read.
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        self.start.as_ref().or(self.end.as_ref()).and_then(|v| Moment::read(v.text()))
    }

    /// The end as a point in time.
    #[must_use]
    pub fn ended(&self) -> Option<Moment> {
        self.end.as_ref().and_then(|v| Moment::read(v.text()))
    }

    /// The text of the beginning, else of the end.
    #[must_use]
    pub fn shown(&self) -> Option<&Verbatim<'_>> {
        self.start.as_ref().or(self.end.as_ref())
    }
}

/// The value of an observation, in the kinds that FHIR R4 and C-CDA allow.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value<'a> {
    /// A number with a unit.
    Quantity(Quantity<'a>),
    /// A coded or written answer.
    Concept(Concept<'a>),
    /// Text, a number without a unit, a yes or no, a date or a time: one scalar.
    Scalar(Verbatim<'a>),
    /// From low to high.
    Range(Box<Range<'a>>),
    /// A ratio.
    Ratio(Box<Ratio<'a>>),
    /// A stretch of time.
    Period(Period<'a>),
    /// A recording (a curve); its numbers are not for a page.
    Recording(crate::Source),
}

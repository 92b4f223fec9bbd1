//! Where a medicine stands, by what is said of it, and where.

use super::place::Place;
use clinical_lexicon::Said;
use clinical_model::{Assertion, Course, MedicationKind, MedicationRemark};

/// What is known of one mention.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Known {
    /// What the sentence says of it.
    pub(super) said: Option<Said>,
    pub(super) place: Place,
    /// What the context makes of it.
    pub(super) assertion: Assertion,
    /// It is the first thing of its sentence or item.
    pub(super) is_first: bool,
    /// It has directions.
    pub(super) is_dosed: bool,
    /// It is to begin at a later day.
    pub(super) is_later: bool,
    /// The words give an order wherever they stand.
    pub(super) is_ordering: bool,
    /// Its name is part of something that is done (true) or measured (false).
    pub(super) is_made: Option<bool>,
    /// Staff may have given it, once.
    pub(super) is_perhaps_given: bool,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Decision {
    pub(super) course: Course,
    pub(super) assertion: Assertion,
    pub(super) kind: MedicationKind,
    pub(super) remark: Option<MedicationRemark>,
    pub(super) is_forbidden: bool,
}

const fn stands(course: Course, assertion: Assertion, kind: MedicationKind) -> Decision {
    Decision { course, assertion, kind, remark: None, is_forbidden: false }
}

/// A note speaks of it, and nobody says that it is to be taken now.
const fn mentioned(assertion: Assertion) -> Decision {
    Decision {
        remark: Some(MedicationRemark::OnlyMentioned),
        ..stands(Course::Unstated, assertion, MedicationKind::Statement)
    }
}

/// `None`: what is said is no use of a medicine by this patient (an allergy, a relative's medicine).
pub(super) fn decide(known: &Known) -> Option<Decision> {
    use Assertion::{Absent, Family, Historical, Hypothetical, Present};
    use MedicationKind::{Administration, Order, Statement};
    if known.assertion == Family || known.place == Place::Allergies || known.said == Some(Said::Allergy) {
        return None;
    }
    match known.is_made {
        Some(false) => return None,
        Some(true) if known.place != Place::List && !known.is_dosed => return Some(mentioned(known.assertion)),
        _ => {}
    }
    let is_list = known.place == Place::List;
    let orders = matches!(known.place, Place::Orders | Place::Open) || is_list;
    let kind = if is_list { Statement } else { Order };
    Some(match known.said {
        Some(Said::Avoid) => Decision { is_forbidden: true, ..stands(Course::Stopped, Absent, Order) },
        Some(Said::Hold) => stands(Course::OnHold, Absent, kind),
        Some(Said::Stop) if known.is_later => stands(Course::Unstated, Hypothetical, kind),
        Some(Said::Stop) if orders => stands(Course::Stopped, Absent, kind),
        Some(Said::Stop) => stands(Course::Stopped, Historical, Statement),
        Some(Said::NotTaking) => stands(Course::NotTaken, Absent, Statement),
        Some(Said::Decline) => stands(Course::NotOrdered, Absent, Order),
        Some(Said::Consider) => stands(Course::NotOrdered, Hypothetical, Order),
        Some(Said::Given) => stands(Course::Completed, Historical, Administration),
        Some(Said::Past) => mentioned(Historical),
        other => positive(known, other, orders, kind).unwrap_or_else(|| match known.place {
            Place::Stopped => stands(Course::Stopped, Absent, Statement),
            Place::Held => stands(Course::OnHold, Absent, Statement),
            Place::Given => stands(Course::Completed, Historical, Administration),
            _ => mentioned(if known.assertion == Absent { Present } else { known.assertion }),
        }),
    })
}

/// Words that speak for taking it, or no words at all.
fn positive(known: &Known, said: Option<Said>, orders: bool, kind: MedicationKind) -> Option<Decision> {
    let is_list = known.place == Place::List;
    let is_order = matches!(said, Some(Said::Start | Said::Continue | Said::Change | Said::Refill | Said::Switch));
    if known.assertion == Assertion::Absent {
        let not_ordered = known.place == Place::Orders;
        let course = if not_ordered { Course::NotOrdered } else { Course::NotTaken };
        return Some(stands(course, Assertion::Absent, kind));
    }
    if is_order && orders && (known.place != Place::Open || known.is_ordering) {
        // What the context calls planned or past is what the order is about ("we will start").
        if known.is_later {
            return Some(stands(Course::Unstated, Assertion::Hypothetical, kind));
        }
        return Some(match known.assertion {
            Assertion::Possible => mentioned(Assertion::Possible),
            _ if known.is_perhaps_given => mentioned(Assertion::Present),
            _ => stands(Course::Current, Assertion::Present, kind),
        });
    }
    if is_list {
        return Some(match known.assertion {
            Assertion::Historical | Assertion::Possible => mentioned(known.assertion),
            _ if known.is_perhaps_given => mentioned(Assertion::Present),
            _ => stands(Course::Current, Assertion::Present, kind),
        });
    }
    if matches!(known.assertion, Assertion::Possible | Assertion::Hypothetical) && known.place == Place::Orders {
        return Some(stands(Course::NotOrdered, known.assertion, MedicationKind::Order));
    }
    let bare = said.is_none() && known.place == Place::Orders && known.is_first && known.is_dosed;
    let bare = bare && !known.is_perhaps_given;
    (bare && known.assertion == Assertion::Present).then(|| stands(Course::Current, Assertion::Present, kind))
}

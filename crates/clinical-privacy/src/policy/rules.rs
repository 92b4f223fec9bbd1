//! What the caller asks for: a policy, a secret, and how long to go on.

use std::fmt;

use clinical_model::{Phi, Stop};

use crate::find::Known;

/// What stands in the place of an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Policy {
    /// A tag by kind, `[NAME]`; of dates the year stays, of ZIP codes the three digits that 45 CFR 164.514(b)(2)(i)(B)
    /// allows, of ages of ninety and more that they are.
    #[default]
    SafeHarbor,
    /// Something invented of the same form, the same for the same value within a document; dates are moved by one
    /// secret number of days. Needs a secret.
    Surrogate,
    /// A `*` for every letter and digit, so that the layout stays.
    Mask,
    /// A limited data set (45 CFR 164.514(e)(2)): dates, city, state and ZIP stay, all else as `SafeHarbor`.
    KeepDates,
}

impl Policy {
    /// Every policy.
    pub const ALL: [Self; 4] = [Self::SafeHarbor, Self::Surrogate, Self::Mask, Self::KeepDates];

    /// The name used on the command line and in requests.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SafeHarbor => "safe-harbor",
            Self::Surrogate => "surrogate",
            Self::Mask => "mask",
            Self::KeepDates => "keep-dates",
        }
    }

    /// The policy of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.as_str() == name)
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How to remove.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'r> {
    /// What stands in the place of an identifier.
    pub policy: Policy,
    /// Decides surrogates, the days that dates move, and replaced ids. Needed for [`Policy::Surrogate`]; with the other
    /// policies ids are then the same in every document, without it they are numbered within each.
    pub secret: Phi<&'r [u8]>,
    /// Whose document it is, where the caller knows: documents of one subject have their dates moved by the same days.
    /// Empty: the document's own patient, or the document.
    pub subject: Phi<&'r str>,
    /// What the caller allows, denies or knows beforehand.
    pub known: &'r Known,
    /// The year that "now" means, for birth dates of people of ninety and more. Where it is not given the newest date of
    /// the document counts.
    pub year: Option<u16>,
    /// Ends the work early when asked.
    pub stop: Stop<'r>,
}

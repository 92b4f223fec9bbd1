//! What stands in the place of an identifier.

mod calendar;
mod dates;
mod forms;
mod ids;
mod names;
mod reversible;
mod rules;
mod scribe;
mod secret;
mod tags;

pub use reversible::Reversible;
pub use rules::{Policy, Rules};

pub(crate) use calendar::Day;
pub(crate) use dates::year_of;
pub(crate) use ids::{Ids, is_uuid};
pub(crate) use scribe::Scribe;
pub(crate) use tags::tags_in;

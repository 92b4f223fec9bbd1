//! Classes of words that are no part of a name, in the groups that the families ask for.

use crate::words::Class;

/// Who somebody is: at work, to the patient, by training.
pub(super) const PEOPLE: u64 =
    Class::Role.bit() | Class::Person.bit() | Class::Relative.bit() | Class::Credential.bit();

/// Small words.
pub(super) const SMALL: u64 = Class::Function.bit() | Class::Pronoun.bit();

/// Names of days and months.
pub(super) const DAYS: u64 = Class::Weekday.bit() | Class::Month.bit();

/// What people do.
pub(super) const DEEDS: u64 = Class::Says.bit() | Class::Does.bit();

/// Words that are no part of a house's name for all their capital.
pub(super) const APART: u64 =
    PEOPLE | SMALL | DAYS | DEEDS | Class::Heading.bit() | Class::NoName.bit() | Class::Title.bit();

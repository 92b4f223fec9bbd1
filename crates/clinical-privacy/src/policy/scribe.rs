//! Writes what stands in the place of an identifier, as the policy says.

use unicode_normalization::char::is_combining_mark;

use super::dates;
use super::forms;
use super::names::Names;
use super::rules::{Policy, Rules};
use super::secret::Key;
use super::tags;
use crate::kind::Kind;

/// The writer for one document.
pub(crate) struct Scribe {
    policy: Policy,
    key: Key,
    names: Names,
    days: i64,
    year: Option<u16>,
}

impl Scribe {
    /// `document`: what tells this document's subject from others, where the caller does not say whose it is.
    pub(crate) fn new(rules: &Rules<'_>, document: &[u8]) -> Self {
        let subject = rules.subject.expose();
        let name = match (rules.policy, subject.is_empty()) {
            (Policy::Surrogate, true) => document,
            (Policy::Surrogate, false) => subject.as_bytes(),
            // The other policies need no key, and a digest of a large document takes its time.
            _ => b"",
        };
        let key = Key::of(rules.secret.expose()).within(name);
        // Whole weeks, so that a weekday of the text stays right; never none.
        let weeks = key.numbers("days", "").below(104) as i64 - 52;
        let days = 7 * if weeks >= 0 { weeks + 1 } else { weeks };
        Self { policy: rules.policy, names: Names::new(key.clone()), key, days, year: rules.year }
    }

    pub(crate) fn policy(&self) -> Policy {
        self.policy
    }

    /// By how many days dates are moved.
    pub(crate) fn days(&self) -> i64 {
        self.days
    }

    /// The year that the document was written in, or about.
    pub(crate) fn set_year(&mut self, year: Option<u16>) {
        self.year = self.year.or(year);
    }

    /// Is a date of that year older than ninety years, so that the year itself tells an age (164.514(b)(2)(i)(C))?
    pub(crate) fn is_old(&self, year: u16) -> bool {
        self.year.is_some_and(|now| year + 90 <= now)
    }

    /// A real value of the document, before the first is replaced: no surrogate may equal it.
    pub(crate) fn meet(&mut self, text: &str, kind: Kind) {
        if kind == Kind::Name && self.policy == Policy::Surrogate {
            self.names.meet(text);
        }
    }

    /// Does the policy let identifiers of that kind stay?
    pub(crate) fn keeps(&self, kind: Kind) -> bool {
        self.policy == Policy::KeepDates && matches!(kind, Kind::Date | Kind::City | Kind::Zip)
    }

    /// What stands for `text`; `None`: it stays.
    pub(crate) fn replace(&mut self, text: &str, kind: Kind) -> Option<String> {
        if self.keeps(kind) {
            return None;
        }
        let new = match self.policy {
            Policy::SafeHarbor | Policy::KeepDates => self.tag(text, kind),
            Policy::Mask => text.chars().map(|c| if is_masked(c) { '*' } else { c }).collect(),
            Policy::Surrogate => match kind {
                Kind::Name => self.names.replace(text),
                Kind::Email => {
                    let (given, surname) = self.names.pair(text);
                    format!("{given}.{surname}@example.org").to_lowercase()
                }
                Kind::Date => {
                    let year = self.year.map_or(2001, i64::from);
                    dates::moved(text, self.days, year).unwrap_or_else(|| self.tag(text, kind))
                }
                _ => forms::surrogate(&self.key, text, kind),
            },
        };
        (new != text).then_some(new)
    }

    /// The tag of `safe-harbor`.
    pub(crate) fn tag(&self, text: &str, kind: Kind) -> String {
        tags::tag(text, kind, self.year.map(|y| y.saturating_sub(90)))
    }

    /// What stands for a postal code that is an element of its own.
    pub(crate) fn postal_code(&mut self, text: &str) -> Option<String> {
        match self.policy {
            Policy::KeepDates => None,
            Policy::SafeHarbor => match tags::three_digits(text) {
                Some(three) => Some(three.to_owned()),
                None if text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit()) => None,
                None => self.replace(text, Kind::Zip),
            },
            _ => self.replace(text, Kind::Zip),
        }
    }
}

/// Letters and digits are masked, with the marks that belong to them.
fn is_masked(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::Known;
    use clinical_model::{Phi, Stop};

    fn scribe(policy: Policy, secret: &[u8], document: &[u8]) -> Scribe {
        let known = Known::new();
        let rules = Rules {
            policy,
            secret: Phi::new(secret),
            subject: Phi::new(""),
            known: &known,
            year: Some(2021),
            stop: Stop::never(),
        };
        Scribe::new(&rules, document)
    }

    #[test]
    fn dates_move_by_whole_weeks_of_at_most_a_year() {
        let mut seen = std::collections::HashSet::new();
        for i in 0..2000 {
            let days = scribe(Policy::Surrogate, b"a secret of many bytes", format!("{i}").as_bytes()).days();
            assert!(days != 0 && days % 7 == 0 && (-364..=364).contains(&days));
            seen.insert(days);
        }
        assert_eq!(seen.len(), 104);
    }

    #[test]
    fn each_policy_writes_in_its_way() {
        let mut one = scribe(Policy::SafeHarbor, b"", b"");
        assert_eq!(one.replace("John Smith", Kind::Name).as_deref(), Some("[NAME]"));
        let mut one = scribe(Policy::Mask, b"", b"");
        assert_eq!(one.replace("O'Brien, J.", Kind::Name).as_deref(), Some("*'*****, *."));
        let mut one = scribe(Policy::KeepDates, b"", b"");
        assert_eq!(one.replace("3/5/2021", Kind::Date), None);
        assert_eq!(one.replace("02139", Kind::Zip), None);
        assert_eq!(one.replace("12 Elm St", Kind::Street).as_deref(), Some("[STREET]"));
    }
}

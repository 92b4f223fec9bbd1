//! Reads the tables of `data/fhir.toml` and `data/ccda.toml`.

use std::collections::HashMap;

use crate::kind::Kind;

/// What is done with an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Keep,
    Text,
    Display,
    Xhtml,
    Date,
    Instant,
    BirthDate,
    Id,
    Reference,
    Uri,
    Source,
    Base64,
    Attachment,
    PostalCode,
    Identifier,
    Telecom,
    Drop,
    /// The name of a member that no standard gave it.
    Key,
    Remove(Kind),
}

impl Action {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "keep" => Self::Keep,
            "text" => Self::Text,
            "display" => Self::Display,
            "xhtml" => Self::Xhtml,
            "date" => Self::Date,
            "instant" => Self::Instant,
            "birth-date" => Self::BirthDate,
            "id" => Self::Id,
            "reference" => Self::Reference,
            "uri" => Self::Uri,
            "source" => Self::Source,
            "base64" => Self::Base64,
            "attachment" => Self::Attachment,
            "postal-code" => Self::PostalCode,
            "identifier" => Self::Identifier,
            "telecom" => Self::Telecom,
            "drop" => Self::Drop,
            "other" => Self::Remove(Kind::Other),
            kind => Self::Remove(*Kind::ALL.iter().find(|k| k.as_str().eq_ignore_ascii_case(kind))?),
        })
    }
}

/// Rows by section and key.
pub(super) struct Table(HashMap<(&'static str, &'static str), Action>);

impl Table {
    /// Reads a file of sections, comments and `key = "action"` lines. A row that cannot be read is left out; a test sees
    /// to it that there is none.
    pub(super) fn read(text: &'static str) -> Self {
        Self(rows(text).filter_map(|(section, key, action)| Some(((section, key), Action::named(action)?))).collect())
    }

    pub(super) fn get(&self, section: &'static str, key: &str) -> Option<Action> {
        // The map is of 'static keys; a look-up needs no such life.
        fn shorter<'s>(
            map: &'s HashMap<(&'static str, &'static str), Action>,
        ) -> &'s HashMap<(&'s str, &'s str), Action> {
            map
        }
        shorter(&self.0).get(&(section, key)).copied()
    }
}

/// The rows of a table as written.
fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let mut section = "";
    text.lines().filter_map(move |line| {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            return None;
        }
        let (key, action) = line.split_once(" = ").filter(|_| !line.starts_with('#'))?;
        Some((section, key.trim_matches('"'), action.trim_matches('"')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_read_and_stands_once() {
        for text in [include_str!("../../data/fhir.toml"), include_str!("../../data/ccda.toml")] {
            let mut seen = std::collections::HashSet::new();
            for (section, key, action) in rows(text) {
                assert!(Action::named(action).is_some(), "{section} {key}: no such action");
                assert!(seen.insert((section, key)), "{section} {key} stands twice");
            }
            let parsed: toml::Table = toml::from_str(text).unwrap();
            let all: usize = parsed.values().map(|v| v.as_table().unwrap().len()).sum();
            assert_eq!(all, seen.len());
        }
    }
}

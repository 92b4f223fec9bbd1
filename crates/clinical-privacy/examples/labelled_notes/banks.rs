//! The lists that notes are made of, cut into two parts that share no entry.

use crate::rng::{Rng, hash};
use std::collections::BTreeMap;

/// Which half of every list is used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Dev,
    Test,
}

impl Part {
    /// Whether an entry with this text belongs to the part.
    pub(crate) fn holds(self, text: &str) -> bool {
        hash(text).is_multiple_of(2) == (self == Part::Dev)
    }
}

/// One frame of a whole note.
#[derive(serde::Deserialize, Clone)]
pub(crate) struct Layout {
    /// How the text in it has to be written: `text`, `hl7`, `json`, `csv` or `xml`.
    pub(crate) kind: String,
    /// The frame; `{body}` is where the note goes, at the end if it is absent.
    pub(crate) text: String,
}

#[derive(serde::Deserialize)]
struct Layouts {
    layout: Vec<Layout>,
}

/// All lists of one part, by `table.key`.
pub(crate) struct Banks {
    pub(crate) part: Part,
    lists: BTreeMap<String, Vec<String>>,
    pub(crate) layouts: Vec<Layout>,
    cultures: Vec<String>,
}

const WORDS: [&str; 2] = [include_str!("banks/names.toml"), include_str!("banks/places.toml")];
const LINES: [&str; 7] = [
    include_str!("banks/orgs.toml"),
    include_str!("banks/sentences.toml"),
    include_str!("banks/sentences_more.toml"),
    include_str!("banks/sentences_wide.toml"),
    include_str!("banks/traps.toml"),
    include_str!("banks/footers.toml"),
    include_str!("banks/clinical.toml"),
];
const LAYOUTS: [&str; 3] = [
    include_str!("banks/layouts.toml"),
    include_str!("banks/layouts_more.toml"),
    include_str!("banks/layouts_data.toml"),
];

type Lists = BTreeMap<String, BTreeMap<String, String>>;

impl Banks {
    /// Reads the lists and keeps the half that belongs to the part.
    pub(crate) fn load(part: Part) -> Result<Banks, toml::de::Error> {
        let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut cultures = Vec::new();
        for source in WORDS {
            for (table, keys) in toml::from_str::<Lists>(source)? {
                if keys.contains_key("last") && keys.contains_key("female") && table != "words" {
                    cultures.push(table.clone());
                }
                for (key, text) in keys {
                    let entries = text.split_whitespace().map(|word| word.replace('_', " "));
                    lists
                        .entry(format!("{table}.{key}"))
                        .or_default()
                        .extend(entries.filter(|e| table == "parts" || part.holds(e)));
                }
            }
        }
        for source in LINES {
            for (table, keys) in toml::from_str::<Lists>(source)? {
                for (key, text) in keys {
                    let entries = text.lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned);
                    // What is in `closed` is too small to be shared out; it holds clinical words only.
                    let kept = entries.filter(|e| table == "closed" || part.holds(e));
                    lists.entry(format!("{table}.{key}")).or_default().extend(kept);
                }
            }
        }
        let mut layouts = Vec::new();
        for source in LAYOUTS {
            layouts.extend(toml::from_str::<Layouts>(source)?.layout.into_iter().filter(|l| part.holds(&l.text)));
        }
        Ok(Banks { part, lists, layouts, cultures })
    }

    /// The entries of a list; empty if there is no such list.
    pub(crate) fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// One entry of a list.
    pub(crate) fn pick(&self, rng: &mut Rng, name: &str) -> &str {
        let list = self.list(name);
        list.get(rng.below(list.len())).map_or("", String::as_str)
    }

    /// The naming traditions.
    pub(crate) fn cultures(&self) -> &[String] {
        &self.cultures
    }

    /// How many entries each list holds.
    pub(crate) fn sizes(&self) -> impl Iterator<Item = (&str, usize)> {
        self.lists.iter().map(|(name, list)| (name.as_str(), list.len()))
    }
}

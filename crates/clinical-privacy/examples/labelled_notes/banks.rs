//! The lists that notes are made of: one set cut into two parts that share no entry, and two sets that are whole parts.

use crate::rng::{Rng, hash};
use std::collections::BTreeMap;

/// Which lists are used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Dev,
    Test,
    /// Lists of its own: nobody looks at its notes.
    Fresh,
    /// Lists of its own again, for the last measurement, since rules were written after the others were looked at.
    Last,
    /// Lists of its own once more, by people who knew no rule; its notes are read, to find what the rules do not know.
    Open,
}

impl Part {
    /// The part of this name.
    pub(crate) fn named(name: &str) -> Option<Part> {
        [Part::Dev, Part::Test, Part::Fresh, Part::Last, Part::Open].into_iter().find(|part| part.name() == name)
    }

    /// The name of the part.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Dev => "dev",
            Part::Test => "test",
            Part::Fresh => "fresh",
            Part::Last => "last",
            Part::Open => "open",
        }
    }

    /// Whether the part has lists of its own; nobody looks at the notes of such a part.
    pub(crate) fn whole(self) -> bool {
        matches!(self, Part::Fresh | Part::Last | Part::Open)
    }

    /// Whether an entry with this text belongs to the part; all that is read for a whole part is its own.
    pub(crate) fn holds(self, text: &str) -> bool {
        self.whole() || hash(text).is_multiple_of(2) == (self == Part::Dev)
    }

    /// The part whose base notes this one uses.
    pub(crate) fn base(self) -> Part {
        if self.whole() { Part::Test } else { self }
    }

    fn sources(self) -> &'static Sources {
        match self {
            Part::Dev | Part::Test => &SPLIT,
            Part::Fresh => &FRESH,
            Part::Last => &LAST,
            Part::Open => &OPEN,
        }
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

struct Sources {
    /// Entries between blanks.
    words: &'static [&'static str],
    /// Entries on lines of their own.
    lines: &'static [&'static str],
    layouts: &'static [&'static str],
}

const SPLIT: Sources = Sources {
    words: &[include_str!("banks/names.toml"), include_str!("banks/places.toml")],
    lines: &[
        include_str!("banks/orgs.toml"),
        include_str!("banks/sentences.toml"),
        include_str!("banks/sentences_more.toml"),
        include_str!("banks/sentences_wide.toml"),
        include_str!("banks/traps.toml"),
        include_str!("banks/footers.toml"),
        include_str!("banks/clinical.toml"),
    ],
    layouts: &[
        include_str!("banks/layouts.toml"),
        include_str!("banks/layouts_more.toml"),
        include_str!("banks/layouts_data.toml"),
    ],
};
const FRESH: Sources = Sources {
    words: &[include_str!("banks/fresh/names.toml"), include_str!("banks/fresh/places.toml")],
    lines: &[
        include_str!("banks/fresh/orgs.toml"),
        include_str!("banks/fresh/sentences.toml"),
        include_str!("banks/fresh/traps.toml"),
        include_str!("banks/fresh/footers.toml"),
        include_str!("banks/clinical.toml"),
    ],
    layouts: &[include_str!("banks/fresh/layouts.toml")],
};
const OPEN: Sources = Sources {
    words: &[include_str!("banks/open/names.toml"), include_str!("banks/open/places.toml")],
    lines: &[
        include_str!("banks/open/orgs.toml"),
        include_str!("banks/open/sentences.toml"),
        include_str!("banks/open/traps.toml"),
        include_str!("banks/open/footers.toml"),
        include_str!("banks/clinical.toml"),
    ],
    layouts: &[include_str!("banks/open/layouts.toml")],
};
const LAST: Sources = Sources {
    words: &[include_str!("banks/last/names.toml"), include_str!("banks/last/places.toml")],
    lines: &[
        include_str!("banks/last/orgs.toml"),
        include_str!("banks/last/sentences.toml"),
        include_str!("banks/last/sentences_more.toml"),
        include_str!("banks/last/traps.toml"),
        include_str!("banks/last/trapwords.toml"),
        include_str!("banks/last/footers.toml"),
        include_str!("banks/clinical.toml"),
    ],
    layouts: &[
        include_str!("banks/last/layouts.toml"),
        include_str!("banks/last/layouts_more.toml"),
        include_str!("banks/last/layouts_data.toml"),
    ],
};

type Lists = BTreeMap<String, BTreeMap<String, String>>;

impl Banks {
    /// Reads the lists and keeps what belongs to the part.
    pub(crate) fn load(part: Part) -> Result<Banks, toml::de::Error> {
        let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut cultures = Vec::new();
        for source in part.sources().words {
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
        for source in part.sources().lines {
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
        for source in part.sources().layouts {
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

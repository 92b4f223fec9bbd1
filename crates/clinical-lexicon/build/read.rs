//! Reads the data files and refuses what is wrong with them, with file and line.

use super::names::{line, normalise};
use super::shapes::{
    CuesFile, EntriesFile, Entry, GroupsFile, Medicine, Modifier, ModifiersFile, Placed, SectionsFile, Term, Test,
    Vaccine,
};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;

/// What is wrong, and where.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, line {}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for Fault {}

/// All words of a language.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) terms: Vec<Term>,
    pub(super) medicines: Vec<Medicine>,
    pub(super) tests: Vec<Test>,
    pub(super) vaccines: Vec<Vaccine>,
    pub(super) modifiers: ModifiersFile,
    pub(super) sections: SectionsFile,
    pub(super) cues: CuesFile,
    pub(super) groups: GroupsFile,
}

/// One file while it is read.
pub(super) struct File<'t> {
    pub(super) name: &'t str,
    pub(super) text: &'t str,
}

impl File<'_> {
    fn fault(&self, at: usize, message: String) -> Fault {
        Fault { file: self.name.to_owned(), line: line(self.text, at), message }
    }

    fn parse<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        toml::from_str(self.text).map_err(|e| self.fault(e.span().map_or(0, |s| s.start), e.message().to_owned()))
    }

    pub(super) fn at(&self, text: &Placed, message: String) -> Fault {
        self.fault(text.span().start, message)
    }
}

/// Where each name and code of one kind of entry was first seen.
type Seen = BTreeMap<String, String>;

/// Files that hold no entries.
const OTHERS: &[&str] = &["/abbreviations.toml", "/context.toml", "/dosing.toml", "/findings.toml", "/sig.toml"];

/// Reads all files of a language. Files in Fluent and the words of directions are read when the program starts.
pub(super) fn words(files: &[(String, String)]) -> Result<Words, Fault> {
    let mut words = Words::default();
    let mut seen: [Seen; 4] = Default::default();
    for (name, text) in files {
        let file = File { name, text };
        if name.ends_with("/modifiers.toml") {
            words.modifiers = file.parse()?;
            check_modifiers(&file, &words.modifiers)?;
        } else if name.ends_with("/sections.toml") {
            words.sections = file.parse()?;
            super::sections::check(&file, &words.sections)?;
        } else if name.ends_with("/section_cues.toml") {
            words.cues = file.parse()?;
        } else if name.ends_with("/section_groups.toml") {
            words.groups = file.parse()?;
            super::sections::check_groups(&file, &words.groups)?;
        } else if name.ends_with(".toml")
            && !name.contains("/notes/")
            && !OTHERS.iter().any(|other| name.ends_with(other))
        {
            let entries: EntriesFile = file.parse()?;
            take(&file, entries.term, &mut words.terms, &mut seen[0])?;
            take(&file, entries.medicine, &mut words.medicines, &mut seen[1])?;
            take(&file, entries.test, &mut words.tests, &mut seen[2])?;
            take(&file, entries.vaccine, &mut words.vaccines, &mut seen[3])?;
        }
    }
    Ok(words)
}

/// Takes the entries of one file: sorted within it; no name and no code twice, in this file or another.
fn take<E: Entry>(file: &File<'_>, entries: Vec<E>, into: &mut Vec<E>, seen: &mut Seen) -> Result<(), Fault> {
    sorted(file, entries.iter().map(Entry::name))?;
    for entry in entries {
        for name in std::iter::once(entry.name()).chain(entry.also()) {
            let key = normalise(name.get_ref());
            if key.is_empty() {
                return Err(file.at(name, "a name needs letters or digits".to_owned()));
            }
            once(file, name, key, entry.name(), seen)?;
        }
        for (system, codes) in entry.codes() {
            for code in codes {
                once(file, code, format!("{system}|{}", code.get_ref()), entry.name(), seen)?;
            }
        }
        into.push(entry);
    }
    Ok(())
}

pub(super) fn sorted<'p>(file: &File<'_>, names: impl Iterator<Item = &'p Placed>) -> Result<(), Fault> {
    let mut before: Option<String> = None;
    for name in names {
        let lower = name.get_ref().to_lowercase();
        if let Some(before) = before.filter(|b| *b >= lower) {
            return Err(file.at(name, format!("'{}' must stand before '{before}'", name.get_ref())));
        }
        before = Some(lower);
    }
    Ok(())
}

fn once(file: &File<'_>, text: &Placed, key: String, entry: &Placed, seen: &mut Seen) -> Result<(), Fault> {
    let place = format!("'{}' of {}", entry.get_ref(), file.name);
    match seen.insert(key, place) {
        None => Ok(()),
        Some(first) => Err(file.at(text, format!("'{}' already stands with {first}", text.get_ref()))),
    }
}

fn check_modifiers(file: &File<'_>, modifiers: &ModifiersFile) -> Result<(), Fault> {
    sorted(file, modifiers.not_medicines.iter())?;
    sorted(file, modifiers.salts.iter())?;
    for list in [&modifiers.term, &modifiers.test, &modifiers.vaccine] {
        sorted(file, list.iter().map(|m: &Modifier| &m.words))?;
        for modifier in list {
            if normalise(modifier.words.get_ref()) != *modifier.words.get_ref() {
                return Err(file.at(&modifier.words, "lower case letters, digits and single spaces only".to_owned()));
            }
        }
    }
    Ok(())
}

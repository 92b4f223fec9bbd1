//! The word lists, read once.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use super::class::Class;

/// The files, in the order in which they are read.
const FILES: [(&str, &str); 7] = [
    ("classes.toml", include_str!("../../data/en/classes.toml")),
    ("findings.toml", include_str!("../../data/en/findings.toml")),
    ("care.toml", include_str!("../../data/en/care.toml")),
    ("plain.toml", include_str!("../../data/en/plain.toml")),
    ("quiet.toml", include_str!("../../data/en/quiet.toml")),
    ("forms.toml", include_str!("../../data/en/forms.toml")),
    ("told.toml", include_str!("../../data/en/told.toml")),
];

/// A fault in a data file. The tests make sure that there is none; who edits the data meets it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{file}, line {line}: {message}")]
pub(super) struct Fault {
    file: &'static str,
    line: usize,
    message: String,
}

/// A group of wordings that mean the same.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) class: Class,
    /// Its name first.
    pub(super) wordings: Vec<String>,
}

/// Everything that the files say.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) groups: Vec<Group>,
    /// Words and phrases that say nothing by themselves.
    pub(super) quiet: Vec<String>,
    /// A form and its stem.
    pub(super) forms: HashMap<String, String>,
    /// A wording and what it is read as.
    pub(super) rewrites: Vec<(String, String)>,
    /// A wording in small letters, and what a model is told to say for it.
    pub(super) told: HashMap<String, Vec<String>>,
    /// Words by what they do in a sentence.
    pub(super) roles: HashMap<String, Vec<String>>,
}

static DATA: OnceLock<Data> = OnceLock::new();

impl Data {
    /// Without lists nothing can be told from anything else: then nothing may be said.
    pub(super) fn is_empty(&self) -> bool {
        self.roles.is_empty()
    }
}

/// The lists. A fault leaves none, and everything is refused.
pub(super) fn data() -> &'static Data {
    DATA.get_or_init(|| read(&FILES).unwrap_or_default())
}

/// Reads the files (a wording with `~` before it may be said of its group, and does not mean it): tables of `name = "wording | wording"`, the names in order, no wording twice in a group.
fn read(files: &[(&'static str, &'static str)]) -> Result<Data, Fault> {
    let mut data = Data::default();
    for (file, text) in files {
        let fault = |line, message: String| Fault { file, line, message };
        let tables: BTreeMap<String, BTreeMap<String, toml::Spanned<String>>> = toml::from_str(text)
            .map_err(|e| fault(e.span().map_or(0, |s| line(text, s.start)), e.message().to_owned()))?;
        for (table, rows) in tables {
            let mut rows: Vec<(String, toml::Spanned<String>)> = rows.into_iter().collect();
            rows.sort_by_key(|(_, words)| words.span().start);
            let mut before: Option<String> = None;
            for (name, words) in rows {
                let at = line(text, words.span().start);
                if before.as_ref().is_some_and(|before| *before >= name) {
                    return Err(fault(at, "the names are not in order".to_owned()));
                }
                take(&mut data, &table, &name, words.get_ref()).map_err(|message| fault(at, message))?;
                before = Some(name);
            }
        }
    }
    Ok(data)
}

fn take(data: &mut Data, table: &str, name: &str, words: &str) -> Result<(), String> {
    let list: Vec<String> = words.split('|').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect();
    if !list.is_sorted_by(|a, b| a < b) {
        return Err("the wordings are not in order, or one stands twice".to_owned());
    }
    match table {
        "quiet" => data.quiet.extend(list),
        "forms" => {
            for form in list {
                if data.forms.insert(form, super::stem::regular(name)).is_some() {
                    return Err("a form of two words".to_owned());
                }
            }
        }
        "told" => {
            data.told.insert(name.to_owned(), list);
        }
        "rewrites" => data.rewrites.extend(list.into_iter().map(|from| (from, name.to_owned()))),
        "roles" => {
            data.roles.insert(name.to_owned(), list);
        }
        _ => {
            let class = Class::named(table).ok_or_else(|| "no such table".to_owned())?;
            if list.iter().any(|w| w == name) {
                return Err("the name of the group stands among its wordings".to_owned());
            }
            let mut wordings = vec![name.to_owned()];
            wordings.extend(list);
            data.groups.push(Group { class, wordings });
        }
    }
    Ok(())
}

fn line(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or(text).matches('\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::{FILES, read};

    #[test]
    fn the_files_are_in_order() {
        let read = read(&FILES).map_err(|fault| fault.to_string());
        let data = read.unwrap();
        assert!(!data.is_empty() && super::Data::default().is_empty());
        assert!(data.groups.len() >= 400, "{} groups", data.groups.len());
        assert!(data.quiet.len() >= 500, "{} quiet words", data.quiet.len());
    }

    #[test]
    fn a_fault_names_file_and_line() {
        for (text, message) in [
            ("[degree]\nmild = \"slight\"\nbad = \"x\"", "a.toml, line 3: the names are not in order"),
            (
                "[degree]\nmild = \"small | slight\"",
                "a.toml, line 2: the wordings are not in order, or one stands twice",
            ),
            (
                "[degree]\nmild = \"slight | slight\"",
                "a.toml, line 2: the wordings are not in order, or one stands twice",
            ),
            ("[degree]\nmild = \"mild\"", "a.toml, line 2: the name of the group stands among its wordings"),
            ("[colour]\nred = \"x\"", "a.toml, line 2: no such table"),
            ("[degree]\nmild = 3", "a.toml, line 2: invalid type: integer `3`, expected a string"),
        ] {
            assert_eq!(read(&[("a.toml", text)]).unwrap_err().to_string(), message);
        }
    }
}

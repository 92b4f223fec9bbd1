//! Where pages go: one stream, or a folder with a file each.
#![expect(clippy::disallowed_methods, reason = "writes the files that the user names")]

use super::inputs::Item;
use crate::envelope;
use crate::job::Failure;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What a command writes, as far as its output depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Form {
    /// How several stand on one stream.
    pub(super) together: Together,
    /// How files of it end; nothing for the ending of the input.
    pub(super) ending: Option<&'static str>,
}

/// How several pages stand on one stream.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Together {
    /// Not at all; with what is then said.
    Never(&'static str),
    /// With a blank line between.
    Apart,
    /// One after the other.
    Joined,
    /// As lines for machines: one for each document, failed ones too, and never a file each.
    Lines,
}

/// Takes finished documents.
pub(super) struct Sink {
    form: Form,
    to: To,
}

enum To {
    Stream { out: Box<dyn Write>, written: usize },
    Folder { root: PathBuf, used: BTreeSet<PathBuf>, inputs: BTreeSet<PathBuf> },
}

/// Why the output cannot be used.
#[derive(Debug)]
pub(super) enum Refused {
    /// It would destroy a record, or makes no sense with the format.
    Usage(String),
    /// It cannot be written.
    Write(io::Error),
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

impl Sink {
    /// Opens the output for these inputs.
    pub(super) fn open(output: Option<&Path>, form: Form, items: &[Item]) -> Result<Self, Refused> {
        let many = items.len() > 1;
        let to = match (output, form.together) {
            (None, Together::Never(sentence)) if many => return Err(Refused::Usage(sentence.to_owned())),
            (None, _) => To::Stream { out: Box::new(BufWriter::new(io::stdout())), written: 0 },
            (Some(path), together) => {
                let lines = together == Together::Lines;
                let inputs: BTreeSet<PathBuf> = known(items);
                let ends_as_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
                let folder = path.is_dir() || ends_as_folder || (many && !lines);
                if folder && lines {
                    return Err(Refused::Usage("ndjson goes to one file: --output FILE.ndjson".to_owned()));
                }
                if folder {
                    fs::create_dir_all(path)?;
                    To::Folder { root: path.to_owned(), used: BTreeSet::new(), inputs }
                } else {
                    To::Stream { out: Box::new(BufWriter::new(create(path, &inputs)?)), written: 0 }
                }
            }
        };
        Ok(Self { form, to })
    }

    /// Opens one file beside the pages: a report on them.
    pub(super) fn beside(path: &Path, items: &[Item]) -> Result<impl Write + use<>, Refused> {
        Ok(BufWriter::new(create(path, &known(items))?))
    }

    /// Takes the page of a document, which `write` writes. `place` is where it goes inside a folder.
    pub(super) fn page(
        &mut self,
        place: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Refused> {
        match &mut self.to {
            To::Stream { out, written } => {
                if *written > 0 && self.form.together == Together::Apart {
                    out.write_all(b"\n")?;
                }
                *written += 1;
                write(out)?;
                out.flush()?;
            }
            To::Folder { root, used, inputs } => {
                let target = free_place(root, place, self.form.ending, used);
                if let Some(folder) = target.parent() {
                    fs::create_dir_all(folder)?;
                }
                let mut out = BufWriter::new(create(&target, inputs)?);
                write(&mut out)?;
                out.flush()?;
            }
        }
        Ok(())
    }

    /// Takes a failure. Whether it became a line: the other formats have no place for one.
    pub(super) fn failure(&mut self, file: &str, failure: &Failure) -> Result<bool, Refused> {
        match &mut self.to {
            To::Stream { out, .. } if self.form.together == Together::Lines => {
                envelope::write_failure(out, file, failure)?;
                out.flush()?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

/// The inputs by their real names.
fn known(items: &[Item]) -> BTreeSet<PathBuf> {
    items.iter().filter_map(|item| fs::canonicalize(item.path.as_ref()?).ok()).collect()
}

/// Creates a file, but never over one of the records that are being read, by whatever name it goes.
fn create(path: &Path, inputs: &BTreeSet<PathBuf>) -> Result<File, Refused> {
    if fs::canonicalize(path).is_ok_and(|real| inputs.contains(&real)) {
        return Err(Refused::Usage(format!("{} is one of the inputs and is not overwritten", path.display())));
    }
    Ok(File::create(path)?)
}

/// Two inputs of one name get two pages.
fn free_place(root: &Path, place: &Path, ending: Option<&str>, used: &mut BTreeSet<PathBuf>) -> PathBuf {
    let stem = place.file_stem().unwrap_or(place.as_os_str()).to_string_lossy().into_owned();
    let folder = root.join(place.parent().unwrap_or(Path::new("")));
    let own = place.extension().map(|ending| ending.to_string_lossy().into_owned());
    let ending = match ending.or(own.as_deref()) {
        Some(ending) => format!(".{ending}"),
        None => String::new(),
    };
    let mut target = folder.join(format!("{stem}{ending}"));
    let mut count = 1;
    while !used.insert(target.clone()) {
        count += 1;
        target = folder.join(format!("{stem}-{count}{ending}"));
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_never_shared() {
        let mut used = BTreeSet::new();
        let mut place = |p: &str| free_place(Path::new("out"), Path::new(p), Some("html"), &mut used);
        assert_eq!(place("a.json"), Path::new("out/a.html"));
        assert_eq!(place("a.json"), Path::new("out/a-2.html"));
        assert_eq!(place("b/a.ndjson"), Path::new("out/b/a.html"));
        let mut own = |p: &str| free_place(Path::new("out"), Path::new(p), None, &mut used);
        assert_eq!((own("a.xml"), own("a")), ("out/a.xml".into(), "out/a".into()));
    }

    #[test]
    fn a_record_is_not_overwritten() {
        let path = std::env::temp_dir().join(format!("clinical-sink-{}.json", std::process::id()));
        fs::write(&path, "{}").unwrap();
        let inputs = BTreeSet::from([fs::canonicalize(&path).unwrap()]);
        assert!(matches!(create(&path, &inputs), Err(Refused::Usage(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "{}");
        fs::remove_file(path).unwrap();
    }
}

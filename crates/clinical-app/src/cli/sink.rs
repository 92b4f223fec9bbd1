//! Where pages go: one stream, or a folder with a file each.
#![expect(clippy::disallowed_methods, reason = "writes the files that the user names")]

use super::inputs::Item;
use crate::args::{Format, Summarize};
use crate::envelope;
use crate::job::{Failure, Finished};
use crate::request_id::RequestId;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Takes finished documents.
pub(super) struct Sink {
    format: Format,
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
    pub(super) fn open(args: &Summarize, items: &[Item]) -> Result<Self, Refused> {
        let format = args.format;
        let many = items.len() > 1;
        let to = match &args.output {
            None if many && format == Format::Html => {
                return Err(Refused::Usage("several HTML pages need --output FOLDER".to_owned()));
            }
            None => To::Stream { out: Box::new(BufWriter::new(io::stdout())), written: 0 },
            Some(path) => {
                let inputs: BTreeSet<PathBuf> =
                    items.iter().filter_map(|item| fs::canonicalize(item.path.as_ref()?).ok()).collect();
                let ends_as_folder = path.as_os_str().as_encoded_bytes().ends_with(b"/");
                let folder = path.is_dir() || ends_as_folder || (many && format != Format::Ndjson);
                if folder && format == Format::Ndjson {
                    return Err(Refused::Usage("ndjson goes to one file: --output FILE.ndjson".to_owned()));
                }
                if folder {
                    fs::create_dir_all(path)?;
                    To::Folder { root: path.clone(), used: BTreeSet::new(), inputs }
                } else {
                    To::Stream { out: Box::new(BufWriter::new(create(path, &inputs)?)), written: 0 }
                }
            }
        };
        Ok(Self { format, to })
    }

    /// Takes the page of a document. `place` is where it goes inside a folder.
    pub(super) fn page(&mut self, file: &str, place: &Path, done: &Finished) -> Result<(), Refused> {
        let format = self.format;
        match &mut self.to {
            To::Stream { out, written } => {
                if *written > 0 && !matches!(format, Format::Ndjson | Format::Json) {
                    out.write_all(b"\n")?;
                }
                *written += 1;
                write(format, out, file, done)?;
                out.flush()?;
            }
            To::Folder { root, used, inputs } => {
                let target = free_place(root, place, format.extension(), used);
                if let Some(folder) = target.parent() {
                    fs::create_dir_all(folder)?;
                }
                let mut out = BufWriter::new(create(&target, inputs)?);
                write(format, &mut out, file, done)?;
                out.flush()?;
            }
        }
        Ok(())
    }

    /// Takes a failure. Whether it became a line: the other formats have no place for one.
    pub(super) fn failure(&mut self, file: &str, failure: &Failure) -> Result<bool, Refused> {
        match &mut self.to {
            To::Stream { out, .. } if self.format == Format::Ndjson => {
                envelope::write_failure(out, file, failure)?;
                out.flush()?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

fn write(format: Format, out: &mut impl Write, file: &str, done: &Finished) -> io::Result<()> {
    match format {
        Format::Ndjson => envelope::write_line(out, file, done, RequestId::new()),
        Format::Json => {
            envelope::write_reply(out, done, RequestId::new())?;
            out.write_all(b"\n")
        }
        Format::Text | Format::Html | Format::Markdown => {
            let page = done.outcome.page.expose();
            out.write_all(page.as_bytes())?;
            if page.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
        }
    }
}

/// Creates a file, but never over one of the records that are being read, by whatever name it goes.
fn create(path: &Path, inputs: &BTreeSet<PathBuf>) -> Result<File, Refused> {
    if fs::canonicalize(path).is_ok_and(|real| inputs.contains(&real)) {
        return Err(Refused::Usage(format!("{} is one of the inputs and is not overwritten", path.display())));
    }
    Ok(File::create(path)?)
}

/// Two inputs of one name get two pages.
fn free_place(root: &Path, place: &Path, extension: &str, used: &mut BTreeSet<PathBuf>) -> PathBuf {
    let stem = place.file_stem().unwrap_or(place.as_os_str()).to_string_lossy().into_owned();
    let folder = root.join(place.parent().unwrap_or(Path::new("")));
    let mut target = folder.join(format!("{stem}.{extension}"));
    let mut count = 1;
    while !used.insert(target.clone()) {
        count += 1;
        target = folder.join(format!("{stem}-{count}.{extension}"));
    }
    target
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_never_shared() {
        let mut used = BTreeSet::new();
        let mut place = |p: &str| free_place(Path::new("out"), Path::new(p), "html", &mut used);
        assert_eq!(place("a.json"), Path::new("out/a.html"));
        assert_eq!(place("a.json"), Path::new("out/a-2.html"));
        assert_eq!(place("b/a.ndjson"), Path::new("out/b/a.html"));
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

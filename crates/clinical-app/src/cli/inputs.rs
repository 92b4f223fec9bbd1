//! From what stands on the command line to files, and from a file to its bytes.
#![expect(clippy::disallowed_methods, reason = "reads the files that the user names")]

use crate::job::Failure;
use clinical_pipeline::Label;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Places in a document are 32-bit offsets, and nobody's record is this long.
const LONGEST: u64 = 2 << 30;

/// What a sheet is made from, and what identity is removed from.
pub(super) const DOCUMENTS: &[Label] = &[Label::Json, Label::NdJson, Label::Xml, Label::Text];

/// What is held against FHIR.
pub(super) const RESOURCES: &[Label] = &[Label::Json, Label::NdJson];

/// What is looked into piece by piece.
pub(super) const NOTES: &[Label] = &[Label::Text];

/// Lines with an id and a text each.
pub(super) const LINES: &[Label] = &[Label::NdJson];

/// One file to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Item {
    /// As the user wrote it; a member of a folder as the joined path.
    pub(super) shown: String,
    /// Where it is; nothing for standard input.
    pub(super) path: Option<PathBuf>,
    /// Where its page goes inside an output folder, still with the ending of the input.
    pub(super) place: PathBuf,
    /// Why it cannot be read, where that is known before reading.
    pub(super) problem: Option<Failure>,
}

/// The files that the arguments name, in their order, folders sorted. Of a folder those are taken whose names promise
/// one of `kinds`.
pub(super) fn expand(arguments: &[String], kinds: &[Label]) -> Vec<Item> {
    let mut items = Vec::new();
    for argument in arguments {
        let path = Path::new(argument);
        if argument == "-" {
            items.push(Item { shown: argument.clone(), path: None, place: "stdin.json".into(), problem: None });
        } else if path.is_dir() {
            folder(argument, path, kinds, &mut items);
        } else {
            let place = path.file_name().map_or_else(|| "document.json".into(), PathBuf::from);
            items.push(Item { shown: argument.clone(), path: Some(path.to_owned()), place, problem: None });
        }
    }
    items
}

/// Whether standard input is named more than once.
pub(super) fn reads_standard_input_twice(items: &[Item]) -> bool {
    items.iter().filter(|item| item.path.is_none() && item.problem.is_none()).count() > 1
}

fn folder(argument: &str, root: &Path, kinds: &[Label], items: &mut Vec<Item>) {
    let mut found = Vec::new();
    let walked = walk(root, kinds, &mut found);
    found.sort();
    let problem = match walked {
        Err(error) => Some(unreadable(&error)),
        Ok(()) if found.is_empty() => Some(Failure::new("no-documents", no_documents(kinds))),
        Ok(()) => None,
    };
    for path in found {
        let place = path.strip_prefix(root).unwrap_or(&path).to_owned();
        items.push(Item { shown: path.to_string_lossy().into_owned(), path: Some(path), place, problem: None });
    }
    if problem.is_some() {
        items.push(Item { shown: argument.to_owned(), path: None, place: PathBuf::new(), problem });
    }
}

fn no_documents(kinds: &[Label]) -> &'static str {
    match kinds {
        LINES => "the folder holds no .jsonl or .ndjson file",
        NOTES => "the folder holds no .txt file",
        RESOURCES => "the folder holds no .json, .jsonl or .ndjson file",
        _ => "the folder holds no .json, .ndjson, .xml or .txt file",
    }
}

/// Links to folders are not followed: they can lead in circles.
fn walk(folder: &Path, kinds: &[Label], found: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() {
                open.push(path);
            } else if kinds.contains(&label(&path)) && path.is_file() {
                found.push(path);
            }
        }
    }
    Ok(())
}

/// What the name of a file promises.
pub(super) fn label(path: &Path) -> Label {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_ascii_lowercase();
    match ending.as_str() {
        "json" => Label::Json,
        "ndjson" | "jsonl" => Label::NdJson,
        "xml" => Label::Xml,
        "txt" => Label::Text,
        _ => Label::Unknown,
    }
}

/// Reads a file, or standard input for no path, once and whole.
pub(super) fn read(path: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = match path {
        None => io::stdin().lock().take(LONGEST + 1).read_to_end(&mut bytes),
        Some(path) => File::open(path).and_then(|file| {
            let about = file.metadata()?;
            if about.is_dir() {
                return Err(io::Error::from(io::ErrorKind::IsADirectory));
            }
            // One allocation of the right size: growing by doubling would hold the document twice for a moment.
            bytes.reserve_exact(usize::try_from(about.len().min(LONGEST + 1)).unwrap_or(0));
            file.take(LONGEST + 1).read_to_end(&mut bytes)
        }),
    };
    read.map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::new("too-large", "the document is longer than 2 GiB"));
    }
    Ok(bytes)
}

pub(super) fn unreadable(error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file",
        io::ErrorKind::PermissionDenied => "permission to read it was denied",
        io::ErrorKind::IsADirectory => "it is a folder",
        _ => "it could not be read",
    };
    Failure::new("unreadable", why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_file_is_one_sentence() {
        let failure = read(Some(Path::new("/nonexistent/file.json"))).unwrap_err();
        assert_eq!((failure.code, failure.message.as_str()), ("unreadable", "there is no such file"));
    }

    #[test]
    fn folders_are_walked_in_order() {
        let root = std::env::temp_dir().join(format!("clinical-inputs-{}", std::process::id()));
        fs::create_dir_all(root.join("b")).unwrap();
        for name in ["b/2.json", "b/1.ndjson", "b/3.xml", "a.json", "notes.txt", "picture.png"] {
            fs::write(root.join(name), "{}").unwrap();
        }
        let argument = root.to_string_lossy().into_owned();
        let places = |kinds| {
            let items = expand(&[argument.clone(), "-".to_owned()], kinds);
            assert_eq!(items[0].shown, format!("{argument}/{}", items[0].place.display()));
            items.iter().map(|i| i.place.to_string_lossy().into_owned()).collect::<Vec<_>>()
        };
        assert_eq!(places(DOCUMENTS), ["a.json", "b/1.ndjson", "b/2.json", "b/3.xml", "notes.txt", "stdin.json"]);
        assert_eq!(places(NOTES), ["notes.txt", "stdin.json"]);
        assert_eq!(places(RESOURCES), ["a.json", "b/1.ndjson", "b/2.json", "stdin.json"]);
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn an_empty_folder_is_said() {
        let root = std::env::temp_dir().join(format!("clinical-empty-{}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        let items = expand(&[root.to_string_lossy().into_owned()], DOCUMENTS);
        assert_eq!(items[0].problem.as_ref().map(|p| p.code), Some("no-documents"));
        fs::remove_dir_all(root).unwrap();
    }
}

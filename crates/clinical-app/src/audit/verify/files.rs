//! Which files make up which log, and in which order.

use super::lines::Lines;
use super::{Unreadable, unreadable};
use crate::audit::folder::ENDING;
use crate::audit::seal::{LogId, Sealed};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How far into a file its first whole line is looked for, in lines.
const FIRST_LINES: usize = 64;

/// One log, as far as its files were given.
#[derive(Debug)]
pub(super) struct Given {
    /// In the order of their first lines.
    pub(super) files: Vec<Arc<Path>>,
    /// A folder was named, which holds the log from its beginning to its end.
    pub(super) is_all: bool,
}

#[derive(Debug)]
struct Candidate {
    path: Arc<Path>,
    log: Option<LogId>,
    sequence: u64,
    is_all: bool,
}

/// Finds the files of what was named: folders, or files.
pub(super) fn gather(named: &[PathBuf]) -> Result<Vec<Given>, Unreadable> {
    let mut found = Vec::new();
    for path in named {
        if path.is_dir() {
            let before = found.len();
            for entry in path.read_dir().map_err(|error| unreadable(path, &error))? {
                let place = entry.map_err(|error| unreadable(path, &error))?.path();
                if place.to_string_lossy().ends_with(ENDING) && place.is_file() {
                    found.push(look(&place, true)?);
                }
            }
            if found.len() == before {
                return Err(Unreadable { file: path.clone(), why: "the folder holds no .ndjson file" });
            }
        } else {
            found.push(look(path, false)?);
        }
    }
    found.sort_by(|a, b| (a.sequence, &a.path).cmp(&(b.sequence, &b.path)));
    found.dedup_by(|a, b| a.path == b.path);
    Ok(group(found))
}

fn look(path: &Path, is_all: bool) -> Result<Candidate, Unreadable> {
    let mut lines = Lines::open(path).map_err(|error| unreadable(path, &error))?;
    let mut first = None;
    for _ in 0..FIRST_LINES {
        let Some(line) = lines.next().map_err(|error| unreadable(path, &error))? else { break };
        first = Sealed::read(line.bytes).filter(Sealed::is_whole).map(|sealed| sealed.link);
        if first.is_some() {
            break;
        }
    }
    // A file without a whole line stands where its name says.
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let named = stem.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or(u64::MAX);
    let (log, sequence) = first.map_or((None, named), |link| (Some(link.log), link.sequence));
    Ok(Candidate { path: Arc::from(path), log, sequence, is_all })
}

/// Files of one log belong together, wherever they stand. One whose log cannot be read goes with its neighbours.
fn group(found: Vec<Candidate>) -> Vec<Given> {
    let homes: Vec<_> = found.iter().filter_map(|c| Some((c.path.parent().map(Path::to_owned), c.log?))).collect();
    let mut groups: Vec<(Option<LogId>, Given)> = Vec::new();
    for candidate in found {
        let parent = candidate.path.parent().map(Path::to_owned);
        let log = candidate.log.or_else(|| homes.iter().find(|(home, _)| *home == parent).map(|(_, log)| *log));
        match groups.iter_mut().find(|(known, _)| *known == log) {
            Some((_, given)) => {
                given.is_all |= candidate.is_all;
                given.files.push(candidate.path);
            }
            None => groups.push((log, Given { files: vec![candidate.path], is_all: candidate.is_all })),
        }
    }
    groups.into_iter().map(|(_, given)| given).collect()
}

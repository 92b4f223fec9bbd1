//! A folder of files that are only ever appended to.
//!
//! One process writes it: the file `lock` is held as long as the process lives, and the system gives it up with the
//! process, however that ends. Files are never cut or overwritten, so that a folder with the attribute `+a` works.
#![expect(clippy::disallowed_methods, reason = "the audit log is files")]

use super::tail::{self, End, Tail};
use super::time;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, FileExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// The file that is locked.
pub(super) const LOCK: &str = "lock";

/// How files of a log end.
pub(super) const ENDING: &str = ".ndjson";

/// A check of the log holds the lock for a moment; a start does not fail of that.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// Why a folder cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Unopened {
    /// Another process writes there.
    #[error("another process writes there")]
    Locked,
    /// The end of its last file is not that of a log.
    #[error("the last file does not end as an audit log does; move the folder aside and check it")]
    Foreign,
    /// The system refused.
    #[error("{0}")]
    Io(io::ErrorKind),
}

impl From<io::Error> for Unopened {
    fn from(error: io::Error) -> Self {
        Self::Io(error.kind())
    }
}

/// The folder of one log, and the file that is being written.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    prefix: &'static str,
    /// Held, never used again.
    _lock: File,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    file: Arc<File>,
    name: String,
    identity: (u64, u64),
    /// Where the last whole line ends.
    whole: u64,
}

impl Folder {
    /// Takes the folder, which is made if it is not there, and finds where its log ended.
    pub(super) fn open(path: &Path, prefix: &'static str) -> Result<(Self, Option<Tail>), Unopened> {
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        let lock = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path.join(LOCK))?;
        take(&lock)?;
        let mut folder = Self { path: path.to_owned(), prefix, _lock: lock, open: None };
        let mut tail = None;
        for name in names(path, prefix)?.into_iter().rev() {
            let place = path.join(&name);
            // Only the newest file is written to; the older ones are looked at if it holds no whole line.
            let newest = folder.open.is_none();
            let file = OpenOptions::new().read(true).append(newest).open(place)?;
            let about = file.metadata()?;
            let found = tail::read(&file, about.len())?;
            let whole = if let End::Line(end, _) = &found { *end } else { 0 };
            if newest {
                folder.open = Some(Open { file: Arc::new(file), name, identity: (about.dev(), about.ino()), whole });
            }
            match found {
                End::Line(_, line) => {
                    tail = Some(line);
                    break;
                }
                End::Nothing => {}
                End::Foreign => return Err(Unopened::Foreign),
            }
        }
        Ok((folder, tail))
    }

    /// Begins a file whose first line has a number. Gives the name of the file before.
    pub(super) fn begin(&mut self, now: u64, sequence: u64) -> io::Result<Option<String>> {
        let stem = format!("{}-{}-{sequence:012}", self.prefix, time::compact(now));
        // Nobody else makes files here, but a clock can stand still and a line can be tried twice.
        for extra in 0..100_u8 {
            let name = if extra == 0 { format!("{stem}{ENDING}") } else { format!("{stem}.{extra}{ENDING}") };
            let made =
                OpenOptions::new().read(true).append(true).create_new(true).mode(0o600).open(self.path.join(&name));
            match made {
                Ok(file) => {
                    let about = file.metadata()?;
                    // The name must be on the disk before lines are said to be.
                    File::open(&self.path)?.sync_all()?;
                    let identity = (about.dev(), about.ino());
                    let before = self.open.replace(Open { file: Arc::new(file), name, identity, whole: 0 });
                    return Ok(before.map(|open| open.name));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Whether there is a file to write to.
    pub(super) fn has_file(&self) -> bool {
        self.open.is_some()
    }

    /// Length of the file that is written, in whole lines.
    pub(super) fn length(&self) -> u64 {
        self.open.as_ref().map_or(0, |open| open.whole)
    }

    /// Hands one line to the system: one call of write(2) on a file opened for appending. What was written of a line
    /// that failed stays where it is until [`Self::mend`].
    pub(super) fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let open = self.open.as_mut().ok_or(io::ErrorKind::NotFound)?;
        (&*open.file).write_all(line)?;
        open.whole += line.len() as u64;
        Ok(())
    }

    /// How many bytes stand behind the last whole line, after these were ended by a space and a newline. The space keeps
    /// a line of which only the newline was missing from becoming one that nobody was told of.
    pub(super) fn mend(&mut self) -> io::Result<u64> {
        let Some(open) = &self.open else { return Ok(0) };
        let mut length = open.file.metadata()?.len();
        if length > open.whole {
            let mut last = [0];
            open.file.read_exact_at(&mut last, length - 1)?;
            if last != *b"\n" {
                (&*open.file).write_all(b" \n")?;
                length += 2;
            }
        }
        Ok(length.saturating_sub(open.whole))
    }

    /// Takes what [`Self::mend`] found for a part of the file, once a recovery checkpoint is about to say so.
    pub(super) fn skip(&mut self, torn: u64) {
        if let Some(open) = &mut self.open {
            open.whole += torn;
        }
    }

    /// Takes back [`Self::skip`]: the checkpoint was not written.
    pub(super) fn unskip(&mut self, torn: u64) {
        if let Some(open) = &mut self.open {
            open.whole = open.whole.saturating_sub(torn);
        }
    }

    /// Whether the file still stands under its name, and ends where this process ended it.
    pub(super) fn is_as_left(&self) -> bool {
        let Some(open) = &self.open else { return true };
        self.is_in_place() && open.file.metadata().is_ok_and(|about| about.len() == open.whole)
    }

    /// Whether the file still stands under its name, and has not become shorter.
    pub(super) fn is_in_place(&self) -> bool {
        let Some(open) = &self.open else { return false };
        self.path
            .join(&open.name)
            .symlink_metadata()
            .is_ok_and(|about| (about.dev(), about.ino()) == open.identity && about.len() >= open.whole)
    }

    /// The file, for a thread that waits until it is on the disk.
    pub(super) fn file(&self) -> Option<Arc<File>> {
        self.open.as_ref().map(|open| Arc::clone(&open.file))
    }

    /// Waits until all that was written is on the disk.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.open.as_ref().map_or(Ok(()), |open| open.file.sync_data())
    }
}

fn take(lock: &File) -> Result<(), Unopened> {
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::sleep(BETWEEN_TRIES),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
    Err(Unopened::Locked)
}

/// Whether a process writes in a folder now. A folder without the file has no writer.
pub(super) fn is_being_written(path: &Path) -> bool {
    File::open(path.join(LOCK)).is_ok_and(|lock| matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The files of a log in the order of the numbers in their names.
fn names(path: &Path, prefix: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in path.read_dir()? {
        let Ok(name) = entry?.file_name().into_string() else { continue };
        if let Some(number) = number(&name).filter(|_| name.strip_prefix(prefix).is_some_and(|n| n.starts_with('-'))) {
            found.push((number, name));
        }
    }
    found.sort();
    Ok(found.into_iter().map(|(_, name)| name).collect())
}

/// The number of the first line that the name of a file tells.
fn number(name: &str) -> Option<u64> {
    let stem = name.strip_suffix(ENDING)?;
    stem.rsplit('-').next()?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_ordered_by_the_number_in_their_name() {
        let mut names = [
            "audit-20250301T090000Z-1000000000000.ndjson",
            "audit-20250301T090000Z-000000000020.ndjson",
            "audit-x-3.1.ndjson",
        ];
        names.sort_by_key(|name| number(name));
        assert_eq!(names.map(|name| number(name).unwrap()), [3, 20, 1_000_000_000_000]);
        assert_eq!(number("notes.txt"), None);
    }
}

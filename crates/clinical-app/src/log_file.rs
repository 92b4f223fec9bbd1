//! `application.log`: the same lines as on standard error, in a folder that an operator names.
//!
//! The file has an end: at 32 MB it becomes `application.log.1`, the one before that `.2`, and so on; the
//! oldest of five is deleted. A line is one write, so that two readers never see half of one.
#![expect(clippy::disallowed_methods, reason = "the log is a file where the operator wants one")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Name of the file.
pub const NAME: &str = "application.log";

/// Bytes after which a new file is begun.
const LONGEST: u64 = 32 << 20;

/// How many old files are kept.
const KEPT: u32 = 5;

/// The file, open for appending.
#[derive(Debug)]
pub struct LogFile {
    folder: PathBuf,
    file: File,
    length: u64,
    longest: u64,
}

impl LogFile {
    /// Opens the file in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// The folder cannot be made or the file cannot be written.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Self::with_length(folder, LONGEST)
    }

    fn with_length(folder: &Path, longest: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let file = append(folder)?;
        let length = file.metadata()?.len();
        Ok(Self { folder: folder.to_owned(), file, length, longest })
    }

    fn turn(&mut self) -> io::Result<()> {
        let old = |number: u32| self.folder.join(format!("{NAME}.{number}"));
        for number in (1..KEPT).rev() {
            // The first times there is nothing to move.
            let _ = fs::rename(old(number), old(number + 1));
        }
        fs::rename(self.folder.join(NAME), old(1))?;
        self.file = append(&self.folder)?;
        self.length = 0;
        Ok(())
    }
}

/// Its owner writes, its group may read it: whoever ships it is in the group.
fn append(folder: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    options.open(folder.join(NAME))
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.length >= self.longest {
            // Where it cannot be turned, a long file is better than no log.
            let _ = self.turn();
        }
        let written = self.file.write(line)?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_on_where_it_ended_and_turns_when_it_is_full() {
        let folder = std::env::temp_dir().join(format!("clinical-log-{}", std::process::id()));
        for part in 0..2 {
            let mut file = LogFile::with_length(&folder, 100).unwrap();
            for line in 0..10 {
                file.write_all(format!("line {part}{line}\n").as_bytes()).unwrap();
            }
        }
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
        assert_eq!(read("application.log.1").lines().count(), 13);
        assert_eq!(read(NAME).lines().last(), Some("line 19"));
        let mut file = LogFile::with_length(&folder, 1).unwrap();
        for _ in 0..20 {
            file.write_all(b"x\n").unwrap();
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1 + KEPT as usize);
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_an_error() {
        assert!(LogFile::open(Path::new("/dev/null/logs")).is_err());
    }
}

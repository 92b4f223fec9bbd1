//! The files that hold settings: secrets of Docker and Kubernetes, of the Key Vault driver, of a command.
#![expect(clippy::disallowed_methods, reason = "reads the files that settings are in")]

use clinical_pipeline::Phi;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

/// A file that is longer holds something else.
pub(super) const LONGEST: u64 = 64 << 10;

/// The content of an ordinary file: a pipe that nobody writes to would keep the start waiting for ever.
pub(crate) fn ordinary(path: &Path) -> Option<Phi<Vec<u8>>> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    any(path)
}

/// The content of a file or a pipe, without what an editor or `echo` puts at the end. An empty one holds nothing.
pub(super) fn any(path: &Path) -> Option<Phi<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(LONGEST + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > LONGEST {
        return None;
    }
    while bytes.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
        bytes.pop();
    }
    (!bytes.is_empty()).then(|| Phi::new(bytes))
}

//! Reading the small files in which the kernel tells how things are.
#![expect(clippy::disallowed_methods, reason = "measurements are read from the kernel's files, nothing else is")]

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// More than any of these files is needed for. `/proc/stat` of a large machine is longer; what is wanted is its start.
const LONGEST: u64 = 64 << 10;

/// The start of a file, if there is one that can be read.
pub(super) fn read(path: &Path) -> Option<String> {
    let mut text = String::new();
    File::open(path).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The number in a line `name number …`, for files that hold one name a line.
pub(super) fn number_after(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}

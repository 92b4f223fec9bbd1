//! From a stream to batches of whole lines.

use crate::job::Failure;
use std::io::{self, Read};

/// How much is read at once.
const CHUNK: usize = 256 << 10;

/// No note is this long; a stream without line breaks must not fill the memory.
const LONGEST_LINE: usize = 256 << 20;

/// Whole lines.
#[derive(Debug)]
pub(super) struct Batch {
    /// The number of the first, from one.
    first: usize,
    /// The lines. `Debug` of it is never asked for.
    pub(super) bytes: Vec<u8>,
    /// The line of this number was too long and is not here.
    too_long: bool,
}

/// A line that holds anything, or why it cannot be given.
pub(super) type Line<'a> = Result<&'a [u8], Failure>;

impl Batch {
    /// The lines that hold anything, with their numbers.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, Line<'_>)> {
        let failure = || Failure::new("too-large", "the line is longer than 256 MiB");
        let missing = self.too_long.then(|| (self.first, Err(failure())));
        let lines = self.bytes.split(|byte| *byte == b'\n').enumerate();
        let lines = lines.map(|(index, line)| (self.first + index, line.trim_ascii()));
        missing.into_iter().chain(lines.filter(|(_, line)| !line.is_empty()).map(|(number, line)| (number, Ok(line))))
    }
}

/// Reads batches: each is what one read gave, to its last line break.
pub(super) struct Batches<R> {
    reader: R,
    chunk: Vec<u8>,
    pending: Vec<u8>,
    line: usize,
    longest: usize,
    is_skipping: bool,
    is_at_end: bool,
}

impl<R: Read> Batches<R> {
    pub(super) fn new(reader: R) -> Self {
        Self::with(reader, CHUNK, LONGEST_LINE)
    }

    fn with(reader: R, chunk: usize, longest: usize) -> Self {
        let (chunk, pending) = (vec![0; chunk], Vec::new());
        Self { reader, chunk, pending, line: 1, longest, is_skipping: false, is_at_end: false }
    }

    fn batch(&mut self, bytes: Vec<u8>, breaks: usize, too_long: bool) -> Batch {
        let first = self.line;
        self.line += breaks;
        Batch { first, bytes, too_long }
    }

    /// Takes what was read into `pending`; of a line that is skipped nothing.
    fn keep(&mut self, read: usize) {
        let mut new = &self.chunk[..read];
        if self.is_skipping {
            let Some(end) = new.iter().position(|byte| *byte == b'\n') else { return };
            new = &new[end + 1..];
            self.is_skipping = false;
            self.line += 1;
        }
        self.pending.extend_from_slice(new);
    }
}

impl<R: Read> Iterator for Batches<R> {
    type Item = io::Result<Batch>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_at_end {
            let read = match self.reader.read(&mut self.chunk) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    self.is_at_end = true;
                    return Some(Err(error));
                }
            };
            if read == 0 {
                self.is_at_end = true;
                let rest = std::mem::take(&mut self.pending);
                return (!rest.is_empty()).then(|| Ok(self.batch(rest, 0, false)));
            }
            let old = self.pending.len();
            self.keep(read);
            if let Some(end) = self.pending[old..].iter().rposition(|byte| *byte == b'\n') {
                let rest = self.pending.split_off(old + end + 1);
                let mut bytes = std::mem::replace(&mut self.pending, rest);
                // The last break ends a line and begins none.
                bytes.pop();
                let breaks = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
                return Some(Ok(self.batch(bytes, breaks, false)));
            }
            if self.pending.len() > self.longest {
                self.pending = Vec::new();
                self.is_skipping = true;
                return Some(Ok(self.batch(Vec::new(), 0, true)));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, chunk: usize, longest: usize) -> Vec<(usize, Option<String>)> {
        Batches::with(text.as_bytes(), chunk, longest)
            .flat_map(|batch| {
                let batch = batch.unwrap();
                let lines = batch.lines().map(|(n, line)| (n, line.ok().map(|l| String::from_utf8_lossy(l).into())));
                lines.collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn lines_are_whole_however_they_arrive() {
        let text = "one\r\n\n  two\nthree";
        for chunk in 1..20 {
            let some = |text: &str| Some(text.to_owned());
            assert_eq!(lines(text, chunk, 100), [(1, some("one")), (3, some("two")), (4, some("three"))], "{chunk}");
        }
        assert_eq!(lines("", 4, 100), []);
    }

    #[test]
    fn a_line_that_is_too_long_is_one_failure() {
        let text = format!("a\n{}\nb\n", "x".repeat(500));
        for chunk in 1..20 {
            let found = lines(&text, chunk, 100);
            assert_eq!(found, [(1, Some("a".to_owned())), (2, None), (3, Some("b".to_owned()))], "{chunk}");
        }
    }
}

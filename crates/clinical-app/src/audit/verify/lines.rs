//! A file line by line, in bounded memory.
#![expect(clippy::disallowed_methods, reason = "reads the files of the log that is checked")]

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;

/// No line of ours is nearly as long. Of a longer one only the beginning is kept; it cannot be whole.
const LONGEST: u64 = 64 << 10;

/// One line and where it stands.
#[derive(Debug)]
pub(super) struct Line<'b> {
    /// Without its newline.
    pub(super) bytes: &'b [u8],
    /// From 1.
    pub(super) number: u64,
    /// Place of its first byte.
    pub(super) start: u64,
    /// Place behind its newline.
    pub(super) end: u64,
    /// Whether it ends with a newline. Only the last one can lack it.
    pub(super) is_ended: bool,
}

/// The lines of a file.
#[derive(Debug)]
pub(super) struct Lines {
    reader: BufReader<File>,
    buffer: Vec<u8>,
    number: u64,
    at: u64,
}

impl Lines {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let reader = BufReader::with_capacity(256 << 10, File::open(path)?);
        Ok(Self { reader, buffer: Vec::new(), number: 0, at: 0 })
    }

    /// The next line, or nothing at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.buffer.clear();
        let mut length = (&mut self.reader).take(LONGEST).read_until(b'\n', &mut self.buffer)? as u64;
        if length == 0 {
            return Ok(None);
        }
        let mut is_ended = self.buffer.ends_with(b"\n");
        if is_ended {
            self.buffer.pop();
        } else if length == LONGEST {
            let (skipped, ended) = self.skip()?;
            length += skipped;
            is_ended = ended;
        }
        let start = self.at;
        self.at += length;
        self.number += 1;
        Ok(Some(Line { bytes: &self.buffer, number: self.number, start, end: self.at, is_ended }))
    }

    fn skip(&mut self) -> io::Result<(u64, bool)> {
        let mut skipped = 0;
        loop {
            let bytes = self.reader.fill_buf()?;
            let newline = bytes.iter().position(|b| *b == b'\n');
            let length = newline.map_or(bytes.len(), |at| at + 1);
            self.reader.consume(length);
            skipped += length as u64;
            if newline.is_some() || length == 0 {
                return Ok((skipped, newline.is_some()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_an_end_takes_no_memory() {
        let path = std::env::temp_dir().join(format!("clinical-audit-lines-{}", std::process::id()));
        std::fs::write(&path, [b"one\n".as_slice(), &vec![b'x'; 1 << 20], b"\nthree\ntorn"].concat()).unwrap();
        let mut lines = Lines::open(&path).unwrap();
        let mut seen = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            seen.push((line.number, line.bytes.len(), line.start, line.end, line.is_ended));
        }
        let end = (1 << 20) + 5;
        let long = (2, 64 << 10, 4, end, true);
        assert_eq!(seen, [(1, 3, 0, 4, true), long, (3, 5, end, end + 6, true), (4, 4, end + 6, end + 10, false)]);
        assert!(lines.buffer.capacity() <= 256 << 10);
        std::fs::remove_file(path).unwrap();
    }
}

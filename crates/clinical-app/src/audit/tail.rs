//! Where a file of the log ended: its last whole line.

use super::event::Why;
use super::facts::Facts;
use super::seal::{Hex, LogId, Sealed};
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;

/// How far back a whole line is looked for. More than this without one is no torn line but another file.
const FARTHEST: u64 = 8 << 20;

/// The last whole line of a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Tail {
    /// Which log.
    pub(super) log: LogId,
    /// Its number.
    pub(super) sequence: u64,
    /// Its digest.
    pub(super) digest: Hex,
    /// What checkpoint it is, if it is one.
    pub(super) why: Option<Why>,
}

/// What the end of a file holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum End {
    /// A whole line, which ends before this byte.
    Line(u64, Tail),
    /// No whole line in the whole file, which is short.
    Nothing,
    /// So many bytes without a whole line that it cannot be a log.
    Foreign,
}

/// Reads the end of a file of a length.
pub(super) fn read(file: &File, length: u64) -> io::Result<End> {
    let mut window = 64 << 10;
    loop {
        let from = length.saturating_sub(window);
        let mut bytes = vec![0; usize::try_from(length - from).unwrap_or(0)];
        file.read_exact_at(&mut bytes, from)?;
        if let Some((end, tail)) = last_line(&bytes) {
            return Ok(End::Line(from + end as u64, tail));
        }
        match from {
            0 => return Ok(End::Nothing),
            _ if window >= FARTHEST => return Ok(End::Foreign),
            _ => window = (window * 8).min(FARTHEST),
        }
    }
}

/// The last line that is whole by its own digest, and the place behind its newline.
fn last_line(bytes: &[u8]) -> Option<(usize, Tail)> {
    let mut end = bytes.iter().rposition(|b| *b == b'\n')?;
    loop {
        let start = bytes[..end].iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let line = &bytes[start..end];
        if let Some(sealed) = Sealed::read(line).filter(Sealed::is_whole) {
            let digest = sealed.digest.try_into().ok()?;
            let why = sealed.signer.and_then(|_| Facts::read(line)).and_then(|facts| facts.why);
            return Some((end + 1, Tail { log: sealed.link.log, sequence: sealed.link.sequence, digest, why }));
        }
        end = start.checked_sub(1)?;
    }
}

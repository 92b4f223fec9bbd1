//! What one log says of the other: its checkpoints name a line of the log beside it. Who takes lines back in one log
//! would have to take them back in both.

use super::files::Given;
use super::lines::Lines;
use super::{Unreadable, unreadable};
use crate::audit::facts::Facts;
use crate::audit::seal::{LogId, Sealed};
use std::collections::BTreeMap;

/// More are thinned out: every second one goes.
const MOST: usize = 1 << 16;

/// For each log the lines that another one saw: their digests, by their number.
#[derive(Debug, Default)]
pub(super) struct Anchors(BTreeMap<LogId, BTreeMap<u64, Vec<u8>>>);

/// Reads the checkpoints of all logs. They are taken at their word here: each is checked when its own log is.
pub(super) fn collect(logs: &[Given]) -> Result<Anchors, Unreadable> {
    let mut anchors = Anchors::default();
    for path in logs.iter().flat_map(|log| &log.files) {
        let mut lines = Lines::open(path).map_err(|error| unreadable(path, &error))?;
        while let Some(line) = lines.next().map_err(|error| unreadable(path, &error))? {
            if Sealed::read(line.bytes).is_some_and(|sealed| sealed.signer.is_some()) {
                anchors.take(line.bytes);
            }
        }
    }
    Ok(anchors)
}

impl Anchors {
    fn take(&mut self, line: &[u8]) -> Option<()> {
        let facts = Facts::read(line)?;
        let log: LogId = facts.get("beside-log")?.as_bytes().try_into().ok()?;
        let (sequence, digest) = (facts.number("beside-sequence")?, facts.get("beside-digest")?);
        let seen = self.0.entry(log).or_default();
        // Two that contradict each other: the first one stands, and the line of today contradicts it.
        seen.entry(sequence).or_insert_with(|| digest.as_bytes().to_vec());
        if seen.len() > MOST {
            let mut keep = false;
            seen.retain(|_, _| {
                keep = !keep;
                keep
            });
        }
        Some(())
    }

    /// Whether a line is the one that the other log saw under this number, if it saw one.
    pub(super) fn agree(&self, log: &LogId, sequence: u64, digest: &[u8]) -> bool {
        self.0.get(log).and_then(|seen| seen.get(&sequence)).is_none_or(|seen| seen == digest)
    }

    /// The last line that another log saw.
    pub(super) fn last(&self, log: &LogId) -> Option<u64> {
        self.0.get(log)?.keys().next_back().copied()
    }
}

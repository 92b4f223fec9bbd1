//! One log: a chain of lines and the places that they go to.

mod tend;

pub(super) use tend::Tended;

use super::Program;
use super::event::{Frame, Why};
use super::folder::{Folder, Unopened};
use super::seal::{self, Hex, Link, LogId, NONE_BEFORE};
use super::signer::{self, Signer};
use super::stdout::Stdout;
use super::syslog::Syslog;
use super::{Broken, Recovered, json};
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a line and the checkpoint that ends its file take at most, beside the body.
const CLOSING: u64 = 4096;

/// The places that a log goes to.
#[derive(Debug, Default)]
pub(super) struct Sinks {
    pub(super) folder: Option<Folder>,
    pub(super) stdout: Option<Stdout>,
    pub(super) syslog: Option<Arc<Syslog>>,
}

/// How many lines of each kind this process wrote.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Count {
    Granted,
    Refused,
    Failed,
    Event,
}

/// A log.
#[derive(Debug)]
pub(super) struct Log {
    /// `audit` or `security`.
    name: &'static str,
    frame: Frame,
    version: String,
    signer: Arc<Signer>,
    state: Mutex<State>,
    /// Where the log stands, for the checkpoints of the log beside it.
    head: Mutex<Option<Link>>,
}

#[derive(Debug)]
struct State {
    /// The line that is written next.
    next: Link,
    sinks: Sinks,
    counts: [u64; 4],
    /// Lines that were asked for and refused because a sink was broken.
    unwritten: u64,
    since_checkpoint: u64,
    checkpoint_at: u64,
    /// Where the log beside this one stood at the last checkpoint.
    beside: Option<Link>,
    broken: Option<&'static str>,
    /// A file was ended by a checkpoint; the next line begins another.
    rotating: bool,
    stopped: bool,
    rotate_bytes: u64,
}

thread_local! {
    /// Each thread makes its lines in a buffer of its own, before the log is locked.
    static LINE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Opens the folder of a log and says where it ended.
pub(super) type Opened = (Folder, Option<super::tail::Tail>);

impl Log {
    /// Begins or continues a log. What came before is ended by a recovery checkpoint if it has no end of its own.
    ///
    /// # Errors
    /// The sink that could not be written.
    pub(super) fn start(
        name: &'static str,
        program: &Program,
        signer: Arc<Signer>,
        (folder, stdout, syslog): (Option<Opened>, Option<Stdout>, Option<Arc<Syslog>>),
        rotate_bytes: u64,
        now: u64,
    ) -> Result<(Self, Option<Recovered>), (&'static str, Unopened)> {
        let (folder, tail) = folder.map_or((None, None), |(folder, tail)| (Some(folder), tail));
        let why = tail.as_ref().map(|tail| tail.why);
        let next = match &tail {
            Some(tail) => Link { log: tail.log, sequence: tail.sequence + 1, previous: tail.digest },
            None => Link {
                log: draw().ok_or((name, Unopened::Io(std::io::ErrorKind::Other)))?,
                sequence: 1,
                previous: NONE_BEFORE,
            },
        };
        let state = State {
            next,
            sinks: Sinks { folder, stdout, syslog },
            counts: [0; 4],
            unwritten: 0,
            since_checkpoint: 0,
            checkpoint_at: now,
            beside: None,
            broken: None,
            rotating: false,
            stopped: false,
            rotate_bytes,
        };
        let log = Self {
            name,
            frame: Frame::of(program),
            version: program.version.clone(),
            signer,
            state: Mutex::new(state),
            head: Mutex::new(None),
        };
        let recovered = log.enter(why, now).map_err(|(sink, kind)| (sink, Unopened::Io(kind)))?;
        Ok((log, recovered))
    }

    /// The first lines of this process: a recovery checkpoint where the last one stopped without an end, and a start.
    fn enter(&self, last: Option<Option<Why>>, now: u64) -> Result<Option<Recovered>, Failed> {
        let mut state = self.lock();
        let (mut recovered, mut before) = (None, None);
        let sink = file_sink(self.name);
        let sequence = state.next.sequence;
        let State { sinks, rotate_bytes, .. } = &mut *state;
        if let Some(folder) = &mut sinks.folder {
            let torn = folder.mend().map_err(|error| (sink, error.kind()))?;
            folder.skip(torn);
            let unended = last.is_some_and(|why| why != Some(Why::Stop));
            let is_ended = last == Some(Some(Why::Rotation)) && folder.length() > 0;
            let is_full = folder.length() + 2 * CLOSING > (*rotate_bytes).max(4 * CLOSING);
            if !folder.has_file() || (torn == 0 && (is_ended || is_full)) {
                before = folder.begin(now, sequence).map_err(|error| (sink, error.kind()))?;
            }
            if torn > 0 || unended {
                self.checkpoint(&mut state, now, Why::Recovery, Some(torn), before.take())?;
                recovered = Some(Recovered { log: self.name, torn_bytes: torn, after_sequence: sequence - 1 });
            }
        }
        self.checkpoint(&mut state, now, Why::Start, None, before)?;
        Ok(recovered)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a line. `now` is in microseconds since 1970.
    pub(super) fn write(&self, now: u64, count: Count, body: impl FnOnce(&Frame, &mut Vec<u8>)) -> Result<u64, Broken> {
        LINE.with_borrow_mut(|line| {
            line.clear();
            body(&self.frame, line);
            let hash = Sha256::new_with_prefix(&*line);
            let mut state = self.lock();
            if state.stopped {
                return Err(Broken { sink: "stopped", is_new: false });
            }
            if let Some(sink) = state.broken {
                state.unwritten += 1;
                return Err(Broken { sink, is_new: false });
            }
            let done = self
                .rotate_if_full(&mut state, line.len(), now)
                .and_then(|()| self.append(&mut state, line, hash, None));
            match done {
                Ok(sequence) => {
                    state.counts[count as usize] += 1;
                    state.since_checkpoint += 1;
                    Ok(sequence)
                }
                Err((sink, _)) => {
                    state.broken = Some(sink);
                    state.unwritten += 1;
                    Err(Broken { sink, is_new: true })
                }
            }
        })
    }

    /// Seals a line and hands it to every place. The chain goes on from it exactly if the first place has all of it.
    fn append(
        &self,
        state: &mut State,
        line: &mut Vec<u8>,
        hash: Sha256,
        signer: Option<&Signer>,
    ) -> Result<u64, Failed> {
        let digest = seal::seal(line, hash, &state.next, signer);
        let State { sinks: Sinks { folder, stdout, syslog }, .. } = state;
        if syslog.as_ref().is_some_and(|syslog| !syslog.has_room()) {
            return Err(("syslog", std::io::ErrorKind::QuotaExceeded));
        }
        let has_folder = folder.is_some();
        if let Some(folder) = folder {
            folder.append(line).map_err(|error| (file_sink(self.name), error.kind()))?;
        }
        let printed =
            stdout.as_mut().map_or(Ok(()), |stdout| stdout.append(line)).map_err(|error| ("stdout", error.kind()));
        if !has_folder {
            printed?;
        }
        if let Some(syslog) = syslog {
            syslog.push(line, self.name);
        }
        let sequence = state.next.sequence;
        self.advance(state, digest);
        printed.map(|()| sequence)
    }

    fn advance(&self, state: &mut State, digest: Hex) {
        let mut head = self.head.lock().unwrap_or_else(PoisonError::into_inner);
        *head = Some(Link { previous: digest, ..state.next });
        state.next = Link { log: state.next.log, sequence: state.next.sequence + 1, previous: digest };
    }

    /// The last line: its number, and its own digest as `previous`.
    pub(super) fn head(&self) -> Option<Link> {
        *self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn rotate_if_full(&self, state: &mut State, body: usize, now: u64) -> Result<(), Failed> {
        let Some(folder) = &state.sinks.folder else { return Ok(()) };
        if !state.rotating && folder.length() + body as u64 + CLOSING <= state.rotate_bytes.max(4 * CLOSING) {
            return Ok(());
        }
        if !state.rotating {
            self.checkpoint(state, now, Why::Rotation, None, None)?;
            state.rotating = true;
        }
        let sequence = state.next.sequence;
        let Some(folder) = &mut state.sinks.folder else { return Ok(()) };
        let before = folder.begin(now, sequence).map_err(|error| (file_sink(self.name), error.kind()))?;
        state.rotating = false;
        self.checkpoint(state, now, Why::Continue, None, before)
    }

    /// Writes a checkpoint and waits until it is on the disk.
    fn checkpoint(
        &self,
        state: &mut State,
        now: u64,
        why: Why,
        torn: Option<u64>,
        before: Option<String>,
    ) -> Result<(), Failed> {
        let [granted, refused, failed, events] = state.counts.map(|count| count.to_string());
        let mut details = vec![
            ("version", self.version.clone()),
            ("lines", (state.next.sequence - 1).to_string()),
            ("since-checkpoint", state.since_checkpoint.to_string()),
            ("granted", granted),
            ("refused", refused),
            ("failed", failed),
            ("events", events),
            ("unwritten", state.unwritten.to_string()),
        ];
        details.extend(torn.map(|bytes| ("torn-bytes", bytes.to_string())));
        details.extend(before.map(|name| ("file-before", name)));
        if let Some(beside) = &state.beside {
            details.push(("beside-log", String::from_utf8_lossy(&beside.log).into_owned()));
            details.push(("beside-sequence", beside.sequence.to_string()));
            details.push(("beside-digest", String::from_utf8_lossy(&beside.previous).into_owned()));
        }
        let details: Vec<_> = details.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut line = Vec::with_capacity(2048);
        self.frame.checkpoint(&mut line, now, why, &details);
        let hash = Sha256::new_with_prefix(&line);
        self.append(state, &mut line, hash, Some(&self.signer))?;
        if let Some(folder) = &state.sinks.folder {
            folder.sync().map_err(|error| (file_sink(self.name), error.kind()))?;
        }
        state.since_checkpoint = 0;
        state.checkpoint_at = now;
        Ok(())
    }

    /// Whether lines can be written.
    pub(super) fn is_well(&self) -> bool {
        let state = self.lock();
        state.broken.is_none() && !state.stopped
    }

    /// Number of the last line.
    pub(super) fn lines(&self) -> u64 {
        self.lock().next.sequence - 1
    }

    pub(super) const fn name(&self) -> &'static str {
        self.name
    }
}

/// Which sink failed, and how.
type Failed = (&'static str, std::io::ErrorKind);

/// The name of the sink of files of a log.
pub(super) fn file_sink(log: &str) -> &'static str {
    if log == "security" { "security-folder" } else { "audit-folder" }
}

fn draw() -> Option<LogId> {
    let mut text = Vec::with_capacity(64);
    json::hex(&mut text, &signer::random()?);
    text[..16].try_into().ok()
}

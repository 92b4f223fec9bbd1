//! What is done for a log beside writing lines: a look after it once a second, going on after a break, its end.

use super::{Log, Sinks, State, file_sink};
use crate::audit::event::Why;
use crate::audit::folder::Folder;
use crate::audit::seal::Link;
use std::fs::File;
use std::sync::Arc;

/// A checkpoint at least this often while lines are written, in microseconds.
const INTERVAL: u64 = 60_000_000;

/// The log that makes checkpoints also when only the other one has new lines.
const FOLLOWER: &str = "security";

impl Log {
    /// What is done once a second: a look whether the file is still as this process left it, a try to go on after a
    /// sink broke, a checkpoint if the last one is old.
    pub(in crate::audit) fn tend(&self, now: u64, beside: Option<Link>) -> Tended {
        let mut state = self.lock();
        if state.stopped {
            return Tended::Well(None);
        }
        if let Some(sink) = state.broken {
            let recovered = self.recover(&mut state, now);
            if recovered {
                state.broken = None;
                state.unwritten = 0;
                return Tended::Recovered(sink);
            }
            return Tended::Broken;
        }
        let sink = file_sink(self.name);
        if state.sinks.folder.as_ref().is_some_and(|folder| !folder.is_as_left()) {
            state.broken = Some(sink);
            return Tended::Changed(sink);
        }
        if state.sinks.syslog.as_ref().is_some_and(|syslog| !syslog.has_room()) {
            state.broken = Some("syslog");
            return Tended::Broke("syslog");
        }
        // Only one of the two logs follows the other: two that did would never rest.
        let moved = self.name == FOLLOWER && beside.is_some() && beside != state.beside;
        if now.saturating_sub(state.checkpoint_at) >= INTERVAL && (state.since_checkpoint > 0 || moved) {
            state.beside = beside;
            let done = self.rotate_if_full(&mut state, 0, now);
            if let Err((sink, _)) = done.and_then(|()| self.checkpoint(&mut state, now, Why::Interval, None, None)) {
                state.broken = Some(sink);
                return Tended::Broke(sink);
            }
        }
        Tended::Well(state.sinks.folder.as_ref().and_then(Folder::file))
    }

    /// Goes on after a sink broke: what stands torn is ended, and a checkpoint says what happened.
    fn recover(&self, state: &mut State, now: u64) -> bool {
        if state.sinks.syslog.as_ref().is_some_and(|syslog| !syslog.has_much_room()) {
            return false;
        }
        if state.sinks.stdout.as_mut().is_some_and(|stdout| stdout.mend().is_err()) {
            return false;
        }
        let sequence = state.next.sequence;
        let rotating = state.rotating;
        let mut torn = 0;
        if let Some(folder) = &mut state.sinks.folder {
            if folder.is_in_place() {
                let Ok(found) = folder.mend() else { return false };
                torn = found;
            }
            if !folder.is_in_place() || (rotating && torn == 0) {
                if folder.begin(now, sequence).is_err() {
                    return false;
                }
                state.rotating = false;
            }
            folder.skip(torn);
        }
        let went = self.checkpoint(state, now, Why::Recovery, Some(torn), None).is_ok();
        let is_written = state.next.sequence > sequence;
        if !is_written && let Some(folder) = &mut state.sinks.folder {
            // What stands torn is then longer by what was written of the checkpoint, and is counted anew next time.
            folder.unskip(torn);
        }
        went
    }

    /// A sink that cannot be trusted any more.
    pub(in crate::audit) fn breaks(&self, sink: &'static str) {
        self.lock().broken.get_or_insert(sink);
    }

    /// Ends the log. Nothing is written afterwards.
    pub(in crate::audit) fn stop(&self, now: u64, beside: Option<Link>) -> bool {
        let mut state = self.lock();
        if state.stopped {
            return true;
        }
        if state.broken.is_some() && !self.recover(&mut state, now) {
            state.stopped = true;
            state.sinks = Sinks::default();
            return false;
        }
        state.beside = beside.or(state.beside);
        let went = self.checkpoint(&mut state, now, Why::Stop, None, None).is_ok();
        state.stopped = true;
        // The lock of the folder goes with it.
        state.sinks = Sinks::default();
        went
    }
}

/// What a look after the log found.
#[derive(Debug)]
pub(in crate::audit) enum Tended {
    /// All is well; the file that is to be on the disk soon.
    Well(Option<Arc<File>>),
    /// Still broken.
    Broken,
    /// It broke now.
    Broke(&'static str),
    /// Somebody changed the file.
    Changed(&'static str),
    /// It goes on.
    Recovered(&'static str),
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test with files")]

    use super::super::{Count, Log};
    use super::{INTERVAL, Link, Tended};
    use crate::audit::Program;
    use crate::audit::folder::Folder;
    use crate::audit::signer::Signer;
    use std::path::Path;
    use std::sync::Arc;

    const NOW: u64 = 1_740_819_600_000_000;

    fn log(path: &Path, name: &'static str) -> Log {
        let program = Program { name: "clinical-notes", version: "0".to_owned(), site: String::new() };
        let signer = Arc::new(Signer::from_seed(&[7; 32]).unwrap());
        let folder = Folder::open(path, name).unwrap();
        Log::start(name, &program, signer, (Some(folder), None, None), 1 << 20, NOW).unwrap().0
    }

    #[test]
    fn once_a_minute_a_checkpoint_is_made_if_there_is_something_new() {
        let root = std::env::temp_dir().join(format!("clinical-audit-tend-{}", std::process::id()));
        let (audit, security) = (log(&root.join("a"), "audit"), log(&root.join("s"), "security"));
        let tend = |log: &Log, now, beside: Option<Link>| {
            assert!(matches!(log.tend(now, beside), Tended::Well(Some(_))));
            log.lines()
        };
        audit.write(NOW, Count::Granted, |_, line| line.extend_from_slice(b"{}")).unwrap();
        assert_eq!(tend(&audit, NOW + INTERVAL - 1, security.head()), 2);
        assert_eq!(tend(&audit, NOW + INTERVAL, security.head()), 3);
        // The log of security events has nothing new itself, but the other one has, and then neither has.
        assert_eq!(tend(&security, NOW + INTERVAL, audit.head()), 2);
        for round in 2..5 {
            assert_eq!(tend(&audit, NOW + round * INTERVAL, security.head()), 3);
            assert_eq!(tend(&security, NOW + round * INTERVAL, audit.head()), 2);
        }
        std::fs::remove_dir_all(root).unwrap();
    }
}

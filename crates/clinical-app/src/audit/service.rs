//! The two logs together, and the thread that looks after them.

use super::access::{Access, Outcome, SecurityEvent, SecurityKind};
use super::folder::{Folder, Unopened};
use super::log::{Count, Log, Tended, file_sink};
use super::signer::Signer;
use super::stdout::Stdout;
use super::syslog::Syslog;
use super::{Broken, Config, Program, Receipt, StartError, Started, reasons};
use crate::clock;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How often the logs are looked after, and their files brought to the disk.
const TICK: Duration = Duration::from_secs(1);

/// The audit log. Shared by all threads of the service.
#[derive(Debug)]
pub struct Audit {
    inner: Arc<Inner>,
    keeper: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
struct Inner {
    accesses: Option<Log>,
    security: Option<Log>,
    syslog: Option<Arc<Syslog>>,
    ends: Mutex<bool>,
    ending: Condvar,
}

impl Audit {
    /// Opens every place that the log goes to, ends what an earlier process left without an end, and writes the first
    /// checkpoints. `now` is in microseconds since 1970, UTC.
    ///
    /// # Errors
    /// One of the places cannot be written; which, and why, without the value of a setting.
    pub fn start(config: &Config, program: &Program, now: u64) -> Result<(Self, Started), StartError> {
        let signer = match &config.signing_key {
            Some(seed) => Signer::from_seed(seed.expose()).ok_or(StartError::Key)?,
            None => Signer::draw().ok_or(StartError::System("randomness"))?,
        };
        let signer = Arc::new(signer);
        let syslog = config.syslog.as_ref().map(|address| Syslog::start(address, program).map(Arc::new)).transpose();
        let syslog = syslog.map_err(|error| sink("syslog", error.into()))?;
        let started = (|| {
            let accesses = open(config, config.file.as_deref(), "audit", program, &signer, syslog.as_ref(), now)?;
            let security =
                open(config, config.security.as_deref(), "security", program, &signer, syslog.as_ref(), now)?;
            Ok((accesses, security))
        })();
        let (accesses, security) = started.inspect_err(|_| {
            if let Some(syslog) = &syslog {
                syslog.stop();
            }
        })?;
        let (accesses, recovered) = accesses.unzip();
        let (security, recovered_security) = security.unzip();
        let inner = Inner { accesses, security, syslog, ends: Mutex::new(false), ending: Condvar::new() };
        let inner = Arc::new(inner);
        let keeper = {
            let inner = Arc::clone(&inner);
            thread::Builder::new().name("audit".to_owned()).spawn(move || inner.keep())
        };
        let keeper = keeper.map_err(|_| StartError::System("thread"))?;
        let audit = Self { inner, keeper: Mutex::new(Some(keeper)) };
        audit.security(SecurityEvent::of_program(now, SecurityKind::Started));
        let recovered = recovered.flatten();
        let recovered_security = recovered_security.flatten();
        Ok((audit, Started { public_key_base64: signer.public_text().to_owned(), recovered, recovered_security }))
    }

    /// Writes the line of an access. It is with the operating system when this returns, so that the end of this
    /// process by any means does not lose it; it is on the disk a second later.
    ///
    /// A denial that concerns security is written to the security log as well.
    ///
    /// # Errors
    /// It was not written. Work on a document must then be refused.
    pub fn record(&self, access: &Access<'_>) -> Result<Receipt, Broken> {
        let Some(log) = &self.inner.accesses else { return Ok(Receipt { sequence: 0 }) };
        let (count, code) = match access.outcome {
            Outcome::Granted => (Count::Granted, None),
            Outcome::Refused(code) => (Count::Refused, Some(code)),
            Outcome::Failed(code) => (Count::Failed, Some(code)),
        };
        let written = log.write(access.recorded, count, |frame, line| frame.access(line, access));
        if let Some(reason) = code.map(reasons::find).filter(|reason| reason.is_security) {
            self.security(SecurityEvent {
                recorded: access.recorded,
                kind: SecurityKind::Refused(reason.code),
                request_id: Some(access.request_id),
                subject: access.subject,
                peer: access.peer,
            });
        }
        match written {
            Ok(sequence) => Ok(Receipt { sequence }),
            Err(broken) => {
                if broken.is_new {
                    self.inner.say_broken(broken.sink, access.recorded);
                }
                Err(broken)
            }
        }
    }

    /// Writes a security event. A log that cannot be written is seen by [`Self::is_well`].
    pub fn security(&self, event: SecurityEvent<'_>) {
        self.inner.security(&event);
    }

    /// Writes the last checkpoints and sends what waits. Whether all of it was written; afterwards nothing is.
    pub fn stop(&self, now: u64) -> bool {
        *self.inner.ends.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.inner.ending.notify_all();
        if let Some(keeper) = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = keeper.join();
        }
        let inner = &self.inner;
        inner.security(&SecurityEvent::of_program(now, SecurityKind::Stopped));
        let head = |log: &Option<Log>| log.as_ref().and_then(Log::head);
        let ended = |log: &Option<Log>, beside| log.as_ref().is_none_or(|log| log.stop(now, beside));
        let accesses = ended(&inner.accesses, head(&inner.security));
        let security = ended(&inner.security, head(&inner.accesses));
        inner.syslog.as_ref().is_none_or(|syslog| syslog.stop()) && accesses && security
    }

    /// Whether lines can be written. While this is false the service is not ready and does no work on documents.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.inner.logs().all(Log::is_well)
    }

    /// The number of the last line of the log of accesses.
    #[must_use]
    pub fn lines(&self) -> u64 {
        self.inner.accesses.as_ref().map_or(0, Log::lines)
    }
}

impl Drop for Audit {
    /// Ends the threads. Without [`Audit::stop`] the logs have no end, which the next start says.
    fn drop(&mut self) {
        *self.inner.ends.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.inner.ending.notify_all();
        if let Some(keeper) = self.keeper.get_mut().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = keeper.join();
        }
        if let Some(syslog) = &self.inner.syslog {
            syslog.stop();
        }
    }
}

fn sink(sink: &'static str, why: Unopened) -> StartError {
    StartError::Sink { sink, why }
}

/// One of the logs, if there is a place for it.
fn open(
    config: &Config,
    folder: Option<&Path>,
    name: &'static str,
    program: &Program,
    signer: &Arc<Signer>,
    syslog: Option<&Arc<Syslog>>,
    now: u64,
) -> Result<Option<(Log, Option<super::Recovered>)>, StartError> {
    if folder.is_none() && !config.stdout && syslog.is_none() {
        return Ok(None);
    }
    let folder = folder.map(|path| Folder::open(path, name)).transpose();
    let folder = folder.map_err(|why| sink(file_sink(name), why))?;
    let stdout = config.stdout.then(Stdout::open).transpose().map_err(|error| sink("stdout", error.into()))?;
    let places = (folder, stdout, syslog.cloned());
    Log::start(name, program, Arc::clone(signer), places, config.rotate_bytes, now)
        .map(Some)
        .map_err(|(place, why)| sink(place, why))
}

impl Inner {
    fn logs(&self) -> impl Iterator<Item = &Log> {
        self.accesses.iter().chain(&self.security)
    }

    fn security(&self, event: &SecurityEvent<'_>) {
        let Some(log) = &self.security else { return };
        if let Err(broken) = log.write(event.recorded, Count::Event, |frame, line| frame.security(line, event))
            && broken.is_new
        {
            tracing::error!(sink = broken.sink, "audit-broken");
        }
    }

    fn say_broken(&self, sink: &'static str, now: u64) {
        tracing::error!(sink, "audit-broken");
        self.security(&SecurityEvent::of_program(now, SecurityKind::SinkBroken(sink)));
    }

    /// Until the end: brings files to the disk, tries broken places again, writes checkpoints. No log is locked while
    /// the disk is waited for.
    fn keep(&self) {
        loop {
            let ends = self.ends.lock().unwrap_or_else(PoisonError::into_inner);
            let waited = self.ending.wait_timeout_while(ends, TICK, |ends| !*ends);
            let (ends, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if *ends {
                return;
            }
            drop(ends);
            let now = clock::unix_micros();
            for log in self.logs() {
                self.look_after(log, now);
            }
        }
    }

    fn look_after(&self, log: &Log, now: u64) {
        let others = self.logs().filter(|other| other.name() != log.name());
        let beside = others.filter_map(Log::head).next();
        match log.tend(now, beside) {
            Tended::Well(file) => {
                // After a failed sync nobody knows what is on the disk: the log goes on with a checkpoint that says so.
                if file.is_some_and(|file| file.sync_data().is_err()) {
                    let sink = file_sink(log.name());
                    log.breaks(sink);
                    self.say_broken(sink, now);
                }
            }
            Tended::Broken => {}
            Tended::Broke(sink) => self.say_broken(sink, now),
            Tended::Changed(sink) => {
                tracing::error!(sink, "audit-changed");
                self.security(&SecurityEvent::of_program(now, SecurityKind::LogChanged(sink)));
            }
            Tended::Recovered(sink) => {
                tracing::warn!(sink, "audit-restored");
                self.security(&SecurityEvent::of_program(now, SecurityKind::SinkRecovered(sink)));
            }
        }
    }
}

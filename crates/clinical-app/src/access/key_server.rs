//! The keys of the key server, kept and renewed.
//!
//! - Nothing is fetched twice at once: who comes while a fetch is under way waits for it.
//! - A fetch belongs to nobody. It goes on when the request that began it is gone, so that requests that are broken off
//!   cannot begin one fetch after the other.
//! - Keys that cannot be renewed stay valid for a bounded time. A bad answer is no answer.

use super::config::Intervals;
use super::fetch::Source;
use super::key_set::{Has, KeySet};
use super::reason;
use super::refused::Refused;
use super::verified::Verified;
use crate::clock::Stopwatch;
use arc_swap::ArcSwapOption;
use jsonwebtoken::Algorithm;
use sha2::{Digest as _, Sha256};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How the keys are, for health.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyState {
    /// Authentication is off.
    Off,
    /// Tokens are checked with secrets; nothing is fetched.
    Static,
    /// The keys were fetched this long ago, and nothing went wrong since.
    Fresh {
        /// Time since they were fetched.
        age: Duration,
    },
    /// The keys were fetched this long ago; the last time that they were asked for, none came. They hold until
    /// [`Intervals::keep`].
    Stale {
        /// Time since they were fetched.
        age: Duration,
    },
    /// No keys were fetched so far; nobody with a key of the issuer can be served.
    Never,
}

/// The keys of one key server.
pub(super) struct KeyServer {
    source: Source,
    issuer: Option<String>,
    intervals: Intervals,
    kept: ArcSwapOption<Kept>,
    flight: Mutex<Flight>,
    verified: Arc<Verified>,
}

struct Kept {
    keys: Arc<KeySet>,
    digest: [u8; 32],
    fetched: Stopwatch,
}

#[derive(Default)]
struct Flight {
    /// Closed when the fetch that is under way has ended.
    ending: Option<watch::Receiver<()>>,
    /// Since the last fetch began.
    began: Option<Stopwatch>,
    failed: bool,
}

impl KeyServer {
    /// Fetches nothing yet. `verified` is emptied when the keys change.
    pub(super) fn new(source: Source, issuer: Option<String>, intervals: Intervals, verified: Arc<Verified>) -> Self {
        Self { source, issuer, intervals, verified, kept: ArcSwapOption::empty(), flight: Mutex::default() }
    }

    /// The keys for a token with this header, fetched if need be.
    ///
    /// # Errors
    /// The token names no key that there is, or the keys cannot be had.
    pub(super) async fn keys(self: &Arc<Self>, id: Option<&str>, algorithm: Algorithm) -> Result<Arc<KeySet>, Refused> {
        let Some(mut kept) = self.usable() else {
            return self.first(id, algorithm).await;
        };
        if kept.keys.has(id, algorithm) == Has::Nothing {
            self.renew(self.intervals.between).await;
            kept = self.usable().ok_or(Refused::Unavailable)?;
        } else if kept.fetched.elapsed() > self.intervals.refresh {
            // Not waited for: the keys that are there will do.
            drop(self.begin(self.intervals.between));
        }
        self.choose(&kept, id, algorithm)
    }

    /// Fetches the keys if there are none or they are old, and waits for it.
    pub(super) async fn warm(self: &Arc<Self>) {
        match self.usable() {
            None => self.renew(self.intervals.between_first).await,
            Some(kept) if kept.fetched.elapsed() > self.intervals.refresh => self.renew(self.intervals.between).await,
            Some(_) => {}
        }
    }

    /// How the keys are.
    pub(super) fn state(&self) -> KeyState {
        let failed = self.flight().failed;
        match self.kept.load().as_ref().map(|kept| kept.fetched.elapsed()) {
            None => KeyState::Never,
            Some(age) if failed || age > self.intervals.keep => KeyState::Stale { age },
            Some(age) => KeyState::Fresh { age },
        }
    }

    async fn first(self: &Arc<Self>, id: Option<&str>, algorithm: Algorithm) -> Result<Arc<KeySet>, Refused> {
        self.renew(self.intervals.between_first).await;
        let kept = self.usable().ok_or(Refused::Unavailable)?;
        self.choose(&kept, id, algorithm)
    }

    fn choose(&self, kept: &Kept, id: Option<&str>, algorithm: Algorithm) -> Result<Arc<KeySet>, Refused> {
        match kept.keys.has(id, algorithm) {
            Has::Key => Ok(Arc::clone(&kept.keys)),
            Has::OtherAlgorithm => Err(Refused::Invalid(reason::ALGORITHM)),
            Has::Several => Err(Refused::Invalid(reason::KEY_NOT_NAMED)),
            // While the key server is away, the key may be a new one that we cannot know of.
            Has::Nothing if self.flight().failed => Err(Refused::Unavailable),
            Has::Nothing => Err(Refused::Invalid(reason::KEY_UNKNOWN)),
        }
    }

    fn usable(&self) -> Option<Arc<Kept>> {
        self.kept.load_full().filter(|kept| kept.fetched.elapsed() <= self.intervals.keep)
    }

    /// Waits for a fetch, one that is under way or a new one; for none if the last began too short a while ago.
    async fn renew(self: &Arc<Self>, between: Duration) {
        if let Some(mut ending) = self.begin(between) {
            // Nothing is ever sent: this ends when the other side is gone.
            while ending.changed().await.is_ok() {}
        }
    }

    fn begin(self: &Arc<Self>, between: Duration) -> Option<watch::Receiver<()>> {
        let mut flight = self.flight();
        if let Some(ending) = &flight.ending {
            return Some(ending.clone());
        }
        if flight.began.is_some_and(|began| began.elapsed() < between) {
            return None;
        }
        let (end, ending) = watch::channel(());
        flight.began = Some(Stopwatch::start());
        flight.ending = Some(ending.clone());
        drop(flight);
        let landing = Landing { server: Arc::clone(self), failed: true, _end: end };
        tokio::spawn(landing.fly());
        Some(ending)
    }

    async fn fetch(&self) -> Result<usize, &'static str> {
        let body = self.source.get().await?;
        let keys = Arc::new(KeySet::read(&body, self.issuer.as_deref()).ok_or("no-keys")?);
        let digest: [u8; 32] = Sha256::digest(&body).into();
        let (count, fetched) = (keys.len(), Stopwatch::start());
        let before = self.kept.swap(Some(Arc::new(Kept { keys, digest, fetched })));
        // Before the first keys there was nothing to remember.
        if before.is_some_and(|before| before.digest != digest) {
            self.verified.forget();
        }
        Ok(count)
    }

    fn flight(&self) -> MutexGuard<'_, Flight> {
        // Nothing in there can be half done.
        self.flight.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fetch that is under way. However it ends, also by a panic, the next one can begin and nobody waits for ever.
struct Landing {
    server: Arc<KeyServer>,
    failed: bool,
    _end: watch::Sender<()>,
}

impl Landing {
    async fn fly(mut self) {
        match self.server.fetch().await {
            Ok(keys) => {
                self.failed = false;
                tracing::info!(keys, "keys-fetched");
            }
            Err(fault) => tracing::warn!(fault, "keys-not-fetched"),
        }
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut flight = self.server.flight();
        flight.ending = None;
        flight.failed = self.failed;
    }
}

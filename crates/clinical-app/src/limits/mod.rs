//! How often one client may ask: a number a minute for each subject of a token, or for each address where there is no
//! token.
//!
//! The whole number may be used at once and comes back evenly (GCRA, the generic cell rate algorithm of ITU-T I.371).
//! Each process keeps its own count. Where `REDIS_URL` is set, processes share one: the process's own count is asked
//! first and Redis second, so that a flood ends here and not at Redis, and so that a process whose Redis goes away
//! goes on with a count that is warm.

mod local;
mod net;
mod peer;
mod room;
mod shared;
mod store;
mod verdict;

pub use net::{Net, NotANet, neighbourhood};
pub use peer::{Peer, peer};
pub use room::{Held, Room};
pub use verdict::{Verdict, WINDOW_SECONDS};

use crate::settings::Mistake;
use clinical_pipeline::Phi;
use local::Local;
use sha2::{Digest as _, Sha256};
use shared::Shared;
use std::fmt;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

/// The most that can be allowed in a minute. More is no limit.
pub const MOST: u32 = 1_000_000;

/// The settings of the limit.
#[derive(Clone, PartialEq, Debug)]
pub struct Config {
    /// Requests a minute for one client, from 1 to [`MOST`] (`CLINICAL_RATE_LIMIT_PER_MINUTE`).
    pub per_minute: u32,
    /// The Redis that processes share their count through, `redis://` or `rediss://` (TLS). It may hold a password.
    pub redis: Option<Phi<String>>,
    /// Who may say, in a header, that a request came from somebody else (`CLINICAL_TRUSTED_PROXIES`).
    pub trusted_proxies: Vec<Net>,
}

impl Default for Config {
    fn default() -> Self {
        Self { per_minute: 120, redis: None, trusted_proxies: Vec::new() }
    }
}

impl Config {
    /// What is wrong with the values, by name. Nothing is connected to.
    #[must_use]
    pub fn check(&self) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        let mut say = |name: &str, must_be: &'static str| mistakes.push(Mistake::new(name, must_be));
        if !(1..=MOST).contains(&self.per_minute) {
            say("CLINICAL_RATE_LIMIT_PER_MINUTE", "a whole number from 1 to 1000000");
        }
        if self.redis.as_ref().is_some_and(|url| Shared::client(url).is_none()) {
            say("REDIS_URL", "redis://[user:password@]host[:port][/number], or rediss:// for TLS");
        }
        mistakes
    }
}

/// Whose requests are counted together. `Debug` shows neither subject nor address.
#[derive(Clone, Copy)]
pub enum Key<'k> {
    /// The subject of a token that was checked.
    Subject(&'k str),
    /// An address; of IPv6 the network of 64 bits, because whoever has one address of it has them all.
    Peer(IpAddr),
}

impl fmt::Debug for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subject(_) => "Subject(..)",
            Self::Peer(_) => "Peer(..)",
        })
    }
}

impl Key<'_> {
    /// What stands for the client in tables and in Redis: neither a subject nor an address is kept. An address can
    /// still be found by trying them all, so the tables are no place for strangers.
    fn name(self) -> Name {
        let mut hash = Sha256::new();
        match self {
            Self::Subject(subject) => {
                hash.update(b"subject\0");
                hash.update(subject.as_bytes());
            }
            Self::Peer(address) => {
                hash.update(b"peer\0");
                match neighbourhood(address) {
                    IpAddr::V4(address) => hash.update(address.octets()),
                    IpAddr::V6(address) => hash.update(address.octets()),
                }
            }
        }
        Name(hash.finalize().into())
    }
}

/// SHA-256 of what a client is called.
struct Name([u8; 32]);

impl Name {
    /// Its first half is enough inside one process.
    fn short(&self) -> u128 {
        let (half, _) = self.0.split_at(16);
        half.iter().fold(0, |number, byte| number << 8 | u128::from(*byte))
    }
}

/// Where requests are counted at this moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// In this process, as configured.
    InProcess,
    /// In Redis, with the other processes.
    Shared,
    /// In this process, because Redis is away: each process allows the whole number by itself.
    FallenBack,
}

impl State {
    /// One word, for health and metrics.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InProcess => "in-process",
            Self::Shared => "shared",
            Self::FallenBack => "fallen-back",
        }
    }
}

/// Counts requests and says which are too many.
#[derive(Debug)]
pub struct Limiter {
    per_minute: NonZeroU32,
    // Two tables: a flood of addresses must not push out anybody with a token.
    subjects: Local,
    peers: Local,
    shared: Option<Arc<Shared>>,
}

impl Limiter {
    /// A limiter; it connects to nothing yet.
    ///
    /// # Errors
    /// What [`Config::check`] finds.
    pub fn new(config: &Config) -> Result<Self, Vec<Mistake>> {
        let mistakes = config.check();
        let Some(per_minute) = NonZeroU32::new(config.per_minute).filter(|_| mistakes.is_empty()) else {
            return Err(mistakes);
        };
        let client = config.redis.as_ref().and_then(Shared::client);
        Ok(Self {
            per_minute,
            subjects: Local::new(per_minute),
            peers: Local::new(per_minute),
            shared: client.map(|client| Arc::new(Shared::new(client, per_minute))),
        })
    }

    /// Looks for Redis now, so that the first request finds it; about a second at most. Without this call the first
    /// request starts the search. Needs a tokio runtime.
    pub async fn connect(&self) {
        if let Some(shared) = &self.shared {
            shared.connect().await;
        }
    }

    /// Counts one request. It waits for Redis no longer than 50 ms, and not at all while Redis is known to be away.
    /// Dropping the future halfway leaves the request counted. Needs a tokio runtime.
    pub async fn take(&self, key: Key<'_>) -> Verdict {
        let name = key.name();
        let table = match key {
            Key::Subject(_) => &self.subjects,
            Key::Peer(_) => &self.peers,
        };
        let limit = self.per_minute.get();
        let here = match table.take(name.short()) {
            Ok(remaining) => Verdict::allowed(limit, remaining),
            // This process alone has seen too many: all of them together have, too.
            Err(wait) => return Verdict::refused(limit, wait),
        };
        match &self.shared {
            None => here,
            Some(shared) => shared.take(&name.0).await.unwrap_or(here),
        }
    }

    /// Where requests are counted now.
    #[must_use]
    pub fn state(&self) -> State {
        match &self.shared {
            None => State::InProcess,
            Some(shared) if shared.is_connected() => State::Shared,
            Some(_) => State::FallenBack,
        }
    }

    /// How many clients are remembered in this process. It has an end: see `store.rs`.
    #[must_use]
    pub fn remembered(&self) -> usize {
        self.subjects.len() + self.peers.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn limiter(per_minute: u32) -> Limiter {
        Limiter::new(&Config { per_minute, ..Config::default() }).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn a_minute_may_be_used_at_once_and_comes_back_evenly() {
        let limiter = limiter(6);
        for left in (0..6).rev() {
            let verdict = limiter.take(Key::Subject("a")).await;
            assert_eq!((verdict.allowed, verdict.remaining), (true, left));
            assert_eq!(verdict.reset_seconds, 60 - left * 10);
        }
        let refused = limiter.take(Key::Subject("a")).await;
        assert_eq!((refused.allowed, refused.remaining, refused.retry_after), (false, 0, Some(10)));
        assert!(limiter.take(Key::Subject("b")).await.allowed, "another client is another count");
        tokio::time::advance(Duration::from_secs(10)).await;
        assert!(limiter.take(Key::Subject("a")).await.allowed);
        assert!(!limiter.take(Key::Subject("a")).await.allowed);
    }

    #[tokio::test]
    async fn a_subject_that_looks_like_an_address_is_not_that_address() {
        let limiter = limiter(1);
        assert!(limiter.take(Key::Subject("192.0.2.1")).await.allowed);
        assert!(limiter.take(Key::Peer("192.0.2.1".parse().unwrap())).await.allowed);
    }

    #[tokio::test]
    async fn one_network_of_ipv6_is_one_client() {
        let limiter = limiter(1);
        let allowed = async |address: &str| limiter.take(Key::Peer(address.parse().unwrap())).await.allowed;
        assert!(allowed("2001:db8:1:2::1").await);
        assert!(!allowed("2001:db8:1:2:ffff::9").await);
        assert!(allowed("2001:db8:1:3::1").await);
        assert!(allowed("192.0.2.1").await);
        assert!(!allowed("::ffff:192.0.2.1").await, "the same address, written as IPv6");
    }

    #[test]
    fn mistakes_are_named_and_the_url_is_not() {
        let config = |per_minute, url: &str| Config {
            per_minute,
            redis: Some(Phi::new(url.to_owned())),
            trusted_proxies: Vec::new(),
        };
        for url in ["redis://localhost", "redis://:CANARY@[::1]:7000/2", "rediss://u:CANARY@cache.example:6380"] {
            assert_eq!(config(1, url).check(), [], "{url}");
        }
        for url in ["", "CANARY", "http://CANARY", "redis://", "rediss://CANARY:port", "rediss://CANARY/#insecure"] {
            let said = format!("{:?} {:?}", config(0, url).check(), config(0, url));
            assert!(said.contains("REDIS_URL") && said.contains("RATE_LIMIT"), "{url}: {said}");
            assert!(!said.contains("CANARY"), "{said}");
        }
        assert!(Limiter::new(&config(MOST + 1, "redis://localhost")).is_err());
        let limiter = Limiter::new(&config(1, "redis://u:CANARY@localhost")).unwrap();
        let said = format!("{limiter:?} {:?} {:?}", Key::Subject("CANARY"), Peer([192, 0, 2, 77].into()));
        assert!(!said.contains("CANARY") && !said.contains("192"), "{said}");
    }
}

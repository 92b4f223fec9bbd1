//! The count that processes share through Redis, and what happens when Redis is away.
//!
//! The first answer that fails or is late ends the connection for everybody: from then on no request waits. A task
//! looks for Redis again, and the count is shared again once the script itself has been answered, not when a
//! connection merely opens: a Redis that hangs, loads its data or takes no writes still accepts connections.

use super::verdict::Verdict;
use clinical_pipeline::Phi;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Script};
use std::fmt;
use std::fmt::Write as _;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// What the shared count may cost a request. In one data centre Redis answers in less than one.
const PATIENCE: Duration = Duration::from_millis(50);

/// What connecting may take: names, TLS, password.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);

/// The pause before Redis is looked for again; it doubles with each try.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A connection that lived for less does not shorten the pause again: a Redis that comes and goes costs one late
/// request and two lines of log every few seconds, not ten times a second.
const STEADY_AFTER: Duration = Duration::from_secs(30);

/// Before the names of clients. The number changes when what is kept under a name does.
const PREFIX: &str = "clinical-notes:rate:1:";

/// The link to Redis.
pub(super) struct Shared {
    client: Client,
    script: Script,
    per_minute: NonZeroU32,
    link: Mutex<Link>,
}

/// What is known of Redis at this moment.
struct Link {
    connection: Option<MultiplexedConnection>,
    /// Which connection it is: a late failure of an earlier one says nothing of this one.
    number: u64,
    since: Instant,
    pause: Duration,
    is_sought: bool,
    /// Whether the log has it that Redis is away; `None` before the first try.
    said_away: Option<bool>,
}

// The client holds the address and the password.
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").field("is_connected", &self.is_connected()).finish_non_exhaustive()
    }
}

impl Shared {
    /// What the URL names; `None` if it is none. Certificates are always checked: `rediss://…/#insecure` is refused.
    pub(super) fn client(url: &Phi<String>) -> Option<Client> {
        let url = url.expose();
        let is_known = ["redis://", "rediss://"].iter().any(|scheme| url.starts_with(scheme));
        // Errors of the library may repeat parts of the URL; nothing of them is kept.
        Client::open(url.as_str()).ok().filter(|_| is_known && !url.contains('#'))
    }

    pub(super) fn new(client: Client, per_minute: NonZeroU32) -> Self {
        let link = Link {
            connection: None,
            number: 0,
            since: Instant::now(),
            pause: SHORTEST_PAUSE,
            is_sought: false,
            said_away: None,
        };
        Self { client, script: Script::new(include_str!("gcra.lua")), per_minute, link: Mutex::new(link) }
    }

    /// Whether Redis counts.
    pub(super) fn is_connected(&self) -> bool {
        self.link().connection.is_some()
    }

    /// Counts one request; `None` if Redis is away.
    pub(super) async fn take(self: &Arc<Self>, name: &[u8; 32]) -> Option<Verdict> {
        let (mut connection, number) = self.connection()?;
        let answer = self.ask(&mut connection, name).await;
        if answer.is_none() {
            self.lost(number);
        }
        answer
    }

    /// Connects now, or lets a task look for Redis.
    pub(super) async fn connect(self: &Arc<Self>) {
        let is_first = !std::mem::replace(&mut self.link().is_sought, true);
        if is_first && !self.try_to_connect().await {
            tokio::spawn(seek(Arc::downgrade(self)));
        }
    }

    fn link(&self) -> MutexGuard<'_, Link> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection, if there is one; if not, somebody looks for it.
    fn connection(self: &Arc<Self>) -> Option<(MultiplexedConnection, u64)> {
        let mut link = self.link();
        if let Some(connection) = &link.connection {
            return Some((connection.clone(), link.number));
        }
        if !std::mem::replace(&mut link.is_sought, true) {
            tokio::spawn(seek(Arc::downgrade(self)));
        }
        None
    }

    /// Runs the script, within [`PATIENCE`].
    async fn ask(&self, connection: &mut MultiplexedConnection, name: &[u8; 32]) -> Option<Verdict> {
        let mut key = String::with_capacity(PREFIX.len() + 64);
        key.push_str(PREFIX);
        for byte in name {
            let _ = write!(key, "{byte:02x}");
        }
        let limit = self.per_minute.get();
        let mut script = self.script.key(key);
        let invocation = script.arg(limit).invoke_async::<(u8, u64)>(connection);
        let (allowed, micros) = timeout(PATIENCE, invocation).await.ok()?.ok()?;
        if allowed == 0 {
            return Some(Verdict::refused(limit, Duration::from_micros(micros)));
        }
        let used = micros.div_ceil(60_000_000 / u64::from(limit));
        Some(Verdict::allowed(limit, limit.saturating_sub(u32::try_from(used).unwrap_or(limit))))
    }

    /// This connection has failed: nobody uses it any more, and somebody looks for another.
    fn lost(self: &Arc<Self>, number: u64) {
        let mut link = self.link();
        if link.number != number || link.connection.take().is_none() {
            return;
        }
        if link.since.elapsed() >= STEADY_AFTER {
            link.pause = SHORTEST_PAUSE;
        }
        if !std::mem::replace(&mut link.is_sought, true) {
            tokio::spawn(seek(Arc::downgrade(self)));
        }
        link.say_away(true);
    }

    /// One try. Afterwards Redis counts, or it does not.
    async fn try_to_connect(self: &Arc<Self>) -> bool {
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECT_WITHIN))
            .set_response_timeout(Some(CONNECT_WITHIN));
        let connecting = self.client.get_multiplexed_async_connection_with_config(&config);
        let connected = timeout(CONNECT_WITHIN, connecting).await;
        let mut answered = None;
        if let Ok(Ok(mut connection)) = connected
            // A name that no client has. The first question also gives Redis the script, which takes a moment longer.
            && (self.ask(&mut connection, &[0; 32]).await.is_some() || self.ask(&mut connection, &[0; 32]).await.is_some())
        {
            answered = Some(connection);
        }
        let mut link = self.link();
        let is_away = answered.is_none();
        if !is_away {
            link.connection = answered;
            link.number += 1;
            link.since = Instant::now();
            link.is_sought = false;
        }
        link.say_away(is_away);
        !is_away
    }
}

impl Link {
    /// One event for each change. That Redis is there at the start is none.
    fn say_away(&mut self, is_away: bool) {
        let before = self.said_away.replace(is_away);
        if before.unwrap_or(false) == is_away {
            return;
        }
        if is_away {
            tracing::warn!("shared-limit-lost");
        } else {
            tracing::info!("shared-limit-back");
        }
    }
}

/// Looks for Redis until it is there, or the limiter is gone.
async fn seek(shared: Weak<Shared>) {
    loop {
        let Some(pause) = shared.upgrade().map(|shared| {
            let mut link = shared.link();
            let pause = link.pause;
            link.pause = (pause * 2).min(LONGEST_PAUSE);
            pause
        }) else {
            return;
        };
        sleep(pause).await;
        let Some(shared) = shared.upgrade() else { return };
        if shared.try_to_connect().await {
            return;
        }
    }
}

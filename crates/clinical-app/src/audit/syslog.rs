//! Lines to a collector: RFC 5424 messages over TLS (RFC 5425), each with its length before it.
//!
//! A thread of its own sends them; what waits is bounded. Syslog has no acknowledgement: what was given to the system
//! when a connection died may or may not have arrived. The last lines are therefore sent again over the next one; the
//! collector can tell a line that came twice by its sequence.

use super::tls::{Connection, Connector};
use super::{Program, Syslog as Address, time};
use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// What may wait, in bytes: some four thousand lines.
const QUEUE: usize = 8 << 20;

/// How much of what was sent is kept to be sent again: more than the system holds unsent for one connection.
const KEPT: usize = 512 << 10;

/// At most so much goes in one write.
const BATCH: usize = 64 << 10;

const SHORTEST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(16);

/// How long the end of the program waits for the queue to empty.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A collector is looked after this often when there is nothing to send.
const IDLE: Duration = Duration::from_secs(1);

/// Facility 13 (log audit), severity 5 (notice).
const PRIORITY: &[u8] = b"<109>1 ";

/// The queue before a collector.
#[derive(Debug)]
pub(super) struct Syslog {
    shared: Arc<Shared>,
    sender: Mutex<Option<JoinHandle<()>>>,
    /// ` HOSTNAME APP-NAME PROCID `
    who: Vec<u8>,
}

#[derive(Debug)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    frames: VecDeque<Vec<u8>>,
    bytes: usize,
    stopping: bool,
    ended: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Syslog {
    /// Connects and starts the thread that sends.
    ///
    /// # Errors
    /// The roots cannot be read, or the collector is not there or is not who it should be.
    pub(super) fn start(address: &Address, program: &Program) -> io::Result<Self> {
        let connector = Connector::new(address)?;
        let connection = connector.connect()?;
        let shared = Arc::new(Shared { queue: Mutex::default(), changed: Condvar::new() });
        let sender = Sender { shared: Arc::clone(&shared), connector, kept: VecDeque::new(), kept_bytes: 0 };
        let sender = thread::Builder::new().name("audit-syslog".to_owned()).spawn(move || sender.run(connection))?;
        // RFC 5424 has no space and nothing but ASCII in a header, and `-` for nothing.
        let word = |text: &str, longest: usize| {
            let word: String = text.chars().filter(char::is_ascii_graphic).take(longest).collect();
            if word.is_empty() { "-".to_owned() } else { word }
        };
        let who = format!(" {} {} {} ", word(&program.site, 255), word(program.name, 48), std::process::id());
        Ok(Self { shared, sender: Mutex::new(Some(sender)), who: who.into_bytes() })
    }

    /// Whether another line can wait.
    pub(super) fn has_room(&self) -> bool {
        self.shared.lock().bytes < QUEUE
    }

    /// Whether at least half of the queue is free: what broke by being full is well again only then.
    pub(super) fn has_much_room(&self) -> bool {
        self.shared.lock().bytes < QUEUE / 2
    }

    /// Gives a line, with its newline, to the sender. `log` becomes the MSGID.
    pub(super) fn push(&self, line: &[u8], log: &str) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let mut message = Vec::with_capacity(line.len() + 128);
        message.extend_from_slice(PRIORITY);
        message.extend_from_slice(recorded(line));
        message.extend_from_slice(&self.who);
        message.extend_from_slice(log.as_bytes());
        message.extend_from_slice(b" - ");
        message.extend_from_slice(line);
        let mut frame = Vec::with_capacity(message.len() + 8);
        // Writing to memory does not fail.
        let _ = write!(frame, "{} ", message.len());
        frame.append(&mut message);
        let mut queue = self.shared.lock();
        queue.bytes += frame.len();
        queue.frames.push_back(frame);
        drop(queue);
        self.shared.changed.notify_all();
    }

    /// Sends what waits, for a few seconds at most, and ends. Whether all of it went.
    pub(super) fn stop(&self) -> bool {
        let mut queue = self.shared.lock();
        queue.stopping = true;
        self.shared.changed.notify_all();
        let waited = self.shared.changed.wait_timeout_while(queue, LAST_WORDS, |queue| !queue.ended);
        let (queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let (sent, ended) = (queue.frames.is_empty(), queue.ended);
        drop(queue);
        // A sender that is still in a call to the network ends by the time limits of that call; it is not waited for.
        let sender = self.sender.lock().unwrap_or_else(PoisonError::into_inner).take();
        if ended && let Some(sender) = sender {
            let _ = sender.join();
        }
        sent
    }
}

/// The time of the line itself, which is a timestamp of RFC 5424, too.
fn recorded(line: &[u8]) -> &[u8] {
    const KEY: &[u8] = br#""recorded":""#;
    let at = line.windows(KEY.len()).position(|window| window == KEY).map(|at| at + KEY.len());
    at.and_then(|at| line.get(at..at + time::LENGTH)).unwrap_or(b"-")
}

struct Sender {
    shared: Arc<Shared>,
    connector: Connector,
    kept: VecDeque<Vec<u8>>,
    kept_bytes: usize,
}

impl Sender {
    fn run(mut self, connection: Connection) {
        let mut connection = Some(connection);
        let mut wait = SHORTEST_WAIT;
        while let Some(batch) = self.next(connection.is_none().then_some(wait)) {
            if connection.is_none() {
                connection = self.reconnect();
                wait = if connection.is_some() { SHORTEST_WAIT } else { (wait * 2).min(LONGEST_WAIT) };
            }
            let Some(open) = &mut connection else {
                self.put_back(batch);
                if self.shared.lock().stopping {
                    break;
                }
                continue;
            };
            // Also without anything to send: a collector that closed is seen here and not by the first lost line.
            if open.is_open() && send(open, batch.iter()).is_ok() {
                self.keep(batch);
            } else {
                connection = None;
                self.put_back(batch);
            }
        }
        if let Some(mut open) = connection {
            open.close();
        }
        self.shared.lock().ended = true;
        self.shared.changed.notify_all();
    }

    /// Waits for lines, or for a moment, and takes some. While there is no connection the wait is the back-off, which
    /// only the end of the program cuts short. Nothing when all is sent and the program ends.
    fn next(&self, back_off: Option<Duration>) -> Option<Vec<Vec<u8>>> {
        let queue = self.shared.lock();
        let waited = self.shared.changed.wait_timeout_while(queue, back_off.unwrap_or(IDLE), |queue| {
            !queue.stopping && (back_off.is_some() || queue.frames.is_empty())
        });
        let (mut queue, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if queue.stopping && queue.frames.is_empty() {
            return None;
        }
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while bytes < BATCH
            && let Some(frame) = queue.frames.pop_front()
        {
            bytes += frame.len();
            batch.push(frame);
        }
        // `bytes` of the queue falls only when the lines are sent: what is in our hands still waits.
        Some(batch)
    }

    fn put_back(&self, batch: Vec<Vec<u8>>) {
        let mut queue = self.shared.lock();
        for frame in batch.into_iter().rev() {
            queue.frames.push_front(frame);
        }
    }

    fn keep(&mut self, batch: Vec<Vec<u8>>) {
        let bytes: usize = batch.iter().map(Vec::len).sum();
        self.shared.lock().bytes -= bytes;
        self.kept_bytes += bytes;
        self.kept.extend(batch);
        while self.kept_bytes > KEPT
            && let Some(frame) = self.kept.pop_front()
        {
            self.kept_bytes -= frame.len();
        }
    }

    fn reconnect(&self) -> Option<Connection> {
        let mut connection = self.connector.connect().ok()?;
        send(&mut connection, self.kept.iter()).ok()?;
        Some(connection)
    }
}

fn send<'f>(connection: &mut Connection, frames: impl Iterator<Item = &'f Vec<u8>>) -> io::Result<()> {
    let mut bytes = Vec::with_capacity(BATCH + 4096);
    for frame in frames {
        bytes.extend_from_slice(frame);
        if bytes.len() >= BATCH {
            connection.send(&bytes)?;
            bytes.clear();
        }
    }
    if bytes.is_empty() { Ok(()) } else { connection.send(&bytes) }
}

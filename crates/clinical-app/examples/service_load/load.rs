//! Many requests: as many as can be served by a few connections that wait for each reply, or so many a second whatever
//! becomes of them.

use crate::Failure;
use crate::client::Client;
use crate::machine::{Stretch, Used};
use crate::server::Server;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A reply, or none.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    /// When it was due, since the start.
    pub(crate) due: Duration,
    /// From that moment to the end of the reply.
    pub(crate) time: Duration,
    /// How much later than due it was sent.
    pub(crate) late: Duration,
    /// 0 if the connection broke.
    pub(crate) status: u16,
    /// Which of the requests it was.
    pub(crate) which: usize,
}

/// Requests one after the other on so many connections.
pub(crate) fn closed(
    server: &Server,
    requests: &[&[u8]],
    connections: usize,
    time: Duration,
) -> Result<(Vec<Seen>, Used), Failure> {
    many(server, requests, connections, |_| {
        let ends = Instant::now() + time;
        Box::new(move |_| (Instant::now() < ends).then(Instant::now))
    })
}

/// Requests that come when they come: at even distances, or by lot as strangers do (`lot`, a Poisson process).
pub(crate) fn open(
    server: &Server,
    requests: &[&[u8]],
    connections: usize,
    rate: f64,
    time: Duration,
    lot: bool,
) -> Result<(Vec<Seen>, Used), Failure> {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    let mut at = 0.0;
    let mut due = Vec::new();
    while at < time.as_secs_f64() {
        due.push(Duration::from_secs_f64(at));
        at += if lot { -(1.0 - draw(&mut state)).ln() / rate } else { 1.0 / rate };
    }
    many(server, requests, connections, |start| {
        let due = due.clone();
        Box::new(move |number| Some(start + *due.get(number)?))
    })
}

/// Says when the request of a number is due; nothing at the end.
type Schedule = Box<dyn Fn(usize) -> Option<Instant> + Send + Sync>;

/// A thread for each connection. Each takes the next number, waits until that one is due, sends it and waits for the
/// reply. If all wait for replies, the next request is late, and its time is counted from when it was due.
fn many(
    server: &Server,
    requests: &[&[u8]],
    connections: usize,
    schedule: impl FnOnce(Instant) -> Schedule,
) -> Result<(Vec<Seen>, Used), Failure> {
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(Client::open(server.address)?);
    }
    let next = AtomicUsize::new(0);
    let stretch = Stretch::begin(Some(server.id()))?;
    let start = Instant::now();
    let schedule = schedule(start);
    let work = |mut client: Client| {
        let mut seen = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(due) = schedule(number) else { return seen };
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let late = due.elapsed();
            let which = number % requests.len();
            let status = client.send(requests[which]).map_or(0, |reply| reply.status);
            seen.push(Seen { due: due - start, time: due.elapsed(), late, status, which });
        }
    };
    let seen = std::thread::scope(|scope| {
        let hands: Vec<_> = clients.into_iter().map(|client| scope.spawn(|| work(client))).collect();
        hands.into_iter().flat_map(|hand| hand.join().unwrap_or_default()).collect()
    });
    Ok((seen, stretch.end()?))
}

/// Draws from 0 to 1 (xorshift).
pub(crate) fn draw(state: &mut u64) -> f64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    (*state >> 11) as f64 / (1_u64 << 53) as f64
}

/// The times of those that were answered with a status, sorted.
pub(crate) fn times(seen: &[Seen], status: impl Fn(u16) -> bool) -> Vec<Duration> {
    let mut times: Vec<Duration> = seen.iter().filter(|one| status(one.status)).map(|one| one.time).collect();
    times.sort_unstable();
    times
}

/// Those that were served.
pub(crate) fn served(seen: &[Seen]) -> usize {
    seen.iter().filter(|one| one.status == 200).count()
}

//! All kinds of requests at half of what the service can do, for minutes: whether its memory grows.

use crate::client;
use crate::machine::{median, quantile};
use crate::server::{Guard, Server};
use crate::{Failure, Plan, document, load};
use std::collections::{BTreeMap, VecDeque};
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How often memory is looked at.
const EVERY: Duration = Duration::from_secs(10);

const CONNECTIONS: usize = 48;

/// Prints memory over time, what became of the requests, and the first minute beside the last.
pub(crate) fn run(plan: &Plan, bundle: &[u8], time: Duration) -> Result<(), Failure> {
    println!("\n# soak: {} minutes at half of saturation, access and audit included", time.as_secs() / 60);
    let server = Server::start(&plan.program, &Guard::full(), &[])?;
    let requests = requests(&server, bundle)?;
    let mixed: Vec<&[u8]> = requests.iter().map(|(_, request)| request.as_slice()).collect();
    let (seen, used) = load::closed(&server, &mixed, 4, plan.slice)?;
    let saturation = seen.len() as f64 / used.wall;
    println!("the mix: {saturation:.0} a second at most; {:.0} a second are sent", saturation / 2.0);
    let ends = AtomicBool::new(false);
    let memory = Mutex::new(Vec::new());
    let start = Instant::now();
    let seen = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ends.load(Ordering::Relaxed) {
                let at = start.elapsed();
                if let (Ok(megabytes), Ok(mut memory)) = (server.resident(), memory.lock()) {
                    memory.push((at, megabytes));
                }
                std::thread::sleep(EVERY);
            }
        });
        scope.spawn(|| {
            let mut slow = VecDeque::new();
            while !ends.load(Ordering::Relaxed) {
                annoy(&server, bundle, &mut slow);
                std::thread::sleep(Duration::from_secs(1));
            }
        });
        let seen = load::open(&server, &mixed, CONNECTIONS, saturation / 2.0, time, true);
        ends.store(true, Ordering::Relaxed);
        seen
    });
    let (seen, used) = seen?;
    report(&requests, &seen);
    let memory = memory.into_inner().unwrap_or_default();
    let line: Vec<String> = memory.iter().map(|(_, megabytes)| format!("{megabytes:.1}")).collect();
    println!("memory every {} s, in MB: {}", EVERY.as_secs(), line.join(" "));
    let within = |from: Duration, to: Duration| {
        median(memory.iter().filter(|(at, _)| (from..to).contains(at)).map(|(_, megabytes)| *megabytes).collect())
    };
    let minute = Duration::from_secs(60);
    let (first, last) = (within(Duration::ZERO, minute), within(time.saturating_sub(minute), time * 2));
    println!(
        "memory, median of the first minute {first:.1} MB, of the last {last:.1} MB ({:+.1} %)",
        (last / first - 1.0) * 100.0
    );
    println!(
        "CPU: server {:.2} cores, clients {:.2}, others {:.1} %",
        used.server / used.wall,
        used.here / used.wall,
        used.others * 100.0
    );
    println!("{}", server.end()?);
    Ok(())
}

/// The mix, in parts of twenty.
fn requests(server: &Server, bundle: &[u8]) -> Result<Vec<(&'static str, Vec<u8>)>, Failure> {
    let token = server.token.as_deref();
    let visit = document::sample("visit")?;
    let post =
        |path: &str, token: Option<&str>, accept: &str, body: &[u8]| client::request("POST", path, token, accept, body);
    let parts = [
        (6, "summarize", post("/api/v1/summarize", token, "application/json", bundle)),
        (3, "summarize, HTML", post("/api/v1/summarize", token, "text/html", visit)),
        (2, "summarize, short", post("/api/v1/summarize", token, "text/plain", document::sample("almost-nothing")?)),
        (2, "deidentify", post("/api/v1/deidentify", token, "application/json", document::sample("child")?)),
        (2, "validate-only", post("/api/v1/summarize/validate-only", token, "application/json", bundle)),
        (1, "not JSON", post("/api/v1/summarize", token, "application/json", &visit[..visit.len() / 2])),
        (1, "no record", post("/api/v1/summarize", token, "application/json", b"{\"resourceType\":\"Bundle\"}")),
        (1, "no token", post("/api/v1/summarize", None, "application/json", visit)),
        (1, "no such route", client::request("GET", "/api/v1/nothing", token, "*/*", b"")),
        (1, "metrics", client::request("GET", "/metrics", None, "*/*", b"")),
    ];
    // Spread, so that one kind does not come in a row: a step of seven meets each of twenty once.
    let all: Vec<_> = parts.iter().flat_map(|(n, name, bytes)| vec![(*name, bytes.clone()); *n]).collect();
    Ok((0..all.len()).filter_map(|i| all.get(i * 7 % all.len()).cloned()).collect())
}

/// Slow clients that are there at once; with one second between them, the last has had time to be too slow.
const SLOW: usize = 3 * 40;

/// Clients that behave badly: uploads broken off in the middle and before the answer, a body that stops, headers that
/// do not end, nothing at all.
fn annoy(server: &Server, bundle: &[u8], slow: &mut VecDeque<TcpStream>) {
    let request = client::summarize(server.token.as_deref(), bundle);
    let open = |part: &[u8]| {
        let mut stream = TcpStream::connect(server.address).ok()?;
        stream.write_all(part).ok().map(|()| stream)
    };
    for _ in 0..5 {
        drop(open(&request[..request.len() / 2]));
        drop(open(&request));
    }
    for part in [&request[..request.len() / 3], b"POST /api/v1/summarize HTTP/1.1\r\nHo", b""] {
        slow.extend(open(part));
    }
    while slow.len() > SLOW {
        slow.pop_front();
    }
}

/// How many of each kind, with which status, and how long they took.
fn report(requests: &[(&'static str, Vec<u8>)], seen: &[load::Seen]) {
    let mut kinds: BTreeMap<(&str, u16), Vec<Duration>> = BTreeMap::new();
    for one in seen {
        kinds.entry((requests[one.which].0, one.status)).or_default().push(one.time);
    }
    for ((name, status), mut times) in kinds {
        times.sort_unstable();
        println!(
            "{name:<18} {status:>3} {:>8} requests, p50 {:>7.2} ms, p99 {:>7.2} ms, max {:>7.1} ms",
            times.len(),
            quantile(&times, 0.5),
            quantile(&times, 0.99),
            quantile(&times, 1.0)
        );
    }
    println!("{} requests", seen.len());
}

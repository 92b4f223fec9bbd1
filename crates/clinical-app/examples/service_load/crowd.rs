//! Ten thousand connections, senders and readers that are too slow, and uploads that are broken off: whether the service
//! still answers, how much memory it holds, and whether it is rid of them in time.

use crate::client::{self, Client};
use crate::machine;
use crate::server::{Guard, Server};
use crate::{Failure, Plan, load};
use std::io::Write as _;
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

const CONNECTIONS: usize = 10_000;

/// Broken off in each round.
const UPLOADS: usize = 2000;

/// Prints what each of them does.
pub(crate) fn run(plan: &Plan, bundle: &[u8]) -> Result<(), Failure> {
    println!(
        "\n# crowd: access and audit included; one address may have 2560 connections, so it is a trusted proxy here"
    );
    let server = Server::start(&plan.program, &Guard::full(), &[("CLINICAL_TRUSTED_PROXIES", "127.0.0.0/8")])?;
    let token = server.token.clone();
    let request = client::summarize(token.as_deref(), bundle);
    let crowd = Crowd { server, request };
    crowd.say("at the start")?;
    // What it keeps for itself after work is not the crowd's.
    load::closed(&crowd.server, &[&crowd.request], 8, Duration::from_secs(5))?;
    crowd.say("after 5 s of work")?;
    crowd.idle()?;
    crowd.slow(bundle)?;
    for round in 1..=plan.rounds {
        crowd.broken_off()?;
        crowd.say(&format!("round {round} of {UPLOADS} uploads broken off"))?;
    }
    println!("{}", crowd.server.end()?);
    Ok(())
}

struct Crowd {
    server: Server,
    request: Vec<u8>,
}

impl Crowd {
    /// Memory, open files, and how long a document of a client takes that behaves.
    fn say(&self, what: &str) -> Result<(), Failure> {
        let mut client = Client::open(self.server.address)?;
        let mut times = Vec::new();
        let mut served = 0;
        for _ in 0..50 {
            let start = Instant::now();
            served += u32::from(client.send(&self.request).is_ok_and(|reply| reply.status == 200));
            times.push(start.elapsed());
        }
        drop(client);
        times.sort_unstable();
        println!(
            "{what:<44} {:>6.1} MB, {:>5} files; {served} of 50 served, median {:.1} ms, worst {:.1} ms",
            self.server.resident()?,
            machine::open_files(self.server.id())?,
            machine::quantile(&times, 0.5),
            machine::quantile(&times, 1.0)
        );
        Ok(())
    }

    /// Waits until the service has closed all but a few connections.
    fn until_rid(&self, at_most: Duration) -> Result<String, Failure> {
        let start = Instant::now();
        while machine::open_files(self.server.id())? > 60 {
            if start.elapsed() > at_most {
                return Ok(format!("not rid of them after {} s", at_most.as_secs()));
            }
            std::thread::sleep(Duration::from_millis(500));
        }
        Ok(format!("rid of them after {:.0} s more", start.elapsed().as_secs_f64()))
    }

    /// Half of them silent, half in the middle of their headers.
    fn idle(&self) -> Result<(), Failure> {
        let silent = opened(self.server.address, CONNECTIONS / 2, b"");
        let halves = opened(self.server.address, CONNECTIONS / 2, b"GET /api/v1/health/live HTTP/1.1\r\nHost:");
        self.say(&format!("{} connections", silent.len() + halves.len()))?;
        println!("{}", self.until_rid(Duration::from_secs(60))?);
        drop((silent, halves));
        self.say("after them")
    }

    /// Bodies of 20 bytes a second, and clients that ask and do not read.
    fn slow(&self, bundle: &[u8]) -> Result<(), Failure> {
        let head = self.request.len() - bundle.len();
        let mut senders = opened(self.server.address, 500, &self.request[..head + 20]);
        let asking = client::request("GET", "/openapi.json", None, "*/*", b"").repeat(40);
        let readers = opened(self.server.address, 200, &asking);
        let start = Instant::now();
        let mut said = false;
        while start.elapsed() < Duration::from_secs(75) {
            std::thread::sleep(Duration::from_secs(1));
            for sender in &mut senders {
                // Those that were closed already cannot be written to.
                let _ = sender.write(&bundle[..20]);
            }
            if !said && start.elapsed() > Duration::from_secs(10) {
                said = true;
                self.say("500 slow senders, 200 who do not read, 10 s")?;
            }
        }
        self.say("75 s")?;
        println!("{}", self.until_rid(Duration::from_secs(60))?);
        drop((senders, readers));
        self.say("after them")
    }

    /// Half of an upload, or all of it, and away before the answer.
    fn broken_off(&self) -> Result<(), Failure> {
        for _ in 0..UPLOADS / 50 {
            drop(opened(self.server.address, 25, &self.request[..self.request.len() / 2]));
            drop(opened(self.server.address, 25, &self.request));
        }
        // What was begun for them ends.
        std::thread::sleep(Duration::from_millis(500));
        Ok(())
    }
}

/// So many connections on which a text was sent, as far as they were taken.
fn opened(address: SocketAddr, number: usize, text: &[u8]) -> Vec<TcpStream> {
    let mut streams = Vec::with_capacity(number);
    for _ in 0..number {
        if let Ok(mut stream) = TcpStream::connect(address) {
            let _ = stream.write_all(text);
            streams.push(stream);
        }
    }
    streams
}

//! The service under load: how much it does beside the bare pipeline, what access and audit cost, how long it takes at
//! half of its load and at three times of it, what ten thousand connections do to it, and whether its memory grows.
//!
//! ```text
//! cargo build --release -p clinical-app
//! cargo run --release -p clinical-app --example service_load -- target/release/clinical-notes
//! cargo run --release -p clinical-app --example service_load -- target/release/clinical-notes soak=10
//! ```
//!
//! The first argument is the program that is measured: it is started as a process of its own, with the settings of
//! `server.rs`, on a free port of this machine. The parts are named behind it: `capacity`, `cost`, `latency`,
//! `overload`, `crowd`; none named means these five, which take about six minutes. `soak=MINUTES` is run only when it
//! is named. `rounds=N` (5) and `seconds=N` (4) say how often and how long each thing is measured.
//!
//! What is compared is taken in turns and the median counts. Server, clients and the bare pipeline use the same cores,
//! so that what the clients take is missing to the server: the time of processor that each side used is printed
//! beside. "others" is what neither of them used, in parts of all cores; a round with more than 8 of 100 is not
//! counted as long as there is time to repeat it.
//!
//! Linux only: it reads `/proc`. It is run by hand and asserts nothing; the folder that it writes to is removed.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program reads files, looks at the clock and prints"
)]

mod bare;
mod capacity;
mod client;
mod cost;
mod crowd;
mod document;
mod latency;
mod load;
mod machine;
mod server;
mod soak;
mod tokens;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

type Failure = Box<dyn Error + Send + Sync>;

// As the program has it: the bare pipeline must not have a quicker one.
#[global_allocator]
static MEMORY: clinical_app::memory::Wiping = clinical_app::memory::wiping();

/// What was asked for.
struct Plan {
    program: PathBuf,
    parts: Vec<String>,
    rounds: usize,
    slice: Duration,
    soak: Option<u64>,
}

impl Plan {
    fn read(mut given: impl Iterator<Item = String>) -> Option<Self> {
        let program = given.next()?.into();
        let mut plan = Self { program, parts: Vec::new(), rounds: 5, slice: Duration::from_secs(4), soak: None };
        for word in given {
            match word.split_once('=') {
                None => plan.parts.push(word),
                Some(("rounds", number)) => plan.rounds = number.parse().ok()?,
                Some(("seconds", number)) => plan.slice = Duration::from_secs(number.parse().ok()?),
                Some(("soak", number)) => plan.soak = Some(number.parse().ok()?),
                Some(_) => return None,
            }
        }
        Some(plan)
    }

    fn has(&self, part: &str) -> bool {
        self.parts.iter().any(|named| named == part) || (self.parts.is_empty() && self.soak.is_none())
    }
}

fn main() -> Result<(), Failure> {
    let usage = "usage: service_load PROGRAM [capacity] [cost] [latency] [overload] [crowd] [soak=MINUTES] [rounds=N] \
                 [seconds=N]";
    let plan = Plan::read(std::env::args().skip(1)).ok_or(usage)?;
    let bundle = document::bundle(100_000)?;
    println!(
        "{} cores; a bundle of {} bytes and {} entries; {} rounds of {} s",
        machine::cores(),
        bundle.bytes.len(),
        bundle.entries,
        plan.rounds,
        plan.slice.as_secs()
    );
    let mut saturation = None;
    if plan.has("capacity") {
        saturation = Some(capacity::run(&plan, &bundle.bytes)?);
    }
    if plan.has("cost") {
        cost::in_the_process()?;
        cost::of_requests(&plan, &bundle.bytes)?;
    }
    if plan.has("latency") || plan.has("overload") {
        latency::run(&plan, &bundle.bytes, saturation)?;
    }
    if plan.has("crowd") {
        crowd::run(&plan, &bundle.bytes)?;
    }
    if let Some(minutes) = plan.soak {
        soak::run(&plan, &bundle.bytes, Duration::from_secs(minutes * 60))?;
    }
    Ok(())
}

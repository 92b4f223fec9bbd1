//! Measures this reader against `serde_json::Value` over the files given on the command line:
//! `cargo run --release -p clinical-json --example json_speed -- FILE...`
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program reads files, looks at the clock and prints"
)]

use clinical_json::Document;
use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds per file; the median of them counts.
const ROUNDS: usize = 41;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut bytes, mut ours, mut theirs) = (0, Duration::ZERO, Duration::ZERO);
    println!("{:>9} {:>9} {:>9} {:>6}  file", "bytes", "ours", "serde", "ratio");
    for path in std::env::args().skip(1) {
        let input = std::fs::read(&path)?;
        Document::parse(&input)?;
        serde_json::from_slice::<serde_json::Value>(&input)?;
        let one = median(|| {
            let _ = black_box(Document::parse(black_box(&input)));
        });
        let two = median(|| {
            let _ = black_box(serde_json::from_slice::<serde_json::Value>(black_box(&input)));
        });
        let name = path.rsplit('/').next().unwrap_or_default();
        report(name, input.len(), one, two);
        bytes += input.len();
        ours += one;
        theirs += two;
    }
    report("all (MB/s; sum of medians)", bytes, ours, theirs);
    Ok(())
}

/// The time of the middle round. Dropping the result is part of a round for both.
fn median(mut round: impl FnMut()) -> Duration {
    let mut times = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        round();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    times.get(ROUNDS / 2).copied().unwrap_or_default()
}

fn report(name: &str, bytes: usize, ours: Duration, theirs: Duration) {
    let speed = |time: Duration| bytes as f64 / 1e6 / time.as_secs_f64();
    let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
    let (ours, theirs) = (speed(ours), speed(theirs));
    println!("{bytes:>9} {ours:>9.0} {theirs:>9.0} {ratio:>6.2}  {name}");
}

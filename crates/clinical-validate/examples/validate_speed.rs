//! Measures validation against `serde_json::Value` and the reader alone, over the files given on the command line, and
//! what input made to exhaust it costs:
//! `cargo run --release -p clinical-validate --example validate_speed -- FILE...`
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measuring program reads files, looks at the clock and prints"
)]

use clinical_json::Document;
use clinical_validate::{Mode, validate};
use std::error::Error;
use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Rounds per file; the median of them counts.
const ROUNDS: usize = 31;

fn main() -> Result<(), Box<dyn Error>> {
    let resident = resident();
    let start = Instant::now();
    // A constraint with an expression makes sure that those are compiled, too.
    let patient = br#"{"resourceType": "Patient", "contact": [{"name": {"text": "A"}}]}"#;
    let first = validate(&Document::parse(patient)?, Mode::Strict, &|| false);
    let ready = start.elapsed();
    black_box(first);
    println!("tables ready {:.2} ms; they hold {} kB", ready.as_secs_f64() * 1e3, self::resident() - resident);

    let mut sums = [Duration::ZERO; 4];
    let mut bytes = 0;
    println!("{:>9} {:>8} {:>8} {:>8} {:>8} {:>6}  file", "bytes", "serde", "parse", "lenient", "strict", "ratio");
    for path in std::env::args().skip(1) {
        let input = std::fs::read(&path)?;
        let Ok(document) = Document::parse(&input) else { continue };
        let times = [
            median(|| drop(black_box(serde_json::from_slice::<serde_json::Value>(black_box(&input))))),
            median(|| drop(black_box(Document::parse(black_box(&input))))),
            median(|| _ = black_box(read_and_validate(&input, Mode::Lenient))),
            median(|| _ = black_box(read_and_validate(&input, Mode::Strict))),
        ];
        drop(document);
        for (sum, time) in sums.iter_mut().zip(times) {
            *sum += time;
        }
        bytes += input.len();
        if input.len() > 100_000 {
            report(path.rsplit('/').next().unwrap_or_default(), input.len(), times);
        }
    }
    report("all (milliseconds; sum of medians; strict over serde)", bytes, sums);
    println!("resident {} kB, at most {} kB", self::resident(), status("VmHWM:"));

    let entries = bundle(10_000);
    let wrong = entries.replace("\"active\":true", "\"activ\":true");
    let brackets = "[".repeat(50_000_000);
    let nested = nest(120);
    for (name, input) in [
        ("10,000 entries with references", &entries),
        ("10,000 issues", &wrong),
        ("50 MB of brackets", &brackets),
        ("extensions nested 120 deep", &nested),
        ("a wide object", &wide(200_000)),
        ("a wide array of nulls", &nulls(500_000)),
    ] {
        let start = Instant::now();
        let found = read_and_validate(input.as_bytes(), Mode::Strict);
        let time = start.elapsed().as_secs_f64() * 1e3;
        println!("{name}: {} bytes, {time:.1} ms, {found:?} issues", input.len());
    }
    Ok(())
}

fn read_and_validate(input: &[u8], mode: Mode) -> Option<usize> {
    let document = Document::parse(input).ok()?;
    Some(validate(&document, mode, &|| false).issues.len())
}

/// The time of the middle round. Dropping the result is part of a round for all.
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

fn report(name: &str, bytes: usize, [serde, parse, lenient, strict]: [Duration; 4]) {
    let [s, p, l, t] = [serde, parse, lenient, strict].map(|time| time.as_secs_f64() * 1e3);
    println!("{bytes:>9} {s:>8.2} {p:>8.2} {l:>8.2} {t:>8.2} {:>6.2}  {name}", t / s);
}

fn bundle(entries: usize) -> String {
    let mut text = String::from(r#"{"resourceType":"Bundle","type":"collection","entry":["#);
    for at in 0..entries {
        let comma = if at == 0 { "" } else { "," };
        let other = entries - 1 - at;
        let _ = write!(
            text,
            "{comma}{{\"fullUrl\":\"urn:uuid:00000000-0000-4000-8000-{at:012}\",\"resource\":{{\"resourceType\":\"Patient\",\
             \"id\":\"p{at}\",\"active\":true,\"link\":[{{\"other\":{{\"reference\":\
             \"urn:uuid:00000000-0000-4000-8000-{other:012}\"}},\"type\":\"seealso\"}}]}}}}"
        );
    }
    text.push_str("]}");
    text
}

fn nest(depth: usize) -> String {
    let mut text = String::from(r#"{"resourceType":"Basic","code":{"text":"x"},"extension":"#);
    for _ in 0..depth {
        text.push_str(r#"[{"url":"http://example.org/x","extension":"#);
    }
    text.push_str("[]");
    text.push_str(&"}]".repeat(depth));
    text.push('}');
    text
}

fn wide(members: usize) -> String {
    let mut text = String::from(r#"{"resourceType":"Basic","code":{"text":"x"}"#);
    for at in 0..members {
        let _ = write!(text, ",\"m{at}\":{{}}");
    }
    text.push('}');
    text
}

fn nulls(count: usize) -> String {
    let list = vec!["null"; count].join(",");
    format!(r#"{{"resourceType":"Patient","name":[{{"given":[{list}],"_given":[{list}]}}]}}"#)
}

fn resident() -> usize {
    status("VmRSS:")
}

/// A line of the kernel's status of this process, in kilobytes.
fn status(name: &str) -> usize {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|n| n.parse().ok()).unwrap_or(0)
}

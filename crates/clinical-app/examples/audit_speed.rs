//! What a line of the audit log costs, and how fast a log is checked.
//!
//! `cargo run --release --example audit_speed -- FOLDER [LINES]`: writes into the folder, which must not exist, at one
//! thread and at four, checks what was written, and removes it.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use clinical_app::audit::{Access, Audit, Config, Document, Operation, Outcome, Program, verify};
use std::path::PathBuf;
use std::time::Instant;

fn access(recorded: u64) -> Access<'static> {
    Access {
        recorded,
        request_id: "4be0643f1d98573b97cdca98a65347dd",
        subject: Some("auth0|5f7c8ec7"),
        roles: &["clinician"],
        peer: Some([192, 0, 2, 7].into()),
        method: "POST",
        route: "/api/v1/summarize",
        operation: Operation::Summarize,
        outcome: Outcome::Granted,
        status: 200,
        document: Some(Document { kind: "fhir-r4", bytes: 100_000, entries: 120 }),
        model: None,
        micros: 12_345,
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap());
    let lines: u64 = arguments.next().map_or(50_000, |n| n.parse().unwrap());
    assert!(!folder.exists());
    let program = Program { name: "clinical-notes", version: "0".to_owned(), site: "test.example".to_owned() };
    let config = Config { file: Some(folder.clone()), rotate_bytes: 64 << 20, ..Config::default() };
    let (audit, _) = Audit::start(&config, &program, 1_740_819_600_000_000).unwrap();
    for threads in [1, 2, 4] {
        let each = lines / threads;
        let begin = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    (0..each).for_each(|n| assert!(audit.record(&access(1_740_819_600_000_000 + n)).is_ok()))
                });
            }
        });
        let micros = begin.elapsed().as_secs_f64() * 1e6 / (each * threads) as f64;
        println!("{threads} threads: {micros:.2} µs a line");
    }
    audit.stop(1_740_819_700_000_000);
    let bytes: u64 = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().metadata().unwrap().len()).sum();
    println!("{} lines, {:.0} MB, {} bytes a line", audit.lines(), bytes as f64 / 1e6, bytes / audit.lines());
    let begin = Instant::now();
    let checked = verify::check(std::slice::from_ref(&folder), &[]).unwrap();
    let seconds = begin.elapsed().as_secs_f64();
    assert!(checked.is_whole());
    println!("checked in {seconds:.2} s, {:.0} MB/s", bytes as f64 / 1e6 / seconds);
    // Linux: the most memory that this process ever had.
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
    std::fs::remove_dir_all(folder).unwrap();
}

//! A process that is killed while it writes loses no line that it was told is written.

use super::support::*;
use clinical_app::audit::Config;
use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::mem::ManuallyDrop;

const ROUNDS: u64 = 20;
const LINES: usize = 10_000;
const THREADS: u64 = 4;

fn small_files(folder: &Folder) -> Config {
    Config { rotate_bytes: 300_000, ..config(folder) }
}

/// Writes until it is killed. Not a test by itself: the one below runs it.
#[test]
fn child_that_writes() {
    let Some(folder) = given_folder() else { return };
    // The parent removes the folder.
    let folder = ManuallyDrop::new(folder);
    let (audit, _) = start(&small_files(&folder));
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                loop {
                    let sequence = audit.record(&access(1)).unwrap().sequence;
                    // One write for one line: a killed process leaves no half of it in the pipe.
                    std::io::stderr().write_all(format!("{sequence}\n").as_bytes()).unwrap();
                }
            });
        }
    });
}

#[test]
fn killed_again_and_again_no_acknowledged_line_is_lost() {
    let folder = Folder::new();
    let mut acknowledged = BTreeSet::new();
    for round in 1..=ROUNDS {
        let mut child = child("kill::child_that_writes", &folder).spawn().unwrap();
        let told = BufReader::new(child.stderr.take().unwrap());
        let enough = LINES * usize::try_from(round).unwrap() / usize::try_from(ROUNDS).unwrap();
        for line in told.lines() {
            // After the signal what stands in the pipe is read to its end: that was acknowledged, too.
            assert!(acknowledged.insert(line.unwrap().parse::<u64>().unwrap()));
            if acknowledged.len() == enough {
                child.kill().unwrap();
            }
        }
        assert!(!child.wait().unwrap().success());
    }
    assert!(acknowledged.len() >= LINES);
    let (audit, started) = start(&small_files(&folder));
    assert!(started.recovered.is_some(), "the last process had no end");
    audit.stop(NOW);
    let checked = check(&[&folder.join("audit"), &folder.join("security")]);
    assert_eq!(checked.faults, []);
    let mut accesses = BTreeSet::new();
    for line in lines(&folder.join("audit")) {
        // Torn lines stand there, too, and have no end.
        if line.contains(r#""code":"summarize""#) && line.ends_with(r#""}]}]}"#) {
            accesses.insert(sequence(&line));
        }
    }
    assert!(acknowledged.is_subset(&accesses), "an acknowledged line is lost");
    let more = (accesses.len() - acknowledged.len()) as u64;
    assert!(more <= ROUNDS * THREADS, "{more} lines were written and not acknowledged");
}

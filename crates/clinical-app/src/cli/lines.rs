//! `deidentify --jsonl` and `inspect --jsonl`: many texts, a line each, on every core, answered in the order they came.
//!
//! What has arrived is worked on at once: a program that writes a line and waits for the answer gets it.
#![expect(clippy::disallowed_methods, reason = "reads the files that the user names and writes to standard output")]

mod batch;
mod inspect;
mod line;
mod removal;

use super::inputs::{self, Item};
use super::say::say;
use crate::exit::Exit;
use crate::job::Failure;
use batch::{Batch, Batches};
pub(super) use inspect::Inspect;
use line::Answering;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

/// What a worker made of a batch.
struct Done {
    out: Vec<u8>,
    failed: bool,
}

/// A batch, or why there will be no more of this file.
type Given = Result<Batch, Failure>;

/// Runs over the files in their order.
pub(super) fn run<W: Answering>(items: &[Item], work: &Arc<W>) -> Exit {
    let mut exit = Exit::Done;
    for item in items {
        match file(item, work) {
            Ok(end) => exit = exit.and(end),
            // Whoever read our output has read enough (`| head`).
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return exit,
            Err(error) => {
                say(format_args!("the output could not be written ({})", error.kind()));
                return exit.and(Exit::Unreadable);
            }
        }
    }
    exit
}

/// One file. The batches go to the workers in turn and come back in turn, so their order needs no numbers.
fn file<W: Answering>(item: &Item, work: &Arc<W>) -> io::Result<Exit> {
    let hands = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (mut inward, mut outward) = (Vec::new(), Vec::new());
    for _ in 0..hands {
        let (give, take) = sync_channel::<Given>(2);
        let (answer, hear) = sync_channel::<Result<Done, Failure>>(2);
        let (hand, file) = (Arc::clone(work), item.shown.clone());
        thread::Builder::new().spawn(move || work_off(&take, &answer, &file, &*hand))?;
        inward.push(give);
        outward.push(hear);
    }
    let (problem, path) = (item.problem.clone(), item.path.clone());
    // Nobody waits for this thread: when the output is closed it may still be waiting for input.
    thread::Builder::new().spawn(move || read(problem, path, &inward))?;
    let mut out = io::stdout().lock();
    let mut exit = Exit::Done;
    for hear in outward.iter().cycle() {
        match hear.recv() {
            // The reader gives the end to the worker whose turn it is.
            Err(_) => break,
            Ok(Ok(done)) => {
                out.write_all(&done.out)?;
                out.flush()?;
                if done.failed {
                    exit = Exit::Unreadable;
                }
            }
            Ok(Err(failure)) => {
                exit = Exit::Unreadable;
                line::write_failure(&mut out, &item.shown, None, &failure)?;
                out.flush()?;
            }
        }
    }
    Ok(exit)
}

fn work_off(take: &Receiver<Given>, answer: &SyncSender<Result<Done, Failure>>, file: &str, work: &impl Answering) {
    for batch in take {
        let done = batch.map(|batch| {
            let mut done =
                Done { out: Vec::with_capacity(batch.bytes.len() + (batch.bytes.len() >> 1)), failed: false };
            batch
                .lines()
                .for_each(|(number, line)| done.failed |= !line::write(&mut done.out, line, number, file, work));
            done
        });
        if answer.send(done).is_err() {
            return;
        }
    }
}

fn read(problem: Option<Failure>, path: Option<PathBuf>, inward: &[SyncSender<Given>]) {
    let opened: Result<Box<dyn Read>, Failure> = match (problem, path) {
        (Some(problem), _) => Err(problem),
        (None, None) => Ok(Box::new(io::stdin().lock())),
        (None, Some(path)) => match File::open(path) {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(inputs::unreadable(&error)),
        },
    };
    let mut turns = inward.iter().cycle();
    let mut give = |batch: Given| turns.next().is_some_and(|worker| worker.send(batch).is_ok());
    match opened {
        Err(failure) => {
            give(Err(failure));
        }
        Ok(reader) => {
            Batches::new(reader).map(|batch| batch.map_err(|error| inputs::unreadable(&error))).all(give);
        }
    }
}

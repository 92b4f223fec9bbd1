//! `clinical-notes summarize`

use super::inputs::{self, Item};
use super::say::say;
use super::sink::{Refused, Sink};
use super::split;
use crate::args::Summarize;
use crate::clock::Now;
use crate::exit::Exit;
use crate::job::{self, Failure, Order};
use clinical_pipeline::{Label, Stop};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

/// Runs the command.
#[must_use]
pub fn run(args: &Summarize) -> Exit {
    let fixed = match args.now.as_deref().map(|text| Now::parse(text).ok_or(text)) {
        None => None,
        Some(Ok(now)) => Some(now),
        Some(Err(_)) => {
            say("--now must be a time with its zone, such as 2025-03-01T09:00:00Z");
            return Exit::Usage;
        }
    };
    let items = inputs::expand(&args.inputs);
    if items.iter().filter(|item| item.path.is_none() && item.problem.is_none()).count() > 1 {
        say("standard input (-) can be read once only");
        return Exit::Usage;
    }
    let outcome = Sink::open(args, &items).and_then(|sink| {
        let bar = progress(items.len());
        let mut run = Run { args, fixed, sink, bar, exit: Exit::Done };
        items.iter().try_for_each(|item| run.item(item))?;
        run.bar.finish_and_clear();
        Ok(run.exit)
    });
    match outcome {
        Ok(exit) => exit,
        // Whoever read our output has read enough (`| head`).
        Err(Refused::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(Refused::Write(error)) => {
            say(format_args!("the output could not be written ({})", error.kind()));
            Exit::Unreadable
        }
        Err(Refused::Usage(sentence)) => {
            say(sentence);
            Exit::Usage
        }
    }
}

struct Run<'a> {
    args: &'a Summarize,
    fixed: Option<Now>,
    sink: Sink,
    bar: ProgressBar,
    exit: Exit,
}

impl Run<'_> {
    fn item(&mut self, item: &Item) -> Result<(), Refused> {
        let read = match &item.problem {
            Some(problem) => Err(problem.clone()),
            None => inputs::read(item.path.as_deref()),
        };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(failure) => {
                self.bar.inc(1);
                return self.failed(&item.shown, &failure);
            }
        };
        let label = item.path.as_deref().map_or(Label::Unknown, inputs::label);
        let parts = split::split(&bytes, label);
        self.bar.inc_length(parts.len().saturating_sub(1) as u64);
        for part in parts {
            let (shown, place) = match part.line {
                None => (item.shown.clone(), item.place.clone()),
                Some(line) => (format!("{}:{line}", item.shown), numbered(item, line)),
            };
            match self.document(&bytes[part.range], part.label) {
                Err(failure) => self.failed(&shown, &failure)?,
                Ok(done) => {
                    if done.has_errors() {
                        self.exit = self.exit.and(Exit::Findings);
                    }
                    self.sink.page(&shown, &place, &done)?;
                }
            }
            self.bar.inc(1);
        }
        Ok(())
    }

    fn document(&self, bytes: &[u8], label: Label) -> Result<job::Finished, Failure> {
        let no_clock = || Failure::new("clock", "the clock of this machine shows no usable time; give --now");
        let now = self.fixed.clone().or_else(Now::read).ok_or_else(no_clock)?;
        let order = Order { now, page: self.args.format.page(), large_print: self.args.large_print };
        Ok(job::run(bytes, label, &order, Stop::never())?)
    }

    fn failed(&mut self, file: &str, failure: &Failure) -> Result<(), Refused> {
        self.exit = self.exit.and(Exit::Unreadable);
        if !self.sink.failure(file, failure)? {
            self.bar.suspend(|| say(format_args!("{file}: {failure}")));
        }
        Ok(())
    }
}

fn numbered(item: &Item, line: usize) -> PathBuf {
    let stem = item.place.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    item.place.with_file_name(format!("{stem}-{line}.json"))
}

/// A bar for long work that a person watches; scripts and short runs see none.
fn progress(files: usize) -> ProgressBar {
    if files <= 20 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr_with_hz(5));
    match ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

//! `clinical-notes validate`
#![expect(clippy::disallowed_methods, reason = "asks whether standard output is a terminal, and for NO_COLOR")]

mod text;

use super::inputs::{self, Item};
use super::progress;
use super::say::say;
use super::sink::{Form, Refused, Sink, Together};
use super::summarize::end;
use crate::args::{Validate, ValidateFormat};
use crate::clock::{Now, Stopwatch};
use crate::exit::Exit;
use crate::job::Failure;
use crate::request_id::RequestId;
use crate::validation::{self, About, ValidateReply, write_line, write_outcome};
use clinical_pipeline::{Label, Stop, Validated};
use indicatif::ProgressBar;
use serde::Serialize;
use std::env;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use text::Paint;

/// Runs the command.
#[must_use]
pub fn run(args: &Validate) -> Exit {
    let standard_input = ["-".to_owned()];
    let named = if args.inputs.is_empty() { &standard_input[..] } else { &args.inputs };
    if args.inputs.is_empty() && io::stdin().is_terminal() {
        say("name a file, or - for standard input");
        return Exit::Usage;
    }
    let items = inputs::expand(named, inputs::RESOURCES);
    if inputs::reads_standard_input_twice(&items) {
        say("standard input (-) can be read once only");
        return Exit::Usage;
    }
    let Some(now) = Now::read() else {
        say(Failure::no_clock());
        return Exit::Unreadable;
    };
    end(documents(args, &items, &now))
}

fn documents(args: &Validate, items: &[Item], now: &Now) -> Result<Exit, Refused> {
    let together = if args.format == ValidateFormat::Ndjson { Together::Lines } else { Together::Joined };
    let sink = Sink::open(None, Form { together, ending: None }, items)?;
    let terminal = io::stdout().is_terminal();
    let paint = Paint::for_output(terminal, env::var_os("NO_COLOR").as_deref(), env::var_os("TERM").as_deref());
    // Lines that come while a person looks on are progress enough.
    let bar = if terminal { ProgressBar::hidden() } else { progress::bar(items.len()) };
    let mut run = Run { args, now, paint, sink, bar, exit: Exit::Done, counts: text::Counts::default() };
    items.iter().try_for_each(|item| run.item(item))?;
    run.bar.finish_and_clear();
    if args.format == ValidateFormat::Text && run.counts.documents() > 1 {
        let counts = run.counts;
        run.sink.page(Path::new(""), |out| text::write_counts(out, counts))?;
    }
    Ok(run.exit)
}

struct Run<'a> {
    args: &'a Validate,
    now: &'a Now,
    paint: Paint,
    sink: Sink,
    bar: ProgressBar,
    exit: Exit,
    counts: text::Counts,
}

impl Run<'_> {
    fn item(&mut self, item: &Item) -> Result<(), Refused> {
        let done = self.file(item);
        self.bar.inc(1);
        done
    }

    fn file(&mut self, item: &Item) -> Result<(), Refused> {
        let read = match &item.problem {
            Some(problem) => Err(problem.clone()),
            None => inputs::read(item.path.as_deref()),
        };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(failure) => return self.failed(&item.shown, &failure),
        };
        let label = item.path.as_deref().map_or(Label::Unknown, inputs::label);
        let mut watch = Stopwatch::start();
        let documents = match validation::documents(&bytes, label, self.args.mode.mode(), Stop::never()) {
            Ok(documents) => documents,
            Err(ended) => return self.failed(&item.shown, &ended.into()),
        };
        for report in documents {
            match report {
                Ok(report) => {
                    let shown = match report.line {
                        Some(line) => format!("{}:{line}", item.shown),
                        None => item.shown.clone(),
                    };
                    self.document(&shown, &report, watch)?;
                }
                Err(ended) => self.failed(&item.shown, &ended.into())?,
            }
            watch = Stopwatch::start();
        }
        Ok(())
    }

    fn document(&mut self, shown: &str, report: &Validated, watch: Stopwatch) -> Result<(), Refused> {
        self.counts.add(report.is_valid);
        if !report.is_valid {
            self.exit = self.exit.and(Exit::Findings);
        }
        let (paint, now, args) = (self.paint, self.now, self.args);
        self.sink.page(Path::new(""), |out| match args.format {
            ValidateFormat::Text => text::write_report(out, shown, report, paint),
            ValidateFormat::Ndjson => write_line(out, Some(shown), report),
            ValidateFormat::Outcome => {
                write_outcome(out, report, true)?;
                out.write_all(b"\n")
            }
            ValidateFormat::Json => {
                let request_id = RequestId::new().to_string();
                let seconds = watch.elapsed().as_secs_f64();
                let format = validation::format(report, 1);
                let about = About { request_id: &request_id, at: &now.text, seconds, mode: args.mode.mode(), format };
                let reply = Filed { file: shown, reply: ValidateReply::of(report, about) };
                serde_json::to_writer_pretty(&mut *out, &reply)?;
                out.write_all(b"\n")
            }
        })
    }

    fn failed(&mut self, file: &str, failure: &Failure) -> Result<(), Refused> {
        self.counts.unreadable += 1;
        self.exit = self.exit.and(Exit::Unreadable);
        if !self.sink.failure(file, failure)? {
            self.bar.suspend(|| say(format_args!("{file}: {failure}")));
        }
        Ok(())
    }
}

/// A reply with the name of its file.
#[derive(Serialize)]
struct Filed<'a> {
    file: &'a str,
    #[serde(flatten)]
    reply: ValidateReply,
}

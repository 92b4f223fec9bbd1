//! `clinical-notes summarize`

use super::inputs::{self, Item};
use super::model::Model;
use super::say::say;
use super::sink::{Form, Refused, Sink, Together};
use super::{progress, split};
use crate::args::{Audience, Format, Summarize};
use crate::clock::Now;
use crate::envelope;
use crate::exit::Exit;
use crate::job::{self, Failure, Finished, Makes, Order};
use crate::request_id::RequestId;
use clinical_pipeline::{Label, Stop};
use indicatif::ProgressBar;
use std::io::{self, Write};
use std::path::PathBuf;

/// Runs the command.
#[must_use]
pub fn run(args: &Summarize) -> Exit {
    let Ok(fixed) = given_time(args.now.as_deref()) else { return Exit::Usage };
    let model = match args.ai.then(|| model(args)).transpose() {
        Ok(model) => model,
        Err(()) => return Exit::Usage,
    };
    let items = inputs::expand(&args.inputs, inputs::DOCUMENTS);
    if inputs::reads_standard_input_twice(&items) {
        say("standard input (-) can be read once only");
        return Exit::Usage;
    }
    let outcome = Sink::open(args.output.as_deref(), form(args.format), &items).and_then(|sink| {
        let bar = progress::bar(items.len());
        let mut run = Run { args, fixed, model, sink, bar, exit: Exit::Done };
        items.iter().try_for_each(|item| run.item(item))?;
        run.bar.finish_and_clear();
        Ok(run.exit)
    });
    end(outcome)
}

fn model(args: &Summarize) -> Result<Model, ()> {
    if args.audience == Audience::Clinician {
        say("--ai is for the patient's sheet; the extract is the note's own sentences");
        return Err(());
    }
    Model::of_settings()
}

/// The time that `--now` gives, if it does. What is wrong with it is said.
pub(super) fn given_time(text: Option<&str>) -> Result<Option<Now>, ()> {
    let parsed = text.map(|text| Now::parse(text).ok_or(())).transpose();
    if parsed.is_err() {
        say("--now must be a time with its zone, such as 2025-03-01T09:00:00Z");
    }
    parsed
}

/// How a command ends that wrote to a [`Sink`].
pub(super) fn end(outcome: Result<Exit, Refused>) -> Exit {
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

const fn form(format: Format) -> Form {
    let together = match format {
        Format::Html => Together::Never("several HTML pages need --output FOLDER"),
        Format::Text | Format::Markdown => Together::Apart,
        Format::Json => Together::Joined,
        Format::Ndjson => Together::Lines,
    };
    Form { together, ending: Some(format.extension()) }
}

fn write(mut out: &mut dyn Write, format: Format, file: &str, done: &Finished) -> io::Result<()> {
    match format {
        Format::Ndjson => envelope::write_line(&mut out, file, done, RequestId::new()),
        Format::Json => {
            envelope::write_reply(&mut out, done, RequestId::new(), None::<&()>)?;
            out.write_all(b"\n")
        }
        Format::Text | Format::Html | Format::Markdown => {
            let page = done.outcome.page.expose();
            out.write_all(page.as_bytes())?;
            if page.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
        }
    }
}

struct Run<'a> {
    args: &'a Summarize,
    fixed: Option<Now>,
    model: Option<Model>,
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
                    self.sink.page(&place, |out| write(out, self.args.format, &shown, &done))?;
                }
            }
            self.bar.inc(1);
        }
        Ok(())
    }

    fn document(&self, bytes: &[u8], label: Label) -> Result<job::Finished, Failure> {
        let now = self.fixed.clone().or_else(Now::read).ok_or_else(Failure::no_clock)?;
        let makes = match self.args.audience {
            Audience::Patient => Makes::Sheet,
            Audience::Clinician => Makes::Extract,
        };
        let (page, large_print) = (self.args.format.page(), self.args.large_print);
        let order = Order { now, makes, page, large_print, said: None };
        Ok(match &self.model {
            None => job::run(bytes, label, &order, Stop::never()),
            Some(model) => model.run(bytes, label, order),
        }?)
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

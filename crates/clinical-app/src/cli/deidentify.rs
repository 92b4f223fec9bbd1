//! `clinical-notes deidentify`
#![expect(clippy::disallowed_methods, reason = "asks whether standard input is a terminal; writes the report")]

use super::inputs::{self, Item};
use super::say::say;
use super::sink::{Form, Refused, Sink, Together};
use super::summarize::{end, given_time};
use super::{lines, progress};
use crate::args::{CopyFormat, Deidentify};
use crate::clock::Now;
use crate::copy;
use crate::exit::Exit;
use crate::job::Failure;
use crate::removal::{self, Copied, Removal};
use crate::request_id::RequestId;
use crate::settings::Environment;
use crate::settings::secret;
use clinical_pipeline::{Label, Phi, Policy, Stop};
use indicatif::ProgressBar;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;

/// Runs the command.
#[must_use]
pub fn run(args: &Deidentify) -> Exit {
    let removal = match removal(args) {
        Ok(removal) => removal,
        Err(exit) => return exit,
    };
    let standard_input = ["-".to_owned()];
    let named = if args.inputs.is_empty() { &standard_input[..] } else { &args.inputs };
    if args.inputs.is_empty() && io::stdin().is_terminal() {
        say("name a file, or - for standard input");
        return Exit::Usage;
    }
    let items = inputs::expand(named, if args.jsonl { inputs::LINES } else { inputs::DOCUMENTS });
    if inputs::reads_standard_input_twice(&items) {
        say("standard input (-) can be read once only");
        return Exit::Usage;
    }
    if args.jsonl {
        return lines::run(&items, &Arc::new(removal));
    }
    end(documents(args, &items, &removal))
}

/// What the arguments and the environment say. Without a secret there are no surrogates: a fixed one in the program would
/// let everybody undo them.
fn removal(args: &Deidentify) -> Result<Removal, Exit> {
    let now = given_time(args.now.as_deref()).map_err(|()| Exit::Usage)?.or_else(Now::read);
    let now = now.ok_or_else(|| {
        say(Failure::no_clock());
        Exit::Unreadable
    })?;
    let secret = secret::read(args.secret_file.as_deref(), &Environment).map_err(|mistake| {
        say(mistake);
        Exit::Usage
    })?;
    let policy = args.policy.policy();
    if policy == Policy::Surrogate && secret.is_none() {
        say(format_args!("--policy surrogate needs a secret: {} FILE, or {}", secret::FLAG, secret::VARIABLE));
        return Err(Exit::Usage);
    }
    let list = |path: Option<&Path>| {
        path.map_or(Ok(Vec::new()), texts).map_err(|failure| {
            // `texts` was asked for a path, so there is one.
            say(format_args!("{}: {failure}", path.unwrap_or(Path::new("")).display()));
            Exit::Unreadable
        })
    };
    Ok(Removal {
        secret: secret.unwrap_or(Phi::new(Vec::new())),
        subject: Phi::new(args.subject.clone().unwrap_or_default()),
        allow: Phi::new(list(args.allow.as_deref())?),
        deny: Phi::new(list(args.deny.as_deref())?),
        ..Removal::of(policy, now)
    })
}

/// The texts of a list, one a line.
fn texts(path: &Path) -> Result<Vec<String>, Failure> {
    let bytes = inputs::read(Some(path))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::new("not-text", "it is not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

fn documents(args: &Deidentify, items: &[Item], removal: &Removal) -> Result<Exit, Refused> {
    if args.report.is_some() && args.report == args.output {
        return Err(Refused::Usage("--report and --output must be different".to_owned()));
    }
    let report: Option<Box<dyn Write>> = match args.report.as_deref() {
        None => None,
        Some(path) if path == Path::new("-") => {
            if args.output.is_none() {
                return Err(Refused::Usage("--report - needs --output: the copy is on standard output".to_owned()));
            }
            Some(Box::new(BufWriter::new(io::stdout())))
        }
        Some(path) => Some(Box::new(Sink::beside(path, items)?)),
    };
    let sink = Sink::open(args.output.as_deref(), form(args.format), items)?;
    let bar = progress::bar(items.len());
    let mut run = Run { format: args.format, removal, sink, report, bar, exit: Exit::Done };
    items.iter().try_for_each(|item| run.item(item))?;
    run.bar.finish_and_clear();
    Ok(run.exit)
}

const fn form(format: CopyFormat) -> Form {
    match format {
        CopyFormat::Document => {
            let sentence = "several documents need --output FOLDER, or --format ndjson";
            Form { together: Together::Never(sentence), ending: None }
        }
        CopyFormat::Json => Form { together: Together::Joined, ending: Some("json") },
        CopyFormat::Ndjson => Form { together: Together::Lines, ending: Some("ndjson") },
    }
}

struct Run<'a> {
    format: CopyFormat,
    removal: &'a Removal,
    sink: Sink,
    report: Option<Box<dyn Write>>,
    bar: ProgressBar,
    exit: Exit,
}

impl Run<'_> {
    fn item(&mut self, item: &Item) -> Result<(), Refused> {
        let label = item.path.as_deref().map_or(Label::Unknown, inputs::label);
        let read = match &item.problem {
            Some(problem) => Err(problem.clone()),
            None => inputs::read(item.path.as_deref()),
        };
        // A file is one document, also where it holds lines: what one of them says of a person counts for all.
        let done = read.and_then(|bytes| Ok(removal::run(&bytes, label, self.removal, Stop::never())?));
        self.bar.inc(1);
        match done {
            Ok(done) => self.copy(item, &done),
            Err(failure) => self.failed(&item.shown, &failure),
        }
    }

    fn copy(&mut self, item: &Item, done: &Copied) -> Result<(), Refused> {
        let place = match item.path {
            Some(_) => item.place.clone(),
            None => item.place.with_extension(ending(done.copy.format)),
        };
        self.sink.page(&place, |out| write(out, self.format, &item.shown, done))?;
        if let Some(report) = &mut self.report {
            copy::write_line(report, &item.shown, done, false)?;
            report.flush()?;
        }
        // A line for machines has the counts in it.
        if self.format != CopyFormat::Ndjson {
            let counts = match removal::counts(&done.copy.counts, " ", ", ") {
                counts if counts.is_empty() => "nothing".to_owned(),
                counts => counts,
            };
            self.bar.suspend(|| say(format_args!("{}: removed {counts}", item.shown)));
        }
        Ok(())
    }

    fn failed(&mut self, file: &str, failure: &Failure) -> Result<(), Refused> {
        self.exit = self.exit.and(Exit::Unreadable);
        if let Some(report) = &mut self.report {
            crate::envelope::write_failure(report, file, failure)?;
            report.flush()?;
        }
        if !self.sink.failure(file, failure)? {
            self.bar.suspend(|| say(format_args!("{file}: {failure}")));
        }
        Ok(())
    }
}

fn ending(format: &str) -> &'static str {
    match format {
        "fhir-json" => "json",
        "fhir-ndjson" => "ndjson",
        "ccda" => "xml",
        _ => "txt",
    }
}

fn write(mut out: &mut dyn Write, format: CopyFormat, file: &str, done: &Copied) -> io::Result<()> {
    match format {
        CopyFormat::Document => out.write_all(done.copy.bytes.expose()),
        CopyFormat::Json => {
            copy::write_reply(&mut out, done, RequestId::new())?;
            out.write_all(b"\n")
        }
        CopyFormat::Ndjson => copy::write_line(&mut out, file, done, true),
    }
}

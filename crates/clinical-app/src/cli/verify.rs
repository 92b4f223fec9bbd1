//! `clinical-notes verify`
#![expect(clippy::disallowed_methods, reason = "what was found goes to standard output")]

use super::inputs;
use super::say::say;
use crate::args::{Report, Verify};
use crate::exit::Exit;
use crate::job::Failure;
use clinical_pipeline::{Error, FaultKind, Input, Label, Lexicon, Stop, Verification};
use serde::Serialize;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// Runs the command.
#[must_use]
pub fn run(args: &Verify) -> Exit {
    if args.source == "-" && args.summary == "-" {
        say("standard input (-) can be read once only");
        return Exit::Usage;
    }
    let checked = check(args);
    let exit = match &checked {
        Ok(verification) if verification.faults.is_empty() => Exit::Done,
        Ok(_) => Exit::Findings,
        Err((file, failure)) => {
            if args.format != Report::Ndjson {
                say(format_args!("{file}: {failure}"));
            }
            Exit::Unreadable
        }
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    match report(&mut out, args, checked.as_ref().map_err(|(_, failure)| failure)).and_then(|()| out.flush()) {
        Ok(()) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
        Err(_) => {
            say("the output could not be written");
            Exit::Unreadable
        }
    }
}

fn check(args: &Verify) -> Result<Verification, (&str, Failure)> {
    let path = |name: &str| (name != "-").then(|| Path::new(name).to_owned());
    let read = |name: &str| inputs::read(path(name).as_deref());
    let source = read(&args.source).map_err(|failure| (args.source.as_str(), failure))?;
    let summary = read(&args.summary).map_err(|failure| (args.summary.as_str(), failure))?;
    let label = path(&args.source).map_or(Label::Unknown, |p| inputs::label(&p));
    let work = || {
        let lexicon = Lexicon::english().map_err(|fault| Error::Lexicon(fault.to_string()))?;
        clinical_pipeline::verify(&Input::new(&source, label), &summary, lexicon, Stop::never())
    };
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(verification)) => Ok(verification),
        Ok(Err(error @ Error::NotASummary(_))) => Err((&args.summary, error.into())),
        Ok(Err(error)) => Err((&args.source, error.into())),
        Err(_) => Err((&args.source, Failure::internal())),
    }
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    faults: Option<Vec<FaultLine<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a Failure>,
}

#[derive(Serialize)]
struct FaultLine<'a> {
    kind: &'static str,
    at: &'a str,
}

const fn kind(kind: FaultKind) -> &'static str {
    match kind {
        FaultKind::Altered => "altered",
        FaultKind::Invented => "invented",
        FaultKind::Missing => "missing",
    }
}

fn report(out: &mut impl Write, args: &Verify, checked: Result<&Verification, &Failure>) -> io::Result<()> {
    match (args.format, checked) {
        (Report::Text | Report::Json, Err(_)) => Ok(()),
        (Report::Text, Ok(found)) => {
            for fault in &found.faults {
                writeln!(out, "{:8}  {}", kind(fault.kind), fault.at)?;
            }
            let (facts, count) = (found.checked, found.faults.len());
            writeln!(out, "{facts} facts checked, {count} {}", if count == 1 { "fault" } else { "faults" })
        }
        (Report::Json | Report::Ndjson, checked) => {
            let line = Line {
                file: (args.format == Report::Ndjson).then_some(args.source.as_str()),
                ok: checked.is_ok(),
                checked: checked.ok().map(|v| v.checked),
                faults: checked
                    .ok()
                    .map(|v| v.faults.iter().map(|f| FaultLine { kind: kind(f.kind), at: &f.at }).collect()),
                error: checked.err(),
            };
            serde_json::to_writer(&mut *out, &line)?;
            out.write_all(b"\n")
        }
    }
}

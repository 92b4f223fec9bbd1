//! `clinical-notes config`
#![expect(clippy::disallowed_methods, reason = "the settings go to standard output")]

use super::say::say;
use crate::args::{Config, ConfigFormat};
use crate::exit::Exit;
use crate::settings::{self, Effective, Environment, Given, Surroundings};
use serde::Serialize;
use std::io::{self, Write};

/// Runs the command.
#[must_use]
pub fn run(args: &Config) -> Exit {
    let written = if args.markdown {
        write(|out| out.write_all(settings::markdown().as_bytes()))
    } else if let Some(template) = args.env {
        write(|out| out.write_all(settings::template(template.deployment()).as_bytes()))
    } else {
        match settings::effective(&Environment, &Given::from(&args.serve), &Surroundings::here()) {
            Ok(all) => write(|out| show(out, args.format, &all)),
            Err(mistakes) => {
                mistakes.iter().for_each(say);
                return Exit::Usage;
            }
        }
    };
    match written {
        Ok(()) => Exit::Done,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(_) => {
            say("the output could not be written");
            Exit::Unreadable
        }
    }
}

fn write(page: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    page(&mut out)?;
    out.flush()
}

#[derive(Serialize)]
struct Page<'a> {
    settings: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    value: Option<&'a str>,
    origin: &'a str,
    secret: bool,
}

impl<'a> From<&'a Effective> for Line<'a> {
    fn from(one: &'a Effective) -> Self {
        Self { name: one.name, value: one.value.as_deref(), origin: one.origin.as_str(), secret: one.is_secret }
    }
}

/// The origin stands behind the value, after a sign that begins a comment where such lines are read again.
fn show(mut out: &mut dyn Write, format: ConfigFormat, all: &[Effective]) -> io::Result<()> {
    match format {
        ConfigFormat::Text => all.iter().try_for_each(|one| {
            let value = one.value.as_deref().unwrap_or_default();
            writeln!(out, "{}={value} # {}", one.name, one.origin.as_str())
        }),
        ConfigFormat::Json => {
            let page = Page { settings: all.iter().map(Line::from).collect() };
            serde_json::to_writer_pretty(&mut out, &page)?;
            out.write_all(b"\n")
        }
    }
}

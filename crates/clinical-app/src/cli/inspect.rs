//! `clinical-notes inspect`

use super::inputs::{self, Item};
use super::say::say;
use super::sink::{Form, Refused, Sink, Together};
use super::summarize::end;
use super::{lines, progress};
use crate::args::{Inspect, InspectFormat};
use crate::exit::Exit;
use crate::inspection::{self, Found};
use crate::job::Failure;
use clinical_pipeline::Inspected;
use indicatif::ProgressBar;
use serde::Serialize;
use std::io::{self, IsTerminal as _, Write};
use std::sync::Arc;

/// Runs the command.
#[must_use]
pub fn run(args: &Inspect) -> Exit {
    let standard_input = ["-".to_owned()];
    let named = if args.inputs.is_empty() { &standard_input[..] } else { &args.inputs };
    if args.inputs.is_empty() && io::stdin().is_terminal() {
        say("name a file, or - for standard input");
        return Exit::Usage;
    }
    let items = inputs::expand(named, if args.jsonl { inputs::LINES } else { inputs::NOTES });
    if inputs::reads_standard_input_twice(&items) {
        say("standard input (-) can be read once only");
        return Exit::Usage;
    }
    if args.jsonl {
        return lines::run(&items, &Arc::new(lines::Inspect));
    }
    end(notes(args.format, &items))
}

fn notes(format: InspectFormat, items: &[Item]) -> Result<Exit, Refused> {
    let together = match format {
        InspectFormat::Text => Together::Apart,
        InspectFormat::Json => Together::Joined,
        InspectFormat::Ndjson => Together::Lines,
    };
    let sink = Sink::open(None, Form { together, ending: None }, items)?;
    let mut run = Run { format, many: items.len() > 1, sink, bar: progress::bar(items.len()), exit: Exit::Done };
    items.iter().try_for_each(|item| run.item(item))?;
    run.bar.finish_and_clear();
    Ok(run.exit)
}

struct Run {
    format: InspectFormat,
    many: bool,
    sink: Sink,
    bar: ProgressBar,
    exit: Exit,
}

impl Run {
    fn item(&mut self, item: &Item) -> Result<(), Refused> {
        let done = note(item);
        self.bar.inc(1);
        match done {
            Ok((text, found)) => {
                let (format, file) = (self.format, item.shown.as_str());
                let heading = self.many.then_some(file);
                self.sink.page(&item.place, |out| match format {
                    InspectFormat::Text => write_text(out, heading, &text, &found),
                    InspectFormat::Json | InspectFormat::Ndjson => write_line(out, file, &found),
                })
            }
            Err(failure) => {
                self.exit = self.exit.and(Exit::Unreadable);
                if !self.sink.failure(&item.shown, &failure)? {
                    self.bar.suspend(|| say(format_args!("{}: {failure}", item.shown)));
                }
                Ok(())
            }
        }
    }
}

fn note(item: &Item) -> Result<(String, Inspected), Failure> {
    if let Some(problem) = &item.problem {
        return Err(problem.clone());
    }
    let bytes = inputs::read(item.path.as_deref())?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::new("not-text", "it is not UTF-8 text"))?;
    let found = inspection::run(&text, &[])?;
    Ok((text, found))
}

#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    ok: bool,
    #[serde(flatten)]
    found: Found<'a>,
}

fn write_line(mut out: &mut dyn Write, file: &str, found: &Inspected) -> io::Result<()> {
    serde_json::to_writer(&mut out, &Line { file, ok: true, found: Found::of(found) })?;
    out.write_all(b"\n")
}

/// For a person: each section with what stands in it, and what stands in none.
fn write_text(out: &mut dyn Write, heading: Option<&str>, text: &str, found: &Inspected) -> io::Result<()> {
    if let Some(heading) = heading {
        writeln!(out, "{heading}")?;
    }
    if found.sections.is_empty() && found.mentions.is_empty() {
        let what = if text.trim().is_empty() { "The note is empty." } else { "Nothing that is known here." };
        return writeln!(out, "{what}");
    }
    let mut mentions = found.mentions.iter().peekable();
    let mut write_until = |out: &mut dyn Write, end: usize| {
        while let Some(m) = mentions.next_if(|m| m.start < end) {
            let of = if m.experiencer == "patient" { "" } else { m.experiencer };
            let when = if m.temporality == "recent" { "" } else { m.temporality };
            let how = [m.assertion, of, when].into_iter().filter(|word| !word.is_empty());
            let mut words: Vec<&str> = how.collect();
            words.dedup();
            let (words, place) = (words.join(", "), format!("{}-{}", m.start, m.end));
            writeln!(out, "  {place:>11}  {:9}  {words:24}  {}", m.kind, m.text.expose().replace(['\n', '\r'], " "))?;
        }
        io::Result::Ok(())
    };
    for section in &found.sections {
        write_until(out, section.start)?;
        writeln!(out, "{} {}-{}", section.kind, section.start, section.end)?;
        write_until(out, section.end)?;
    }
    write_until(out, usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_pipeline::{InspectedMention, InspectedSection, Phi};

    fn mention(start: usize, text: &str, assertion: &'static str, experiencer: &'static str) -> InspectedMention {
        InspectedMention {
            start,
            end: start + text.len(),
            text: Phi::new(text.to_owned()),
            kind: "problem",
            assertion,
            experiencer,
            temporality: "recent",
            name: None,
            code: None,
        }
    }

    #[test]
    fn each_mention_stands_below_its_section() {
        let section = |start, end, kind| InspectedSection { start, end, kind };
        let found = Inspected {
            sections: vec![section(10, 40, "history"), section(40, 60, "plan")],
            mentions: vec![
                mention(0, "fever", "absent", "patient"),
                mention(12, "asthma", "family", "family"),
                mention(50, "rash", "present", "patient"),
            ],
        };
        let mut out = Vec::new();
        write_text(&mut out, Some("a.txt"), "x", &found).unwrap();
        let lines: Vec<String> = String::from_utf8(out)
            .unwrap()
            .lines()
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(
            lines,
            [
                "a.txt",
                "0-5 problem absent fever",
                "history 10-40",
                "12-18 problem family asthma",
                "plan 40-60",
                "50-54 problem present rash"
            ]
        );
    }

    #[test]
    fn a_note_in_which_nothing_is_known_says_so() {
        let mut out = Vec::new();
        write_text(&mut out, None, "Xyzzy.", &Inspected::default()).unwrap();
        assert_eq!(out, b"Nothing that is known here.\n");
    }
}

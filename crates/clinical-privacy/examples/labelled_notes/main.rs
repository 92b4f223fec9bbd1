//! Notes with labelled identifiers and labelled traps, made by putting invented people, places, dates and numbers into
//! notes that hold none. The finder is measured by them; the lists here are written without a look at its rules.
//!
//! `cargo run --release --example labelled_notes -- NOTES_DIR [--part PART] [--notes 600] [--seed 1] [--check]`, where PART
//! is `dev`, `test`, `fresh`, `last` or `open`.
//!
//! NOTES_DIR holds plain text notes (`*.txt`). One line of JSON a note goes to the output: `id`, `text`, `spans`, `traps`
//! and `either`, each label with `start` and `end` in code points, half open, and `type`. `spans` must be hidden, `traps`
//! must stay, `either` (titles, credentials, clock times, states) counts for nothing. The parts share no name, template,
//! frame or base note; only what is closed by nature (months, holidays, clinical values) is in both. The parts `fresh`,
//! `last` and `open` have lists of their own and the base notes of `test`. Nobody looks at the notes of `fresh` and
//! `last`, so their checks print counts only; `open` was written by people who knew no rule, to be read.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that reads files and prints"
)]

mod ages;
mod banks;
mod base;
mod calendar;
mod check;
mod checksums;
mod codes;
mod compose;
mod holidays;
mod marked;
mod people;
mod places;
mod rng;
mod scene;
mod template;
mod transform;
mod traps;

use banks::{Banks, Part};
use std::io::Write;
use std::path::Path;

struct Options {
    notes_dir: String,
    part: Part,
    notes: usize,
    seed: u64,
    check: bool,
    base: bool,
}

fn options() -> Result<Options, Box<dyn std::error::Error>> {
    let mut options =
        Options { notes_dir: String::new(), part: Part::Dev, notes: 600, seed: 1, check: false, base: false };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--check" => options.check = true,
            "--base" => options.base = true,
            "--part" => {
                let name = arguments.next().unwrap_or_default();
                options.part = Part::named(&name).ok_or("--part wants dev, test, fresh or last")?;
            }
            "--notes" => options.notes = arguments.next().ok_or("--notes wants a number")?.parse()?,
            "--seed" => options.seed = arguments.next().ok_or("--seed wants a number")?.parse()?,
            _ => options.notes_dir = argument,
        }
    }
    Ok(options)
}

/// The notes of a part, in the order of their names.
fn read_notes(folder: &Path, part: Part) -> std::io::Result<(Vec<String>, Vec<String>)> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let (mut all, mut own) = (Vec::new(), Vec::new());
    for path in paths {
        let text = std::fs::read_to_string(&path)?.replace("\r\n", "\n");
        if part.holds(&path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()) {
            own.push(text.clone());
        }
        all.push(text);
    }
    Ok((all, own))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = options()?;
    let folder = Path::new(&options.notes_dir);
    if options.notes_dir.is_empty() || !folder.is_dir() {
        eprintln!("not run: no folder of notes was given, or it is not there");
        return Ok(());
    }
    let (all, own) = read_notes(folder, options.part.base())?;
    let banks = Banks::load(options.part)?;
    let bases = base::clean(&own, &all);
    let stdout = std::io::stdout();
    let mut out = std::io::BufWriter::new(stdout.lock());
    if options.base {
        for line in bases.iter().flat_map(|b| &b.lines) {
            writeln!(out, "{}", line.join(" "))?;
        }
        return Ok(());
    }
    let name = options.part.name();
    let made = (0..options.notes).filter_map(|at| {
        let seed = options.seed.wrapping_mul(1_000_003).wrapping_add(at as u64 * 7919) ^ rng::hash(name);
        compose::note(format!("{name}-{at:04}"), seed, &banks, &bases)
    });
    if options.check {
        let notes: Vec<_> = made.collect();
        let mut report = String::new();
        let result = check::report(&notes, &banks, options.seed, &mut report);
        print!("{report}");
        return Ok(result?);
    }
    for note in made {
        serde_json::to_writer(&mut out, &note)?;
        writeln!(out)?;
    }
    Ok(())
}

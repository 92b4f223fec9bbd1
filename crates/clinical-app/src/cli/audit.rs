//! `clinical-notes audit verify`
#![expect(clippy::disallowed_methods, reason = "what was found goes to standard output")]

use super::say::say;
use crate::args::{AuditArgs, AuditCommand, AuditReport, AuditVerify};
use crate::audit::PublicKey;
use crate::audit::verify::{self, Checked, Place};
use crate::exit::Exit;
use serde::Serialize;
use std::io::{self, Write};

/// Runs the command.
#[must_use]
pub fn run(args: &AuditArgs) -> Exit {
    match &args.command {
        AuditCommand::Verify(args) => verify(args),
    }
}

fn verify(args: &AuditVerify) -> Exit {
    let Some(keys) = args.public_key.iter().map(|text| PublicKey::read(text)).collect::<Option<Vec<_>>>() else {
        say("--public-key must be the base64 of an ed25519 public key");
        return Exit::Usage;
    };
    let checked = match verify::check(&args.paths, &keys) {
        Ok(checked) => checked,
        Err(unreadable) => {
            say(unreadable);
            return Exit::Unreadable;
        }
    };
    let exit = if checked.is_whole() { Exit::Done } else { Exit::Findings };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = match args.format {
        AuditReport::Text => text(&mut out, &checked, keys.is_empty()),
        AuditReport::Json => json(&mut out, &checked),
    };
    match written.and_then(|()| out.flush()) {
        Ok(()) => exit,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => exit,
        Err(_) => {
            say("the output could not be written");
            Exit::Unreadable
        }
    }
}

fn place(at: &Place) -> String {
    let sequence = at.sequence.map_or_else(|| "?".to_owned(), |number| number.to_string());
    format!("{}:{}: sequence {sequence}", at.file.display(), at.line)
}

fn text(out: &mut impl Write, checked: &Checked, any_signer: bool) -> io::Result<()> {
    for fault in &checked.faults {
        writeln!(out, "{}: fault: {}", place(&fault.at), fault.what)?;
    }
    if checked.more_faults > 0 {
        writeln!(out, "and {} more faults", checked.more_faults)?;
    }
    for note in &checked.notes {
        writeln!(out, "{}: note: {}", place(&note.at), note.what)?;
    }
    for signer in &checked.signers {
        let known = if any_signer { " (not checked against a key of yours: give --public-key)" } else { "" };
        writeln!(out, "signed by {signer}{known}")?;
    }
    let faults = checked.faults.len() as u64 + checked.more_faults;
    let plural = |number: u64, one: &'static str, more: &'static str| if number == 1 { one } else { more };
    writeln!(
        out,
        "{} lines in {} {}, {} {}, {faults} {}",
        checked.lines,
        checked.files,
        plural(checked.files as u64, "file", "files"),
        checked.checkpoints,
        plural(checked.checkpoints, "checkpoint", "checkpoints"),
        plural(faults, "fault", "faults")
    )
}

#[derive(Serialize)]
struct Report<'c> {
    ok: bool,
    files: usize,
    lines: u64,
    checkpoints: u64,
    signers: &'c [String],
    faults: Vec<Entry>,
    more_faults: u64,
    notes: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    file: String,
    line: u64,
    sequence: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    message: String,
}

fn entry(at: &Place, kind: Option<&'static str>, message: String) -> Entry {
    Entry { file: at.file.display().to_string(), line: at.line, sequence: at.sequence, kind, message }
}

fn json(out: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let report = Report {
        ok: checked.is_whole(),
        files: checked.files,
        lines: checked.lines,
        checkpoints: checked.checkpoints,
        signers: &checked.signers,
        faults: checked.faults.iter().map(|f| entry(&f.at, Some(f.what.code()), f.what.to_string())).collect(),
        more_faults: checked.more_faults,
        notes: checked.notes.iter().map(|note| entry(&note.at, None, note.what.to_string())).collect(),
    };
    serde_json::to_writer(&mut *out, &report)?;
    out.write_all(b"\n")
}

//! One line in, one line out.

use super::batch::Line;
use crate::job::{Ended, Failure};
use serde::Serialize;
use serde_json::error::Category;
use serde_json::value::RawValue;
use std::io::{self, Write};

/// What is done with each line. The id is the caller's own and comes back as it stands.
pub(in crate::cli) trait Answering: Send + Sync + 'static {
    /// What a line must be, as a code and a sentence.
    const MUST_BE: (&'static str, &'static str);

    /// Answers a line: writes the whole answer, without the end of its line. `id` is told as soon as it is known, so
    /// that a failure has it, too.
    fn answer<'l>(&self, line: &'l [u8], id: &mut Option<&'l RawValue>, out: &mut Vec<u8>) -> Result<(), Unanswered>;
}

/// Why a line has no answer.
pub(in crate::cli) enum Unanswered {
    /// It is not what it must be.
    Unreadable(serde_json::Error),
    /// It was read, and then refused.
    Failed(Failure),
}

impl From<serde_json::Error> for Unanswered {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl From<Ended> for Unanswered {
    fn from(ended: Ended) -> Self {
        Self::Failed(ended.into())
    }
}

#[derive(Serialize)]
struct Failed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    file: &'a str,
    ok: bool,
    error: &'a Failure,
}

/// Writes the line of a text that has no answer.
pub(super) fn write_failure(
    out: &mut impl Write,
    file: &str,
    id: Option<&RawValue>,
    failure: &Failure,
) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &Failed { id, file, ok: false, error: failure })?;
    out.write_all(b"\n")
}

/// Writes the answer to a line. Whether there is one.
pub(super) fn write<W: Answering>(out: &mut Vec<u8>, line: Line<'_>, number: usize, file: &str, work: &W) -> bool {
    let mut id = None;
    let start = out.len();
    let done = line.and_then(|line| {
        work.answer(without_mark(line), &mut id, out).map_err(|why| match why {
            Unanswered::Unreadable(error) => unreadable::<W>(&error),
            Unanswered::Failed(failure) => failure,
        })
    });
    // Writing to memory does not fail.
    match done {
        Ok(()) => {
            out.push(b'\n');
            true
        }
        Err(mut failure) => {
            out.truncate(start);
            failure.at = Some(match failure.at.take() {
                Some(column) => format!("line {number}, {column}"),
                None => format!("line {number}"),
            });
            let _ = write_failure(out, file, id, &failure);
            false
        }
    }
}

/// Some programs begin every file with the mark of UTF-8.
fn without_mark(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line)
}

/// What the reader of JSON says repeats the input; here only where.
fn unreadable<W: Answering>(error: &serde_json::Error) -> Failure {
    let (code, message) = match error.classify() {
        Category::Data => W::MUST_BE,
        _ => ("not-json", "the line is not readable as JSON"),
    };
    Failure { at: Some(format!("column {}", error.column())), ..Failure::new(code, message) }
}

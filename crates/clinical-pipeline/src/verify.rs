//! Holding a summary against the document it was made from.

mod rewordings;

use crate::narrate::{self, Room};
use crate::{Error, Input, Lexicon, Stop, check, read, summarize};
use clinical_json::{Document, Kind, Node};
use clinical_model::Moment;
use std::collections::{BTreeSet, HashSet};

/// What is wrong with a part of a summary.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FaultKind {
    /// It differs from the record, or from what the record gives.
    Altered,
    /// The record does not have it.
    Invented,
    /// The record has it and the summary does not.
    Missing,
}

impl FaultKind {
    /// A stable name for machines.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Invented => "invented",
            Self::Missing => "missing",
        }
    }
}

/// One fault.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fault {
    /// What kind.
    pub kind: FaultKind,
    /// Where in the summary (`summary.medications[0].dosage`). Never a value, and no name of a member that is not ours.
    pub at: String,
}

/// What verification found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Verification {
    /// How many values of the summary were checked.
    pub checked: usize,
    /// The faults, sorted; none where every fact stands in the record and nothing is missing.
    pub faults: Vec<Fault>,
}

/// Checks a JSON summary (bare, or with its envelope) against the document it was made from.
///
/// Three ways, from the outside in. Every pointer is followed into the document and every fact is held against it.
/// The summary is made again, from the document and the time that the summary names, and compared value by value, so
/// that our own words, the lists, the order and the accounting are checked too. And the summary's id is the digest of
/// its content: a change of the time itself, which the other two would follow, is seen by it.
///
/// Words by a language model cannot be made again. Each rewording is held against its sentence as it was when it came
/// from the model, and what passes is put into the summary made again.
///
/// # Errors
/// The document cannot be read, or the summary is not one ([`Error::NotASummary`]).
pub fn verify(source: &Input<'_>, summary: &[u8], lexicon: &Lexicon, stop: Stop<'_>) -> Result<Verification, Error> {
    verify_with(source, summary, &narrate::again, lexicon, stop)
}

/// The same with another check of rewordings.
pub(crate) fn verify_with(
    source: &Input<'_>,
    summary: &[u8],
    check_again: rewordings::Check<'_>,
    lexicon: &Lexicon,
    stop: Stop<'_>,
) -> Result<Verification, Error> {
    let given = Document::parse(summary).map_err(|e| Error::NotASummary(e.to_string()))?;
    let root = given.root();
    let given_summary = root.get("summary").unwrap_or(root);
    let now = given_summary
        .get("generated_at")
        .and_then(Node::as_str)
        .and_then(|t| Moment::parse(&t))
        .ok_or_else(|| Error::NotASummary("it does not say when it was made (generated_at)".to_owned()))?;
    let prepared = read::prepare(source)?;
    let parsed = prepared.parse(source.label, stop)?;
    let (record, findings) = parsed.record(lexicon, stop)?;
    let places = parsed.places();
    let mut sheet = clinical_summary::compose(&record, now, lexicon);
    let mut faults: BTreeSet<Fault> = BTreeSet::new();
    if rewordings::has_any(given_summary) {
        let known = narrate::known(source, &parsed, stop);
        // Where nothing can be asked, nothing was: each rewording is then one that the summary made again does not have.
        if let Some(room) = known.and_then(|known| Room::of(&sheet, prepared.note(), &known, lexicon, stop)) {
            faults.extend(rewordings::restore(given_summary, &mut sheet, &room, check_again, lexicon));
        }
        if stop.is_asked() {
            return Err(Error::Stopped);
        }
    }
    let reading = clinical_summary::reading(&sheet, lexicon);
    let notices = summarize::notices(&findings, &places);
    let expected = summarize::render_json(&sheet, lexicon, &places, &notices, reading);
    let expected = Document::parse(expected.as_bytes()).map_err(|e| Error::NotASummary(e.to_string()))?;

    let ours = names(expected.root());
    let pointers = check::pointers(given_summary.raw(), &places, &|name| ours.contains(name));
    faults.extend(pointers.map_err(|e| Error::NotASummary(e.to_string()))?);
    let checked = compare(expected.root(), given_summary, &mut faults);
    Ok(Verification { checked, faults: faults.into_iter().collect() })
}

/// The names of all members of a summary that was made here.
fn names(root: Node<'_, '_>) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        for member in node.members() {
            found.insert(member.key().unwrap_or_default().into_owned());
            waiting.push(member);
        }
        waiting.extend(node.items());
    }
    found
}

/// Compares two trees value by value. Strings and numbers by their text; objects by name; arrays by place.
fn compare(expected: Node<'_, '_>, given: Node<'_, '_>, faults: &mut BTreeSet<Fault>) -> usize {
    let mut checked = 0;
    let mut waiting = vec![(expected, given, "summary".to_owned())];
    let mut fault = |kind, at: String| {
        faults.insert(Fault { kind, at });
    };
    while let Some((expected, given, path)) = waiting.pop() {
        match (expected.kind(), given.kind()) {
            (Kind::Object, Kind::Object) => {
                let mut seen: Vec<String> = Vec::new();
                for (i, member) in given.members().enumerate() {
                    let key = member.key().unwrap_or_default().into_owned();
                    match expected.get(&key) {
                        // A second member of one name could hide a lie behind the truth.
                        Some(_) if seen.contains(&key) => fault(FaultKind::Invented, format!("{path}.{key}")),
                        Some(other) => waiting.push((other, member, format!("{path}.{key}"))),
                        // Its name is not ours: it could say anything, and is counted.
                        None => fault(FaultKind::Invented, format!("{path}.member({i})")),
                    }
                    seen.push(key);
                }
                for member in expected.members() {
                    let key = member.key().unwrap_or_default();
                    if !seen.iter().any(|k| *k == *key) {
                        fault(FaultKind::Missing, format!("{path}.{key}"));
                    }
                }
            }
            (Kind::Array, Kind::Array) => {
                let (mut left, mut right) = (expected.items(), given.items());
                for i in 0usize.. {
                    let at = format!("{path}[{i}]");
                    match (left.next(), right.next()) {
                        (Some(a), Some(b)) => waiting.push((a, b, at)),
                        (Some(_), None) => fault(FaultKind::Missing, at),
                        (None, Some(_)) => fault(FaultKind::Invented, at),
                        (None, None) => break,
                    }
                }
            }
            (a, b) => {
                checked += 1;
                let same = a == b && expected.scalar_text() == given.scalar_text();
                if !same {
                    fault(FaultKind::Altered, path);
                }
            }
        }
    }
    checked
}

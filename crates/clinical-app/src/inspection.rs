//! One note looked into, with a panic caught on the way, and the JSON of what was found.

use crate::fault;
use crate::job::Ended;
use clinical_pipeline::{Error, Inspected, InspectedMention, InspectedSection, Lexicon, Phi, Stop};
use serde::{Serialize, Serializer};
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Looks into a note.
///
/// # Errors
/// The pipeline's refusal, or its panic.
pub fn run(text: &str, targets: &[String]) -> Result<Inspected, Ended> {
    let work = || {
        fault::in_the_work(text.as_bytes());
        let lexicon = Lexicon::english().map_err(|fault| Error::Lexicon(fault.to_string()))?;
        clinical_pipeline::inspect(text, targets, lexicon, Stop::never())
    };
    // The lexicon is read only and the rest is this call's own, so nothing half-changed is left behind.
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Ended::Panicked)?.map_err(Ended::Refused)
}

/// What was found, as the lines for machines have it.
#[derive(Debug, Serialize)]
pub struct Found<'a> {
    sections: Vec<Section>,
    mentions: Vec<Mention<'a>>,
}

#[derive(Debug, Serialize)]
struct Section {
    start: usize,
    end: usize,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Mention<'a> {
    start: usize,
    end: usize,
    text: Hidden<'a>,
    kind: &'static str,
    assertion: &'static str,
    experiencer: &'static str,
    temporality: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
}

#[derive(Debug, Serialize)]
struct Code {
    system: &'static str,
    code: &'static str,
}

/// Words of a note: written out, never shown by `Debug`.
struct Hidden<'a>(&'a Phi<String>);

impl fmt::Debug for Hidden<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Hidden<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose())
    }
}

impl<'a> Found<'a> {
    /// The same for writing.
    #[must_use]
    pub fn of(inspected: &'a Inspected) -> Self {
        let section = |s: &InspectedSection| Section { start: s.start, end: s.end, kind: s.kind };
        Self {
            sections: inspected.sections.iter().map(section).collect(),
            mentions: inspected.mentions.iter().map(Mention::of).collect(),
        }
    }
}

impl<'a> Mention<'a> {
    fn of(mention: &'a InspectedMention) -> Self {
        Self {
            start: mention.start,
            end: mention.end,
            text: Hidden(&mention.text),
            kind: mention.kind,
            assertion: mention.assertion,
            experiencer: mention.experiencer,
            temporality: mention.temporality,
            name: mention.name,
            code: mention.code.map(|(system, code)| Code { system, code }),
        }
    }
}

//! What the walkers of structured documents share: what was found in each text, and what is written in its place.

use std::collections::HashMap;

use super::edits::Edit;
use super::fault::Fault;
use super::note::{settled, without_tags};
use crate::find::{Finder, Known, Writing};
use crate::kind::{Identifier, Kind, Reason};
use crate::policy::{Ids, Rules, Scribe};

/// One identifier that was removed: where it stood in the input, what it was, and why. Never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// First byte in the input. For a text inside an attachment that of the attachment.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// What it was.
    pub kind: Kind,
    /// Why it was taken for one.
    pub reason: Reason,
    /// Where it stood, for XML; for JSON the bytes say it.
    pub path: Option<String>,
}

/// How much deeper a document within a document may lie.
pub(super) const NESTED: u8 = 2;

/// What is carried through a document and the documents within it.
pub(super) struct Desk<'r> {
    pub(super) rules: Rules<'r>,
    pub(super) scribe: Scribe,
    pub(super) ids: Ids,
    pub(super) removed: Vec<Removal>,
    /// How many documents within documents are open.
    pub(super) depth: u8,
}

impl<'r> Desk<'r> {
    pub(super) fn new(rules: &Rules<'r>, document: &[u8]) -> Self {
        let ids = Ids::new(rules.secret.expose());
        Self { rules: *rules, scribe: Scribe::new(rules, document), ids, removed: Vec::new(), depth: 0 }
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        if self.rules.stop.is_asked() { Err(Fault::Stopped) } else { Ok(()) }
    }

    pub(super) fn note(&mut self, at: (usize, usize), kind: Kind, reason: Reason) {
        self.removed.push(Removal { start: at.0, end: at.1, kind, reason, path: None });
    }
}

/// The texts of a document, each looked at once however often it stands there.
pub(super) struct Texts<'k> {
    known: &'k Known,
    finder: Finder<'k>,
    first: HashMap<String, Vec<Identifier>>,
    settled: HashMap<String, Vec<Identifier>>,
}

impl<'k> Texts<'k> {
    pub(super) fn new(known: &'k Known) -> Self {
        Self { known, finder: Finder::of(known, Writing::Fields), first: HashMap::new(), settled: HashMap::new() }
    }

    /// First reading of a text; every text must be read before the first is asked for.
    pub(super) fn read(&mut self, text: &str, desk: &mut Desk<'_>) -> Result<(), Fault> {
        if !self.first.contains_key(text) {
            let found = self.finder.read(text, desk.rules.stop).ok_or(Fault::Stopped)?;
            found.iter().for_each(|one| desk.scribe.meet(text.get(one.start..one.end).unwrap_or_default(), one.kind));
            self.first.insert(text.to_owned(), found);
        }
        Ok(())
    }

    /// Learns names from a text that stands nowhere ("Patient: Ada Quill").
    pub(super) fn learn(&mut self, text: &str, desk: &Desk<'_>) -> Result<(), Fault> {
        self.finder.read(text, desk.rules.stop).map(|_| ()).ok_or(Fault::Stopped)
    }

    /// What is to be removed from a text.
    fn found(&mut self, text: &str, accept: Accept, desk: &mut Desk<'_>) -> Result<Vec<Identifier>, Fault> {
        if let Some(found) = self.settled.get(text).filter(|_| accept == Accept::All) {
            return Ok(found.clone());
        }
        let first = self.first.get(text).cloned();
        let first = first.map_or_else(|| self.finder.read(text, desk.rules.stop).ok_or(Fault::Stopped), Ok)?;
        let found = self.finder.again(text, first, desk.rules.stop).ok_or(Fault::Stopped)?;
        let mut found = without_tags(text, found);
        if accept == Accept::All {
            let written = (self.known, Writing::Fields);
            found = settled(text, found, &mut desk.scribe, written, desk.rules.stop).ok_or(Fault::Stopped)?;
            self.settled.insert(text.to_owned(), found.clone());
        }
        found.retain(|one| accept.takes(one, &text[one.start..one.end]));
        Ok(found)
    }

    /// The edits of a text, noted as removed from the bytes `at` of the input.
    pub(super) fn edits(
        &mut self,
        text: &str,
        at: (usize, usize),
        accept: Accept,
        desk: &mut Desk<'_>,
    ) -> Result<Vec<Edit>, Fault> {
        let mut edits = Vec::new();
        for one in self.found(text, accept, desk)? {
            let value = &text[one.start..one.end];
            if let Some(new) = desk.scribe.replace(value, one.kind) {
                edits.push(Edit::new(one.start, one.end, new));
                desk.note(at, one.kind, one.reason);
            }
        }
        Ok(edits)
    }
}

/// Which finds count in a text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Accept {
    /// All of them: free text.
    All,
    /// The display of a code of a public terminology: its words are the terminology's, not the patient's. Only what the
    /// record or the site names, and what can be nothing else.
    Coded,
}

impl Accept {
    fn takes(self, one: &Identifier, value: &str) -> bool {
        match (self, one.reason) {
            // "Ada" is the patient, "ADA diet" is not.
            (Self::All, Reason::Record) if one.kind == Kind::Name => {
                let is_short = value.bytes().all(|b| b.is_ascii_alphabetic()) && value.len() < 6;
                let is_title = value.chars().skip(1).all(char::is_lowercase) && value.starts_with(char::is_uppercase);
                is_title || !is_short || !crate::words::flags_of(crate::words::key_of(value)).is_medical()
            }
            (Self::All, _) => true,
            (Self::Coded, Reason::Record | Reason::Denied) => {
                // "Long QT syndrome" is no patient of the name Long.
                let single = !value.trim().contains(|c: char| !c.is_alphanumeric());
                let plain = value.bytes().all(|b| b.is_ascii_alphabetic());
                let flags = crate::words::flags_of(crate::words::key_of(value));
                !(single && plain && (flags.word() > 0 || flags.is_medical() || flags.is_eponym()))
            }
            (Self::Coded, _) => matches!(one.kind, Kind::Email | Kind::Ssn | Kind::Phone | Kind::Url | Kind::Ip),
        }
    }
}

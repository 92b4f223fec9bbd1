//! Issues as they are found, and the report of them.

use crate::path::Places;
use crate::{Code, Issue, Severity};
use clinical_json::{Document, Node};
use std::borrow::Cow;

/// More issues than anybody reads: what comes later is only counted.
const MOST: usize = 10_000;

/// How many of them may be less than errors, so that these leave room for errors.
const MOST_LESSER: usize = MOST / 2;

/// Where rules put what they find.
pub struct Sink<'d, 'a> {
    document: &'d Document<'a>,
    issues: Vec<Found<'d, 'a>>,
    lesser: usize,
    dropped: usize,
    dropped_errors: usize,
    stopped: bool,
}

struct Found<'d, 'a> {
    severity: Severity,
    code: Code,
    key: Cow<'static, str>,
    at: Node<'d, 'a>,
    text: Cow<'static, str>,
}

/// What validation found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Report {
    /// In the order of the document.
    pub issues: Vec<Issue>,
    /// How many more there were.
    pub dropped: usize,
    /// Whether everything was looked at and nothing is an error.
    pub is_valid: bool,
    /// The caller wished to stop before everything was looked at.
    pub stopped: bool,
}

impl Report {
    /// How many of the issues are of this severity. Those that were dropped are not among them.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.issues.iter().filter(|issue| issue.severity == severity).count()
    }
}

impl<'d, 'a> Sink<'d, 'a> {
    /// Nothing found yet.
    #[must_use]
    pub fn new(document: &'d Document<'a>) -> Self {
        Self { document, issues: Vec::new(), lesser: 0, dropped: 0, dropped_errors: 0, stopped: false }
    }

    /// The document that is looked at.
    #[must_use]
    pub fn document(&self) -> &'d Document<'a> {
        self.document
    }

    /// Notes an issue at a node. `key` is the invariant's key or the rule's name; `text` never holds a value.
    pub fn note(
        &mut self,
        severity: Severity,
        code: Code,
        key: impl Into<Cow<'static, str>>,
        at: Node<'d, 'a>,
        text: impl Into<Cow<'static, str>>,
    ) {
        let is_lesser = severity > Severity::Error;
        if self.issues.len() < MOST && !(is_lesser && self.lesser >= MOST_LESSER) {
            self.lesser += usize::from(is_lesser);
            self.issues.push(Found { severity, code, key: key.into(), at, text: text.into() });
        } else {
            self.dropped += 1;
            self.dropped_errors += usize::from(!is_lesser);
        }
    }

    /// An error.
    pub fn error(&mut self, code: Code, key: &'static str, at: Node<'d, 'a>, text: impl Into<Cow<'static, str>>) {
        self.note(Severity::Error, code, key, at, text);
    }

    /// What comes after this is not looked at.
    pub(crate) fn stop(&mut self) {
        self.stopped = true;
    }

    /// The report: in the order of the document, each issue once.
    #[must_use]
    pub fn into_report(self) -> Report {
        let Self { document, mut issues, dropped, dropped_errors, stopped, .. } = self;
        issues.sort_by(|a, b| {
            (a.at.id(), a.severity, &a.key, a.code, &a.text).cmp(&(b.at.id(), b.severity, &b.key, b.code, &b.text))
        });
        // Two rules may find the same thing by the same key.
        issues.dedup_by(|a, b| a.at.id() == b.at.id() && a.severity == b.severity && a.key == b.key);
        let mut places = Places::new(document);
        let issues: Vec<Issue> = issues
            .into_iter()
            .map(|Found { severity, code, key, at, text }| {
                let offset = at.span().start;
                let position = document.position(offset);
                let (line, column) = (position.line, position.column);
                let expression = places.of(document, at).to_owned();
                Issue { offset, severity, code, key, expression, line, column, text }
            })
            .collect();
        let is_valid = !stopped && dropped_errors == 0 && issues.iter().all(|i| i.severity > Severity::Error);
        Report { issues, dropped, is_valid, stopped }
    }
}

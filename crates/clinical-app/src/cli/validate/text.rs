//! What was found, for a person: each document with what is wrong in it, line and column first, as an editor shows them.

use clinical_pipeline::{IssueSeverity, Validated, ValidationIssue};
use std::ffi::OsStr;
use std::io::{self, Write};

/// Colours, or none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Paint {
    /// Plain text.
    Plain,
    /// With the sixteen colours that every terminal has (ECMA-48, 8.3.117).
    Coloured,
}

impl Paint {
    /// Colours on a terminal, unless NO_COLOR says something (no-color.org) or the terminal says that it is dumb.
    pub(super) fn for_output(is_terminal: bool, no_color: Option<&OsStr>, term: Option<&OsStr>) -> Self {
        let is_unwanted = no_color.is_some_and(|value| !value.is_empty()) || term.is_some_and(|term| term == "dumb");
        if is_terminal && !is_unwanted { Self::Coloured } else { Self::Plain }
    }

    fn write(self, out: &mut dyn Write, colour: &str, text: &str) -> io::Result<()> {
        match self {
            Self::Plain => out.write_all(text.as_bytes()),
            Self::Coloured => write!(out, "\x1b[{colour}m{text}\x1b[0m"),
        }
    }
}

const BOLD: &str = "1";
const DIM: &str = "2";
const RED: &str = "1;31";
const GREEN: &str = "1;32";
const YELLOW: &str = "1;33";
const BLUE: &str = "1;34";

/// What became of several documents.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    valid: usize,
    not_valid: usize,
    pub(super) unreadable: usize,
}

impl Counts {
    pub(super) fn add(&mut self, is_valid: bool) {
        if is_valid {
            self.valid += 1;
        } else {
            self.not_valid += 1;
        }
    }

    pub(super) const fn documents(self) -> usize {
        self.valid + self.not_valid + self.unreadable
    }
}

/// Writes the issues of a document, and what it comes to.
pub(super) fn write_report(out: &mut dyn Write, file: &str, report: &Validated, paint: Paint) -> io::Result<()> {
    paint.write(out, BOLD, file)?;
    let verdict = if report.is_valid { "valid" } else { "not valid" };
    write!(out, ": ")?;
    paint.write(out, if report.is_valid { GREEN } else { RED }, verdict)?;
    let errors = report.count(IssueSeverity::Fatal) + report.count(IssueSeverity::Error);
    let more = [
        count(errors, "error", "errors"),
        count(report.count(IssueSeverity::Warning), "warning", "warnings"),
        count(report.count(IssueSeverity::Information), "information", "information"),
        count(report.dropped, "more not listed", "more not listed"),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    if !more.is_empty() {
        write!(out, ", {}", more.join(", "))?;
    }
    if let Some(kind) = &report.resource_type {
        let resources = count(report.resources, "resource", "resources").unwrap_or_default();
        write!(out, " ({kind}, {resources})")?;
    }
    writeln!(out)?;
    report.issues.iter().try_for_each(|issue| write_issue(out, issue, paint))
}

fn write_issue(out: &mut dyn Write, issue: &ValidationIssue, paint: Paint) -> io::Result<()> {
    let place = format!("{}:{}", issue.line, issue.column);
    let (word, colour) = match issue.severity {
        IssueSeverity::Fatal => ("fatal", RED),
        IssueSeverity::Error => ("error", RED),
        IssueSeverity::Warning => ("warning", YELLOW),
        IssueSeverity::Information => ("information", BLUE),
    };
    write!(out, "  {place:>9}  ")?;
    // Padded before it is coloured: the signs for colours have no width.
    paint.write(out, colour, &format!("{word:11}"))?;
    if !issue.expression.is_empty() {
        write!(out, "  ")?;
        paint.write(out, BOLD, &issue.expression)?;
        write!(out, "\n{:24}", "")?;
    }
    write!(out, "  {} ", issue.text)?;
    paint.write(out, DIM, &format!("[{}]", issue.key))?;
    writeln!(out)
}

/// Writes what became of all of them.
pub(super) fn write_counts(out: &mut dyn Write, counts: Counts) -> io::Result<()> {
    let Counts { valid, not_valid, unreadable } = counts;
    writeln!(out, "{} documents: {valid} valid, {not_valid} not valid, {unreadable} unreadable", counts.documents())
}

fn count(number: usize, one: &str, many: &str) -> Option<String> {
    (number > 0).then(|| format!("{number} {}", if number == 1 { one } else { many }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_pipeline::IssueCode;

    fn report() -> Validated {
        let issue = |severity, line, expression: &str, key: &'static str, text: &'static str| ValidationIssue {
            offset: 0,
            severity,
            code: IssueCode::Structure,
            key: key.into(),
            expression: expression.to_owned(),
            line,
            column: 5,
            text: text.into(),
        };
        Validated {
            resource_type: Some("Patient".to_owned()),
            resources: 1,
            issues: vec![
                issue(IssueSeverity::Error, 3, "Patient.member(1)", "unknown-element", "There is no such element"),
                issue(IssueSeverity::Information, 1200, "", "members-not-used", "Not used"),
            ],
            ..Validated::default()
        }
    }

    fn written(report: &Validated, paint: Paint) -> String {
        let mut out = Vec::new();
        write_report(&mut out, "a.json", report, paint).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_issue_has_its_place_its_rule_and_its_words() {
        let expected = "\
a.json: not valid, 1 error, 1 information (Patient, 1 resource)
        3:5  error        Patient.member(1)
                          There is no such element [unknown-element]
     1200:5  information  Not used [members-not-used]
";
        assert_eq!(written(&report(), Paint::Plain), expected);
        let fine = Validated { is_valid: true, issues: Vec::new(), resources: 2, ..report() };
        assert_eq!(written(&fine, Paint::Plain), "a.json: valid (Patient, 2 resources)\n");
    }

    #[test]
    fn colours_change_no_letter() {
        let coloured = written(&report(), Paint::Coloured);
        assert!(coloured.contains("\x1b[1;31merror"));
        let mut plain = String::new();
        for part in coloured.split('\x1b') {
            plain.push_str(part.strip_prefix('[').and_then(|p| p.split_once('m')).map_or(part, |(_, text)| text));
        }
        assert_eq!(plain, written(&report(), Paint::Plain));
    }

    #[test]
    fn there_are_colours_on_a_terminal_that_wants_them() {
        let paint = |terminal, no_color: Option<&str>, term: &str| {
            Paint::for_output(terminal, no_color.map(OsStr::new), Some(OsStr::new(term)))
        };
        assert_eq!(paint(true, None, "xterm"), Paint::Coloured);
        assert_eq!(paint(true, Some(""), "xterm"), Paint::Coloured, "an empty NO_COLOR says nothing");
        assert_eq!(paint(true, Some("1"), "xterm"), Paint::Plain);
        assert_eq!(paint(true, None, "dumb"), Paint::Plain);
        assert_eq!(paint(false, None, "xterm"), Paint::Plain);
    }
}

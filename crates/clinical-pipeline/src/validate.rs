//! Whether a document is correct FHIR R4, in JSON: one resource, or one a line.

use crate::{Error, Input, Label};
use clinical_intake::fhir::JsonPlaces;
use clinical_json::{Document, ErrorKind, Kind, Limits, Node, NodeId};
use clinical_model::{Place, Source, Stop};
use clinical_validate::{Code, Issue, Mode, Severity};
use std::borrow::Cow;

/// How deep JSON may nest. FHIR itself stays under forty.
const DEPTH: u32 = 200;

/// Bytes that a document may have for each node of its tree, at least. A record has about fifteen; what has fewer than
/// four is made to cost memory.
const BYTES_PER_NODE: usize = 4;

/// The most issues that are kept of several documents together; one document has a bound of its own.
const MOST: usize = 10_000;

/// What validation found in one document. It holds nothing of the document but the place of what is wrong, and a type of
/// resource that FHIR knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Validated {
    /// Nothing is an error.
    pub is_valid: bool,
    /// The type of the resource, where it says one that R4 has.
    pub resource_type: Option<String>,
    /// In the order of the document.
    pub issues: Vec<Issue>,
    /// How many more issues there were.
    pub dropped: usize,
    /// How many objects say that they are a resource.
    pub resources: usize,
    /// Length of the document.
    pub bytes: usize,
    /// The line that it is, from one, where the input has a document a line.
    pub line: Option<u32>,
}

impl Validated {
    /// What the document was (`fhir-bundle`, `fhir-resource`); empty where it is no resource that R4 knows.
    #[must_use]
    pub fn format(&self) -> &'static str {
        match self.resource_type.as_deref() {
            Some("Bundle") => "fhir-bundle",
            Some(_) => "fhir-resource",
            None => "",
        }
    }

    /// How many issues are of this severity. Those that were dropped are not among them.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.issues.iter().filter(|issue| issue.severity == severity).count()
    }

    /// The same for a document that begins behind so many bytes and lines of something larger, and behind so many
    /// characters of its line.
    pub fn move_by(&mut self, bytes: usize, lines: u32, characters: u32) {
        for issue in &mut self.issues {
            issue.offset = issue.offset.saturating_add(bytes);
            if issue.line == 1 {
                issue.column = issue.column.saturating_add(characters);
            }
            issue.line = issue.line.saturating_add(lines);
        }
    }

    /// Keeps so many issues and counts the rest.
    pub fn keep(&mut self, most: usize) {
        self.dropped += self.issues.len().saturating_sub(most);
        self.issues.truncate(most);
    }

    /// Holds the document to be of one type: if it says to be something else, or nothing, that is an error, and the
    /// first of them.
    pub fn expect(&mut self, resource_type: &str) {
        if self.resource_type.as_deref() == Some(resource_type) || self.count(Severity::Fatal) > 0 {
            return;
        }
        let issue = Issue {
            offset: 0,
            severity: Severity::Error,
            code: Code::Invalid,
            key: Cow::Borrowed("wrong-resource-type"),
            expression: self.resource_type.clone().unwrap_or_default(),
            line: self.line.unwrap_or(1),
            column: 1,
            text: Cow::Owned(format!("A {resource_type} is expected here, and this is none")),
        };
        self.issues.insert(0, issue);
        self.is_valid = false;
    }

    /// Several documents as one report; of a single one it is its own.
    #[must_use]
    pub fn join(several: impl IntoIterator<Item = Self>) -> Self {
        let nothing = || Self { is_valid: true, ..Self::default() };
        several.into_iter().reduce(Self::and).unwrap_or_else(nothing)
    }

    fn and(mut self, next: Self) -> Self {
        self.is_valid &= next.is_valid;
        (self.resource_type, self.line) = (None, None);
        self.dropped += next.dropped;
        self.resources += next.resources;
        self.bytes += next.bytes;
        let room = MOST.saturating_sub(self.issues.len());
        self.dropped += next.issues.len().saturating_sub(room);
        self.issues.extend(next.issues.into_iter().take(room));
        self
    }
}

/// Validates a document: a resource, a Bundle, or one of them a line. What cannot be read as JSON is one fatal issue.
///
/// # Errors
/// The document is empty or XML, or somebody asked to stop.
pub fn validate(input: &Input<'_>, mode: Mode, stop: Stop<'_>) -> Result<Validated, Error> {
    // One after the other: of many lines only the first issues are kept.
    let mut all: Option<Validated> = None;
    for report in validations(input, mode, stop)? {
        let report = report?;
        all = Some(match all {
            None => report,
            Some(all) => all.and(report),
        });
    }
    all.ok_or(Error::Empty)
}

/// Validates the documents of an input one after the other: the input itself, or each of its lines. One that cannot be
/// read does not end it.
///
/// # Errors
/// The input is empty or XML.
pub fn validations<'a>(input: &Input<'a>, mode: Mode, stop: Stop<'a>) -> Result<Validations<'a>, Error> {
    let bytes: &'a [u8] = input.bytes.expose();
    let body = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let first = body.iter().copied().find(|b| !b.is_ascii_whitespace()).ok_or(Error::Empty)?;
    let is_called_json = matches!(input.label, Label::Json | Label::NdJson);
    if first == b'<' && !is_called_json {
        return Err(Error::NotValidated);
    }
    let is_lines = input.label == Label::NdJson || input.label == Label::Unknown && is_lines(body);
    let rest = if is_lines { Rest::Lines { bytes, at: 0, line: 0 } } else { Rest::Whole(bytes) };
    Ok(Validations { rest, mode, stop })
}

const BOM: &[u8] = b"\xef\xbb\xbf";

/// The reports on the documents of an input, one after the other.
#[derive(Clone, Debug)]
pub struct Validations<'a> {
    rest: Rest<'a>,
    mode: Mode,
    stop: Stop<'a>,
}

/// What is still to be looked at.
#[derive(Clone)]
enum Rest<'a> {
    Nothing,
    Whole(&'a [u8]),
    /// From byte `at`, behind so many lines.
    Lines {
        bytes: &'a [u8],
        at: usize,
        line: u32,
    },
}

impl std::fmt::Debug for Rest<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rest")
    }
}

impl Iterator for Validations<'_> {
    type Item = Result<Validated, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // What is taken is taken before it is looked at: after a panic the next call goes on behind it.
        let (document, from, line) = match self.rest {
            Rest::Nothing => return None,
            Rest::Whole(bytes) => {
                self.rest = Rest::Nothing;
                (bytes, 0, None)
            }
            Rest::Lines { bytes, at, line } => {
                let (found, from, number) = next_line(bytes, at, line)?;
                self.rest = Rest::Lines { bytes, at: from + found.len() + 1, line: number };
                (found, from, Some(number))
            }
        };
        if self.stop.is_asked() {
            self.rest = Rest::Nothing;
            return Some(Err(Error::Stopped));
        }
        let mut report = one(document, self.mode, self.stop);
        if let (Ok(report), Some(line)) = (&mut report, line) {
            report.line = Some(line);
            report.move_by(from, line - 1, 0);
        }
        Some(report)
    }
}

/// The next line from byte `at` on that holds anything, where it begins, and its number.
fn next_line(bytes: &[u8], at: usize, line: u32) -> Option<(&[u8], usize, u32)> {
    let (mut at, mut line) = (at, line);
    loop {
        let rest = bytes.get(at..)?;
        let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        let found = rest.get(..end).unwrap_or_default();
        line = line.saturating_add(1);
        if !found.strip_prefix(BOM).unwrap_or(found).trim_ascii().is_empty() {
            return Some((found, at, line));
        }
        at += end + 1;
    }
}

/// Whether an input of which nobody says what it is has a document a line: the first two lines each begin and end an
/// object, and the first is a whole one.
fn is_lines(body: &[u8]) -> bool {
    let is_object = |line: &[u8]| line.starts_with(b"{") && line.ends_with(b"}");
    let mut lines = body.split(|b| *b == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    is_object(first) && is_object(second) && Document::parse_with(first, limits(first), &|| false).is_ok()
}

fn limits(bytes: &[u8]) -> Limits {
    Limits { max_depth: DEPTH, max_nodes: u32::try_from(bytes.len() / BYTES_PER_NODE + 1024).unwrap_or(u32::MAX) }
}

fn one(bytes: &[u8], mode: Mode, stop: Stop<'_>) -> Result<Validated, Error> {
    let stopped = || stop.is_asked();
    let document = match Document::parse_with(bytes, limits(bytes), &stopped) {
        Ok(document) => document,
        Err(e) if e.kind() == ErrorKind::Stopped => return Err(Error::Stopped),
        Err(e) => {
            return Ok(Validated { issues: vec![unreadable(&e)], bytes: bytes.len(), ..Validated::default() });
        }
    };
    let report = clinical_validate::validate(&document, mode, &stopped);
    if stop.is_asked() {
        return Err(Error::Stopped);
    }
    Ok(Validated {
        is_valid: report.is_valid,
        resource_type: resource_type(&document),
        issues: report.issues,
        dropped: report.dropped,
        resources: resources(&document),
        bytes: bytes.len(),
        line: None,
    })
}

/// The type of the resource that a document is, if it is one of R4: any other name is a text of the input.
fn resource_type(document: &Document<'_>) -> Option<String> {
    let root = document.root();
    root.get("resourceType")?;
    let start = root.span().start;
    let told = JsonPlaces::new(document, false).told(Source::new(u32::try_from(start).ok()?, 0));
    match told {
        Place::Path(path) if !path.is_empty() && path != "Resource" => Some(path),
        _ => None,
    }
}

fn resources(document: &Document<'_>) -> usize {
    let nodes = (0..u32::try_from(document.len()).unwrap_or(u32::MAX)).map(NodeId::from_index);
    let says = |node: &Node<'_, '_>| node.kind() == Kind::String && node.key_is("resourceType");
    nodes.filter_map(|id| document.node_at(id)).filter(says).count()
}

/// Why and where the JSON ends to be JSON.
fn unreadable(error: &clinical_json::Error) -> Issue {
    let (code, key, text) = match error.kind() {
        ErrorKind::TooDeep => (Code::TooLong, "too-deep", "The JSON is nested more deeply than any FHIR"),
        ErrorKind::TooManyNodes => (Code::TooLong, "too-many-values", "The JSON has too many values for its length"),
        ErrorKind::TooLarge => (Code::TooLong, "too-large", "The document is longer than can be read"),
        kind => (Code::Structure, "not-json", not_json(kind)),
    };
    Issue {
        offset: error.offset(),
        severity: Severity::Fatal,
        code,
        key: Cow::Borrowed(key),
        expression: String::new(),
        line: error.line(),
        column: error.column(),
        text: Cow::Borrowed(text),
    }
}

const fn not_json(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidUtf8 => "The text is not UTF-8 from here on",
        ErrorKind::UnexpectedEnd => "The JSON ends in the middle of a value",
        ErrorKind::UnexpectedByte => "This character cannot stand here in JSON",
        ErrorKind::InvalidNumber => "A number is not written as JSON writes numbers",
        ErrorKind::InvalidEscape => "A backslash in a text is followed by something that JSON does not know",
        ErrorKind::LoneSurrogate => "Half of a surrogate pair stands alone in a text",
        ErrorKind::ControlCharacter => "A control character stands in a text as it is; JSON wants it escaped",
        ErrorKind::TrailingContent => "Something follows behind the end of the JSON value",
        _ => "This cannot be read as JSON",
    }
}

#[cfg(test)]
mod tests;

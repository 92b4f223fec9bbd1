//! C-CDA without identity: element by element, as `data/ccda.toml` says.

mod edit;
mod plan;
mod scan;
mod times;

use std::borrow::Cow;
use std::sync::LazyLock;

use roxmltree::Document;

use super::edits::{Edit, apply};
use super::fault::Fault;
use super::pen::{Desk, Removal, Texts};
use super::people::People;
use super::table::{Action, Table};
use crate::policy::Rules;
use plan::Plan;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("../../../data/ccda.toml")));

/// The namespace of HL7 version 3.
const HL7: &str = "urn:hl7-org:v3";

/// The document without identity, and what was removed. Everything that is not removed stays byte for byte.
///
/// # Errors
/// XML that is not well formed, has a document type, or is made to cost time; XML of another kind; the wish to stop.
pub fn remove_from_ccda(text: &str, rules: &Rules<'_>) -> Result<(String, Vec<Removal>), Fault> {
    let mut desk = Desk::new(rules, subject(text).as_bytes());
    let people = People::new(rules.known);
    let text = inner(text, &people, &mut desk)?;
    Ok((text, desk.removed))
}

/// The same for a document that may stand within another, of whose people it knows.
pub(super) fn inner(text: &str, outer: &People, desk: &mut Desk<'_>) -> Result<String, Fault> {
    scan::check(text)?;
    desk.check()?;
    let whole = Declared::of(text)?;
    let before = desk.removed.len();
    let document = Document::parse_with_options(&whole.text, options(&whole.text)).map_err(fault)?;
    let namespace = document.root_element().tag_name().namespace().unwrap_or_default();
    if !namespace.starts_with("urn:hl7-org:") {
        return Err(Fault::NotClinical);
    }
    let mut people = People::new(&outer.known);
    people.lessons.clone_from(&outer.lessons);
    let plan = Plan::of(&document, &mut people, desk.depth);
    desk.check()?;
    desk.scribe.set_year(plan.newest_year);
    let mut texts = Texts::new(&people.known);
    for lesson in &people.lessons {
        texts.learn(lesson, desk)?;
    }
    edit::read(&document, &plan, &mut texts, desk)?;
    let mut edits = edit::edits(&document, &plan, &people, &mut texts, desk)?;
    edits.push(Edit::new(whole.at, whole.at + whole.added, ""));
    for removed in &mut desk.removed[before..] {
        (removed.start, removed.end) = (whole.original(removed.start), whole.original(removed.end));
    }
    Ok(apply(&whole.text, edits))
}

/// A document with the namespaces declared that a fragment takes from the document it was cut out of.
struct Declared<'t> {
    text: Cow<'t, str>,
    /// Where the declarations were put in, and how long they are.
    at: usize,
    added: usize,
}

impl<'t> Declared<'t> {
    fn of(text: &'t str) -> Result<Self, Fault> {
        let unchanged = Self { text: Cow::Borrowed(text), at: 0, added: 0 };
        let without_namespace = match Document::parse_with_options(text, options(text)) {
            Ok(document) => {
                let root = document.root_element().tag_name();
                if root.namespace().is_some() || action("path", root.name()).is_none() {
                    return Ok(unchanged);
                }
                true
            }
            Err(roxmltree::Error::UnknownNamespace(..)) => false,
            Err(e) => return Err(fault(e)),
        };
        let Some(at) = scan::root_name_end(text) else { return Ok(unchanged) };
        let tag = &text[at..at + text[at..].find('>').unwrap_or(0)];
        let mut added = String::new();
        for (prefix, uri) in [
            ("xmlns", HL7),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xmlns:sdtc", "urn:hl7-org:sdtc"),
            ("xmlns:voc", "urn:hl7-org:v3/voc"),
        ] {
            let is_declared = tag.contains(&format!("{prefix}="));
            if !is_declared && (prefix != "xmlns" || without_namespace || !tag.contains("xmlns=")) {
                added.push_str(&format!(" {prefix}=\"{uri}\""));
            }
        }
        Ok(Self { text: Cow::Owned(format!("{}{added}{}", &text[..at], &text[at..])), at, added: added.len() })
    }

    /// A byte of the text with declarations as one of the text without.
    fn original(&self, byte: usize) -> usize {
        if byte > self.at { byte.saturating_sub(self.added).max(self.at) } else { byte }
    }
}

fn fault(error: roxmltree::Error) -> Fault {
    let at = error.pos();
    let what = match error {
        roxmltree::Error::UnknownNamespace(..) => "a prefix has no namespace",
        roxmltree::Error::NodesLimitReached => "it has too many nodes for its size",
        _ => "it is not well formed",
    };
    Fault::Xml { what, line: at.row, column: at.col }
}

/// Gathers what a document says of its people.
pub(super) fn gather(text: &str, people: &mut People, depth: u8) {
    if scan::check(text).is_ok()
        && let Ok(whole) = Declared::of(text)
        && let Ok(document) = Document::parse_with_options(&whole.text, options(&whole.text))
    {
        Plan::of(&document, people, depth);
    }
}

fn options(text: &str) -> roxmltree::ParsingOptions<'_> {
    // A document has about twenty bytes for each node; one with fewer than four is made to cost memory.
    let nodes_limit = u32::try_from(text.len() / 4 + 1024).unwrap_or(u32::MAX);
    roxmltree::ParsingOptions { allow_dtd: false, nodes_limit, ..roxmltree::ParsingOptions::default() }
}

/// What tells whose document it is: the first id of the patient, else the text itself.
fn subject(text: &str) -> &str {
    let role = text.find("patientRole>").or_else(|| text.find("<patientRole"));
    let id = role.and_then(|at| text[at..].find("extension=\"").map(|n| at + n + 11));
    id.and_then(|at| text[at..].find('"').map(|n| &text[at..at + n])).filter(|id| id.len() < 200).unwrap_or(text)
}

fn action(section: &'static str, key: &str) -> Option<Action> {
    TABLE.get(section, key)
}

/// Is the object identifier one that is the same for everybody?
fn is_standard(oid: &str) -> bool {
    // Rows are prefixes of five or six arcs, each ending in a dot.
    let mut dots = oid.match_indices('.').map(|(at, _)| &oid[..=at]);
    dots.any(|prefix| action("standard", prefix).is_some())
}

//! C-CDA without identity: element by element, as `data/ccda.toml` says.

mod edit;
mod plan;
mod times;

use std::sync::LazyLock;

use clinical_xml::Safe;

use super::edits::{Edit, apply};
use super::fault::Fault;
use super::pen::{Desk, Removal, Texts};
use super::people::People;
use super::table::{Action, Table};
use crate::policy::Rules;
use plan::Plan;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("../../../data/ccda.toml")));

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
    let whole = safe(text)?;
    desk.check()?;
    let before = desk.removed.len();
    let document = whole.parse().map_err(fault)?;
    clinical(&document)?;
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
    let added = whole.added();
    edits.push(Edit::new(added.start, added.end, ""));
    for removed in &mut desk.removed[before..] {
        (removed.start, removed.end) = (whole.original(removed.start), whole.original(removed.end));
    }
    Ok(apply(document.input_text(), edits))
}

/// Looks through a text. A fragment without a namespace is one of ours where the table knows its root.
fn safe(text: &str) -> Result<Safe<'_>, Fault> {
    Safe::with(text, |root| action("path", root).is_some()).map_err(fault)
}

fn fault(error: clinical_xml::Error) -> Fault {
    Fault::Xml { what: error.what, line: error.line, column: error.column }
}

/// Gathers what a document says of its people.
pub(super) fn gather(text: &str, people: &mut People, depth: u8) {
    if let Ok(whole) = safe(text)
        && let Ok(document) = whole.parse()
    {
        Plan::of(&document, people, depth);
    }
}

/// The same, where there must be a document.
pub(super) fn gather_all(text: &str, people: &mut People) -> Result<(), Fault> {
    let whole = safe(text)?;
    let document = whole.parse().map_err(fault)?;
    clinical(&document)?;
    Plan::of(&document, people, 0);
    Ok(())
}

fn clinical(document: &clinical_xml::Document<'_>) -> Result<(), Fault> {
    let namespace = document.root_element().tag_name().namespace().unwrap_or_default();
    if namespace.starts_with("urn:hl7-org:") { Ok(()) } else { Err(Fault::NotClinical) }
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

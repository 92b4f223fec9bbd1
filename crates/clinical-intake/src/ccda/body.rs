//! The body: sections in their order, the entries of each, and bodies that are no XML (CDA R2 4.3).

use super::context::{Context, Frame, MedicineList, is_of_other};
use super::narrative::{self, Before, Told};
use super::types::{child, children, concept};
use super::{sections, statement, statement_of, templates, withheld};
use crate::Error;
use clinical_model::{
    Assertion, Document, EntryId, EntryState, NoteSection, SectionKind, Stop, UnreadReason, Verbatim,
};
use clinical_xml::{Node, attribute};

/// The longest attached note that is put on a sheet, in base64 characters: the same as for FHIR.
const SHORT_NOTE: usize = 4_000;

/// Reads what `root` holds: a `component`, a body, a section, an entry.
pub(super) fn read<'d, 'a>(context: &mut Context<'d, 'a>, root: Node<'d, 'a>, stop: Stop<'_>) -> Result<(), Error> {
    let mut found = Vec::new();
    gather(root, false, &mut found);
    // A text may be referred to from any section.
    for part in &found {
        if let Some(text) = child(part.node, "text").filter(|_| part.node.tag_name().name() == "section") {
            context.index(text);
        }
    }
    for part in found {
        if stop.is_asked() {
            return Err(Error::Stopped);
        }
        match part.node.tag_name().name() {
            "section" => section(context, part, stop)?,
            "nonXMLBody" => not_xml(context, part.node),
            _ => {
                read_entry(context, part, part.node, outside());
            }
        }
    }
    Ok(())
}

/// An entry or statement that stands in no section.
fn outside() -> Frame {
    Frame::new(SectionKind::Other, MedicineList::Taken)
}

/// Reads a fragment that is a clinical statement.
pub(super) fn read_statement<'d, 'a>(context: &mut Context<'d, 'a>, node: Node<'d, 'a>) {
    let id = context.entry(templates::kind(node), node);
    let state = state_of(context, id, node, outside(), false);
    context.record.entries[id.index()].state = state;
}

/// A section, an entry outside of sections, or a body that is no XML.
#[derive(Clone, Copy)]
struct Part<'d, 'a> {
    node: Node<'d, 'a>,
    /// It is about somebody else than the patient, or stands in a section that is.
    is_of_other: bool,
}

/// Parts in the order of the document, each before those in it. Nested as deep as the document, which is bounded.
fn gather<'d, 'a>(node: Node<'d, 'a>, of_other: bool, to: &mut Vec<Part<'d, 'a>>) {
    match node.tag_name().name() {
        "section" => {
            let is_of_other = of_other || is_of_other(node);
            to.push(Part { node, is_of_other });
            children(node, "component").for_each(|c| gather(c, is_of_other, to));
        }
        "component" | "structuredBody" => {
            let of_other = of_other || is_of_other(node);
            let parts = node.children().filter(Node::is_element);
            let before = to.len();
            for part in parts {
                match part.tag_name().name() {
                    "section" | "structuredBody" | "nonXMLBody" | "component" => gather(part, of_other, to),
                    _ => {}
                }
            }
            // A fragment of an organizer: a component with a clinical statement.
            if to.len() == before && statement::statement_in(node).is_some() {
                to.push(Part { node, is_of_other: of_other });
            }
        }
        _ => to.push(Part { node, is_of_other: of_other }),
    }
}

fn section<'d, 'a>(context: &mut Context<'d, 'a>, part: Part<'d, 'a>, stop: Stop<'_>) -> Result<(), Error> {
    let section = part.node;
    let id = context.entry("section", section);
    let frame = sections::identify(context, section);
    context.lists.push((clinical_xml::source_of(section), frame.medicines));
    let before = Before::of(&context.record);
    let mut entries = Vec::new();
    for entry in children(section, "entry") {
        if stop.is_asked() {
            return Err(Error::Stopped);
        }
        entries.push(read_entry(context, part, entry, frame));
    }
    let state = if part.is_of_other {
        EntryState::AboutOther
    } else {
        narrative::read(context, section, id, frame, &entries, &before)
    };
    context.record.entries[id.index()].state = state;
    Ok(())
}

fn read_entry<'d, 'a>(
    context: &mut Context<'d, 'a>,
    part: Part<'d, 'a>,
    node: Node<'d, 'a>,
    frame: Frame,
) -> Told<'d, 'a> {
    let statement = statement::statement_in(node);
    let id = context.entry(statement.map_or("entry", templates::kind), node);
    let is_withheld = context.may_withhold && withheld::is_withheld(context, node);
    let state = match statement {
        Some(_) if is_withheld => {
            context.record.entries[id.index()].kind = "Restricted Statement".into();
            EntryState::OtherKind
        }
        Some(statement) => state_of(context, id, statement, frame, part.is_of_other),
        None => EntryState::Unreadable(UnreadReason::NoStatement),
    };
    context.record.entries[id.index()].state = state;
    Told { node, id, is_withheld }
}

/// A statement about somebody else is not read, except where relatives are what it is about: its reader tells of
/// each whose it is.
fn state_of<'d, 'a>(
    context: &mut Context<'d, 'a>,
    id: EntryId,
    statement: Node<'d, 'a>,
    frame: Frame,
    of_other: bool,
) -> EntryState {
    if of_other || is_of_other(statement) && !statement::is_family(statement, frame) {
        return EntryState::AboutOther;
    }
    statement_of(context, id, statement, frame)
}

/// A body that is a file (CDA R2 4.3.1): plain text is shown, everything else is accounted for as not read.
fn not_xml<'d, 'a>(context: &mut Context<'d, 'a>, body: Node<'d, 'a>) {
    let entry = context.entry("document", body);
    let plain = child(body, "text").filter(|text| is_plain(*text));
    let state = match plain.and_then(|text| Some((text, clinical_xml::text(text)?))) {
        Some((text, words)) => {
            keep(context, entry, body, text, words);
            EntryState::Read
        }
        None => EntryState::OtherKind,
    };
    context.record.entries[entry.index()].state = state;
}

/// `text/plain` is what it is where nothing is said (CDA R2, ED).
fn is_plain(text: Node<'_, '_>) -> bool {
    text.attribute("mediaType").is_none_or(|kind| kind.trim().to_ascii_lowercase().starts_with("text/plain"))
}

fn keep<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    body: Node<'d, 'a>,
    text: Node<'d, 'a>,
    words: Verbatim<'a>,
) {
    let document = body.ancestors().find(|n| n.tag_name().name() == "ClinicalDocument");
    let title = document.and_then(|d| child(d, "title")).and_then(clinical_xml::text);
    if text.attribute("representation").is_none_or(|r| r.trim() != "B64") {
        context.section(NoteSection {
            entry,
            kind: SectionKind::Findings,
            title,
            blocks: vec![words],
            is_markup: false,
            from_text: true,
            unfinished: false,
        });
        return;
    }
    let kind = document.and_then(|d| child(d, "code")).map(|c| concept(context, c)).unwrap_or_default();
    let date = document.and_then(|d| child(d, "effectiveTime")).and_then(|t| attribute(t, "value"));
    context.record.documents.push(Document {
        entry,
        assertion: Assertion::Present,
        superseded: false,
        unfinished: false,
        kind,
        title,
        date,
        text_base64: Some(words).filter(|w| w.text().len() <= SHORT_NOTE),
    });
}

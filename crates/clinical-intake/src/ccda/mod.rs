//! C-CDA (HL7 CDA R2, R1.1 to the current line).
//!
//! One small file for each kind of clinical statement. Elements are told by their local names; a template decides
//! before a code does, and a code before the section.

mod agreement;
mod allergy;
mod body;
mod care;
mod context;
mod dosage;
mod encounter;
mod header;
mod immunization;
mod medication;
mod metadata;
mod narrative;
mod observation;
mod plan;
mod problem;
mod procedure;
mod routes;
mod sections;
mod statement;
mod status;
mod templates;
mod types;
mod types_more;
mod withheld;

pub use metadata::{Metadata, SectionData, metadata};

use crate::Error;
use clinical_model::{EntryId, EntryState, Finding, Record, Stop};
use clinical_xml::{Document, Node};
use context::{Context, Frame};

/// Bytes of a document for each of its entries, and for each of its observations, more or less.
const BYTES_PER_ENTRY: usize = 1024;
const BYTES_PER_OBSERVATION: usize = 4096;

/// Reads a parsed document into the record of one patient. A part of a document (a section, an entry, a clinical
/// statement, a part of the header) is read as far as it goes.
///
/// # Errors
/// [`Error::NotCcda`] where the root is not a clinical document (nor a part of one), [`Error::TwoPatients`],
/// [`Error::Stopped`].
pub fn read<'a>(document: &Document<'a>, stop: Stop<'_>) -> Result<(Record<'a>, Vec<Finding>), Error> {
    let root = document.root_element();
    let mut context = Context::new();
    let text = document.input_text();
    context.may_withhold = withheld::is_possible(text);
    // Room for about as many as a document of this length has, so that they are not moved while it is read.
    context.record.entries.reserve(text.len() / BYTES_PER_ENTRY);
    context.record.observations.reserve(text.len() / BYTES_PER_OBSERVATION);
    context.repeats.set(document.input_text().len().saturating_mul(4).saturating_add(1 << 16));
    match root.tag_name().name() {
        "ClinicalDocument" => {
            header::read(&mut context, root)?;
            for component in types::children(root, "component") {
                body::read(&mut context, component, stop)?;
            }
        }
        "component" | "structuredBody" | "nonXMLBody" | "section" | "entry" | "entryRelationship" => {
            body::read(&mut context, root, stop)?;
        }
        name if statement::STATEMENTS.contains(&name) => body::read_statement(&mut context, root),
        name => {
            if !header::read_alone(&mut context, root)? {
                read_rest(&mut context, root, name)?;
            }
        }
    }
    let lists = std::mem::take(&mut context.lists);
    medication::settle(&mut context, &lists);
    Ok((context.record, context.findings))
}

/// The places of a parsed document.
#[must_use]
pub fn places<'d, 'a>(document: &'d Document<'a>) -> clinical_xml::XmlPlaces<'d, 'a> {
    clinical_xml::XmlPlaces::new(document, clinical_xml::is_listed)
}

/// Gives a clinical statement to the file that reads its kind.
fn statement_of<'d, 'a>(context: &mut Context<'d, 'a>, id: EntryId, node: Node<'d, 'a>, frame: Frame) -> EntryState {
    statement::read(context, id, node, frame)
}

/// Parts of clinical statements that say nothing alone. They are counted, so that nobody takes an empty sheet for an
/// empty record.
fn read_rest<'d, 'a>(context: &mut Context<'d, 'a>, root: Node<'d, 'a>, name: &str) -> Result<(), Error> {
    const PARTS: [&str; 12] = [
        "consumable",
        "criterion",
        "externalDocument",
        "manufacturedProduct",
        "precondition",
        "product",
        "reference",
        "referenceRange",
        "relatedSubject",
        "signatureText",
        "specimen",
        "subject",
    ];
    if !PARTS.contains(&name) {
        return Err(Error::NotCcda);
    }
    let id = context.entry("part", root);
    context.record.entries[id.index()].state = EntryState::OtherKind;
    Ok(())
}

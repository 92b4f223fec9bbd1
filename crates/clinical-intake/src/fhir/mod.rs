//! FHIR R4 (4.0.1) in JSON: any Bundle, a single resource, or one resource a line.
//!
//! One small file for each kind of resource. They read what the sheet needs and nothing else; an element that is not
//! read is not an error. Validation is another crate's work.

mod allergy;
mod appointment;
mod composition;
mod condition;
mod context;
mod dosage;
mod elements;
mod encounter;
mod entries;
mod event;
mod medication;
mod names;
mod observation;
mod patient;
mod people;
mod places;
mod plan;
mod report;
mod same_person;
mod versions;

pub use places::JsonPlaces;

use crate::{Error, Where};
use clinical_json::{Document, Node};
use clinical_model::{EntryId, EntryState, Finding, FindingCode, Format, Record, Severity, Source, Stop, UnreadReason};
use context::Context;
use entries::{Row, gather};

/// Reads a parsed document into the record of one patient.
///
/// # Errors
/// [`Error::NotFhir`] where the root is not a resource, [`Error::Repeated`] where a Bundle has two members of one name
/// around its entries, [`Error::TwoPatients`] where entries speak of more than one
/// patient, [`Error::Stopped`] where `stop` was asked.
pub fn read<'a>(document: &Document<'a>, lines: bool, stop: Stop<'_>) -> Result<(Record<'a>, Vec<Finding>), Error> {
    let format = format_of(document, lines)?;
    let rows = gather(document.root(), format);
    let mut context = Context::new(rows, format);
    if let Some(second) = context.duplicates(document) {
        let at = document.position(second.start());
        return Err(Error::Repeated { at: Where { line: at.line, column: at.column } });
    }
    for index in 0..context.rows.len() {
        if stop.is_asked() {
            return Err(Error::Stopped);
        }
        let state = read_entry(&mut context, index);
        context.record.entries[index].state = state;
    }
    patient::settle(&mut context)?;
    Ok((context.record, context.findings))
}

fn format_of(document: &Document<'_>, lines: bool) -> Result<Format, Error> {
    if lines {
        return Ok(Format::FhirLines);
    }
    let root = document.root();
    match root.get("resourceType").and_then(Node::as_str) {
        Some(kind) if kind == "Bundle" => Ok(Format::FhirBundle),
        Some(_) => Ok(Format::FhirResource),
        None => {
            let at = document.position(root.span().start);
            Err(Error::NotFhir { at: Where { line: at.line, column: at.column } })
        }
    }
}

/// Reads one entry into the lists of the record and says what became of it.
fn read_entry(context: &mut Context<'_, '_>, index: usize) -> EntryState {
    let row = context.rows[index];
    if row.deleted {
        return EntryState::Deleted;
    }
    let Some(resource) = row.resource else {
        return unreadable(context, &row);
    };
    let id = EntryId(index.try_into().unwrap_or(u32::MAX));
    let kind = context.record.entries[index].kind.clone();
    if row.repeats {
        return EntryState::Unreadable(UnreadReason::RepeatedMember);
    }
    if row.superseded {
        return EntryState::Superseded;
    }
    let outset = Outset::of(resource);
    if outset.is_modified {
        context.find(Severity::Error, FindingCode::UnknownModifier, resource);
        return EntryState::Unreadable(UnreadReason::UnknownModifier);
    }
    if has_subject(&kind) && !outset.is_of_patient(context, id, resource) {
        return EntryState::AboutOther;
    }
    match &*kind {
        "" => {
            context.find(Severity::Error, FindingCode::NoResourceType, resource);
            EntryState::Unreadable(UnreadReason::NoType)
        }
        "AllergyIntolerance" => allergy::read(context, id, resource),
        "Appointment" => appointment::read(context, id, resource),
        "CarePlan" | "ServiceRequest" => plan::read(context, id, resource, &kind),
        "CareTeam" | "Location" | "Organization" | "Practitioner" | "PractitionerRole" | "RelatedPerson" => {
            people::read(context, id, resource, &kind)
        }
        "Composition" => composition::read(context, id, resource),
        "Condition" => condition::read(context, id, resource),
        "DiagnosticReport" => report::read(context, id, resource),
        "DocumentReference" => composition::read_document(context, id, resource),
        "Encounter" => encounter::read(context, id, resource),
        "Goal" => plan::read_goal(context, id, resource),
        "Immunization" => event::read_immunization(context, id, resource),
        "Medication" => medication::read_name(context, id, resource),
        "MedicationAdministration" | "MedicationRequest" | "MedicationStatement" => {
            medication::read(context, id, resource, &kind)
        }
        "Observation" => observation::read(context, id, resource),
        "Patient" => patient::read(context, id, resource),
        "Procedure" => event::read_procedure(context, id, resource),
        _ => EntryState::OtherKind,
    }
}

/// What must be known of an entry before any of it is read, found in one walk over its members.
struct Outset<'d, 'a> {
    /// It has a modifier that this program does not know.
    is_modified: bool,
    /// Whose it is.
    subject: Option<Node<'d, 'a>>,
    /// What it is about, where that is not its subject (of observations alone).
    focus: Option<Node<'d, 'a>>,
}

impl<'d, 'a> Outset<'d, 'a> {
    fn of(resource: Node<'d, 'a>) -> Self {
        let mut out = Self { is_modified: false, subject: None, focus: None };
        for m in resource.members() {
            match &*m.key().unwrap_or_default() {
                "subject" | "patient" => out.subject = out.subject.or(Some(m)),
                "focus" => out.focus = Some(m),
                // "If a system does not know the rules, it must not process the resource": a modifier, too.
                "modifierExtension" | "implicitRules" => out.is_modified |= elements::is_filled(Some(m)),
                _ => {}
            }
        }
        out
    }

    /// Remembers the patient. False where the entry is about a device, a place, a group, a child not yet born …
    fn is_of_patient(&self, context: &mut Context<'d, 'a>, id: EntryId, resource: Node<'d, 'a>) -> bool {
        let mut subjects = self.subject.into_iter().flat_map(elements::elements_of);
        if !subjects.all(|subject| context.subject(id, subject, resource)) {
            return false;
        }
        // Only a focus that is the subject once more, or says "Patient" where there is no subject, changes nothing.
        let mut focuses = self.focus.into_iter().flat_map(elements::elements_of);
        focuses.all(|focus| match self.subject.map(|s| (s.get("reference"), focus.get("reference"))) {
            Some((Some(subject), Some(focus))) => context.leads_to_same(subject, focus),
            Some(_) => false,
            None => context.subject(id, focus, resource),
        })
    }
}

/// The kinds that are somebody's, of those that are read.
fn has_subject(kind: &str) -> bool {
    matches!(
        kind,
        "AllergyIntolerance"
            | "CarePlan"
            | "CareTeam"
            | "Composition"
            | "Condition"
            | "DiagnosticReport"
            | "DocumentReference"
            | "Encounter"
            | "Goal"
            | "Immunization"
            | "MedicationAdministration"
            | "MedicationRequest"
            | "MedicationStatement"
            | "Observation"
            | "Procedure"
            | "RelatedPerson"
            | "ServiceRequest"
    )
}

fn unreadable(context: &mut Context<'_, '_>, row: &Row<'_, '_>) -> EntryState {
    let (code, reason) = match row.broken {
        Some(UnreadReason::BrokenLine) => (FindingCode::UnreadableLine, UnreadReason::BrokenLine),
        Some(UnreadReason::NotAnObject) => (FindingCode::NotAnObject, UnreadReason::NotAnObject),
        _ => (FindingCode::EntryWithoutResource, UnreadReason::NoResource),
    };
    context.find(Severity::Error, code, row.node);
    EntryState::Unreadable(reason)
}

/// The bytes of a node as a source.
pub(crate) fn source_of(node: Node<'_, '_>) -> Source {
    let span = node.span();
    Source::new(span.start.try_into().unwrap_or(u32::MAX), span.end.try_into().unwrap_or(u32::MAX))
}

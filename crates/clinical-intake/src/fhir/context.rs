//! What every reader of a resource shares: the record being made, the findings, and the way to other resources.

use super::elements::{self, elements_of};
use super::entries::Row;
use super::source_of;
use clinical_json::{Document, Node};
use clinical_model::{
    Entry, EntryId, EntryState, Finding, FindingCode, Format, Record, Severity, Source, UnreadReason, Verbatim,
};
use std::borrow::Cow;
use std::collections::HashMap;

/// What a reference leads to.
#[derive(Clone, Copy)]
pub(crate) struct Target<'d, 'a> {
    /// The resource.
    pub(crate) resource: Node<'d, 'a>,
    /// Its entry; absent for contained resources.
    pub(crate) entry: Option<EntryId>,
}

/// The state of reading one document.
pub(crate) struct Context<'d, 'a> {
    pub(crate) rows: Vec<Row<'d, 'a>>,
    pub(crate) record: Record<'a>,
    pub(crate) findings: Vec<Finding>,
    /// `fullUrl` and `Type/id` to entry. The first entry of a name has it.
    names: HashMap<Cow<'a, str>, u32>,
    /// Every reference to a patient, with the entry that makes it.
    pub(crate) subjects: Vec<(EntryId, Verbatim<'a>)>,
}

impl<'d, 'a> Context<'d, 'a> {
    pub(crate) fn new(rows: Vec<Row<'d, 'a>>, format: Format) -> Self {
        let mut record = Record::new(format);
        let mut names = HashMap::with_capacity(rows.len() * 2);
        record.entries.reserve(rows.len());
        for (index, row) in (0u32..).zip(&rows) {
            let mut kind = Cow::Borrowed("");
            let mut id = None;
            for member in row.resource.into_iter().flat_map(Node::members) {
                if member.key_is("resourceType") && kind.is_empty() {
                    kind = member.as_str().unwrap_or_default();
                } else if member.key_is("id") && id.is_none() {
                    id = member.scalar_text();
                }
            }
            if let Some(url) = row.full_url.and_then(Node::as_str) {
                names.entry(url).or_insert(index);
            }
            if let Some(id) = id {
                names.entry(Cow::Owned(format!("{kind}/{id}"))).or_insert(index);
            }
            record.entries.push(Entry {
                kind,
                source: source_of(row.node),
                state: EntryState::Unreadable(UnreadReason::NoResource),
            });
        }
        Self { rows, record, findings: Vec::new(), names, subjects: Vec::new() }
    }

    /// Tells of every object that has two members of one name.
    pub(crate) fn duplicates(&mut self, document: &Document<'a>) {
        for duplicate in document.duplicates() {
            if let Some(second) = document.node_at(duplicate.second) {
                let span = second.span();
                self.findings.push(Finding {
                    severity: Severity::Warning,
                    code: FindingCode::DuplicateKey,
                    at: Source::new(
                        span.start.try_into().unwrap_or(u32::MAX),
                        span.end.try_into().unwrap_or(u32::MAX),
                    ),
                });
            }
        }
    }

    pub(crate) fn find(&mut self, severity: Severity, code: FindingCode, node: Node<'_, '_>) {
        self.findings.push(Finding { severity, code, at: source_of(node) });
    }

    /// A scalar as a fact. Null is nothing; a container where a scalar should stand is a finding.
    pub(crate) fn fact(&mut self, node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
        let fact = elements::fact(node);
        if fact.is_none() && !node.is_null() {
            self.find(Severity::Warning, FindingCode::WrongType, node);
        }
        fact
    }

    /// A date or time as a fact; one that FHIR does not allow is kept as it stands and noted.
    pub(crate) fn date(&mut self, node: Node<'_, 'a>) -> Option<Verbatim<'a>> {
        let fact = self.fact(node)?;
        if clinical_model::Moment::parse(fact.text()).is_none() {
            self.find(Severity::Warning, FindingCode::BadDate, node);
        }
        Some(fact)
    }

    /// The entry of a reference written as text.
    pub(crate) fn entry_named(&self, reference: &str) -> Option<EntryId> {
        let reference = reference.split("/_history/").next().unwrap_or(reference);
        if let Some(index) = self.names.get(reference) {
            return Some(EntryId(*index));
        }
        // An absolute URL whose server is not the one the Bundle was made by still ends in Type/id.
        let tail = reference.rmatch_indices('/').nth(1).map(|(at, _)| &reference[at + 1..])?;
        self.names.get(tail).map(|index| EntryId(*index))
    }

    /// Follows a `Reference` made inside `holder`: contained (`#id`), by fullUrl, `urn:uuid:`, relative or absolute.
    pub(crate) fn resolve(&self, reference: Node<'d, 'a>, holder: Node<'d, 'a>) -> Option<Target<'d, 'a>> {
        let text = reference.get("reference")?.as_str()?;
        if let Some(inner) = text.strip_prefix('#') {
            let resource = holder
                .get("contained")
                .into_iter()
                .flat_map(elements_of)
                .find(|c| c.get("id").and_then(Node::as_str).is_some_and(|id| id == inner))?;
            return Some(Target { resource, entry: None });
        }
        let entry = self.entry_named(&text)?;
        let resource = self.rows.get(entry.index())?.resource?;
        Some(Target { resource, entry: Some(entry) })
    }

    /// Follows a reference and notes one that leads to nothing inside this document.
    pub(crate) fn follow(&mut self, reference: Node<'d, 'a>, holder: Node<'d, 'a>) -> Option<Target<'d, 'a>> {
        let target = self.resolve(reference, holder);
        if target.is_none() && reference.get("reference").is_some() {
            self.find(Severity::Information, FindingCode::DanglingReference, reference);
        }
        target
    }

    /// Remembers which patient an entry is about.
    pub(crate) fn subject(&mut self, entry: EntryId, reference: Node<'d, 'a>) {
        if let Some(text) = reference.get("reference").and_then(elements::fact) {
            self.subjects.push((entry, text));
        }
    }

    /// The words of a reference: its own display, else the name of the resource it leads to.
    pub(crate) fn named(&mut self, reference: Node<'d, 'a>, holder: Node<'d, 'a>) -> Option<Verbatim<'a>> {
        if let Some(display) = reference.get("display").and_then(elements::fact) {
            if !display.text().trim().is_empty() {
                return Some(display);
            }
        }
        let target = self.follow(reference, holder)?;
        super::people::name_of(target.resource)
    }
}

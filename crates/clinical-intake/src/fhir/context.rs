//! What every reader of a resource shares: the record being made, the findings, and the way to other resources.

use super::elements::{self, elements_of};
use super::entries::Row;
use super::{source_of, versions};
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
    pub(crate) fn new(mut rows: Vec<Row<'d, 'a>>, format: Format) -> Self {
        versions::supersede(&mut rows);
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
            if let Some(url) = row.full_url.and_then(Node::as_str).filter(|_| !row.superseded) {
                names.entry(url).or_insert(index);
            }
            if let Some(id) = id.filter(|_| !row.superseded) {
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

    /// Tells of every object that has two members of one name, and marks the entry it stands in. Gives the first one
    /// that stands in none.
    pub(crate) fn duplicates(&mut self, document: &Document<'a>) -> Option<Source> {
        let mut outside = None;
        for second in document.duplicates().iter().filter_map(|d| document.node_at(d.second)) {
            let start = second.span().start;
            self.find(Severity::Warning, FindingCode::DuplicateKey, second);
            let after = self.rows.partition_point(|r| r.node.span().start <= start);
            let row = after.checked_sub(1).and_then(|i| self.rows.get_mut(i));
            match row.filter(|row| row.node.span().contains(&start)) {
                Some(row) => row.repeats = true,
                None => outside = outside.or(Some(source_of(second))),
            }
        }
        outside
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
        // An absolute URL leads to the entry of that type and id, unless that entry says that it lives elsewhere.
        let tail = reference.rmatch_indices('/').nth(1).map(|(at, _)| &reference[at + 1..])?;
        let index = *self.names.get(tail)?;
        let url = self.rows.get(index as usize)?.full_url.and_then(Node::as_str);
        let elsewhere = url.is_some_and(|url| url.contains("://") && server(&url) != server(reference));
        (!elsewhere).then_some(EntryId(index))
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
        let resource = self.rows.get(entry.index()).filter(|row| !row.repeats)?.resource?;
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

/// The server and base of a URL: all before `Type/id`, but for how it is reached (http or https).
fn server(url: &str) -> &str {
    let base = url.rmatch_indices('/').nth(1).map_or("", |(at, _)| &url[..at]);
    base.split_once("://").map_or(base, |(_, rest)| rest)
}

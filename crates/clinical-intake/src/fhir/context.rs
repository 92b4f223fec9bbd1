//! What every reader of a resource shares: the record being made, the findings, and the way to other resources.

use super::elements::{self, elements_of};
use super::entries::Row;
use super::{people, source_of, versions};
use clinical_json::{Document, Node};
use clinical_model::{
    Entry, EntryId, EntryState, Finding, FindingCode, Format, Name, Record, Severity, Source, UnreadReason, Verbatim,
};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, hash_map};

/// What a reference leads to.
#[derive(Clone, Copy)]
pub(crate) struct Target<'d, 'a> {
    /// The resource.
    pub(crate) resource: Node<'d, 'a>,
    /// Its entry; absent for contained resources.
    pub(crate) entry: Option<EntryId>,
}

/// A reference to a patient.
pub(crate) struct Subject<'d, 'a> {
    /// The entry that makes it.
    pub(crate) entry: EntryId,
    /// Its text.
    pub(crate) reference: Cow<'a, str>,
    /// The entry it leads to, where that is in the document.
    pub(crate) patient: Option<EntryId>,
    /// The resource it leads to, where that is contained in the entry.
    pub(crate) contained: Option<Node<'d, 'a>>,
}

/// The state of reading one document.
pub(crate) struct Context<'d, 'a> {
    pub(crate) rows: Vec<Row<'d, 'a>>,
    pub(crate) record: Record<'a>,
    pub(crate) findings: Vec<Finding>,
    /// `fullUrl` and `Type/id` to entry. The first entry of a name has it.
    names: HashMap<Cow<'a, str>, u32>,
    /// Every reference to a patient.
    pub(crate) subjects: Vec<Subject<'d, 'a>>,
}

impl<'d, 'a> Context<'d, 'a> {
    pub(crate) fn new(mut rows: Vec<Row<'d, 'a>>, format: Format) -> Self {
        let mut record = Record::new(format);
        let mut names: HashMap<Cow<'a, str>, u32> = HashMap::with_capacity(rows.len() * 2);
        record.entries.reserve(rows.len());
        // Entries of a name that another entry has already, by the first of that name: versions and copies.
        let mut same: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, row) in (0u32..).zip(&rows) {
            let (kind, key) = name_of(row);
            if let Some(key) = key {
                match names.entry(key) {
                    hash_map::Entry::Vacant(free) => _ = free.insert(index),
                    hash_map::Entry::Occupied(taken) => {
                        let first = *taken.get();
                        same.entry(first).or_insert_with(|| vec![first as usize]).push(index as usize);
                    }
                }
            }
            record.entries.push(Entry {
                kind,
                source: source_of(row.node),
                state: EntryState::Unreadable(UnreadReason::NoResource),
            });
        }
        for same in same.values() {
            versions::supersede(&mut rows, same);
        }
        for (index, row) in (0u32..).zip(&rows) {
            if let Some(url) = row.full_url.and_then(Node::as_str).filter(|_| !row.superseded && !row.deleted) {
                names.entry(url).or_insert(index);
            }
        }
        for (first, same) in same {
            // References by type and id lead to the version that counts.
            let counts = same.iter().find(|i| !rows[**i].superseded && !rows[**i].deleted);
            let Some(counts) = counts.and_then(|i| u32::try_from(*i).ok()) else { continue };
            if let (_, Some(key)) = name_of(&rows[first as usize]) {
                names.insert(key, counts);
            }
            for older in same.iter().filter(|i| rows[**i].superseded) {
                if let Some(url) = rows[*older].full_url.and_then(Node::as_str) {
                    names.entry(url).or_insert(counts);
                }
            }
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
        // The compact form of HL7 version 3 can be read, and is not FHIR.
        let is_compact = fact.text().as_bytes().get(4).is_some_and(u8::is_ascii_digit);
        if is_compact || clinical_model::Moment::parse(fact.text()).is_none() {
            self.find(Severity::Warning, FindingCode::BadDate, node);
        }
        Some(fact)
    }

    /// The entry of a reference written as text.
    pub(crate) fn entry_named(&self, reference: &str) -> Option<EntryId> {
        // Most references are names as they stand.
        if let Some(index) = self.names.get(reference) {
            return Some(EntryId(*index));
        }
        let reference = match reference.split_once("/_history/") {
            Some((reference, _)) => match self.names.get(reference) {
                Some(index) => return Some(EntryId(*index)),
                None => reference,
            },
            None => reference,
        };
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

    /// The kind of resource that a reference leads to: of the resource itself where it is in the document, else as the
    /// reference says. Empty where nothing tells.
    pub(crate) fn kind_of(&self, reference: Node<'d, 'a>, target: Option<Target<'d, 'a>>) -> Cow<'a, str> {
        match target {
            Some(Target { entry: Some(entry), .. }) => self.record.entries[entry.index()].kind.clone(),
            Some(Target { resource, entry: None }) => {
                resource.get("resourceType").and_then(Node::as_str).unwrap_or_default()
            }
            None => said_kind(reference),
        }
    }

    /// Remembers which patient an entry is about. False where it is about somebody or something else.
    pub(crate) fn subject(&mut self, entry: EntryId, reference: Node<'d, 'a>, holder: Node<'d, 'a>) -> bool {
        let Some(text) = reference.get("reference").and_then(Node::as_str) else {
            return matches!(&*said_kind(reference), "" | "Patient");
        };
        if text.starts_with('#') {
            let target = self.resolve(reference, holder);
            let is_patient = matches!(&*self.kind_of(reference, target), "" | "Patient");
            let contained = target.map(|t| t.resource).filter(|_| is_patient);
            self.subjects.extend(contained.map(|_| Subject { entry, reference: text, patient: None, contained }));
            return is_patient;
        }
        let patient = self.entry_named(&text);
        let is_patient = match patient {
            Some(named) => self.record.entries[named.index()].kind == "Patient",
            None => matches!(&*said_kind(reference), "" | "Patient"),
        };
        if is_patient {
            self.subjects.push(Subject { entry, reference: text, patient, contained: None });
        }
        is_patient
    }

    /// Whether two references, each its text, are to one resource.
    pub(crate) fn leads_to_same(&self, a: Node<'d, 'a>, b: Node<'d, 'a>) -> bool {
        let (Some(a), Some(b)) = (a.as_str(), b.as_str()) else { return false };
        a == b || self.entry_named(&a).is_some_and(|entry| self.entry_named(&b) == Some(entry))
    }

    /// The name of whom or what a reference names: its own display, else the name of the resource it leads to.
    pub(crate) fn named(&mut self, reference: Node<'d, 'a>, holder: Node<'d, 'a>) -> Option<Name<'a>> {
        if let Some(display) = reference.get("display").and_then(elements::worded) {
            return Some(display.into());
        }
        let target = self.follow(reference, holder)?;
        people::name_of(self, target.resource)
    }

    /// The same for what has a title and not a name in parts: a place, an order.
    pub(crate) fn titled(&mut self, reference: Node<'d, 'a>, holder: Node<'d, 'a>) -> Option<Verbatim<'a>> {
        if let Some(display) = reference.get("display").and_then(elements::worded) {
            return Some(display);
        }
        let target = self.follow(reference, holder)?;
        people::title_of(target.resource)
    }
}

/// The kind that a reference itself tells: the type in its text (`Patient/1`), else its `type`.
fn said_kind<'a>(reference: Node<'_, 'a>) -> Cow<'a, str> {
    let text = reference.get("reference").and_then(Node::as_str).unwrap_or_default();
    let plain = text.split("/_history/").next().unwrap_or_default();
    let is_type =
        |t: &&str| t.starts_with(|c: char| c.is_ascii_uppercase()) && t.bytes().all(|b| b.is_ascii_alphabetic());
    match plain.rsplit('/').nth(1).filter(is_type) {
        Some(kind) => Cow::Owned(kind.to_owned()),
        None => reference.get("type").and_then(Node::as_str).unwrap_or_default(),
    }
}

/// The kind of an entry and its name in references, `Type/id`; of a deletion, what its request says.
fn name_of<'a>(row: &Row<'_, 'a>) -> (Cow<'a, str>, Option<Cow<'a, str>>) {
    let Some(resource) = row.resource else {
        let url = row.deleted.then(|| row.node.get("request")?.get("url")?.as_str()).flatten().unwrap_or_default();
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let url = url.split("/_history/").next().unwrap_or_default();
        let mut steps = url.rsplit('/');
        return match (steps.next(), steps.next()) {
            (Some(id), Some(kind)) => (Cow::Owned(kind.to_owned()), Some(Cow::Owned(type_and_id(kind, id)))),
            _ => (Cow::Borrowed(""), None),
        };
    };
    let mut kind = Cow::Borrowed("");
    let mut id = None;
    for member in resource.members() {
        if member.key_is("resourceType") && kind.is_empty() {
            kind = member.as_str().unwrap_or_default();
        } else if member.key_is("id") && id.is_none() {
            id = member.scalar_text();
        }
    }
    let key = id.map(|id| Cow::Owned(type_and_id(&kind, &id)));
    (kind, key)
}

/// `Type/id`, as references write it.
fn type_and_id(kind: &str, id: &str) -> String {
    let mut name = String::with_capacity(kind.len() + 1 + id.len());
    name.push_str(kind);
    name.push('/');
    name.push_str(id);
    name
}

/// The server and base of a URL: all before `Type/id`, but for how it is reached (http or https).
fn server(url: &str) -> &str {
    let base = url.rmatch_indices('/').nth(1).map_or("", |(at, _)| &url[..at]);
    base.split_once("://").map_or(base, |(_, rest)| rest)
}

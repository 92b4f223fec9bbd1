//! What the readers of a C-CDA document share: the record that grows, the findings, and the way into the narrative.

use super::types::{child, children, down, value_of};
use clinical_model::{
    EntryId, Finding, FindingCode, Format, Moment, NoteSection, Record, SectionKind, Severity, Verbatim,
};
use clinical_xml::{Node, trimmed};
use std::cell::Cell;
use std::collections::{HashMap, HashSet};

/// The document while it is read.
pub(crate) struct Context<'d, 'a> {
    /// The record so far.
    pub(crate) record: Record<'a>,
    /// What was noticed.
    pub(crate) findings: Vec<Finding>,
    /// Elements of narratives by their `ID`; the first of equals.
    pub(crate) ids: HashMap<&'d str, Node<'d, 'a>>,
    /// `ClinicalDocument/effectiveTime`, where it can be read: what ended before it is over.
    pub(crate) written: Option<Moment>,
    /// Names of people and organisations that the record has.
    pub(crate) named: HashSet<String>,
    /// Bytes of narrative that references may still repeat. Ten thousand entries that all refer to one long text would
    /// otherwise make ten thousand copies of it.
    pub(crate) repeats: Cell<usize>,
    /// The sections with the list of medicines that each is.
    pub(crate) lists: Vec<(clinical_model::Source, MedicineList)>,
    /// Whether any statement of the document could be withheld from the patient.
    pub(crate) may_withhold: bool,
}

/// Room for as many elements with an `ID` as most documents have.
const IDS: usize = 256;

/// Elements up to this many bytes may be repeated as often as they are referred to.
const SHORT: usize = 512;

/// The section that an entry stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// What the section is about.
    pub(crate) kind: SectionKind,
    /// Which list of medicines it is.
    pub(crate) medicines: MedicineList,
    /// What the statements around say.
    pub(crate) around: super::status::Around,
}

impl Frame {
    /// A section of this kind.
    pub(crate) fn new(kind: SectionKind, medicines: MedicineList) -> Self {
        Self { kind, medicines, around: super::status::Around::default() }
    }
}

/// Which list of medicines a section holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum MedicineList {
    /// What the patient takes (10160-0), or any other section.
    Taken,
    /// What was taken before admission (42346-7).
    Admission,
    /// What is to be taken after discharge (10183-2, 75311-1).
    Discharge,
    /// What was given by staff (29549-3).
    Administered,
    /// What is planned (18776-5).
    Planned,
}

impl<'d, 'a> Context<'d, 'a> {
    /// A document of which nothing is read.
    pub(crate) fn new() -> Self {
        Self {
            record: Record::new(Format::Ccda),
            findings: Vec::new(),
            ids: HashMap::with_capacity(IDS),
            written: None,
            named: HashSet::new(),
            repeats: Cell::new(usize::MAX),
            lists: Vec::new(),
            may_withhold: true,
        }
    }

    /// Notes a finding at an element.
    pub(crate) fn find(&mut self, severity: Severity, code: FindingCode, at: Node<'_, '_>) {
        self.findings.push(Finding { severity, code, at: clinical_xml::source_of(at) });
    }

    /// Makes the elements of a section's text known by their `ID`.
    pub(crate) fn index(&mut self, text: Node<'d, 'a>) {
        for node in text.descendants().filter(Node::is_element) {
            if let Some(id) = value_of(node, "ID") {
                self.ids.entry(trimmed(id)).or_insert(node);
            }
        }
    }

    /// The element that `<reference value="#id"/>` inside `node` leads to, for its words. Some systems leave out the
    /// `#`.
    pub(crate) fn referred(&self, node: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
        self.leads_to(node).filter(|n| self.may_repeat(*n))
    }

    /// The same for its place alone.
    pub(crate) fn leads_to(&self, node: Node<'d, 'a>) -> Option<Node<'d, 'a>> {
        let value = trimmed(value_of(child(node, "reference")?, "value")?);
        self.ids.get(value.strip_prefix('#').unwrap_or(value)).copied()
    }

    /// The text of `originalText` or `text`: what its reference leads to, else its own words.
    pub(crate) fn words(&self, node: Node<'d, 'a>) -> Option<Verbatim<'a>> {
        self.referred(node).and_then(clinical_xml::text).or_else(|| clinical_xml::text(node))
    }

    /// Whether the words of an element may be taken once more.
    fn may_repeat(&self, node: Node<'_, '_>) -> bool {
        let length = node.range().len();
        let left = if length <= SHORT { Some(self.repeats.get()) } else { self.repeats.get().checked_sub(length) };
        left.inspect(|left| self.repeats.set(*left)).is_some()
    }

    /// A new entry of the record.
    pub(crate) fn entry(&mut self, kind: &'static str, node: Node<'_, '_>) -> EntryId {
        let id = EntryId(self.record.entries.len().try_into().unwrap_or(u32::MAX));
        self.record.entries.push(clinical_model::Entry {
            kind: kind.into(),
            source: clinical_xml::source_of(node),
            state: clinical_model::EntryState::Read,
        });
        id
    }

    /// A section in words.
    pub(crate) fn section(&mut self, section: NoteSection<'a>) {
        self.record.sections.push(section);
    }
}

/// Whether a section or statement has a subject of its own who is not the patient (`subject/relatedSubject`, CDA R2
/// 4.3.4.1): a relative, a newborn, a donor. A related subject of class `PAT` without a code, or with the code for
/// oneself, is the patient.
pub(crate) fn is_of_other(node: Node<'_, '_>) -> bool {
    children(node, "subject").any(|subject| {
        let Some(related) = down(subject, &["relatedSubject"]) else { return false };
        let code = child(related, "code").and_then(|c| c.attribute("code"));
        let is_self = matches!(code, Some("SELF" | "ONESELF"));
        let is_patient = related.attribute("classCode") == Some("PAT") && code.is_none();
        !is_self && !is_patient
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clinical_xml::Safe;

    #[test]
    fn a_long_text_is_repeated_only_so_often_and_a_short_one_always() {
        let long = "word ".repeat(200);
        let xml = format!(
            "<section><text><paragraph ID='l'>{long}</paragraph><paragraph ID='s'>short</paragraph></text>\
             <a><reference value='#l'/></a><b><reference value=' s '/></b></section>"
        );
        let safe = Safe::of(&xml).unwrap();
        let document = safe.parse().unwrap();
        let root = document.root_element();
        let mut context = Context::new();
        context.index(child(root, "text").unwrap());
        context.repeats.set(2500);
        let [a, b] = ["a", "b"].map(|name| child(root, name).unwrap());
        let given = |node| context.words(node).is_some();
        assert_eq!([given(a), given(a), given(a)], [true, true, false]);
        assert!((0..100).all(|_| given(b)));
        assert!(context.leads_to(a).is_some());
    }
}

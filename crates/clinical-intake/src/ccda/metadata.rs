//! What a document says about itself: its title, its type, its sections.

use super::types::{child, children, code_of};
use clinical_model::Verbatim;
use clinical_xml::{Document, Node, attribute, text};

/// The document types of C-CDA: template (`templateId/@root`), LOINC code of the usual kind, name.
const TYPES: [(&str, &str, &str); 14] = [
    ("2.16.840.1.113883.10.20.22.1.2", "34133-9", "Continuity of Care Document"),
    ("2.16.840.1.113883.10.20.22.1.3", "34117-2", "History and Physical"),
    ("2.16.840.1.113883.10.20.22.1.4", "11488-4", "Consultation Note"),
    ("2.16.840.1.113883.10.20.22.1.5", "18748-4", "Diagnostic Imaging Report"),
    ("2.16.840.1.113883.10.20.22.1.6", "28570-0", "Procedure Note"),
    ("2.16.840.1.113883.10.20.22.1.7", "11504-8", "Operative Note"),
    ("2.16.840.1.113883.10.20.22.1.8", "18842-5", "Discharge Summary"),
    ("2.16.840.1.113883.10.20.22.1.9", "11506-3", "Progress Note"),
    ("2.16.840.1.113883.10.20.22.1.10", "", "Unstructured Document"),
    ("2.16.840.1.113883.10.20.22.1.13", "18761-7", "Transfer Summary"),
    ("2.16.840.1.113883.10.20.22.1.14", "57133-1", "Referral Note"),
    ("2.16.840.1.113883.10.20.22.1.15", "52521-2", "Care Plan"),
    ("2.16.840.1.113883.10.20.29.1", "76435-7", "Patient Generated Document"),
    ("2.16.840.1.113883.3.88.11.32.1", "", "Continuity of Care Document (C32)"),
];

/// A section of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SectionData<'a> {
    /// `code/@code`.
    pub code: Option<Verbatim<'a>>,
    /// `title`.
    pub title: Option<Verbatim<'a>>,
    /// How many `entry` elements it has.
    pub entries: usize,
}

/// What stands in the head of a document, and which sections it has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Metadata<'a> {
    /// `title`.
    pub title: Option<Verbatim<'a>>,
    /// The name of the document type, by its template, else by its code.
    pub kind: Option<&'static str>,
    /// `code/@code`.
    pub kind_code: Option<Verbatim<'a>>,
    /// The template of the document type: root and extension.
    pub template: Option<(Verbatim<'a>, Option<Verbatim<'a>>)>,
    /// `effectiveTime/@value`.
    pub effective_time: Option<Verbatim<'a>>,
    /// The sections, those inside others too, in document order.
    pub sections: Vec<SectionData<'a>>,
}

/// Reads what a document says about itself. A fragment has sections at most.
#[must_use]
pub fn metadata<'a>(document: &Document<'a>) -> Metadata<'a> {
    let root = document.root_element();
    let own = |template: Node<'_, 'a>| {
        let root = template.attribute("root").unwrap_or_default().trim();
        TYPES.iter().find(|(id, _, _)| *id == root).map(|(_, _, name)| *name)
    };
    let template = children(root, "templateId").find(|t| own(*t).is_some());
    let code = code_of(root).map(str::trim);
    let by_code = || TYPES.iter().find(|(_, c, _)| !c.is_empty() && Some(*c) == code).map(|(_, _, name)| *name);
    let sections = document.descendants().filter(|n| n.is_element() && n.tag_name().name() == "section");
    Metadata {
        title: child(root, "title").and_then(text),
        kind: template.and_then(own).or_else(by_code),
        kind_code: child(root, "code").and_then(|c| attribute(c, "code")),
        template: template.and_then(|t| Some((attribute(t, "root")?, attribute(t, "extension")))),
        effective_time: child(root, "effectiveTime").and_then(|t| attribute(t, "value")),
        sections: sections
            .map(|section| SectionData {
                code: child(section, "code").and_then(|c| attribute(c, "code")),
                title: child(section, "title").and_then(text),
                entries: children(section, "entry").count(),
            })
            .collect(),
    }
}

//! Composition and DocumentReference: documents in words.

use super::context::Context;
use super::elements::{concept, elements_of, fact, member};
use clinical_json::Node;
use clinical_model::{Assertion, Concept, Document, EntryId, EntryState, NoteSection, SectionKind};

/// The longest attached note that is put on a sheet, in base64 characters.
const SHORT_NOTE: usize = 4_000;

pub(crate) fn read<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let status = node.get("status").and_then(Node::as_str);
    let counts = !matches!(status.as_deref(), Some("entered-in-error"));
    let unfinished = matches!(status.as_deref(), Some("preliminary"));
    // A stack and not recursion: sections may hold sections as deep as the document is.
    let mut waiting: Vec<Node<'d, 'a>> = node.get("section").into_iter().flat_map(elements_of).collect();
    waiting.reverse();
    while let Some(section) = waiting.pop() {
        let start = waiting.len();
        waiting.extend(section.get("section").into_iter().flat_map(elements_of));
        waiting[start..].reverse();
        let code = section.get("code").map(concept).unwrap_or_default();
        let text = section.get("text").and_then(|t| member(t, "div"));
        if !counts || text.is_none() {
            continue;
        }
        // A section whose entries are read one by one is not repeated in words. Entries that lead nowhere are not read.
        let mut entries = section.get("entry").into_iter().flat_map(elements_of);
        let is_listed = entries.any(|reference| context.resolve(reference, node).is_some());
        context.record.sections.push(NoteSection {
            entry,
            kind: if is_listed { SectionKind::Other } else { kind_of(&code) },
            title: member(section, "title").or_else(|| code.name().cloned()),
            blocks: text.into_iter().collect(),
            is_markup: true,
            from_text: false,
            unfinished,
        });
    }
    EntryState::Read
}

/// Sections by LOINC code.
fn kind_of(code: &Concept<'_>) -> SectionKind {
    let any = |codes: &[&str]| codes.iter().any(|c| code.has_code(c));
    if any(&["10154-3", "29299-5", "46239-0"]) {
        SectionKind::Reason
    } else if any(&["8653-8", "69730-0", "74213-0", "42344-2"]) {
        SectionKind::Instructions
    } else if any(&["10160-0", "10183-2", "29549-3", "42346-7", "75311-1"]) {
        SectionKind::Medicines
    } else if any(&["48765-2"]) {
        SectionKind::Allergies
    } else if any(&["8648-8", "51848-0", "51847-2", "11493-4"]) {
        SectionKind::Findings
    } else {
        SectionKind::Other
    }
}

pub(crate) fn read_document<'d, 'a>(context: &mut Context<'d, 'a>, entry: EntryId, node: Node<'d, 'a>) -> EntryState {
    let mut out = Document {
        entry,
        assertion: Assertion::Present,
        superseded: false,
        unfinished: false,
        kind: Concept::default(),
        title: None,
        date: None,
        text_base64: None,
    };
    for m in node.members() {
        match &*m.key().unwrap_or_default() {
            "status" | "docStatus" => match m.as_str().as_deref() {
                Some("superseded") => (out.assertion, out.superseded) = (Assertion::Absent, true),
                Some("entered-in-error") => out.assertion = Assertion::Absent,
                Some("preliminary") => out.unfinished = true,
                _ => {}
            },
            "type" => out.kind = concept(m),
            "description" => out.title = fact(m),
            "date" => out.date = context.date(m),
            "content" => {
                for attachment in elements_of(m).filter_map(|c| c.get("attachment")) {
                    out.title = out.title.or_else(|| member(attachment, "title"));
                    let kind = attachment.get("contentType").and_then(Node::as_str).unwrap_or_default();
                    let data = attachment.get("data").and_then(fact);
                    if kind.starts_with("text/plain") && out.text_base64.is_none() {
                        out.text_base64 = data.filter(|d| d.text().len() <= SHORT_NOTE);
                    }
                }
            }
            _ => {}
        }
    }
    context.record.documents.push(out);
    EntryState::Read
}

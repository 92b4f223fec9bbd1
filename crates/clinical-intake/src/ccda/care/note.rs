//! Notes (4.202) and comments (4.64) that stand as entries: their words, as a section of the kind that their code says.

use super::super::context::{Context, Frame};
use super::super::status::{self, Course};
use super::super::types::{child, children, concept, period};
use super::super::types_more::{filled, own_words, parts};
use clinical_model::{
    Assertion, Concept, Document, EntryId, EntryState, NoteSection, SectionKind, UnreadReason, Verbatim,
};
use clinical_xml::{Node, text, text_of};

/// What a note is about, by its LOINC code. The code 34109-9 ("Note") says nothing; the translation beside it does.
const KINDS: &[(&str, SectionKind)] = &[
    ("10160-0", SectionKind::Medicines),
    ("10164-2", SectionKind::History),
    ("11488-4", SectionKind::Findings),
    ("11502-2", SectionKind::Results),
    ("11504-8", SectionKind::Procedures),
    ("11505-5", SectionKind::Procedures),
    ("11506-3", SectionKind::Findings),
    ("11526-1", SectionKind::Results),
    ("18748-4", SectionKind::Results),
    ("18776-5", SectionKind::Plan),
    ("18842-5", SectionKind::Findings),
    ("28570-0", SectionKind::Procedures),
    ("34117-2", SectionKind::History),
    ("51848-0", SectionKind::Findings),
    ("51847-2", SectionKind::Plan),
    ("69730-0", SectionKind::Instructions),
    ("8653-8", SectionKind::Instructions),
    ("8648-8", SectionKind::Findings),
    ("29299-5", SectionKind::Reason),
];

/// Reads the note.
pub(super) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: EntryId,
    node: Node<'d, 'a>,
    frame: Frame,
) -> EntryState {
    let (course, _) = status::course(context, node, frame);
    let code = filled(context, node, "code").unwrap_or_default();
    let blocks = blocks(context, node);
    parts(context, node, frame);
    let off =
        status::is_denied(node, frame) || matches!(course, Course::Nullified | Course::Cancelled | Course::Aborted);
    if off || blocks.is_empty() {
        let date = child(node, "effectiveTime").and_then(|t| period(context, t)).and_then(|p| p.start.or(p.end));
        // Nothing to read and nothing to name: no document either.
        if code.is_empty() && blocks.is_empty() {
            return EntryState::Unreadable(UnreadReason::NoSubjectMatter);
        }
        context.record.documents.push(Document {
            entry,
            assertion: if off { Assertion::Absent } else { Assertion::Present },
            superseded: false,
            unfinished: course != Course::Completed,
            kind: code,
            title: None,
            date,
            text_base64: None,
        });
        return EntryState::Read;
    }
    context.record.sections.push(NoteSection {
        entry,
        kind: kind(&code),
        title: title(context, node, code),
        blocks,
        is_markup: false,
        from_text: false,
        unfinished: course != Course::Completed,
    });
    EntryState::Read
}

fn kind(code: &Concept<'_>) -> SectionKind {
    let found = KINDS.iter().find(|(loinc, _)| code.has_code(loinc));
    found.map_or(SectionKind::Other, |(_, kind)| *kind)
}

/// The name of the kind of note: the author's words, else that of the last translation, which is the specific one.
fn title<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>, code: Concept<'a>) -> Option<Verbatim<'a>> {
    let translated = child(node, "code").and_then(|c| children(c, "translation").next()).map(|t| concept(context, t));
    let specific = translated.and_then(|c| c.codings.into_iter().find_map(|c| c.display));
    code.text.or(specific).or_else(|| code.codings.into_iter().find_map(|c| c.display))
}

/// Its words, paragraph by paragraph where all of them stand in paragraphs.
fn blocks<'d, 'a>(context: &Context<'d, 'a>, node: Node<'d, 'a>) -> Vec<Verbatim<'a>> {
    let target = child(node, "text").and_then(|t| context.referred(t));
    let Some(target) = target else { return own_words(context, node).into_iter().collect() };
    let paragraphs: Vec<Node<'d, 'a>> = target.descendants().filter(|n| n.tag_name().name() == "paragraph").collect();
    let nested = paragraphs.windows(2).any(|w| w[1].range().start < w[0].range().end);
    let of_paragraphs: usize = paragraphs.iter().map(|p| letters(*p)).sum();
    if nested || of_paragraphs != letters(target) {
        return text(target).into_iter().collect();
    }
    paragraphs.into_iter().filter_map(text).collect()
}

/// Letters that are no blanks.
fn letters(node: Node<'_, '_>) -> usize {
    text_of(node).chars().filter(|c| !c.is_whitespace()).count()
}

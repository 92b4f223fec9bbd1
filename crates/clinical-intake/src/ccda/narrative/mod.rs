//! The text of a section: shown where no entry covers it, and held against the entries that refer to it.

mod cover;
mod disagree;
mod labels;
mod medicines;
mod nodes;
#[cfg(test)]
mod tests;
mod units;
mod words;

use super::context::{Context, Frame};
use super::types::{child, children, value_of};
use clinical_model::{
    EntryId, EntryState, FindingCode, NoteSection, Record, SectionKind, Severity, UnreadReason, Verbatim,
};
use clinical_xml::{Node, NodeId, attribute, trimmed};
use cover::{Cover, Marks};
use units::{Unit, Units};

/// The record before a section was read.
pub(crate) struct Before(Marks);

impl Before {
    /// Remembers how far the record has grown.
    pub(crate) const fn of(record: &Record<'_>) -> Self {
        Self(Marks::of(record))
    }
}

/// An entry of the section, after it was read.
#[derive(Clone, Copy)]
pub(crate) struct Told<'d, 'a> {
    /// The element.
    pub(crate) node: Node<'d, 'a>,
    /// The entry of the record.
    pub(crate) id: EntryId,
    /// The record keeps it from the patient, and with it the words that it refers to.
    pub(crate) is_withheld: bool,
}

/// Reads the text of a section whose entries have been read, and says what became of the section.
pub(crate) fn read<'d, 'a>(
    context: &mut Context<'d, 'a>,
    section: Node<'d, 'a>,
    id: EntryId,
    frame: Frame,
    entries: &[Told<'d, 'a>],
    before: &Before,
) -> EntryState {
    let mut accounted = 0;
    let mut referred = Vec::new();
    let mut is_kept = false;
    for entry in entries {
        let state = context.record.entries.get(entry.id.index()).map(|e| e.state);
        let is_told = !matches!(state, None | Some(EntryState::Unreadable(_) | EntryState::OtherKind));
        accounted += usize::from(is_told || entry.is_withheld);
        let before = referred.len();
        references(context, entry.node, (is_told || entry.is_withheld).then_some(frame.kind), &mut referred);
        // Nobody can say which words are those of a withheld entry that refers to none: all of them stay away.
        is_kept |= entry.is_withheld && referred.len() == before;
    }
    let Some(text) = child(section, "text") else {
        let has_parts = !entries.is_empty() || children(section, "component").next().is_some();
        return if has_parts { EntryState::Parted } else { EntryState::Unreadable(UnreadReason::NoSubjectMatter) };
    };
    let mut units = Units::of(text);
    let cover = Cover::of(text, referred.into_iter());
    let chosen = match is_kept {
        true => Vec::new(),
        false => chosen(&units, cover, &context.record, before, id, accounted),
    };
    let blocks = blocks(context, &mut units, chosen, frame);
    let title = child(section, "title").and_then(clinical_xml::text);
    let title = title.or_else(|| child(section, "code").and_then(|c| attribute(c, "displayName")));
    let state = if blocks.is_empty() { EntryState::Parted } else { EntryState::Read };
    let from_text = !blocks.is_empty();
    context.section(NoteSection {
        entry: id,
        kind: frame.kind,
        title,
        blocks,
        is_markup: false,
        from_text,
        unfinished: false,
    });
    state
}

/// Follows the references of an entry into the text: of one that was read (`told`: in a section of this kind), the
/// elements they lead to.
fn references<'d, 'a>(
    context: &mut Context<'d, 'a>,
    entry: Node<'d, 'a>,
    told: Option<SectionKind>,
    to: &mut Vec<Node<'d, 'a>>,
) {
    for reference in entry.descendants().filter(|n| n.has_tag_name("reference")) {
        let Some(value) = value_of(reference, "value").map(trimmed) else { continue };
        let Some(holder) = reference.parent_element() else { continue };
        match context.leads_to(holder) {
            Some(target) => {
                if let Some(kind) = told {
                    to.push(target);
                    // Vaccines are written by their abbreviations.
                    if kind != SectionKind::Vaccines {
                        disagree::check(context, reference, target);
                    }
                }
            }
            None if value.len() > 1 && value.starts_with('#') => {
                context.find(Severity::Information, FindingCode::DanglingTextReference, reference);
            }
            None => {}
        }
    }
}

/// The pieces that no entry covers, in order. Where entries were read and none of them says where in the text it
/// stands, a text with no more pieces than entries is taken for theirs.
fn chosen<'r, 'd, 'a>(
    units: &Units<'d, 'a>,
    mut cover: Cover<'r>,
    record: &'r Record<'a>,
    before: &Before,
    id: EntryId,
    accounted: usize,
) -> Vec<Unit<'d, 'a>> {
    if accounted == 0 {
        return units.all.clone();
    }
    let pieces = units.all.iter().filter(|u| !u.is_heading());
    let mut chosen: Vec<Unit<'d, 'a>> = pieces.clone().filter(|u| !cover.is_linked(**u)).copied().collect();
    let are_theirs = || !cover.has_links() && pieces.count() <= cover::read_entries(record, id).max(accounted);
    if chosen.is_empty() || are_theirs() {
        return Vec::new();
    }
    // Names are many: they are looked at only where references leave something open.
    cover.gather(record, &before.0);
    chosen.retain(|unit| !cover.is_named(*unit));
    // A label ("Active problems", "Problem 2") says something only where something below it is shown.
    let mut next = usize::MAX;
    chosen.reverse();
    chosen.retain(|unit| {
        let stays = !labels::is_label(*unit) || labels::reach(*unit).is_some_and(|end| next < end);
        if stays {
            next = unit.start();
        }
        stays
    });
    chosen.reverse();
    chosen
}

/// The words of the pieces; rows that are read as medicines are not repeated in words.
fn blocks<'d, 'a>(
    context: &mut Context<'d, 'a>,
    units: &mut Units<'d, 'a>,
    chosen: Vec<Unit<'d, 'a>>,
    frame: Frame,
) -> Vec<Verbatim<'a>> {
    let mut blocks = Vec::new();
    let mut headed: Option<NodeId> = None;
    for unit in chosen {
        match unit {
            Unit::Row(row) if row.head.is_some() => {
                if frame.kind == SectionKind::Medicines && medicines::read(context, units, row, frame) {
                    continue;
                }
                // The headings of a table stand before the first of its rows that is shown.
                if let Some(head) = row.head.filter(|h| headed != Some(h.id())) {
                    headed = Some(head.id());
                    blocks.extend(units.words(Unit::Row(units::Row { node: head, head: None })));
                }
            }
            Unit::Row(_) if unit.is_heading() => continue,
            _ => {}
        }
        blocks.extend(units.words(unit));
    }
    // "…", "---": what templates leave where nothing was filled in.
    blocks.retain(|b| b.text().chars().any(char::is_alphanumeric));
    blocks.shrink_to_fit();
    blocks
}
